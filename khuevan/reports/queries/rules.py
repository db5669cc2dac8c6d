"""Rules with their versions, and what is wanted of their indicators in a year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q

from khuevan.programme.models import Plan, PlanSection, Task
from khuevan.reports.choices import RuleState
from khuevan.reports.models import Indicator, ReportingRule, Target


@dataclass(frozen=True, slots=True)
class RuleVersions:
    """The versions of one rule, the newest first: at most one in force and one that is being written."""

    code: str
    versions: tuple[ReportingRule, ...]

    @property
    def in_force(self) -> ReportingRule | None:
        """The version that holds."""
        return self._first(RuleState.IN_FORCE)

    @property
    def written(self) -> ReportingRule | None:
        """The version that is being written."""
        return self._first(RuleState.WRITTEN)

    @property
    def leading(self) -> ReportingRule:
        """The version that stands for the rule: the one in force, else the last that was, else the first draft."""
        return self.in_force or self._first(RuleState.ENDED) or self.versions[0]

    def _first(self, state: RuleState) -> ReportingRule | None:
        return next((version for version in self.versions if version.state == state), None)


def all_rules(*, with_written: bool) -> list[RuleVersions]:
    """All rules by name; those and those versions that are only being written where asked for. One query."""
    rows = ReportingRule.objects.select_related("gatherer").order_by("code", "-version")
    if not with_written:
        rows = rows.exclude(state=RuleState.WRITTEN)
    found = [RuleVersions(code, tuple(versions)) for code, versions in groupby(rows, lambda rule: rule.code)]
    return sorted(found, key=lambda rule: (rule.leading.name, rule.code))


def versions_of(code: str, *, with_written: bool) -> RuleVersions | None:
    """The versions of one rule; None where there are none to be seen. One query."""
    rows = ReportingRule.objects.filter(code=code).select_related("gatherer").order_by("-version")
    if not with_written:
        rows = rows.exclude(state=RuleState.WRITTEN)
    versions = tuple(rows)
    return RuleVersions(code, versions) if versions else None


def targets_of_year(code: str, year: int) -> dict[str, Target]:
    """What is wanted in the year, by the codes of indicators."""
    return {row.indicator_code: row for row in Target.objects.filter(rule_code=code, year=year)}


def years_with_targets(code: str) -> list[int]:
    """The years in which something is wanted, the latest first."""
    return sorted(set(Target.objects.filter(rule_code=code).values_list("year", flat=True)), reverse=True)


def indicators_of(rule: ReportingRule) -> list[Indicator]:
    """The indicators of a version in the form's order, their sections loaded."""
    return list(Indicator.objects.filter(section__rule=rule).select_related("section"))


def refs_of_newest_plan() -> list[tuple[str, str]]:
    """The sections and tasks of the newest plan that are in force, as (ref, words), in the plan's order."""
    plan: Plan | None = Plan.objects.order_by("-period_first", "-pk").first()
    if plan is None:
        return []
    in_force: Any = Q(plan=plan, dropped_in__isnull=True)
    rows = [
        *PlanSection.objects.filter(in_force).values_list("order", "ref", "heading"),
        *Task.objects.filter(in_force).values_list("section__order", "ref", "text"),
    ]
    # Sections come first among what shares an order, so that a heading stands above its tasks.
    ordered = sorted(enumerate(rows), key=lambda entry: (entry[1][0], entry[0]))
    return [(ref, " ".join(words.split())) for _at, (_order, ref, words) in ordered if words.strip()]
