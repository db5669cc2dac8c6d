"""The parts of a Word file put together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.writing import arrangement
from khuevan.plain.official_documents.writing.composition import Annex, Composition, Section, every_section
from khuevan.plain.official_documents.writing.labels import Level, level_of
from khuevan.plain.official_documents.writing.layout_rules import LayoutRules, PageRules
from khuevan.plain.official_documents.writing.word.body import BodyWriter
from khuevan.plain.official_documents.writing.word.foot import foot, keep_with_foot
from khuevan.plain.official_documents.writing.word.head import even, head, titled
from khuevan.plain.official_documents.writing.word.lists import Lists
from khuevan.plain.official_documents.writing.word.names import paragraph, related, rooted, run, twips, w
from khuevan.plain.official_documents.writing.word.package import packed
from khuevan.plain.official_documents.writing.word.pictures import Pictures
from khuevan.plain.official_documents.writing.word.styles import SMALL, styles

# The page number stands in the middle of the top margin.
_HEADER_SHARE: Final = 0.5
_FOOTER_MM: Final = 8.0


def write_word(composition: Composition, *, rules: LayoutRules, created: datetime) -> bytes:
    """The document as a DOCX; the same bytes for the same arguments.

    `created` goes into the file's properties, and its year is printed where the document has no date yet.
    Raises UnwritableDocument for a picture that no page can show, and for a mark that the rules do not know.
    """
    lists = Lists(rules.first_line)
    pictures = Pictures()
    main = list(head(composition, rules, created.year))
    main += _body(composition.sections, rules, lists, pictures)
    below = foot(composition, rules)
    if below is not None:
        keep_with_foot(main)
        main.append(below)
    body = w("body", *main)
    ending = _section_end(rules.page, first_footer="rIdFooterFirst")
    for annex in composition.annexes:
        # Word keeps the layout of pages in the last paragraph of those that have it.
        body.append(w("p", w("pPr", w("pStyle", val=SMALL), ending)))
        body.extend(_annex(composition, annex, rules, lists, pictures))
        ending = _section_end(rules.page, landscape=annex.landscape, first_footer="rIdFooterEmpty")
    if not composition.annexes:
        # Below a table Word wants a paragraph; this one is too small to start a page.
        body.append(paragraph(SMALL))
    body.append(ending)
    return packed(
        document=rooted("document", body),
        styles=styles(rules, _outline_levels(composition), lists.of_styles),
        numbering=lists.part(),
        page_number=_page_number(),
        contact=_contact(composition),
        pictures=pictures.parts,
        title=composition.title,
        subject=composition.type,
        author=composition.issuer,
        created=created,
    )


def _annex(
    composition: Composition, annex: Annex, rules: LayoutRules, lists: Lists, pictures: Pictures
) -> Iterable[etree._Element]:
    width, _ = _text_of(rules.page, landscape=annex.landscape)
    if annex.label:
        yield paragraph("PhuLuc", run(annex.label))
    if annex.type:
        yield paragraph("TenLoai", run(annex.type), properties=(w("spacing", before=0),))
        yield from titled(annex.title, rules)
    elif annex.title:
        component = rules.component("annex_title")
        yield even("TenPhuLuc", annex.title, component.size, width, bold=True, caps=component.caps)
    yield paragraph(
        "KemTheo",
        run(arrangement.annex_origin(composition, annex)),
        properties=(w("spacing", after=240),),
    )
    yield from _body(annex.sections, rules, lists, pictures, landscape=annex.landscape)


def _body(
    sections: tuple[Section, ...],
    rules: LayoutRules,
    lists: Lists,
    pictures: Pictures,
    *,
    landscape: bool = False,
) -> Iterable[etree._Element]:
    text = _text_of(rules.page, landscape=landscape)
    in_caps = rules.component("part_title").caps
    return BodyWriter(lists, pictures, *text, title_in_caps=in_caps).elements(sections)


def _text_of(page: PageRules, *, landscape: bool) -> tuple[float, float]:
    """Width and height of a page's text in millimetres."""
    across, down = (page.height, page.width) if landscape else (page.width, page.height)
    return across - page.left - page.right, down - page.top - page.bottom


def _section_end(page: PageRules, *, first_footer: str, landscape: bool = False) -> etree._Element:
    """The page of a section: its size, margins, page number from its second page on, counted from 1."""
    across, down = (page.height, page.width) if landscape else (page.width, page.height)
    orientation = {"orient": "landscape"} if landscape else {}
    size = w("pgSz", w=twips(across), h=twips(down), **orientation)
    section = w("sectPr")
    for name, kind, relation in (
        ("headerReference", "default", "rIdHeader"),
        ("headerReference", "first", "rIdHeaderEmpty"),
        ("footerReference", "default", "rIdFooterEmpty"),
        ("footerReference", "first", first_footer),
    ):
        section.append(related(name, relation, type=kind))
    section.append(w("type", val="nextPage"))
    section.append(size)
    section.append(
        w(
            "pgMar",
            top=twips(page.top),
            right=twips(page.right),
            bottom=twips(page.bottom),
            left=twips(page.left),
            header=twips(page.top * _HEADER_SHARE),
            footer=twips(_FOOTER_MM),
            gutter=0,
        )
    )
    section.append(w("pgNumType", start=1))
    section.append(w("cols", space=720))
    section.append(w("titlePg"))
    return section


def _page_number() -> etree._Element:
    return w(
        "hdr",
        paragraph(
            "SoTrang",
            w("r", w("fldChar", fldCharType="begin")),
            w("r", _instruction("PAGE")),
            w("r", w("fldChar", fldCharType="separate")),
            run("2"),
            w("r", w("fldChar", fldCharType="end")),
        ),
    )


def _instruction(words: str) -> etree._Element:
    element = w("instrText")
    element.text = words
    return element


def _contact(composition: Composition) -> etree._Element:
    """The foot of page 1: the address below a rule over the whole width, empty where none is given."""
    if not composition.contact:
        return w("ftr", paragraph("DiaChi"))
    rule = w("pBdr", w("top", val="single", sz=6, space=4, color="000000"))
    return w("ftr", paragraph("DiaChi", run(composition.contact), properties=(rule,)))


def _outline_levels(composition: Composition) -> dict[Level, int]:
    """How deep each level of headings stands in the navigation pane: those that occur, without gaps."""
    bodies: list[tuple[Section, ...]] = [
        composition.sections,
        *(annex.sections for annex in composition.annexes),
    ]
    seen = {
        level_of(section.label)
        for sections in bodies
        for section in every_section(sections)
        if section.heading and section.label
    }
    return {level: min(place, 8) for place, level in enumerate(level for level in Level if level in seen)}
