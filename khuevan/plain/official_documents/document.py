"""What one official document says: the structure that the reader returns.

The field names and meanings are those of the contract that `khuevan read --json` prints
(`as_contract`); what the screens need beside it, the text as it was read and the place of
each item in it, is kept in `paragraphs` and `place` and never printed.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Role = Literal["lead", "support", "carry-out"]
Recurrence = Literal["continuous", "weekly", "monthly", "quarterly", "half-yearly", "yearly"]
Frequency = Literal[
    "monthly", "quarterly", "half-yearly", "nine-monthly", "yearly", "periodic", "ad-hoc", "by-date"
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: characters `start` to `end` (exclusive) from `paragraph` to `last_paragraph`.

    Paragraph numbers are indexes into `OfficialDocument.paragraphs`, both inclusive; `start` counts
    within the first of them, `end` within the last.
    """

    paragraph: int
    start: int
    last_paragraph: int
    end: int


@dataclass(frozen=True, slots=True)
class Period:
    """The time a plan covers, both days inclusive."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that this one names: a legal basis, or one named in the body."""

    text: str
    type: str | None
    symbol: str | None
    date: date | None
    issuer: str | None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the section tree; `label` is empty for an unnumbered block, "-" for a dash."""

    label: str
    heading: str | None
    paragraphs: tuple[str, ...]
    children: tuple[Section, ...]
    ref: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in the document's own words, with the last day or the recurrence they yield."""

    text: str
    date: date | None
    recurrence: Recurrence | None


