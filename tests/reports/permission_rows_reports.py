"""Rows of the view × role table for composed reports.

The people of the table hold posts in units of their own; the division that gathers and the heads of units that report
are tried in `test_who_may_compose.py` and `test_report_pages.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from khuevan.core import clock
from khuevan.people.choices import SEES_EVERYTHING, Role
from khuevan.reports.actions import correct_report
from khuevan.reports.models import ComposedReport, Passage
from tests.factories.work import at
from tests.permission_rows import NOBODY, Row
from tests.reports.composing_scenes import SENT, composed

PLANNER: frozenset[str] = frozenset({Role.PLANNING_OFFICER})
OPENS_THE_LIST = SEES_EVERYTHING | {Role.UNIT_HEAD, Role.UNIT_OFFICER}


def rows() -> list[Row]:
    """Planning officers compose; those who see everything read."""
    return [
        Row("reports:reports", lambda: reverse("reports:reports"), OPENS_THE_LIST),
        Row("reports:report", _of("report"), SEES_EVERYTHING),
        Row("reports:figure", _of("figure", "tin_bai"), SEES_EVERYTHING),
        Row("reports:report_changes", _correction, SEES_EVERYTHING),
        Row("reports:report_xlsx", _of("report_xlsx"), SEES_EVERYTHING),
        Row("reports:report_csv", _of("report_csv", "ho-so"), SEES_EVERYTHING),
        Row("reports:report_english_pdf", _of("report_english_pdf"), SEES_EVERYTHING),
        *(
            Row(f"reports:{name}", _of(name), PLANNER)
            for name in ("report_words", "report_english", "freeze", "discard")
        ),
        Row("reports:correct", _frozen("correct"), PLANNER),
        # No pages: whoever only looks finds nothing there.
        Row("reports:compose", lambda: reverse("reports:compose", args=[composed().cycle.pk]), NOBODY),
        Row("reports:gather_again", _of("gather_again"), NOBODY),
        Row("reports:passage", _passage(), NOBODY),
        Row("reports:passage_deed", _passage("bo-ra"), NOBODY),
    ]


def _of(name: str, *more: str) -> Callable[[], str]:
    return lambda: reverse(f"reports:{name}", args=[composed().report.pk, *more])


def _passage(*more: str) -> Callable[[], str]:
    def address() -> str:
        report = composed().report
        words = Passage.objects.filter(report=report)[0]
        return reverse(
            "reports:passage_deed" if more else "reports:passage", args=[report.pk, words.pk, *more]
        )

    return address


def _frozen(name: str) -> Callable[[], str]:
    def address() -> str:
        with clock.stopped_at(at(SENT)):
            return reverse(f"reports:{name}", args=[composed().frozen().pk])

    return address


def _correction() -> str:
    scene = composed()
    with clock.stopped_at(at(SENT)):
        new: ComposedReport = correct_report(by=scene.planner, report=scene.frozen(), reason="Đếm lại.")
    return reverse("reports:report_changes", args=[new.pk])
