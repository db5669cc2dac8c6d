"""Tasks and duties: the lowest-level obligations of a document's tree.

A task is what a section of content orders; a duty is what the section on organisation gives to one
unit. Which sections are which is told by their headings (`section_kinds`), and where these say
nothing, by whether the headings below are units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from khuevan.plain.folding import fold

from ..document import Due, Duty, Period, Place, Reporting, Role, Task
from ..phrases.deadlines import find_due, parse_due
from ..phrases.partners import find_partners, split_bodies
from ..phrases.reports import report_order
from .outline import Node, heading_and_text
from .section_kinds import SectionKind, is_fact, kind_of_heading
from .table_rows import TaskRow, task_rows
from .units_in_text import names_body, unit_of_heading, unit_opening

_CLOSING = re.compile(
    r"^(tren day la|trong qua trinh (to chuc |trien khai |thuc hien)|qua trinh (to chuc |trien khai |thuc hien)|neu (co|phat sinh)|(uy ban nhan dan|ubnd|so|bo|chu tich|ban|van phong)\b.{0,80}\b(yeu cau|de nghi|thong bao de)\b|"
    r"(yeu cau|de nghi) (cac|thu truong|giam doc|lanh dao|don vi)\b|chi tiet (tai|theo)|\(chi tiet|\(?co (phu luc|danh sach|bieu)|can cu (vao )?(ke hoach|chi thi|noi dung|van ban) (nay|tren)|"
    r"nhan duoc|(ke hoach|chi thi|quyet dinh) nay (co hieu luc|thay the|duoc|ap dung)|ghi chu|noi nhan)"
)
_GIVES = re.compile(
    r"(?:(?<=[.;] )|^)(?:Đồng thời,? )?(?:[Gg]iao|[Pp]hân công)\s+[^\W\d_][^.;]{3,200}?\b(?:chủ trì|có trách nhiệm|chịu trách nhiệm|theo dõi|đôn đốc|tổng hợp|phối hợp|tham mưu|hướng dẫn|kiểm tra)\b[^.]*(?:\.|$)"
)
_LEAD_IN = re.compile(r"(nhu sau|cu the|sau day|sau|gom|trong do|noi dung|nhiem vu|viec|hoat dong)\s*:?$")
_MIN_ITEM = 12


@dataclass(frozen=True, slots=True)
class Context:
    """What deadlines need to know: the plan's period and the day it was signed."""

    period: Period | None
    signed: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """The obligations of a document, in its order; tasks not yet proposed to duties."""

    tasks: tuple[Task, ...]
    duties: tuple[Duty, ...]
    reporting: tuple[Reporting, ...]
    funding_nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """One lowest-level obligation before it is known as task or duty."""

    node: Node
    text: str
    start: int
    unit: str | None
    kind: SectionKind | None
    lead_above: bool
    ref: str
    row: TaskRow | None = None


def find_obligations(root: Node, document_type: str | None, context: Context) -> Found:
    """The tasks, duties, report orders and funding sections of the tree."""
    tasks: list[Task] = []
    duties: list[Duty] = []
    funding: list[Node] = []
    for item in _items(root, document_type, funding):
        if item.row is not None:
            tasks.append(_task_of_row(item, item.row, context))
        elif item.kind is SectionKind.ORGANISES:
            duty = _duty(item, context)
            if duty is not None:
                duties.append(duty)
        else:
            tasks.append(_task(item, context))
    return Found(tuple(tasks), tuple(duties), _reporting(tasks, duties), tuple(funding))


def _items(root: Node, document_type: str | None, funding: list[Node]) -> Iterator[_Item]:
    by_units = document_type in ("Chỉ thị", "Công văn", "Công điện", "Thông báo", None)
    start = None if not by_units else None
    yield from _below(root, start, None, False, funding, document_type)


def _below(
    node: Node,
    kind: SectionKind | None,
    unit: str | None,
    lead_above: bool,
    funding: list[Node],
    document_type: str | None,
) -> Iterator[_Item]:
    """The items below a node whose section is of `kind`, under the heading of `unit`."""
    children = node.children
    last_item = max(
        (i for i, child in enumerate(children) if child.kind not in ("paragraph", "table")), default=-1
    )
    first_item = next((i for i, child in enumerate(children) if child.kind not in ("paragraph", "table")), -1)
    by_units = kind in (None, SectionKind.ORDERS) and _children_are_units(node)
    for position, child in enumerate(children):
        if child.kind == "table":
            yield from _from_table(child, kind, unit)
            continue
        if child.kind == "paragraph":
            if node.kind == "root":
                if first_item >= 0 and position > first_item:
                    yield from _given_in_closing(child)
                continue
            if kind is SectionKind.FUNDS or kind is SectionKind.EXPLAINS or _is_closing(child.text):
                if kind is not SectionKind.EXPLAINS:
                    yield from _given_in_closing(child)
                continue
            if child.children:
                yield from _below(child, kind, unit, lead_above, funding, document_type)
                continue
            if first_item >= 0 and position < first_item:
                continue
            if last_item >= 0 and position > last_item and node.rank <= 6 and kind is not SectionKind.ORDERS:
                yield from _given_in_closing(child)
                continue
            yield from _paragraph_items(child, kind, unit, lead_above)
            continue
        yield from _from_item(
            child, SectionKind.ORGANISES if by_units else kind, unit, lead_above, funding, document_type
        )


