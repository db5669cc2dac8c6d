"""What a new version of a rule cannot change: by it the figures of one code are compared over the years."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from khuevan.reports.choices import RuleState
from khuevan.reports.models import Indicator, ReportingRule


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
    return found


def problems_of_versions(rule: ReportingRule, indicators: Iterable[Indicator]) -> list[str]:
    """Everything of a version that cannot follow the one before."""
    return list(problems_of_periods(rule).values())
