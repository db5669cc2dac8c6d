"""The tree that a document's numbering makes.

Nodes nest by the numbers themselves first (2 follows 1 at the same level, wherever that is; 1.2
belongs to 1) and by the usual order of kinds (I, 1, a, -, +) where the numbers leave it open.
Every paragraph of the body is in exactly one node, in the document's order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from khuevan.plain.folding import fold
from khuevan.plain.official_documents.document import Section
from khuevan.plain.official_documents.phrases.verbs import VERB

from .attributes import Attribute, attributes_of
from .blocks import Block, Grid, Paragraph, is_capitals
from .labels import RANK, Label, label_of
from .units_in_text import names_body

_SENTENCE_END = re.compile(r"[.;](?:/\.)?[\"”’)]*$")
_CLOSING = re.compile(
    r"^(\[\d+\] |tren day la|thong tin chi tiet|moi thong tin|"
    r"trong qua trinh|yeu cau (cac|thu truong|giam doc)|de nghi (cac|thu truong|"
    r"giam doc)|can cu (ke hoach|noi dung) (nay|tren)|"
    r"(uy ban nhan dan|ubnd|so|chu tich|van phong|bo)\b.{0,60}\b(yeu cau|de nghi|giao|thong bao)|"
    r"ke hoach nay|nhan duoc|thu truong|giam doc|chi thi nay|quyet dinh nay)"
)


@dataclass(slots=True)
class Node:
    """One numbered item, or one bare paragraph (`kind` "paragraph"), or a table (`kind` "table").

    `text` is without the label; `index` the number of the paragraph it came from, `start` where the
    text begins in it.
    """

    kind: str
    label: str
    text: str
    index: int
    start: int
    ordinal: int = 0
    rank: int = 0
    ref: str = ""
    children: list[Node] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    grid: Grid | None = None
    row_indexes: tuple[int, ...] = ()
    title: str | None = None

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in the document's order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def items(self) -> list[Node]:
        """The numbered or dashed children."""
        return [child for child in self.children if child.kind not in ("paragraph", "table")]

    @property
    def ends_sentence(self) -> bool:
        """Whether the node's own text ends as a sentence does, so that it says something by itself."""
        return bool(_SENTENCE_END.search(self.text))


def outline(blocks: Sequence[tuple[int, Block]]) -> Node:
    """The tree of the blocks; each comes with the number of its paragraph (of its first row for a table)."""
    root = Node("root", "", "", -1, 0, rank=-1)
    stack: list[Node] = [root]
    pending_title = False
    for position, (index, block) in enumerate(blocks):
        if isinstance(block, Grid):
            owner = _heading_above(stack)
            owner.children.append(
                Node(
                    "table",
                    "",
                    "",
                    index,
                    0,
                    grid=block,
                    row_indexes=tuple(range(index, index + len(block.rows))),
                )
            )
            pending_title = False
            continue
        text = block.text
        label = label_of(text)
        said = attributes_of(text)
        if not said and label is not None and label.kind in ("dash", "letter"):
            said = _described(label, blocks, position)
        elif said and label is not None and not said[0].strict and _run_names_actor(label, blocks, position):
            said = (replace(said[0], strict=True), *said[1:])
        if said and _takes_attribute(stack[-1], label, said):
            _attribute_owner(_said_of(stack)).attributes.extend(said)
            continue
        if label is not None and not (label.kind in ("dash", "plus") and not label.rest):
            node = Node(label.kind, label.text, label.rest, index, label.start, label.ordinal, _rank(label))
            _place(stack, node, label)
            pending_title = label.kind in ("annex", "part", "chapter", "heading") and not label.rest
        elif pending_title and is_capitals(text):
            above = stack[-1]
            above.text = f"{above.text} {text}".strip()
        else:
            pending_title = False
            _place_paragraph(stack, Node("paragraph", "", text, index, 0), block)
    _give_refs(root, "")
    return root


def sections_of(root: Node) -> tuple[Section, ...]:
    """The tree in the contract's terms; bare paragraphs become paragraphs, tables one paragraph a row."""
    return tuple(_section(child) for child in root.children)


def heading_and_text(node: Node) -> tuple[str | None, str | None]:
    """What of the node's own words is heading and what is text: (heading, None), (None, text) or both.

    "2. Sở Tài chính: Bố trí kinh phí …" is both; a leaf that is a sentence is text only.
    """
    text = node.text
    if not text:
        return None, None
    if node.kind in ("dash", "plus", "paragraph"):
        return None, text
    cut = _inline_heading(text)
    if cut is not None and node.items and not node.ends_sentence and _A_KIND.match(text[:cut]):
        return text.rstrip(" :"), None
    if cut is not None:
        return text[:cut].strip(), text[cut + 1 :].strip() or None
    if node.items or any(child.kind in ("paragraph", "table") for child in node.children):
        if node.ends_sentence and len(text) > 160 and not node.items:
            return None, text
        return text.rstrip(" :"), None
    if node.ends_sentence or len(text) > 160:
        return None, text
    return text.rstrip(" :"), None


