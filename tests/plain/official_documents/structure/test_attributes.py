"""What is said of an item beside it: in lines, in one line, in last sentences, in a bracket."""

from __future__ import annotations

import pytest

from khuevan.plain.official_documents.structure.attributes import (
    Attribute,
    attributes_at_end,
    attributes_of,
    lead_and_support,
)
from khuevan.plain.official_documents.structure.blocks import Paragraph
from khuevan.plain.official_documents.structure.outline import outline


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("- Đơn vị chủ trì tham mưu thực hiện: Sở Tư pháp.", [("LEAD", "Sở Tư pháp")]),
        ("b) Cơ quan phối hợp: Vụ Pháp chế;", [("SUPPORT", "Vụ Pháp chế")]),
        (
            "Đơn vị chủ trì: Cục Báo chí; đơn vị phối hợp: Văn phòng Bộ; thời gian: Quý I",
            [("LEAD", "Cục Báo chí"), ("SUPPORT", "Văn phòng Bộ"), ("DUE", "Quý I")],
        ),
        (
            "- Cơ quan thực hiện: Sở Tư pháp chủ trì, phối hợp với các sở, ban, ngành.",
            [("LEAD", "Sở Tư pháp"), ("SUPPORT", "các sở, ban, ngành")],
        ),
        ("+ Thực hiện: Thường xuyên trong năm.", [("DUE", "Thường xuyên trong năm")]),
        ("Chủ trì xây dựng kế hoạch của Sở.", []),
    ],
)
def test_a_line_states_one_or_several_attributes(line: str, said: list[tuple[str, str]]) -> None:
    assert [(each.what, each.value) for each in attributes_of(line)] == said


def test_last_sentences_are_taken_from_the_text_and_a_bracket_stays_in_it() -> None:
    assert attributes_at_end(
        "Tổ chức sơ duyệt. Thời gian: 20-25/4/2024. Đơn vị thực hiện: Trung tâm Văn hóa."
    ) == (
        "Tổ chức sơ duyệt.",
        (Attribute("DUE", "20-25/4/2024"), Attribute("LEAD", "Trung tâm Văn hóa", True)),
    )
    text = "Rà soát dữ liệu (Văn phòng Sở chủ trì; các phòng phối hợp)."
    assert attributes_at_end(text) == (
        text,
        (Attribute("LEAD", "Văn phòng Sở", True), Attribute("SUPPORT", "các phòng", True)),
    )
    assert attributes_at_end("Kết luận như sau: đồng ý.") == ("Kết luận như sau: đồng ý.", ())


def test_a_cell_may_name_both_who_leads_and_who_supports() -> None:
    assert lead_and_support("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính") == ("Sở Nội vụ", "Sở Tài chính")
    assert lead_and_support("Sở Nội vụ") == ("Sở Nội vụ", "")


def test_an_attribute_line_before_any_number_belongs_to_the_paragraph_above() -> None:
    words = ["Tổ chức sơ duyệt chương trình.", "Đơn vị chủ trì: Văn phòng Sở"]
    root = outline([(number, Paragraph(text)) for number, text in enumerate(words)])
    assert [(child.text, child.attributes) for child in root.children] == [
        ("Tổ chức sơ duyệt chương trình.", [Attribute("LEAD", "Văn phòng Sở", True)])
    ]
