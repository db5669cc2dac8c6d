"""Tasks, duties, sections and units as pages list them: plain values, cheap to make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit by its names; `short_name` is empty where it has none, `ended` where it still exists."""

    pk: int
    name: str
    short_name: str = ""
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A heading of the plan; `parent` is the key of the one above it, in plan order."""

    pk: int
    parent: int | None
    label: str
    heading: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with the units that answer for it now.

    `number` counts the plan's tasks from 1, as the import page does; None for one that was dropped.
    `recurrence` is the stored code, empty for none. `decided_deadline` says in words what an officer
    decided instead of the plan's deadline; empty where the plan's stands. `duties` is how many duties in force
    carry it out.
    """

    pk: int
    number: int | None
    ref: str
    text: str
    section: int | None = None
    due_text: str = ""
    due_date: date | None = None
    recurrence: str = ""
    state: str = "OPEN"
    partner_names: tuple[str, ...] = ()
    duties: int = 0
    lead: UnitName | None = None
    supports: tuple[UnitName, ...] = ()
    decided_deadline: str = ""

    @property
    def has_deadline(self) -> bool:
        """Whether it is said when: by the plan, as a day or a recurrence, or by an officer."""
        return self.due_date is not None or bool(self.recurrence or self.decided_deadline)


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty in the plan's words, with the keys of the tasks that it carries out."""

    pk: int
    unit: UnitName
    ref: str
    text: str
    role: str
    due_text: str = ""
    due_date: date | None = None
    recurrence: str = ""
    tasks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with how much of a plan is its own: tasks led, tasks supported, duties given.

    `depth` counts the units above it that are listed too.
    """

    unit: UnitName
    depth: int
    led: int
    supported: int
    duties: int
