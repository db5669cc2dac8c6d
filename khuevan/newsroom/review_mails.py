"""Who is told by mail of the review of a piece: whoever must decide, and whoever wrote it.

Title and words of the return stay behind the link: who looks after the outbox reads every mail, but not every draft.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from khuevan.core import clock
from khuevan.newsroom.models import SeatTask, StoryPage
from khuevan.newsroom.permissions import OWN_UNITS, posts_that_decide
from khuevan.outbox.actions import queue_mail
from khuevan.outbox.models import OutgoingMail
from khuevan.people.choices import Role
from khuevan.people.models import User
from khuevan.people.queries import answerable_people, posts_of

REACHED = "PIECE_TO_DECIDE"
RETURNED = "PIECE_RETURNED"
PUBLISHED = "PIECE_PUBLISHED"
HELD = "PIECE_HELD"


def deciders(step: SeatTask, submitted_by: User | None) -> list[User]:
    """Who is told that a piece has reached the step: holders of its role today, without who submitted it.

    Of the heads of the department's units only those of the writer's own units, where there are any: any other may
    decide, but a mail to every one would be read by none.
    """
    day = clock.today()
    if step.role == Role.UNIT_HEAD and submitted_by is not None:
        units = [post.unit_id for post in posts_of(submitted_by, day) if post.unit.kind in OWN_UNITS]
        heads = [head for people in answerable_people(units, day).values() for head in people.heads]
        chosen = [head for head in dict.fromkeys(heads) if head != submitted_by]
        if chosen:
            return chosen
    posts = posts_that_decide(Role(step.role), day)
    people = User.objects.filter(pk__in=posts.values("person")).order_by("pk")
    return list(people.exclude(pk=submitted_by.pk) if submitted_by is not None else people)


def tell_deciders(instance: TaskState, **kwargs: Any) -> None:
    """A piece reached a step: one mail to each who may decide; the key is the step and the person."""
    step = instance.task.specific
    if not isinstance(step, SeatTask):
        return
    page = instance.revision.as_object()
    writer = instance.workflow_state.requested_by
    for person in deciders(step, writer):
        with translation.override(person.language):
            _send(
                key=f"newsroom:step:{instance.pk}:reached:{person.pk}",
                kind=REACHED,
                person=person,
                subject=_("For your decision: a piece of the newsroom"),
                lines=[
                    _("%(person)s submits a piece that waits for your decision.") % {"person": writer or "–"},
                    _("Step: %(step)s.") % {"step": step.name},
                ],
                page=page,
                reason=_("You hold the role that decides at the step “%(step)s”.") % {"step": step.name},
            )


def tell_returned(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    """A piece came back: its writer is told; what is to be changed stands at the piece."""
    writer, step = instance.requested_by, instance.current_task_state
    if writer is None or step is None or writer == user:
        return
    with translation.override(writer.language):
        _send(
            key=f"newsroom:step:{step.pk}:returned",
            kind=RETURNED,
            person=writer,
            subject=_("Returned: your piece in the newsroom"),
            lines=[
                _("%(person)s returned your piece, with a word on what to change.") % {"person": user or "–"}
            ],
            page=step.revision.as_object(),
            reason=_("You submitted this piece."),
        )


def tell_published(instance: Page, revision: Revision, **kwargs: Any) -> None:
    """A piece went out: who began it and who submitted it are told, but nobody of what went out without a review
    and is the person's own text. Scheduling is no publication.
    """
    if not isinstance(instance, StoryPage) or not instance.live:
        return
    last = WorkflowState.objects.for_instance(instance).order_by("-pk").select_related("requested_by").first()
    submitted_by = last.requested_by if last is not None else None
    for writer in dict.fromkeys([instance.owner, submitted_by]):
        if writer is None or (submitted_by is None and revision.user_id == writer.pk):
            continue
        with translation.override(writer.language):
            _send(
                key=f"newsroom:published:{revision.pk}:{writer.pk}",
                kind=PUBLISHED,
                person=writer,
                subject=_("Published: your piece"),
                lines=[_("A piece that you wrote is published."), str(instance.full_url or "")],
                page=instance,
                reason=_("You wrote or submitted this piece."),
            )


def tell_held(revision: Revision, sentences: Iterable[str]) -> bool:
    """A piece did not go out at its moment: who began, submitted and let it go are told, once for each version.

    Whether this is the first time. The reasons of the rules are told; where a program failed there are none.
    """
    page = revision.content_object
    steps = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED).order_by("pk")
    people = [page.owner]
    for step in steps.select_related("finished_by", "workflow_state__requested_by"):
        people += [step.workflow_state.requested_by, step.finished_by]
    is_new = False
    for person in dict.fromkeys(person for person in people if person is not None and person.is_active):
        key = f"newsroom:held:{revision.pk}:{person.pk}"
        if OutgoingMail.objects.filter(key=key).exists():
            continue
        is_new = True
        with translation.override(person.language):
            _send(
                key=key,
                kind=HELD,
                person=person,
                subject=_("A piece could not go out at its moment"),
                lines=[
                    _("A piece was to go out now and is not public. What keeps it back:"),
                    *(sentences or [_("An error of the program: tell an administrator.")]),
                ],
                page=page.specific,
                reason=_("You wrote, submitted or let go this piece."),
            )
    return is_new


def _send(
    *, key: str, kind: str, person: User, subject: str, lines: Iterable[str], page: Page, reason: str
) -> None:
    if isinstance(page, StoryPage):
        path = reverse("newsroom_desk:piece", args=[page.short_id])
    else:
        path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    address = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
    queue_mail(
        key=key,
        kind=kind,
        person=person,
        subject=subject,
        text="\n\n".join((*(line for line in lines if line), address)) + "\n",
        reason=reason,
    )


def connect() -> None:
    """Lets these mails go out in place of Wagtail's own, which know nothing of seats and pass the outbox by."""
    # Wagtail's handlers exist only once all apps are loaded.
    from wagtail.signals import (
        page_published,
        task_submitted,
        workflow_approved,
        workflow_rejected,
        workflow_submitted,
    )

    for signal, sender, name in (
        (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
        (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
        (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
        (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
    ):
        signal.disconnect(sender=sender, dispatch_uid=name)
    task_submitted.connect(tell_deciders, dispatch_uid="newsroom-deciders")
    workflow_rejected.connect(tell_returned, dispatch_uid="newsroom-returned")
    page_published.connect(tell_published, dispatch_uid="newsroom-published")
