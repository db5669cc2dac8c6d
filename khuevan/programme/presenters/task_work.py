"""Where the work on one task stands, unit by unit and step by step, as its page shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.plain.calendar.deadline_rules import rule_from_plain
from khuevan.plain.calendar.deadline_sentences import sentence
from khuevan.programme.choices import (
    OWED_STATES,
    AssignmentRole,
    AssignmentSource,
    InstalmentState,
)
from khuevan.programme.lines import UnitName
from khuevan.programme.presenters.states import StateSign, due_in_words, state_sign
from khuevan.programme.presenters.wording import day as written_day
from khuevan.programme.presenters.wording import short_title
from khuevan.programme.task_queries import OwedLine, PartLine

# More instalments than these are folded behind the one that is asked for now.
SHOWN_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class OwedItem:
    """One instalment: its day, its sign, how far it is. `why` is the reason where it is not required."""

    pk: int
    due: str
    sign: StateSign
    percent: int
    difficulty: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class PartItem:
    """One unit's part: `current` is asked for now; `others` are the rest, `folded` where they are many.

    `role` is the stored code. `rule` is the deadline of its own in words, empty for the task's. `summary` says how
    many of them are done. `reports`: the person's own unit owes what is asked for now.
    """

    pk: int
    unit: UnitName
    is_lead: bool
    role: str
    role_label: str
    source: str
    rule: str
    current: OwedItem | None
    others: tuple[OwedItem, ...]
    folded: bool
    summary: str
    is_group: bool
    reports: bool = False


@dataclass(frozen=True, slots=True)
class EndedItem:
    """A part that an officer ended, or that an amended plan dropped (then without a person and a reason)."""

    unit: UnitName
    role: str
    by: str
    at: datetime | None
    reason: str
    others: tuple[OwedItem, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The task in one line: the lead's sign, the next deadline, how far, and what calls for attention."""

    sign: StateSign
    due_label: str
    due: str
    percent: int
    facts: tuple[str, ...]
    alarms: tuple[str, ...]


def rule_in_words(plain: dict[str, Any] | None) -> str:
    """The deadline rule as a sentence; empty for none."""
    return "" if plain is None else sentence(rule_from_plain(plain))


def owed_item(line: OwedLine, today: date) -> OwedItem:
    """The instalment for the page."""
    return OwedItem(
        line.pk,
        written_day(line.due_date) or capfirst(_("no deadline")),
        state_sign(line.state, line.due_date, today),
        line.percent,
        line.difficulty,
        line.cancel_reason,
    )


def part_item(
    part: PartLine, today: date, *, group_kind: str, own: Collection[int] = (), has_lead: bool = True
) -> PartItem:
    """One part in force; `own` are the units for which the person reports, which needs a lead."""
    current = part.current
    others = tuple(owed_item(line, today) for line in part.owed if line is not current)
    source = str(AssignmentSource(part.source).label)
    if part.origin is not None:
        source = f"{source} {part.origin[0]}: “{short_title(part.origin[1], 90)}”"
    return PartItem(
        part.pk,
        part.unit,
        part.is_lead,
        part.role,
        str(AssignmentRole(part.role).label),
        source,
        rule_in_words(part.rule),
        None if current is None else owed_item(current, today),
        others,
        len(part.owed) > SHOWN_AT_ONCE,
        _count_done(part),
        part.kind == group_kind,
        has_lead and part.unit.pk in own and current is not None and current.state in OWED_STATES,
    )


def ended_item(part: PartLine, today: date) -> EndedItem:
    """One part that is over. What was never begun says nothing of it."""
    told = [
        line
        for line in part.owed
        if not (line.percent == 0 and line.state in (InstalmentState.CANCELLED, InstalmentState.WAITING))
    ]
    return EndedItem(
        part.unit,
        str(AssignmentRole(part.role).label),
        part.ended_by,
        part.ended_at,
        part.end_reason,
        tuple(owed_item(line, today) for line in told),
    )


def _count_done(part: PartLine) -> str:
    """ "2 of 4 done", where there are several to count."""
    counted = [line for line in part.owed if line.state != InstalmentState.CANCELLED]
    done = sum(line.state == InstalmentState.DONE for line in counted)
    if len(counted) < 2:
        return ""
    return _("%(done)s of %(all)s instalments done") % {"done": done, "all": len(counted)}


def standing(parts: Sequence[PartLine], today: date) -> Standing | None:
    """Where the task stands by the parts in force; None where no unit leads it."""
    lead = next((part for part in parts if part.is_lead), None)
    if lead is None:
        return None
    line = lead.current
    if line is None:
        sign = StateSign(InstalmentState.WAITING, _("Nothing is asked for"))
        return Standing(sign, _("Deadline"), _("none"), 0, (), _alarms(parts, today))
    due = due_in_words(line.due_date, today) if line.state in OWED_STATES else written_day(line.due_date)
    return Standing(
        state_sign(line.state, line.due_date, today),
        _("Next deadline") if line.is_open else _("Last deadline"),
        due or _("no deadline"),
        line.percent,
        tuple(filter(None, (_count_done(lead),))),
        _alarms(parts, today),
    )


def _alarms(parts: Sequence[PartLine], today: date) -> tuple[str, ...]:
    late = sum(
        any(
            line.state in OWED_STATES and line.due_date is not None and line.due_date < today
            for line in part.owed
        )
        for part in parts
        if not part.is_lead
    )
    difficult = sum(line.difficulty for part in parts for line in part.owed)
    returned = sum(line.state == InstalmentState.REPORTED for part in parts for line in part.owed)
    found = []
    if late:
        found.append(
            ngettext("%(units)s supporting unit is late", "%(units)s supporting units are late", late)
            % {"units": late}
        )
    if difficult:
        found.append(
            ngettext(
                "%(count)s difficulty waits for an answer",
                "%(count)s difficulties wait for an answer",
                difficult,
            )
            % {"count": difficult}
        )
    if returned:
        found.append(
            ngettext(
                "%(count)s report waits to be accepted", "%(count)s reports wait to be accepted", returned
            )
            % {"count": returned}
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class OtherTask:
    """A task that this one waits for, or that waits for this one. `plan` is empty for the same plan."""

    pk: int
    precedence: int
    title: str
    number: int | None
    plan: str
    lead: str
    is_done: bool


def other_tasks(rows: Iterable[dict[str, Any]] | None, plan: int) -> list[OtherTask]:
    """The tasks at the other side, in plan order, those of the same plan first."""
    ordered = sorted(rows or (), key=lambda row: (row["plan"] != plan, row["plan"], row["order"], row["pk"]))
    return [
        OtherTask(
            row["pk"],
            row["precedence"],
            short_title(row["text"], 90),
            None if row["dropped"] else row["order"] + 1,
            "" if row["plan"] == plan else row["plan_symbol"] or short_title(row["plan_title"], 50),
            row["lead"] or "",
            bool(row["done"]),
        )
        for row in ordered
    ]
