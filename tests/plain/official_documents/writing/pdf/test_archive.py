"""What makes the file last and speak: fonts inside, tags, language, PDF/A and PDF/UA marks, the same bytes again.

No validator of PDF/A is among the packages of this project; what one would look at first is read here with pypdf.
"""

from __future__ import annotations

import dataclasses
import io
import threading
from datetime import date, datetime, timedelta, timezone

import pypdf
import pypdfium2
import pytest
from lxml import etree
from pypdf.generic import ContentStream

from khuevan.plain.official_documents.writing.composition import Picture, Section, paragraph
from khuevan.plain.official_documents.writing.errors import UnwritableDocument
from khuevan.plain.official_documents.writing.pdf import write_pdf
from tests.plain.official_documents.writing import examples
from tests.plain.official_documents.writing.compositions import RULES

CREATED = datetime(2026, 1, 5, 8, 30, tzinfo=timezone(timedelta(hours=7)))
NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


def written(composition=None) -> bytes:
    return write_pdf(composition or examples.report(), rules=RULES, created=CREATED)


@pytest.fixture(scope="module")
def report() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(written()))


def tagged(reader: pypdf.PdfReader) -> list[tuple[str, dict]]:
    """Every element of the structure in reading order, by its kind."""
    found: list[tuple[str, dict]] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((str(node["/S"]), node))
            walk(node.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_the_file_says_what_it_is(report):
    root = report.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("vi", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    (intent,) = root["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert len(intent.get_object()["/DestOutputProfile"].get_object().get_data()) > 400
    data = report.metadata
    assert data.title.startswith("Báo cáo Kết quả công tác thông tin đối ngoại")
    assert data.author == "SỞ VĂN HÓA VÀ THỂ THAO"
    assert data.creation_date == CREATED
    assert not report.is_encrypted
    assert "/JavaScript" not in root.get("/Names", {})


def test_the_metadata_claim_archive_level_2a_and_universal_accessibility(report):
    xmp = etree.fromstring(report.trailer["/Root"]["/Metadata"].get_object().get_data())

    def value(path: str) -> str:
        (element,) = xmp.xpath(f"//{path}", namespaces=NAMES)
        return element.text

    assert (value("pdfaid:part"), value("pdfaid:conformance"), value("pdfuaid:part")) == ("2", "A", "1")
    assert value("dc:language//rdf:li") == "vi"
    assert value("dc:title//rdf:li").startswith("Báo cáo Kết quả")
    assert value("dc:creator//rdf:li") == "SỞ VĂN HÓA VÀ THỂ THAO"


def test_every_font_is_embedded_as_a_part_of_tinos(report):
    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()
        for page in report.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {name[8:] for name in fonts} == {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}
    for name, font in fonts.items():
        assert name[7] == "+"
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        (file,) = [descriptor[key] for key in ("/FontFile2", "/FontFile3") if key in descriptor]
        assert 1_000 < len(file.get_object().get_data()) < 120_000
        assert "/ToUnicode" in font


def test_headings_table_and_picture_are_tagged(report):
    elements = tagged(report)
    kinds = [kind for kind, _ in elements]
    assert [kind for kind in kinds if kind in ("/H1", "/H2")] == ["/H1", "/H2", "/H2", "/H1"]
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == 4
    assert kinds.count("/TD") == 160
    (figure,) = [node for kind, node in elements if kind == "/Figure"]
    assert figure["/Alt"] == "Khuê Văn Các nhìn từ giếng Thiên Quang"
    # Cells hold their words themselves: a paragraph in each would double what a long table costs.
    assert kinds.count("/P") > 20


def test_everything_drawn_is_tagged_or_marked_as_decoration(report):
    """No letter and no line stands outside marked content, which both standards ask for."""
    shown = {"text": 0, "decoration": 0}
    for page in report.pages:
        open_marks: list[str] = []
        for operands, operator in ContentStream(page.get_contents(), report).operations:
            if operator in (b"BDC", b"BMC"):
                open_marks.append(str(operands[0]))
            elif operator == b"EMC":
                open_marks.pop()
            elif operator in (b"Tj", b"TJ", b"S", b"f", b"f*", b"B", b"Do"):
                assert open_marks, (page, operands, operator)
                shown["decoration" if "/Artifact" in open_marks else "text"] += 1
        assert open_marks == []
    assert shown["text"] > 200
    assert shown["decoration"] > 50


def test_bookmarks_are_the_headings(report):
    titles = [item.title for item in report.outline if not isinstance(item, list)]
    assert titles == ["I. KẾT QUẢ THỰC HIỆN", "II. NHIỆM VỤ TRỌNG TÂM"]


def test_the_same_input_gives_the_same_bytes_and_another_day_others():
    first = written()
    write_pdf(examples.letter(), rules=RULES, created=CREATED)
    assert written() == first
    assert write_pdf(examples.report(), rules=RULES, created=date(2026, 1, 6)) != first


def test_many_threads_write_what_one_writes():
    compositions = [examples.letter(), examples.report(), examples.decision(), examples.regulation()]
    alone = [written(composition) for composition in compositions]
    found: list[list[bytes]] = []

    def write() -> None:
        found.append([written(composition) for composition in compositions])

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 6


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_pictures_of_both_kinds_are_set(kind):
    picture = Picture(examples.picture(kind), "Khuê Văn Các", "Hình 1", 0.5)
    data = written(dataclasses.replace(examples.report(), sections=(Section("", None, (picture,)),)))
    page = pypdf.PdfReader(io.BytesIO(data)).pages[0]
    assert len(page.images) == 1


def test_letters_of_the_text_are_never_read_as_code():
    words = '#panic("a") *b* _c_ $d$ [e] \\ @f <g> //h /* i */ = j "k" #let x = read("/etc/passwd") ./. \' -- ... ~'
    found = dataclasses.replace(
        examples.letter(),
        title=words,
        sections=(Section("1", words, (paragraph(words),)), Section("", None, (paragraph(f"{words} hết"),))),
    )
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(written(found)))
    squeezed = "".join(text.split())
    assert squeezed.count("".join(words.split())) >= 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"urgency": "RẤT KHẨN"}, "“RẤT KHẨN” is no degree of urgency"),
        ({"circulation": "MẬT"}, "“MẬT” is no mark of circulation"),
        ({"title": "Hợp tác với 東京"}, "The sign “東” is in no font"),
        (
            {"sections": (Section("", None, (Picture(b"GIF89a", "Cờ"),)),)},
            "The picture “Cờ” is neither PNG nor JPEG",
        ),
        (
            {"sections": (Section("", None, (Picture(examples.picture()[:200], "Cờ"),)),)},
            "A picture in the document cannot be decoded",
        ),
        (
            {"sections": (Section("", None, (Picture(examples.picture(), " "),)),)},
            "A picture has no words that say what it shows",
        ),
    ],
)
def test_what_cannot_be_set_is_refused_in_one_sentence_and_the_next_document_is_set(changes, sentence):
    with pytest.raises(UnwritableDocument) as caught:
        written(dataclasses.replace(examples.report(rows=2), **changes))
    message = str(caught.value)
    assert message.startswith(sentence)
    assert message.endswith(".")
    assert written(examples.letter()).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("face", ["body", "type_name", "annex_origin"])
