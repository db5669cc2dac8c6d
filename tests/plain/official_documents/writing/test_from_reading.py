"""A document that was read becomes a composition that says the same, each part in its own place."""

from __future__ import annotations

from khuevan.plain.official_documents import as_contract, read_bytes
from khuevan.plain.official_documents.contract import from_contract
from khuevan.plain.official_documents.writing.composition import Section, paragraph
from khuevan.plain.official_documents.writing.from_reading import from_reading

PLAN = """UBND THÀNH PHỐ HÀ NỘI
SỞ VĂN HÓA VÀ THỂ THAO
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 05/KH-SVHTT
Hà Nội, ngày 05 tháng 01 năm 2026

KẾ HOẠCH

Thông tin đối ngoại năm 2026

Căn cứ Quyết định số 16/2020/QĐ-UBND ngày 17/8/2020 của UBND Thành phố;

Theo đề nghị của Trưởng phòng Thông tin - Báo chí - Xuất bản.

Sở Văn hóa và Thể thao xây dựng nội dung cụ thể như sau:

I. MỤC ĐÍCH

Quảng bá hình ảnh Thủ đô.
"""
DECISION = """SỞ VĂN HÓA VÀ THỂ THAO
Số: 96/QĐ-SVHTT
Hà Nội, ngày 05 tháng 3 năm 2026

QUYẾT ĐỊNH

Về việc ban hành Quy chế

GIÁM ĐỐC SỞ VĂN HÓA VÀ THỂ THAO

Căn cứ Luật Báo chí ngày 05 tháng 4 năm 2016;

QUYẾT ĐỊNH:

Điều 1. Ban hành Quy chế.
"""


def read(text: str):
    return read_bytes(text.encode(), "x.txt")


def test_bases_keep_the_words_that_open_them():
    composition = from_reading(read(PLAN))
    assert composition.legal_bases == (
        "Căn cứ Quyết định số 16/2020/QĐ-UBND ngày 17/8/2020 của UBND Thành phố",
        "Theo đề nghị của Trưởng phòng Thông tin - Báo chí - Xuất bản",
    )
    assert composition.sections == (
        Section("", None, (paragraph("Sở Văn hóa và Thể thao xây dựng nội dung cụ thể như sau:"),)),
        Section("I", "MỤC ĐÍCH", (paragraph("Quảng bá hình ảnh Thủ đô."),)),
    )
    assert (composition.number, composition.notation) == (5, "KH-SVHTT")


def test_bases_without_their_place_get_the_usual_opening_words():
    again = from_contract(as_contract(read(PLAN)))
    assert from_reading(again) == from_reading(read(PLAN))


def test_a_decision_gets_its_authority_back_and_loses_its_words_of_enactment():
    composition = from_reading(read(DECISION))
    assert composition.enacting_authority == "GIÁM ĐỐC SỞ VĂN HÓA VÀ THỂ THAO"
    assert composition.legal_bases == ("Căn cứ Luật Báo chí ngày 05 tháng 4 năm 2016",)
    assert composition.sections == (Section("Điều 1", None, (paragraph("Ban hành Quy chế."),)),)


def test_the_sentence_that_says_what_follows_is_no_basis():
    words = "Thực hiện Công điện số 05/CĐ-UBND ngày 05/01/2026 của UBND Thành phố, Sở đề nghị các đơn vị:"
    composition = from_reading(
        read(PLAN.replace("Sở Văn hóa và Thể thao xây dựng nội dung cụ thể như sau:", words))
    )
    assert composition.sections[0] == Section("", None, (paragraph(words),))
    assert len(composition.legal_bases) == 2
