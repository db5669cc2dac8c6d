"""What a morning does to cycles by itself: they open and close, their units come and go, units are called.

Each cycle is a transaction of its own: one rule that cannot be opened keeps no other from it, and what a killed run
did stays done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.reports.actions.calling import Called, call_by_rule
from khuevan.reports.actions.cycles import close_cycle, open_period
from khuevan.reports.actions.membership import release_unit, take_unit_in
from khuevan.reports.choices import RuleState
from khuevan.reports.models import Cycle, ReportingRule
from khuevan.reports.periods import periods_open_on
from khuevan.reports.queries.reporters import membership_of


@dataclass(frozen=True, slots=True)
class Morning:
    """How many cycles opened and closed, how many units were taken in and released; `refused` says what failed."""

    opened: int
    closed: int
    taken_in: int
    released: int
    refused: tuple[str, ...]


def keep_cycles(*, by: User) -> Morning:
    """Opens the periods of the rules in force that should be open today, and closes what has passed.

    From its cut-off day on a cycle follows its units: those that began are asked, those that ended owe nothing.
    """
    day = clock.today()
    there = set(Cycle.objects.filter(year__isnull=False).values_list("rule_code", "year", "number"))
    opened, refused = 0, []
    for rule in ReportingRule.objects.filter(state=RuleState.IN_FORCE).exclude(frequency=""):
        for period in periods_open_on(rule, day):
            if (rule.code, period.year, period.number) in there:
                continue
            try:
                open_period(by=by, rule=rule, year=period.year, number=period.number)
            except ValidationError as error:
                refused.append(f"{period.name}: {' '.join(error.messages)}")
            else:
                opened += 1
    past = list(Cycle.objects.open().filter(closes_date__lt=day).select_related("rule").order_by("pk"))
    for cycle in past:
        close_cycle(by=by, cycle=cycle)
    taken_in, released = _follow_units(by, day)
    return Morning(opened, len(past), taken_in, released, tuple(refused))


def _follow_units(by: User, day: date) -> tuple[int, int]:
    """How many units were taken in and released."""
    taken_in = released = 0
    for cycle in Cycle.objects.open().filter(last_date__lte=day).select_related("rule").order_by("pk"):
        found = membership_of(cycle, day)
        for unit in found.begun:
            take_unit_in(
                by=by, cycle=cycle, unit=unit, reason=_("Reports under the rule on the cut-off day.")
            )
        for report in found.ended:
            ended = {"day": f"{report.unit.valid_to:%d/%m/%Y}"}
            release_unit(by=by, report=report, reason=_("The unit existed until %(day)s.") % ended)
        taken_in, released = taken_in + len(found.begun), released + len(found.ended)
    return taken_in, released


def make_calls(*, by: User) -> tuple[Called, ...]:
    """The calls that rules make today, one entry a cycle of which one was due."""
    cycles = Cycle.objects.open().select_related("rule").order_by("due_date", "pk")
    calls: list[Called] = []
    failed: Exception | None = None
    for cycle in cycles:
        try:
            called = call_by_rule(by=by, cycle=cycle)
        except Exception as error:
            failed = failed or error
        else:
            calls += [called] if called is not None else []
    if failed is not None:
        # The job fails and is seen; what was called stays called.
        raise failed
    return tuple(calls)
