"""What a file that came back would change, and what of it cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from khuevan.plain.translation_files.inline import BrokenMarks, canonical, differing_marks
from khuevan.plain.translation_files.units import BROKEN, Incoming, Unit


class Fault(Enum):
    """Why one paragraph of a file is not taken."""

    UNKNOWN = "unknown"
    TWICE = "twice"
    SOURCE_CHANGED = "source_changed"
    MARKS_BROKEN = "marks_broken"
    MARKS_MISSING = "marks_missing"
    MARKS_EXTRA = "marks_extra"


@dataclass(frozen=True, slots=True)
class Refused:
    """One paragraph that is not taken: how the file names it, what it says, why, and which marks differ."""

    name: str
    target: str
    fault: Fault
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One translation that the file brings: the paragraph as it stands, and its new translation."""

    unit: Unit
    target: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the file brings, what is refused, and how many translations are the same already."""

    changes: list[Change] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    same: int = 0


def compared(units: list[Unit], incoming: list[Incoming]) -> Comparison:
    """The file's paragraphs against those that stand: each is a change, the same already, or refused."""
    by_key = {unit.key: unit for unit in units}
    result = Comparison()
    same = 0
    taken: set[str] = set()
    for paragraph in incoming:
        found = _found(by_key, units, paragraph)
        if isinstance(found, Refused):
            result.refused.append(found)
            continue
        target = canonical(paragraph.target)
        if found.key in taken:
            result.refused.append(Refused(found.key, target, Fault.TWICE))
            continue
        taken.add(found.key)
        if target == canonical(found.target):
            same += 1
            continue
        fault = _fault(found, paragraph)
        if fault is not None:
            result.refused.append(fault)
        else:
            result.changes.append(Change(found, target))
    return Comparison(result.changes, result.refused, same)


def _found(by_key: dict[str, Unit], units: list[Unit], paragraph: Incoming) -> Unit | Refused:
    """The paragraph that the file means, by its key or by its path and words."""
    name = paragraph.key if paragraph.key is not None else (paragraph.path or "")
    source = canonical(paragraph.source)
    if paragraph.key is not None:
        unit = by_key.get(paragraph.key)
        candidates = [unit] if unit is not None else []
    else:
        candidates = [unit for unit in units if unit.path == paragraph.path]
    if not candidates:
        return Refused(name, paragraph.target.replace(BROKEN, ""), Fault.UNKNOWN)
    for candidate in candidates:
        if canonical(candidate.source) == source:
            return candidate
    return Refused(name, paragraph.target.replace(BROKEN, ""), Fault.SOURCE_CHANGED)


def _fault(unit: Unit, paragraph: Incoming) -> Refused | None:
    if BROKEN in paragraph.target:
        return Refused(unit.key, "", Fault.MARKS_BROKEN)
    try:
        missing, extra = differing_marks(unit.source, paragraph.target)
    except BrokenMarks:
        return Refused(unit.key, paragraph.target, Fault.MARKS_BROKEN)
    if missing:
        return Refused(unit.key, paragraph.target, Fault.MARKS_MISSING, tuple(missing))
    if extra:
        return Refused(unit.key, paragraph.target, Fault.MARKS_EXTRA, tuple(extra))
    return None
