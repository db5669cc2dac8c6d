from __future__ import annotations

import pytest

from khuevan.plain.official_documents.errors import UnreadableDocument
from khuevan.plain.official_documents.extraction import extract
from khuevan.plain.official_documents.extraction.plain_text import is_wrapped
from khuevan.plain.official_documents.limits import Limits
from khuevan.plain.official_documents.source import Line, Source

TEXT = "KẾ HOẠCH\nTổ chức lễ hội Đống Đa\n"
LINES = (Line("KẾ HOẠCH"), Line("Tổ chức lễ hội Đống Đa"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_text_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert extract(TEXT.encode(encoding), "a.txt") == Source("txt", LINES, wrapped=False)


def test_utf_16_with_the_mark_of_the_other_end_is_read() -> None:
    assert extract(b"\xfe\xff" + TEXT.encode("utf-16-be"), "").blocks == LINES


def test_lines_of_windows_and_of_old_macs_are_lines() -> None:
    assert extract(TEXT.replace("\n", "\r\n").encode(), "").blocks == LINES
    assert extract(TEXT.replace("\n", "\r").encode(), "").blocks == LINES


def test_decomposed_letters_are_composed() -> None:
    assert extract("Ho\u0323\u0302i nghi\u0323\n".encode(), "").blocks == (Line("Hội nghị"),)


def test_invisible_characters_go_and_odd_spaces_become_spaces() -> None:
    data = "a\u00a0b\u200bc\u00add\te\u3000f\x07\ufeff\n".encode()
    assert extract(data, "").blocks == (Line("a bcd e f"),)


def test_bars_stars_and_blank_lines_are_kept() -> None:
    data = "|\n**ỦY BAN**\n\n|  Số: 1 \n".encode()
    assert extract(data, "").blocks == (Line("|"), Line("**ỦY BAN**"), Line(""), Line("|  Số: 1"))


def test_broken_lines_are_wrapped() -> None:
    lines = [
        "- Bám sát chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà",
        "",
        "nước trong công tác thông tin đối ngoại; bám sát định hướng, chiến lược, nhiệm",
        "",
        "vụ chính trị, phát triển kinh tế - xã hội của Thành phố.",
    ]
    assert is_wrapped(lines)


def test_a_paragraph_a_line_is_not_wrapped() -> None:
    lines = [
        "I. MỤC ĐÍCH",
        "- " + "Tăng cường công tác truyền thông quảng bá hình ảnh Thủ đô ra thế giới " * 4,
    ]
    assert not is_wrapped(lines)
    assert not is_wrapped(["I. MỤC ĐÍCH", "1. Xây dựng kế hoạch năm 2025.", "2. Tổ chức hội nghị tổng kết."])


def test_text_with_a_few_broken_bytes_is_read_and_said_so() -> None:
    source = extract((TEXT * 20).encode() + b"\xff\xfe" + (TEXT * 20).encode(), "")
    assert source.warnings == ("Some bytes of the file are no text and were left out.",)
    assert source.blocks == LINES * 40


def test_western_text_is_read_with_a_warning() -> None:
    source = extract("Un café très agréable à côté\n".encode("latin-1") * 3, "")
    assert source.blocks == (Line("Un café très agréable à côté"),) * 3
    assert source.warnings == ("The encoding of the file is uncertain: check the accents of the text.",)


def test_more_characters_than_allowed_are_refused() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        extract(TEXT.encode() * 10, "", limits=Limits(characters=100))
    assert str(refused.value) == "The document holds more than 100 characters: split it into its parts."


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x00\x01\x02\x03" * 500, b"\x80\x81\xfe" * 4000])
def test_binary_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        extract(data, "plan.txt")
    assert str(refused.value) == (
        "The file is neither text, Word, PDF nor a scanned picture: export the document as DOCX or PDF."
    )


@pytest.mark.parametrize("text", ["· một\n· hai\n", "Café à côté, naïve\n", "Hà và là\n", "a\u00adb ¸ ®\n"])
def test_a_few_letters_of_other_tongues_are_not_taken_for_an_old_encoding(text: str) -> None:
    source = extract(text.encode(), "")
    assert source.warnings == ()
    assert source.blocks == tuple(map(Line, text.replace("\u00ad", "").splitlines()))
