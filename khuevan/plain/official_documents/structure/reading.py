"""The stages of the reader in order: from a source to the whole document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from khuevan.plain.folding import fold
from khuevan.plain.money import find_amounts
from khuevan.plain.official_documents.document import (
    Amount,
    Funding,
    OfficialDocument,
    Period,
    Place,
    Reference,
    Section,
)
from khuevan.plain.official_documents.phrases.dates import document_period
from khuevan.plain.official_documents.phrases.references import find_references, split_legal_bases
from khuevan.plain.official_documents.source import Line, Source, Table

from .blocks import Block, Grid, squeeze
from .crawl_marks import without_marks
from .flat_tables import with_flat_tables
from .issuer import issuer_in_words
from .labels import label_of
from .obligations import Context, find_obligations
from .outline import Node, outline, row_text, sections_of
from .page_head import PageHead, find_type_line, split_head, title_below
from .page_tail import PageTail, find_tail
from .paragraphs import joined
from .slips import slips
from .task_matching import with_proposed_tasks

_BASIS = (
    "căn cứ",
    "thực hiện",
    "theo đề nghị",
    "xét đề nghị",
    "xét",
    "theo",
    "thi hành",
    "triển khai",
    "tiếp theo",
)
_BASIS_OPENS = ("Căn cứ", "Thực hiện", "Theo đề nghị", "Xét", "Theo ")
_MOST_OPENING = 40
_PROPOSED = re.compile(r"[.;]\s+(?=(?:Theo|Xét) (?:đề nghị|đề xuất) của )")
_ORDERS = re.compile(
    r"[.;]\s+(?P<sentence>(?:Căn cứ|Thực hiện|Triển khai|Thi hành|Trên cơ sở)\s[^.;]*\b"
    r"(?:chỉ thị|yêu cầu|đề nghị|ban hành|như sau|các nội dung sau|các nhiệm vụ sau|chỉ đạo)[^.;]{0,200}:)\s*$"
)


@dataclass(frozen=True, slots=True)
class _Body:
    """The document's paragraphs in order, and the blocks of its body with the number of each."""

    paragraphs: tuple[str, ...]
    blocks: tuple[tuple[int, Block], ...]
    opening: int
    """How many of the blocks stand before the first section."""


def read_source(source: Source) -> OfficialDocument:
    """The whole document that the source holds. Never refuses: what is unclear becomes a warning."""
    raw = list(source.blocks)
    cleaned = with_flat_tables(without_marks(raw)) if source.wrapped or source.kind == "txt" else raw
    head, below = split_head(cleaned)
    tail = find_tail(below)
    main, attached = _parted(below, tail)
    body = _body(main, attached, source)
    root = outline(body.blocks[body.opening :])
    opening_text = [block.text for _, block in body.blocks[: body.opening] if not isinstance(block, Grid)]
    bases = _legal_bases(body)
    issuer = head.issuer or issuer_in_words(opening_text, body.paragraphs[-12:])
    period = _period(head, opening_text, root)
    context = Context(period, head.date)
    found = find_obligations(root, head.type, context)
    duties = with_proposed_tasks(found.duties, found.tasks)
    references = _references(body.paragraphs, head.symbol)
    sections = (*_unnumbered(opening_text), *sections_of(root))
    warnings = [
        *source.warnings,
        *_missing(head, tail),
        *slips(body.paragraphs, references, sections, head.date),
    ]
    return OfficialDocument(
        type=head.type,
        number=head.number,
        symbol=head.symbol,
        parent_body=head.parent_body,
        issuer=issuer,
        place=head.place,
        date=head.date,
        title=head.title,
        period=period,
        legal_bases=bases,
        references=references,
        sections=sections,
        tasks=found.tasks,
        duties=duties,
        funding=_funding(found.funding),
        reporting=found.reporting,
        recipients=tail.recipients if tail else (),
        signatory=tail.signatory if tail else None,
        warnings=tuple(warnings),
        paragraphs=body.paragraphs,
    )


def _unnumbered(opening: Sequence[str]) -> tuple[Section, ...]:
    """What stands above the first number beside the legal bases, as one unnumbered block."""
    words = tuple(text for text in opening if not text.startswith(_BASIS_OPENS) or "như sau" in text)
    return (Section("", None, words, ()),) if words else ()


def _parted(
    below: Sequence[Line | Table], tail: PageTail | None
) -> tuple[list[Line | Table], list[Line | Table]]:
    """The body above the recipients, and what is attached below them."""
    if tail is None:
        return list(below), []
    return list(below[: tail.start]), list(below[tail.end :])


def _body(
    main: list[Line | Table],
    attached: list[Line | Table],
    source: Source,
) -> _Body:
    """Number every paragraph of body and attachments; an attached plan's title is no paragraph of work."""
    blocks: list[Block] = joined(main, wrapped=source.wrapped)
    opening = _opening_length(blocks)
    if attached:
        index = find_type_line(attached, 0, 12)
        if index is not None:
            _, attached = title_below(attached, index + 1, [])
            while attached and isinstance(attached[0], Line) and not squeeze(attached[0].text):
                attached = attached[1:]
        extra = joined(attached, wrapped=source.wrapped)
        if (
            index is not None
            and extra
            and not isinstance(extra[0], Grid)
            and fold(extra[0].text).lstrip("( ").startswith(("kem theo", "ban hanh kem"))
        ):
            extra = extra[1:]
        blocks = blocks + extra
    paragraphs: list[str] = []
    numbered: list[tuple[int, Block]] = []
    for block in blocks:
        numbered.append((len(paragraphs), block))
        if isinstance(block, Grid):
            paragraphs.extend(row_text(row) for row in block.rows)
        else:
            paragraphs.append(block.text)
    return _Body(tuple(paragraphs), tuple(numbered), opening)


