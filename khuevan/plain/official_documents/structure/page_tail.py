"""The foot of a document: recipients (Nơi nhận) and signature, and where the body ends.

They stand side by side in an invisible table, or as lines one below the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khuevan.plain.folding import fold
from khuevan.plain.official_documents.document import Recipient, Signatory
from khuevan.plain.official_documents.source import Line, Table

from .blocks import is_capitals, squeeze

_RECIPIENTS = re.compile(r"^\W*n[ơo]i nh[ậa]n\b\s*:?\s*", re.IGNORECASE)
_AUTHORITY = re.compile(r"^(TM|T/M|KT|K/T|TL|T/L|TUQ|Q|QUYỀN)\s*\.?\s*(?=\w)")
_POSITION = re.compile(
    r"^(?:(?:pho|quyen|q\.)\s*)*(chu tich|giam doc|truong|tong giam doc|pho|chanh|bo truong|"
    r"thu truong|cuc truong|vu truong|"
    r"thu tuong|bi thu|chu nhiem|tong |vien truong|hieu truong|hieu pho|cuc pho|tu lenh|chi huy|"
    r"chinh uy|tham muu|thanh tra|"
    r"chanh an|kiem toan|pho tong|truong ban|uy vien|chi cuc truong|doi truong|thuong truc)"
)
_LIST_MARK = re.compile(r"^\s*[-–—−+•*]+\s*")
_BRACKET = re.compile(r"\(([^()]*)\)\s*[;,.:]*\s*$")
_PURPOSE = re.compile(
    r"^(de |b/c|bc\b|t/h|th\b|p/h|ph/h|ph\b|d/b|db\b|dt\b|bao cao|phoi hop|thuc hien|biet|chi dao|"
    r"theo doi|dang tai|dua tin|cong bao)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"^\W*(đã ký|ký bởi|ký tên|signed)", re.IGNORECASE)
_NAME = re.compile(r"^(?:[^\W\d_][\w'’]*\.?\s*){2,7}$")
_MOST_LINES_BELOW = 60


@dataclass(frozen=True, slots=True)
class PageTail:
    """Recipients and signatory, and the half-open range of blocks that held them."""

    recipients: tuple[Recipient, ...]
    signatory: Signatory | None
    start: int
    end: int


def find_tail(blocks: Sequence[Line | Table]) -> PageTail | None:
    """The first tail of the blocks, None where there is none."""
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            tail = _from_table(block, index)
            if tail is not None:
                return _over_the_page(tail, blocks)
        elif _RECIPIENTS.match(block.text):
            columns = _two_columns(blocks, index)
            if columns is not None:
                return columns
            if _is_list_below(blocks, index):
                return _from_lines(blocks, index)
    return _signature_alone(blocks)


def _from_table(table: Table, index: int) -> PageTail | None:
    cells = [cell for row in table.rows for cell in row if cell.strip()]
    lists = [cell for cell in cells if _RECIPIENTS.match(cell.strip())]
    if not lists:
        if (
            len(cells) <= 3
            and cells
            and (signatory := _signatory(cells[-1].split("\n")))
            and _AUTHORITY.match(cells[-1].strip())
        ):
            return PageTail((), signatory, index, index + 1)
        return None
    others = [cell for cell in cells if cell not in lists]
    lines = lists[0].split("\n")
    if len(lines) < 3 and others and all(_LIST_MARK.match(line) for line in others[0].split("\n")[:2]):
        lines += others.pop(0).split("\n")
    signature = [line for cell in others for line in cell.split("\n")]
    return PageTail(tuple(_recipients(lines)), _signatory(signature), index, index + 1)


def _over_the_page(tail: PageTail, blocks: Sequence[Line | Table]) -> PageTail:
    """The tail with the recipients that a page break parted from their table."""
    if not tail.recipients or any(fold(each.name).startswith("luu") for each in tail.recipients):
        return tail
    more: list[str] = []
    end = tail.end
    for block in blocks[tail.end : tail.end + 30]:
        if isinstance(block, Table):
            break
        text = block.text.strip()
        if text and not _LIST_MARK.match(text) and not (more and text.startswith("(")):
            break
        end += 1
        more += [text] if text else []
    if not any(_LAST_RECIPIENT.match(fold(line)) for line in more):
        return tail
    printed = [f"- {each.name}{f' ({each.purpose})' if each.purpose else ''};" for each in tail.recipients]
    return PageTail(tuple(_recipients([*printed, *more])), tail.signatory, tail.start, end)


_LAST_RECIPIENT = re.compile(r"^\W*luu\b")


def _two_columns(blocks: Sequence[Line | Table], index: int) -> PageTail | None:
    """Recipients left and signature right of wide blanks, as a page kept in plain text shows them."""
    left: list[str] = []
    right: list[str] = []
    end = index
    for position in range(index, min(len(blocks), index + _MOST_LINES_BELOW)):
        block = blocks[position]
        if isinstance(block, Table):
            break
        text = block.text.replace("\t", "    ").rstrip()
        wide = _WIDE_GAP.match(text)
        first, last = (wide["left"], wide["right"]) if wide is not None else (text, "")
        if last and (
            _is_signature_line(last) or _SIGNED.match(last.strip("()")) or (right and _NAME.match(last))
        ):
            left.append(first)
            right.append(last)
        elif right and text.startswith(" " * 15) and (_NAME.match(text.strip()) or is_capitals(text)):
            right.append(text.strip())
        elif right and position > index + 1 and text.strip() and not _LIST_MARK.match(text):
            break
        else:
            left.append(text)
        end = position + 1 if text.strip() else end
    if not right:
        return None
    return PageTail(tuple(_recipients(left)), _signatory(right), index, end)


_WIDE_GAP = re.compile(r"^(?P<left>\s*\S.*?)\s{3,}(?P<right>\S.*)$")


def _is_list_below(blocks: Sequence[Line | Table], index: int) -> bool:
    block = blocks[index]
    assert isinstance(block, Line)
    rest = _RECIPIENTS.sub("", block.text).strip()
    if rest:
        return bool(_LIST_MARK.match(rest)) or ";" in rest
    below = [b.text.strip() for b in blocks[index + 1 : index + 8] if isinstance(b, Line) and b.text.strip()]
    return (
        any(_LIST_MARK.match(text) for text in below[:3])
        or not below
        or any(text.startswith("Như") for text in below[:2])
    )


def _from_lines(blocks: Sequence[Line | Table], index: int) -> PageTail:
    recipients: list[str] = []
    signature: list[str] = []
    end = index
    for position in range(index, min(len(blocks), index + _MOST_LINES_BELOW)):
        block = blocks[position]
        if isinstance(block, Table):
            break
        text = squeeze(block.text)
        if not text or _RECIPIENTS.fullmatch(text):
            end = position + 1
            continue
        if signature:
            if not (
                _is_signature_line(text) or (_NAME.match(text) and len(text) < 50) or _SIGNED.match(text)
            ):
                break
            signature.append(text)
            end = position + 1
            if not is_capitals(text) and _NAME.match(text) and not _SIGNED.match(text):
                break
        elif recipients and _is_signature_line(text) and not _LIST_MARK.match(text):
            signature.append(text)
            end = position + 1
        elif (
            recipients and fold(recipients[-1]).lstrip("-– ").startswith("luu") and not _LIST_MARK.match(text)
        ):
            if _NAME.match(text) and not is_capitals(text):
                signature.append(text)
                end = position + 1
            break
        else:
            recipients.append(block.text)
            end = position + 1
    start = index
    if not signature:
        start, signature = _signature_above(blocks, index)
    return PageTail(tuple(_recipients(recipients)), _signatory(signature), start, end)


def _signature_above(blocks: Sequence[Line | Table], index: int) -> tuple[int, list[str]]:
    """The signature where a copy set the right column above the left."""
    found: list[str] = []
    start = index
    for position in range(index - 1, max(-1, index - 14), -1):
        block = blocks[position]
        if isinstance(block, Table):
            break
        text = squeeze(block.text)
        if not text or _SIGNED.match(text):
            continue
        if (is_capitals(text) and len(text) < 80) or (not found and _NAME.match(text) and len(text) < 50):
            found.insert(0, text)
            if _is_signature_line(text):
                start = position
        else:
            break
    if start == index:
        return index, []
    return start, found


def _signature_alone(blocks: Sequence[Line | Table]) -> PageTail | None:
    """A signature at the end of a document without Nơi nhận."""
    for position in range(len(blocks) - 1, max(-1, len(blocks) - 30), -1):
        block = blocks[position]
        if isinstance(block, Line) and _is_signature_line(squeeze(block.text)) and len(block.text) < 80:
            start = position
            while start > 0:
                above = blocks[start - 1]
                if not isinstance(above, Line) or not _is_signature_line(squeeze(above.text)):
                    break
                start -= 1
            lines = [squeeze(b.text) for b in blocks[start:] if isinstance(b, Line) and b.text.strip()]
            signatory = _signatory(lines)
            if signatory is not None and signatory.name:
                return PageTail((), signatory, start, len(blocks))
    return None


def _is_signature_line(text: str) -> bool:
    return bool(_AUTHORITY.match(text)) or (
        is_capitals(text) and bool(_POSITION.match(fold(text))) and len(text) < 80
    )


def _recipients(lines: Sequence[str]) -> list[Recipient]:
    """One recipient a list mark; a bracket that stands apart serves the lines beside it."""
    lines = _one_a_line(lines)
    items: list[list[str]] = []
    for line in lines:
        text = _RECIPIENTS.sub("", line) if not items else line
        if not text.strip():
            continue
        if (
            not items
            or _LIST_MARK.match(text)
            or (items[-1][-1].rstrip().endswith(";") and not _has_marks(lines))
        ):
            items.append([text])
        elif re.fullmatch(r"\s*\([^()]*\)\s*;?\s*", text):
            closed = items[-1][-1].rstrip().endswith((";", ","))
            items[-1].append(text)
            if closed and not any("(" in line for item in items[:-1] for line in item):
                for item in items[:-1]:
                    item.append(text)
        elif fold(items[-1][0]).lstrip("-– ").startswith("luu") and items[-1][-1].rstrip().endswith(
            (".", ";")
        ):
            continue
        else:
            items[-1].append(text)
    found: list[Recipient] = []
    apart: list[tuple[int, str]] = []
    padded: list[bool] = []
    for item in items:
        raw = _LIST_MARK.sub("", " ".join(part.strip() for part in item))
        padded.append(bool(re.search(r"\s{3,}$|;\s{3,}\(", item[0])))
        if not (name := squeeze(raw)):
            padded.pop()
            continue
        bracket = _BRACKET.search(name)
        purpose = None
        if bracket and (
            _PURPOSE.match(fold(bracket[1]).strip()) or name[: bracket.start()].rstrip().endswith(";")
        ):
            purpose = squeeze(bracket[1]).rstrip(" ;.,")
            before = name[: bracket.start()]
            if re.search(r";\s{3,}\(", item[0]):
                apart.append((len(found), purpose))
            name = before
        found.append(Recipient(name.strip(" ;.,:\t"), purpose))
    for index, purpose in apart:
        if len(apart) == 1 or all(other == purpose for _, other in apart):
            if not any(padded[:index] + padded[index + 1 :]):
                _serve(found, purpose, 0, min(2 * index, len(found) - 1))
                continue
            first = index
            while first > 0 and padded[first - 1] and found[first - 1].purpose is None:
                first -= 1
            last = index
            while last + 1 < len(found) and padded[last + 1] and found[last + 1].purpose is None:
                last += 1
            _serve(found, purpose, first, last)
    return [recipient for recipient in found if any(c.isalnum() for c in recipient.name)]


def _serve(found: list[Recipient], purpose: str, first: int, last: int) -> None:
    """Give the purpose to the recipients from `first` to `last`: a bracket set beside the middle of them."""
    for position in range(first, last + 1):
        if found[position].purpose is None and not fold(found[position].name).startswith("luu"):
            found[position] = Recipient(found[position].name, purpose)


def _one_a_line(lines: Sequence[str]) -> list[str]:
    """The lines, with those parted that a copy ran together: "- Bộ A; - Sở B" or one line for all."""
    parted = [part for line in lines for part in re.split(r"(?<=;)\s*(?=[-–+]\s+\S)", line)]
    filled = [line for line in parted if _RECIPIENTS.sub("", line).strip()]
    if len(filled) == 1:
        whole = [part for part in _RECIPIENTS.sub("", filled[0]).split(";") if part.strip()]
        if len(whole) > 1:
            return [f"- {_LIST_MARK.sub('', part)}" for part in whole]
    return parted


def _has_marks(lines: Sequence[str]) -> bool:
    return any(_LIST_MARK.match(line) for line in lines)


def _signatory(lines: Sequence[str]) -> Signatory | None:
    texts = [part for line in lines for part in _parted(squeeze(line).strip("*| "))]
    texts = [text for text in texts if text and not _SIGNED.match(text) and not set(text) <= set("-_–—. ()")]
    authorities: list[str] = []
    positions: list[str] = []
    name: str | None = None
    for text in texts:
        if re.fullmatch(r"\(.*\)", text):
            continue
        if _AUTHORITY.match(text):
            authorities.append(text)
        elif (
            is_capitals(text)
            and (positions or authorities)
            and not _POSITION.match(fold(text))
            and not _looks_like_name(text)
        ):
            if positions:
                positions[-1] = f"{positions[-1]} {text}"
            else:
                authorities[-1] = f"{authorities[-1]} {text}"
        elif (
            is_capitals(text)
            and authorities
            and not positions
            and authorities[-1].rstrip().endswith((",", "-"))
        ):
            authorities[-1] = f"{authorities[-1]} {text}"
        elif is_capitals(text) and not (
            positions and _looks_like_name(text) and not _POSITION.match(fold(text))
        ):
            positions.append(text)
        elif positions or authorities:
            if not is_capitals(text) and _POSITION.match(fold(text)) and not positions:
                positions.append(text)
            elif _NAME.match(text) and len(text) < 60:
                name = text
                break
    if not (authorities or positions):
        return None
    position = " ".join(positions) or None
    if position is None and len(authorities) == 1:
        position = None
    return Signatory(" ".join(authorities) or None, position, name)


_ACADEMIC = re.compile(
    r"^(?:(?:GS|PGS|TS|THS|BS|BSCKII|BSCKI|CN|KS|LS|CKI|CKII|NGƯT|NGND)\s?\.\s?)+", re.IGNORECASE
)
_RUN_TOGETHER = re.compile(
    r"\s+(?=(?:KT|TL|TUQ)\s?\.)|(?<=NHÂN DÂN)\s+(?=CHỦ TỊCH|PHÓ )|(?<=THƯỜNG VỤ)\s+(?=BÍ THƯ|PHÓ )"
    r"|(?<=Ủ TỊCH|ÁM ĐỐC)\s+(?=PHÓ )|(?<=TRƯỞNG)\s+(?=THỨ TRƯỞNG)"
)


def _parted(text: str) -> list[str]:
    """The lines of a signature that a copy ran together: authority, office and name."""
    if not _AUTHORITY.match(text):
        return [text]
    words = text.split()
    capitals = next((n for n, word in enumerate(words) if not word.isupper()), len(words))
    name = " ".join(words[capitals:])
    if len(words) - capitals < 2 or not _NAME.match(name):
        capitals, name = len(words), ""
    lines = _RUN_TOGETHER.sub("\n", " ".join(words[:capitals])).split("\n")
    return [*lines, name] if name else lines


def _looks_like_name(text: str) -> bool:
    """Whether capitals are a person's name (NGUYỄN VĂN A) and no office."""
    words = _ACADEMIC.sub("", text).split()
    return 2 <= len(words) <= 5 and bool(
        re.match(
            r"^(nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|trinh|"
            r"luong|dao|mai|truong|"
            r"cao|to|bach|ha|chu|luu|thai|quach|ta|kieu|doan|nong|vuong|lam|trieu)$",
            fold(words[0]),
        )
    )
