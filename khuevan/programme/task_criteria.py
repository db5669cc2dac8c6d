"""Which tasks a list shows, in which order and with which columns: values that fit in an address."""

from __future__ import annotations

from dataclasses import dataclass

# Columns in the order in which list and export show them; the task's words always stand among them.
COLUMNS = (
    "number", "ref", "text", "section", "lead", "supports", "due_date", "due_text", "recurrence", "duties",
    "partners", "state",
)  # fmt: skip
ALWAYS = "text"
DEFAULT_COLUMNS = ("number", "text", "section", "lead", "supports", "due_date", "recurrence")
SORTS = ("order", "-order", "due", "-due", "lead", "-lead", "section", "-section")


@dataclass(frozen=True, slots=True)
class TaskCriteria:
    """What the person asked for. Empty text and None mean no wish; `with`/`without` are the words stored."""

    words: str = ""
    section: int | None = None
    unit: int | None = None
    role: str = ""
    lead: str = ""
    deadline: str = ""
    recurrence: str = ""
    state: str = "OPEN"
    sort: str = "order"
    columns: tuple[str, ...] = DEFAULT_COLUMNS

    @property
    def narrows(self) -> bool:
        """Whether the list may hold less than all tasks in force."""
        return bool(self.words) or self.chooses

    @property
    def chooses(self) -> bool:
        """Whether something beside the words searched for narrows the list."""
        wishes = (self.section, self.unit, self.lead, self.deadline, self.recurrence)
        return any(wishes) or self.state != "OPEN"


def chosen_columns(names: list[str]) -> tuple[str, ...]:
    """The known ones among the names in the order of the table; the usual ones where none was named."""
    chosen = tuple(name for name in COLUMNS if name in names or name == ALWAYS)
    return chosen if any(name in COLUMNS for name in names) else DEFAULT_COLUMNS
