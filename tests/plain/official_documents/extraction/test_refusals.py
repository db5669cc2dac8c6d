from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import openpyxl
import pytest
from pypdf import PdfReader, PdfWriter

from khuevan.plain.official_documents.errors import UnreadableDocument
from khuevan.plain.official_documents.extraction import extract, extract_file, messages
from khuevan.plain.official_documents.extraction.pdf_safety import is_plain
from khuevan.plain.official_documents.limits import Limits

from .plan_pdf import plan_pdf
from .word_files import NAMESPACES, cell, paragraph, row, saved, table, unzipped, word_file, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal(data: bytes, *, limits: Limits | None = None, name: str = "plan.docx") -> str:
    with pytest.raises(UnreadableDocument) as refused:
        extract(data, name, limits=limits or Limits())
    return str(refused.value)


def word_with(name: str, content: bytes) -> bytes:
    return zipped(unzipped(word_file(paragraph("thân"))) | {name: content})


@pytest.mark.parametrize("data", [b"", b"\n \t\r\n", b"\x00" * 1000, b"\xef\xbb\xbf\n"])
def test_empty_file(data: bytes) -> None:
    assert refusal(data) == "The file is empty: export or copy the document again."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (word_file(paragraph("")), messages.NO_TEXT),
        ("\u200b\u00ad\n".encode(), messages.NO_TEXT),
        (word_file(paragraph("thân"))[:-300], messages.BROKEN_DOCX),
        (word_file(paragraph("thân"))[:2000], messages.BROKEN_DOCX),
        (b"PK\x03\x04" + b"rubbish" * 50, messages.BROKEN_DOCX),
        (zipped({"a.txt": b"a"}), messages.NOT_A_DOCX),
        (zipped({"word/document.xml": b"<w:document"}), messages.BROKEN_DOCX),
        (zipped({"word/document.xml": b"<other/>"}), messages.BROKEN_DOCX),
        (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(2), messages.ENCRYPTED_DOCX),
        (OLE + bytes(500), messages.NOT_TEXT),
        (b"%PDF-1.7\nrubbish", messages.BROKEN_PDF),
        (plan_pdf(paragraphs=1)[:900], messages.BROKEN_PDF),
    ],
)
def test_file_that_holds_no_readable_document(data: bytes, message: str) -> None:
    assert refusal(data) == message


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (OLE + "Workbook".encode("utf-16-le") + bytes(2), "an Excel workbook"),
        (b"GIF89a" + bytes(20), "a GIF picture"),
        (b"\x1f\x8b\x08" + bytes(20), "a GZIP archive"),
        (b"\x7fELF" + bytes(20), "a program"),
        (b"<!DOCTYPE html><html><body>text</body></html>", "a web page"),
    ],
)
def test_file_of_another_kind_is_named(data: bytes, kind: str) -> None:
    assert refusal(data) == (f"The file is {kind}, not a text document: export the document as DOCX or PDF.")


def test_workbook_is_named_whatever_its_name_says() -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    assert refusal(stream.getvalue(), name="kế hoạch.docx") == (
        "The file is an Excel workbook, not a text document: export the document as DOCX or PDF."
    )


def test_locked_pdf() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plan_pdf(paragraphs=1))))
    writer.encrypt(user_password="secret", algorithm="AES-256-R5")
    stream = io.BytesIO()
    writer.write(stream)
    assert refusal(stream.getvalue()) == messages.ENCRYPTED_PDF


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_in_xml(declaration: str, encoding: str) -> None:
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?>{declaration}'
        f"<w:document {NAMESPACES}><w:body>{paragraph('thân')}</w:body></w:document>"
    )
    for part in ("word/document.xml", "word/styles.xml", "_rels/.rels"):
        assert refusal(word_with(part, xml.encode(encoding))) == messages.FORBIDDEN_XML


@pytest.mark.parametrize("depth", [220, 5_000, 50_000])
def test_xml_that_is_nested_too_deeply(depth: int) -> None:
    body = "<w:sdt>" * depth + paragraph("thân") + "</w:sdt>" * depth
    xml = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    assert refusal(word_with("word/document.xml", xml.encode())) == messages.DEEP_XML


def test_zip_bomb_that_says_what_it_is() -> None:
    assert refusal(word_with("word/media/a.bin", bytes(20_000_000))) == messages.ZIP_BOMB
    assert refusal(word_with("word/a.xml", os.urandom(3_000)), limits=Limits(uncompressed_bytes=2_000)) == (
        messages.ZIP_BOMB
    )
    assert refusal(zipped({f"word/{n}": b"" for n in range(60)}), limits=Limits(zip_entries=50)) == (
        messages.ZIP_BOMB
    )


def test_zip_bomb_that_lies_about_its_size() -> None:
    data = word_with("word/document.xml", b"<a>" + b" " * 30_000_000 + b"</a>")
    honest = struct.pack("<L", 30_000_007)
    assert data.count(honest) == 2  # in the local header and in the directory
    small = data.replace(honest, struct.pack("<L", 900_000))
    # zipfile stops at the declared size, and then the checksum is wrong.
    assert refusal(small, limits=Limits(uncompressed_bytes=5_000_000)) == messages.BROKEN_DOCX


def test_encrypted_zip_entry() -> None:
    data = bytearray(word_file(paragraph("thân")))
    directory = data.index(b"PK\x01\x02")
    while directory >= 0:
        data[directory + 8] |= 1
        directory = data.find(b"PK\x01\x02", directory + 4)
    assert refusal(bytes(data)) == messages.ENCRYPTED_DOCX


