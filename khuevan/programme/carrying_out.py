"""Makes a reviewed import into a plan, or into the next version of one. Only `actions` calls this."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.search import folded_words
from khuevan.people.actions import create_units
from khuevan.people.choices import UnitKind
from khuevan.people.models import Unit, User
from khuevan.people.queries import units_by_folded_name
from khuevan.plain.official_documents import document as reading
from khuevan.plain.unit_names import match_names, name_key
from khuevan.programme.assigning import assign
from khuevan.programme.choices import ImportState, TaskState, stored_code
from khuevan.programme.models import (
    Assignment,
    Duty,
    DutyTask,
    Plan,
    PlanImport,
    PlanVersion,
    Task,
)
from khuevan.programme.outline import SectionsByRef, keep_sections
from khuevan.programme.queries import ImportReview
from khuevan.programme.scheduling import keep_instalments, stored_rule_of_due

Row = TypeVar("Row", Task, Duty)

# New units of these kinds belong to the body that issued the plan; others stand on their own.
INNER_KINDS = frozenset({UnitKind.DIVISION, UnitKind.OFFICE, UnitKind.CENTRE, UnitKind.GROUP})


def carry_out(review: ImportReview, *, by: User) -> Plan:
    """The plan, as the review showed it. An action calls this and gives the transaction and the trail."""
    if review.plan_import.state != ImportState.DRAFT:
        raise ValueError("Only a draft is carried out.")
    plan = _kept_plan(review)
    units = _units_by_key(review, by=by, issuer=plan.issuer)
    version = _new_version(plan, review.plan_import, by)
    sections = keep_sections(plan, version, review.document)
    tasks = _keep_tasks(review, plan, version, sections)
    duties = _keep_duties(review, plan, version, units)
    _keep_links(review, tasks, duties)
    assign(review, version, tasks, duties, {key: unit.pk for key, unit in units.items()})
    keep_instalments(Assignment.objects.current().filter(task__plan=plan).select_related("task__plan"))
    return plan


def _kept_plan(review: ImportReview) -> Plan:
    document, plan = review.document, review.plan_import.amends or Plan()
    # What the head of an amendment leaves out stands as the plan had it: nothing known is lost.
    plan.title = document.title or plan.title or review.plan_import.filename
    plan.type = (document.type or plan.type)[:60]
    if document.symbol or document.number is not None:
        plan.symbol, plan.number = (document.symbol or "")[:60], document.number
    if document.issuer:
        plan.issuer_name = document.issuer[:255]
        plan.issuer_id = _registered(document.issuer, review)
    plan.signed_date = document.date or plan.signed_date
    if document.period is not None:
        plan.period_first, plan.period_last = document.period.first, document.period.last
    plan.save()
    return plan


def _registered(name: str | None, review: ImportReview) -> int | None:
    if not name:
        return None
    return match_names([name], review.register.units, review.day)[0].proposed


def _units_by_key(review: ImportReview, *, by: User, issuer: Unit | None) -> dict[str, Unit]:
    """The unit of every named body that was not left as words; new ones are made."""
    chosen = {decision.unit for decision in review.decisions.units} - {None}
    registered = Unit.objects.in_bulk(chosen)
    units: dict[str, Unit] = {}
    new: list[Unit] = []
    for decision in review.decisions.units:
        if decision.unit is not None:
            units[decision.key] = registered[decision.unit]
        elif decision.new_kind is not None:
            kind = UnitKind(decision.new_kind)
            parent = issuer if kind in INNER_KINDS else None
            units[decision.key] = Unit(name=decision.name[:255], kind=kind, parent=parent)
            new.append(units[decision.key])
        elif decision.duties:
            raise ValidationError(
                _("Choose which registered unit “%(name)s” means: it may be more than one.")
                % {"name": decision.name}
            )
    _check_still_new(new)
    create_units(by=by, units=new)
    return units


def _check_still_new(units: list[Unit]) -> None:
    """Raises ValidationError where somebody has registered one of the new units since the officer looked."""
    registered = units_by_folded_name(datetime.date.max) if units else {}
    for unit in units:
        holder = registered.get(folded_words(unit.name))
        if holder is not None and holder.exists_on(datetime.date.max):
            raise ValidationError(
                _("“%(name)s” has been registered meanwhile: open the review again.") % {"name": unit.name}
            )


def _new_version(plan: Plan, plan_import: PlanImport, by: User) -> PlanVersion:
    version = PlanVersion(
        plan=plan,
        number=plan.versions.count() + 1,
        file=plan_import.file.name,
        filename=plan_import.filename,
        sha256=plan_import.sha256,
        reading=plan_import.reading,
        imported_at=clock.now(),
        imported_by=by,
    )
    version.save()
    return version


def _wording(item: reading.Task | reading.Duty) -> dict[str, Any]:
    """The fields that a task and a duty have in common, as the reading words them."""
    return {
        "ref": item.ref[:120],
        "text": item.text,
        "due_text": item.due.text[:500] if item.due else "",
        "due_date": item.due.date if item.due else None,
        "recurrence": stored_code(item.due.recurrence) if item.due else "",
        "partner_names": list(item.partners),
    }


def _place(item: reading.Task | reading.Duty) -> dict[str, int] | None:
    return None if item.place is None else asdict(item.place)


class _Kept(Generic[Row]):
    """Rows that go on in the new version, written together: only the fields that differ in some row.

    A bulk write costs by the row and the field, and an amendment seldom touches more than a few.
    """

    def __init__(self) -> None:
        self.reworded: list[Row] = []
        self._rows: list[Row] = []
        self._fields: set[str] = set()

    def take(self, row: Row, wording: Mapping[str, Any], position: Mapping[str, Any]) -> None:
        """Takes the new words and place into the row. A new ref alone is no new wording."""
        values = {**wording, **position}
        different = {name for name, value in values.items() if getattr(row, name) != value}
        for name in different:
            setattr(row, name, values[name])
        if different - position.keys() - {"ref"}:
            self.reworded.append(row)
        if different:
            self._rows.append(row)
            self._fields |= different

    def write(self, model: type[Row]) -> None:
        """Stores what was taken."""
        if self._rows:
            model._default_manager.bulk_update(self._rows, sorted(self._fields), batch_size=50)


def _keep_tasks(
    review: ImportReview, plan: Plan, version: PlanVersion, sections: SectionsByRef
) -> list[Task]:
    """One row a task of the reading, in its order: those that went on keep their row, the rest are made."""
    before = review.task_before()
    rows: list[Task] = []
    kept = _Kept[Task]()
    for order, item in enumerate(review.document.tasks):
        wording = {**_wording(item), "lead_names": list(item.lead)}
        if order not in before or not before[order].deadline_decided:
            wording["deadline_rule"] = stored_rule_of_due(item.due)
        section = sections.holding(item.ref)
        position = {"order": order, "place": _place(item), "section_id": section and section.pk}
        row = before.get(order)
        if row is None:
            row = Task(plan=plan, read_in=version, **wording, **position)
        else:
            kept.take(row, wording, position)
        rows.append(row)
    kept.write(Task)
    going_on = {row.pk for row in rows}
    for gone in Task.objects.current().filter(plan=plan):
        if gone.pk not in going_on:
            gone.dropped_in = version
            gone.state = TaskState.DROPPED
            gone.save()
    Task.objects.current().filter(plan=plan).update(read_in=version)
    Task.objects.bulk_create([row for row in rows if row.pk is None])
    # Search looks through the words, and a bulk write does not tell it.
    Task.after_bulk_create(kept.reworded)
    return rows


def _keep_duties(
    review: ImportReview, plan: Plan, version: PlanVersion, units: Mapping[str, Unit]
) -> list[Duty]:
    """One row a duty of the reading, in its order, as `_keep_tasks` does for tasks."""
    before = review.duty_before()
    rows: list[Duty] = []
    kept = _Kept[Duty]()
    for order, item in enumerate(review.document.duties):
        wording = {
            **_wording(item),
            "unit_name": item.unit[:500],
            "role": stored_code(item.role),
            "unit_id": units[name_key(item.unit)].pk,
        }
        position = {"order": order, "place": _place(item)}
        row = before.get(order)
        if row is None:
            row = Duty(plan=plan, read_in=version, **wording, **position)
        else:
            kept.take(row, wording, position)
        rows.append(row)
    kept.write(Duty)
    going_on = {row.pk for row in rows}
    for gone in Duty.objects.current().filter(plan=plan):
        if gone.pk not in going_on:
            gone.dropped_in = version
            gone.save()
    Duty.objects.current().filter(plan=plan).update(read_in=version)
    Duty.objects.bulk_create([row for row in rows if row.pk is None])
    return rows


def _keep_links(review: ImportReview, tasks: Sequence[Task], duties: Sequence[Duty]) -> None:
    """The confirmed links of every duty. Those of dropped tasks and duties stay as they were."""
    wanted = {
        (duty.pk, tasks[task].pk)
        for place, duty in enumerate(duties)
        for task in review.decisions.taken(place)
    }
    present = {
        (link.duty_id, link.task_id): link
        for link in DutyTask.objects.filter(duty__plan=tasks[0].plan_id if tasks else None)
    }
    current_tasks, current_duties = (
        {task.pk for task in tasks},
        {duty.pk for duty in duties},
    )
    for (duty, task), link in present.items():
        if (duty, task) not in wanted and duty in current_duties and task in current_tasks:
            link.delete()
    DutyTask.objects.bulk_create(
        [DutyTask(duty_id=duty, task_id=task) for duty, task in sorted(wanted - present.keys())]
    )
