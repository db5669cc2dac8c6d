"""Lines joined to paragraphs, as the author wrote them before the page, or a crawler, broke them.

Three kinds of source occur. Where nothing is wrapped, a line is a paragraph. Where paragraphs are
parted by blank lines, a line goes on the one above unless it plainly starts something. Where every
line is followed by a blank one (a PDF saved as text), only the words tell: a line goes on when it
begins in lower case, or when the line above filled the width and ended in mid-sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khuevan.plain.official_documents.source import Line, Table

from .attributes import attribute_of
from .blocks import Block, Grid, Paragraph, is_capitals, squeeze
from .labels import label_of

_PAGE_NUMBER = re.compile(r"^[\s\-–]*\d{1,3}[\s\-–]*$")
_ENDED = re.compile(r"[.;:!?…][\"”’)\]]*$")
_OPENS_BASIS = re.compile(r"^(Căn cứ|Thực hiện|Theo đề nghị|Xét đề nghị)\b")


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """How a wrapped source sets its lines.

    `double` where every line is followed by a blank one, `dense` where there are hardly any blank
    lines, so that a short last line alone ends a paragraph; `width` in characters.
    """

    double: bool
    dense: bool
    width: int


def joined(blocks: Sequence[Line | Table], *, wrapped: bool) -> list[Block]:
    """Paragraphs and grids in the blocks' order; page numbers that stand alone are dropped."""
    result: list[Block] = []
    run: list[Line] = []
    wrapping = _wrapping(blocks)

    def flush() -> None:
        if run:
            result.extend(_paragraphs(run, wrapping if wrapped else None))
            run.clear()

    for block in blocks:
        if isinstance(block, Table):
            flush()
            if any(any(cell.strip() for cell in row) for row in block.rows):
                result.append(Grid(block.rows))
        else:
            run.append(block)
    flush()
    return result


def joined_text(lines: Iterable[str]) -> str:
    """The lines of one paragraph as one string."""
    return squeeze(" ".join(lines))


def _wrapping(blocks: Sequence[Line | Table]) -> _Wrapping:
    lengths: list[int] = []
    adjacent = lines = blanks = 0
    before_blank = True
    for block in blocks:
        if isinstance(block, Table):
            before_blank = True
            continue
        text = block.text.strip()
        if text:
            lines += 1
            adjacent += not before_blank
            if len(text) > 30:
                lengths.append(len(text))
        else:
            blanks += not before_blank
        before_blank = not text
    lengths.sort()
    width = lengths[int(len(lengths) * 0.9)] if lengths else 80
    return _Wrapping(
        double=lines > 10 and adjacent < 0.2 * lines, dense=lines > 10 and blanks < 0.06 * lines, width=width
    )


def _paragraphs(lines: Sequence[Line], wrapping: _Wrapping | None) -> Iterable[Paragraph]:
    current: list[str] = []
    gap = 0
    for index, line in enumerate(lines):
        text = squeeze(line.text)
        if not text:
            gap += 1
            continue
        if _PAGE_NUMBER.match(text) and _alone(lines, index):
            continue
        if current and not _goes_on(current, text, gap, line, wrapping):
            yield _paragraph(current)
            current = []
        current.append(text)
        gap = 0
    if current:
        yield _paragraph(current)


def _paragraph(lines: list[str]) -> Paragraph:
    return Paragraph(joined_text(lines), tuple(lines))


def _alone(lines: Sequence[Line], index: int) -> bool:
    """Whether blank lines, or nothing, stand on both sides, as around a page number."""
    before = index == 0 or not lines[index - 1].text.strip()
    after = index + 1 == len(lines) or not lines[index + 1].text.strip()
    return before and after


def _all_capitals(lines: list[str]) -> bool:
    return all(is_capitals(line) for line in lines)


def _goes_on(current: list[str], text: str, gap: int, line: Line, wrapping: _Wrapping | None) -> bool:
    """Whether the line continues the paragraph so far."""
    above = current[-1]
    own_label = label_of(current[0])
    if wrapping is None:
        return own_label is not None and not own_label.rest and gap == 0
    if (
        own_label is not None
        and not own_label.rest
        and len(current) == 1
        and gap < 2
        and label_of(text) is None
    ):
        return own_label.kind not in ("annex", "part", "chapter", "heading")
    if line.starts_paragraph is not None:
        if line.starts_paragraph:
            return False
        return not (label_of(text) is not None and _ENDED.search(above))
    ended = bool(_ENDED.search(above))
    short = len(above) < 0.62 * wrapping.width
    if (ended or short) and attribute_of(text) is not None:
        return False
    label = label_of(text)
    if label is not None:
        if label.kind in ("dash", "plus"):
            if ended or is_capitals(above):
                return False
            if label.rest[:1].islower():
                return gap == 0 or wrapping.double
            full = len(above) >= (0.9 if wrapping.double else 0.62) * wrapping.width
            return full and (gap == 0 or wrapping.double)
        if gap or ended or short or _all_capitals(current):
            return False
        return not (label.kind in ("article", "roman") or above.endswith("/./"))
    if is_capitals(above) != is_capitals(text) and len(above) > 3 and len(text) > 3:
        own_words = own_label.rest if own_label else current[0]
        if _all_capitals(current) and not text[:1].islower() and (gap or is_capitals(own_words)):
            return False
        if is_capitals(text) and (ended or short):
            return False
    starts_lower = text[:1].islower() or text[:1] in ",;)"
    if wrapping.double:
        if gap > 2 and not starts_lower:
            return False
        if starts_lower:
            return True
        if short:
            return False
        return not (ended and (above.endswith((";", ":")) and _OPENS_BASIS.match(current[0])))
    if gap:
        return starts_lower and not ended and gap < 4
    if _OPENS_BASIS.match(text) and above.endswith(";"):
        return False
    if wrapping.dense and short and own_label is not None and not starts_lower:
        return False
    return not (wrapping.dense and ended and not starts_lower and len(above) < 0.75 * wrapping.width)
