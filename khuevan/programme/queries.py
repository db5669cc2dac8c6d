"""Reads of plans, tasks and half-done imports."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import Max, Q

from khuevan.people.models import Unit, User
from khuevan.people.queries import units_of
from khuevan.people.choices import UnitKind
from khuevan.plain.likeness import likeness, words
from khuevan.plain.official_documents.document import OfficialDocument, from_stored
from khuevan.plain.plan_changes import Change, PlanChanges, plan_changes
from khuevan.plain.unit_names import RegisteredUnit, name_key
from khuevan.programme.choices import ImportState
from khuevan.programme.decisions import (
    NEW,
    Choices,
    Decisions,
    RegisteredUnits,
    decide,
    document_day,
)
from khuevan.programme.models import (
    Duty,
    DutyTask,
    Plan,
    PlanImport,
    PlanVersion,
    Task,
    TaskQuerySet,
)
from khuevan.programme.permissions import reads_all

Row = TypeVar("Row")

# Titles of one plan and its amendment share this much: "… (sửa đổi, bổ sung)" stays above it, the
# plan of another year does too, so the period must meet as well.
SAME_TITLE = 0.8


def visible_tasks(user: User, day: date) -> TaskQuerySet:
    """The tasks that `user` may read on `day`: all, or those of the units in which they hold a post.

    A unit answers for what the plan gives to a group that it belongs to ("Các phòng, đơn vị thuộc
    Sở"): a group belongs to everyone in the units that stand beside it.
    """
    if reads_all(user, day):
        return Task.objects.all()
    return Task.objects.of_units(visible_unit_ids(user, day))


def visible_plans(user: User, day: date) -> list[Plan]:
    """The plans with at least one task that `user` may read, newest period first."""
    plans = Plan.objects.all()
    if not reads_all(user, day):
        plans = plans.filter(pk__in=visible_tasks(user, day).order_by().values("plan"))
    return list(plans)


def visible_unit_ids(user: User, day: date) -> set[int]:
    """The units whose work is `user`'s on `day`: their own, and the groups that stand beside those."""
    own = list(units_of(user, day).values_list("pk", "parent"))
    parents = {parent for _, parent in own if parent is not None}
    groups = Unit.objects.filter(kind=UnitKind.GROUP, parent__in=parents).values_list("pk", flat=True)
    return {pk for pk, _ in own} | set(groups)


def current_version(plan: Plan) -> PlanVersion:
    """The newest version of the plan, its reading loaded."""
    return plan.versions.order_by("-number")[0]


def registered_units() -> RegisteredUnits:
    """The register of units as matching needs it. Two queries."""
    units = list(Unit.objects.prefetch_related("aliases").order_by("path"))
    return RegisteredUnits(
        tuple(
            RegisteredUnit(
                unit.pk,
                unit.name,
                unit.short_name,
                tuple(alias.name for alias in unit.aliases.all()),
                unit.valid_from,
                unit.valid_to,
            )
            for unit in units
        ),
        {unit.pk: unit.kind for unit in units},
        {unit.pk: unit.path for unit in units},
    )


def import_of_file(sha256: str) -> PlanImport | None:
    """The import of exactly this file that was not discarded, its plan and officer loaded."""
    return (
        PlanImport.objects.exclude(state=ImportState.DISCARDED)
        .filter(sha256=sha256)
        .select_related("plan", "started_by")
        .defer("reading")
        .first()
    )


def imports_and_plans() -> tuple[list[PlanImport], list[Plan]]:
    """Imports under review, newest first, and all plans with the number of their newest version."""
    drafts = (
        PlanImport.objects.filter(state=ImportState.DRAFT)
        .select_related("started_by", "amends")
        .defer("reading", "unit_choices", "link_choices")
    )
    plans = Plan.objects.annotate(
        version_number=Max("versions__number"), imported_at=Max("versions__imported_at")
    ).order_by("-imported_at", "-pk")
    return list(drafts), list(plans)


def plan_it_may_amend(document: OfficialDocument) -> Plan | None:
    """The plan that the document looks like a new version of: same symbol and year, or title and period."""
    if document.symbol and document.number is not None and document.date is not None:
        same = Plan.objects.filter(symbol=document.symbol, signed_date__year=document.date.year)
        return same.order_by("-pk").first()
    title = words(document.title or "")
    if not title or document.period is None:
        return None
    meets = Q(period_first__lte=document.period.last, period_last__gte=document.period.first)
    likest = max(
        (
            (likeness(title, words(plan.title)), plan.pk, plan)
            for plan in Plan.objects.filter(meets, type=document.type or "")
        ),
        default=None,
    )
    return likest[2] if likest is not None and likest[0] >= SAME_TITLE else None


class ImportReview:
    """Everything about a draft import: the reading, the decisions, and what it changes in a plan.

    `changes` and the `old` document are None for a new plan. Seven queries, whatever the plan's size.
    """

    def __init__(self, plan_import: PlanImport, day: date) -> None:
        self.plan_import = plan_import
        self.document = from_stored(plan_import.reading)
        self.register = registered_units()
        self.day = document_day(self.document, day)
        self.version: PlanVersion | None = None
        self.old: OfficialDocument | None = None
        self.changes: PlanChanges | None = None
        self.tasks: list[Task] = []
        self.duties: list[Duty] = []
        settled_units: dict[str, str] = {}
        settled_links: dict[int, list[int]] = {}
        if plan_import.amends is not None:
            self.version = current_version(plan_import.amends)
            self.old = from_stored(self.version.reading)
            self.changes = plan_changes(self.old, self.document)
            self.tasks = list(Task.objects.current().filter(plan=plan_import.amends).order_by("order"))
            self.duties = list(Duty.objects.current().filter(plan=plan_import.amends).order_by("order"))
            settled_units = self._settled_units()
            settled_links = self._settled_links()
        self.decisions: Decisions = decide(
            self.document,
            self.register,
            Choices(
                plan_import.unit_choices,
                plan_import.link_choices,
                settled_units,
                settled_links,
            ),
            self.day,
        )

    def task_before(self) -> dict[int, Task]:
        """The task that each place of the new reading continues."""
        changes = self.changes.tasks if self.changes is not None else ()
        # A row's order is its place in the reading of the newest version.
        rows = {task.order: task for task in self.tasks}
        return _continued(changes, rows)

    def duty_before(self) -> dict[int, Duty]:
        """The duty that each place of the new reading continues."""
        changes = self.changes.duties if self.changes is not None else ()
        rows = {duty.order: duty for duty in self.duties}
        return _continued(changes, rows)

    def _settled_units(self) -> dict[str, str]:
        """What officers chose for the names of the plan's last file; present duties have the last word."""
        last = PlanImport.objects.filter(plan=self.plan_import.amends).order_by("-finished_at").first()
        chosen = {} if last is None else {k: v for k, v in last.unit_choices.items() if not v.startswith(NEW)}
        return chosen | {name_key(duty.unit_name): str(duty.unit_id) for duty in self.duties}

    def _settled_links(self) -> dict[int, list[int]]:
        """What officers confirmed for the plan's present duties, in places of the new reading."""
        place_of = {task.pk: place for place, task in self.task_before().items()}
        links: dict[int, list[int]] = {}
        present = DutyTask.objects.filter(duty__in=[duty.pk for duty in self.duties])
        for duty, task in present.values_list("duty", "task"):
            links.setdefault(duty, []).append(task)
        return {
            place: sorted(place_of[task] for task in links.get(duty.pk, ()) if task in place_of)
            for place, duty in self.duty_before().items()
        }


def _continued(changes: tuple[Change, ...], rows: dict[int, Row]) -> dict[int, Row]:
    return {
        change.after: rows[change.before]
        for change in changes
        if change.after is not None and change.before is not None and change.before in rows
    }
