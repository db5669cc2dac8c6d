"""Single fields of a message read as what they mean; what cannot be read is left out with a warning."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, TypeVar

from khuevan.plain.edxml import codes, texts, warnings
from khuevan.plain.edxml.codes import CodeList
from khuevan.plain.edxml.envelope import VIETNAM
from khuevan.plain.edxml.parsing import Element

_T = TypeVar("_T", date, datetime)

_DAY: Final = r"(\d{4})([/-])(\d{1,2})\2(\d{1,2})"
_TIME: Final = re.compile(
    _DAY + r"[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)
_DATE: Final = re.compile(_DAY + r"(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_NUMBER: Final = re.compile(r"-?\d{1,9}", re.ASCII)
_FLAGS: Final = {"true": True, "1": True, "false": False, "0": False}
# Programs write the first day of their calendar (0001/01/01, 1900/01/01 …) where they have no date.
FIRST_YEAR: Final = 1945


class Fields:
    """Reads the children of an element by their names and collects what there is to warn of."""

    def __init__(self) -> None:
        """Fields without a warning yet."""
        self.warnings: list[str] = []

    def warn(self, template: str, **parameters: object) -> None:
        """Keeps a warning once."""
        warning = template.format(**parameters)
        if warning not in self.warnings:
            self.warnings.append(warning)

    def one(self, parent: Element | None, name: str) -> Element | None:
        """The child of that name; warns where there are several."""
        found = parent.all(name) if parent is not None else []
        if len(found) > 1:
            self.warn(warnings.REPEATED, line=found[1].line, element=name)
        return found[0] if found else None

    def text(self, parent: Element | None, name: str) -> str:
        """The text of the child; empty where there is none."""
        child = self.one(parent, name)
        return child.text.strip(texts.SPACE) if child is not None else ""

    def number(self, parent: Element | None, name: str, of: CodeList | None = None) -> int | None:
        """The child as a number; warns of one that its list of codes does not have."""
        child, text = self._given(parent, name)
        if child is None:
            return None
        if _NUMBER.fullmatch(text) is None:
            self.warn(warnings.NO_NUMBER, line=child.line, element=name)
            return None
        if of is not None and codes.code_of(of, int(text)) is None:
            self.warn(warnings.UNKNOWN_CODE, line=child.line, element=name)
        return int(text)

    def flag(self, parent: Element | None, name: str) -> bool | None:
        """The child as true or false."""
        child, text = self._given(parent, name)
        if child is None:
            return None
        if text.lower() not in _FLAGS:
            self.warn(warnings.NO_FLAG, line=child.line, element=name)
        return _FLAGS.get(text.lower())

    def day(self, parent: Element | None, name: str) -> date | None:
        """The child as a date, written yyyy/MM/dd or yyyy-MM-dd."""
        return self._instant(parent, name, _as_day, warnings.NO_DATE)

    def instant(self, parent: Element | None, name: str) -> datetime | None:
        """The child as an instant, written yyyy/MM/dd HH:mm:ss; the time of Vietnam if it names no zone."""
        return self._instant(parent, name, _as_instant, warnings.NO_TIME)

    def _given(self, parent: Element | None, name: str) -> tuple[Element | None, str]:
        """The child with its text; no child where it is empty."""
        child = self.one(parent, name)
        text = child.text.strip(texts.SPACE) if child is not None else ""
        return (child, text) if text else (None, "")

    def _instant(
        self, parent: Element | None, name: str, read: Callable[[str], _T | None], template: str
    ) -> _T | None:
        child, text = self._given(parent, name)
        if child is None:
            return None
        found = read(text)
        if found is None:
            self.warn(template, line=child.line, element=name)
        return found


def _as_day(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
    return day if day.year >= FIRST_YEAR else None


def _as_instant(text: str) -> datetime | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    year, _, month, day, hour, minute, second, zone = match.groups()
    try:
        read = datetime(
            int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=_zone(zone)
        )
        return read if FIRST_YEAR <= read.year < 9999 else None
    except ValueError:
        return None


def _zone(text: str | None) -> timezone:
    if text is None:
        return VIETNAM
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
