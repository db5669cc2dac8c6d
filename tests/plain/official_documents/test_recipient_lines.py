"""The lines of Nơi nhận as bodies: purposes, marks, “Như trên”, and the line that names who keeps the original."""

from __future__ import annotations

from khuevan.plain.official_documents.document import Recipient
from khuevan.plain.official_documents.recipient_lines import recipients_in


def test_lines_of_the_plan_of_2025_give_its_recipients():
    lines = [
        "- UBND Thành phố;",
        "- Cục TTCS&TTĐN - Bộ VH,TT&DL; (để b/c)",
        "- Ban Tuyên giáo và Dân vận Thành ủy;",
        "- Đ/c Giám đốc Sở VHTT;",
        "- Các phòng, đơn vị thuộc Sở VHTT;",
        "- Lưu: VT, TTBCXB(Giang)",
    ]
    assert recipients_in(lines) == (
        Recipient("UBND Thành phố", None),
        Recipient("Cục TTCS&TTĐN - Bộ VH,TT&DL", "để b/c"),
        Recipient("Ban Tuyên giáo và Dân vận Thành ủy", None),
        Recipient("Đ/c Giám đốc Sở VHTT", None),
        Recipient("Các phòng, đơn vị thuộc Sở VHTT", None),
    )


def test_as_above_stands_for_the_addressees():
    lines = ["- Như trên;", "- PCT Vũ Thu Hà (để b/c);", "- Lưu: VT."]
    assert recipients_in(lines, ["Sở Du lịch;", "- Sở Ngoại vụ."]) == (
        Recipient("Sở Du lịch", None), Recipient("Sở Ngoại vụ", None), Recipient("PCT Vũ Thu Hà", "để b/c"),
    )  # fmt: skip
    assert recipients_in(lines) == (Recipient("PCT Vũ Thu Hà", "để b/c"),)


def test_each_recipient_stands_once_and_empty_lines_are_none():
    assert recipients_in(["Nơi nhận:", "- Sở Du lịch;", "", " - ;", "Sở Du lịch (để p/h)", "Lưu VT"]) == (
        Recipient("Sở Du lịch", None),
    )
