"""What a morning does to cycles by itself: those that are due open, those that are past close, units are called.

Each cycle is a transaction of its own: one rule that cannot be opened keeps no other from it, and what a killed run
did stays done.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.reports.actions.calling import Called, call_by_rule
from khuevan.reports.actions.cycles import close_cycle, open_period
from khuevan.reports.choices import RuleState
from khuevan.reports.models import Cycle, ReportingRule
from khuevan.reports.periods import periods_open_on


@dataclass(frozen=True, slots=True)
class Morning:
    """How many cycles opened and closed; `refused` says of each period that could not be opened why."""

    opened: int
    closed: int
    refused: tuple[str, ...]


def keep_cycles(*, by: User) -> Morning:
    """Opens the periods of the rules in force that should be open today, and closes what has passed."""
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
    return Morning(opened, len(past), tuple(refused))


def make_calls(*, by: User) -> tuple[Called, ...]:
    """The calls that rules make today, one entry a cycle of which one was due."""
    cycles = Cycle.objects.open().select_related("rule").order_by("due_date", "pk")
    calls = (call_by_rule(by=by, cycle=cycle) for cycle in cycles)
    return tuple(called for called in calls if called is not None)
