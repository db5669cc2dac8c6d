"""What happened to a task, as sentences: the audit trail read out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from khuevan.programme.choices import AssignmentRole, Recurrence, TaskState
from khuevan.programme.models import Task
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
}
_CODES = {"recurrence": Recurrence, "state": TaskState, "role": AssignmentRole}


class Entry(Protocol):
    """The part of an audit entry that sentences are made of; `model` names the kind of record."""

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
class Event:
    """One deed of one person: what was done, and what came of it, a sentence each."""

    at: datetime
    by: str
    deed: str
    sentences: tuple[str, ...]


def events(
    entries: Iterable[Entry], unit_names: Mapping[int, str], duty_refs: Mapping[int, str]
) -> list[Event]:
    """The deeds, oldest first; entries of one deed (`batch`) stand together.

    `unit_names` and `duty_refs` give words to the keys that the trail keeps.
    """
    found: dict[Any, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.batch, []).append(entry)
    return [
        Event(
            group[0].at,
            str(group[0].by),
            deed_name(group[0].verb),
            tuple(text for entry in group for text in sentences(entry, unit_names, duty_refs)),
        )
        for group in found.values()
    ]


def deed_name(verb: str) -> str:
    """What the deed is called on screen; the plain word "Change" for one that has no name here."""
    names = {
        "carry_out_import": _("Put into the programme from the plan's file"),
        "import_plan_file": _("Put into the programme from the plan's file"),
    }
    return names.get(verb, _("Change"))


def sentences(entry: Entry, unit_names: Mapping[int, str], duty_refs: Mapping[int, str]) -> list[str]:
    """What one entry says, none or several sentences."""
    model = entry.target_type.model
    if model == "assignment":
        return _of_assignment(entry, unit_names)
    if model == "dutytask":
        ref = duty_refs.get(_after(entry, "duty") or _before(entry, "duty"), "")
        if entry.kind == "CREATED":
            return [_("Tied to the duty %(ref)s.") % {"ref": ref}] if ref else [_("Tied to a duty.")]
        return [_("No longer tied to the duty %(ref)s.") % {"ref": ref}] if ref else []
    if entry.kind == "CREATED":
        return [_("The task came into the programme.")]
    return [text for name in entry.changes if (text := _of_field(entry, name))]


def _of_assignment(entry: Entry, unit_names: Mapping[int, str]) -> list[str]:
    unit = unit_names.get(entry.changes.get("unit", [None, None])[1] or 0)
    if entry.kind == "CREATED" and unit:
        if _after(entry, "role") == AssignmentRole.LEAD:
            return [_("%(unit)s leads.") % {"unit": unit}]
        return [_("%(unit)s supports.") % {"unit": unit}]
    if _after(entry, "dropped_in"):
        return [_("An assignment lost its reason in the amended plan.")]
    return [text for name in entry.changes if (text := _of_field(entry, name))]


def _of_field(entry: Entry, name: str) -> str:
    if name == "dropped_in":
        return _("Dropped by an amended plan.") if _after(entry, name) else _("In force again.")
    if name in _SILENT or name == "unit":
        return ""
    if name == "state" and "dropped_in" in entry.changes:
        # Said by the sentence about the version that dropped it.
        return ""
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
    if name == "due_date":
        return day(date.fromisoformat(value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _before(entry: Entry, name: str) -> Any:
    return entry.changes.get(name, [None, None])[0]


def _after(entry: Entry, name: str) -> Any:
    return entry.changes.get(name, [None, None])[1]