# "Các phòng: Quản lý Thương mại, Quản lý Công nghiệp" is a heading whole.
_A_KIND = re.compile(
    r"^(?:Giao |Đề nghị )?(?:UBND |Ủy ban nhân dân )?[Cc]ác "
    r"(?:phòng|phường|Phòng|sở|Sở|Vụ|Cục|đơn vị|cơ quan|xã|phường|ban|Ban)$"
)


def _inline_heading(text: str) -> int | None:
    """The offset of the colon that ends a heading with text after it on the same line."""
    position = text.find(":")
    if text.count("(", 0, position) > text.count(")", 0, position):
        position = text.find(":", text.find(")", position))
    if not 0 < position <= 180 or position >= len(text) - 2:
        return None
    before, after = text[:position], text[position + 1 :].strip()
    if re.search(r"[.”\"]", before.replace("TP.", "")) or (";" in before and not names_body(before)):
        return None
    if not (after[:1].isupper() or (after[:1] in '“"' and len(before) <= 40)):
        return None
    if re.search(r"\d$", before) and after[:1].isdigit():
        return None
    folded = fold(before)
    if len(before) > 90 and not re.match(
        r"^(de nghi |giao |cac |so |ubnd|uy ban|bo |ban |chu tich|thu truong|giam doc)", folded
    ):
        return None
    if re.search(r"\b(nhu sau|cu the|gom|trong do|bao gom|sau day|noi dung ve|ve cac noi dung)$", folded):
        return None
    return position


def _rank(label: Label) -> int:
    if label.kind == "decimal":
        return RANK["decimal"] + label.depth - 2
    return RANK[label.kind]


def _place(stack: list[Node], node: Node, label: Label) -> None:
    """Put the node under the right ancestor and make it the top of the stack."""
    depth = _depth_for(stack, node, label)
    del stack[depth:]
    stack[-1].children.append(node)
    stack.append(node)


def _depth_for(stack: list[Node], node: Node, label: Label) -> int:
    """How many of the stack's nodes stay above the node."""
    if label.kind == "decimal":
        prefix = label.text.rsplit(".", 1)[0]
        for depth in range(len(stack) - 1, 0, -1):
            other = stack[depth]
            if other.label == prefix and other.kind in ("number", "decimal", "article"):
                return depth + 1
            if other.kind == "decimal" and other.label.rsplit(".", 1)[0] == prefix:
                return depth
    elif node.ordinal > 1:
        for depth in range(len(stack) - 1, 0, -1):
            other = stack[depth]
            follows = other.kind == node.kind and other.ordinal in (node.ordinal - 1, node.ordinal - 2)
            if follows and not any(
                s.kind in ("roman", "annex", "part", "chapter") for s in stack[depth + 1 :]
            ):
                return depth
    elif node.ordinal == 1 and node.kind in ("number", "letter"):
        for depth in range(len(stack) - 1, 0, -1):
            other = stack[depth]
            if other.kind == node.kind:
                last = stack[-1]
                if other.kind == "number" and len(stack) - 1 > depth and last.kind in ("letter", "decimal"):
                    return len(stack)
                return depth
            if other.rank < node.rank:
                break
    depth = len(stack)
    while depth > 1 and stack[depth - 1].rank >= node.rank:
        depth -= 1
    return depth


def _heading_above(stack: list[Node]) -> Node:
    for node in reversed(stack):
        if node.kind not in ("dash", "plus", "paragraph"):
            return node
    return stack[0]


def _takes_attribute(top: Node, label: Label | None, said: Sequence[Attribute]) -> bool:
    owner = _attribute_owner(top)
    if owner.kind == "root":
        return False
    lettered = label is not None and label.kind == "letter"
    if label is not None and not lettered and label.kind not in ("dash", "plus"):
        return False
    if owner.kind in ("dash", "plus", "letter", "paragraph"):
        return not lettered and not _describes(owner)
    if owner.attributes and not owner.items:
        return True
    strict = any(attribute.strict for attribute in said)
    if lettered and not strict:
        return False
    if owner.kind in ("number", "decimal", "named") and not owner.items:
        orders = VERB.match(owner.text.lower()) is not None
        if orders or (strict and len(owner.text) > 25):
            return True
    return not lettered and (owner.ends_sentence or len(owner.text) > 60)


_DESCRIBES = re.compile(
    r"^(noi dung|hinh thuc|muc dich|muc tieu|yeu cau|doi tuong|so luong|quy mo|thanh phan|pham vi|dia ban)"
    r"[^:]{0,25}:"
)


def _describes(node: Node) -> bool:
    return bool(_DESCRIBES.match(fold(node.text[:60])))


