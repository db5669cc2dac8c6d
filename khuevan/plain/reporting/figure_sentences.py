"""One figure as a sentence: its value, what it is held against, and what is missing.

    Tin, bài đã đăng: 42 tin, bài; tăng 4 tin, bài (10,5%) so với quý I năm 2025; cùng kỳ năm 2024 chưa có số
    liệu; lũy kế từ đầu năm 96 tin, bài, đạt 64% kế hoạch năm (150 tin, bài).

A name is any noun (work done, money spent, cases of false news), so a colon joins it to its value and no verb
that praises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from khuevan.plain.reporting.amounts import NO_FIGURE, amount, rate
from khuevan.plain.reporting.charts import printed
from khuevan.plain.reporting.comparisons import Comparison
from khuevan.plain.reporting.report import Figure, Report
from khuevan.plain.reporting.unit_words import named, one_line

# Many figures may lack the same units: fewer names than where units that did not send are named once.
MOST_NAMED: Final = 3
_YEAR: Final = re.compile(r"năm (\d{4})$")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of a paragraph. `code` is the indicator's where they are its figure of this period, else empty."""

    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Against:
    """What the figures of a report are held against, in words; an empty name is not spoken of.

    `year_sum` is whether what is missing of the year's sum is said at each figure; `annex` names the annex with
    the whole lists of units.
    """

    before: str = ""
    last_year: str = ""
    year_sum: bool = False
    annex: str = ""


def in_sentence(period: str) -> str:
    """The period's name within a sentence: quý I năm 2025."""
    return period[:1].lower() + period[1:]


def same_period(report: Report) -> str:
    """The same period last year in words, empty where it is the period before (or none): cùng kỳ năm 2024."""
    name = report.period_last_year
    if not name or name == report.period_before:
        return ""
    year = _YEAR.search(name)
    return f"cùng kỳ năm {year[1]}" if year else in_sentence(name)


def figure_runs(figure: Figure, against: Against) -> tuple[Run, ...]:
    """The sentence about the figure; exactly one run bears its code: the value, or that there is none."""
    name = one_line(figure.name)
    value = figure.value
    said = NO_FIGURE if value is None else amount(figure, value)
    clauses = [*_compared(figure, against), _year(figure, against), _missing(figure, against)]
    rest = "".join(f"; {clause}" for clause in clauses if clause)
    return (Run(f"{name}: "), Run(said, figure.code), Run(f"{rest}."))


def _compared(figure: Figure, against: Against) -> list[str]:
    comparison = figure.comparison
    pairs = [(against.before, comparison.before), (against.last_year, comparison.last_year)]
    return [_change(figure, then, name) for name, then in pairs if name]


def _change(figure: Figure, then: Decimal | None, name: str) -> str:
    """tăng 4 tin, bài (10,5%) so với quý I năm 2025."""
    if then is None:
        return f"{name} {NO_FIGURE}"
    if figure.value is None:
        return f"{name} là {amount(figure, then)}"
    compared = Comparison(figure.value, then)
    change = compared.change or Decimal(0)
    if not change:
        return f"không thay đổi so với {name}"
    way = "tăng" if change > 0 else "giảm"
    if figure.type == "PERCENT":
        return f"{way} {printed(abs(change))} điểm phần trăm so với {name}"
    much = amount(figure, abs(change))
    if compared.change_rate is None:
        return f"{way} {much} so với mức 0 của {name}"
    return f"{way} {much} ({rate(compared.change_rate)}) so với {name}"


def _year(figure: Figure, against: Against) -> str:
    """lũy kế từ đầu năm 96 tin, bài, đạt 64% kế hoạch năm (150 tin, bài); empty where there is nothing to say."""
    plan = figure.comparison.plan
    if figure.type == "PERCENT":
        return _rate_of_plan(figure, plan)
    total = figure.year_sum
    wanted = "" if plan is None else f"kế hoạch năm là {amount(figure, plan)}"
    if total is None:
        if not against.year_sum and plan is None:
            return ""
        unknown = "lũy kế từ đầu năm chưa đủ số liệu" if against.year_sum else ""
        return "; ".join(part for part in (unknown, wanted) if part)
    # In the first period of a year the sum is the figure itself.
    summed = "" if total == figure.value else f"lũy kế từ đầu năm {amount(figure, total)}"
    share = Comparison(total, plan=plan).plan_rate
    if plan is not None and share is not None:
        wanted = f"đạt {printed(share, '%')} kế hoạch năm ({amount(figure, plan)})"
    return ", ".join(part for part in (summed, wanted) if part)


def _rate_of_plan(figure: Figure, plan: Decimal | None) -> str:
    """The year's rate so far beside the plan's: no share of it, but how far apart they are."""
    if plan is None:
        return ""
    aim = amount(figure, plan)
    year = figure.value if figure.year_sum is None else figure.year_sum
    if year is None:
        return f"kế hoạch năm là {aim}"
    # In the first period of a year the year's rate is the figure itself.
    said = "" if year == figure.value else f"tính từ đầu năm là {amount(figure, year)}, "
    apart = year - plan
    if not apart:
        return f"{said}bằng kế hoạch năm ({aim})"
    way = "cao hơn" if apart > 0 else "thấp hơn"
    return f"{said}{way} kế hoạch năm ({aim}) {printed(abs(apart))} điểm phần trăm"


def _missing(figure: Figure, against: Against) -> str:
    """chưa có số liệu của Phòng A, Phòng B và 12 đơn vị khác."""
    if not figure.missing:
        return ""
    if figure.value is None:
        return f"các đơn vị {NO_FIGURE} này: {named(figure.missing, against.annex, MOST_NAMED)}"
    return f"{NO_FIGURE} của {named(figure.missing, against.annex, MOST_NAMED)}"
