"""Kính gửi and Nơi nhận: nobody who is addressed or has work to do is left out (Decree 30/2020, annex I, 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from khuevan.plain.official_documents.checks.facts import Body, Facts
from khuevan.plain.official_documents.checks.findings import Found, Severity, rule
from khuevan.plain.official_documents.checks.names import holds, name_words, plainly
from khuevan.plain.official_documents.checks.texts import PlacedSection, all_sections
from khuevan.plain.official_documents.structure.section_kinds import SectionKind, kind_of_heading
from khuevan.plain.official_documents.structure.units_in_text import (
    is_collective,
    unit_of_heading,
    unit_opening,
)
from khuevan.plain.official_documents.writing.composition import LETTER, Composition, Paragraph

_KEPT = re.compile(r"lưu\s*:?\s*(?P<where>.*)", re.IGNORECASE | re.DOTALL)
_OFFICE = re.compile(r"(?<!\w)(?:vt|văn\s+thư)(?!\w)", re.IGNORECASE)
_BRACKET = re.compile(r"\([^)]*\)?")
_AS_ABOVE = re.compile(r"như\s+(?:trên|kính\s+gửi)", re.IGNORECASE)
_AS_ARTICLE = re.compile(r"như\s+điều\s+(?P<number>\d+)", re.IGNORECASE)
_ARTICLE = re.compile(r"điều\s+(?P<number>\d+)", re.IGNORECASE)
# Types that go to somebody: these always, the others where they go up.
_ALWAYS_ADDRESSED = frozenset({LETTER, "Tờ trình"})
_SOMETIMES_ADDRESSED = frozenset({"Báo cáo"})
# What of the own house, of the city and of its wards one line stands for.
_COLLECTIVES = (
    (re.compile(r"\bcac (?:phong|don vi|ban|trung tam)\b"), "INSIDE"),
    (re.compile(r"\bcac so\b|\bso,? (?:ban|nganh)\b"), "DEPARTMENT"),
    (re.compile(r"\b(?:cac (?:xa|phuong|quan|huyen)|xa,? phuong|phuong,? xa|quan,? huyen)\b"), "PLACE"),
)
_INSIDE = re.compile(
    r"(?:phong|trung tam|van phong so|thanh tra so|nha hat|bao tang|thu vien|ban quan ly|chi cuc)\b"
)
_PLACES = frozenset({"WARD", "COMMUNE", "DISTRICT"})
_SHOWN = 120


def _copy_line(composition: Composition) -> str | None:
    """What stands behind “Lưu:” in the last line; None where the last line is another."""
    last = composition.recipients[-1] if composition.recipients else None
    if last is None:
        return None
    words = f"{last.name} ({last.purpose})" if last.purpose else last.name
    match = _KEPT.match(words.strip(" -;."))
    return None if match is None else match["where"]


@rule("RC1", Severity.ERROR)
def copy_kept(composition: Composition, facts: Facts) -> Iterator[Found]:
    """The last recipient is the line “Lưu: VT, …”, which says where the copies are kept.

    Write as the last line: Lưu: VT, then the abbreviation of the drafting unit.
    """
    kept = _copy_line(composition)
    if kept is None or not _OFFICE.search(kept):
        yield Found(
            "recipients", composition.recipients[-1].name if composition.recipients else "", "Lưu: VT"
        )


@rule("RC2", Severity.ERROR)
def drafting_unit_keeps_copy(composition: Composition, facts: Facts) -> Iterator[Found]:
    """The line “Lưu:” names the drafting unit.

    Put the abbreviation of the drafting unit behind VT.
    """
    kept = _copy_line(composition)
    if kept is None or not _OFFICE.search(kept):
        return
    units = [part for part in re.split(r"[,;.]", _BRACKET.sub("", kept)) if part.strip(" -")]
    others = [plainly(part) for part in units if not _OFFICE.search(part)]
    known = {plainly(name) for name in facts.drafting_unit if name}
    if not others or (known and known.isdisjoint(others)):
        short = min((name for name in facts.drafting_unit if name), key=len, default="")
        yield Found(f"recipients.{len(composition.recipients)}", composition.recipients[-1].name, short)


@rule("RC3", Severity.ERROR)
def as_above_first(composition: Composition, facts: Facts) -> Iterator[Found]:
    """A document with “Kính gửi” begins its recipients with “Như trên”; one without never does.

    Put “Như trên;” first, or take it out where nobody is addressed.
    """
    first = composition.recipients[0].name if composition.recipients else ""
    begins = _AS_ABOVE.match(first) is not None
    if composition.addressees and not begins:
        yield Found("recipients.1", first, "Như trên")
    if not composition.addressees and begins:
        yield Found("recipients.1", first)


@rule("RC4", Severity.ERROR)
def letter_addressed(composition: Composition, facts: Facts) -> Iterator[Found]:
    """A letter and a proposal say to whom they go: “Kính gửi: …”.

    Name the body or bodies that are addressed.
    """
    if composition.type in _ALWAYS_ADDRESSED and not composition.addressees:
        yield Found("addressees", "", "Kính gửi")


@rule("RC5", Severity.WARNING)
def report_upwards_addressed(composition: Composition, facts: Facts) -> Iterator[Found]:
    """A report that goes up says to whom: “Kính gửi: …”.

    Name the body that ordered the report; a report for everybody needs none.
    """
    reported_to = [
        item for item in composition.recipients if plainly(item.purpose or "") in {"de b c", "de b/c"}
    ]
    if composition.type in _SOMETIMES_ADDRESSED and not composition.addressees and reported_to:
        yield Found("addressees", reported_to[0].name, "Kính gửi")


@rule("RC6", Severity.WARNING)
def recipient_named_once(composition: Composition, facts: Facts) -> Iterator[Found]:
    """No recipient is named twice.

    Take out the line that is too many.
    """
    seen: set[tuple[str, ...]] = set()
    for number, recipient in enumerate(composition.recipients, start=1):
        name = name_words(recipient.name)
        if name in seen:
            yield Found(f"recipients.{number}", recipient.name)
        seen.add(name)


@rule("RC7", Severity.WARNING)
def workers_receive(composition: Composition, facts: Facts) -> Iterator[Found]:
    """Every unit to which the document gives work is among its recipients.

    Add the unit to the recipients, by its name or within a group.
    """
    receivers = [
        *composition.addressees,
        *(item.name for item in composition.recipients),
        *_named_by_articles(composition),
    ]
    named = [name_words(name) for name in receivers]
    folded = " ; ".join(plainly(name) for name in receivers)
    groups = {kind for pattern, kind in _COLLECTIVES if pattern.search(folded)}
    kept = {plainly(part) for part in re.split(r"[,;.]", _BRACKET.sub("", _copy_line(composition) or ""))}
    told: set[tuple[str, ...]] = set()
    for ref, unit in _units_with_work(composition):
        body = _body_named(unit, facts)
        names = (unit, *((body.name, *body.other_names) if body is not None else ()))
        words = name_words(unit)
        if words in told or is_collective(unit):
            continue
        told.add(words)
        received = any(holds(name, name_words(own)) for own in names for name in named)
        received = received or any(plainly(own) in kept for own in names)
        if not received and _group_of(unit, body) not in groups:
            yield Found(ref, unit[:_SHOWN])


def _named_by_articles(composition: Composition) -> Iterator[str]:
    """The words of the articles that the recipients refer to: “Như Điều 3” are those whom Article 3 names."""
    articles = {
        match["number"]
        for item in composition.recipients
        if (match := _AS_ARTICLE.match(item.name)) is not None
    }
    for item in all_sections(composition):
        match = _ARTICLE.fullmatch(item.section.label)
        if match is not None and match["number"] in articles:
            blocks = (block.text for block in item.section.blocks if isinstance(block, Paragraph))
            yield " ".join((item.section.heading or "", *blocks))


def _units_with_work(composition: Composition) -> Iterator[tuple[str, str]]:
    """Units named by the sections on organisation, with the place where."""
    organising = ""
    for item in all_sections(composition):
        if organising and item.ref.startswith(f"{organising}."):
            unit = _unit_of(item)
            if unit is not None:
                yield item.ref, unit
            continue
        organising = ""
        if item.section.heading and kind_of_heading(item.section.heading, None) is SectionKind.ORGANISES:
            organising = item.ref


def _unit_of(item: PlacedSection) -> str | None:
    if item.section.heading:
        return unit_of_heading(item.section.heading)
    first = item.section.blocks[0] if item.section.blocks else None
    # A dash below a unit's heading says what that unit does; it names another unit only in passing.
    if isinstance(first, Paragraph) and item.section.label not in ("-", "+", ""):
        return unit_opening(first.text)
    return None


def _body_named(unit: str, facts: Facts) -> Body | None:
    words = name_words(unit)
    return next(
        (
            body
            for body in facts.bodies
            if any(name_words(name) == words for name in (body.name, *body.other_names))
        ),
        None,
    )


def _group_of(unit: str, body: Body | None) -> str:
    """Which collective line stands for the unit: INSIDE, DEPARTMENT, PLACE; empty for none."""
    if body is not None and body.inside:
        return "INSIDE"
    folded = plainly(unit)
    if body is not None and body.kind:
        return "PLACE" if body.kind in _PLACES else body.kind
    if _INSIDE.match(folded):
        return "INSIDE"
    if folded.startswith("so "):
        return "DEPARTMENT"
    if re.match(r"(?:ubnd |uy ban nhan dan )?(?:phuong|xa|quan|huyen)\b", folded):
        return "PLACE"
    return ""
