"""What a file is, by its content; and every refusal in its own words."""

# ruff: noqa: E501 (sentences are quoted whole: a broken quotation is harder to compare than a long line)

from __future__ import annotations

import io

import pytest

from khuevan.plain.media import messages
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.file_names import ENDINGS
from khuevan.plain.media.kinds import CONTENT_TYPES, IN_WORDS, Inspected, Kind, inspect
from khuevan.plain.media.limits import Limits

from . import samples

ALL = {
    Kind.JPEG: samples.jpeg(),
    Kind.PNG: samples.png(),
    Kind.WEBP: samples.webp(),
    Kind.AVIF: samples.avif(),
    Kind.GIF: samples.gif(3),
    Kind.TIFF: samples.tiff(),
    Kind.SVG: samples.SVG,
    Kind.PDF: samples.PDF,
    Kind.MP4: samples.mp4(),
    Kind.MOV: samples.mov(),
    Kind.WEBM: samples.webm(),
    Kind.MP3: samples.mp3(),
    Kind.DOCX: samples.open_xml(),
    Kind.XLSX: samples.open_xml("spreadsheetml.sheet.main+xml"),
    Kind.PPTX: samples.open_xml("presentationml.presentation.main+xml"),
    Kind.ODT: samples.open_document("text"),
    Kind.ODS: samples.open_document("spreadsheet"),
    Kind.ODP: samples.open_document("presentation"),
}


def refusal(data: bytes, name: str, declared: str = "", limits: Limits | None = None) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(MediaError) as raised:
        inspect(data, name=name, declared=declared, **({} if limits is None else {"limits": limits}))
    return str(raised.value)


def test_every_kind_has_a_sample_a_name_and_a_type() -> None:
    assert set(ALL) == set(Kind) == set(CONTENT_TYPES) == set(IN_WORDS) == set(ENDINGS)


@pytest.mark.parametrize("kind", list(Kind))
def test_inspect_tells_each_kind_by_its_content(kind: Kind) -> None:
    data = ALL[kind]
    expected = Inspected(kind, CONTENT_TYPES[kind][0], len(data))

    for ending in (*ENDINGS[kind], ENDINGS[kind][0].upper()):
        assert inspect(data, name=f"Hồ Gươm 2026.v1.{ending}") == expected
    for declared in (
        "",
        "application/octet-stream",
        *CONTENT_TYPES[kind],
        CONTENT_TYPES[kind][0] + "; charset=utf-8",
    ):
        assert inspect(data, name=f"a.{ENDINGS[kind][0]}", declared=declared) == expected


@pytest.mark.parametrize("kind", list(Kind))
def test_inspect_refuses_each_kind_under_the_name_of_every_other(kind: Kind) -> None:
    for other in Kind:
        if other is not kind:
            ending = ENDINGS[other][0]
            assert refusal(ALL[kind], f"anh.{ending}") == (
                f"The name “anh.{ending}” ends in “.{ending}”, but the content is {IN_WORDS[kind]}:"
                f" rename the file to “anh.{ENDINGS[kind][0]}”."
            )


