"""The app's own periodic job: clearing away what nobody needs any more."""

from __future__ import annotations

from datetime import time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django_tasks_db.models import DBTaskResult

from khuevan.background.models import Intervention, Worker
from khuevan.background.running import run_periodic_job
from khuevan.background.schedule import periodic
from khuevan.background.single_jobs import BACKEND

KEEP_RESULTS = timedelta(days=30)
# A job of every minute leaves 1,440 of these a day, and its row in the schedule says all that they say.
KEEP_SCHEDULED_SUCCESSES = timedelta(days=1)
KEEP_WORKERS = timedelta(days=1)
KEEP_INTERVENTIONS = timedelta(days=365)


@periodic(name="clear_background_work", title=gettext_lazy("Clear away old background work"), at=time(3, 0))
def clear_background_work() -> str:
    """How many results were deleted: finished a month ago or, for successes of the schedule, a day ago."""
    now = timezone.now()
    finished = DBTaskResult.objects.finished().filter(backend_name=BACKEND)
    old = Q(finished_at__lt=now - KEEP_RESULTS)
    told_elsewhere = Q(task_path=run_periodic_job.module_path, finished_at__lt=now - KEEP_SCHEDULED_SUCCESSES)
    cleared, _ = finished.filter(old | (told_elsewhere & Q(exception_class_path=""))).delete()
    Worker.objects.filter(
        Q(ended_at__lt=now - KEEP_WORKERS) | Q(seen_at__lt=now - KEEP_WORKERS), task_id=None
    ).delete()
    Intervention.objects.filter(at__lt=now - KEEP_INTERVENTIONS).delete()
    if not cleared:
        return ""
    return ngettext("%(count)d old result deleted", "%(count)d old results deleted", cleared) % {
        "count": cleared
    }