def _from_item(
    node: Node,
    kind: SectionKind | None,
    unit: str | None,
    lead_above: bool,
    funding: list[Node],
    document_type: str | None,
) -> Iterator[_Item]:
    heading, text = heading_and_text(node)
    own_kind = kind
    is_leaf = not node.children
    if node.kind == "annex":
        own_kind = kind_of_heading(heading or "", None)
        own_kind = own_kind if own_kind is SectionKind.ORGANISES else SectionKind.EXPLAINS
    elif node.kind == "article":
        own_kind = kind_of_heading(heading or "", kind) if heading else kind
        if own_kind is None:
            own_kind = (
                SectionKind.ORGANISES
                if (node.items and heading and names_body(heading))
                else SectionKind.EXPLAINS
            )
    elif heading is not None and not (is_leaf and text is None and node.kind in ("dash", "plus")):
        own_kind = kind_of_heading(heading, kind)
    elif kind is None and text is not None and is_leaf:
        own_kind = None
    if own_kind is SectionKind.FUNDS:
        funding.append(node)
        if node.items and not _is_top(node):
            pass
        return
    own_unit = unit
    if own_kind is SectionKind.ORGANISES and heading is not None:
        named = unit_of_heading(node.text if text is None else heading) or unit_opening(node.text)
        if named is not None and not _is_top(node):
            own_unit = named
    if own_kind is SectionKind.EXPLAINS:
        for table in node.children:
            if table.kind == "table":
                yield from _from_table(table, own_kind, unit)
        for child in node.items:
            if child.kind in ("number", "decimal", "roman") and kind is None:
                child_heading, _ = heading_and_text(child)
                if (
                    child_heading
                    and child.children
                    and kind_of_heading(child_heading, None)
                    in (
                        SectionKind.ORDERS,
                        SectionKind.ORGANISES,
                    )
                ):
                    yield from _from_item(child, None, unit, lead_above, funding, document_type)
        return
    if own_kind is not SectionKind.ORGANISES and node.kind == "dash" and node.items and is_fact(node.text):
        return
    if (
        node.items
        and all(re.match(r"\d", child.text) for child in node.items)
        and node.kind in ("dash", "plus")
    ):
        yield _item(node, node.text, own_unit, own_kind, lead_above)
        return
    if node.items or any(c.kind == "table" for c in node.children):
        opened = (
            find_partners(node.text) if node.kind in ("letter", "dash", "plus", "number", "decimal") else None
        )
        leads = lead_above or bool(opened and opened.leads and node.text.rstrip().endswith(":"))
        if own_kind is SectionKind.ORGANISES and heading is None:
            opening = unit_opening(node.text)
            if opening is not None and unit is None:
                own_unit = opening
        yield from _below(node, own_kind, own_unit, leads, funding, document_type)
        return
    if node.children:
        if text is not None and (heading is None or own_kind is SectionKind.ORGANISES or heading):
            if not _is_closing(text) and len(text) >= _MIN_ITEM and not text.rstrip().endswith(":"):
                yield _item(node, text, own_unit, own_kind, lead_above)
        yield from _below(node, own_kind, own_unit, lead_above, funding, document_type)
        return
    if own_kind is None and heading is not None and text is None and _is_top(node):
        return
    body = text if text is not None else (node.text if not _is_top(node) else None)
    if body is None or len(body) < _MIN_ITEM or _is_closing(body):
        if body is not None:
            yield from _given_in_closing(node)
        return
    if own_kind is not SectionKind.ORGANISES and is_fact(node.text):
        return
    if own_kind is None:
        opening = unit_opening(body)
        own_kind = SectionKind.ORGANISES if opening is not None else SectionKind.ORDERS
    yield _item(node, body, own_unit, own_kind, lead_above)


def _item(node: Node, text: str, unit: str | None, kind: SectionKind | None, lead_above: bool) -> _Item:
    start = node.start + (node.text.rfind(text) if text != node.text else 0)
    return _Item(node, text, max(start, 0), unit, kind, lead_above, node.ref)


def _is_top(node: Node) -> bool:
    return node.kind in ("roman", "part", "chapter", "annex", "capital", "heading")


def _children_are_units(node: Node) -> bool:
    """Whether most numbered headings below are units, so that the section gives work unit by unit."""
    headed = [child for child in node.items if child.kind in ("number", "decimal", "letter", "roman")]
    if not headed or node.kind in ("letter",):
        return False
    units = 0
    for child in headed:
        heading, _ = heading_and_text(child)
        if heading is not None and len(heading) < 200 and unit_of_heading(heading) is not None:
            units += 1
    return (units >= 2 and units >= 0.6 * len(headed)) or (units == len(headed) == 1 and node.kind != "root")


