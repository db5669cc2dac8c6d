"""The list of tasks as a table: the chosen columns, a value for each cell, for screen and exports alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from khuevan.programme.choices import TaskState
from khuevan.programme.lines import TaskLine
from khuevan.programme.presenters.wording import recurrence_label

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its code, its heading, and the sorting it offers (empty for none)."""

    code: str
    label: str
    sort: str = ""


def columns(codes: Sequence[str]) -> tuple[Column, ...]:
    """The columns of these codes with their headings."""
    known = {
        "number": (_("No."), "order"),
        "ref": (_("Place in the plan"), ""),
        "text": (_("Task"), ""),
        "section": (_("Section"), "section"),
        "lead": (_("Lead unit"), "lead"),
        "supports": (_("Supporting units"), ""),
        "due_date": (_("Deadline"), "due"),
        "due_text": (_("Deadline in the plan's words"), ""),
        "recurrence": (_("Recurrence"), ""),
        "duties": (_("Duties"), ""),
        "partners": (_("Partners named in the plan"), ""),
        "state": (_("State"), ""),
    }
    return tuple(Column(code, *known[code]) for code in codes)


def cell(task: TaskLine, code: str, sections: Mapping[int, str]) -> Value:
    """The value of one cell: dates and numbers as such, texts whole; `sections` are titles by key."""
    if code == "section":
        return sections.get(task.section, "") if task.section is not None else ""
    if code == "lead":
        return task.lead.name if task.lead else ""
    if code == "supports":
        return "; ".join(unit.name for unit in task.supports)
    if code == "recurrence":
        return recurrence_label(task.recurrence)
    if code == "partners":
        return "; ".join(task.partner_names)
    if code == "state":
        return str(TaskState(task.state).label)
    value: Value = getattr(task, code)
    return value


def rows(tasks: Sequence[TaskLine], codes: Sequence[str], sections: Mapping[int, str]) -> list[list[Value]]:
    """The table's cells, a list a task."""
    return [[cell(task, code, sections) for code in codes] for task in tasks]
