"""The lowest-level items of the tree, each with what the headings above say of it.

An item is a dash, a point, a bare paragraph or a table row that has nothing below it and orders
something. Which sections order work, and which give it out unit by unit, is told by their headings
(`section_kinds`); where these say nothing, by whether the headings below are units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from khuevan.plain.folding import fold
from khuevan.plain.official_documents.phrases.partners import find_partners

from .attributes import Attribute, attributes_at_end
from .outline import Node, heading_and_text
from .section_kinds import SectionKind, is_fact, kind_of_heading
from .table_rows import TaskRow, task_rows
from .units_in_text import names_body, unit_of_heading, unit_opening

GIVEN_BY_UNITS = frozenset({"Chỉ thị", "Công văn", "Công điện", "Thông báo", None})
"""Types of documents that give work unit by unit without a section of that name."""

_CLOSING = re.compile(
    r"^(tren day la|(trong )?qua trinh (to chuc|trien khai|thuc hien)|neu (co|phat sinh)|nhan duoc|"
    r"ghi chu|noi nhan|"
    r"\(?chi tiet (tai|theo)|\(?co (phu luc|danh sach|bieu)|(ke hoach|chi thi|"
    r"quyet dinh) nay (co hieu luc|thay the|"
    r"duoc|ap dung))"
)
_ADDRESSED_TO_ALL = re.compile(
    r"^((uy ban nhan dan|ubnd|so|bo|chu tich|ban|van phong)\b.{0,80}\b(yeu cau|de nghi|thong bao de|"
    r"giao giam doc)\b|"
    r"(yeu cau|de nghi) (cac|thu truong|giam doc|lanh dao|don vi|truong)\b|"
    r"(thong tin chi tiet|moi thong tin|chi tiet|dau moi|de biet them)\b.{0,40}\b(lien he|trao doi)\b)"
)
_GIVES = re.compile(
    r"(?:(?<=[.;] )|^)(?:Đồng thời,? )?(?:[Gg]iao|[Pp]hân công)\s+[^\W\d_][^.;]{3,200}?\b(?:chủ trì|"
    r"có trách nhiệm|chịu trách nhiệm|theo dõi|đôn đốc|tổng hợp|phối hợp|tham mưu|hướng dẫn|"
    r"kiểm tra)\b[^.]*(?:\.|$)"
)
_SHORTEST = 12
_TOP = frozenset({"roman", "part", "chapter", "annex", "capital", "heading"})
_NUMBERED = frozenset({"letter", "dash", "plus", "number", "decimal"})


@dataclass(frozen=True, slots=True)
class Item:
    """One lowest-level obligation: its words, where they begin in its paragraph, and what stands above.

    `gives` says that it belongs to the organisation section, so that it is a duty; `unit` is the unit
    whose heading it stands under; `leads_above`, `supports_above` and `partners_above` are what an item
    above said of all below it ("a) Chủ trì, phối hợp với các sở:").
    """

    node: Node
    text: str
    start: int
    ref: str
    gives: bool
    unit: str | None
    leads_above: bool = False
    supports_above: bool = False
    partners_above: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    row: TaskRow | None = None

    @property
    def paragraph(self) -> int:
        """The number of the paragraph that holds the words."""
        return self.node.index if self.row is None else self.node.row_indexes[self.row.row]


@dataclass(frozen=True, slots=True)
class _Above:
    """What the headings above an item say."""

    kind: SectionKind | None = None
    unit: str | None = None
    leads: bool = False
    supports: bool = False
    partners: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()


@dataclass(slots=True)
class LowestLevel:
    """A walk through one document's tree; `funding` fills with the sections on money as it goes."""

    document_type: str | None
    funding: list[Node] = field(default_factory=list)

    def items(self, root: Node) -> Iterator[Item]:
        """The items below the root, in the document's order."""
        yield from self._below(root, _Above())

    @property
    def _by_units(self) -> bool:
        return self.document_type in GIVEN_BY_UNITS

    def _below(self, node: Node, above: _Above) -> Iterator[Item]:
        numbered = [i for i, child in enumerate(node.children) if child.kind not in ("paragraph", "table")]
        if above.kind in (None, SectionKind.ORDERS) and _headings_are_units(node):
            inner = replace(above, kind=SectionKind.ORGANISES)
        else:
            inner = above
        for position, child in enumerate(node.children):
            if child.kind == "table":
                yield from self._rows(child, above)
            elif child.kind != "paragraph":
                yield from self._numbered(child, inner)
            elif node.kind == "root":
                if numbered and position > numbered[0]:
                    yield from _given_in_passing(child)
            elif above.kind in (SectionKind.FUNDS, SectionKind.EXPLAINS):
                continue
            elif _is_closing(child.text) or _is_addressed_to_all(child.text):
                yield from _given_in_passing(child)
            elif child.children:
                yield from self._below(child, above)
            elif numbered and position < numbered[0]:
                inner = _announced(child.text, inner)
            elif numbered and node.kind in _TOP and above.kind is not SectionKind.ORDERS:
                yield from _given_in_passing(child)
            else:
                yield from self._leaf(child, child.text, above)

    def _numbered(self, node: Node, above: _Above) -> Iterator[Item]:
        heading, text = heading_and_text(node)
        kind = self._kind(node, heading, text, above.kind)
        if kind is SectionKind.FUNDS:
            self.funding.append(node)
            return
        if kind is SectionKind.EXPLAINS:
            yield from self._explained(node, above)
            return
        here = replace(above, kind=kind)
        organised_above = above.kind is SectionKind.ORGANISES
        if kind is SectionKind.ORGANISES and (node.kind not in _TOP or organised_above):
            if heading is not None:
                named = unit_of_heading(node.text if text is None else heading) or unit_opening(node.text)
            else:
                named = unit_opening(node.text) if above.unit is None and node.children else None
            here = replace(here, unit=named or above.unit)
        if not node.children:
            titled = node.kind in _TOP and not organised_above
            own = text if text is not None else (None if titled else node.text)
            if own is not None:
                yield from self._leaf(node, own.rstrip(" :") if node.attributes else own, here)
        elif kind is not SectionKind.ORGANISES and node.kind == "dash" and node.items and is_fact(node.text):
            return
        elif node.kind in ("dash", "plus") and _lists_quantities(node):
            yield from self._leaf(node, node.text, here)
        else:
            yield from self._with_children(node, text, here)

    def _with_children(self, node: Node, text: str | None, here: _Above) -> Iterator[Item]:
        """The items of a node that has some below it; its own words are one too where they say all."""
        announces = node.text.rstrip().endswith(":")
        if node.items or any(child.kind == "table" for child in node.children):
            whole_order = (
                here.kind is SectionKind.ORGANISES
                and node.text.rstrip().endswith(".")
                and len(node.text) > 90
            )
            if whole_order and node.kind in ("number", "decimal"):
                yield from self._leaf(node, node.text, here)
            if node.kind in _NUMBERED and (announces or node.kind not in ("dash", "plus")):
                here = _announced(node.text, here)
            here = replace(here, attributes=tuple(node.attributes))
        elif text is not None and not announces and (node.kind not in ("dash", "plus") or node.ends_sentence):
            yield from self._leaf(node, text, here)
        yield from self._below(node, here)

    def _kind(
        self, node: Node, heading: str | None, text: str | None, above: SectionKind | None
    ) -> SectionKind | None:
        if node.kind == "annex":
            kind = kind_of_heading(heading or "", None)
            return kind if kind is SectionKind.ORGANISES else SectionKind.EXPLAINS
        if node.kind == "article":
            kind = kind_of_heading(heading, above) if heading else above
            if kind is None and node.items and heading and names_body(heading):
                return SectionKind.ORGANISES
            return kind or SectionKind.EXPLAINS
        if heading is None or (not node.children and text is None and node.kind in ("dash", "plus")):
            return above
        kind = kind_of_heading(heading, above)
        if kind is None and self._by_units and unit_of_heading(heading if text is not None else node.text):
            return SectionKind.ORGANISES
        if kind is None and node.kind in _TOP and not self._by_units:
            return SectionKind.ORDERS
        return kind

    def _explained(self, node: Node, above: _Above) -> Iterator[Item]:
        """What orders work where the rest only explains: a table, a headed part, an article with a unit."""
        if node.kind == "article":
            yield from _given_in_passing(node)
        for child in node.children:
            if child.kind == "table":
                yield from self._rows(child, replace(above, kind=SectionKind.EXPLAINS))
            elif child.kind in ("number", "decimal", "roman") and child.children and above.kind is None:
                heading, _ = heading_and_text(child)
                kind = kind_of_heading(heading, None) if heading else None
                if kind in (SectionKind.ORDERS, SectionKind.ORGANISES):
                    yield from self._numbered(child, replace(above, kind=None))

    def _leaf(self, node: Node, text: str, above: _Above) -> Iterator[Item]:
        if len(text) < _SHORTEST or (text.rstrip().endswith(":") and not _lists_quantities(node)):
            return
        if _is_closing(text) or (
            node.kind in ("paragraph", "number") and above.unit is None and _is_addressed_to_all(text)
        ):
            yield from _given_in_passing(node)
            return
        gives = above.kind is SectionKind.ORGANISES
        if not gives and is_fact(node.text):
            return
        if not gives and (above.kind is None or self._by_units):
            gives = unit_opening(text) is not None
            if above.kind is None and not gives and node.kind == "paragraph":
                return
        start = node.start + max(node.text.rfind(text), 0)
        own, attributes = attributes_at_end(text)
        yield Item(
            node,
            own,
            start,
            node.ref,
            gives,
            above.unit,
            above.leads,
            above.supports,
            above.partners,
            (*node.attributes, *attributes, *above.attributes),
        )

    def _rows(self, node: Node, above: _Above) -> Iterator[Item]:
        assert node.grid is not None
        rows = task_rows(node.grid)
        if not rows or (above.kind is SectionKind.EXPLAINS and not any(row.lead for row in rows)):
            return
        for position, row in enumerate(rows, 1):
            own = row.number or f"¶{position}"
            ref = f"{node.ref}.{own}" if node.ref else own
            yield Item(node, row.content, row.start, ref, False, above.unit, row=row)


