"""What happened to the work on a task, as sentences: orders, steps, reports. Never a word of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from khuevan.plain.calendar.deadline_rules import BadRule, rule_from_plain
from khuevan.plain.calendar.deadline_sentences import sentence
from khuevan.programme.choices import AssignmentRole, Outcome, StepState
from khuevan.programme.presenters.wording import day


@dataclass(frozen=True, slots=True)
class Part:
    """A unit's part as the history names it; `due` is the day of the instalment in question, None for none."""

    unit: str
    role: str = ""
    due: date | None = None


def assignment_sentences(entry: Any, units: Mapping[int, str], parts: Mapping[int, Part]) -> list[str]:
    """What an entry about an assignment says; empty where only its fields can be told."""
    unit = units.get(_after(entry, "unit") or 0)
    if entry.kind == "CREATED" and unit:
        return [_leads_or_supports(unit, _after(entry, "role"))]
    if _after(entry, "dropped_in"):
        return [_("An assignment lost its reason in the amended plan.")]
    part = parts.get(getattr(entry, "target_id", 0))
    if part is None or entry.kind != "CHANGED":
        return []
    told: list[str] = []
    if _after(entry, "end_reason"):
        told.append(_ended(part, _after(entry, "end_reason")))
    elif "end_reason" in entry.changes or "dropped_in" in entry.changes or "role" in entry.changes:
        told.append(_leads_or_supports(part.unit, _after(entry, "role") or part.role))
    if "deadline_rule" in entry.changes and entry.verb == "set_unit_deadline":
        rule = rule_sentence(*entry.changes["deadline_rule"], own=True)
        told.append(f"{part.unit}: {rule[:1].lower()}{rule[1:]}")
    return told


def _leads_or_supports(unit: str, role: str) -> str:
    if role == AssignmentRole.LEAD:
        return _("%(unit)s leads.") % {"unit": unit}
    return _("%(unit)s supports.") % {"unit": unit}


def _ended(part: Part, reason: str) -> str:
    values = {"unit": part.unit, "reason": _quoted(reason)}
    if part.role == AssignmentRole.LEAD:
        return _("%(unit)s no longer leads: “%(reason)s”.") % values
    return _("%(unit)s no longer supports: “%(reason)s”.") % values


def rule_sentence(before: Any, after: Any, *, own: bool = False) -> str:
    """How a deadline changed, from rule to rule in words; `own`: a unit's own, without one it has the task's."""
    without = _("the task's own") if own else _("none")
    return _("Deadline: “%(before)s” → “%(after)s”.") % {
        "before": _rule(before) or without,
        "after": _rule(after) or without,
    }


def _rule(plain: Any) -> str:
    if not plain:
        return ""
    try:
        return sentence(rule_from_plain(plain))
    except BadRule:
        # Written by another version of the program: what it says cannot be told any more.
        return "…"


def step_sentences(entry: Any, units: Mapping[int, str]) -> list[str]:
    """What an entry about a step says."""
    title = entry.target_label
    if entry.kind == "CREATED":
        values = {"step": title, "unit": units.get(_after(entry, "unit") or 0, "")}
        if values["unit"]:
            return [_("Step “%(step)s” for %(unit)s.") % values]
        return [_("Step “%(step)s”.") % values]
    if entry.kind == "DELETED":
        return [_("Step “%(step)s” was taken out.") % {"step": title}]
    told = []
    if "title" in entry.changes:
        old, new = entry.changes["title"]
        told.append(_("Step “%(before)s” is now called “%(after)s”.") % {"before": old, "after": new})
    if "unit" in entry.changes:
        unit = units.get(_after(entry, "unit") or 0, "")
        told.append(_("Step “%(step)s” goes to %(unit)s.") % {"step": title, "unit": unit or "…"})
    if "state" in entry.changes:
        old, new = (StepState(state).label for state in entry.changes["state"])
        told.append(
            _("Step “%(step)s”: %(before)s → %(after)s.") % {"step": title, "before": old, "after": new}
        )
    for name, words in (("start_date", _("begins")), ("due_date", _("deadline"))):
        if name in entry.changes:
            old, new = (_day(value) for value in entry.changes[name])
            values = {"step": title, "field": words, "before": old, "after": new}
            told.append(_("Step “%(step)s”, %(field)s: %(before)s → %(after)s.") % values)
    return told


def reply_sentences(entry: Any, instalments: Mapping[int, Part]) -> list[str]:
    """What an entry about a reply says: that it was sent, accepted or returned, never what its draft held."""
    reply = getattr(entry, "reply", None) or {}
    part = instalments.get(reply.get("instalment", 0))
    if part is None or entry.kind != "CHANGED" or "state" not in entry.changes:
        return []
    values = {
        "unit": part.unit,
        "due": _of_the(part),
        "percent": reply.get("percent", 0),
        "reason": _quoted(_after(entry, "verdict") or ""),
    }
    if entry.verb == "accept_reply":
        told = _("%(unit)s: the report%(due)s was accepted.") % values
        return [told, f"“{values['reason']}”"] if values["reason"] else [told]
    if entry.verb == "return_reply":
        return [_("%(unit)s: the report%(due)s was returned: “%(reason)s”.") % values]
    if reply.get("outcome") == Outcome.DONE:
        return [_("%(unit)s reported the work%(due)s as done.") % values]
    return [_("%(unit)s reported%(due)s: %(percent)s%%.") % values]


def instalment_sentences(entry: Any, instalments: Mapping[int, Part]) -> list[str]:
    """What an entry about an instalment says: that it is not required."""
    part = instalments.get(getattr(entry, "instalment", 0) or 0)
    reason = _after(entry, "cancel_reason")
    if part is None or not reason:
        return []
    values = {"unit": part.unit, "due": _of_the(part), "reason": _quoted(reason)}
    return [_("%(unit)s: nothing is required%(due)s: “%(reason)s”.") % values]


def difficulty_sentences(entry: Any, instalments: Mapping[int, Part]) -> list[str]:
    """What an entry about a difficulty says: its answer."""
    part = instalments.get(getattr(entry, "instalment", 0) or 0)
    answer = _after(entry, "answer")
    if part is None or not answer:
        return []
    return [_("To %(unit)s: “%(answer)s”.") % {"unit": part.unit, "answer": _quoted(answer)}]


def _of_the(part: Part) -> str:
    return "" if part.due is None else _(" due on %(day)s") % {"day": day(part.due)}


def _quoted(words: str) -> str:
    """The words without a full stop of their own: the sentence that quotes them has one."""
    return words.strip().removesuffix(".")


def _day(value: str | None) -> str:
    return day(date.fromisoformat(value)) if value else _("none")


def _after(entry: Any, name: str) -> Any:
    return entry.changes.get(name, [None, None])[1]
