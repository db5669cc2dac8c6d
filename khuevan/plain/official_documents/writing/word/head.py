"""What stands above the body: bodies, national title, number, date, marks, type, title, bases, addressees."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from khuevan.plain.official_documents.writing import arrangement
from khuevan.plain.official_documents.writing.composition import Composition
from khuevan.plain.official_documents.writing.layout_rules import LayoutRules
from khuevan.plain.official_documents.writing.letter_widths import even_width, longest_line, width_of
from khuevan.plain.official_documents.writing.word.names import paragraph, points, run, twips, w
from khuevan.plain.official_documents.writing.word.styles import BRIGHT_RED, RULE, SMALL
from khuevan.plain.official_documents.writing.word.tables import box, layout_table

# A mark of circulation is as high as one of urgency; its box is as long as its words need.
_BOX_HEIGHT_MM = 8.0
_BOX_SIDE_MM = 2.5
_GAP_BELOW_HEAD = 10.0


def head(composition: Composition, rules: LayoutRules, year: int | None) -> Iterator[etree._Element]:
    """Everything above the first section; `year` is printed where the day is still to come."""
    yield layout_table((rules.head_left, rules.head_right), list(_rows(composition, rules, year)))
    if composition.is_letter:
        yield from _addressees(composition, rules)
    else:
        yield paragraph("TenLoai", run(composition.type))
        yield from titled(composition.title, rules)
        if composition.addressees:
            yield from _addressees(composition, rules)
    if composition.enacting_authority:
        yield paragraph("ThamQuyen", run(composition.enacting_authority))
    for line in arrangement.legal_basis_lines(composition):
        yield paragraph("CanCu", run(line))
    words = rules.enacting.get(composition.type)
    if words is not None:
        yield paragraph("LoiBanHanh", run(words))


def titled(title: str, rules: LayoutRules) -> Iterator[etree._Element]:
    """The title in lines of about equal length, and the rule below it; nothing where there is no title."""
    if not title:
        return
    size = rules.component("title").size
    width = rules.page.text_width
    title = arrangement.held_together(title)
    yield even("TrichYeu", title, size, width, bold=True)
    line = longest_line(title, size, width, bold=True)
    yield ruled(line * rules.title_rule, width, after=_GAP_BELOW_HEAD)


def even(
    style: str, text: str, size: float, width: float, *, bold: bool = False, caps: bool = False
) -> etree._Element:
    """A centred paragraph whose lines are of about equal length: its indents leave no more room than they need."""
    room = width - even_width(text.upper() if caps else text, size, width, bold=bold)
    indent = w("ind", left=twips(room / 2), right=twips(room / 2)) if room > 1 else None
    return paragraph(style, run(text), properties=(indent,))


def ruled(length: float, width: float, *, after: float = 0) -> etree._Element:
    """A drawn line of this length in the middle of the width, both in millimetres: the border of a small
    paragraph, which Word and LibreOffice put at the same place."""
    side = twips(max(0.0, (width - length) / 2))
    return paragraph(
        RULE,
        properties=(
            w("pBdr", w("top", val="single", sz=6, space=1, color="000000")),
            w("spacing", after=points(after)) if after else None,
            w("ind", left=side, right=side),
        ),
    )


def _rows(
    composition: Composition, rules: LayoutRules, year: int | None
) -> Iterator[tuple[list[etree._Element], list[etree._Element]]]:
    left, right = rules.head_left, rules.head_right
    parent, issuer = rules.component("parent_body"), rules.component("issuer")
    above, own = (arrangement.body_in_head(name) for name in (composition.parent_body, composition.issuer))
    bodies = []
    if above:
        bodies.append(even("CoQuanChuQuan", above, parent.size, left, caps=parent.caps))
    bodies.append(even("CoQuanBanHanh", own, issuer.size, left, bold=True, caps=issuer.caps))
    issuer_line = longest_line(own.upper(), issuer.size, left, bold=True)
    if composition.issuer:
        bodies.append(ruled(issuer_line * rules.issuer_rule, left))
    motto = rules.component("motto")
    yield (
        bodies,
        [
            paragraph("QuocHieu", run(arrangement.NATIONAL_TITLE)),
            paragraph("TieuNgu", run(arrangement.MOTTO)),
            ruled(width_of(arrangement.MOTTO, motto.size, bold=True), right),
        ],
    )
    yield (
        [paragraph("SoKyHieu", run(arrangement.number_line(composition)))],
        [paragraph("DiaDanh", run(arrangement.place_and_date(composition, year)))],
    )
    below = []
    if composition.is_letter and composition.title:
        size = rules.component("letter_subject").size
        subject = arrangement.held_together(arrangement.letter_subject(composition))
        below.append(even("TrichYeuCongVan", subject, size, left))
    urgent = arrangement.urgency_box(composition, rules)
    if urgent is not None:
        below += _boxed("DoKhan", composition.urgency, *urgent, BRIGHT_RED)
    circulation = arrangement.circulation_mark(composition, rules)
    if circulation:
        words = width_of(circulation, rules.component("circulation").size, bold=True)
        below += _boxed("PhamViLuuHanh", circulation, words + 2 * _BOX_SIDE_MM, _BOX_HEIGHT_MM, "000000")
    if below:
        if urgent is not None or circulation:
            # A cell must end with a paragraph.
            below.append(paragraph(SMALL))
        yield below, []


def _boxed(style: str, mark: str, width: float, height: float, colour: str) -> list[etree._Element]:
    return [
        paragraph(SMALL, properties=(w("spacing", after=120),)),
        box(paragraph(style, run(mark)), width, height, colour),
    ]


def _addressees(composition: Composition, rules: LayoutRules) -> Iterator[etree._Element]:
    """Kính gửi: with one body on the same line, or with several below it, their dashes below the colon."""
    lines = arrangement.addressee_lines(composition)
    if not lines:
        return
    size = rules.component("addressee").size
    opening = width_of(arrangement.ADDRESSEES_HEAD, size)
    width = rules.page.text_width
    longest = max(width_of(line, size) for line in lines)
    if len(lines) == 1:
        # As if centred, but so that a second line begins below the first one's body.
        left = max(0.0, (width - opening - width_of(" ", size) - longest) / 2)
        hanging = opening + width_of(" ", size)
        yield paragraph(
            "KinhGui",
            run(f"{arrangement.ADDRESSEES_HEAD} {lines[0]}"),
            properties=(
                w("spacing", before=points(18), after=points(12)),
                w("ind", left=twips(left + hanging), hanging=twips(hanging)),
            ),
        )
        return
    left = max(width / 8, min((width - opening - longest) / 2, width / 4))
    yield paragraph(
        "KinhGui",
        run(arrangement.ADDRESSEES_HEAD),
        properties=(w("keepNext"), w("spacing", before=points(18)), w("ind", left=twips(left))),
    )
    dash = width_of("- ", size)
    # The dashes stand below the colon, the last letter of the opening line.
    start = left + opening - width_of(":", size)
    for place, line in enumerate(lines):
        after = points(12) if place == len(lines) - 1 else 0
        yield paragraph(
            "KinhGui",
            run(line),
            properties=(
                w("spacing", before=points(3), after=after),
                w("ind", left=twips(start + dash), hanging=twips(dash)),
            ),
        )