@dataclass(frozen=True, slots=True)
class Task:
    """One lowest-level obligation of the sections that say what is to be done."""

    ref: str
    text: str
    lead: tuple[str, ...]
    partners: tuple[str, ...]
    due: Due | None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """One lowest-level obligation that the section on organisation gives to one unit."""

    ref: str
    unit: str
    text: str
    role: Role
    partners: tuple[str, ...]
    due: Due | None
    task_refs: tuple[str, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money: `vnd` in đồng, `text` as printed."""

    vnd: int
    text: str


@dataclass(frozen=True, slots=True)
class Funding:
    """What the section on funding says."""

    text: str
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Reporting:
    """A task or duty (by `ref`) that orders a report."""

    ref: str
    frequencies: tuple[Frequency, ...]
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of Nơi nhận; `purpose` without its brackets."""

    name: str
    purpose: str | None


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed, with which authority."""

    authority: str | None
    position: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A whole document. Fields that it does not give are None or empty."""

    type: str | None
    number: int | None
    symbol: str | None
    parent_body: str | None
    issuer: str | None
    place: str | None
    date: date | None
    title: str | None
    period: Period | None
    legal_bases: tuple[Reference, ...]
    references: tuple[Reference, ...]
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    duties: tuple[Duty, ...]
    funding: Funding | None
    reporting: tuple[Reporting, ...]
    recipients: tuple[Recipient, ...]
    signatory: Signatory | None
    warnings: tuple[str, ...]
    paragraphs: tuple[str, ...] = ()


def as_contract(document: OfficialDocument) -> dict[str, Any]:
    """The document as the published contract prints it: plain values, keys in the contract's order."""
    return {
        "type": document.type,
        "number": document.number,
        "symbol": document.symbol,
        "parent_body": document.parent_body,
        "issuer": document.issuer,
        "place": document.place,
        "date": _iso(document.date),
        "title": document.title,
        "period": _period(document.period),
        "legal_bases": [_reference(item) for item in document.legal_bases],
        "references": [_reference(item) for item in document.references],
        "sections": [_section(item) for item in document.sections],
        "tasks": [
            {
                "ref": task.ref,
                "text": task.text,
                "lead": list(task.lead),
                "with": list(task.partners),
                "due": _due(task.due),
            }
            for task in document.tasks
        ],
        "duties": [
            {
                "ref": duty.ref,
                "unit": duty.unit,
                "text": duty.text,
                "role": duty.role,
                "with": list(duty.partners),
                "due": _due(duty.due),
                "task_refs": list(duty.task_refs),
            }
            for duty in document.duties
        ],
        "funding": None
        if document.funding is None
        else {
            "text": document.funding.text,
            "amounts": [{"vnd": a.vnd, "text": a.text} for a in document.funding.amounts],
        },
        "reporting": [
            {"ref": item.ref, "frequencies": list(item.frequencies), "to": list(item.to)}
            for item in document.reporting
        ],
        "recipients": [{"name": r.name, "purpose": r.purpose} for r in document.recipients],
        "signatory": None
        if document.signatory is None
        else {
            "authority": document.signatory.authority,
            "position": document.signatory.position,
            "name": document.signatory.name,
        },
        "warnings": list(document.warnings),
    }


def as_stored(document: OfficialDocument) -> dict[str, Any]:
    """Everything, places and paragraphs included, as plain JSON values; `from_stored` reads it back."""

    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        if isinstance(value, tuple):
            return [plain(item) for item in value]
        return value

    stored = plain(document)
    assert isinstance(stored, dict)
    return stored


def from_stored(stored: dict[str, Any]) -> OfficialDocument:
    """The document that `as_stored` wrote."""

    def place(value: Any) -> Place | None:
        return None if value is None else Place(**value)

    def due(value: Any) -> Due | None:
        return None if value is None else Due(value["text"], _date(value["date"]), value["recurrence"])

    def reference(value: Any) -> Reference:
        return Reference(
            **{**value, "date": _date(value["date"]), "place": place(value["place"])},
        )

    def section(value: Any) -> Section:
        return Section(
            label=value["label"],
            heading=value["heading"],
            paragraphs=tuple(value["paragraphs"]),
            children=tuple(section(child) for child in value["children"]),
            ref=value["ref"],
            place=place(value["place"]),
        )

    period, funding, signatory = stored["period"], stored["funding"], stored["signatory"]
    return OfficialDocument(
        type=stored["type"],
        number=stored["number"],
        symbol=stored["symbol"],
        parent_body=stored["parent_body"],
        issuer=stored["issuer"],
        place=stored["place"],
        date=_date(stored["date"]),
        title=stored["title"],
        period=None
        if period is None
        else Period(date.fromisoformat(period["first"]), date.fromisoformat(period["last"])),
        legal_bases=tuple(reference(item) for item in stored["legal_bases"]),
        references=tuple(reference(item) for item in stored["references"]),
        sections=tuple(section(item) for item in stored["sections"]),
        tasks=tuple(
            Task(
                ref=item["ref"],
                text=item["text"],
                lead=tuple(item["lead"]),
                partners=tuple(item["partners"]),
                due=due(item["due"]),
                place=place(item["place"]),
            )
            for item in stored["tasks"]
        ),
        duties=tuple(
            Duty(
                ref=item["ref"],
                unit=item["unit"],
                text=item["text"],
                role=item["role"],
                partners=tuple(item["partners"]),
                due=due(item["due"]),
                task_refs=tuple(item["task_refs"]),
                place=place(item["place"]),
            )
            for item in stored["duties"]
        ),
        funding=None
        if funding is None
        else Funding(funding["text"], tuple(Amount(**amount) for amount in funding["amounts"])),
        reporting=tuple(
            Reporting(item["ref"], tuple(item["frequencies"]), tuple(item["to"]))
            for item in stored["reporting"]
        ),
        recipients=tuple(Recipient(**item) for item in stored["recipients"]),
        signatory=None if signatory is None else Signatory(**signatory),
        warnings=tuple(stored["warnings"]),
        paragraphs=tuple(stored["paragraphs"]),
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _period(period: Period | None) -> dict[str, str] | None:
    return None if period is None else {"from": period.first.isoformat(), "to": period.last.isoformat()}


def _due(due: Due | None) -> dict[str, Any] | None:
    return None if due is None else {"text": due.text, "date": _iso(due.date), "recurrence": due.recurrence}


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "text": reference.text,
        "type": reference.type,
        "symbol": reference.symbol,
        "date": _iso(reference.date),
        "issuer": reference.issuer,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "label": section.label,
        "heading": section.heading,
        "paragraphs": list(section.paragraphs),
        "children": [_section(child) for child in section.children],
    }
