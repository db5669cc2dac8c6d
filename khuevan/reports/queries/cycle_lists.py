"""The cycles that a person sees, each with how many units have sent; and what the person may open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from khuevan.people.choices import Role
from khuevan.people.models import User
from khuevan.people.queries import posts_once, roles_once
from khuevan.reports.choices import ReportState, RuleState, UnitReportState
from khuevan.reports.gathering_permissions import watched_unit_ids
from khuevan.reports.models import ComposedReport, Cycle, ReportingRule
from khuevan.reports.periods import CyclePeriod, periods_between
from khuevan.reports.permissions import reads_all_reports

# Periods that are offered to be opened by hand: a year back, and what comes next.
_DAYS_BACK, _DAYS_AHEAD = 400, 100


def gathering_unit_ids(user: User, day: date) -> frozenset[int]:
    """The units in which `user` does the work of gathering on `day`; a planning officer gathers for all."""
    return frozenset(
        post.unit_id for post in posts_once(user, day) if post.role in (Role.UNIT_HEAD, Role.UNIT_OFFICER)
    )


def visible_cycles(user: User, day: date) -> QuerySet[Cycle]:
    """The cycles that `user` sees on `day`, the newest first, with `units` and `sent` as the user counts them.

    Whoever sees all units of a cycle counts all; a head above some of them counts those. The composed reports that
    were not discarded are there as `reports`, the newest version first.
    """
    cycles = Cycle.objects.select_related("rule__gatherer")
    counted = Q()
    if not reads_all_reports(user, day):
        gathers = gathering_unit_ids(user, day)
        counted = Q(unit_reports__unit__in=watched_unit_ids(user, day)) | Q(rule__gatherer__in=gathers)
    rows: QuerySet[Cycle] = cycles.annotate(
        units=Count("unit_reports", filter=counted & ~Q(unit_reports__state=UnitReportState.RELEASED)),
        sent=Count("unit_reports", filter=counted & Q(unit_reports__state=UnitReportState.SENT)),
    ).prefetch_related(
        Prefetch(
            "composed_reports",
            ComposedReport.objects.exclude(state=ReportState.DISCARDED).order_by("-version"),
            to_attr="reports",
        )
    )
    if counted:
        rows = rows.filter(Q(units__gt=0) | Q(rule__gatherer__in=gathering_unit_ids(user, day)))
    return rows.order_by("-due_date", "-pk")


def gatherable_rules(user: User, day: date) -> list[ReportingRule]:
    """The rules in force of which `user` opens cycles on `day`, by name. One query."""
    rules = ReportingRule.objects.filter(state=RuleState.IN_FORCE).select_related("gatherer").order_by("name")
    if Role.PLANNING_OFFICER not in roles_once(user, day):
        rules = rules.filter(gatherer__in=gathering_unit_ids(user, day))
    return list(rules)


@dataclass(frozen=True, slots=True)
class OpenablePeriod:
    """A period of a rule that has no cycle yet."""

    rule: ReportingRule
    period: CyclePeriod


def openable_periods(rules: Iterable[ReportingRule], day: date) -> list[OpenablePeriod]:
    """The periods of periodic rules, from a year ago to the next ones, that have no cycle; the newest first."""
    periodic = [rule for rule in rules if rule.frequency]
    there = set(
        Cycle.objects.filter(rule_code__in=[rule.code for rule in periodic]).values_list(
            "rule_code", "year", "number"
        )
    )
    first, last = day - timedelta(days=_DAYS_BACK), day + timedelta(days=_DAYS_AHEAD)
    return [
        OpenablePeriod(rule, period)
        for rule in periodic
        for period in reversed(periods_between(rule, first, last))
        if (rule.code, period.year, period.number) not in there
    ]
