"""What the newsroom does by itself: release what is due."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.background.schedule import periodic
from khuevan.newsroom.actions.releasing import release_due

# An embargo that ended is seen within this and the time that a worker needs to begin: well below half a minute.
EVERY = timedelta(seconds=10)


@periodic(name="release", title=gettext_lazy("Publish what is due, take out what has expired"), every=EVERY)
def release() -> str:
    """Publishes and takes out what is due now; empty where nothing was."""
    # The real clock: a demonstration's kept day holds for deadlines, not for what the public may have.
    done = release_due(timezone.now())
    if not (done.published or done.expired or done.refused):
        return ""
    return _("%(published)s published, %(expired)s taken out, %(refused)s refused") % {
        "published": done.published,
        "expired": done.expired,
        "refused": len(done.refused),
    }
