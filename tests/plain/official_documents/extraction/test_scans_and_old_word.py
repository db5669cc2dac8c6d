"""What the optional programs do; without them these tests skip, under CI they fail."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path

import docx
import pypdfium2
import pytest
from PIL import Image

from khuevan.plain.official_documents.errors import MissingProgram, UnreadableDocument
from khuevan.plain.official_documents.extraction import extract, messages, programs
from khuevan.plain.official_documents.limits import Limits
from khuevan.plain.official_documents.source import Line, Table

from .plan_pdf import plan_pdf
from .word_files import saved


def needed(found: bool, packages: str) -> None:
    """Skips the test where the program is missing; under CI that is a failure."""
    if found:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"install {packages}")
    pytest.skip(f"not installed: {packages}")


@pytest.fixture(scope="module")
def pictures() -> list[Image.Image]:
    document = pypdfium2.PdfDocument(plan_pdf(paragraphs=16))
    return [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]


def scanned(pictures: list[Image.Image], form: str = "PDF") -> bytes:
    stream = io.BytesIO()
    pictures = [picture.copy() for picture in pictures]  # saving leaves its settings in a picture
    more = {"save_all": True, "append_images": pictures[1:]} if form in ("PDF", "TIFF") else {}
    pictures[0].save(stream, form, resolution=200, dpi=(200, 200), **more)
    return stream.getvalue()


def test_scanned_pdf_is_recognised_with_its_head_and_paragraphs(pictures: list[Image.Image]) -> None:
    needed(programs.has_vietnamese(), programs.RECOGNISER_PACKAGES)
    source = extract(scanned(pictures), "scan.pdf")
    assert source.kind == "scan"
    assert source.wrapped
    head = source.blocks[0]
    assert isinstance(head, Table)
    assert head.rows[0][1].startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VI")
    assert "123/KH-SVHTT" in head.rows[0][0]
    lines = [block for block in source.blocks if isinstance(block, Line)]
    assert lines[0].text == "KẾ HOẠCH"
    assert {line.page for line in lines} == {1, 2}
    text = " ".join(line.text for line in lines)
    assert text.count("thông tin đối ngoại bám sát phương châm") >= 14
    assert sum(bool(line.starts_paragraph) for line in lines) == 18  # type, title, 16 paragraphs
    assert "2" not in [line.text for line in lines]  # the page's number


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_picture_is_recognised(pictures: list[Image.Image], form: str) -> None:
    needed(programs.has_vietnamese(), programs.RECOGNISER_PACKAGES)
    source = extract(scanned(pictures[1:], form), "page")
    assert source.kind == "scan"
    text = " ".join(block.text for block in source.blocks if isinstance(block, Line))
    assert "thông tin đối ngoại" in text


def test_damaged_picture_is_refused() -> None:
    needed(programs.has_vietnamese(), programs.RECOGNISER_PACKAGES)
    with pytest.raises(UnreadableDocument) as refused:
        extract(b"\x89PNG\r\n\x1a\n" + b"rubbish" * 30, "a.png")
    assert str(refused.value) == messages.BROKEN_PICTURE


def test_scan_of_too_many_pages_is_refused(pictures: list[Image.Image]) -> None:
    needed(programs.has_vietnamese(), programs.RECOGNISER_PACKAGES)
    with pytest.raises(UnreadableDocument) as refused:
        extract(scanned(pictures), "scan.pdf", limits=Limits(ocr_pages=1))
    assert str(refused.value) == messages.TOO_MANY_OCR_PAGES.format(pages=1)


def test_old_word_file_is_read_as_the_new_one(tmp_path: Path) -> None:
    needed(programs.writer_path() is not None, programs.WRITER_PACKAGE)
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Tổ chức lễ hội Đống Đa")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Nơi nhận:\n- Như trên;"
    table.cell(0, 1).text = "GIÁM ĐỐC"
    document.add_paragraph("cuối")
    (tmp_path / "a.docx").write_bytes(saved(document))
    writer = programs.writer_path()
    assert writer is not None
    for form in ("doc", "rtf", "odt"):
        programs.run(
            [
                writer,
                "--headless",
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--convert-to",
                form,
                "--outdir",
                str(tmp_path),
                str(tmp_path / "a.docx"),
            ],
            seconds=120,
        )
        source = extract((tmp_path / f"a.{form}").read_bytes(), "a.docx")
        assert source.kind == "doc"
        assert [block for block in source.blocks if block != Line("")] == [
            Line("KẾ HOẠCH"),
            Line("Tổ chức lễ hội Đống Đa"),
            Table((("Nơi nhận:\n- Như trên;", "GIÁM ĐỐC"),)),
            Line("cuối"),
        ]


def test_conversion_that_takes_too_long_is_ended() -> None:
    needed(programs.writer_path() is not None, programs.WRITER_PACKAGE)
    with pytest.raises(UnreadableDocument) as refused:
        extract(rb"{\rtf1 text}", "a.doc", limits=Limits(program_seconds=0.01))
    assert str(refused.value) == messages.TOO_SLOW.format(seconds=0)


def test_locked_old_word_file_is_refused() -> None:
    block = bytearray(b"\xec\xa5" + bytes(510))
    block[11] = 1
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument\0".encode("utf-16-le")
    with pytest.raises(UnreadableDocument) as refused:
        extract(data + bytes(1024 - len(data)) + bytes(block), "a.doc")
    assert str(refused.value) == messages.ENCRYPTED_DOCX


def test_missing_programs_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pictures: list[Image.Image]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram) as refused:
        extract(rb"{\rtf1 text}", "a.doc")
    assert str(refused.value) == (
        "Reading old Word files needs LibreOffice, which is not installed: install libreoffice-writer."
    )
    for data in (scanned(pictures), scanned(pictures, "PNG")):
        with pytest.raises(MissingProgram) as refused:
            extract(data, "scan")
        assert str(refused.value) == (
            "Reading scanned pages needs Tesseract with Vietnamese, which is not installed:"
            " install tesseract-ocr tesseract-ocr-vie."
        )
    assert [(p.name, p.found, p.version, p.package) for p in programs.optional_programs()] == [
        ("LibreOffice Writer", False, None, "libreoffice-writer"),
        ("Tesseract", False, None, "tesseract-ocr"),
        ("Tesseract, Vietnamese", False, None, "tesseract-ocr-vie"),
    ]


def test_installed_programs_tell_their_versions() -> None:
    needed(programs.has_vietnamese() and programs.writer_path() is not None, "the optional programs")
    writer, recogniser, vietnamese = programs.optional_programs()
    assert writer.found
    assert recogniser.found
    assert vietnamese.found
    assert writer.version is not None
    assert recogniser.version is not None


def test_mixed_pdf_keeps_its_text_and_warns_of_pages_that_are_pictures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pictures: list[Image.Image]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    mixed = pypdfium2.PdfDocument(plan_pdf(paragraphs=2))
    mixed.import_pages(pypdfium2.PdfDocument(scanned(pictures[1:])))
    stream = io.BytesIO()
    mixed.save(stream)
    source = extract(stream.getvalue(), "")
    assert source.kind == "pdf"
    assert source.warnings == (
        "Page 2 is a picture; its text is missing because no recognition is installed.",
    )


def test_program_that_runs_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    mark = tmp_path / "alive"
    child = f"import time, pathlib; time.sleep(2); pathlib.Path({str(mark)!r}).write_text('x')"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert programs.run([sys.executable, "-c", parent], seconds=0.7) is None
    time.sleep(2)
    assert not mark.exists()


def test_program_that_does_not_exist_gives_none() -> None:
    assert programs.run(["/no/such/program"], seconds=1) is None
