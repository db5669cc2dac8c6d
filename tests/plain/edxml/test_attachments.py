"""Files of a message: found by identifier or name, compared with what is said of them, unpacked."""

# ruff: noqa: E501 (sentences are quoted whole: a broken quotation is harder to compare than a long line)

from __future__ import annotations

import io
import zipfile

import pytest

from khuevan.plain.edxml import Attachment, EdxmlError, Envelope, Limits, read_edxml, unpacked
from khuevan.plain.edxml.contents import is_program, kind_of

from .samples import PDF, minimal, with_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
DOC = OLE + "WordDocument".encode("utf-16-le") + bytes(2)
XLS = OLE + "Workbook".encode("utf-16-le") + bytes(2)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20)
XML = b'\xef\xbb\xbf<?xml version="1.0"?><a/>'
PROGRAM = b"MZ\x90\x00" + bytes(60)


def archive(**entries: bytes) -> bytes:
    """A ZIP archive with entries by name; two underscores stand for a slash, one for a point."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries.items():
            # With the day of its kind's beginning: the same bytes at each run.
            entry = zipfile.ZipInfo(name.replace("__", "/").replace("_", "."))
            packed.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def office(folder: str) -> bytes:
    """An archive such as Word, Excel or PowerPoint write."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(f"{folder}/part.xml", "<part/>")
    return out.getvalue()


