"""The head of the page: bodies, number, place and date, type and title (Decree 30/2020/ND-CP, annex I).

The head is an invisible table of two columns. It comes as such a table, as the lines of its cells
one after another, or not at all; a document without it begins at its type, or at "Kính gửi".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from khuevan.plain.folding import fold
from khuevan.plain.official_documents.source import Line, Table

from .blocks import is_capitals, squeeze
from .document_types import type_at_start, type_of_heading
from .labels import label_of

_HEAD_LINES = 80
_NATIONAL = ("cong hoa xa hoi chu nghia viet nam", "dang cong san viet nam")
_MOTTO = re.compile(r"^doc lap\s*[-–—]\s*tu do")
_NUMBER = re.compile(r"^s[ốo]\s*:?\s*(?P<number>\d{1,5})?[\s.…_]*(?P<rest>(?:/|-)\s*[^\s].*)$", re.IGNORECASE)
_PLACE_DATE = re.compile(
    r"^(?P<place>[^\d,:]{2,60}?)\s*,?\s*ngày\s*(?P<day>[\d.…_\s]*)\s*tháng\s*(?P<month>[\d.…_\s]*)\s*năm\s*(?P<year>\d{4}|[\d.…_\s]*)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^v/v\s*:?\s*|^về việc\s+", re.IGNORECASE)
_MARK = re.compile(r"^\W*(hoa toc|thuong khan|khan|xem xong tra lai|luu hanh noi bo)\W*$")
_BODY_WORD = re.compile(
    r"^(uy ban nhan dan|ubnd|hoi dong|hdnd|so |bo |cuc |tong cuc|chi cuc|ban |van phong|trung tam|"
    r"cong an|truong |vien |"
    r"thanh uy|tinh uy|dang uy|quan uy|huyen uy|dang bo|lien doan|hoi |tong cong ty|cong ty|thanh tra|dai |"
    r"bao |thong tan xa|"
    r"toa an|kiem toan|ngan hang|bao hiem|phong |uy ban|mat tran|doan |tong lien doan|kho bac|"
    r"chinh phu|thu tuong|"
    r"quoc hoi|hoc vien|benh vien|vien kiem sat|lien hiep|cong doan|bo tu lenh|bo chi huy|cong thong tin|to )"
)
_UNFINISHED_BODY = re.compile(
    r"^(uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|van phong|ban chi dao|ban chap hanh|uy ban|"
    r"uy ban mat tran to quoc viet nam|thanh tra|cong an)$"
    r"|\b(?:va|cua|,|-)$"
    # SỞ VĂN HÓA may go on with BÁO CHÍ; SỞ VĂN HÓA VÀ THỂ THAO is whole.
    r"|^(?!.* va ).*\b(?:thong tin|van hoa|the thao|nong nghiep|khoa hoc|giao duc|tai nguyen)$"
)
_LOCALITY = re.compile(
    r"^(tinh(?! (?:uy|doan))|thanh pho|tp\.?|xa|phuong|thi tran|thi xa|huyen|quan|dac khu|khu vuc|viet nam|va |"
    r"chinh phu|quoc hoi|trung uong)\b"
)
_TITLE_ENDS = re.compile(
    r"^(can cu|thuc hien|theo de nghi|theo |xet |tren co so|de |nham |trong thoi gian|thoi gian qua|"
    r"kinh gui|ngay |chieu |sang |"
    r"\(?kem theo|\(?ban hanh kem|phan |chuong |dieu 1|do hau qua|nhan dip|trong nam)|"
    r"ban hanh ke hoach.*nhu sau"
)
_AUTHORITY_LINE = re.compile(
    r"^(chu tich|uy ban nhan dan|hoi dong|bo truong|giam doc|thu tuong|chinh phu|tong |cuc truong|"
    r"truong ban|chanh|so |ban |bi thu|quoc hoi)"
)
_TITLED = frozenset(
    {"Kế hoạch", "Chương trình", "Đề án", "Phương án", "Báo cáo", "Thông báo", "Hướng dẫn", "Chỉ thị"}
)
"""Types whose title may go on in capitals on the type's own line: KẾ HOẠCH CÔNG TÁC NĂM 2026."""
_ATTACHED = re.compile(r"^\(?\s*(kem theo|ban hanh kem theo|dinh kem)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageHead:
    """What stands above the body; fields that are not there are None."""

    type: str | None = None
    number: int | None = None
    symbol: str | None = None
    parent_body: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: date | None = None
    title: str | None = None
    is_letter: bool = False


def split_head(blocks: Sequence[Line | Table]) -> tuple[PageHead, list[Line | Table]]:
    """The head and the blocks below the title."""
    blocks = _columns_apart(blocks)
    above, type_index = _above_type(blocks)
    head = _read_above(above)
    if type_index is None:
        if head.is_letter:
            return replace(head, type="Công văn"), _below_letter_head(blocks)
        return head, list(blocks[_lines_used(blocks, above) :]) if head != PageHead() else list(blocks)
    block = blocks[type_index]
    assert isinstance(block, Line)
    text = squeeze(block.text)
    kind = type_of_heading(text)
    first: list[str] = []
    if kind is None:
        opened = type_at_start(text)
        assert opened is not None
        kind, rest = opened
        first = [rest]
    title, below = title_below(blocks, type_index + 1, first)
    return replace(head, type=kind, title=title, is_letter=False), below


_WIDE_GAP = re.compile(r"^(?P<left>\s*\S.*?)(?:\s{3,}|\t+)(?P<right>\S.*)$")


def _columns_apart(blocks: Sequence[Line | Table]) -> Sequence[Line | Table]:
    """The blocks with the left column of the head above the right, where wide blanks part them in a line."""
    left: list[Line | Table] = []
    right: list[Line | Table] = []
    for position, block in enumerate(blocks[:12]):
        wide = _WIDE_GAP.match(block.text) if isinstance(block, Line) else None
        if wide is not None and isinstance(block, Line) and _of_right_column(squeeze(wide["right"])):
            left.append(Line(wide["left"], block.page))
            right.append(Line(wide["right"], block.page))
        elif right and (
            isinstance(block, Table) or len(left) - len(right) > 4 or find_type_line([block]) is not None
        ):
            return [*left, *right, *blocks[position:]]
        else:
            left.append(block)
    return blocks


def _of_right_column(text: str) -> bool:
    folded = fold(text)
    return any(folded in name for name in _NATIONAL) or bool(_MOTTO.match(folded) or _PLACE_DATE.match(text))


def find_type_line(blocks: Sequence[Line | Table], start: int = 0, end: int | None = None) -> int | None:
    """The index of the first line that is the name of a type in capitals, None where there is none."""
    for index in range(start, len(blocks) if end is None else min(end, len(blocks))):
        block = blocks[index]
        if not isinstance(block, Line):
            continue
        text = squeeze(block.text)
        if not text or not text[:1].isupper():
            continue
        if is_capitals(text) and type_of_heading(text) and not text.endswith(":"):
            return index
        opened = type_at_start(text)
        if opened is None or not opened[1] or index >= start + 30:
            continue
        if not is_capitals(opened[1][:12]) or (opened[0] in _TITLED and not text.endswith(":")):
            return index
    return None


def title_below(
    blocks: Sequence[Line | Table], start: int, first: list[str]
) -> tuple[str | None, list[Line | Table]]:
    """The title that stands below the type, joined to one line, and the blocks after it."""
    lines = list(first)
    position = start
    blank_seen = False
    while position < len(blocks) and len(lines) < 14:
        block = blocks[position]
        if not isinstance(block, Line):
            break
        text = squeeze(block.text)
        if not text:
            blank_seen = blank_seen or bool(lines)
            position += 1
            continue
        if _ends_title(text, lines, blank_seen):
            break
        lines.append(text)
        blank_seen = False
        position += 1
    title = squeeze(" ".join(lines)).rstrip(" .;,")
    title = _SUBJECT.sub("", title) if title.lower().startswith("v/v") else title
    return title or None, list(blocks[position:])


def _ends_title(text: str, lines: list[str], blank_seen: bool) -> bool:
    folded = fold(text)
    if not lines:
        return bool(
            _ATTACHED.match(folded) or text.startswith(("Căn cứ", "Kính gửi")) or label_of(text) is not None
        )
    if _ATTACHED.match(folded):
        return True
    label = label_of(text)
    if label is not None and label.kind in ("roman", "article", "part", "chapter", "capital", "heading"):
        return True
    if label is not None and label.kind in ("number", "letter", "dash") and blank_seen:
        return True
    so_far_capitals = is_capitals(" ".join(lines))
    if so_far_capitals:
        if not is_capitals(text):
            return not (blank_seen is False and len(text) < 40 and not _TITLE_ENDS.match(folded))
        return blank_seen and bool(_AUTHORITY_LINE.match(folded))
    if is_capitals(text) and len(text) > 12:
        return True
    if _TITLE_ENDS.match(folded) and not text[:1].islower():
        return not (folded.startswith(("theo ", "thuc hien", "de ", "nham ")) and len(lines) == 0)
    if blank_seen:
        return not text[:1].islower() and (
            len(text) > 70 or text.endswith((":", ";", ".")) or lines[-1].endswith((".", "”."))
        )
    return text.endswith(":")


def _above_type(blocks: Sequence[Line | Table]) -> tuple[list[tuple[str, ...]], int | None]:
    """The lines above the type, cell by cell, and the type's index; all head-like lines where no type is."""
    limit = min(len(blocks), _HEAD_LINES)
    index = find_type_line(blocks, 0, limit)
    cells: list[tuple[str, ...]] = []
    run: list[str] = []
    for block in blocks[: limit if index is None else index]:
        if isinstance(block, Table):
            if run:
                cells.append(tuple(run))
                run = []
            cells.extend(tuple(cell.split("\n")) for row in block.rows for cell in row)
        elif index is None and _starts_body(block.text):
            break
        elif block.text.strip():
            run.append(block.text)
    if run:
        cells.append(tuple(run))
    return cells, index


def _starts_body(text: str) -> bool:
    """Whether a line of a document without a type line is already its body."""
    line = squeeze(text)
    return len(line) > 90 or bool(re.match(r"^(căn cứ|thực hiện|thời gian qua|theo )", line.lower()))


def _read_above(cells: list[tuple[str, ...]]) -> PageHead:
    head = PageHead()
    bodies: list[str] = []
    closed = False
    for cell in cells:
        lines = [squeeze(line) for line in cell]
        if any(fold(line).startswith("kinh gui") for line in lines):
            head = replace(head, is_letter=True)
        closed = closed and not any(_BODY_WORD.match(fold(line)) for line in lines[:1])
        subject: list[str] = []
        for position, line in enumerate(lines):
            folded = fold(line)
            if not line or set(line) <= set("-_–—*=. "):
                closed = closed or (bool(bodies) and bool(line))
                continue
            number = _NUMBER.match(line)
            placed = _PLACE_DATE.match(" ".join(lines[position : position + 2]))
            if (len(folded) >= 7 and any(folded in title for title in _NATIONAL)) or _MOTTO.match(folded):
                closed = True
            elif number is not None:
                closed = True
                head = _with_symbol(head, number)
            elif placed is not None and head.place is None:
                closed = True
                head = replace(head, place=squeeze(placed["place"]).strip(" ,"), date=_day(placed))
                break
            elif _SUBJECT.match(line) or (subject and not _MARK.match(folded)):
                subject.append(line)
            elif not closed and is_capitals(line) and len(line) < 90 and not _MARK.match(folded):
                bodies.append(line)
        if subject:
            head = replace(
                head, title=_SUBJECT.sub("", squeeze(" ".join(subject))).rstrip(" ./") or None, is_letter=True
            )
    named = _bodies(bodies)
    if named:
        head = replace(head, issuer=named[-1], parent_body=named[-2] if len(named) > 1 else None)
    return head


def _with_symbol(head: PageHead, match: re.Match[str]) -> PageHead:
    """The head with number and symbol, unchanged where the line's words are no symbol."""
    rest = re.sub(r"\s+", "", match["rest"]).strip(".…_")
    rest = re.split(r"(?i)ngày|,|;", rest)[0]
    digits = match["number"]
    if not re.match(r"^[/-][^\W\d_]", rest) and not re.match(r"^[/-]\d{4}[/-]", rest):
        return head
    return replace(head, number=int(digits) if digits else None, symbol=f"{digits or ''}{rest}")


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"].strip()), int(match["month"].strip()), int(match["day"].strip()))
    except ValueError:
        return None


def _bodies(lines: list[str]) -> list[str]:
    """The bodies that the lines name, each joined where its name goes on the next line; repeats once."""
    bodies: list[str] = []
    for line in lines:
        folded = fold(line)
        if (bodies and not (_BODY_WORD.match(folded) and not _UNFINISHED_BODY.search(fold(bodies[-1])))) or (
            bodies and _LOCALITY.match(folded)
        ):
            bodies[-1] = f"{bodies[-1]} {line}"
        else:
            bodies.append(line)
    unique: list[str] = []
    for body in bodies:
        if body not in unique:
            unique.append(body)
    return unique


def _below_letter_head(blocks: Sequence[Line | Table]) -> list[Line | Table]:
    """The blocks below the addressees of a letter."""
    seen = False
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            if any(fold(cell.strip()).startswith("kinh gui") for row in block.rows for cell in row):
                return list(blocks[index + 1 :])
            continue
        text = squeeze(block.text)
        if fold(text).startswith("kinh gui"):
            seen = True
        elif seen and text and not text.startswith(("-", "+", "–")) and not (text[:1].islower()):
            return list(blocks[index:])
    return list(blocks)


def _lines_used(blocks: Sequence[Line | Table], above: list[tuple[str, ...]]) -> int:
    """How many blocks the head took where no type line ends it."""
    wanted = sum(len(cell) for cell in above)
    used = taken = 0
    for block in blocks:
        if taken >= wanted:
            break
        used += 1
        if isinstance(block, Table):
            taken += sum(len(cell.split("\n")) for row in block.rows for cell in row)
        elif block.text.strip():
            taken += 1
    return used
