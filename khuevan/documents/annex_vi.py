"""One document's metadata in the names, order and lengths of Decree 30/2020, annex VI, as XML or JSON.

A value that is longer than the annex allows is given whole and marked, never cut. An empty field is left out.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from khuevan.documents.choices import Direction

DATA = Path(__file__).parent / "data" / "annex_vi_decree_30_2020.toml"
# What XML 1.0 cannot hold.
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], " ")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the annex: its number and label there, its English name, kind and length; what fills it.

    A field with children holds them instead of a value, once for each item of `each` where that is given.
    """

    number: str
    label: str
    name: str
    kind: str = ""
    length: int | None = None
    source: str = ""
    each: str = ""
    children: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """The fields of both directions, and the digit of each urgency."""

    regulation: str
    outgoing: tuple[Field, ...]
    incoming: tuple[Field, ...]
    priorities: Mapping[str, int]

    def fields(self, direction: str) -> tuple[Field, ...]:
        """The fields of documents that go this way."""
        return self.outgoing if direction == Direction.OUT else self.incoming


@cache
def annex_vi() -> Annex:
    """The annex as its data file has it."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    priorities = {name: value for name, value in data["priority"].items() if name != "verified"}
    return Annex(data["regulation"], _fields(data["outgoing"]), _fields(data["incoming"]), priorities)


def _fields(rows: Sequence[dict[str, Any]]) -> tuple[Field, ...]:
    return tuple(
        Field(
            number=row["number"],
            label=row["label"],
            name=row["name"],
            kind=row.get("kind", ""),
            length=row.get("length"),
            source=row.get("from", ""),
            each=row.get("each", ""),
            children=_fields(row.get("children", ())),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Filled:
    """A field with its value in text, or with what stands below it. `too_long` tells the annex's length."""

    field: Field
    text: str = ""
    below: tuple[Filled, ...] = ()
    too_long: int | None = None


def filled_fields(fields: Sequence[Field], values: Mapping[str, Any]) -> tuple[Filled, ...]:
    """The fields that have a value, in the annex's order. Days are ISO (10 letters), as the annex's length wants."""
    return tuple(_filled(fields, values))


def _filled(fields: Sequence[Field], values: Mapping[str, Any]) -> Iterator[Filled]:
    for field in fields:
        if field.children:
            for item in values.get(field.each) or () if field.each else (values,):
                below = filled_fields(field.children, item)
                if below:
                    yield Filled(field, below=below)
            continue
        value = values.get(field.source)
        if value is None or value == "":
            continue
        text = value.isoformat() if isinstance(value, date) else str(value)
        longer = field.length if field.length is not None and len(text) > field.length else None
        yield Filled(field, text, too_long=longer)


def as_xml(filled: Sequence[Filled], direction: str) -> bytes:
    """The metadata as XML in UTF-8; an element's `maxLength` says that its value is longer than that."""
    root = ET.Element("Document", {"direction": direction, "regulation": annex_vi().regulation})
    _add(root, filled)
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _add(parent: ET.Element, filled: Sequence[Filled]) -> None:
    for item in filled:
        element = ET.SubElement(parent, item.field.name)
        if item.too_long is not None:
            element.set("maxLength", str(item.too_long))
        if item.below:
            _add(element, item.below)
        else:
            element.text = item.text.translate(_NOT_IN_XML)


def as_json(filled: Sequence[Filled], direction: str) -> bytes:
    """The same as JSON; a field that may stand several times is a list, numbers are numbers."""
    told = {"direction": direction, "regulation": annex_vi().regulation, **_plain(filled)}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _plain(filled: Sequence[Filled]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in filled:
        value: Any = _plain(item.below) if item.below else item.text
        if item.field.kind == "Number" and item.text.isdecimal():
            value = int(item.text)
        if item.field.each:
            found.setdefault(item.field.name, []).append(value)
        else:
            found[item.field.name] = value
    too_long = [item.field.name for item in filled if item.too_long is not None]
    return found | ({"longerThanAllowed": too_long} if too_long else {})
