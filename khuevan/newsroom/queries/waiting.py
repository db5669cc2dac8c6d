"""What of the newsroom waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, WorkflowState

from khuevan.newsroom.choices import LanguageStanding, TranslationOrigin
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.permissions import deciding_roles
from khuevan.newsroom.queries.language_states import page_type, with_standings
from khuevan.newsroom.rules import problems_of
from khuevan.people.models import User

# The job asks every ten seconds; what is later than this does not go out by itself.
RELEASED_WITHIN: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A page that waits at a step: what it is called, at which step, since when, and who submitted it."""

    page: Page
    story: StoryPage | None
    step: str
    since: datetime
    submitted_by: str


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """A page that was returned to its writer: by whom, when, with which words."""

    page: Page
    story: StoryPage | None
    returned_by: str
    at: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class ScheduledLine:
    """A page whose approved text goes out at a moment of the day."""

    page: Page
    story: StoryPage | None
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A page that should be public and is not: since when, and every sentence of the rules that keeps it back."""

    page: Page
    story: StoryPage | None
    at: datetime
    reasons: tuple[str, ...]


def steps_for(user: User, day: date) -> QuerySet[Any]:
    """The steps of reviews that the person decides on: those of the roles held, without the own texts."""
    found: QuerySet[Any] = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        task__seattask__role__in=deciding_roles(user, day),
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=page_type(),
    ).exclude(workflow_state__requested_by=user)
    return found


def pieces_to_decide(user: User, day: date) -> list[StepLine]:
    """What waits for the person's decision, the longest first. Three queries."""
    steps = list(
        steps_for(user, day)
        .select_related("task", "workflow_state__requested_by")
        .order_by("started_at", "pk")
    )
    pages, stories = _pages_of([step.workflow_state.object_id for step in steps])
    return [
        StepLine(
            pages[key],
            stories.get(key),
            step.task.name,
            step.started_at,
            str(step.workflow_state.requested_by or ""),
        )
        for step in steps
        if (key := int(step.workflow_state.object_id)) in pages
    ]


def returned_of(user: User) -> QuerySet[Any]:
    """The reviews that the person began and whose text came back."""
    found: QuerySet[Any] = WorkflowState.objects.filter(
        requested_by=user, status=WorkflowState.STATUS_NEEDS_CHANGES, base_content_type=page_type()
    )
    return found


def pieces_returned(user: User) -> list[ReturnedLine]:
    """The person's pieces that came back, the newest first. Three queries."""
    states = list(
        returned_of(user)
        .select_related("current_task_state__finished_by")
        .order_by("-current_task_state__finished_at", "-pk")
    )
    pages, stories = _pages_of([state.object_id for state in states])
    return [
        ReturnedLine(
            pages[key],
            stories.get(key),
            str(step.finished_by or "") if step else "",
            step.finished_at if step else None,
            step.comment if step else "",
        )
        for state in states
        if (key := int(state.object_id)) in pages
        for step in (state.current_task_state,)
    ]


def translations_behind() -> QuerySet[Any]:
    """The translations whose original went out anew since they were made."""
    return (
        _translations()
        .filter(source_changed=True, is_withdrawn=False)
        .order_by("-latest_revision_created_at")
    )


def machine_translations() -> QuerySet[Any]:
    """What a machine translated and nobody has reviewed yet, the longest waiting first."""
    return _translations().filter(standing=LanguageStanding.MACHINE).order_by("latest_revision_created_at")


def _translations() -> QuerySet[Any]:
    return (
        with_standings(StoryPage.objects.exclude(origin=TranslationOrigin.ORIGINAL))
        .select_related("locale")
        .defer("body")
    )


def scheduled_on(day: date) -> list[ScheduledLine]:
    """What goes out on the day, by its moment. Three queries."""
    first = timezone.make_aware(datetime.combine(day, time.min))
    due = Revision.objects.filter(
        base_content_type=page_type(),
        approved_go_live_at__gte=first,
        approved_go_live_at__lt=first + timedelta(days=1),
    ).order_by("approved_go_live_at", "pk")
    rows = list(due.values_list("object_id", "approved_go_live_at"))
    pages, stories = _pages_of([key for key, _moment in rows])
    return [
        ScheduledLine(pages[int(key)], stories.get(int(key)), moment)
        for key, moment in rows
        if int(key) in pages
    ]


def overdue(moment: datetime) -> list[HeldLine]:
    """What was let go and should be public, and is kept back by a rule or an error, with what the rules say."""
    due = Revision.objects.filter(
        base_content_type=page_type(), approved_go_live_at__lt=moment - RELEASED_WITHIN
    ).order_by("approved_go_live_at", "pk")
    rows = list(due)
    pages, stories = _pages_of([row.object_id for row in rows])
    lines = []
    for row in rows:
        key = int(row.object_id)
        if key in pages:
            said = _what_holds(row) if key in stories else ()
            lines.append(HeldLine(pages[key], stories.get(key), row.approved_go_live_at, said))
    return lines


def _what_holds(revision: Revision) -> tuple[str, ...]:
    """What the rules say of a piece's revision; nothing where it cannot even be read."""
    try:
        problems = problems_of(revision.as_object())
    except Exception:
        # The job that releases has logged it; the desk shows the piece all the same.
        return ()
    return tuple(problem.sentence for problem in problems if problem.blocks)


def counts_for(user: User, day: date) -> tuple[int, int]:
    """How many steps wait for the person's decision, and how many own pieces came back. One query."""
    mine = Q(current_task_state__task__seattask__role__in=deciding_roles(user, day)) & ~Q(requested_by=user)
    counts = WorkflowState.objects.filter(base_content_type=page_type()).aggregate(
        to_decide=Count("pk", filter=Q(status=WorkflowState.STATUS_IN_PROGRESS) & mine),
        returned=Count("pk", filter=Q(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user)),
    )
    return counts["to_decide"], counts["returned"]


def _pages_of(keys: list[Any]) -> tuple[dict[int, Page], dict[int, StoryPage]]:
    """The pages by key, and those of them that are pieces. Two queries."""
    wanted = {int(key) for key in keys}
    pages = {page.pk: page for page in Page.objects.filter(pk__in=wanted).select_related("locale")}
    stories = {
        story.pk: story
        for story in StoryPage.objects.filter(pk__in=wanted).select_related("locale").defer("body")
    }
    return pages, stories
