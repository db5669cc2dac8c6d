"""One figure of a composed report: where it comes from, unit by unit and record by record."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.plain.reporting.charts import printed
from khuevan.reports.choices import FigureSource, FigureType
from khuevan.reports.counting import counting_source
from khuevan.reports.models import ComposedReport, Indicator, ReportFigure, Target
from khuevan.reports.periods import period_before
from khuevan.reports.permissions import can_read_cycle, reading_unit_ids
from khuevan.reports.presenters.figure_page import (
    of_units,
    only_visible,
    part_rows,
    reckoning,
    record_rows,
    sum_words,
    with_addresses,
)
from khuevan.reports.queries.composed import newest_issued
from khuevan.reports.views.frame import person_of, says_why, staff_page
from khuevan.reports.views.report_access import report_crumb, report_of, reports_crumb

RECORDS_A_PAGE = 100


@require_safe
@says_why
def figure(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The figure with its units, records or formula; `?don-vi=<key>` shows the records of one unit.

    Who does not see the whole cycle sees the sum, the parts of the own units, and of their records those that open.
    """
    report = report_of(request, pk)
    found = ReportFigure.objects.filter(report=report, code=code).select_related("section").first()
    if found is None:
        raise Http404(_("This report has no such figure."))
    person, day = person_of(request), clock.today()
    sees_all = can_read_cycle(person, report.cycle, day)
    if not sees_all:
        found = of_units(found, reading_unit_ids(person, day))
    parts = part_rows(found)
    wished = request.GET.get("don-vi", "")
    chosen = next((one for one in parts if str(one.unit_id) == wished), None)
    rows = record_rows(found, chosen.unit_id if chosen else None)
    if not sees_all:
        rows = only_visible(rows, person, day)
    sheet = Paginator(rows, RECORDS_A_PAGE).get_page(request.GET.get("page"))
    indicator = Indicator.objects.filter(section=found.section_id, code=code).first()
    context: dict[str, Any] = {
        "report": report,
        "figure": found,
        "value": None if found.value is None else printed(found.value),
        "indicator": indicator,
        "counted": _counted(indicator),
        "parts": parts,
        "has_known": any(one.known for one in parts),
        "corrections": [one for one in parts if one.is_corrected],
        "sum_words": sum_words(found) if sees_all else "",
        "sees_all": sees_all,
        "chosen": chosen,
        "sheet": sheet,
        "records": with_addresses(list(sheet.object_list)),
        "record_count": sum(one.record_count for one in parts),
        "has_amounts": any(row.amount for row in sheet.object_list),
        "reckoning": reckoning(found, _others(found)) if found.formula else None,
        "held_against": _held_against(report, found),
        "kept": f"don-vi={chosen.unit_id}&" if chosen else "",
        "pages": sheet.paginator.get_elided_page_range(sheet.number),
    }
    crumb = (request.path, found.name if len(found.name) <= 60 else f"{found.name[:58].rstrip()}…")
    return staff_page(
        request, "reports/composing/figure.html", context, reports_crumb(), report_crumb(report), crumb
    )


def _others(figure: ReportFigure) -> dict[str, ReportFigure]:
    return {one.code: one for one in ReportFigure.objects.filter(report=figure.report_id).defer("parts")}


def _counted(indicator: Indicator | None) -> str:
    """What the software counts for this figure, in words; empty where it does not count."""
    if indicator is None or indicator.source != FigureSource.COUNTED:
        return ""
    source = counting_source(indicator.source_key)
    words = str(source.label) if source is not None else indicator.source_key
    if indicator.source_detail:
        # By its name, where the source has one for it.
        details = dict(source.details()) if source is not None else {}
        words = f"{words}: {details.get(indicator.source_detail, indicator.source_detail)}"
    return words


@dataclass(frozen=True, slots=True)
class Beside:
    """Something that the figure is held against; `report` is the version in which it stands, if any."""

    label: str
    value: str
    report: ComposedReport | None = None
    note: str = ""


def _held_against(report: ComposedReport, figure: ReportFigure) -> list[Beside]:
    """The earlier figures with the reports in which they stand, the year so far, the target."""
    cycle = report.cycle
    found: list[Beside] = []
    if cycle.year is None or cycle.number is None:
        return found
    earlier = (
        (_("Period before"), figure.before, period_before(cycle.rule, cycle.year, cycle.number)),
        (_("Same period last year"), figure.last_year, (cycle.year - 1, cycle.number)),
    )
    for label, value, (year, number) in earlier:
        if value is not None:
            then = newest_issued(cycle.rule_code, year, number)
            # The report kept what it was held against; a later correction of that period is another figure.
            there = then is not None and _value_in(then, figure.code) == value
            found.append(Beside(label, printed(value), then if there else None))
    # Of a rate there is no sum; what stands for it is the rate itself.
    if figure.year_sum is not None and figure.type != FigureType.PERCENT:
        found.append(Beside(_("Year so far"), printed(figure.year_sum)))
    if figure.target is not None:
        target = Target.objects.filter(
            rule_code=cycle.rule_code, indicator_code=figure.code, year=cycle.year
        ).first()
        found.append(
            Beside(_("Target of the year"), printed(figure.target), note=target.source if target else "")
        )
    return found


def _value_in(report: ComposedReport, code: str) -> Decimal | None:
    value: Decimal | None = (
        ReportFigure.objects.filter(report=report, code=code).values_list("value", flat=True).first()
    )
    return value
