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
from .labels import Label, label_of

_PAGE_NUMBER = re.compile(r"^[\s\-–]*\d{1,3}[\s\-–]*$")
_ENDED = re.compile(r"[.;:!?…][\"”’)\]]*$")
# A line may break after the stroke or hyphen of 57-KL/TW and 417/QĐ-BVHTTDL.
_HALF_A_SYMBOL = re.compile(r"\s\d[^\s]*[/-]$")
_OTHER_HALF = re.compile(r"[A-ZĐ]{2}")
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
    """The lines of one paragraph as one string; a symbol broken at its stroke ("57-KL/", "TW") is whole again."""
    whole = ""
    for line in lines:
        gap = "" if _HALF_A_SYMBOL.search(whole[-24:]) and _OTHER_HALF.match(line) else " "
        whole = f"{whole}{gap}{line}" if whole else line
    return squeeze(whole)


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


@dataclass(slots=True)
class _Open:
    """The paragraph being put together: its lines, the label of the first, whether all are capitals."""

    lines: list[str]
    label: Label | None
    capitals: bool

    @property
    def above(self) -> str:
        return self.lines[-1]

    def add(self, text: str) -> None:
        self.lines.append(text)
        self.capitals = self.capitals and is_capitals(text)

    def closed(self) -> Paragraph:
        return Paragraph(joined_text(self.lines), tuple(self.lines))


def _paragraphs(lines: Sequence[Line], wrapping: _Wrapping | None) -> Iterable[Paragraph]:
    current: _Open | None = None
    gap = 0
    for index, line in enumerate(lines):
        text = squeeze(line.text)
        if not text:
            gap += 1
            continue
        if text[-1].isdigit() and _PAGE_NUMBER.match(text) and _alone(lines, index):
            continue
        label = label_of(text)
        if current is not None and _goes_on(current, text, label, gap, line.starts_paragraph, wrapping):
            current.add(text)
        else:
            if current is not None:
                yield current.closed()
            current = _Open([text], label, is_capitals(text))
        gap = 0
    if current is not None:
        yield current.closed()


def _alone(lines: Sequence[Line], index: int) -> bool:
    """Whether blank lines, or nothing, stand on both sides, as around a page number."""
    before = index == 0 or not lines[index - 1].text.strip()
    after = index + 1 == len(lines) or not lines[index + 1].text.strip()
    return before and after


def _goes_on(
    current: _Open, text: str, label: Label | None, gap: int, starts: bool | None, wrapping: _Wrapping | None
) -> bool:
    """Whether a line continues the paragraph so far.

    `label` is the line's own, `gap` the number of blank lines above it, `starts` what geometry says.
    """
    only_a_label = current.label is not None and not current.label.rest and len(current.lines) == 1
    if wrapping is None:
        return only_a_label and gap == 0
    if only_a_label and gap < 2 and label is None:
        return current.label is not None and current.label.kind not in ("annex", "part", "chapter", "heading")
    above = current.above
    if starts is not None:
        if (
            text[:1].isupper()
            and attribute_of(text) is not None
            and attribute_of(current.lines[0]) is not None
        ):
            return False
        return not (starts or (label is not None and _ENDED.search(above)))
    ended = bool(_ENDED.search(above))
    short = len(above) < 0.62 * wrapping.width
    if (ended or short) and attribute_of(text) is not None:
        return False
    if label is not None:
        return _labelled_line_goes_on(current, label, gap, ended, short, wrapping)
    capitals = is_capitals(text)
    if is_capitals(above) != capitals and len(above) > 3 and len(text) > 3:
        own_words = current.label.rest if current.label else current.lines[0]
        if current.capitals and not text[:1].islower() and (gap or is_capitals(own_words)):
            return False
        if capitals and (ended or short):
            return False
    return _plain_line_goes_on(current, text, gap, ended, short, wrapping)


def _labelled_line_goes_on(
    current: _Open, label: Label, gap: int, ended: bool, short: bool, wrapping: _Wrapping
) -> bool:
    """Whether a line that looks labelled is the rest of a sentence: "… của Công an / - Thường trực …"."""
    if label.kind in ("dash", "plus"):
        if ended or is_capitals(current.above):
            return False
        if label.rest[:1].islower():
            return gap == 0 or wrapping.double
        full = len(current.above) >= (0.9 if wrapping.double else 0.62) * wrapping.width
        return full and (gap == 0 or wrapping.double)
    if gap or ended or short or current.capitals:
        return False
    return label.kind not in ("article", "roman")


def _plain_line_goes_on(
    current: _Open, text: str, gap: int, ended: bool, short: bool, wrapping: _Wrapping
) -> bool:
    """Whether a line without a label continues the sentence above."""
    above = current.above
    starts_lower = text[:1].islower() or text[:1] in ",;)"
    if wrapping.double:
        if starts_lower:
            return True
        if short or gap > 2:
            return False
        return not (ended and above.endswith((";", ":")) and _OPENS_BASIS.match(current.lines[0]))
    if gap:
        return starts_lower and not ended and gap < 4
    if _OPENS_BASIS.match(text) and above.endswith(";"):
        return False
    if wrapping.dense and not starts_lower:
        return not (short and current.label is not None) and not (
            ended and len(above) < 0.75 * wrapping.width
        )
    return True
