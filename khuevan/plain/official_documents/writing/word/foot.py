"""What stands below the body: recipients and signature side by side."""

from __future__ import annotations

from lxml import etree

from khuevan.plain.official_documents.writing import arrangement
from khuevan.plain.official_documents.writing.composition import Composition
from khuevan.plain.official_documents.writing.layout_rules import LayoutRules
from khuevan.plain.official_documents.writing.word.names import paragraph, points, run, w
from khuevan.plain.official_documents.writing.word.tables import layout_table

_ABOVE = 12.0


def foot(composition: Composition, rules: LayoutRules) -> etree._Element | None:
    """The invisible table, whose one row no page break tears; None where there is neither."""
    left = _recipients(composition)
    right = _signature(composition)
    if not left and not right:
        return None
    half = rules.page.text_width / 2
    return layout_table((half, half), [(left, right)])


def keep_with_foot(elements: list[etree._Element]) -> None:
    """Ties the last words of the body to the foot, so that it never stands alone on a page."""
    last = next((each for each in reversed(elements) if _is_words(each)), None)
    if last is None:
        return
    for element in elements[elements.index(last) :]:
        if element.tag == w("tbl").tag:
            paragraphs = list(element.iterchildren(w("tr").tag))[-1].iter(w("p").tag)
        else:
            paragraphs = iter((element,))
        for each in paragraphs:
            properties = each.find(w("pPr").tag)
            assert properties is not None
            if properties.find(w("keepNext").tag) is None:
                properties.insert(1, w("keepNext"))


def _is_words(element: etree._Element) -> bool:
    return any(text for text in element.itertext())


def _recipients(composition: Composition) -> list[etree._Element]:
    lines = arrangement.recipient_lines(composition)
    if not lines:
        return []
    written = [
        paragraph(
            "NoiNhan", run(arrangement.RECIPIENTS_HEAD), properties=(w("spacing", before=points(_ABOVE)),)
        )
    ]
    written += [paragraph("DanhSachNoiNhan", run(line)) for line in lines]
    if composition.drafter_mark:
        written.append(paragraph("MaNguoiSoan", run(composition.drafter_mark)))
    return written


def _signature(composition: Composition) -> list[etree._Element]:
    signatory = composition.signatory
    if signatory is None:
        return []
    lines = arrangement.signing_lines(composition)
    written = [
        paragraph(
            "QuyenHan",
            run(line),
            properties=(w("spacing", before=points(_ABOVE)),) if place == 0 else (),
        )
        for place, line in enumerate(lines)
    ]
    written.append(paragraph("HoTen", run(signatory.name or "")))
    return written