def test_inspect_reads_only_pieces_of_a_recording() -> None:
    class Counting(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            self.taken += len(data)
            return data

    film = samples.mp4() + samples.box(b"mdat", bytes(5_000_000))
    source = Counting(film)

    assert inspect(source, name="a.mp4") == Inspected(Kind.MP4, "video/mp4", len(film))
    assert source.taken < 400_000


AGAIN = "open it in the program it came from, save it anew and upload that."


@pytest.mark.parametrize(
    ("data", "name", "declared", "sentence"),
    [
        (b"", "a.jpg", "", "The file “a.jpg” is empty: choose it again."),
        (b"hello", "a.jpg", "", "The file “a.jpg” is of a kind that the library does not take: save it as JPEG, PNG, WebP, AVIF, SVG, PDF, MP4, WebM, MP3 or an office file and upload that."),
        (b"MZ\x90\0\3\0", "anh.jpg", "image/jpeg", "The file “anh.jpg” is a program: upload pictures, recordings and documents only."),
        (b"#!/bin/sh\n", "a.png", "", "The file “a.png” is a program: upload pictures, recordings and documents only."),
        (b"\x7fELF\2\1", "a.png", "", "The file “a.png” is a program: upload pictures, recordings and documents only."),
        (b"\n<!DOCTYPE html><p>", "a.svg", "", "The file “a.svg” is a web page, which the library does not take: save it as PDF and upload that."),
        (b"<?xml version='1.0'?><html>", "a.svg", "", "The file “a.svg” is a web page, which the library does not take: save it as PDF and upload that."),
        (samples.box(b"ftyp", b"heic\0\0\0\0mif1heic"), "IMG_1.HEIC", "image/heic", "The file “IMG_1.HEIC” is a HEIC picture, which the library does not take: save it as JPEG and upload that."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kh.doc", "", "The file “kh.doc” is an office file of the old kind, or an encrypted one, which the library does not take: save it as DOCX, XLSX or PPTX without a password and upload that."),
        (samples.archive({"a.txt": b"a"}), "a.zip", "", "The file “a.zip” is a ZIP archive, which the library does not take: save it as single files and upload that."),
        (samples.webm(b"matroska"), "a.webm", "", "The file “a.webm” is a Matroska recording, which the library does not take: save it as MP4 or WebM and upload that."),
        (samples.jpeg(), "ho-guom", "", "The name “ho-guom” has no ending, and the content is a JPEG picture: rename the file to “ho-guom.jpg”."),
        (samples.jpeg(), ".jpg", "", "The name “.jpg” has no ending, and the content is a JPEG picture: rename the file to “file.jpg”."),
        (samples.jpeg(), "a.jpg. .", "", "The name “a.jpg. .” has no ending, and the content is a JPEG picture: rename the file to “a.jpg”."),
        (samples.jpeg(), "a.php.jpg", "", "The name “a.php.jpg” has two endings: rename the file to “a.jpg”."),
        (samples.PDF, "ke-hoach.docx.pdf", "", "The name “ke-hoach.docx.pdf” has two endings: rename the file to “ke-hoach.pdf”."),
        (samples.jpeg(), "anh\u202egpj.exe.jpg", "", "The name of the file holds signs that hide how it ends: rename the file to “anhgpj.jpg”."),
        (samples.jpeg(), "../../etc/a.jpg", "", "The name of the file holds a path: rename the file to “a.jpg”."),
        (samples.jpeg(), "C:\\anh\\a.jpg", "", "The name of the file holds a path: rename the file to “a.jpg”."),
        (samples.jpeg(), "a" * 300 + ".jpg", "", "The name of the file is longer than 200 characters: give it a shorter one."),
        (samples.jpeg(), "a.jpg", "text/html", f"The file “a.jpg” was sent as text/html, but the content is a JPEG picture: {AGAIN}"),
        (samples.jpeg() + samples.archive({"a.class": b"x"}), "a.jpg", "", f"The file “a.jpg” is a JPEG picture and hides a ZIP archive: {AGAIN}"),
        (samples.gif() + b"Rar!\x1a\x07\x01\x00", "a.gif", "", f"The file “a.gif” is a GIF picture and hides a RAR archive: {AGAIN}"),
        (samples.png() + b"<html><script>", "a.png", "", f"The file “a.png” is a PNG picture and hides a web page: {AGAIN}"),
        (samples.with_segment(samples.jpeg(), 0xFE, b"%PDF-1.4 obj"), "a.jpg", "", f"The file “a.jpg” is a JPEG picture and hides a PDF document: {AGAIN}"),
        (samples.PDF + samples.archive({"a": b"x"}) + b"%%EOF", "a.pdf", "", f"The file “a.pdf” is a PDF document and hides a ZIP archive: {AGAIN}"),
        (samples.open_xml() + b"more", "a.docx", "", f"The file “a.docx” is a ZIP archive, but damaged at byte {len(samples.open_xml()) + 4}: {AGAIN}"),
        (samples.jpeg()[:-40], "a.jpg", "", "The file “a.jpg” ends too early: it arrived incomplete, upload it again."),
        (samples.png()[:-4], "a.png", "", "The file “a.png” ends too early: it arrived incomplete, upload it again."),
        (samples.webp()[:-4], "a.webp", "", "The file “a.webp” ends too early: it arrived incomplete, upload it again."),
        (samples.gif()[:-4], "a.gif", "", "The file “a.gif” ends too early: it arrived incomplete, upload it again."),
        (samples.mp4()[:-4], "a.mp4", "", "The file “a.mp4” ends too early: it arrived incomplete, upload it again."),
        (samples.PDF[:-8], "a.pdf", "", "The file “a.pdf” ends too early: it arrived incomplete, upload it again."),
        (samples.png()[:40] + b"\0" + samples.png()[41:], "a.png", "", f"The file “a.png” is a PNG picture, but damaged at byte 33: {AGAIN}"),
        (samples.mp4() + b"\0\0\0\x10\1\2\3\4" + bytes(8), "a.mp4", "", f"The file “a.mp4” is an MP4 recording, but damaged at byte {len(samples.mp4())}: {AGAIN}"),
        (samples.open_xml("application/vnd.ms-word.document.macroEnabled.main+xml"), "a.docx", "", "The file “a.docx” holds macros: save it without them (as DOCX) and upload that."),
        (samples.open_xml(more={"word/vbaProject.bin": b"x"}), "a.docx", "", "The file “a.docx” holds macros: save it without them (as DOCX) and upload that."),
        (samples.open_xml(more={"word/embeddings/a.exe": b"x"}), "a.docx", "", "The file “a.docx” holds a program: take it out and upload the file again."),
    ],
)  # fmt: skip
def test_inspect_refuses_in_one_sentence(data: bytes, name: str, declared: str, sentence: str) -> None:
    assert refusal(data, name, declared) == sentence


def test_inspect_refuses_what_is_larger_than_its_kind_may_be() -> None:
    limits = Limits(picture_bytes=1_000_000, svg_bytes=2_000_000)

    assert refusal(samples.png() + bytes(1_000_000), "a.png", limits=limits) == (
        "The file “a.png” is larger than 1 MB: make it smaller and upload it again."
    )
    assert refusal(samples.SVG + b" " * 2_000_000, "a.svg", limits=limits) == (
        "The file “a.svg” is larger than 2 MB: make it smaller and upload it again."
    )


@pytest.mark.parametrize("limits", [Limits(unpacked_bytes=5_000_000), Limits(zip_entries=2)])
def test_inspect_refuses_an_archive_that_unpacks_to_too_much(limits: Limits) -> None:
    bomb = samples.open_xml(more={"a.xml": bytes(6_000_000)})

    assert refusal(bomb, "a.docx", limits=limits) == (
        f"The file “a.docx” claims to hold more than {limits.unpacked_bytes // 1_000_000} MB or"
        f" {limits.zip_entries} parts when unpacked: save it anew, smaller, and upload that."
    )


def test_inspect_counts_what_telephones_put_behind_a_picture() -> None:
    picture = samples.jpeg()

    for behind in (samples.jpeg(), samples.mp4(), b"SEFHe\0\0\0SEFT", bytes(20)):
        assert inspect(picture + behind, name="a.jpg").trailing == len(behind)


def test_inspect_takes_pictures_whose_pixels_hold_the_mark_of_an_archive() -> None:
    marked = samples.with_segment(samples.jpeg(), 0xFE, b"PK\x05\x06" + bytes(18))

    assert inspect(marked, name="a.jpg").kind is Kind.JPEG


def test_every_sentence_can_be_translated_with_its_parameters() -> None:
    with pytest.raises(MediaError) as raised:
        inspect(samples.jpeg(), name="a.png")

    assert raised.value.template in messages.TEMPLATES
    assert raised.value.template.format(**raised.value.parameters) == str(raised.value)
