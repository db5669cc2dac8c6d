"""Labels of paragraphs."""

from __future__ import annotations

import pytest

from khuevan.plain.official_documents.structure.labels import Label, label_of, roman


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("I. MỤC ĐÍCH", Label("roman", "I", 1, 1, "MỤC ĐÍCH", 3)),
        ("XIV. KHÁC", Label("roman", "XIV", 14, 1, "KHÁC", 5)),
        ("1. Mục đích", Label("number", "1", 1, 1, "Mục đích", 3)),
        ("1.Mục đích", Label("number", "1", 1, 1, "Mục đích", 2)),
        ("2) Yêu cầu", Label("number", "2", 2, 1, "Yêu cầu", 3)),
        ("1.2. Nội dung", Label("decimal", "1.2", 2, 2, "Nội dung", 5)),
        ("1.2.3 Nội dung", Label("decimal", "1.2.3", 3, 3, "Nội dung", 6)),
        ("a) Rà soát", Label("letter", "a", 1, 1, "Rà soát", 3)),
        ("đ) Rà soát", Label("letter", "đ", 5, 1, "Rà soát", 3)),
        ("- Rà soát", Label("dash", "-", 0, 1, "Rà soát", 2)),
        ("– Rà soát", Label("dash", "-", 0, 1, "Rà soát", 2)),
        ("+ Sở Y tế", Label("plus", "+", 0, 1, "Sở Y tế", 2)),
        ("Điều 2. Sở Y tế", Label("article", "Điều 2", 2, 1, "Sở Y tế", 8)),
        ("Phụ lục II", Label("annex", "Phụ lục II", 2, 1, "", 10)),
        ("PHỤ LỤC", Label("annex", "Phụ lục", 0, 1, "", 7)),
        ("Phần thứ nhất", Label("part", "Phần thứ nhất", 1, 1, "", 13)),
        ("Chương II. QUY ĐỊNH", Label("chapter", "Chương II", 2, 1, "QUY ĐỊNH", 11)),
        ("Mục 1. TRÁCH NHIỆM", Label("heading", "Mục 1", 1, 1, "TRÁCH NHIỆM", 7)),
        ("Mục 1 TRÁCH NHIỆM", Label("heading", "Mục 1", 1, 1, "TRÁCH NHIỆM", 6)),
        ("A. TÌNH HÌNH", Label("capital", "A", 1, 1, "TÌNH HÌNH", 3)),
    ],
)
def test_label_is_read(paragraph: str, expected: Label) -> None:
    assert label_of(paragraph) == expected


@pytest.mark.parametrize(
    "paragraph",
    [
        "",
        "Hà Nội, ngày 5",
        "5.000 cuốn sách",
        "24/7 thông suốt",
        "2025 là năm",
        "IVX",
        "c",
        "m3/ngày",
        "và các đơn vị",
        "Mục 2 của Kế hoạch này",
    ],
)
def test_no_label_where_there_is_none(paragraph: str) -> None:
    assert label_of(paragraph) is None


def test_roman_numbers_have_their_values() -> None:
    assert [roman(text) for text in ("I", "IV", "IX", "XIV", "XL", "nhất", "")] == [1, 4, 9, 14, 40, 0, 0]
