"""Rows of the view × role table for units' forms.

The people of the table hold posts in units of their own: of another unit they see what was sent, if they see
everything. What a unit's own people may do is tried in `test_unit_form_pages.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from khuevan.people.choices import SEES_EVERYTHING
from tests.factories.reports import reporting_office
from tests.permission_rows import NOBODY, STAFF, Row
from tests.reports.form_pages import on, report_of


def rows() -> list[Row]:
    """The own list for all staff, a report that was sent for those who see everything, its form for nobody else."""
    return [
        Row("reports:my_reports", lambda: reverse("reports:my_reports"), STAFF),
        Row("reports:unit_report", _sent("unit_report"), SEES_EVERYTHING),
        Row("reports:form_sheet", _sent("form_sheet"), SEES_EVERYTHING),
        Row("reports:unit_records", _records, SEES_EVERYTHING),
        Row("reports:form_upload", _sent("form_upload"), NOBODY),
    ]


def _sent(view: str) -> Callable[[], str]:
    return lambda: reverse(f"reports:{view}", args=[_report()[0]])


def _records() -> str:
    return reverse("reports:unit_records", args=_report())


def _report() -> tuple[int, int]:
    place = reporting_office()
    report = report_of(place)
    with on():
        place.sent(report.cycle, place.office.lead)
    return report.pk, place.done.pk
