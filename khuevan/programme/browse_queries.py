"""What the pages of a plan read, in the few queries that a plan of any size takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from khuevan.core.search import search_folded
from khuevan.people.models import Unit, User
from khuevan.plain.calendar.deadline_rules import rule_from_plain
from khuevan.plain.calendar.deadline_sentences import sentence
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


@dataclass(frozen=True, slots=True)
class Answers:
    """Who answers for tasks now: the lead, and the supporting units in tree order, by the task's key.

    `units` are all of them in tree order, each with its path.
    """

    leads: dict[int, UnitName]
    supports: dict[int, list[UnitName]]
    units: dict[int, tuple[UnitName, str]]


def answers_for_tasks(**which: Any) -> Answers:
    """The answers for the tasks that the lookups on assignments select. One query."""
    found = Answers({}, defaultdict(list), {})
    rows = (
        Assignment.objects.current()
        .filter(**which)
        .order_by("unit__path", "pk")
        .values_list("task", "role", "unit", "unit__name", "unit__short_name", "unit__valid_to", "unit__path")
    )
    for task, role, pk, name, short_name, ended, path in rows:
        unit, _path = found.units.setdefault(pk, (UnitName(pk, name, short_name, ended), path))
        if role == AssignmentRole.LEAD:
            found.leads[task] = unit
        else:
            found.supports[task].append(unit)
    return found


def task_lines(tasks: QuerySet[Any], answers: Answers | None = None) -> list[TaskLine]:
    """The tasks in the order of the queryset, each with its units. Two queries; one with `answers`."""
    duties = (
        DutyTask.objects.filter(task=OuterRef("pk"), duty__dropped_in__isnull=True)
        .order_by()
        .values("task")
        .annotate(found=Count("pk"))
        .values("found")
    )
    counted = tasks.annotate(duty_count=Coalesce(Subquery(duties, output_field=IntegerField()), 0))
    rows = list(
        counted.values_list(
            "pk", "order", "ref", "text", "section", "due_text", "due_date", "recurrence", "state",
            "partner_names", "duty_count", "deadline_decided", "deadline_rule",
        )
    )  # fmt: skip
    if answers is None:
        answers = answers_for_tasks(task__in=[row[0] for row in rows])
    return [
        TaskLine(
            pk, None if state == TaskState.DROPPED else order + 1, ref, text, section, due_text, due_date,
            recurrence, state, tuple(partners or ()), duty_count, answers.leads.get(pk),
            tuple(answers.supports.get(pk, ())), _in_words(rule) if decided and rule else "",
        )
        for (
            pk, order, ref, text, section, due_text, due_date, recurrence, state, partners, duty_count, decided, rule,
        ) in rows
    ]  # fmt: skip


def _in_words(rule: dict[str, Any]) -> str:
    """What a stored rule says; what becomes of a day of rest is left to the task's own page."""
    return sentence(rule_from_plain(rule)).partition("; nếu trùng")[0]


def section_lines(plan: Plan) -> list[SectionLine]:
    """The plan's headings in its own order, those that an amended version dropped last. One query."""
    return [SectionLine(*row) for row in _headings(plan).values_list("pk", "parent", "label", "heading")]


def section_lines_in_use(plan: Plan, tasks: TaskQuerySet) -> tuple[list[SectionLine], set[int]]:
    """The plan's headings, and the keys of those under which one of the tasks stands. One query."""
    rows = list(
        _headings(plan)
        .annotate(used=Exists(tasks.order_by().filter(section=OuterRef("pk"))))
        .values_list("pk", "parent", "label", "heading", "used")
    )
    return [SectionLine(*row[:4]) for row in rows], {row[0] for row in rows if row[4]}


def _headings(plan: Plan) -> QuerySet[PlanSection]:
    return PlanSection.objects.filter(plan=plan).order_by(F("dropped_in").asc(nulls_first=True), "order")


def duty_lines(duties: QuerySet[Any]) -> list[DutyLine]:
    """The duties in plan order with the tasks in force that they carry out. One query."""
    present = Q(links__task__dropped_in__isnull=True)
    rows = (
        duties.annotate(present_task=Case(When(present, then=F("links__task"))))
        .order_by("order", "pk", "links__task__order")
        .values_list(
            "pk", "unit", "unit__name", "unit__short_name", "unit__valid_to", "ref", "text", "role",
            "due_text", "due_date", "recurrence", "present_task",
        )
    )  # fmt: skip
    found: dict[int, DutyLine] = {}
    for pk, unit, name, short_name, ended, ref, text, role, due_text, due_date, recurrence, task in rows:
        line = found.setdefault(
            pk,
            DutyLine(
                pk, UnitName(unit, name, short_name, ended), ref, text, role, due_text, due_date, recurrence
            ),
        )
        if task is not None:
            found[pk] = replace(line, tasks=(*line.tasks, task))
    return list(found.values())


def unit_lines(plan: Plan, units: Iterable[int] | None) -> list[UnitLine]:
    """The units that the plan gives work, in tree order; only `units` where given. One query."""
    answers = Assignment.objects.current().filter(
        unit=OuterRef("pk"), task__plan=plan, task__dropped_in__isnull=True
    )
    duties = Duty.objects.current().filter(unit=OuterRef("pk"), plan=plan)
    counted = Unit.objects.annotate(
        led=_count(answers.filter(role=AssignmentRole.LEAD)),
        supported=_count(answers.filter(role=AssignmentRole.SUPPORT)),
        given=_count(duties),
    ).filter(Q(led__gt=0) | Q(supported__gt=0) | Q(given__gt=0))
    if units is not None:
        counted = counted.filter(pk__in=list(units))
    rows = list(
        counted.order_by("path").values_list(
            "pk", "name", "short_name", "valid_to", "path", "led", "supported", "given"
        )
    )
    paths = [row[4] for row in rows]
    return [
        UnitLine(UnitName(pk, name, short_name, ended), depth_among(path, paths), led, supported, given)
        for pk, name, short_name, ended, path, led, supported, given in rows
    ]


def depth_among(path: str, paths: Iterable[str]) -> int:
    """How many of the paths lie above this one: a level that is not listed would only indent the rest."""
    return sum(path != other and path.startswith(other) for other in paths)


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("unit").annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


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
    dated = (
        Q(due_date__isnull=False) | ~Q(recurrence="") | Q(deadline_decided=True, deadline_rule__isnull=False)
    )
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


@dataclass(frozen=True, slots=True)
class NewestVersion:
    """The newest version of a plan, its plan loaded, with its legal bases and recipients as stored."""

    version: PlanVersion
    legal_bases: list[Any]
    recipients: list[Any]


def newest_version(sight: Sight, plan: int) -> NewestVersion | None:
    """The newest version of a plan that the person may read, without its reading. One query."""
    versions = PlanVersion.objects.filter(plan=plan)
    if not sight.whole:
        versions = versions.filter(plan__in=sight.plans().order_by())
    found = (
        versions.order_by("-number")
        .select_related("plan", "imported_by")
        .annotate(bases=F("reading__legal_bases"), receivers=F("reading__recipients"))
        .defer("reading")
        .first()
    )
    return None if found is None else NewestVersion(found, found.bases or [], found.receivers or [])
