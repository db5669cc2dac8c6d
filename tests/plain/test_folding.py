"""What officers type without marks finds what documents write with them."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.folding import fold, slug


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hà Nội", "ha noi"),
        ("LỄ HỘI", "le hoi"),
        ("Đống Đa", "dong da"),
        ("Quốc Tử Giám – Khuê Văn Các", "quoc tu giam – khue van cac"),
        ("ĐỘC LẬP - TỰ DO - HẠNH PHÚC", "doc lap - tu do - hanh phuc"),
        ("Ðại hội", "dai hoi"),
        ("ưỡng ẩm ợ ữ ặ", "uong am o u a"),
        ("ＵＢＮＤ tỉnh", "ubnd tinh"),
        ("ﬁnance…", "finance..."),
        ("Straße, œuvre, Łódź, İstanbul", "strasse, oeuvre, lodz, istanbul"),
        ("Москва й", "москва й"),
        ("サッカー が", "サッカー が"),
        ("하노이", "하노이"),
        ("河内 2025", "河内 2025"),
        ("", ""),
    ],
)
def test_fold_removes_marks_and_case_and_keeps_other_scripts(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đống Đa", "dong-da"),
        ("  Hội nghị: tổng kết (lần 2)! ", "hoi-nghi-tong-ket-lan-2"),
        ("Văn Miếu – Quốc Tử Giám", "van-mieu-quoc-tu-giam"),
        ("하노이 소식", "하노이-소식"),
        ("ที่นี่", "ที่นี่"),
        ("—", ""),
        ("snake_case", "snake-case"),
    ],
)
def test_slug_is_part_of_an_address(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_fold_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_fold_reads_composed_and_decomposed_text_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệ "))
def test_fold_of_vietnamese_is_ascii_of_the_same_length(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert len(folded) == len(text)
    assert folded == folded.lower()


@given(st.text())
def test_slug_has_no_separator_at_its_ends(text: str) -> None:
    assert slug(text) == slug(text).strip("-")
    assert "--" not in slug(text)


def test_fold_of_a_long_document_takes_well_under_a_second() -> None:
    text = "Ủy ban nhân dân thành phố Hà Nội ban hành Kế hoạch tổ chức hoạt động đối ngoại – 2025. " * 10_000
    started = time.perf_counter()
    fold(text)
    assert time.perf_counter() - started < 1.0
