"""Writes of a rule's head and versions: written, put in force, ended, discarded.

A version in force is never changed: cycles that are open go on with it, and reports of before name it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.choices import UnitKind
from khuevan.people.models import Unit, User
from khuevan.reports.choices import RuleState
from khuevan.reports.models import (
    Cycle,
    FormSection,
    ReportingRule,
    RuleRecipient,
    RuleReporter,
)
from khuevan.reports.periods import periods_between
from khuevan.reports.permissions import check_can_set_up_reports
from khuevan.reports.rule_checks import problems_of_rule
from khuevan.reports.secrecy import refuse_marked_record
from khuevan.reports.version_checks import problems_of_periods

MOST_CALLS = 10
FARTHEST_CALL = 30
_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# What an editor's page does not decide: it comes with the version.
_OF_THE_VERSION = ("version", "state", "valid_from", "valid_to")


@action
def keep_rule(*, by: User, rule: ReportingRule) -> ReportingRule:
    """The head of a version that is being written, or of a new rule.

    Its code, kind, frequency and cut-off stay once a version was in force.
    """
    if rule._state.adding:
        check_can_set_up_reports(by, clock.today())
        rule.version, rule.state, rule.valid_from, rule.valid_to = 1, RuleState.WRITTEN, None, None
        if ReportingRule.objects.filter(code=rule.code).exists():
            raise ValidationError(
                {"code": _("A rule has this code already: begin a new version of it instead.")}
            )
    else:
        before = writable(by, rule)
        for name in _OF_THE_VERSION:
            setattr(rule, name, getattr(before, name))
        if before.code != rule.code:
            _check_new_code(before, rule)
    if not _CODE.fullmatch(rule.code):
        raise ValidationError(
            {"code": _("A code has small letters without accents, digits and hyphens: bc-quy-ttdn.")}
        )
    rule.calls = _fit_calls(rule.calls)
    rule.full_clean()
    problems = problems_of_periods(rule)
    if problems:
        raise ValidationError({field: [problem] for field, problem in problems.items()})
    refuse_marked_record(rule)
    rule.save()
    return rule


@action
def keep_reporters(
    *, by: User, rule: ReportingRule, kinds: Collection[str], units: Collection[Unit]
) -> ReportingRule:
    """The version with the units that report: all of these kinds, and these by name."""
    fresh = writable(by, rule)
    wanted = [kind.value for kind in UnitKind if kind in kinds]
    if len(wanted) != len(set(kinds)):
        raise ValidationError({"kinds": _("Choose kinds of units from the list.")})
    if fresh.reporter_kinds != wanted:
        fresh.reporter_kinds = wanted
        fresh.save()
    named = {unit.pk for unit in units}
    held = set(fresh.reporters.values_list("unit", flat=True))
    RuleReporter.objects.filter(rule=fresh, unit__in=held - named).delete()
    RuleReporter.objects.bulk_create(
        [RuleReporter(rule=fresh, unit=unit) for unit in units if unit.pk not in held]
    )
    return fresh


@action
def begin_new_version(*, by: User, rule: ReportingRule) -> ReportingRule:
    """A version to be written, with all that this one says and asks; codes of indicators stay the same."""
    check_can_set_up_reports(by, clock.today())
    _lock(rule.code)
    old = ReportingRule.objects.get(pk=rule.pk)
    versions = ReportingRule.objects.filter(code=old.code)
    if versions.filter(state=RuleState.WRITTEN).exists():
        raise ValidationError(_("A new version of this rule is being written already: go on with that one."))
    new: ReportingRule = _copy(
        old,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        state=RuleState.WRITTEN,
        valid_from=None,
        valid_to=None,
    )
    for row in (*RuleReporter.objects.filter(rule=old), *RuleRecipient.objects.filter(rule=old)):
        _copy(row, rule=new)
    for section in FormSection.objects.filter(rule=old):
        copied = _copy(section, rule=new)
        for line in (*section.indicators.all(), *section.questions.all()):
            _copy(line, section=copied)
    return new


@action
def put_in_force(*, by: User, rule: ReportingRule, valid_from: date) -> ReportingRule:
    """The version in force from the day; the one before ends the day before, its open cycles go on with it.

    Raises ValidationError with every problem of the version, or by the field `valid_from`.
    """
    fresh = writable(by, rule)
    problems = problems_of_rule(fresh)
    if problems:
        raise ValidationError(problems)
    before: ReportingRule | None = ReportingRule.objects.filter(
        code=fresh.code, state=RuleState.IN_FORCE
    ).first()
    if before is not None and before.valid_from is not None:
        if valid_from < before.valid_from:
            raise ValidationError(
                {
                    "valid_from": _("The version before is in force from %(day)s: choose no earlier day.")
                    % {"day": f"{before.valid_from:%d/%m/%Y}"}
                }
            )
        _refuse_gap(before, valid_from)
        before.state, before.valid_to = RuleState.ENDED, valid_from - timedelta(days=1)
        before.save()
    fresh.state, fresh.valid_from = RuleState.IN_FORCE, valid_from
    fresh.save()
    return fresh


@action
def end_rule(*, by: User, rule: ReportingRule, valid_to: date) -> ReportingRule:
    """The rule, in force until the day for the last time; no new cycle opens, those that are open go on."""
    check_can_set_up_reports(by, clock.today())
    fresh: ReportingRule = ReportingRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if fresh.state != RuleState.IN_FORCE or fresh.valid_from is None:
        raise ValidationError(_("Only a rule that is in force can be ended."))
    if valid_to > clock.today():
        raise ValidationError({"valid_to": _("End it on the day itself: this day lies ahead.")})
    if valid_to < fresh.valid_from:
        raise ValidationError(
            {"valid_to": _("It is in force from %(day)s only.") % {"day": f"{fresh.valid_from:%d/%m/%Y}"}}
        )
    fresh.state, fresh.valid_to = RuleState.ENDED, valid_to
    fresh.save()
    return fresh


@action
def discard_version(*, by: User, rule: ReportingRule) -> None:
    """Takes away a version that never was in force, with its form."""
    writable(by, rule).delete()


def writable(by: User, rule: ReportingRule) -> ReportingRule:
    """The version as stored, locked; refused unless it is still being written and `by` may write rules."""
    check_can_set_up_reports(by, clock.today())
    fresh: ReportingRule = ReportingRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if fresh.state != RuleState.WRITTEN:
        raise ValidationError(
            _("Version %(version)s has been in force and is not changed any more: begin a new version.")
            % {"version": fresh.version}
        )
    return fresh


def _lock(code: str) -> None:
    list(ReportingRule.objects.select_for_update(of=("self",)).filter(code=code))


def _copy(record: Any, **changed: Any) -> Any:
    left_out = {"id", "created_at", "updated_at"}
    values = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.name not in left_out and field.name not in changed
    }
    new = type(record)(**values, **changed)
    new.save()
    return new


def _check_new_code(before: ReportingRule, rule: ReportingRule) -> None:
    others = ReportingRule.objects.exclude(pk=before.pk)
    if others.filter(code=before.code).exists():
        raise ValidationError({"code": _("The code is the same in all versions of a rule.")})
    if others.filter(code=rule.code).exists():
        raise ValidationError({"code": _("Another rule has this code.")})


def _fit_calls(calls: Any) -> list[int]:
    numbers = sorted({int(number) for number in calls})
    if len(numbers) > MOST_CALLS or any(abs(number) > FARTHEST_CALL for number in numbers):
        raise ValidationError(
            {
                "calls": _("At most %(most)s reminders, each at most %(days)s working days away.")
                % {"most": MOST_CALLS, "days": FARTHEST_CALL}
            }
        )
    return numbers


def _refuse_gap(before: ReportingRule, valid_from: date) -> None:
    """Periods that end before the new version's day are the old one's: they must have been opened."""
    if not before.frequency or valid_from <= clock.today():
        return
    open_ones = set(Cycle.objects.filter(rule_code=before.code).values_list("year", "number"))
    for period in periods_between(
        before, max(clock.today(), before.valid_from or date.min), valid_from - timedelta(days=1)
    ):
        if (period.year, period.number) not in open_ones:
            raise ValidationError(
                {
                    "valid_from": _(
                        "%(period)s still belongs to the version before and opens on %(day)s only: "
                        "put this version in force after that."
                    )
                    % {"period": period.name, "day": f"{period.opens:%d/%m/%Y}"}
                }
            )
