from __future__ import annotations

import docx
import pytest

from khuevan.plain.official_documents.errors import StateSecretDocument
from khuevan.plain.official_documents.extraction import extract
from khuevan.plain.official_documents.source import Kind, Line, Source, Table
from khuevan.plain.official_documents.state_secrets import REFUSAL, refuse_state_secret

from .extraction.word_files import drawn_box, paragraph, run, saved, word_file

HEAD = ("UBND THÀNH PHỐ HÀ NỘI", "SỞ VĂN HÓA VÀ THỂ THAO", "Số: 12/KH-SVHTT")
BODY = ("KẾ HOẠCH", "Tổ chức lễ hội năm 2025", "Căn cứ Quyết định số 16/2020/QĐ-UBND;", "I. MỤC ĐÍCH")


def of_lines(*lines: str, kind: Kind = "txt") -> Source:
    return Source(kind, tuple(map(Line, lines)), wrapped=True)


def refused(source: Source) -> bool:
    try:
        refuse_state_secret(source)
    except StateSecretDocument as error:
        assert str(error) == REFUSAL
        return True
    return False


@pytest.mark.parametrize(
    "marking",
    [
        "MẬT",
        "TỐI MẬT",
        "TUYỆT MẬT",
        "  MẬT  ",
        "M Ậ T",
        "T Ố I  M Ậ T",
        "T U Y Ệ T  M Ậ T",
        "(MẬT)",
        "[TỐI MẬT]",
        "**MẬT**",
        "| MẬT |",
        "***TUYỆT MẬT***",
        "- MẬT -",
        "“MẬT”",
        "MẬT.",
        "Độ mật: Mật",
        "ĐỘ MẬT: TỐI MẬT",
        "Mức độ mật: Tuyệt mật",
        "Độ mật Mật",
        "MA\u0323\u0302T",
        "MậT",
        "TUYệT MậT",
        "MËT",
        "TUYÖT MËT",
        "TOÁI MAÄT",
        "MẬT   Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-SVHTT     MẬT",
        "MẬT - Bản số: 03",
        "TỐI MẬT Bản số 1",
    ],
)
def test_marking_of_its_own_in_the_head_is_refused(marking: str) -> None:
    assert refused(of_lines(*HEAD, marking, *BODY))


@pytest.mark.parametrize(
    "line",
    [
        "BẢO MẬT THÔNG TIN",
        "BÍ MẬT NHÀ NƯỚC",
        "Mật",
        "mật",
        "bảo vệ bí mật nhà nước",
        "VỀ BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "- Chấp hành nghiêm chế độ bảo mật thông tin, bảo vệ bí mật Nhà nước",
        "Độ mật: Không",
        "Độ mật: Thường",
        "Độ mật",
        "MẬT ONG HÀ GIANG",
        "MẬT ĐỘ DÂN SỐ",
        "Tài liệu mật không thuộc phạm vi kế hoạch này",
        "KHẨN",
        "HỎA TỐC",
        "Mật độ: mật ong",
        "TỐI",
        "MẶT",
        "MẤT",
        "CƠ MẬT VIỆN",
    ],
)
def test_line_that_only_speaks_of_secrecy_is_not_refused(line: str) -> None:
    assert not refused(of_lines(*HEAD, line, *BODY))


@pytest.mark.parametrize("first_half", ["KẾ HOẠCH BẢO VỆ BÍ", "VỀ CÔNG TÁC BẢO", "**CÔNG TÁC CƠ**"])
def test_title_broken_before_its_second_half_is_not_refused(first_half: str) -> None:
    assert not refused(of_lines(*HEAD, first_half, "MẬT", "NHÀ NƯỚC NĂM 2025", *BODY))


def test_degree_broken_over_two_lines_is_refused() -> None:
    assert refused(of_lines(*HEAD, "TUYỆT", "MẬT", *BODY))


def test_marking_far_below_the_head_is_body() -> None:
    assert not refused(of_lines(*HEAD, *BODY, *(f"- Dòng thứ {n}." for n in range(60)), "MẬT"))


def test_marking_in_a_cell_of_the_head_is_refused() -> None:
    head = Table((("UBND THÀNH PHỐ\nSố: 1/KH\nMẬT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),))
    assert refused(Source("docx", (head, *map(Line, BODY)), wrapped=False))


def test_box_of_one_cell_is_refused() -> None:
    assert refused(Source("docx", (Line(HEAD[0]), Table((("TỐI MẬT",),)), Line("KẾ HOẠCH")), wrapped=False))


def test_label_and_degree_in_neighbouring_cells_are_refused() -> None:
    assert refused(Source("docx", (Table((("Độ mật:", "Tối mật"),)), Line("KẾ HOẠCH")), wrapped=False))


def test_column_of_a_table_in_the_body_is_not_refused() -> None:
    register = Table((("TT", "Tên tài liệu", "Độ mật"), ("1", "Đề án", "MẬT"), ("2", "Tờ trình", "Mật")))
    assert not refused(Source("docx", (*map(Line, HEAD + BODY), register), wrapped=False))


def test_page_header_is_refused() -> None:
    source = Source("docx", tuple(map(Line, HEAD + BODY)), wrapped=False, margin_texts=("Trang 1", "MẬT"))
    assert refused(source)


def test_recognised_stamp_without_its_marks_is_refused_only_in_scans() -> None:
    for stamp in ("MÂT", "TOI MAT", "TUYÊT MÂT"):
        assert refused(of_lines(*HEAD, stamp, *BODY, kind="scan"))
        assert not refused(of_lines(*HEAD, stamp, *BODY, kind="txt"))
    assert not refused(of_lines(*HEAD, "MẶT TRẬN TỔ QUỐC", *BODY, kind="scan"))


def test_text_box_of_a_word_file_is_refused() -> None:
    body = paragraph(drawn_box("TUYỆT MẬT") + run("UBND THÀNH PHỐ")) + paragraph("KẾ HOẠCH")
    assert refused(extract(word_file(body), "a.docx"))


def test_capitals_by_format_are_refused() -> None:
    body = paragraph(run("Mật", "<w:caps/>")) + paragraph("KẾ HOẠCH")
    assert refused(extract(word_file(body), "a.docx"))
    assert refused(extract(word_file(paragraph(run("Mật", "<w:smallCaps/>")) + paragraph("KẾ HOẠCH")), ""))


def test_table_of_a_word_file_is_refused() -> None:
    document = docx.Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "UBND THÀNH PHỐ\nSố: 1/KH-UBND\nM Ậ T"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    document.add_paragraph("KẾ HOẠCH")
    assert refused(extract(saved(document), "a.docx"))
