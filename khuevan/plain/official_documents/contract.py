"""The published contract read back: what `khuevan read FILE --json` printed, as an `OfficialDocument`.

What comes from outside is checked against the contract (docs/contracts) and bounded; what it does not hold
(places in the text, references of sections) is empty.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, get_args

from khuevan.plain.official_documents.document import (
    Amount,
    Due,
    Duty,
    Frequency,
    Funding,
    OfficialDocument,
    Period,
    Recipient,
    Recurrence,
    Reference,
    Reporting,
    Role,
    Section,
    Signatory,
    Task,
)

Value = TypeVar("Value")


class UnreadableContract(ValueError):
    """The values do not keep the contract; the message says where and what was expected."""


@dataclass(frozen=True, slots=True)
class ContractLimits:
    """Bounds of one document; what goes over one of them is refused, never cut."""

    items: int = 100_000
    characters: int = 4_000_000
    depth: int = 16


DEFAULT_CONTRACT_LIMITS = ContractLimits()


def from_contract(values: Any, *, limits: ContractLimits = DEFAULT_CONTRACT_LIMITS) -> OfficialDocument:
    """The document that `as_contract` printed; raises UnreadableContract that names the place."""
    return _Reader(limits).document(values)


class _Reader:
    """Reads one document, counting what it takes in."""

    def __init__(self, limits: ContractLimits) -> None:
        self._limits = limits
        self._items = limits.items
        self._characters = limits.characters

    def document(self, value: Any) -> OfficialDocument:
        fields = self._object(
            value,
            "the document",
            "type number symbol parent_body issuer place date title period legal_bases references sections"
            " tasks duties funding reporting recipients signatory warnings",
        )
        number = fields["number"]
        if number is not None and (isinstance(number, bool) or not isinstance(number, int) or number < 0):
            raise UnreadableContract("number: a whole number or null was expected.")

        def words(name: str) -> str | None:
            return self._words_or_none(fields[name], name)

        return OfficialDocument(
            type=words("type"),
            number=number,
            symbol=words("symbol"),
            parent_body=words("parent_body"),
            issuer=words("issuer"),
            place=words("place"),
            date=self._day(fields["date"], "date"),
            title=words("title"),
            period=self._maybe(fields["period"], "period", self._period),
            legal_bases=self._all(fields["legal_bases"], "legal_bases", self._reference),
            references=self._all(fields["references"], "references", self._reference),
            sections=self._sections(fields["sections"], "sections", 1),
            tasks=self._all(fields["tasks"], "tasks", self._task),
            duties=self._all(fields["duties"], "duties", self._duty),
            funding=self._maybe(fields["funding"], "funding", self._funding),
            reporting=self._all(fields["reporting"], "reporting", self._reporting),
            recipients=self._all(fields["recipients"], "recipients", self._recipient),
            signatory=self._maybe(fields["signatory"], "signatory", self._signatory),
            warnings=self._all(fields["warnings"], "warnings", self._words),
        )

    def _period(self, value: Any, place: str) -> Period:
        fields = self._object(value, place, "from to")
        first, last = self._day(fields["from"], f"{place}.from"), self._day(fields["to"], f"{place}.to")
        if first is None or last is None:
            raise UnreadableContract(f"{place}: two days were expected.")
        return Period(first, last)

    def _reference(self, value: Any, place: str) -> Reference:
        fields = self._object(value, place, "text type symbol date issuer")
        return Reference(
            text=self._words(fields["text"], f"{place}.text"),
            type=self._words_or_none(fields["type"], f"{place}.type"),
            symbol=self._words_or_none(fields["symbol"], f"{place}.symbol"),
            date=self._day(fields["date"], f"{place}.date"),
            issuer=self._words_or_none(fields["issuer"], f"{place}.issuer"),
        )

    def _sections(self, value: Any, place: str, depth: int) -> tuple[Section, ...]:
        if depth > self._limits.depth:
            raise UnreadableContract(
                f"{place}: sections stand in one another more than {self._limits.depth} deep."
            )
        return self._all(value, place, lambda item, where: self._section(item, where, depth))

    def _section(self, value: Any, place: str, depth: int) -> Section:
        fields = self._object(value, place, "label heading paragraphs children")
        return Section(
            label=self._words(fields["label"], f"{place}.label"),
            heading=self._words_or_none(fields["heading"], f"{place}.heading"),
            paragraphs=self._all(fields["paragraphs"], f"{place}.paragraphs", self._words),
            children=self._sections(fields["children"], f"{place}.children", depth + 1),
        )

    def _due(self, value: Any, place: str) -> Due:
        fields = self._object(value, place, "text date recurrence")
        return Due(
            self._words(fields["text"], f"{place}.text"),
            self._day(fields["date"], f"{place}.date"),
            self._maybe(
                fields["recurrence"],
                f"{place}.recurrence",
                lambda item, at: self._one_of(item, at, get_args(Recurrence)),
            ),
        )

    def _task(self, value: Any, place: str) -> Task:
        fields = self._object(value, place, "ref text lead with due")
        return Task(
            ref=self._words(fields["ref"], f"{place}.ref"),
            text=self._words(fields["text"], f"{place}.text"),
            lead=self._all(fields["lead"], f"{place}.lead", self._words),
            partners=self._all(fields["with"], f"{place}.with", self._words),
            due=self._maybe(fields["due"], f"{place}.due", self._due),
        )

    def _duty(self, value: Any, place: str) -> Duty:
        fields = self._object(value, place, "ref unit text role with due task_refs")
        return Duty(
            ref=self._words(fields["ref"], f"{place}.ref"),
            unit=self._words(fields["unit"], f"{place}.unit"),
            text=self._words(fields["text"], f"{place}.text"),
            role=self._one_of(fields["role"], f"{place}.role", get_args(Role)),
            partners=self._all(fields["with"], f"{place}.with", self._words),
            due=self._maybe(fields["due"], f"{place}.due", self._due),
            task_refs=self._all(fields["task_refs"], f"{place}.task_refs", self._words),
        )

    def _funding(self, value: Any, place: str) -> Funding:
        fields = self._object(value, place, "text amounts")
        return Funding(
            self._words(fields["text"], f"{place}.text"),
            self._all(fields["amounts"], f"{place}.amounts", self._amount),
        )

    def _amount(self, value: Any, place: str) -> Amount:
        fields = self._object(value, place, "vnd text")
        if isinstance(fields["vnd"], bool) or not isinstance(fields["vnd"], int):
            raise UnreadableContract(f"{place}.vnd: a whole number was expected.")
        return Amount(fields["vnd"], self._words(fields["text"], f"{place}.text"))

    def _reporting(self, value: Any, place: str) -> Reporting:
        fields = self._object(value, place, "ref frequencies to")
        return Reporting(
            self._words(fields["ref"], f"{place}.ref"),
            self._all(
                fields["frequencies"],
                f"{place}.frequencies",
                lambda item, at: self._one_of(item, at, get_args(Frequency)),
            ),
            self._all(fields["to"], f"{place}.to", self._words),
        )

    def _recipient(self, value: Any, place: str) -> Recipient:
        fields = self._object(value, place, "name purpose")
        return Recipient(
            self._words(fields["name"], f"{place}.name"),
            self._words_or_none(fields["purpose"], f"{place}.purpose"),
        )

    def _signatory(self, value: Any, place: str) -> Signatory:
        fields = self._object(value, place, "authority position name")
        return Signatory(**{name: self._words_or_none(fields[name], f"{place}.{name}") for name in fields})

    def _object(self, value: Any, place: str, names: str) -> Mapping[str, Any]:
        expected = names.split()
        if not isinstance(value, Mapping):
            raise UnreadableContract(f"{place}: an object was expected.")
        if missing := [name for name in expected if name not in value]:
            raise UnreadableContract(f"{place}: {missing[0]} is missing.")
        if unknown := [name for name in value if name not in expected]:
            raise UnreadableContract(f"{place}: {str(unknown[0])[:60]} is not known there.")
        return value

    def _all(self, value: Any, place: str, read: Callable[[Any, str], Value]) -> tuple[Value, ...]:
        if not isinstance(value, list):
            raise UnreadableContract(f"{place}: a list was expected.")
        self._items -= len(value)
        if self._items < 0:
            raise UnreadableContract(f"{place}: the document has more than {self._limits.items} entries.")
        return tuple(read(item, f"{place}[{position}]") for position, item in enumerate(value))

    def _maybe(self, value: Any, place: str, read: Callable[[Any, str], Value]) -> Value | None:
        return None if value is None else read(value, place)

    def _words(self, value: Any, place: str) -> str:
        if not isinstance(value, str):
            raise UnreadableContract(f"{place}: words were expected.")
        self._characters -= len(value)
        if self._characters < 0:
            raise UnreadableContract(
                f"{place}: the document has more than {self._limits.characters} characters."
            )
        if any(letter < " " or "\ud800" <= letter <= "\udfff" for letter in value):
            raise UnreadableContract(f"{place}: there is a control character in the words.")
        return unicodedata.normalize("NFC", value)

    def _words_or_none(self, value: Any, place: str) -> str | None:
        return None if value is None else self._words(value, place)

    def _one_of(self, value: Any, place: str, known: tuple[Any, ...]) -> Any:
        if value not in known:
            raise UnreadableContract(f"{place}: one of {', '.join(known)} was expected.")
        return value

    def _day(self, value: Any, place: str) -> date | None:
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise UnreadableContract(f"{place}: a day as 2026-01-31 was expected.") from None
