"""Whose work a calendar or a board shows: the person's own, or all that the person sees, narrowed by wishes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from khuevan.people.models import Unit
from khuevan.programme.browse_queries import Sight
from khuevan.programme.models import Assignment, Instalment, InstalmentQuerySet, Step
from khuevan.programme.work_queries import instalments_seen


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at. `mine` are the person's own units, None for all that the person sees; `unit` and `role`
    narrow that further, `plan` to one plan.
    """

    sight: Sight
    mine: frozenset[int] | None = None
    plan: int | None = None
    unit: int | None = None
    role: str = ""


def instalments_in(scope: Scope) -> InstalmentQuerySet:
    """The instalments in force of the tasks that the person reads, within the scope."""
    # Whoever answers for a unit sees its tasks: asking for both would only take longer.
    rows = instalments_seen(scope.sight) if scope.mine is None else Instalment.objects.in_force()
    if scope.plan is not None:
        rows = rows.filter(assignment__task__plan=scope.plan)
    if scope.mine is not None:
        rows = rows.filter(assignment__unit__in=scope.mine)
    if scope.unit is not None:
        rows = rows.filter(assignment__unit=scope.unit)
    if scope.role:
        rows = rows.filter(assignment__role=scope.role)
    return rows


def steps_in(scope: Scope) -> QuerySet[Step]:
    """The steps of tasks in force that the person reads, within the scope; a step's role is its unit's."""
    rows: QuerySet[Step] = Step.objects.filter(task__dropped_in__isnull=True)
    if scope.sight.units is not None and scope.mine is None:
        rows = rows.filter(task__in=scope.sight.tasks().order_by().values("pk"))
    if scope.plan is not None:
        rows = rows.filter(task__plan=scope.plan)
    if scope.mine is not None:
        rows = rows.filter(unit__in=scope.mine)
    if scope.unit is not None:
        rows = rows.filter(unit=scope.unit)
    if scope.role:
        part = Assignment.objects.current().filter(
            task=OuterRef("task"), unit=OuterRef("unit"), role=scope.role
        )
        rows = rows.filter(Exists(part))
    return rows


def units_in(scope: Scope) -> list[tuple[int, str, str, str]]:
    """The units with a part in what the person sees of the scope, in tree order: key, name, abbreviation, path."""
    parts = Assignment.objects.current().filter(unit=OuterRef("pk"), task__dropped_in__isnull=True)
    if scope.plan is not None:
        parts = parts.filter(task__plan=scope.plan)
    if scope.sight.units is not None:
        parts = parts.filter(task__in=scope.sight.tasks().order_by().values("pk"))
    units = Unit.objects.filter(Exists(parts))
    if scope.mine is not None:
        units = units.filter(pk__in=scope.mine)
    return list(units.order_by("path").values_list("pk", "name", "short_name", "path"))
