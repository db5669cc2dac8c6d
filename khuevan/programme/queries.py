"""Reads of plans, tasks and half-done imports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, TypeVar

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from khuevan.people.choices import UnitKind
from khuevan.people.models import Unit, User
from khuevan.people.queries import units_of
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
    """The register of units as matching needs it. One query: the frame of a staff page needs nine."""
    fields = ("pk", "name", "short_name", "kind", "path", "valid_from", "valid_to", "aliases__name")
    units: dict[int, RegisteredUnit] = {}
    kinds: dict[int, str] = {}
    paths: dict[int, str] = {}
    for pk, name, short_name, kind, path, first, last, alias in Unit.objects.order_by(
        "path", "pk", "aliases__name"
    ).values_list(*fields):
        known = units.get(pk)
        aliases = (known.aliases if known else ()) + ((alias,) if alias else ())
        units[pk] = RegisteredUnit(pk, name, short_name, aliases, first, last)
        kinds[pk], paths[pk] = kind, path
    return RegisteredUnits(tuple(units.values()), kinds, paths)


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
    """Imports under review, newest first, each with the `title` read in it, and all plans.

    A plan comes with the number and the day of its newest version.
    """
    drafts = (
        PlanImport.objects.filter(state=ImportState.DRAFT)
        .select_related("started_by", "amends")
        .defer("reading", "unit_choices", "link_choices")
        .annotate(title=KT("reading__title"))
    )
    plans = Plan.objects.annotate(
        version_number=Max("versions__number"), imported_at=Max("versions__imported_at")
    ).order_by("-imported_at", "-pk")
    return list(drafts), list(plans)


def plans_to_amend() -> list[Plan]:
    """The plans of which a file may be a new version: the fifty with the newest period."""
    return list(Plan.objects.only("pk", "title", "symbol").order_by("-period_first", "-pk")[:50])


def plan_it_may_amend(document: OfficialDocument) -> Plan | None:
    """The plan that the document looks like a new version of: same symbol and year, or title and period."""
    if document.symbol and document.number is not None and document.date is not None:
        same = Plan.objects.filter(symbol=document.symbol, signed_date__year=document.date.year)
        return next((plan for plan in same.order_by("-pk") if _may_share_issuer(plan, document)), None)
    title = words(document.title or "")
    if not title or document.period is None:
        return None
    meets = Q(period_first__lte=document.period.last, period_last__gte=document.period.first)
    likest = max(
        (
            (likeness(title, words(plan.title)), plan.pk, plan)
            for plan in Plan.objects.filter(meets, type=document.type or "")
            if _may_share_issuer(plan, document)
        ),
        default=None,
    )
    return likest[2] if likest is not None and likest[0] >= SAME_TITLE else None


def _may_share_issuer(plan: Plan, document: OfficialDocument) -> bool:
    """Whether one body may have issued both: a city and its department issue plans of the same title."""
    return (
        not plan.issuer_name or not document.issuer or name_key(plan.issuer_name) == name_key(document.issuer)
    )


def imports_for_review() -> QuerySet[PlanImport]:
    """Imports with what their review needs from elsewhere, so that a page asks once.

    `old_reading` is the reading of the newest version of the plan that the import amends, `old_version` its
    number, `old_choices` the unit choices of that plan's last import; all None for a new plan.
    """
    versions = PlanVersion.objects.filter(plan=OuterRef("amends")).order_by("-number")
    imports = PlanImport.objects.filter(plan=OuterRef("amends")).order_by("-finished_at")
    return PlanImport.objects.select_related("amends", "plan", "started_by").annotate(
        old_reading=Subquery(versions.values("reading")[:1]),
        old_version=Subquery(versions.values("number")[:1]),
        old_choices=Subquery(imports.values("unit_choices")[:1]),
    )


class ImportReview:
    """Everything about a draft import: the reading, the decisions, and what it changes in a plan.

    `plan_import` comes from `imports_for_review`. `changes` and the `old` document are None for a new
    plan. Two queries, whatever the plan's size.
    """

    def __init__(self, plan_import: Any, day: date) -> None:
        self.plan_import: PlanImport = plan_import
        self.document = from_stored(plan_import.reading)
        self.register = registered_units()
        self.day = document_day(self.document, day)
        self.old: OfficialDocument | None = None
        self.changes: PlanChanges | None = None
        settled_units: dict[str, str] = {}
        settled_links: dict[int, list[int]] = {}
        if plan_import.amends is not None:
            self.old = from_stored(plan_import.old_reading)
            self.changes = plan_changes(self.old, self.document)
            settled_units, settled_links = self._settled(plan_import.old_choices or {})
        self.decisions: Decisions = decide(
            self.document,
            self.register,
            Choices(plan_import.unit_choices, plan_import.link_choices, settled_units, settled_links),
            self.day,
        )

    def task_before(self) -> dict[int, Task]:
        """The task that each place of the new reading continues. One query."""
        # A row's order is its place in the reading of the newest version.
        present = Task.objects.current().filter(plan=self.plan_import.amends_id)
        return _continued(self._changes("tasks"), {task.order: task for task in present})

    def duty_before(self) -> dict[int, Duty]:
        """The duty that each place of the new reading continues. One query."""
        present = Duty.objects.current().filter(plan=self.plan_import.amends_id)
        return _continued(self._changes("duties"), {duty.order: duty for duty in present})

    def _changes(self, kind: Literal["tasks", "duties"]) -> tuple[Change, ...]:
        if self.changes is None:
            return ()
        return self.changes.tasks if kind == "tasks" else self.changes.duties

    def _settled(self, old_choices: Mapping[str, str]) -> tuple[dict[str, str], dict[int, list[int]]]:
        """What officers chose for the plan's last file, in places of the new reading.

        Units by name key: a unit made new then is registered now, and present duties have the last word.
        """
        units = {key: choice for key, choice in old_choices.items() if not choice.startswith(NEW)}
        kept = [c for c in self._changes("tasks") if c.before is not None and c.after is not None]
        new_task = {change.before: change.after for change in kept}
        links: dict[int, list[int]] = {}
        present = Duty.objects.current().filter(plan=self.plan_import.amends_id)
        for duty, name, unit, task, dropped in present.values_list(
            "order", "unit_name", "unit", "links__task__order", "links__task__dropped_in"
        ):
            units[name_key(name)] = str(unit)
            tasks = links.setdefault(duty, [])
            after = new_task.get(task) if dropped is None else None
            if after is not None:
                tasks.append(after)
        return units, _continued(self._changes("duties"), {d: sorted(tasks) for d, tasks in links.items()})


def _continued(changes: tuple[Change, ...], rows: dict[int, Row]) -> dict[int, Row]:
    return {
        change.after: rows[change.before]
        for change in changes
        if change.after is not None and change.before is not None and change.before in rows
    }
