"""What the plans still lack before work can start: a lead, the units behind a group's name, a deadline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from khuevan.people.choices import UnitKind
from khuevan.people.models import User
from khuevan.programme.choices import AssignmentRole, ImportState
from khuevan.programme.models import Assignment, Instalment, PlanImport, Task, TaskQuerySet


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many tasks lack a lead, how many have a group to split, how many no deadline; imports half done."""

    without_lead: int
    groups: int
    without_deadline: int
    imports: int


def tasks_without_lead() -> TaskQuerySet:
    """The tasks in force that no unit leads."""
    found: TaskQuerySet = Task.objects.current().without_lead().order_by("-plan", "order")
    return found


def tasks_with_group_to_split() -> TaskQuerySet:
    """The tasks in force that a group of units supports as one: none of its units knows that it is meant."""
    groups = Assignment.objects.current().filter(
        task=OuterRef("pk"), role=AssignmentRole.SUPPORT, unit__kind=UnitKind.GROUP
    )
    found: TaskQuerySet = Task.objects.current().filter(Exists(groups)).order_by("-plan", "order")
    return found


def tasks_without_deadline() -> TaskQuerySet:
    """The tasks in force of which a unit owes something by no day."""
    undated = Instalment.objects.owed().filter(assignment__task=OuterRef("pk"), due_date__isnull=True)
    found: TaskQuerySet = Task.objects.current().filter(Exists(undated)).order_by("-plan", "order")
    return found


def gaps(user: User) -> Gaps:
    """How much is missing. One query."""
    drafts = PlanImport.objects.filter(state=ImportState.DRAFT)
    counted = (tasks_without_lead(), tasks_with_group_to_split(), tasks_without_deadline(), drafts)
    # One row of any table carries the four numbers.
    row = User.objects.filter(pk=user.pk).values_list(*(_number_of(rows) for rows in counted)).get()
    return Gaps(*row)


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
