"""Recipients and signature, side by side or below each other."""

from __future__ import annotations

from khuevan.plain.official_documents.document import Recipient, Signatory
from khuevan.plain.official_documents.source import Line, Table
from khuevan.plain.official_documents.structure.page_tail import PageTail, find_tail


def lines(text: str) -> list[Line | Table]:
    return [Line(line) for line in text.split("\n")]


def test_tail_in_two_columns_is_read() -> None:
    table = Table(
        (
            (
                "Nơi nhận:\n- Bộ VHTTDL\n(để b/c);\n- TT. Tỉnh ủy; TT. HĐND tỉnh (b/c);\n- VP UBND TP (3E);\n- Lưu: VT, NV (V-10b).",
                "TM. ỦY BAN NHÂN\nDÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Thị Nguyệt",
            ),
        )
    )
    assert find_tail([Line("Hết./."), table]) == PageTail(
        (
            Recipient("Bộ VHTTDL", "để b/c"),
            Recipient("TT. Tỉnh ủy; TT. HĐND tỉnh", "b/c"),
            Recipient("VP UBND TP (3E)", None),
            Recipient("Lưu: VT, NV (V-10b)", None),
        ),
        Signatory("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Thị Nguyệt"),
        1,
        2,
    )


def test_a_bracket_beside_several_lines_serves_each_of_them() -> None:
    tail = find_tail(
        lines(
            "Nơi nhận: \n- UBND Thành phố;                 \n\n- Cục TTCS&TTĐN - Bộ VH,TT&DL;        (để b/c) \n\n"
            "- Ban Tuyên giáo Thành ủy;    \n\n- Đ/c Giám đốc Sở; \n\n- Lưu: VT, TTBCXB(Giang) \n\nGIÁM ĐỐC \n\n \n\nBạch Liên Hương  \n"
        )
    )
    assert tail is not None
    assert tail.recipients == (
        Recipient("UBND Thành phố", "để b/c"),
        Recipient("Cục TTCS&TTĐN - Bộ VH,TT&DL", "để b/c"),
        Recipient("Ban Tuyên giáo Thành ủy", "để b/c"),
        Recipient("Đ/c Giám đốc Sở", None),
        Recipient("Lưu: VT, TTBCXB(Giang)", None),
    )
    assert tail.signatory == Signatory(None, "GIÁM ĐỐC", "Bạch Liên Hương")


def test_two_offices_in_one_authority() -> None:
    table = Table(
        (("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "KT. BỘ TRƯỞNG,\nCHỦ NHIỆM\nPHÓ CHỦ NHIỆM\nTrịnh Mạnh Linh"),)
    )
    tail = find_tail([table])
    assert tail is not None
    assert tail.signatory == Signatory("KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "Trịnh Mạnh Linh")


def test_a_signature_without_recipients_is_found() -> None:
    assert find_tail(lines("Nội dung.\n\nTL. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\n\nLê Thị Hoa")) == PageTail(
        (), Signatory("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Lê Thị Hoa"), 2, 6
    )


def test_body_that_speaks_of_recipients_has_no_tail() -> None:
    assert find_tail(lines("Nơi nhận báo cáo do Sở quy định trong từng trường hợp cụ thể.")) is None


def test_a_tail_run_together_in_cells_is_parted() -> None:
    table = Table(
        (
            (
                "Nơi nhận: - Bộ VHTTDL (b/c); - Các sở, ban, ngành; - Lưu: VT, VX2.",
                "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lâm Thị Sang",
            ),
        )
    )
    assert find_tail([table]) == PageTail(
        (
            Recipient("Bộ VHTTDL", "b/c"),
            Recipient("Các sở, ban, ngành", None),
            Recipient("Lưu: VT, VX2", None),
        ),
        Signatory("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lâm Thị Sang"),
        0,
        1,
    )


def test_recipients_that_a_page_break_parts_from_the_signature_are_whole() -> None:
    table = Table((("Nơi nhận:\n- Thủ tướng Chính phủ (để b/c);", "BỘ TRƯỞNG\nTrần Đức Thắng"),))
    tail = find_tail([table, *lines("- UBND các tỉnh;\n- Lưu: VT.")])
    assert tail == PageTail(
        (
            Recipient("Thủ tướng Chính phủ", "để b/c"),
            Recipient("UBND các tỉnh", None),
            Recipient("Lưu: VT", None),
        ),
        Signatory(None, "BỘ TRƯỞNG", "Trần Đức Thắng"),
        0,
        3,
    )
