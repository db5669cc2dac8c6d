"""What the newsroom does by itself: release what is due, make sizes of pictures before somebody waits for them."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuevan.background.schedule import periodic
from khuevan.background.single_jobs import single_job
from khuevan.core import clock
from khuevan.newsroom.actions.accreditation import delete_outdated_accreditations
from khuevan.newsroom.actions.passes import forget_passes
from khuevan.newsroom.actions.proving import prove_tasks, who_published
from khuevan.newsroom.actions.releasing import release_due
from khuevan.newsroom.library_jobs import library_expiry, make_offered_sizes
from khuevan.newsroom.link_jobs import ask_links, gather_links
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.page_groups import keep_all_groups
from khuevan.newsroom.release import is_public
from khuevan.newsroom.rendering import make_sizes_of
from khuevan.people.queries import system_person

# Jobs are found in this module; those of the library and of links stand in theirs.
__all__ = [
    "ask_links", "forget_pass_holders", "forget_reporters", "gather_links", "library_expiry",
    "make_offered_sizes", "make_sizes", "page_groups", "queue_evidence", "queue_sizes", "release", "show_as_evidence",
]  # fmt: skip

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


@single_job(title=gettext_lazy("Make the sizes of a piece's pictures"))
def make_sizes(page: int) -> None:
    """Makes what is missing of the sizes of a page's pictures; nothing where the page is gone meanwhile."""
    story = StoryPage.objects.filter(pk=page).first()
    if story is not None:
        make_sizes_of(story)


@periodic(
    name="page_groups",
    title=gettext_lazy("Give and take rights to pages as posts begin and end"),
    at=time(0, 5),
)
def page_groups() -> str:
    """Puts everybody into the groups of today's posts; empty where nobody's changed."""
    changed = keep_all_groups()
    if not changed:
        return ""
    return ngettext("%(count)d person's rights changed", "%(count)d people's rights changed", changed) % {
        "count": changed
    }


@single_job(title=gettext_lazy("Show a published piece as evidence of its tasks"))
def show_as_evidence(page: int) -> None:
    """Makes the piece evidence of the tasks that it serves; nothing where it is not public any more."""
    story = StoryPage.objects.filter(pk=page).first()
    if story is not None and is_public(story, timezone.now()):
        prove_tasks(by=who_published(story), page=story)


def queue_evidence(instance: Any, **kwargs: Any) -> None:
    """A piece was published: what it proves follows. One that is scheduled proves nothing yet."""
    if isinstance(instance, StoryPage) and instance.live:
        show_as_evidence.enqueue(instance.pk)


def queue_sizes(instance: Any, **kwargs: Any) -> None:
    """A piece was published: its sizes are made in the background."""
    if isinstance(instance, StoryPage):
        make_sizes.enqueue(instance.pk)


@periodic(
    name="forget_reporters",
    title=gettext_lazy("Delete outdated requests for accreditation"),
    at=time(2, 15),
)
def forget_reporters() -> str:
    """Takes out what reporters sent, once its last day is over; empty where nothing was."""
    count = delete_outdated_accreditations(by=system_person(), day=clock.today())
    return ngettext("%d request deleted", "%d requests deleted", count) % count if count else ""


@periodic(
    name="forget_pass_holders",
    title=gettext_lazy("Delete passes of embargoes that are over"),
    at=time(2, 20),
)
def forget_pass_holders() -> str:
    """Takes out the passes of reporters some weeks after the embargo; empty where there were none."""
    count = forget_passes(by=system_person(), moment=clock.now())
    return ngettext("%d pass deleted", "%d passes deleted", count) % count if count else ""