def _paragraph_items(
    node: Node, kind: SectionKind | None, unit: str | None, lead_above: bool
) -> Iterator[_Item]:
    if len(node.text) < _MIN_ITEM or node.text.rstrip().endswith(":"):
        return
    if kind is not SectionKind.ORGANISES and is_fact(node.text):
        return
    own_kind = kind
    if kind is None:
        if unit_opening(node.text) is None:
            return
        own_kind = SectionKind.ORGANISES
    yield _item(node, node.text, unit, own_kind, lead_above)


def _given_in_closing(node: Node) -> Iterator[_Item]:
    """The sentence of a closing paragraph that gives one named unit work of its own."""
    for match in _GIVES.finditer(node.text):
        text = match[0].strip()
        if unit_opening(re.sub(r"^Đồng thời,? ", "", text)) is not None and not re.search(
            r"thông báo|biết, thực hiện", text
        ):
            yield _Item(
                node, text, node.start + match.start(), None, SectionKind.ORGANISES, False, node.ref or "¶"
            )


def _from_table(node: Node, kind: SectionKind | None, unit: str | None) -> Iterator[_Item]:
    assert node.grid is not None
    rows = task_rows(node.grid)
    if not rows or (kind is SectionKind.EXPLAINS and not any(row.lead for row in rows)):
        return
    used: dict[str, int] = {}
    for position, row in enumerate(rows, 1):
        own = row.number or f"¶{position}"
        used[own] = used.get(own, 0) + 1
        if used[own] > 1:
            own = f"{own}({used[own]})"
        yield _Item(
            node, row.content, row.start, unit, kind, False, f"{node.ref}.{own}" if node.ref else own, row
        )


def _is_closing(text: str) -> bool:
    return bool(_CLOSING.match(fold(text)))


def _place(item: _Item) -> Place:
    index = item.node.index if item.row is None else item.node.row_indexes[item.row.row]
    return Place(index, item.start, index, item.start + len(item.text))


def _clean(text: str) -> str:
    return text.strip()


def _due(item: _Item, context: Context) -> Due | None:
    for attribute in item.node.attributes:
        if attribute.what == "DUE" and attribute.value:
            due = parse_due(attribute.value, period=context.period, signed=context.signed)
            return due if due is not None else Due(attribute.value, None, None)
    return find_due(item.text, period=context.period, signed=context.signed)


def _attributed(item: _Item, what: str) -> tuple[str, ...]:
    bodies: list[str] = []
    for attribute in item.node.attributes:
        if attribute.what == what:
            bodies.extend(split_bodies(attribute.value))
    return tuple(bodies)


def _task(item: _Item, context: Context) -> Task:
    named = find_partners(item.text)
    lead = _attributed(item, "LEAD") or named.lead
    return Task(
        ref=item.ref,
        text=_clean(item.text),
        lead=lead,
        partners=_attributed(item, "SUPPORT") or named.partners,
        due=_due(item, context),
        place=_place(item),
    )


def _task_of_row(item: _Item, row: TaskRow, context: Context) -> Task:
    named = find_partners(item.text)
    due = parse_due(row.due, period=context.period, signed=context.signed) if row.due else None
    if row.due and due is None:
        due = Due(row.due, None, None)
    return Task(
        ref=item.ref,
        text=item.text,
        lead=split_bodies(row.lead) if row.lead else named.lead,
        partners=split_bodies(row.support) if row.support else named.partners,
        due=due or find_due(item.text, period=context.period, signed=context.signed),
        place=_place(item),
    )


def _duty(item: _Item, context: Context) -> Duty | None:
    unit = item.unit or unit_opening(re.sub(r"^Đồng thời,? ", "", item.text))
    if unit is None:
        return None
    named = find_partners(item.text)
    role: Role = "carry-out"
    if named.leads or (item.lead_above and not named.supports):
        role = "lead"
    elif named.supports:
        role = "support"
    return Duty(
        ref=item.ref,
        unit=unit,
        text=_clean(item.text),
        role=role,
        partners=_attributed(item, "SUPPORT") or named.partners,
        due=_due(item, context),
        task_refs=(),
        place=_place(item),
    )


def _reporting(tasks: list[Task], duties: list[Duty]) -> tuple[Reporting, ...]:
    found: list[Reporting] = []
    for item in [*tasks, *duties]:
        order = report_order(item.text)
        if order is not None:
            found.append(Reporting(item.ref, order.frequencies, order.to))
    return tuple(found)


def with_unique_refs(found: Found) -> Found:
    """The same obligations, each under a ref of its own: a repeated ref gets a number in brackets."""
    used: dict[str, int] = {}

    def unique(ref: str) -> str:
        used[ref] = used.get(ref, 0) + 1
        return ref if used[ref] == 1 else f"{ref}({used[ref]})"

    tasks = tuple(replace(task, ref=unique(task.ref)) for task in found.tasks)
    duties = tuple(replace(duty, ref=unique(duty.ref)) for duty in found.duties)
    return Found(tasks, duties, _reporting(list(tasks), list(duties)), found.funding_nodes)
