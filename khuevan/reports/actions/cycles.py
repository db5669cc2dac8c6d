"""Writes of those who gather: a cycle opened, closed, opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import Unit, User
from khuevan.plain.calendar.reporting_periods import NoReportingPeriod
from khuevan.reports.actions.locks import lock_cycle
from khuevan.reports.choices import CycleState, RuleState
from khuevan.reports.models import Cycle, ReportingRule, UnitReport
from khuevan.reports.periods import period_of, units_deadline
from khuevan.reports.permissions import check_can_gather
from khuevan.reports.queries.reporters import reporting_units
from khuevan.reports.secrecy import refuse_marked


@action
def open_period(*, by: User, rule: ReportingRule, year: int, number: int) -> Cycle:
    """The cycle of a periodic rule for a period; the one that is there where it was opened before.

    A period whose deadline has passed stays open from today for as long as units may be late.
    """
    rule = _locked_rule(rule)
    check_can_gather(by, rule, clock.today())
    there: Cycle | None = Cycle.objects.filter(rule_code=rule.code, year=year, number=number).first()
    if there is not None:
        return there
    if not rule.frequency:
        raise ValidationError(_("A thematic or ad-hoc report has no periods: open it by its name."))
    try:
        period = period_of(rule, year, number)
    except NoReportingPeriod as error:
        raise ValidationError({"number": str(error)}) from error
    # A version that begins later already asks for the period whose cut-off it governs.
    _check_in_force(rule, max(clock.today(), period.last))
    return _opened(
        by,
        Cycle(
            rule=rule,
            name=period.name,
            year=year,
            number=number,
            first_date=period.first,
            last_date=period.last,
            due_date=period.due,
            closes_date=_closes(rule, period.due),
        ),
        reporting_units(rule, period.last),
    )


@action
def open_cycle(
    *,
    by: User,
    rule: ReportingRule,
    name: str,
    first_date: date,
    last_date: date,
    due_date: date | None = None,
    units: Sequence[Unit] = (),
) -> Cycle:
    """A cycle of a thematic or ad-hoc rule. Without `due_date` the rule's deadline, without `units` its reporters."""
    words = " ".join(name.split())
    if not words:
        raise ValidationError({"name": _("Say what is reported.")})
    refuse_marked((words,), "name")
    rule = _locked_rule(rule)
    check_can_gather(by, rule, clock.today())
    if rule.frequency:
        raise ValidationError(_("A periodic report opens by its periods."))
    _check_in_force(rule, clock.today())
    same = Cycle.objects.filter(
        rule_code=rule.code, name=words[:300], first_date=first_date, last_date=last_date
    )
    if same.exists():
        raise ValidationError({"name": _("There is a cycle of this name and these days already.")})
    due = due_date or units_deadline(rule, last_date)
    cycle = Cycle(
        rule=rule,
        name=words[:300],
        first_date=first_date,
        last_date=last_date,
        due_date=due,
        closes_date=_closes(rule, due),
    )
    return _opened(by, cycle, list(units) or reporting_units(rule, last_date))


def _locked_rule(rule: ReportingRule) -> ReportingRule:
    """The version as stored; two who open under any version of a rule wait for each other."""
    versions = list(ReportingRule.objects.select_for_update(of=("self",)).filter(code=rule.code))
    return next(one for one in versions if one.pk == rule.pk)


def _check_in_force(rule: ReportingRule, day: date) -> None:
    """Refuses a version that is not in force on the day; one that another follows later is, until then."""
    if rule.state == RuleState.ENDED and rule.valid_to is not None and rule.valid_to >= day:
        followed = ReportingRule.objects.filter(
            code=rule.code, state=RuleState.IN_FORCE, valid_from__gt=rule.valid_to
        )
        if followed.exists():
            return
    if rule.state != RuleState.IN_FORCE:
        raise ValidationError(_("This version of the rule is not in force."))
    if rule.valid_from is not None and rule.valid_from > day:
        raise ValidationError(
            _("This version of the rule is in force from %(day)s only.")
            % {"day": f"{rule.valid_from:%d/%m/%Y}"}
        )


def _closes(rule: ReportingRule, due: date) -> date:
    """The last day on which units may send; what is opened after its deadline is open as long from today."""
    return max(due, clock.today()) + timedelta(days=rule.closes_after)


def _opened(by: User, cycle: Cycle, units: Sequence[Unit]) -> Cycle:
    if not units:
        raise ValidationError(_("No unit reports under this rule: name them in the rule first."))
    cycle.rule_code = cycle.rule.code
    cycle.opened_at, cycle.opened_by = clock.now(), by
    cycle.full_clean()
    cycle.save()
    UnitReport.objects.bulk_create([UnitReport(cycle=cycle, unit=unit) for unit in units])
    return cycle


@action
def close_cycle(*, by: User, cycle: Cycle) -> Cycle:
    """The cycle, in which units can send no more; one that is closed stays as it is."""
    check_can_gather(by, cycle.rule, clock.today())
    fresh = lock_cycle(cycle.pk)
    if fresh.state == CycleState.OPEN:
        fresh.state, fresh.closed_at, fresh.closed_by = CycleState.CLOSED, clock.now(), by
        fresh.save()
    return fresh


@action
def reopen_cycle(*, by: User, cycle: Cycle, until: date) -> Cycle:
    """The cycle, in which units can send again until the day, inclusive."""
    check_can_gather(by, cycle.rule, clock.today())
    fresh = lock_cycle(cycle.pk)
    if until < clock.today():
        raise ValidationError({"until": _("This day has passed: choose one that lies ahead.")})
    if fresh.state == CycleState.OPEN and until < fresh.closes_date:
        raise ValidationError(
            {
                "until": _("It is open until %(day)s already: choose a later day, or close it.")
                % {"day": f"{fresh.closes_date:%d/%m/%Y}"}
            }
        )
    fresh.state, fresh.closed_at, fresh.closed_by = CycleState.OPEN, None, None
    fresh.closes_date = max(until, fresh.due_date)
    fresh.save()
    return fresh