def test_no_mark_on_a_capital_is_clipped_or_touches_the_line_above(face):
    """Two lines of capitals with two marks: drawn, ink stands clear above and below each line."""
    words = "ẴẾỘỄỔẪỞỮỰẦ " * 12
    composition = dataclasses.replace(
        examples.report(rows=1),
        title=words if face == "type_name" else "Thử",
        legal_bases=(f"Căn cứ {words}",) if face == "annex_origin" else (),
        sections=(Section("", None, (paragraph(words),)),),
        recipients=(),
    )
    document = pypdfium2.PdfDocument(written(composition))
    page = document[0]
    scale, above = 6, 1.5
    drawn = page.render(scale=scale, grayscale=True).to_pil().point(lambda grey: 255 if grey < 140 else 0)
    textpage = page.get_textpage()
    boxes = [
        textpage.get_charbox(at)
        for at in range(textpage.count_chars())
        if textpage.get_text_range(at, 1) in "ẴẾỄ"
    ]
    assert len(boxes) > 24
    for left, bottom, right, top in boxes:
        box = (left, page.get_height() - top - above, right, page.get_height() - bottom)
        ink = drawn.crop(tuple(round(side * scale) for side in box)).getbbox()
        # Nothing in the space above the outline's highest point, and ink up to that point.
        assert ink[1] / scale == pytest.approx(above, abs=0.4)
    document.close()