def _opening_length(blocks: Sequence[Block]) -> int:
    """How many blocks stand before the first numbered section."""
    for position, block in enumerate(blocks[:_MOST_OPENING]):
        if isinstance(block, Grid):
            continue
        label = label_of(block.text)
        if label is not None and label.kind not in ("dash", "plus"):
            return position
        if label is not None and position > 0 and not isinstance(blocks[position - 1], Grid):
            above = blocks[position - 1]
            if not isinstance(above, Grid) and above.text.rstrip().endswith(":"):
                return position
    return min(len(blocks), _MOST_OPENING) if not any(_labelled(b) for b in blocks) else 0


def _labelled(block: Block) -> bool:
    return not isinstance(block, Grid) and label_of(block.text) is not None


def _legal_bases(body: _Body) -> tuple[Reference, ...]:
    bases: list[Reference] = []
    for index, block in body.blocks[: body.opening]:
        if isinstance(block, Grid):
            continue
        text = block.text
        lowered = text.lower()
        if lowered.startswith("trên cơ sở"):
            bases.extend(_basis_in_passing(f". {text}", index, offset=2))
            continue
        if not lowered.startswith(_BASIS):
            bases.extend(_basis_in_passing(text, index))
            continue
        cuts = [0, *(match.end() for match in _PROPOSED.finditer(text)), len(text)]
        for first, last in pairwise(cuts):
            bases.extend(
                Reference(
                    found.text,
                    found.type,
                    found.symbol,
                    found.date,
                    found.issuer,
                    Place(index, first + found.start, index, first + found.end),
                )
                for found in split_legal_bases(text[first:last])
            )
    return tuple(bases)


def _basis_in_passing(text: str, index: int, offset: int = 0) -> Iterator[Reference]:
    """The basis that the sentence gives with which the body orders: "… Thực hiện Công điện số …, Bộ chỉ thị:"."""
    match = _ORDERS.search(text)
    if match is None:
        return
    words = match["sentence"].removeprefix("Trên cơ sở ")
    dropped = len(match["sentence"]) - len(words)
    for found in split_legal_bases(words):
        if found.symbol is not None:
            start = match.start("sentence") + dropped + found.start - offset
            place = Place(index, start, index, start + len(found.text))
            yield Reference(found.text, found.type, found.symbol, found.date, found.issuer, place)


def _references(paragraphs: Sequence[str], own_symbol: str | None) -> tuple[Reference, ...]:
    """Every numbered document the text names, once each by symbol, the fullest mention's date and issuer."""
    by_symbol: dict[str, Reference] = {}
    own = fold(own_symbol or "")
    for index, paragraph in enumerate(paragraphs):
        for found in find_references(paragraph):
            if found.symbol is None or fold(found.symbol) == own:
                continue
            key = fold(found.symbol)
            known = by_symbol.get(key)
            if known is None:
                by_symbol[key] = Reference(
                    found.text,
                    found.type,
                    found.symbol,
                    found.date,
                    found.issuer,
                    Place(index, found.start, index, found.end),
                )
            else:
                by_symbol[key] = replace(
                    known,
                    type=known.type or found.type,
                    date=known.date or found.date,
                    issuer=known.issuer or found.issuer,
                )
    return tuple(by_symbol.values())


def _period(head: PageHead, opening: Sequence[str], root: Node) -> Period | None:
    """The time the document covers, by its title, its issuing sentence, or a section that states it."""
    issuing = " ".join(text for text in opening if "ban hành" in text) if head.type != "Công văn" else ""
    return document_period(head.title, issuing, head.date) or _stated_period(root, head.date)


def _stated_period(root: Node, signed: date | None) -> Period | None:
    """The period that a section "Thời gian thực hiện" states, where the title states none."""
    for node in _short_headings(root):
        folded = fold(node.text)
        if folded.startswith(("thoi gian", "thoi han")) and "khi" not in folded:
            words = " ".join(
                [node.text, *(child.text for child in node.children if child.kind == "paragraph")]
            )
            period = document_period(None, words, signed)
            if period is not None:
                return period
    return None


def _short_headings(root: Node) -> Iterator[Node]:
    for node in root.walk():
        if node.kind in ("roman", "number", "decimal", "letter", "dash") and len(node.text) < 400:
            yield node


def _funding(nodes: Sequence[Node]) -> Funding | None:
    if not nodes:
        return None
    texts: list[str] = []
    for node in nodes:
        for below in node.walk():
            if below is node and (below.children or below.kind == "roman"):
                continue
            if below.kind == "table" and below.grid is not None:
                texts.extend(row_text(row) for row in below.grid.rows)
            elif below.text:
                texts.append(below.text)
    text = " ".join(texts)
    return Funding(text, tuple(Amount(amount.vnd, amount.text) for amount in find_amounts(text)))


def _missing(head: PageHead, tail: PageTail | None) -> list[str]:
    warnings: list[str] = []
    if head.type is None:
        warnings.append("No document type was found at the top of the document.")
    if head.symbol is None and head.issuer is None and head.date is None:
        warnings.append("The head of the page (body, number, place and date) is missing.")
    elif head.number is None or head.date is None:
        missing = [name for name, value in (("number", head.number), ("date", head.date)) if value is None]
        warnings.append(f"The head of the page has no {' and no '.join(missing)}.")
    if tail is None:
        warnings.append("No recipients and no signature were found.")
    elif tail.signatory is None:
        warnings.append("No signature was found.")
    return warnings
