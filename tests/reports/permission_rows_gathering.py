"""Rows of the view × role table for cycles and gathering.

The people of the table hold posts in units of their own; the division that gathers and the head above the units
that report are tried in `test_gathering_pages.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from khuevan.core import clock
from khuevan.people.choices import SEES_EVERYTHING, Role
from tests.factories.reports import reporting_office
from tests.factories.work import at
from tests.permission_rows import NOBODY, Row
from tests.reports.gathering_scenes import AFTER, BEFORE

PLANNER: frozenset[str] = frozenset({Role.PLANNING_OFFICER})


def rows() -> list[Row]:
    """Planning officers gather; those who see everything see how far all units are."""
    return [
        Row("reports:cycles", _plain("cycles"), SEES_EVERYTHING | {Role.UNIT_HEAD, Role.UNIT_OFFICER}),
        Row("reports:open_period", _plain("open_period"), PLANNER),
        Row("reports:open_cycle", _plain("open_cycle"), PLANNER),
        *(
            Row(f"reports:{name}", _cycle(name), SEES_EVERYTHING)
            for name in ("cycle", "cycle_figures", "cycle_matrix", "cycle_csv", "cycle_xlsx")
        ),
        *(
            Row(f"reports:{name}", _cycle(name), PLANNER)
            for name in ("cycle_close", "cycle_reopen", "cycle_take_in")
        ),
        Row("reports:return_unit_report", _report, PLANNER),
        Row("reports:release_unit", _owed_report, PLANNER),
        # No page: whoever only looks finds nothing there.
        Row("reports:cycle_call", _cycle("cycle_call"), NOBODY),
    ]


def _plain(name: str) -> Callable[[], str]:
    def address() -> str:
        reporting_office()
        return reverse(f"reports:{name}")

    return address


def _cycle(name: str) -> Callable[[], str]:
    def address() -> str:
        with clock.stopped_at(at(BEFORE)):
            return reverse(f"reports:{name}", args=[reporting_office().cycle().pk])

    return address


def _owed_report() -> str:
    place = reporting_office()
    with clock.stopped_at(at(BEFORE)):
        return reverse("reports:release_unit", args=[place.report_of(place.cycle(), place.office.lead).pk])


def _report() -> str:
    place = reporting_office()
    with clock.stopped_at(at(BEFORE)):
        cycle = place.cycle()
    with clock.stopped_at(at(AFTER)):
        return reverse("reports:return_unit_report", args=[place.sent(cycle, place.office.lead).pk])