def _run_names_actor(label: Label, blocks: Sequence[tuple[int, Block]], position: int) -> bool:
    """Whether the lines from here on say things of one item, and one of them who does it."""
    for _, block in blocks[position + 1 : position + 5]:
        below = None if isinstance(block, Grid) else label_of(block.text)
        if isinstance(block, Grid) or below is None or below.kind != label.kind:
            return False
        said = attributes_of(block.text)
        if any(attribute.what in ("LEAD", "SUPPORT") for attribute in said):
            return True
        if not said:
            return False
    return False


def _described(label: Label, blocks: Sequence[tuple[int, Block]], position: int) -> tuple[Attribute, ...]:
    """What "- Nội dung: …" says of the item above where lines of the same kind tell who and by when."""
    if not _DESCRIBES.match(fold(label.rest[:60])):
        return ()
    for _, block in blocks[position + 1 : position + 5]:
        if isinstance(block, Grid):
            break
        below = label_of(block.text)
        if below is None or below.kind != label.kind:
            break
        if any(attribute.strict for attribute in attributes_of(block.text)):
            return (Attribute("OTHER", label.rest, True),)
    return ()


def _said_of(stack: list[Node]) -> Node:
    """Of what a line below the top says it: of a list whose points have none of their own, or of the top."""
    if len(stack) < 2:
        return stack[-1]
    top, above = stack[-1], stack[-2]
    points = [child for child in above.children if child.kind == "plus"]
    if (
        top.kind == "plus"
        and above.kind == "dash"
        and len(points) > 1
        and not any(p.attributes for p in points)
    ):
        return above
    return top


def _attribute_owner(top: Node) -> Node:
    owner = top
    while owner.children and owner.children[-1].kind == "paragraph":
        owner = owner.children[-1]
    return owner


def _place_paragraph(stack: list[Node], node: Node, block: Paragraph) -> None:
    """A bare paragraph belongs to the item that announces it, else to the heading above."""
    if is_capitals(block.text) and len(block.text) < 120 and len(stack) > 1 and not stack[-1].children:
        above = stack[-1]
        if above.kind in ("roman", "part", "chapter", "annex") and is_capitals(above.text or "A"):
            above.text = f"{above.text} {block.text}".strip()
            return
    if len(stack) > 1 and _CLOSING.match(fold(block.text[:200])):
        stack[0].children.append(node)
        return
    top = stack[-1]
    if top.kind in ("dash", "plus") and not (
        top.text.rstrip().endswith(":") or (not top.ends_sentence and len(top.text) < 70)
    ):
        _heading_or_letter(stack).children.append(node)
        return
    top.children.append(node)


def _heading_or_letter(stack: list[Node]) -> Node:
    for node in reversed(stack):
        if node.kind not in ("dash", "plus"):
            return node
    return stack[0]


def _give_refs(node: Node, prefix: str) -> None:
    used: dict[str, int] = {}
    dashes = pluses = paragraphs = tables = 0
    bare = [child for child in node.children if child.kind == "paragraph"]
    grids = [child for child in node.children if child.kind == "table"]
    for child in node.children:
        if child.kind == "dash":
            dashes += 1
            own = f"-{dashes}"
        elif child.kind == "plus":
            pluses += 1
            own = f"+{pluses}"
        elif child.kind == "paragraph":
            paragraphs += 1
            own = "" if len(bare) == 1 and prefix and not node.items else f"¶{paragraphs}"
        elif child.kind == "table":
            tables += 1
            own = "" if tables == len(grids) == 1 and prefix and not node.items else f"B{tables}"
        else:
            own = _own_label(child, node)
        count = used[own] = used.get(own, 0) + 1
        if count > 1:
            own = f"{own}({count})"
        child.ref = f"{prefix}.{own}" if prefix and own else own or prefix
        _give_refs(child, child.ref)


def _own_label(child: Node, parent: Node) -> str:
    """The child's part of its ref: 1.2 below 1 is 2, so that the whole reads III.1.2 once."""
    if (
        child.kind == "decimal"
        and parent.kind in ("number", "decimal")
        and child.label.startswith(parent.label + ".")
    ):
        return child.label[len(parent.label) + 1 :]
    return child.label


def _section(node: Node) -> Section:
    heading, text = heading_and_text(node)
    paragraphs = [text] if text else []
    children: list[Section] = []
    for child in node.children:
        if child.kind == "paragraph" and not child.children:
            paragraphs.append(child.text)
        elif child.kind == "table" and child.grid is not None:
            paragraphs.extend(row_text(row) for row in child.grid.rows if any(cell.strip() for cell in row))
        else:
            children.append(_section(child))
    label = "-" if node.kind == "dash" else node.label
    return Section(label, heading, tuple(paragraphs), tuple(children), node.ref)


def row_text(row: Sequence[str]) -> str:
    """One table row as a paragraph: its cells in order, parted by a bar."""
    return " | ".join(" ".join(cell.split()) for cell in row)
