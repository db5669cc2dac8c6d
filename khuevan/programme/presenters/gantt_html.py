"""The rows of the chart and of its table as HTML, written by a plain loop: a plan may have a thousand of them.

Every word that comes from a plan or a person is escaped; what is not is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from khuevan.programme.presenters.gantt import GanttGroup, GanttRow

NONE = "–"


@dataclass(frozen=True, slots=True)
class DrawnGroup:
    """A group with its rows as they are drawn."""

    group: GanttGroup
    rows: SafeString


def drawn_groups(groups: Iterable[GanttGroup], task_base: str) -> list[DrawnGroup]:
    """The groups with their rows; `task_base` is what stands before a task's key in its address."""
    words = {
        "waits": escape(_("waits for")),
        "step": escape(_("step of task")),
        "no_lead": escape(_("No lead yet")),
    }
    return [
        DrawnGroup(group, mark_safe("".join(_chart_row(row, task_base, words) for row in group.rows)))  # noqa: S308
        for group in groups
    ]


def table_rows(groups: Iterable[GanttGroup], task_base: str) -> SafeString:
    """All rows as those of a table: task, unit, start, deadline, state, percent, what it waits for."""
    labels = [
        escape(label)
        for label in (_("Unit"), _("Start"), _("Deadline"), _("State"), _("Done so far"), _("Waits for"))
    ]
    parts = (part for group in groups for row in group.rows for part in _table_row(row, task_base, labels))
    return mark_safe("".join(parts))  # noqa: S308


def _chart_row(row: GanttRow, task_base: str, words: Mapping[str, str]) -> str:
    title = escape(row.title)
    if row.is_step:
        name = f'<span class="w-sr-only">{words["step"]} {row.number}: </span>{title}'
    else:
        number = f'<span class="pg-gantt-number">{row.number}</span>'
        name = f'<a href="{task_base}{row.task}/">{number} {title}</a>'
    unit = (
        f'<span class="pg-missing">{words["no_lead"]}</span>'
        if row.unit is None
        else f"<span>{escape(row.unit.short_name or row.unit.name)}</span>"
    )
    waits = f"<span>{words['waits']} {row.waits_for}</span>" if row.waits_for and not row.is_step else ""
    return (
        f'<li class="pg-time-row{" pg-gantt-step" if row.is_step else ""}" id="{row.key}">'
        f'<div class="pg-time-name">{name}<span class="pg-gantt-facts">{_state(row)}'
        f"<span>{escape(row.due)}</span>{unit}{waits}</span></div>"
        f'<div class="pg-slots pg-track" aria-hidden="true">{row.track}</div></li>'
    )


def _state(row: GanttRow) -> str:
    return (
        f'<span class="pg-state pg-state-{row.sign.code}"><span class="pg-state-sign" aria-hidden="true"></span>'
        f"{escape(row.sign.label)}</span>"
    )


def _table_row(row: GanttRow, task_base: str, labels: Sequence[str]) -> Iterator[str]:
    title = escape(row.title)
    if row.is_step:
        yield f'<tr class="pg-gantt-step"><th scope="row">{title}</th>'
    else:
        yield f'<tr><th scope="row"><a href="{task_base}{row.task}/">{row.number}. {title}</a></th>'
    cells = (
        NONE if row.unit is None else escape(row.unit.short_name or row.unit.name),
        row.start,
        escape(row.due),
        escape(row.sign.label),
        # A step has a state, no percentage.
        NONE if row.is_step else f"{row.percent}%",
        escape(row.waits_for) or NONE,
    )
    for label, cell in zip(labels, cells, strict=True):
        yield f'<td data-label="{label}">{cell}</td>'
    yield "</tr>"
