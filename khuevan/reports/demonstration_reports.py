"""The quarterly reports of 2025, lived through with the plan's year by the actions that people's clicks call.

What happens stands in `data/demonstration_reports.toml`. Cycles open, call and close by the real jobs of each
morning; units fill, send and mend; the gatherer composes; the document goes its way through review to number,
files, signature and recipients. Each deed is done at its own moment of the office's clock.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from django.utils import translation

from khuevan.people.queries import system_person
from khuevan.programme.demonstration_year import PlanDeed, YearGuest
from khuevan.reports import jobs
from khuevan.reports.bundled_rules import put_in_bundled_rule
from khuevan.reports.demonstration_composing import Composing
from khuevan.reports.demonstration_filling import Row, UnitForm
from khuevan.reports.models import ComposedReport

DATA = Path(__file__).parent / "data" / "demonstration_reports.toml"
# From freezing to submitting, and from number to signature and to sending.
_PAUSE = timedelta(minutes=25)


def quarterly_reports() -> YearGuest:
    """What reporting does in the year."""
    return YearGuest(plan_deeds=_plan_deeds, each_morning=_morning)


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """A report of the year with the document that it became, for whoever wants to look at it."""

    name: str
    symbol: str
    issued: date | None
    path: str


def issued_reports() -> list[IssuedReport]:
    """The reports that have a number, in the order in which they were issued."""
    rows = ComposedReport.objects.filter(draft__document__isnull=False).select_related("draft__document")
    found = []
    for report in rows.order_by("draft__document__registered_at"):
        document = report.draft.document if report.draft is not None else None
        if document is not None:
            path = report.get_absolute_url()
            found.append(IssuedReport(report.title, document.symbol, document.issued_date, path))
    return found


def _morning(_day: date) -> None:
    # The jobs know by themselves what the day asks for.
    jobs.keep_report_cycles()
    jobs.call_report_units()


def _plan_deeds(plan_deed: PlanDeed) -> None:
    # There already wherever `setup-demo` is newer than reporting.
    put_in_bundled_rule(by=system_person())
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    for quarter in data["quarter"]:
        for row in quarter["unit"]:
            _plan_unit(plan_deed, data, quarter["number"], row)
        for row in (quarter["report"], quarter.get("correction")):
            if row is not None:
                _plan_report(plan_deed, data, quarter["number"], row)


def _plan_unit(plan_deed: PlanDeed, data: Row, number: int, row: Row) -> None:
    form = UnitForm(data, number, row)
    if "begun" in row:
        _at(plan_deed, row["begun"], form.begin)
    _at(plan_deed, row["sent"], form.send)
    if "again" in row:
        _at(plan_deed, row["again"]["returned"], form.give_back)
        if "sent" in row["again"]:
            _at(plan_deed, row["again"]["sent"], form.send_again)


def _plan_report(plan_deed: PlanDeed, data: Row, number: int, row: Row) -> None:
    work = Composing(data, number, row)
    _at(plan_deed, row["composed"], work.compose)
    if "gathered_again" in row:
        _at(plan_deed, row["gathered_again"], work.gather)
    _at(plan_deed, row["frozen"] - _PAUSE, work.edit)
    _at(plan_deed, row["frozen"], work.freeze)
    _at(plan_deed, row["frozen"] + _PAUSE, work.submit)
    for moment in row["approved"]:
        _at(plan_deed, moment, work.approve)
    _at(plan_deed, row["issued"], work.issue)
    _at(plan_deed, row["issued"] + _PAUSE, work.sign)
    _at(plan_deed, row["issued"] + 2 * _PAUSE, work.dispatch)


def _at(plan_deed: PlanDeed, moment: datetime, deed: Callable[[], None]) -> None:
    plan_deed(moment.date(), moment.hour, partial(_in_vietnamese, deed), moment.minute)


def _in_vietnamese(deed: Callable[[], None]) -> None:
    # The words that deeds leave are the office's, whatever language the command speaks.
    with translation.override("vi"):
        deed()
