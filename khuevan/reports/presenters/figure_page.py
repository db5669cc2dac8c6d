"""One figure of a composed report, opened: by unit, the records that it counts, the formula that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from khuevan.people.models import User
from khuevan.plain.reporting.amounts import NO_FIGURE
from khuevan.plain.reporting.charts import printed
from khuevan.plain.reporting.formula_words import codes_in_order, spelled
from khuevan.plain.reporting.formulas import BadFormula, parsed
from khuevan.reports.counting import CountedRecord, urls_of_records, visible_records
from khuevan.reports.models import ReportFigure


@dataclass(frozen=True, slots=True)
class PartRow:
    """What one unit gave. `known` is what the software counted, empty where it does not count this figure."""

    unit_id: int
    unit: str
    value: str
    known: str
    is_corrected: bool
    reason: str
    record_count: int
    sent_at: datetime | None
    sent_by: str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One thing that the figure counts, of which unit, and where it stands; `amount` where it adds more than one."""

    unit_id: int
    unit: str
    record: CountedRecord
    amount: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure that a formula reads; `is_there` where the report has it."""

    code: str
    name: str
    value: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A computed figure: the formula in names, with figures in their place, and what it reads."""

    in_names: str
    in_figures: str
    reads: tuple[ReadFigure, ...]


def part_rows(figure: ReportFigure) -> tuple[PartRow, ...]:
    """The units that gave the figure, in the order in which they stand."""
    found = []
    for part in figure.parts:
        value = Decimal(part["value"])
        known = None if part["known"] is None else Decimal(part["known"])
        sent_at = part.get("sent_at")
        found.append(
            PartRow(
                int(part["unit"]),
                str(part["name"]),
                printed(value),
                "" if known is None else printed(known),
                known is not None and value != known,
                str(part["reason"]),
                len(part["records"]),
                datetime.fromisoformat(sent_at) if sent_at else None,
                str(part.get("sent_by", "")),
            )
        )
    return tuple(found)


def sum_words(figure: ReportFigure) -> str:
    """5 + 2 + 0 = 7: what the units gave, in their order, and what it comes to; empty where no unit gave any."""
    values = [Decimal(part["value"]) for part in figure.parts]
    if not values or figure.value is None:
        return ""
    return f"{' + '.join(printed(value) for value in values)} = {printed(figure.value)}"


def record_rows(figure: ReportFigure, unit_id: int | None = None) -> list[RecordRow]:
    """The records that the figure counts, unit after unit, of one unit if it is named; without addresses."""
    found = []
    for part in figure.parts:
        if unit_id is not None and part["unit"] != unit_id:
            continue
        for stored in part["records"]:
            record = CountedRecord.from_stored(stored)
            amount = "" if record.amount == 1 else printed(record.amount)
            found.append(RecordRow(int(part["unit"]), str(part["name"]), record, amount))
    return found


def of_units(figure: ReportFigure, unit_ids: frozenset[int]) -> ReportFigure:
    """The figure with the parts of these units alone, for whoever may not see the others'; never to be saved."""
    figure.parts = [part for part in figure.parts if part["unit"] in unit_ids]
    return figure


def only_visible(rows: list[RecordRow], person: User, day: date) -> list[RecordRow]:
    """The rows whose record the person opens where it stands."""
    seen = visible_records(person, day, [row.record for row in rows])
    return [row for row in rows if row.record in seen]


def with_addresses(rows: list[RecordRow]) -> list[RecordRow]:
    """The rows, each with the address at which its record stands."""
    urls = urls_of_records([row.record for row in rows])
    return [
        RecordRow(row.unit_id, row.unit, row.record, row.amount, urls.get(row.record, "")) for row in rows
    ]


def reckoning(figure: ReportFigure, others: dict[str, ReportFigure]) -> Reckoning | None:
    """How a computed figure comes about; None for one that is not computed. `others` are the report's, by code."""
    if not figure.formula:
        return None
    try:
        term = parsed(figure.formula)
    except BadFormula:
        # The form refuses such a formula; one that stands there all the same is shown as it is written.
        return Reckoning(figure.formula, "", ())
    reads = tuple(
        ReadFigure(code, others[code].name, _said(others[code].value), True)
        if code in others
        else ReadFigure(code, code, NO_FIGURE, False)
        for code in codes_in_order(term)
    )
    names = {one.code: f"[{one.name}]" for one in reads}
    known = all(one.is_there and others[one.code].value is not None for one in reads)
    in_figures = ""
    if known and figure.value is not None:
        in_figures = f"{spelled(term, {one.code: one.value for one in reads})} = {_said(figure.value)}"
    return Reckoning(spelled(term, names), in_figures, reads)


def _said(value: Decimal | None) -> str:
    return NO_FIGURE if value is None else printed(value)
