"""The page of one task: its sentence in the plan, who does what by when, its steps, and what happened to it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.people.choices import UnitKind
from khuevan.programme.browse_queries import Sight
from khuevan.programme.choices import AssignmentRole, DutyRole, StepState, TaskState
from khuevan.programme.extensions import task_proofs, task_ways
from khuevan.programme.models import Task
from khuevan.programme.permissions import answering_unit_ids, can_order_work, can_split
from khuevan.programme.presenters.history import Event, events
from khuevan.programme.presenters.history_of_work import Part
from khuevan.programme.presenters.sentence import own_words, sentence_in_context
from khuevan.programme.presenters.task_steps import StepRights, step_items
from khuevan.programme.presenters.task_work import (
    ended_item,
    other_tasks,
    part_item,
    rule_in_words,
    standing,
)
from khuevan.programme.presenters.wording import recurrence_label, section_title, short_title
from khuevan.programme.task_queries import (
    PartLine,
    StepLine,
    history_of_work,
    parts_of_task,
    steps_of_task,
    task_on_its_page,
)
from khuevan.programme.views.plan_pages import PlanPage, person_of, sight_at

# Older deeds are folded.
DEEDS_SHOWN = 12


@require_safe
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: its sentence in the plan, who answers for it, when, how far it is, and what happened to it."""
    today, sight = sight_at(request)
    found = task_on_its_page(sight, pk)
    if found is None:
        raise Http404(_("There is no such task, or it is not your unit's."))
    page = PlanPage(request, today, sight, found.plan)
    parts = parts_of_task(found)
    in_force = [part for part in parts if not part.dropped and part.ended_at is None]
    steps = steps_of_task(found)
    rights = _rights(page, found, in_force, steps)
    happened = _history(found, parts)
    dropped = found.state == TaskState.DROPPED
    # Whoever sees the work of some units only does that work.
    theirs = frozenset() if dropped or sight.units is None else sight.units
    context = _sentence(found, whole=sight.whole) | {
        "task": found,
        "title": short_title(found.text),
        "number": None if dropped else found.order + 1,
        "section": section_title(found.section.label, found.section.heading) if found.section else "",
        "recurrence": recurrence_label(found.recurrence),
        "rule": rule_in_words(found.deadline_rule),
        "standing": None if dropped else standing(in_force, today),
        "assignments": [
            part_item(part, today, group_kind=UnitKind.GROUP, own=theirs, has_lead=rights.has_lead)
            for part in in_force
        ],
        "ended": [ended_item(part, today) for part in parts if part.ended_at is not None],
        "steps": step_items(steps, rights, today),
        "finished_steps": sum(step.state == StepState.DONE for step in steps),
        "waits_for": other_tasks(found.waits_for, found.plan_id),
        "awaited_by": other_tasks(found.awaited_by, found.plan_id),
        "duties": [
            {**row, "role": DutyRole(row["role"]).label}
            for row in sorted(found.tied_duties or (), key=lambda row: row["order"])
            if row["dropped"] is None
        ],
        "events": happened,
        "shown_events": happened[::-1][:DEEDS_SHOWN],
        "older_events": happened[::-1][DEEDS_SHOWN:],
        "before": _neighbour(found.before),
        "after": _neighbour(found.after),
        # Nothing is ordered in a task that an amended plan dropped.
        "may_order": not dropped and can_order_work(person_of(request), today),
        "may_split": rights.split,
        "proofs": task_proofs(found.pk),
        # Into the apps above, such as writing a piece for the task.
        "ways": [] if dropped else task_ways(found.pk, person_of(request), today),
        # Asked once: there may be hundreds of instalments.
        "unit_base": reverse("programme:unit", args=[found.plan_id, 0]).removesuffix("0/"),
        "instalment_base": reverse("programme:instalment", args=[0]).removesuffix("0/"),
        "assignment_base": reverse("programme:reassign", args=[0]).removesuffix("0/chuyen/"),
        "step_base": reverse("programme:step_edit", args=[0]).removesuffix("0/"),
    }
    crumb = (request.path, _("Task %s") % (found.ref if dropped else found.order + 1))
    return page.render("programme/task.html", "", context, crumb)


def _rights(page: PlanPage, found: Task, parts: list[PartLine], steps: list[StepLine]) -> StepRights:
    """What the person may do with the steps; asks no more of the database than the page shows."""
    person, today, sight = person_of(page.request), page.today, page.sight
    lead = next((part.unit.pk for part in parts if part.role == AssignmentRole.LEAD), None)
    answering = frozenset(part.unit.pk for part in parts)
    if found.state == TaskState.DROPPED:
        return StepRights(split=False, own=frozenset(), answering=answering, has_lead=lead is not None)
    split = can_split(person, lead if _may_be_theirs(sight, {lead}) else None, today)
    theirs = not split and _may_be_theirs(sight, {step.unit.pk for step in steps})
    own = answering_unit_ids(person, today) if theirs else frozenset()
    return StepRights(split=split, own=own, answering=answering, has_lead=lead is not None)


def _may_be_theirs(sight: Sight, units: set[int | None]) -> bool:
    """Whether one of the units may be the person's: whoever works in a unit, or heads it, sees its work."""
    return bool(units - {None}) if sight.units is None else not sight.units.isdisjoint(units - {None})


def _history(found: Task, parts: list[PartLine]) -> list[Event]:
    """The deeds, oldest first, in words."""
    links = found.tied_duties or []
    entries = history_of_work(found, [part.pk for part in parts], [row["pk"] for row in links])
    return events(
        entries,
        {part.unit.pk: part.unit.name for part in parts},
        {row["duty"]: row["ref"] for row in links},
        {part.pk: Part(part.unit.name, part.role) for part in parts},
        {line.pk: Part(part.unit.name, part.role, line.due_date) for part in parts for line in part.owed},
    )


def _sentence(found: Task, *, whole: bool) -> dict[str, Any]:
    """The task's sentence in its text; for those who do not read the plan whole, its own words only."""
    parts = sentence_in_context(found.paragraphs or (), found.place)
    if not whole:
        return {"sentence": own_words(parts), "source_url": ""}
    url = reverse("programme:source_version", args=[found.plan_id, found.read_in.number])
    anchor = f"#p{found.place['paragraph']}" if found.place else ""
    return {"sentence": parts, "source_url": f"{url}{anchor}"}


def _neighbour(item: dict[str, Any] | None) -> dict[str, Any] | None:
    """The key and the short title of the task before or after."""
    return item and {"pk": item["pk"], "title": short_title(item["text"], 70)}
