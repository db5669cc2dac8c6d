"""Every action on cycles × every person of the office: one table of who may write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.reports import actions
from khuevan.reports.choices import ReportKind
from khuevan.reports.models import Cycle
from tests.factories.reports import ReportingOffice, RuleFactory
from tests.factories.work import at
from tests.reports.gathering_scenes import AFTER, BEFORE, gatherer_officer, head_above, with_wards

pytestmark = pytest.mark.django_db
GATHER = {"planner", "gatherer"}
# The director and the heads above the divisions remind them as well.
ABOVE = {"director", "deputy", "head_above"}
READ = GATHER | ABOVE | {"auditor"}
LATER = date(2025, 7, 31)
Deed = Callable[[ReportingOffice, Cycle, User], Any]


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(AFTER)):
        yield


def open_other(place: ReportingOffice, _cycle: Cycle, by: User) -> None:
    rule = RuleFactory(code="dx", kind=ReportKind.AD_HOC, frequency="", gatherer=place.rule.gatherer)
    actions.open_cycle(
        by=by, rule=rule, name="Đột xuất", first_date=BEFORE, last_date=AFTER, units=[place.office.lead]
    )


def give_back(place: ReportingOffice, cycle: Cycle, by: User) -> None:
    report = place.sent(cycle, place.office.lead)
    actions.return_unit_report(by=by, report=report, reason="Đếm lại.")


def ward(cycle: Cycle) -> Any:
    return cycle.unit_reports.get(unit__name="Phường Ba Đình").unit


# Action → the deed, and who may.
TABLE: dict[str, tuple[Deed, set[str]]] = {
    "open_period": (lambda p, _c, by: actions.open_period(by=by, rule=p.rule, year=2025, number=3), GATHER),
    "open_cycle": (open_other, GATHER),
    "close_cycle": (lambda _p, c, by: actions.close_cycle(by=by, cycle=c), GATHER),
    "reopen_cycle": (lambda _p, c, by: actions.reopen_cycle(by=by, cycle=c, until=LATER), GATHER),
    "call_units: all": (lambda _p, c, by: actions.call_units(by=by, cycle=c), GATHER | ABOVE),
    "call_units: a division": (
        lambda p, c, by: actions.call_units(by=by, cycle=c, units=[p.office.lead]),
        GATHER | ABOVE,
    ),
    "call_units: a ward": (lambda _p, c, by: actions.call_units(by=by, cycle=c, units=[ward(c)]), GATHER),
    "call_by_rule": (lambda _p, c, by: actions.call_by_rule(by=by, cycle=c), GATHER),
    "take_unit_in": (
        lambda p, c, by: actions.take_unit_in(by=by, cycle=c, unit=p.office.other, reason="Mới lập."),
        GATHER,
    ),
    "release_unit": (
        lambda p, c, by: actions.release_unit(
            by=by, report=p.report_of(c, p.office.lead), reason="Đã sáp nhập."
        ),
        GATHER,
    ),
    "return_unit_report": (give_back, GATHER),
    "export_cycle": (lambda _p, c, by: actions.export_cycle(by=by, cycle=c, file="a.csv"), READ),
}


@pytest.mark.parametrize("name", TABLE)
def test_action_is_open_to_exactly_these_people(name):
    place, cycle, _wards = with_wards(("Phường Ba Đình",))
    office = place.office
    people = {
        **{
            who: getattr(office, who)
            for who in (
                "planner", "director", "deputy", "auditor", "lead_head", "lead_officer", "support_officer",
                "other_officer",
            )
        },
        "gatherer": gatherer_officer(place),
        "head_above": head_above(place),
    }  # fmt: skip
    deed, expected = TABLE[name]
    may = set()
    for who, person in people.items():
        # Each tries on the same scene: what one did is undone before the next.
        with transaction.atomic():
            try:
                deed(place, cycle, office.again(person))
            except PermissionDenied:
                pass
            else:
                may.add(who)
            transaction.set_rollback(True)
    assert may == expected
