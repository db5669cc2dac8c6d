"""Writes of what plans want of indicators in a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import User
from khuevan.reports.actions.filling import unfit
from khuevan.reports.models import Indicator, Target
from khuevan.reports.permissions import check_can_set_up_reports
from khuevan.reports.secrecy import refuse_marked

YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """What is wanted of one indicator, and where it stands."""

    value: Decimal
    source: str = ""


@action
def keep_target(*, by: User, target: Target) -> Target:
    """The target; its indicator must stand in some version of the rule.

    Reports that are composed already keep what they were compared with.
    """
    check_can_set_up_reports(by, clock.today())
    indicator = (
        Indicator.objects.filter(section__rule__code=target.rule_code, code=target.indicator_code)
        .order_by("-section__rule__version")
        .first()
    )
    if indicator is None:
        raise ValidationError(
            {"indicator_code": _("No version of this rule has an indicator with this code.")}
        )
    if target.year not in YEARS:
        raise ValidationError({"year": _("Give the year as 2025.")})
    if problem := unfit(indicator.type, target.value):
        raise ValidationError({"value": f"“{indicator.name}”: {problem}"})
    target.source = " ".join(target.source.split())
    refuse_marked((target.source,), "source")
    target.full_clean()
    target.save()
    return target


@action
def remove_target(*, by: User, target: Target) -> None:
    """Takes a target away."""
    check_can_set_up_reports(by, clock.today())
    target.delete()


@action
def keep_targets_of_year(
    *, by: User, rule_code: str, year: int, entries: Mapping[str, TargetEntry | None]
) -> int:
    """How many targets of the year were changed, by the codes of their indicators; None takes a target away.

    Codes that are not named stay as they are. Raises ValidationError by the code of the indicator.
    """
    check_can_set_up_reports(by, clock.today())
    held = {
        target.indicator_code: target
        for target in Target.objects.select_for_update().filter(rule_code=rule_code, year=year)
    }
    problems: dict[str, list[str]] = {}
    changed = 0
    for code, entry in entries.items():
        target = held.get(code)
        if entry is None:
            if target is not None:
                remove_target(by=by, target=target)
                changed += 1
            continue
        if target is not None and (target.value, target.source) == (entry.value, entry.source):
            continue
        target = target or Target(rule_code=rule_code, indicator_code=code, year=year)
        target.value, target.source = entry.value, entry.source
        try:
            keep_target(by=by, target=target)
        except ValidationError as error:
            problems[code] = error.messages
        changed += 1
    if problems:
        raise ValidationError(problems)
    return changed