def _announced(text: str, above: _Above) -> _Above:
    """What is above with what an announcing line adds for all below it: "Chủ trì, phối hợp với các sở:"."""
    if not text.startswith(("Chủ trì", "Phối hợp", "Chủ động phối hợp")):
        return above
    said = find_partners(text)
    return replace(above, leads=said.leads, supports=said.supports, partners=said.partners)


def _headings_are_units(node: Node) -> bool:
    """Whether most numbered headings below are units, so that the section gives work unit by unit."""
    headed = [child for child in node.items if child.kind in ("number", "decimal", "letter", "roman")]
    if not headed or node.kind == "letter":
        return False
    units = 0
    for child in headed:
        heading, _ = heading_and_text(child)
        units += heading is not None and len(heading) < 200 and unit_of_heading(heading) is not None
    return (units >= 2 and units >= 0.6 * len(headed)) or (units == len(headed) == 1 and node.kind != "root")


def _lists_quantities(node: Node) -> bool:
    """Whether what stands below only counts things ("+ 01 vị trí tại …"): the item above is the order."""
    return bool(node.items) and all(child.text[:1].isdigit() for child in node.items)


def _is_closing(text: str) -> bool:
    return bool(_CLOSING.match(fold(text[:120])))


def _is_addressed_to_all(text: str) -> bool:
    return bool(_ADDRESSED_TO_ALL.match(fold(text[:240])))


def _given_in_passing(node: Node) -> Iterator[Item]:
    """The sentence of a closing paragraph that gives one named unit work of its own."""
    for match in _GIVES.finditer(node.text):
        text = match[0].strip()
        unit = unit_opening(text.removeprefix("Đồng thời, ").removeprefix("Đồng thời "))
        if unit is not None and "biết, thực hiện" not in text:
            yield Item(node, text, node.start + match.start(), node.ref or "¶", True, unit)
