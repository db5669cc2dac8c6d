"""Tasks and duties: the lowest-level items of a document in the contract's terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khuevan.plain.official_documents.document import Due, Duty, Period, Place, Reporting, Role, Task
from khuevan.plain.official_documents.phrases.deadlines import find_due, parse_due
from khuevan.plain.official_documents.phrases.partners import find_partners, split_bodies
from khuevan.plain.official_documents.phrases.reports import report_order

from .attributes import lead_and_support
from .lowest_level import Item, LowestLevel
from .outline import Node
from .units_in_text import is_collective, unit_opening


@dataclass(frozen=True, slots=True)
class Context:
    """What deadlines need to know: the plan's period and the day it was signed."""

    period: Period | None
    signed: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """The obligations of a document in its order, each under a ref of its own; no task is yet proposed."""

    tasks: tuple[Task, ...]
    duties: tuple[Duty, ...]
    reporting: tuple[Reporting, ...]
    funding: tuple[Node, ...]


def find_obligations(root: Node, document_type: str | None, context: Context) -> Found:
    """The tasks, duties, orders of reports and sections on money of the tree."""
    walk = LowestLevel(document_type)
    tasks: list[Task] = []
    duties: list[Duty] = []
    reporting: list[Reporting] = []
    used: dict[str, int] = {}
    for item in walk.items(root):
        ref = _unique(item.ref, used)
        if item.gives:
            duty = _duty(item, ref, context)
            if duty is None:
                continue
            duties.append(duty)
        else:
            tasks.append(_task(item, ref, context))
        order = report_order(item.text)
        if order is not None:
            reporting.append(Reporting(ref, order.frequencies, order.to))
    return Found(tuple(tasks), tuple(duties), tuple(reporting), tuple(walk.funding))


def _unique(ref: str, used: dict[str, int]) -> str:
    """The ref, with a number in brackets where an item before has the same."""
    used[ref] = used.get(ref, 0) + 1
    return ref if used[ref] == 1 else f"{ref}({used[ref]})"


def _task(item: Item, ref: str, context: Context) -> Task:
    named = find_partners(item.text)
    row = item.row
    row_lead, row_support = lead_and_support(row.lead) if row is not None else ("", "")
    row_support = row.support or row_support if row is not None else ""
    lead = split_bodies(row_lead) if row_lead else _stated(item, "LEAD") or named.lead
    if not lead and row is None and not named.leads and (opening := unit_opening(item.text)):
        lead = (opening,)
    partners = split_bodies(row_support) if row_support else _stated(item, "SUPPORT")
    return Task(ref, item.text, lead, partners or named.partners, _due(item, context), _place(item))


def _duty(item: Item, ref: str, context: Context) -> Duty | None:
    unit = item.unit
    if unit is None or is_collective(unit):
        opening = unit_opening(item.text)
        named_first = opening is not None and item.text.startswith(f"{opening}:")
        if unit is None or named_first or (opening is not None and not is_collective(opening)):
            unit = opening
    if unit is None:
        return None
    named = find_partners(item.text)
    role: Role = "carry-out"
    if named.leads or (item.leads_above and not named.supports):
        role = "lead"
    elif named.supports or item.supports_above:
        role = "support"
    partners = _stated(item, "SUPPORT") or named.partners or item.partners_above
    return Duty(ref, unit, item.text, role, partners, _due(item, context), (), _place(item))


def _due(item: Item, context: Context) -> Due | None:
    """The deadline that the row or a line below states, in its own words at least, else the text's."""
    stated = [item.row.due] if item.row is not None and item.row.due else []
    stated += [
        attribute.value for attribute in item.attributes if attribute.what == "DUE" and attribute.value
    ]
    if stated:
        due = parse_due(stated[0], period=context.period, signed=context.signed)
        return due if due is not None else Due(stated[0], None, None)
    return find_due(item.text, period=context.period, signed=context.signed)


def _stated(item: Item, what: str) -> tuple[str, ...]:
    """The bodies that lines below the item name."""
    return tuple(
        body
        for attribute in item.attributes
        if attribute.what == what
        for body in split_bodies(attribute.value)
    )


def _place(item: Item) -> Place:
    return Place(item.paragraph, item.start, item.paragraph, item.start + len(item.text))
