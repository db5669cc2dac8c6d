"""Writes that make a published piece evidence of the tasks that it serves."""

from __future__ import annotations

from django.db.models import Max
from wagtail.models import PageLogEntry

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.newsroom.models import ServedTask, StoryPage, TaskProof
from khuevan.people.models import User
from khuevan.people.queries import system_person

_PUBLISHED = ("wagtail.publish", "wagtail.publish.schedule")


@action
def prove_tasks(*, by: User, page: StoryPage) -> list[TaskProof]:
    """What the published piece proves now: a proof for each task that it serves, none for one it serves no more.

    Who may publish was asked when it was published; a second run changes nothing.
    """
    fresh = StoryPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    served = set(ServedTask.objects.filter(page=fresh).values_list("task", flat=True))
    present = {proof.task_id: proof for proof in TaskProof.objects.filter(page=fresh)}
    for task, proof in present.items():
        if task not in served:
            proof.delete()
    for task in sorted(served - set(present)):
        TaskProof(page=fresh, task_id=task, shown_at=clock.now(), shown_by=by).save()
    return list(TaskProof.objects.filter(page=fresh))


def who_published(page: StoryPage) -> User:
    """The person who let the piece out, now or when it was scheduled; the software itself where nobody is named."""
    entries = PageLogEntry.objects.filter(page=page.pk, action__in=_PUBLISHED, user__isnull=False)
    newest = entries.aggregate(newest=Max("pk"))["newest"]
    if newest is not None:
        return User.objects.get(pk=entries.values_list("user", flat=True).get(pk=newest))
    revision = page.live_revision
    found = (revision.user if revision is not None else None) or page.owner
    return found if isinstance(found, User) else system_person()