def test_too_much_text_is_not_read() -> None:
    assert refusal(b"x" * 60_000_000) == (
        "The file is larger than 50 MB: split it or export it without its pictures."
    )
    assert refusal("chữ ".encode() * 8_000_000, limits=Limits()) == (
        "The document holds more than 2000000 characters: split it into its parts."
    )
    limits = Limits(characters=1_000)
    long = messages.TOO_MUCH_TEXT.format(characters=1_000)
    assert refusal(word_file(paragraph("chữ " * 400)), limits=limits) == long
    assert refusal(plan_pdf(paragraphs=8), limits=limits) == long


def test_too_many_cells_and_pages() -> None:
    limits = Limits(table_cells=10, pages=2)
    grid = table(*(row(cell("a"), cell("b")) for _ in range(6)))
    assert refusal(word_file(grid), limits=limits) == messages.TOO_MANY_CELLS.format(cells=10)
    assert refusal(plan_pdf(paragraphs=40), limits=limits) == messages.TOO_MANY_PAGES.format(pages=2)
    assert refusal(plan_pdf(paragraphs=1, table_rows=8), limits=limits) == (
        messages.TOO_MANY_CELLS.format(cells=10)
    )


def test_cell_that_spans_beyond_reason_costs_no_memory() -> None:
    wide = table(row(*(cell("a", '<w:gridSpan w:val="999999999"/>') for _ in range(5))))
    assert extract(word_file(wide), "").blocks[0].rows == (("a",) * 5,)  # type: ignore[union-attr]


def test_time_that_is_used_up_ends_the_reading() -> None:
    late = messages.TOO_SLOW.format(seconds=0)
    limits = Limits(seconds=0.0)
    assert refusal(word_file(paragraph("thân")), limits=limits) == late
    assert refusal(plan_pdf(paragraphs=1), limits=limits) == late


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of numbered objects with a right cross-reference table; the first is the catalogue."""
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def stream(dictionary: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (dictionary, len(packed), packed)


def page_with(content: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s>>>>" % resources,
            content,
            *more,
        ]
    )


def test_pdf_stream_that_unpacks_to_far_more_than_its_size() -> None:
    bomb = page_with(stream(b"", bytes(20_000_000)))
    assert len(bomb) < 30_000
    assert refusal(bomb, limits=Limits(uncompressed_bytes=10_000_000)) == messages.ZIP_BOMB


def test_pdf_stream_that_is_packed_twice_is_read_apart_within_its_memory() -> None:
    inner = zlib.compress(bytes(100_000_000), 9)
    packed = zlib.compress(inner, 9)
    bomb = page_with(
        b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream" % (len(packed), packed)
    )
    assert refusal(bomb, limits=Limits(seconds=20)) in (messages.NO_TEXT, messages.BROKEN_PDF)


def test_pdf_forms_that_multiply_one_another_are_stopped() -> None:
    # Ten levels, each drawing the next one ten times: 10,000,000,000 drawings in two kilobytes.
    forms = []
    for depth in range(10):
        following = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + depth) if depth < 9 else b""
        draws = b"/F Do " * 10 if depth < 9 else b"BT (x) Tj ET"
        forms.append(stream(b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + following, draws))
    bomb = page_with(stream(b"", b"/F Do"), *forms, resources=b"/XObject<</F 5 0 R>>")
    limits = Limits(seconds=3)
    assert refusal(bomb, limits=limits) in (messages.TOO_SLOW.format(seconds=3), messages.BROKEN_PDF)


def test_pdf_with_streams_that_never_end_is_no_plain_file() -> None:
    data = b"%PDF-1.4\n" + b"1 0 obj<<>>stream\n" * 500_000
    assert not is_plain(data, Limits())


def test_missing_file_folder_and_device(tmp_path: Path) -> None:
    def of(path: Path) -> str:
        with pytest.raises(UnreadableDocument) as refused:
            extract_file(path)
        return str(refused.value)

    assert of(tmp_path / "none.docx") == messages.MISSING_FILE
    assert of(tmp_path) == messages.NOT_A_FILE
    assert of(Path(os.devnull)) == messages.NOT_A_FILE
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "gone.txt")
    assert of(link) == messages.MISSING_FILE
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert of(tmp_path / "loop") == messages.CANNOT_OPEN
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert of(pipe) == messages.NOT_A_FILE
    assert of(Path("a\0b")) == messages.CANNOT_OPEN


def test_size_is_asked_before_reading(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200_000_000_000)  # a hole: nobody could read it into memory
    with pytest.raises(UnreadableDocument) as refused:
        extract_file(huge)
    assert str(refused.value) == messages.TOO_BIG.format(megabytes=50)


def test_link_to_a_document_is_followed(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("KẾ HOẠCH\n", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "plan.txt")
    assert extract_file(tmp_path / "link") == extract_file(tmp_path / "plan.txt")


@pytest.mark.parametrize("template", messages.TEMPLATES)
def test_every_message_is_one_sentence_whose_template_is_found_again(template: str) -> None:
    names = {name: f"42 {name}" for name in ("megabytes", "characters", "pages", "cells", "seconds")}
    names |= {"kind": "an Excel workbook", "what": "scans", "program": "P", "packages": "p q"}
    message = template.format(**names)
    assert message.endswith(".")
    assert message.count(". ") == 0
    found = messages.template_of(message)
    assert found is not None
    assert found[0] == template
    assert found[0].format(**found[1]) == message


def test_message_of_another_module_has_no_template() -> None:
    assert messages.template_of("Something else.") is None


def test_docx_of_python_docx_is_no_refusal() -> None:
    document = docx.Document()
    document.add_paragraph("thân")
    data = saved(document)
    assert zipfile.is_zipfile(io.BytesIO(data))
    assert extract(data, "").kind == "docx"
