"""Names of bodies and misprints: near misses of names that are known, districts that ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from khuevan.plain.official_documents.checks.facts import Facts
from khuevan.plain.official_documents.checks.findings import Found, Severity, rule
from khuevan.plain.official_documents.checks.names import distance, holds, name_words, syllables
from khuevan.plain.official_documents.checks.texts import (
    Text,
    all_texts,
    around,
    basis_texts,
    body_texts,
    without_quotations,
)
from khuevan.plain.official_documents.phrases.bodies import end_of_issuer
from khuevan.plain.official_documents.phrases.letters import UPPER
from khuevan.plain.official_documents.phrases.references import find_references
from khuevan.plain.official_documents.structure.blocks import is_capitals
from khuevan.plain.official_documents.structure.slips import slips
from khuevan.plain.official_documents.warnings import template_of_warning
from khuevan.plain.official_documents.writing.composition import Composition

# Law 72/2025/QH15: districts ended on 30 June 2025.
DISTRICTS_ENDED = date(2025, 7, 1)
_BODY = re.compile(
    r"(?<!\w)(?:Sở|Ban|Cục|Vụ|Phòng|Trung tâm|Văn phòng|Ủy ban|Uỷ ban|Hội|Báo|Đài|Viện|Chi cục|Thông tấn xã"
    rf"|Liên đoàn|Nhà hát|Bảo tàng|Thư viện|Thanh tra|Công an|Bộ)\s+[{UPPER}]"
)
_DISTRICT = re.compile(
    rf"(?<!\w)(?:(?:UBND|Ủy ban nhân dân)\s+(?:các\s+)?)?(?:[Qq]uận|[Hh]uyện|[Tt]hị xã)"
    rf"(?:\s*,\s*(?:quận|huyện|thị xã)|\s+[{UPPER}][^\W\d_]+)+"
)
_FORMER = re.compile(r"\b(?:cũ|trước đây|trước kia|nguyên là|trước sáp nhập|giải thể)\b", re.IGNORECASE)
# Wards and communes are many and alike: one letter makes another of them.
_ALIKE = frozenset({"WARD", "COMMUNE", "DISTRICT"})
_FEWEST_WORDS = 3
_FEWEST_LETTERS = 12


@rule("BD1", Severity.WARNING)
def no_misprint(composition: Composition, facts: Facts) -> Iterator[Found]:
    """Ministries bear their right names, and common misprints are mended.

    Correct the words.
    """
    for text in all_texts(composition):
        for warning in slips([text.words], [], [], None):
            found = template_of_warning(warning)
            if found is not None:
                said = found[1]
                yield Found(
                    text.place,
                    said.get("shown") or said.get("words", ""),
                    said.get("name") or said.get("meant", ""),
                )


@rule("BD2", Severity.WARNING)
def body_named_rightly(composition: Composition, facts: Facts) -> Iterator[Found]:
    """Bodies are named as the register names them.

    Correct the name, or register the body under it.
    """
    known = [
        (name, name_words(name))
        for body in facts.bodies
        if body.kind not in _ALIKE
        for name in (body.name, *body.other_names)
    ]
    names = {words for _name, words in known}
    exact = {syllables(name) for name, _words in known}
    for text in (*basis_texts(composition), *body_texts(composition)):
        for printed in _bodies_named(text):
            meant = _near_miss(printed, known, names, exact)
            if meant:
                yield Found(text.place, printed, meant)
    for number, recipient in enumerate(composition.recipients, start=1):
        for printed in _bodies_named(Text(f"recipients.{number}", recipient.name)):
            meant = _near_miss(printed, known, names, exact)
            if meant:
                yield Found(f"recipients.{number}", printed, meant)


def _bodies_named(text: Text) -> Iterator[str]:
    if is_capitals(text.words):
        return
    position = 0
    while (match := _BODY.search(text.words, position)) is not None:
        end = end_of_issuer(text.words, match.start())
        position = max(end, match.end() - 1)
        if end > match.start():
            yield text.words[match.start() : end]


def _near_miss(
    printed: str,
    known: list[tuple[str, tuple[str, ...]]],
    names: set[tuple[str, ...]],
    exact: set[tuple[str, ...]],
) -> str:
    """The registered name that is probably meant; empty where the printed one is right or quite another."""
    own, spoken = name_words(printed), syllables(printed)
    if len(own) < _FEWEST_WORDS or len("".join(own)) < _FEWEST_LETTERS:
        return ""
    for name, name_own in known:
        sounds = syllables(name)
        # The same letters with other marks; a shorter form of a longer name is looked at as far as it goes.
        same_letters = name_own[: len(own)] == own and len(sounds) >= len(spoken)
        if same_letters and not any(other[: len(spoken)] == spoken for other in (sounds, *exact)):
            return _as_far(name, len(spoken), len(sounds))
    if any(holds(own, name) or holds(name, own) for name in names):
        return ""
    for name, words in known:
        if _differs_by_a_slip(own, words):
            return name
    return ""


def _as_far(name: str, count: int, of: int) -> str:
    """The beginning of the name with so many words; the whole where none is left over."""
    if count == of:
        return name
    words = list(re.finditer(r"[^\W\d_]+", name))
    return name[: words[count - 1].end()]


def _differs_by_a_slip(own: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether one word is misspelt, or one of many is left out, put in or said otherwise."""
    if len(own) == len(words):
        other = [(one, two) for one, two in zip(own, words, strict=True) if one != two]
        return len(other) == 1 and min(map(len, other[0])) >= 3 and distance(*other[0]) == 1
    longer, shorter = (own, words) if len(own) > len(words) else (words, own)
    return (
        len(longer) == len(shorter) + 1
        and len(shorter) >= 5
        and any(longer[:at] + longer[at + 1 :] == shorter for at in range(1, len(longer) - 1))
    )


@rule("BD3", Severity.WARNING)
def districts_ended(composition: Composition, facts: Facts) -> Iterator[Found]:
    """Since 1 July 2025 there are no districts: quận, huyện and thị xã.

    Name the wards and communes, or say that the district was the former one.
    """
    if (composition.date or facts.today) < DISTRICTS_ENDED:
        return
    recipients = (
        Text(f"recipients.{number}", item.name) for number, item in enumerate(composition.recipients, start=1)
    )
    for text in (*body_texts(composition), *recipients):
        words = without_quotations(text.words)
        for cited in find_references(words):
            words = words[: cited.start] + " " * (cited.end - cited.start) + words[cited.end :]
        for match in _DISTRICT.finditer(words):
            if not _FORMER.search(words[max(0, match.start() - 60) : match.end() + 40]):
                yield Found(text.place, around(words, match.start(), match.end()))
