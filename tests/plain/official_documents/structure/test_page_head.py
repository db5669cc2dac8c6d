"""The head of the page in the forms it comes in."""

from __future__ import annotations

from datetime import date

from khuevan.plain.official_documents.source import Line, Table
from khuevan.plain.official_documents.structure.page_head import PageHead, split_head


def lines(text: str) -> list[Line | Table]:
    return [Line(line) for line in text.split("\n")]


BODY = [Line(""), Line("Căn cứ Luật Tổ chức chính quyền địa phương;")]
TITLE = [Line("KẾ HOẠCH"), Line("Truyền thông năm 2026")]


def test_head_in_two_columns_is_read() -> None:
    table = Table(
        (
            (
                "UBND THÀNH PHỐ HÀ NỘI\nSỞ VĂN HÓA VÀ THỂ THAO\n-----",
                "CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
            ),
            ("Số: 57/KH-SVHTT", "Hà Nội, ngày 05 tháng 3 năm 2026"),
        )
    )
    head, below = split_head([table, *TITLE, *BODY])
    assert head == PageHead(
        type="Kế hoạch",
        number=57,
        symbol="57/KH-SVHTT",
        parent_body="UBND THÀNH PHỐ HÀ NỘI",
        issuer="SỞ VĂN HÓA VÀ THỂ THAO",
        place="Hà Nội",
        date=date(2026, 3, 5),
        title="Truyền thông năm 2026",
    )
    assert below == BODY[1:] or below == BODY


def test_head_as_lines_with_blank_number_and_day() -> None:
    head, _ = split_head(
        lines(
            "UBND THÀNH PHỐ HÀ NỘI\nSỞ VĂN HÓA VÀ THỂ THAO\n\nSố:          /KH-SVHTT\n"
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập – Tự do – Hạnh phúc\n\nHà Nội, ngày      tháng 9 năm 2020\n\n"
            "KẾ HOẠCH\nTổ chức diễn đàn\n\nThực hiện Thông báo số 2820-TB/TU;"
        )
    )
    assert head == PageHead(
        type="Kế hoạch",
        symbol="/KH-SVHTT",
        parent_body="UBND THÀNH PHỐ HÀ NỘI",
        issuer="SỞ VĂN HÓA VÀ THỂ THAO",
        place="Hà Nội",
        title="Tổ chức diễn đàn",
    )


def test_body_over_two_lines_is_one_body() -> None:
    head, _ = split_head(
        lines("ỦY BAN NHÂN\nDÂN\nTỈNH ĐẮK LẮK\n----\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM\nKẾ HOẠCH\nNĂM 2026")
    )
    assert (head.parent_body, head.issuer) == (None, "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK")


def test_document_without_a_head_begins_at_its_type() -> None:
    head, below = split_head(
        lines(" KẾ HOẠCH \n\nTổ chức thông tin đối ngoại năm 2025 \n\nCăn cứ Quyết định số 16/2020/QĐ-UBND")
    )
    assert head == PageHead(type="Kế hoạch", title="Tổ chức thông tin đối ngoại năm 2025")
    assert below == [Line("Căn cứ Quyết định số 16/2020/QĐ-UBND")]


def test_decision_names_its_authority_below_the_title() -> None:
    head, _ = split_head(
        lines(
            "QUYẾT ĐỊNH\n\nVỀ VIỆC BAN HÀNH KẾ HOẠCH\nKIỂM KÊ NĂM 2026\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n\nCăn cứ Luật Đất đai;"
        )
    )
    assert (head.type, head.title) == ("Quyết định", "VỀ VIỆC BAN HÀNH KẾ HOẠCH KIỂM KÊ NĂM 2026")


def test_letter_has_its_subject_under_the_number() -> None:
    table = Table(
        (
            (
                "SỞ VĂN HÓA VÀ THỂ THAO\nSố: 12/SVHTT-TTBCXB\nV/v cung cấp tin, bài\ntháng 5",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, ngày 02 tháng 5 năm 2026",
            ),
        )
    )
    head, below = split_head(
        [table, Line("Kính gửi: Các phòng, đơn vị thuộc Sở"), Line("Thực hiện Kế hoạch số 57/KH-SVHTT")]
    )
    assert (head.type, head.symbol, head.title) == (
        "Công văn",
        "12/SVHTT-TTBCXB",
        "cung cấp tin, bài tháng 5",
    )
    assert below == [Line("Thực hiện Kế hoạch số 57/KH-SVHTT")]


def test_mark_of_urgency_below_the_subject_is_no_part_of_it() -> None:
    table = Table(
        (
            ("SỞ VĂN HÓA VÀ THỂ THAO", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (
                "Số: 07/SVHTT-TTBCXB\nV/v cung cấp thông tin\nTHƯỢNG KHẨN\nLƯU HÀNH NỘI BỘ",
                "Hà Nội, ngày 03 tháng 02 năm 2026",
            ),
        )
    )
    head, _ = split_head([table, Line("Kính gửi: Các sở"), Line("Đề nghị phối hợp.")])
    assert (head.title, head.issuer) == ("cung cấp thông tin", "SỞ VĂN HÓA VÀ THỂ THAO")


def test_party_number_keeps_its_form() -> None:
    head, _ = split_head(
        lines(
            "BAN TUYÊN GIÁO\nSố 37-HD/BTGDVTW\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 1 tháng 4 năm 2025\nHƯỚNG DẪN\nTuyên truyền"
        )
    )
    assert (head.number, head.symbol, head.date) == (37, "37-HD/BTGDVTW", date(2025, 4, 1))
