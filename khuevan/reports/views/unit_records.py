"""The records that a figure of a unit's form counts: each opens at its own page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.plain.reporting.charts import printed
from khuevan.reports.choices import UnitReportState
from khuevan.reports.counting import ONE, CountedRecord, urls_of_records
from khuevan.reports.models import Indicator, UnitFigure, UnitReport
from khuevan.reports.queries.known import known_records, total
from khuevan.reports.queries.reporters import asks
from khuevan.reports.views.form_access import form_page, report_crumb, report_of
from khuevan.reports.views.frame import says_why

PAGE_SIZE = 50
# What the form's page shows beneath a figure, with a link to the whole list.
FIRST = 12


@require_safe
@says_why
def unit_records(request: HttpRequest, pk: int, indicator: int) -> HttpResponse:
    """The list, fifty a page; with `phan=1` its first lines alone, as the form's script puts them in."""
    report = report_of(request, pk)
    asked = get_object_or_404(
        Indicator.objects.select_related("section"), pk=indicator, section__rule=report.cycle.rule
    )
    records = _records(report, asked)
    if request.GET.get("phan"):
        context = {
            "rows": _rows(records[:FIRST]),
            "more": max(0, len(records) - FIRST),
            "count": len(records),
            "url": request.path,
        }
        return render(request, "reports/forms/records_part.html", context)
    sheet = Paginator(records, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "report": report,
        "indicator": asked,
        "sheet": sheet,
        "page_links": [
            {"number": page, "url": f"?page={page}"}
            for page in sheet.paginator.get_elided_page_range(sheet.number)
        ],
        "rows": _rows(list(sheet.object_list)),
        "count": len(records),
        "total": printed(total(records), asked.unit_of_measure),
        "has_amounts": any(record.amount != ONE for record in records),
        "is_sent": report.state == UnitReportState.SENT,
        "anchor": f"figure-{asked.pk}",
    }
    crumb = ("", asked.name if len(asked.name) <= 60 else f"{asked.name[:59]}…")
    return form_page(request, "reports/forms/records.html", context, report_crumb(report), crumb)


def _records(report: UnitReport, indicator: Indicator) -> tuple[CountedRecord, ...]:
    """What was counted when the unit sent, before that what is counted now; raises Http404 where nothing counts."""
    if report.state == UnitReportState.SENT:
        figure = UnitFigure.objects.filter(report=report, indicator=indicator, known__isnull=False).first()
        if figure is not None:
            return tuple(CountedRecord.from_stored(record) for record in figure.records)
    elif asks(indicator.section, report.unit):
        found = known_records(report.cycle, [report.unit_id], [indicator])
        if (report.unit_id, indicator.pk) in found:
            return found[report.unit_id, indicator.pk]
    raise Http404(_("The software counts nothing for this figure."))


def _rows(records: tuple[CountedRecord, ...] | list[CountedRecord]) -> list[dict[str, Any]]:
    urls = urls_of_records(records)
    return [{"record": one, "url": urls[one], "amount": printed(one.amount)} for one in records]
