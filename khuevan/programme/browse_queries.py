"""What the pages of a plan read, in the few queries that a plan of any size takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from khuevan.core.models import AuditEntry
from khuevan.core.search import search_folded
from khuevan.people.models import Unit, User
from khuevan.programme.choices import AssignmentRole, TaskState
from khuevan.programme.lines import DutyLine, SectionLine, TaskLine, UnitLine, UnitName
from khuevan.programme.models import (
    Assignment,
    Duty,
    DutyTask,
    Plan,
    PlanSection,
    PlanVersion,
    Task,
    TaskQuerySet,
)
from khuevan.programme.permissions import reads_all
from khuevan.programme.queries import visible_unit_ids
from khuevan.programme.task_criteria import TaskCriteria


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person sees of the programme on a day. `units` is None for those who read everything."""

    units: frozenset[int] | None

    @property
    def whole(self) -> bool:
        """Whether every plan is read whole."""
        return self.units is None

    def tasks(self) -> TaskQuerySet:
        """The tasks that the person may read: those of `queries.visible_tasks`, asked with fewer queries."""
        return Task.objects.all() if self.units is None else Task.objects.of_units(set(self.units))

    def plans(self) -> QuerySet[Plan]:
        """The plans with a task that the person may read, newest period first."""
        plans = Plan.objects.all()
        if self.units is None:
            return plans
        return plans.filter(pk__in=self.tasks().order_by().values("plan"))

    def sees_unit(self, unit: int) -> bool:
        """Whether the unit's page is open to the person."""
        return self.units is None or unit in self.units


def sight_of(user: User, day: date) -> Sight:
    """What `user` sees on `day`. One query for those who read everything, four for others."""
    return Sight(None if reads_all(user, day) else frozenset(visible_unit_ids(user, day)))


def task_lines(tasks: QuerySet[Any]) -> list[TaskLine]:
    """The tasks in the order of the queryset, each with its units. Two queries, whatever their number."""
    duties = (
        DutyTask.objects.filter(task=OuterRef("pk"), duty__dropped_in__isnull=True)
        .order_by()
        .values("task")
        .annotate(found=Count("pk"))
        .values("found")
    )
    rows = list(
        tasks.annotate(
            duty_count=Coalesce(Subquery(duties, output_field=IntegerField()), 0)
        ).values_list(
            "pk", "order", "ref", "text", "section", "due_text", "due_date", "recurrence", "state",
            "partner_names", "duty_count",
        )
    )  # fmt: skip
    leads, supports = _answers([row[0] for row in rows])
    return [
        TaskLine(
            pk, None if state == TaskState.DROPPED else order + 1, ref, text, section, due_text, due_date,
            recurrence, state, tuple(partners or ()), duty_count, leads.get(pk), tuple(supports.get(pk, ())),
        )
        for pk, order, ref, text, section, due_text, due_date, recurrence, state, partners, duty_count in rows
    ]  # fmt: skip


def _answers(tasks: Sequence[int]) -> tuple[dict[int, UnitName], dict[int, list[UnitName]]]:
    """The lead, and the supporting units in the order of the tree, by task. One query."""
    leads: dict[int, UnitName] = {}
    supports: dict[int, list[UnitName]] = defaultdict(list)
    if not tasks:
        return leads, supports
    rows = (
        Assignment.objects.current()
        .filter(task__in=tasks)
        .order_by("unit__path", "pk")
        .values_list("task", "role", "unit", "unit__name", "unit__short_name")
    )
    names: dict[int, UnitName] = {}
    for task, role, pk, name, short_name in rows:
        unit = names.setdefault(pk, UnitName(pk, name, short_name))
        if role == AssignmentRole.LEAD:
            leads[task] = unit
        else:
            supports[task].append(unit)
    return leads, supports


def section_lines(plan: Plan) -> list[SectionLine]:
    """The plan's headings in its own order, those that an amended version dropped last. One query."""
    rows = PlanSection.objects.filter(plan=plan).order_by(F("dropped_in").asc(nulls_first=True), "order")
    return [SectionLine(*row) for row in rows.values_list("pk", "parent", "label", "heading")]


def duty_lines(duties: QuerySet[Any]) -> list[DutyLine]:
    """The duties in plan order with the tasks in force that they carry out. Two queries."""
    rows = list(
        duties.order_by("order").values(
            "pk", "unit", "ref", "text", "role", "unit_name", "due_text", "due_date", "recurrence"
        )
    )
    tasks: dict[int, list[int]] = defaultdict(list)
    links = DutyTask.objects.filter(duty__in=[row["pk"] for row in rows], task__dropped_in__isnull=True)
    for duty, task in links.order_by("task__order").values_list("duty", "task"):
        tasks[duty].append(task)
    return [DutyLine(**row, tasks=tuple(tasks.get(row["pk"], ()))) for row in rows]


