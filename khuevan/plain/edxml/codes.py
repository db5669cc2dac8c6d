"""The codes and lengths that the standard of edXML sets, as data with its source (`data/codes.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

_DATA: Final = Path(__file__).parent / "data" / "codes.toml"


class CodeList(StrEnum):
    """The lists of codes that a message draws on."""

    PRIORITY = "PRIORITY"
    STEERING = "STEERING"
    BUSINESS = "BUSINESS"
    RECEIVER = "RECEIVER"
    STATUS = "STATUS"
    DOCUMENT_TYPE = "DOCUMENT_TYPE"
    ORGANISATION = "ORGANISATION"


class BusinessType(IntEnum):
    """What a message does with a document; the codes of the list BUSINESS."""

    NEW = 0
    REVOKE = 1
    UPDATE = 2
    REPLACE = 3


class ReceiverChange(IntEnum):
    """What an update does with a recipient; the codes of the list RECEIVER."""

    REMOVED = 0
    ADDED = 1


class StatusCode(StrEnum):
    """What a recipient reports of a document; the codes of the list STATUS."""

    ARRIVED = "01"
    REFUSED = "02"
    RECEIVED = "03"
    WAITING = "04"
    IN_PROGRESS = "05"
    COMPLETED = "06"
    TAKEN_BACK = "13"
    AGREED = "15"
    DECLINED = "16"


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list: its Vietnamese name, the English one, and whether it was seen in a source.

    `symbol` is a document type's abbreviation (KH, BC), empty elsewhere.
    """

    code: str
    name: str
    english: str
    symbol: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Length:
    """The longest text of an element, in characters; an unverified length is only warned of."""

    element: str
    maximum: int
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition of the standard the codes follow, and the date of the circular that brought it."""

    version: str
    dated: date


def edition() -> Edition:
    """The edition of the standard that the codes follow."""
    data = _data()
    return Edition(data["version"], data["dated"])


@cache
def codes_of(of: CodeList) -> tuple[Code, ...]:
    """The codes of a list in its own order."""
    (found,) = (entry for entry in _data()["list"] if entry["list"] == of)
    return tuple(
        Code(
            code=item["code"],
            name=item["name"],
            english=item["english"],
            symbol=item.get("symbol", ""),
            source=item.get("source", found["source"]),
            verified=item.get("verified", found["verified"]),
        )
        for item in found["codes"]
    )


def code_of(of: CodeList, value: object) -> Code | None:
    """The entry of a list for a code as the message has it; None where the list does not have it."""
    return next((code for code in codes_of(of) if code.code == str(value)), None)


def document_type(symbol: str) -> Code | None:
    """The type of document that has the abbreviation `symbol` (KH, BC; CV for an official letter)."""
    return next((code for code in codes_of(CodeList.DOCUMENT_TYPE) if symbol and code.symbol == symbol), None)


@cache
def lengths() -> dict[str, Length]:
    """The longest text of each element that has one, by the element's name."""
    return {entry["element"]: Length(**entry) for entry in _data()["length"]}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))
