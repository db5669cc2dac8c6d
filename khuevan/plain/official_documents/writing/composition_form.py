"""A composition as plain JSON values, and back; what comes from outside is checked and bounded.

    {"form": "khuevan-composition-1", "type": "Kế hoạch", "number": 48, "notation": "KH-SVHTT", …
     "sections": [{"label": "I", "heading": "MỤC ĐÍCH", "blocks": ["words", {"runs": …}, {"table": …},
                  {"picture": …}], "children": [...]}]}

A paragraph in one style is a string. A picture is {"picture": name} of one that the caller holds, or
{"picture": {"data": base64}}.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from khuevan.plain.official_documents.document import Recipient, Signatory
from khuevan.plain.official_documents.writing.composition import (
    Annex,
    Block,
    Composition,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
)

FORM: Final = "khuevan-composition-1"
Value = TypeVar("Value")
# Allowed among letters: line feed in cells, tab. Everything else below the space would break a file.
_CONTROL = {chr(code) for code in range(32)} - {"\n", "\t"} | {"\x7f"}


class UnreadableComposition(ValueError):
    """The values are no composition; the message says where and what was expected."""


@dataclass(frozen=True, slots=True)
class CompositionLimits:
    """Bounds of one composition; what goes over one of them is refused, never cut."""

    sections: int = 20_000
    depth: int = 12
    characters: int = 2_000_000
    cells: int = 100_000
    columns: int = 40
    pictures: int = 200
    picture_bytes: int = 20_000_000
    list_items: int = 2_000


DEFAULT_COMPOSITION_LIMITS = CompositionLimits()


def as_plain(
    composition: Composition, *, name_picture: Callable[[Picture], str] | None = None
) -> dict[str, Any]:
    """Plain JSON values; `name_picture` gives the name under which the caller keeps a picture's bytes."""

    def block(value: Block) -> Any:
        if isinstance(value, Paragraph):
            if len(value.runs) == 1 and not value.runs[0].bold and not value.runs[0].italic:
                return value.text
            return {
                "runs": [
                    {key: entry for key, entry in dataclasses.asdict(run).items() if entry is not False}
                    for run in value.runs
                ]
            }
        if isinstance(value, Table):
            return {
                "table": {
                    "widths": list(value.widths),
                    "aligns": list(value.aligns),
                    "rows": [list(row) for row in value.rows],
                    "head_rows": value.head_rows,
                    "caption": value.caption,
                }
            }
        held: Any = (
            {"data": base64.b64encode(value.data).decode("ascii")}
            if name_picture is None
            else name_picture(value)
        )
        return {
            "picture": held,
            "alternative": value.alternative,
            "caption": value.caption,
            "width": value.width,
        }

    def section(value: Section) -> dict[str, Any]:
        return {
            "label": value.label,
            "heading": value.heading,
            "blocks": [block(item) for item in value.blocks],
            "children": [section(child) for child in value.children],
        }

    signatory = composition.signatory
    return {
        "form": FORM,
        "type": composition.type,
        "number": composition.number,
        "number_width": composition.number_width,
        "notation": composition.notation,
        "parent_body": composition.parent_body,
        "issuer": composition.issuer,
        "place": composition.place,
        "date": None if composition.date is None else composition.date.isoformat(),
        "title": composition.title,
        "enacting_authority": composition.enacting_authority,
        "addressees": list(composition.addressees),
        "legal_bases": list(composition.legal_bases),
        "sections": [section(item) for item in composition.sections],
        "recipients": [{"name": item.name, "purpose": item.purpose} for item in composition.recipients],
        "signatory": None if signatory is None else dataclasses.asdict(signatory),
        "urgency": composition.urgency,
        "circulation": composition.circulation,
        "drafter_mark": composition.drafter_mark,
        "contact": composition.contact,
        "annexes": [
            {
                "label": annex.label,
                "type": annex.type,
                "title": annex.title,
                "landscape": annex.landscape,
                "sections": [section(item) for item in annex.sections],
            }
            for annex in composition.annexes
        ],
    }


def from_plain(
    values: Any,
    *,
    pictures: Mapping[str, bytes] | None = None,
    limits: CompositionLimits = DEFAULT_COMPOSITION_LIMITS,
) -> Composition:
    """The composition that `as_plain` wrote; raises UnreadableComposition that names the place."""
    return _Reader({} if pictures is None else pictures, limits).composition(values)