def open_document(kind: str) -> bytes:
    """An archive such as LibreOffice writes: the type first, not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        packed.writestr("content.xml", "<a/>")
    return out.getvalue()


DOCX = office("word")
ZIP = archive(ke_hoach_txt=b"abc")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "PDF"),
        (b"\r\n" + PDF, "PDF"),
        (DOC, "DOC"),
        (XLS, "XLS"),
        (OLE, "OLE"),
        (DOCX, "DOCX"),
        (office("xl"), "XLSX"),
        (open_document("text"), "ODT"),
        (open_document("spreadsheet"), "ODS"),
        (ZIP, "ZIP"),
        (PNG, "PNG"),
        (JPEG, "JPEG"),
        (XML, "XML"),
        ("Kế hoạch".encode(), None),
        (b"", None),
    ],
)
def test_kind_of_tells_files_by_their_first_bytes(data: bytes, kind: str | None) -> None:
    assert kind_of(data) == kind


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "declared", "data", "warnings"),
    [
        ("a.pdf", "application/pdf", PDF, ()),
        ("a.pdf", "", PDF, ()),
        ("a.docx", WORD, DOCX, ()),
        ("a.doc", "application/msword", DOC, ()),
        ("a.odt", "application/vnd.oasis.opendocument.text", open_document("text"), ()),
        ("a.zip", "application/zip", ZIP, ()),
        ("a.docx", "application/zip", DOCX, ()),
        ("ảnh.JPG", "image/jpeg", JPEG, ()),
        ("a.dat", "application/x-unknown", b"abc", ()),
        ("a.pdf", "application/pdf", PNG, ("The attachment “a.pdf” is declared as application/pdf, but its content is PNG.",)),
        ("a.pdf", "Application/PDF; name=a", b"abc", ("The attachment “a.pdf” is declared as application/pdf, but its content is something else.",)),
        ("a.doc", "application/msword", DOCX, ("The attachment “a.doc” is declared as application/msword, but its content is DOCX.",)),
        ("a.png", "", JPEG, ("The attachment “a.png” has the content of a JPEG file, which its name does not say.",)),
        ("a.xml", "", b"abc", ("The attachment “a.xml” does not have the content that its name promises.",)),
        ("a.pdf", "application/pdf", ZIP, ("The attachment “a.pdf” is packed in a ZIP archive.",)),
        ("a.doc", "application/zip", ZIP, ("The attachment “a.doc” is packed in a ZIP archive.",)),
        ("a.pdf", "application/pdf", b"", ("The attachment “a.pdf” is empty.",)),
    ],
)  # fmt: skip
def test_read_edxml_compares_type_name_and_bytes(
    name: str, declared: str, data: bytes, warnings: tuple[str, ...]
) -> None:
    read = read_edxml(with_file(name, data, declared))

    assert isinstance(read.message, Envelope)
    assert read.message.attachments == (Attachment(name, data, declared or "application/octet-stream"),)
    assert read.warnings == warnings


@pytest.mark.parametrize(
    ("given", "name", "warning"),
    [
        ("../../etc/ke-hoach.pdf", "ke-hoach.pdf", "The name of the attachment “ke-hoach.pdf” held a path; only the last part was kept."),
        (r"C:\VB\ke-hoach.pdf", "ke-hoach.pdf", "The name of the attachment “ke-hoach.pdf” held a path; only the last part was kept."),
        ("", "attachment-1", "Attachment 1 has no name."),
        ("a/..", "attachment-1", "Attachment 1 has no name."),
        (f"{'k' * 300}.pdf", f"{'k' * 251}.pdf", f"The name of the attachment “{'k' * 251}.pdf” was longer than 255 characters; it was shortened."),
    ],
)  # fmt: skip
def test_read_edxml_keeps_no_path_in_a_name(given: str, name: str, warning: str) -> None:
    read = read_edxml(with_file(given, PDF))

    assert isinstance(read.message, Envelope)
    assert (read.message.attachments[0].name, read.warnings) == (name, (warning,))


def test_read_edxml_joins_files_and_list_by_identifier_then_by_name() -> None:
    reference = "<Reference><ContentId>{0}</ContentId><AttachmentName>{1}</AttachmentName><Description>{2}</Description></Reference>"
    file = (
        "<Attachment><ContentId>{0}</ContentId><AttachmentName>{1}</AttachmentName>"
        "<ContentTransferEncoded>QUJD</ContentTransferEncoded></Attachment>"
    )
    listed = reference.format("cid:1", "x.txt", "một") + reference.format("cid:2", "b.txt", "hai")
    files = file.format("1", "a.txt") + file.format("&lt;cid:9&gt;", "b.txt") + file.format("7", "c.txt")

    read = read_edxml(
        minimal(
            body=f"<edXMLManifest>{listed}{reference.format('cid:3', 'd.txt', '')}</edXMLManifest>",
            files=f"<AttachmentEncoded>{files}</AttachmentEncoded>",
        )
    )

    assert isinstance(read.message, Envelope)
    assert [(each.name, each.description) for each in read.message.attachments] == [
        ("a.txt", "một"),
        ("b.txt", "hai"),
        ("c.txt", ""),
    ]
    assert read.warnings == (
        "The attachment “c.txt” is in the message but not in its list.",
        "The attachment “d.txt” is announced in the message but is not in it.",
    )


@pytest.mark.parametrize(
    ("name", "data", "is_one"),
    [
        ("a.pdf", PROGRAM, True),
        ("a", b"\x7fELF\x02", True),
        ("a.txt", b"#!/bin/sh\n", True),
        ("a.class", b"\xca\xfe\xba\xbe\x00", True),
        ("hóa đơn.pdf.EXE", b"x", True),
        ("a.js. ", b"x", True),
        ("a.pdf", archive(ke_hoach_exe=b"x"), True),
        ("a.zip", archive(thu_muc__a_pdf=PROGRAM), True),
        ("a.pdf", PDF, False),
        ("a.txt", b"MZ la hai chu cai", False),
        ("a.docx", DOCX, False),
        ("a.zip", ZIP, False),
        ("a.zip", ZIP[:-30], False),
        ("a.zip", b"PK\x05\x06" + bytes(8) + b"\xff" * 8 + bytes(2), False),
    ],
)
def test_is_program_looks_at_name_bytes_and_into_archives(name: str, data: bytes, is_one: bool) -> None:
    assert is_program(name, data) is is_one


def test_unpacked_takes_the_one_file_out_of_its_archive() -> None:
    packed = Attachment("ke-hoach.pdf", archive(tam_pdf=PDF), "application/zip", "Kế hoạch")

    assert unpacked(packed) == Attachment("ke-hoach.pdf", PDF, "application/zip", "Kế hoạch")


@pytest.mark.parametrize(
    "attachment",
    [
        Attachment("a.pdf", PDF),
        Attachment("a.zip", ZIP),
        Attachment("a.docx", DOCX),
        Attachment("a.pdf", archive(a_pdf=PDF, b_pdf=PDF)),
        Attachment("a.pdf", ZIP[:-30]),
    ],
)
def test_unpacked_leaves_other_files_as_they_are(attachment: Attachment) -> None:
    assert unpacked(attachment) == attachment


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (archive(a_pdf=bytes(3_000_000)), "The archive “a.pdf” cannot be unpacked: unpack it by hand or ask for the file itself."),
        (ZIP.replace(b"\x4b\x4c\x4a", b"\xff\xff\xff", 1), "The archive “a.pdf” cannot be unpacked: unpack it by hand or ask for the file itself."),
        (archive(a_pdf=PROGRAM), "The attachment “a.pdf” is a program or holds one: attach documents only."),
    ],
    ids=["bomb", "damaged", "program"],
)  # fmt: skip
def test_unpacked_refuses_bombs_damage_and_programs(data: bytes, sentence: str) -> None:
    with pytest.raises(EdxmlError) as raised:
        unpacked(Attachment("a.pdf", data), Limits(attachment_bytes=1_000_000))

    assert str(raised.value) == sentence
