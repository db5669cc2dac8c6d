"""The words of a document as they are printed, the same for PDF, Word and HTML.

Numbers below ten and the months January and February are padded (Decree 30/2020/ND-CP, annex I); blanks
are left for what a person fills in by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from khuevan.plain.official_documents.writing.body_names import in_running_text
from khuevan.plain.official_documents.writing.composition import (
    Annex,
    Composition,
    Paragraph,
    every_section,
)
from khuevan.plain.official_documents.writing.layout_rules import LayoutRules
from khuevan.plain.official_documents.writing.messages import NO_CIRCULATION, NO_URGENCY, unwritable

NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS_HEAD = "Nơi nhận:"
ADDRESSEES_HEAD = "Kính gửi:"
# No-break spaces: a blank must neither shrink nor break over two lines.
NUMBER_BLANK = "\u00a0" * 12
DAY_BLANK = "\u00a0" * 7
_HELD_TOGETHER = re.compile(
    r"(?<=\bnăm) (?=\d)|(?<=\btháng) (?=\d)|(?<=\bngày) (?=\d)|(?<=\bsố) (?=\d)|(?<=\d) (?=tháng\b|năm\b)"
    r"|(?<=\b[Qq]uý) (?=[IV\d])",
    re.IGNORECASE,
)
_PLACE_OF_BODY = re.compile(r"\b(?:thành phố|tỉnh|xã|phường)(?: [^\W\d_]+){1,3}$", re.IGNORECASE)
_FINAL_MARK = re.compile(r"[\s.;,]+$")


def number_line(composition: Composition) -> str:
    """Số: 05/KH-SVHTT; with room to write where there is no number yet."""
    number = _number(composition)
    return f"Số: {number}/{composition.notation}"


def symbol_of(number: int | None, notation: str, width: int = 2) -> str:
    """05/KH-SVHTT, as other documents cite it, padded to `width` digits; without a number /KH-SVHTT."""
    return f"{'' if number is None else f'{number:0{width}d}'}/{notation}"


def _number(composition: Composition) -> str:
    number = composition.number
    return NUMBER_BLANK if number is None else f"{number:0{composition.number_width}d}"


def place_and_date(composition: Composition, year: int | None = None) -> str:
    """Hà Nội, ngày 05 tháng 01 năm 2026; `year` is printed where the day is still to come."""
    day = composition.date
    place = f"{composition.place}, " if composition.place else ""
    if day is None:
        return f"{place}ngày{DAY_BLANK}tháng{DAY_BLANK}năm {year or DAY_BLANK.strip()}".rstrip()
    return f"{place}{long_date(day)}"


def long_date(day: date) -> str:
    """ngày 05 tháng 01 năm 2026, ngày 15 tháng 3 năm 2026."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def letter_subject(composition: Composition) -> str:
    """V/v …, for what stands under the number of a letter."""
    title = composition.title
    return title if title.casefold().startswith("v/v") else f"V/v {title}"


def held_together(title: str) -> str:
    """The title with no-break spaces where a line must not end: before the figures of a year, month, quarter."""
    return _HELD_TOGETHER.sub("\u00a0", title)


def body_in_head(name: str) -> str:
    """The body's name with no-break spaces in its last words where they name its place: THÀNH PHỐ HÀ NỘI.

    So that it breaks, if it must, before them, and never within the name of the place.
    """
    return _PLACE_OF_BODY.sub(lambda match: match[0].replace(" ", "\u00a0"), name)


def legal_basis_lines(composition: Composition) -> tuple[str, ...]:
    """Each clause with its mark: a semicolon, and a full stop behind the last; a colon where one is given."""
    last = len(composition.legal_bases) - 1
    return tuple(
        clause if clause.rstrip().endswith(":") else _ended(clause, "." if place == last else ";")
        for place, clause in enumerate(composition.legal_bases)
    )


def urgency_box(composition: Composition, rules: LayoutRules) -> tuple[float, float] | None:
    """Width and height in millimetres of the box of urgency, None where there is no mark.

    Raises UnwritableDocument for a mark that the rules do not know.
    """
    mark = composition.urgency
    if mark and mark not in rules.urgency:
        known = ", ".join(rules.urgency)
        raise unwritable(NO_URGENCY, mark=mark[:40], rules=rules.name, known=known)
    return rules.urgency.get(mark)


def circulation_mark(composition: Composition, rules: LayoutRules) -> str:
    """The mark of circulation, empty for none; raises UnwritableDocument for one that the rules do not know."""
    mark = composition.circulation
    if mark and mark not in rules.circulation:
        known = ", ".join(rules.circulation)
        raise unwritable(NO_CIRCULATION, mark=mark[:40], rules=rules.name, known=known)
    return mark


def addressee_lines(composition: Composition) -> tuple[str, ...]:
    """The bodies that a letter is sent to: one alone without a mark; several with dash, semicolon, full stop."""
    names = composition.addressees
    if len(names) < 2:
        return names
    last = len(names) - 1
    return tuple(f"- {_ended(name, '.' if place == last else ';')}" for place, name in enumerate(names))


def recipient_lines(composition: Composition) -> tuple[str, ...]:
    """- UBND Thành phố (để b/c); … - Lưu: VT, TTBCXB."""
    last = len(composition.recipients) - 1
    lines: list[str] = []
    for place, recipient in enumerate(composition.recipients):
        words = f"{recipient.name} ({recipient.purpose})" if recipient.purpose else recipient.name
        lines.append(f"- {_ended(words, '.' if place == last else ';')}")
    return tuple(lines)


def signing_lines(composition: Composition) -> tuple[str, ...]:
    """KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC: the authority's line where there is one, then the post, in capitals."""
    signatory = composition.signatory
    if signatory is None:
        return ()
    return tuple(line.upper() for line in (signatory.authority, signatory.position) if line)


def annex_origin(composition: Composition, annex: Annex) -> str:
    """(Kèm theo Quyết định số 05/QĐ-SVHTT ngày 05 tháng 01 năm 2026 của …), with room where a number is to come."""
    number = _number(composition)
    day = (
        f"ngày{DAY_BLANK}tháng{DAY_BLANK}năm{DAY_BLANK}".rstrip()
        if composition.date is None
        else long_date(composition.date)
    )
    verb = "Ban hành kèm theo" if annex.type else "Kèm theo"
    issuer = in_running_text(
        composition.issuer, (composition.title, *composition.legal_bases, *_body_words(composition))
    )
    return f"({verb} {composition.type} số {number}/{composition.notation} {day} của {issuer})"


def _body_words(composition: Composition) -> Iterator[str]:
    for section in every_section(composition.sections):
        yield section.heading or ""
        yield from (block.text for block in section.blocks if isinstance(block, Paragraph))


def _ended(words: str, mark: str) -> str:
    return _FINAL_MARK.sub("", words) + mark