def unit_lines(plan: Plan, units: Iterable[int] | None) -> list[UnitLine]:
    """The units that the plan gives work, in tree order; only `units` where given. Three queries."""
    answers = Assignment.objects.current().filter(task__plan=plan, task__dropped_in__isnull=True)
    counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for unit, role, count in (
        answers.order_by()
        .values("unit", "role")
        .annotate(count=Count("pk"))
        .values_list("unit", "role", "count")
    ):
        counted[unit][role] = count
    duties = dict(
        Duty.objects.current()
        .filter(plan=plan)
        .order_by()
        .values("unit")
        .annotate(count=Count("pk"))
        .values_list("unit", "count")
    )
    keys = counted.keys() | duties.keys()
    if units is not None:
        keys &= set(units)
    named = Unit.objects.filter(pk__in=keys).order_by("path")
    rows = list(named.values_list("pk", "name", "short_name", "path"))
    paths = [path for *_, path in rows]
    return [
        UnitLine(
            UnitName(pk, name, short_name),
            # How deep among these units: a level whose unit has no work would only indent all others.
            sum(path != other and path.startswith(other) for other in paths),
            counted[pk][AssignmentRole.LEAD],
            counted[pk][AssignmentRole.SUPPORT],
            duties.get(pk, 0),
        )
        for pk, name, short_name, path in rows
    ]


def filtered_tasks(tasks: TaskQuerySet, criteria: TaskCriteria, sections: Iterable[int]) -> TaskQuerySet:
    """The tasks that meet the criteria, in their order; `sections` are the chosen one and those below.

    A unit without a role means any part in the task: an assignment or a linked duty.
    """
    found = search_folded(tasks.filter(state=criteria.state), criteria.words)
    assert isinstance(found, TaskQuerySet)
    if criteria.section is not None:
        found = found.filter(section__in=list(sections))
    if criteria.unit is not None and criteria.role:
        answers = Assignment.objects.current().filter(unit=criteria.unit, role=criteria.role)
        found = found.filter(pk__in=answers.values("task"))
    elif criteria.unit is not None:
        found = found.of_units({criteria.unit})
    if criteria.lead == "without":
        found = found.without_lead()
    elif criteria.lead == "with":
        leads = Assignment.objects.current().filter(role=AssignmentRole.LEAD)
        found = found.filter(pk__in=leads.values("task"))
    dated = Q(due_date__isnull=False) | ~Q(recurrence="")
    if criteria.deadline:
        found = found.filter(dated) if criteria.deadline == "with" else found.exclude(dated)
    if criteria.recurrence:
        found = found.filter(recurrence=criteria.recurrence)
    return _sorted(found, criteria.sort)


def _sorted(tasks: TaskQuerySet, sort: str) -> TaskQuerySet:
    lead = Assignment.objects.current().filter(task=OuterRef("pk"), role=AssignmentRole.LEAD)
    field = sort.removeprefix("-")
    if field == "lead":
        tasks = tasks.annotate(lead_path=Subquery(lead.values("unit__path")[:1]))
    column = F({"due": "due_date", "lead": "lead_path", "section": "section__order"}.get(field, "order"))
    # What the plan leaves open stands last either way: nobody looks for it by its day.
    ordering = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return tasks.order_by(ordering, "order", "pk")


def newest_version(plan: Plan) -> tuple[PlanVersion, list[Any], list[Any]]:
    """The newest version without its reading, its legal bases and its recipients as stored. One query."""
    version = (
        plan.versions.order_by("-number")
        .select_related("imported_by")
        .annotate(bases=F("reading__legal_bases"), receivers=F("reading__recipients"))
        .defer("reading")[0]
    )
    return version, version.bases or [], version.receivers or []


def paragraphs_of(version: int) -> list[str]:
    """The paragraphs of a version's text as they were read. One query."""
    row = PlanVersion.objects.filter(pk=version).values_list("reading__paragraphs", flat=True)
    return list(row[0] or ())


def neighbours_of(task: Task, tasks: TaskQuerySet) -> tuple[Task | None, Task | None]:
    """The tasks in force before and after this one in the plan, among `tasks`. Two queries."""
    there = tasks.current().filter(plan=task.plan_id).only("pk", "order", "ref", "text")
    before = there.filter(order__lt=task.order).order_by("-order").first()
    after = there.filter(order__gt=task.order).order_by("order").first()
    return before, after


def history_of_task(task: Task, assignments: Iterable[int], links: Iterable[int]) -> list[AuditEntry]:
    """The entries about the task, its assignments and its links to duties, oldest first. One query."""
    kinds = ContentType.objects.get_for_models(Task, Assignment, DutyTask)
    about = (
        Q(target_type=kinds[Task], target_id=task.pk)
        | Q(target_type=kinds[Assignment], target_id__in=list(assignments))
        | Q(target_type=kinds[DutyTask], target_id__in=list(links))
    )
    return list(AuditEntry.objects.filter(about).select_related("by", "target_type").order_by("at", "pk"))
