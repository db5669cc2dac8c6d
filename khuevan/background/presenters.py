"""How background work reads on its page: rhythms, spans and states in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from khuevan.background.models import Intervention, Worker
from khuevan.background.queries import JobNow
from khuevan.background.rhythm import DailyAt, Rhythm
from khuevan.background.running import run_periodic_job
from khuevan.background.schedule import schedule
from khuevan.background.single_jobs import titles

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise  # Types only; not a package that running needs from us.


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job of the schedule as the page shows it. `state` is a code for the stylesheet, `state_label` its name."""

    name: str
    title: StrOrPromise
    rhythm: str
    state: str
    state_label: str
    started: str
    took: str
    report: str
    error: str
    next_run: str
    paused: str
    is_known: bool
    is_paused: bool


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """One living worker as the page shows it."""

    name: str
    started: str
    seen: str
    doing: StrOrPromise


@dataclass(frozen=True, slots=True)
class FailedLine:
    """One failed task as the page shows it."""

    pk: str
    title: StrOrPromise
    error: str
    at: str
    attempts: str


@dataclass(frozen=True, slots=True)
class InterventionLine:
    """What a person did, as the page shows it."""

    at: str
    by: str
    did: StrOrPromise
    subject: StrOrPromise


def rhythm_in_words(rhythm: Rhythm) -> str:
    """How often a job comes back: each day at 07:30, every 5 minutes."""
    if isinstance(rhythm, DailyAt):
        return _("each day at %(time)s") % {"time": f"{rhythm.at:%H:%M}"}
    seconds = int(rhythm.interval.total_seconds())
    if seconds % 86_400 == 0:
        return ngettext("every day", "every %(count)d days", seconds // 86_400) % {"count": seconds // 86_400}
    if seconds % 3_600 == 0:
        return ngettext("every hour", "every %(count)d hours", seconds // 3_600) % {"count": seconds // 3_600}
    if seconds % 60 == 0:
        return ngettext("every minute", "every %(count)d minutes", seconds // 60) % {"count": seconds // 60}
    return ngettext("every second", "every %(count)d seconds", seconds) % {"count": seconds}


def span_in_words(span: timedelta) -> str:
    """How long something took: less than a second, 12 seconds, 3 minutes, 2 hours; rounded down."""
    seconds = int(span.total_seconds())
    if seconds < 1:
        return _("less than a second")
    if seconds < 120:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    if seconds < 7_200:
        return ngettext("%(count)d minute", "%(count)d minutes", seconds // 60) % {"count": seconds // 60}
    if seconds < 172_800:
        return ngettext("%(count)d hour", "%(count)d hours", seconds // 3_600) % {"count": seconds // 3_600}
    return ngettext("%(count)d day", "%(count)d days", seconds // 86_400) % {"count": seconds // 86_400}


def moment_in_words(moment: datetime | None) -> str:
    """A moment on the office's clock: the time alone today, with the day otherwise; "" for none."""
    if moment is None:
        return ""
    here, today = timezone.localtime(moment), timezone.localdate()
    time = date_format(here, "H:i")
    if here.date() == today:
        return _("%(time)s today") % {"time": time}
    if here.date() == today + timedelta(days=1):
        return _("%(time)s tomorrow") % {"time": time}
    if here.date() == today - timedelta(days=1):
        return _("%(time)s yesterday") % {"time": time}
    return date_format(here, "H:i d/m/Y")


def title_of(path: str | None) -> StrOrPromise:
    """What people call the task of that path; the function's own name where nobody gave it one; "" for none."""
    if path is None:
        return ""
    if path == run_periodic_job.module_path:
        return _("a job of the schedule")
    known: Mapping[str, StrOrPromise] = titles()
    return known.get(path) or path.rsplit(".", 1)[-1]


def job_line(now: JobNow) -> JobLine:
    """The job as the page shows it."""
    job, row = now.job, now.row
    state, label = _state(now)
    started = row.last_started_at if row else None
    finished = row.last_finished_at if row else None
    ended = started is not None and finished is not None and finished >= started
    is_paused = row is not None and row.paused_at is not None
    return JobLine(
        name=job.name if job else str(row),
        title=job.title if job else str(row),
        rhythm=rhythm_in_words(job.rhythm) if job else "",
        state=state,
        state_label=label,
        started=moment_in_words(started),
        took=span_in_words(finished - started) if ended and started and finished else "",
        report=row.last_report if row else "",
        error=row.last_error if row else "",
        next_run=_next_run(now),
        paused=_("by %(person)s, %(moment)s")
        % {"person": row.paused_by, "moment": moment_in_words(row.paused_at)}
        if row is not None and is_paused
        else "",
        is_known=job is not None,
        is_paused=is_paused,
    )


def worker_line(worker: Worker, path: str | None) -> WorkerLine:
    """The worker as the page shows it."""
    return WorkerLine(
        name=_("process %(pid)s on %(host)s") % {"pid": worker.pid, "host": worker.host},
        started=moment_in_words(worker.started_at),
        seen=span_in_words(timezone.now() - worker.seen_at),
        doing=title_of(path),
    )


def failed_line(task: DBTaskResult) -> FailedLine:
    """The failed task as the page shows it."""
    attempts = len(task.worker_ids)
    return FailedLine(
        pk=str(task.pk),
        title=title_of(task.task_path),
        # One sentence: what the workers of this app store in the place of a traceback.
        error=task.traceback,
        at=moment_in_words(task.finished_at),
        attempts=ngettext("%(count)d attempt", "%(count)d attempts", attempts) % {"count": attempts},
    )


def intervention_line(intervention: Intervention) -> InterventionLine:
    """What a person did, as the page shows it."""
    job = schedule().get(intervention.subject)
    return InterventionLine(
        at=moment_in_words(intervention.at),
        by=str(intervention.by),
        did=intervention.get_kind_display(),
        subject=job.title if job else title_of(intervention.subject),
    )


def _state(now: JobNow) -> tuple[str, str]:
    row = now.row
    if now.job is None:
        return "vanished", _("no longer part of the software")
    if now.run == TaskResultStatus.RUNNING:
        return "running", _("running")
    if row is not None and row.paused_at is not None:
        return "paused", _("paused")
    if row is not None and row.failures:
        return "failing", ngettext(
            "failed %(count)d time", "failed %(count)d times in a row", row.failures
        ) % {"count": row.failures}
    if now.run == TaskResultStatus.READY:
        return "waiting", _("waits for a worker")
    if row is None or row.last_started_at is None:
        return "new", _("has not run yet")
    return "resting", _("as planned")


def _next_run(now: JobNow) -> str:
    if now.job is None or now.row is None or now.row.paused_at is not None:
        return ""
    if now.run == TaskResultStatus.READY:
        return _("as soon as a worker is free")
    return moment_in_words(now.row.next_run_at)
