"""What happened to a task, as sentences: the audit trail read out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from khuevan.core import deeds
from khuevan.programme.choices import AssignmentRole, Recurrence, TaskState
from khuevan.programme.models import Task
from khuevan.programme.presenters.history_of_work import (
    Part,
    assignment_sentences,
    difficulty_sentences,
    instalment_sentences,
    reply_sentences,
    rule_sentence,
    step_sentences,
)
from khuevan.programme.presenters.wording import day

# What a sentence of the history cannot say in a useful way: keys, places, lists that only the reader needs.
_SILENT = {
    "plan",
    "read_in",
    "section",
    "ref",
    "lead_names",
    "task",
    "duty",
    "origin",
    "source",
    "order",
    "place",
    "deadline_decided",
    "from_date",
}
_CODES = {"recurrence": Recurrence, "state": TaskState, "role": AssignmentRole}
_DAYS = {"due_date", "start_date"}


class Entry(Protocol):
    """The part of an audit entry that sentences are made of; `model` names the kind of record.

    Entries about replies carry `reply`, those about instalments and difficulties `instalment` (see
    `task_queries.history_of_work`).
    """

    at: datetime
    verb: str
    kind: str
    changes: dict[str, list[Any]]
    batch: Any

    @property
    def by(self) -> Any: ...

    @property
    def target_type(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Names:
    """Words for the keys that the trail keeps.

    `parts` are the parts of units by the key of the assignment, `instalments` by the key of the instalment.
    """

    units: Mapping[int, str]
    duties: Mapping[int, str]
    parts: Mapping[int, Part] = field(default_factory=dict)
    instalments: Mapping[int, Part] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """One deed of one person: what was done, and what came of it, a sentence each."""

    at: datetime
    by: str
    deed: str
    sentences: tuple[str, ...]


def events(
    entries: Iterable[Entry],
    unit_names: Mapping[int, str],
    duty_refs: Mapping[int, str],
    parts: Mapping[int, Part] | None = None,
    instalments: Mapping[int, Part] | None = None,
) -> list[Event]:
    """The deeds, oldest first; entries of one deed (`batch`) stand together.

    `unit_names`, `duty_refs`, `parts` and `instalments` give words to the keys that the trail keeps. A deed of
    which nothing can be told here is left out.
    """
    names = Names(unit_names, duty_refs, parts or {}, instalments or {})
    found: dict[Any, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.batch, []).append(entry)
    told = [
        Event(
            group[0].at,
            str(group[0].by),
            deed_name(group[0].verb),
            tuple(dict.fromkeys(text for entry in group for text in sentences(entry, names))),
        )
        for group in found.values()
    ]
    return [event for event in told if event.sentences]


def deed_name(verb: str) -> str:
    """What the deed is called on screen; the plain word "Change" for one that has no name."""
    # Said here as the units say it; the audit trail's page names the rest.
    names = {
        "carry_out_import": _("Put into the programme from the plan's file"),
        "import_plan_file": _("Put into the programme from the plan's file"),
        "waive_instalment": _("Report not required"),
        "send_reply": _("Sent a report"),
        "accept_reply": _("Accepted a report"),
        "return_reply": _("Returned a report"),
    }
    return names.get(verb) or deeds.deed_name(verb) or _("Change")


def sentences(entry: Entry, names: Names) -> list[str]:
    """What one entry says, none or several sentences."""
    model = entry.target_type.model
    if model == "assignment":
        return assignment_sentences(entry, names.units, names.parts) or _plain(entry, {"unit"})
    if model == "step":
        return step_sentences(entry, names.units)
    if model == "reply":
        return reply_sentences(entry, names.instalments)
    if model == "instalment":
        return instalment_sentences(entry, names.instalments)
    if model == "difficulty":
        return difficulty_sentences(entry, names.instalments)
    if model == "taskprecedence":
        if entry.kind == "CREATED":
            return [_("The task waits for another one.")]
        return [_("The task no longer waits for another one.")]
    if model == "dutytask":
        ref = names.duties.get(_after(entry, "duty") or _before(entry, "duty"), "")
        if entry.kind == "CREATED":
            return [_("Tied to the duty %(ref)s.") % {"ref": ref}] if ref else [_("Tied to a duty.")]
        return [_("No longer tied to the duty %(ref)s.") % {"ref": ref}] if ref else []
    if entry.kind == "CREATED":
        return [_("The task came into the programme.")]
    return _plain(entry, set())


def _plain(entry: Entry, silent: set[str]) -> list[str]:
    """The changed fields one by one."""
    return [text for name in entry.changes if name not in silent and (text := _of_field(entry, name))]


def _of_field(entry: Entry, name: str) -> str:
    if name == "dropped_in":
        return _("Dropped by an amended plan.") if _after(entry, name) else _("In force again.")
    if name in _SILENT:
        return ""
    if name == "state" and "dropped_in" in entry.changes:
        # Said by the sentence about the version that dropped it.
        return ""
    if name == "deadline_rule":
        # Of an amended plan its own words are told.
        if entry.changes.keys() & {"due_text", "due_date", "recurrence"}:
            return ""
        return rule_sentence(_before(entry, name), _after(entry, name))
    if name == "text":
        return _("The plan's wording changed from “%(before)s” to “%(after)s”.") % {
            "before": _before(entry, name),
            "after": _after(entry, name),
        }
    return _("%(field)s: %(before)s → %(after)s.") % {
        "field": _field_name(name),
        "before": _shown(name, _before(entry, name)),
        "after": _shown(name, _after(entry, name)),
    }


def _field_name(name: str) -> str:
    try:
        label = str(getattr(Task._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        label = {"role": _("role")}.get(name, name)
    return label[:1].upper() + label[1:]


def _shown(name: str, value: Any) -> str:
    if value in (None, "", []):
        return _("none")
    if name in _CODES:
        return str(_CODES[name](value).label)
    if name in _DAYS:
        return day(date.fromisoformat(value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _before(entry: Entry, name: str) -> Any:
    return entry.changes.get(name, [None, None])[0]


def _after(entry: Entry, name: str) -> Any:
    return entry.changes.get(name, [None, None])[1]
