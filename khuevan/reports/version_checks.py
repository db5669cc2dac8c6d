"""What a new version of a rule cannot change: by it the figures of one code are compared over the years."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.plain.calendar.deadline_rules import PeriodLength
from khuevan.plain.calendar.reporting_periods import reporting_period
from khuevan.reports.choices import RuleState
from khuevan.reports.models import Indicator, ReportingRule
from khuevan.reports.periods import with_own_cut_off


def version_before(rule: ReportingRule) -> ReportingRule | None:
    """The newest version of the rule that was ever in force, besides this one; None before the first."""
    found: ReportingRule | None = (
        ReportingRule.objects.filter(code=rule.code)
        .exclude(state=RuleState.WRITTEN)
        .exclude(pk=rule.pk)
        .order_by("-version")
        .first()
    )
    return found


def problems_of_periods(rule: ReportingRule) -> dict[str, str]:
    """Why figures of this version would stand beside figures of other periods, by field; empty where they do not."""
    found: dict[str, str] = {}
    before = version_before(rule)
    if before is not None and (before.kind, before.frequency) != (rule.kind, rule.frequency):
        found["frequency"] = _(
            "The versions of a rule have one kind and one frequency for ever, here: %(kept)s. Begin another rule, "
            "with a code of its own, for another one."
        ) % {"kept": before.get_frequency_display() if before.frequency else before.get_kind_display()}
    elif problem := _of_cut_off(rule, before):
        found["cut_from_day"] = problem
    return found


def problem_of_change(indicator: Indicator) -> dict[str, str]:
    """Why figures of this code could not be compared with those of earlier versions, by field; empty if they can."""
    return _change(indicator, _figures_before(indicator.section.rule, [indicator.code]).get(indicator.code))


def problems_of_versions(rule: ReportingRule, indicators: Iterable[Indicator]) -> list[str]:
    """Everything of a version that cannot follow the one before."""
    before = _figures_before(rule, [one.code for one in indicators])
    changes = [problem for one in indicators for problem in _change(one, before.get(one.code)).values()]
    return [*problems_of_periods(rule).values(), *changes]


def _of_cut_off(rule: ReportingRule, before: ReportingRule | None) -> str:
    first, last = rule.cut_from_day, rule.cut_to_day
    if first is not None and last is not None and first != last + 1:
        return _(
            "The first day follows the last: who counts to the %(last)s counts from the %(next)s. The latest last "
            "day is the 27th, because not every month has a 29th."
        ) % {"last": last, "next": last + 1}
    if before is None or not rule.frequency:
        return ""
    old, new = _days(before), _days(rule)
    if old == new:
        return ""
    return _(
        "The version before counts from the %(old_first)s to the %(old_last)s: with other days some would be "
        "counted twice or not at all. Keep them, or begin another rule with a code of its own."
    ) % {"old_first": old[0], "old_last": old[1]}


def _days(rule: ReportingRule) -> tuple[int, int]:
    """From which day of a month to which the rule counts: its own days, or the decree's."""
    length = cast("PeriodLength", rule.frequency)
    period = with_own_cut_off(rule, reporting_period(length, clock.today().year, 1))
    return period.first.day, period.last.day


def _figures_before(rule: ReportingRule, codes: Iterable[str]) -> dict[str, Indicator]:
    """The indicators of these codes as earlier versions that were in force had them last."""
    rows = Indicator.objects.filter(section__rule__code=rule.code, code__in=list(codes))
    rows = rows.exclude(section__rule__state=RuleState.WRITTEN).exclude(section__rule=rule.pk)
    return {one.code: one for one in rows.order_by("section__rule__version")}


def _change(indicator: Indicator, before: Indicator | None) -> dict[str, str]:
    if before is None:
        return {}
    found: dict[str, str] = {}
    values = {"name": indicator.name, "code": indicator.code}
    if _words(before.unit_of_measure) != _words(indicator.unit_of_measure):
        found["unit_of_measure"] = _(
            "“%(name)s”: the code %(code)s is measured in “%(kept)s” since an earlier version, and its figures are "
            "compared over the years. Give the figure a new code."
        ) % {**values, "kept": before.unit_of_measure or "–"}
    if before.type != indicator.type:
        found["type"] = _(
            "“%(name)s”: the code %(code)s is of the kind “%(kept)s” since an earlier version, and its figures are "
            "compared over the years. Give the figure a new code."
        ) % {**values, "kept": before.get_type_display()}
    return found


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()
