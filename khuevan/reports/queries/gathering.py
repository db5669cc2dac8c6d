"""What the units of a cycle sent, added up: figures with their parts, and what they are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from khuevan.plain.reporting.formulas import BadFormula, Term, computed
from khuevan.plain.reporting.totals import totals
from khuevan.reports.choices import FigureSource, FigureType, UnitReportState
from khuevan.reports.models import Cycle, Indicator, ReportFigure, Target, UnitFigure, UnitReport
from khuevan.reports.periods import period_before
from khuevan.reports.queries.reporters import names_apart
from khuevan.reports.queries.unit_forms import form_of_rule, rounded, sections_sent


@dataclass(slots=True)
class Gathered:
    """One figure over all units that sent. `parts` and `missing` as in `ReportFigure`."""

    indicator: Indicator
    value: Decimal | None = None
    parts: list[dict[str, Any]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Gathering:
    """All figures in the form's order with their formulas, and the units that have not sent."""

    figures: tuple[Gathered, ...]
    formulas: dict[str, Term]
    missing_units: tuple[str, ...]
    unit_count: int


def gathered(cycle: Cycle) -> Gathering:
    """What stands now: sums over the units that sent; computed figures from sums of the same units. Six queries.

    Which figures a unit was asked is what it was asked when it sent, whatever its kind is today.
    """
    form = form_of_rule(cycle.rule)
    reports = list(
        UnitReport.objects.asked()
        .filter(cycle=cycle)
        .select_related("unit", "sent_by")
        .order_by("unit__path")
    )
    names = names_apart(report.unit for report in reports)
    sent = [report for report in reports if report.state == UnitReportState.SENT]
    said: dict[int, dict[int, tuple[Any, ...]]] = defaultdict(dict)
    rows = UnitFigure.objects.filter(report__in=[report.pk for report in sent]).values_list(
        "indicator", "report", "value", "known", "reason", "records"
    )
    for indicator_id, report_id, *rest in rows.iterator(chunk_size=2000):
        said[indicator_id][report_id] = tuple(rest)
    stored = {(report_id, indicator_id) for indicator_id, reports_ in said.items() for report_id in reports_}
    asked = sections_sent(form, stored)
    found: dict[str, Gathered] = {}
    values: dict[str, dict[int, Decimal | None]] = {}
    for indicator in form.indicators:
        figure = found[indicator.code] = Gathered(indicator)
        if indicator.source == FigureSource.COMPUTED:
            continue
        given = values[indicator.code] = {}
        for report in sent:
            if (report.pk, indicator.section_id) not in asked:
                continue
            value, known, reason, records = said[indicator.pk].get(report.pk, (None, None, "", []))
            given[report.unit_id] = value
            if value is None:
                continue
            figure.parts.append(
                {
                    "unit": report.unit_id,
                    "name": names[report.unit_id],
                    "value": str(value),
                    "known": None if known is None else str(known),
                    "reason": reason,
                    "records": records,
                    "sent_at": report.sent_at.isoformat() if report.sent_at else None,
                    "sent_by": report.sent_by.full_name if report.sent_by else "",
                }
            )
    for code, one in totals(form.formulas, values).items():
        found[code].value = rounded(one.value, found[code].indicator.type)
        found[code].missing = [names[unit] for unit in one.missing]
    return Gathering(
        tuple(found.values()),
        form.formulas,
        tuple(names[report.unit_id] for report in reports if report.state != UnitReportState.SENT),
        len(reports),
    )


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a figure is held against; None where nobody knows."""

    before: Decimal | None = None
    last_year: Decimal | None = None
    year_sum: Decimal | None = None
    target: Decimal | None = None


def earlier_figures(
    cycle: Cycle,
    now: Mapping[str, tuple[str, Decimal | None]],
    formulas: Mapping[str, Term] | None = None,
) -> dict[str, Earlier]:
    """For each code of `now` (its type and value): the period before, a year ago, the year so far, the target.

    The year so far is known only where every earlier period of the year was reported; of a computed figure (one of
    `formulas`) it is what the formula yields of the year's sums, for averages and rates add up to nothing. A rate
    without a formula has no sum: held against its target is the rate itself. A cycle without a period is compared
    with nothing.
    """
    if cycle.year is None or cycle.number is None:
        return {code: Earlier() for code in now}
    before = figures_of_period(cycle.rule_code, *period_before(cycle.rule, cycle.year, cycle.number))
    year_ago = figures_of_period(cycle.rule_code, cycle.year - 1, cycle.number)
    this_year = [figures_of_period(cycle.rule_code, cycle.year, number) for number in range(1, cycle.number)]
    targets = dict(
        Target.objects.filter(rule_code=cycle.rule_code, year=cycle.year).values_list(
            "indicator_code", "value"
        )
    )
    sums = _sums_of_year(now, formulas or {}, this_year)
    return {
        code: Earlier(before.get(code), year_ago.get(code), sums[code], targets.get(code)) for code in now
    }


def _sums_of_year(
    now: Mapping[str, tuple[str, Decimal | None]],
    formulas: Mapping[str, Term],
    earlier: Sequence[Mapping[str, Decimal | None]],
) -> dict[str, Decimal | None]:
    found: dict[str, Decimal | None] = {}
    for code, (figure_type, value) in now.items():
        is_rate = figure_type == FigureType.PERCENT
        parts = [value] if is_rate else [*(one.get(code) for one in earlier), value]
        known = [part for part in parts if part is not None]
        found[code] = sum(known, Decimal(0)) if len(known) == len(parts) else None
    try:
        values = computed(formulas, {code: value for code, value in found.items() if code not in formulas})
    except BadFormula:
        values = dict.fromkeys(formulas)
    return found | {code: rounded(value, now[code][0]) for code, value in values.items() if code in found}


def figures_of_period(rule_code: str, year: int, number: int) -> dict[str, Decimal | None]:
    """The figures of a period's newest report that was issued, by code; empty where there is none.

    What may still become something else is nothing to be held against.
    """
    rows = ReportFigure.objects.filter(
        report__cycle__rule_code=rule_code,
        report__cycle__year=year,
        report__cycle__number=number,
        report__draft__document__isnull=False,
    ).values_list("report__version", "code", "value")
    versions: dict[int, dict[str, Decimal | None]] = defaultdict(dict)
    for version, code, value in rows:
        versions[version][code] = value
    return versions[max(versions)] if versions else {}