class _Reader:
    """Reads one composition, counting what it takes in."""

    def __init__(self, pictures: Mapping[str, bytes], limits: CompositionLimits) -> None:
        self._pictures = pictures
        self._limits = limits
        self._left = {
            "sections": limits.sections,
            "characters": limits.characters,
            "cells": limits.cells,
            "pictures": limits.pictures,
            "picture_bytes": limits.picture_bytes,
        }

    def composition(self, values: Any) -> Composition:
        fields = self._mapping(values, "the document")
        if fields.get("form") != FORM:
            raise UnreadableComposition(f"form: {FORM} was expected; the file is of another kind.")
        number = fields.get("number")
        if number is not None and (not isinstance(number, int) or isinstance(number, bool) or number < 1):
            raise UnreadableComposition("number: a whole number from 1, or null, was expected.")
        width = fields.get("number_width", 2)
        if not isinstance(width, int) or isinstance(width, bool) or not 1 <= width <= 6:
            raise UnreadableComposition("number_width: a whole number from 1 to 6 was expected.")
        return Composition(
            type=self._needed(fields, "type"),
            number=number,
            number_width=width,
            date=self._day(fields.get("date"), "date"),
            **{
                name: self._words(fields.get(name), name)
                for name in (
                    "notation", "parent_body", "issuer", "place", "title", "enacting_authority", "urgency",
                    "circulation", "drafter_mark", "contact",
                )
            },
            addressees=self._all(fields.get("addressees"), "addressees", self._words),
            legal_bases=self._all(fields.get("legal_bases"), "legal_bases", self._words),
            sections=self._sections(fields.get("sections"), "sections", 1),
            recipients=self._all(fields.get("recipients"), "recipients", self._recipient),
            signatory=self._signatory(fields.get("signatory")),
            annexes=self._all(fields.get("annexes"), "annexes", self._annex),
        )  # fmt: skip

    def _sections(self, value: Any, place: str, depth: int) -> tuple[Section, ...]:
        if depth > self._limits.depth:
            raise UnreadableComposition(
                f"{place}: sections stand in one another more than {self._limits.depth} deep."
            )
        return self._all(value, place, lambda item, where: self._section(item, where, depth))

    def _section(self, value: Any, place: str, depth: int) -> Section:
        self._take("sections", 1, place)
        fields = self._mapping(value, place)
        heading = fields.get("heading")
        return Section(
            label=self._words(fields.get("label"), f"{place}.label"),
            heading=None if heading is None else self._words(heading, f"{place}.heading"),
            blocks=self._all(fields.get("blocks"), f"{place}.blocks", self._block),
            children=self._sections(fields.get("children"), f"{place}.children", depth + 1),
        )

    def _block(self, value: Any, place: str) -> Block:
        if isinstance(value, str):
            return Paragraph((Run(self._words(value, place)),))
        fields = self._mapping(value, place)
        if "runs" in fields:
            return Paragraph(self._all(fields["runs"], f"{place}.runs", self._run))
        if "table" in fields:
            return self._table(self._mapping(fields["table"], f"{place}.table"), f"{place}.table")
        if "picture" in fields:
            return self._picture(fields, place)
        raise UnreadableComposition(f"{place}: words, runs, a table or a picture were expected.")

    def _run(self, value: Any, place: str) -> Run:
        fields = self._mapping(value, place)
        return Run(
            self._words(fields.get("text"), f"{place}.text"),
            bold=fields.get("bold") is True,
            italic=fields.get("italic") is True,
        )

    def _table(self, fields: Mapping[str, Any], place: str) -> Table:
        widths = self._all(fields.get("widths"), f"{place}.widths", self._share)
        columns = len(widths)
        if not 1 <= columns <= self._limits.columns:
            raise UnreadableComposition(
                f"{place}.widths: from 1 to {self._limits.columns} columns were expected."
            )
        aligns = tuple(fields.get("aligns") or ["left"] * columns)
        if len(aligns) != columns or not set(aligns) <= {"left", "center", "right"}:
            raise UnreadableComposition(
                f"{place}.aligns: left, center or right for each column was expected."
            )

        def row(value: Any, where: str) -> tuple[str, ...]:
            cells = self._all(value, where, lambda cell, at: self._words(cell, at, lines=True))
            if len(cells) != columns:
                raise UnreadableComposition(f"{where}: {columns} cells were expected.")
            self._take("cells", columns, where)
            return cells

        rows = self._all(fields.get("rows"), f"{place}.rows", row, most=self._limits.cells)
        head_rows = fields.get("head_rows", 1)
        if not isinstance(head_rows, int) or not 0 <= head_rows <= len(rows):
            raise UnreadableComposition(f"{place}.head_rows: a number of the rows was expected.")
        return Table(widths, aligns, rows, head_rows, self._words(fields.get("caption"), f"{place}.caption"))

    def _picture(self, fields: Mapping[str, Any], place: str) -> Picture:
        self._take("pictures", 1, place)
        held = fields["picture"]
        if isinstance(held, str):
            if held not in self._pictures:
                raise UnreadableComposition(f"{place}: the picture “{held[:60]}” is not there.")
            data = self._pictures[held]
        else:
            try:
                data = base64.b64decode(str(self._mapping(held, place).get("data", "")), validate=True)
            except binascii.Error:
                raise UnreadableComposition(f"{place}: the picture's data are not Base64.") from None
        self._take("picture_bytes", len(data), place)
        width = self._share(fields.get("width", 1.0), f"{place}.width")
        return Picture(
            data=data,
            alternative=self._words(fields.get("alternative"), f"{place}.alternative"),
            caption=self._words(fields.get("caption"), f"{place}.caption"),
            width=min(width, 1.0),
        )

    def _annex(self, value: Any, place: str) -> Annex:
        fields = self._mapping(value, place)
        return Annex(
            label=self._words(fields.get("label"), f"{place}.label"),
            type=self._words(fields.get("type"), f"{place}.type"),
            title=self._words(fields.get("title"), f"{place}.title"),
            landscape=fields.get("landscape") is True,
            sections=self._sections(fields.get("sections"), f"{place}.sections", 1),
        )

    def _recipient(self, value: Any, place: str) -> Recipient:
        fields = self._mapping(value, place)
        purpose = fields.get("purpose")
        return Recipient(
            self._words(fields.get("name"), f"{place}.name"),
            None if purpose is None else self._words(purpose, f"{place}.purpose"),
        )

    def _signatory(self, value: Any) -> Signatory | None:
        if value is None:
            return None
        fields = self._mapping(value, "signatory")
        return Signatory(
            **{
                name: None if fields.get(name) is None else self._words(fields[name], f"signatory.{name}")
                for name in ("authority", "position", "name")
            }
        )

    def _needed(self, fields: Mapping[str, Any], name: str) -> str:
        words = self._words(fields.get(name), name)
        if not words:
            raise UnreadableComposition(f"{name}: words were expected.")
        return words

    def _words(self, value: Any, place: str, *, lines: bool = False) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise UnreadableComposition(f"{place}: words were expected.")
        self._take("characters", len(value), place)
        if not _CONTROL.isdisjoint(value) or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise UnreadableComposition(f"{place}: there is a control character in the words; take it out.")
        words = unicodedata.normalize("NFC", value)
        return words if lines else " ".join(words.split("\n")) if "\n" in words else words

    def _share(self, value: Any, place: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 10_000:
            raise UnreadableComposition(f"{place}: a number above 0 was expected.")
        return float(value)

    def _day(self, value: Any, place: str) -> date | None:
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise UnreadableComposition(f"{place}: a day as 2026-01-31 was expected.") from None

    def _mapping(self, value: Any, place: str) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise UnreadableComposition(f"{place}: an object was expected.")
        return value

    def _all(
        self,
        value: Any,
        place: str,
        read: Callable[[Any, str], Value],
        *,
        most: int | None = None,
    ) -> tuple[Value, ...]:
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            raise UnreadableComposition(f"{place}: a list was expected.")
        if len(value) > (most or self._limits.list_items):
            raise UnreadableComposition(f"{place}: more than {most or self._limits.list_items} entries.")
        return tuple(read(item, f"{place}[{position}]") for position, item in enumerate(value))

    def _take(self, what: str, amount: int, place: str) -> None:
        self._left[what] -= amount
        if self._left[what] < 0:
            bound = getattr(self._limits, what)
            raise UnreadableComposition(
                f"{place}: the document has more than {bound} {what.replace('_', ' ')}."
            )
