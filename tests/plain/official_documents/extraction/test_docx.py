from __future__ import annotations

import docx
import pytest
from docx.enum.text import WD_BREAK

from khuevan.plain.official_documents.extraction import extract
from khuevan.plain.official_documents.extraction.docx_numbering import written_number
from khuevan.plain.official_documents.source import Line, Source, Table

from .word_files import (
    NAMESPACES,
    cell,
    drawn_box,
    level,
    numbered,
    numbering,
    paragraph,
    row,
    run,
    saved,
    table,
    unzipped,
    word_file,
    zipped,
)


def blocks(body: str, **parts: str) -> tuple[Line | Table, ...]:
    return extract(word_file(body, parts=parts), "a.docx").blocks


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in blocks(body, **parts) if isinstance(block, Line)]


def test_document_of_python_docx_is_read_in_the_order_of_its_body() -> None:
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Mục một", style="List Number")
    document.add_paragraph("Mục hai", style="List Number")
    document.add_paragraph("gạch", style="List Bullet")
    grid = document.add_table(1, 2)
    grid.cell(0, 0).text = "TT"
    grid.cell(0, 1).text = "dòng một\ndòng hai"
    document.add_paragraph("cuối")
    assert extract(saved(document), "") == Source(
        "docx",
        (
            Line("KẾ HOẠCH"),
            Line("1. Mục một"),
            Line("2. Mục hai"),
            Line("- gạch"),
            Table((("TT", "dòng một\ndòng hai"),)),
            Line("cuối"),
        ),
        wrapped=False,
    )


def test_line_breaks_make_lines_and_page_breaks_none_of_their_own() -> None:
    document = docx.Document()
    written = document.add_paragraph("KẾ HOẠCH")
    written.add_run().add_break()
    written.add_run("Tổ chức lễ hội")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("I. MỤC ĐÍCH")
    assert extract(saved(document), "").blocks == (
        Line("KẾ HOẠCH"),
        Line("Tổ chức lễ hội"),
        Line(""),
        Line("I. MỤC ĐÍCH"),
    )


def test_tracked_changes_are_accepted() -> None:
    body = paragraph(
        run("Giao ")
        + f"<w:ins>{run('Sở Tài chính')}</w:ins>"
        + "<w:del><w:r><w:delText>Sở Nội vụ</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{run(' bỏ đi')}</w:moveFrom>"
        + f"<w:moveTo>{run(' chủ trì')}</w:moveTo>"
    )
    assert texts(body) == ["Giao Sở Tài chính chủ trì"]


def test_removed_paragraph_mark_joins_paragraphs() -> None:
    body = paragraph(run("Giao Sở "), "<w:rPr><w:del/></w:rPr>") + paragraph("Tài chính chủ trì.")
    assert texts(body) == ["Giao Sở Tài chính chủ trì."]


def test_removed_rows_and_cells_go() -> None:
    body = table(
        row(cell("giữ"), cell("bỏ", "<w:cellDel/>")),
        row(cell("bỏ"), cell("bỏ"), properties="<w:del/>"),
        row(cell("thêm"), properties="<w:ins/>"),
    )
    assert blocks(body) == (Table((("giữ",), ("thêm",))),)


def test_hidden_text_goes_and_capitals_are_as_printed() -> None:
    styles = (
        f"<w:styles {NAMESPACES}>"
        '<w:style w:type="paragraph" w:styleId="Ten"><w:rPr><w:caps/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    body = paragraph(
        run("kế hoạch ") + run("giữ", '<w:caps w:val="0"/>'), '<w:pStyle w:val="Ten"/>'
    ) + paragraph(run("hiện") + run(" ẩn", "<w:vanish/>") + run(" ẩn", '<w:rStyle w:val="An"/>'))
    assert texts(body, styles=styles) == ["KẾ HOẠCH giữ", "hiện"]


def test_text_box_is_emitted_once_where_it_is_anchored() -> None:
    body = paragraph("Số: 1/KH") + paragraph(drawn_box("MẬT") + run("KẾ HOẠCH")) + paragraph("thân")
    assert texts(body) == ["Số: 1/KH", "MẬT", "KẾ HOẠCH", "thân"]


def test_old_text_box_of_vml_is_emitted() -> None:
    content = f"<w:txbxContent>{paragraph('KHẨN')}</w:txbxContent>"
    box = f"<w:r><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r>"
    assert texts(paragraph(box + run("thân"))) == ["KHẨN", "thân"]


def test_symbols_tabs_hyphens_fields_and_formulas_are_printed() -> None:
    body = paragraph(
        run("a")
        + '<w:r><w:tab/><w:noBreakHyphen/><w:softHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:t>lệnh</w:t>'
        '<w:fldChar w:fldCharType="separate"/><w:t> 3</w:t><w:fldChar w:fldCharType="end"/></w:r>'
        + "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
        + f'<w:hyperlink r:id="x">{run(" liên kết")}</w:hyperlink><w:smartTag>{run(" thẻ")}</w:smartTag>'
        + f"<w:sdt><w:sdtContent>{run(' ô')}</w:sdtContent></w:sdt>"
    )
    assert texts(body) == ["a -☑ 3x liên kết thẻ ô"]


def test_field_that_is_never_closed_hides_nothing_of_the_following_paragraphs() -> None:
    body = paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + paragraph("thân")
    assert texts(body) == ["", "thân"]


def test_footnotes_and_endnotes_follow_at_the_end() -> None:
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:id="0"/><w:footnote w:id="7">{paragraph("Chú thích một")}'
        "</w:footnote></w:footnotes>"
    )
    ends = (
        f'<w:endnotes {NAMESPACES}><w:endnote w:id="7">{paragraph("Chú thích hai")}</w:endnote></w:endnotes>'
    )
    body = paragraph(
        run("thân") + '<w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:endnoteReference w:id="7"/></w:r>'
    )
    assert texts(body, footnotes=notes, endnotes=ends) == ["thân", "[1] Chú thích một", "[2] Chú thích hai"]


def test_headers_and_footers_are_margin_texts() -> None:
    header = f"<w:hdr {NAMESPACES}>{paragraph(drawn_box('MẬT') + run('Trang đầu'))}</w:hdr>"
    source = extract(word_file(paragraph("thân"), parts={"header1": header}), "")
    assert source.blocks == (Line("thân"),)
    assert source.margin_texts == ("MẬT", "Trang đầu")


def test_watermark_is_a_margin_text() -> None:
    mark = '<w:r><w:pict><v:shape><v:textpath string="MẬT"/></v:shape></w:pict></w:r>'
    header = f"<w:hdr {NAMESPACES}>{paragraph(mark)}</w:hdr>"
    assert extract(word_file(paragraph("thân"), parts={"header1": header}), "").margin_texts == ("MẬT",)


def test_merged_cells_hold_their_text_once() -> None:
    body = table(
        row(cell("ngang", '<w:gridSpan w:val="2"/>'), cell("c")),
        row(cell("dọc", '<w:vMerge w:val="restart"/>'), cell("e"), cell("f")),
        row(cell("", "<w:vMerge/>"), cell("h"), cell("i")),
    )
    assert blocks(body) == (Table((("ngang", "", "c"), ("dọc", "e", "f"), ("", "h", "i"))),)


def test_grid_columns_where_no_cell_begins_are_left_out() -> None:
    body = table(row(cell("trái", '<w:gridSpan w:val="3"/>'), cell("phải", '<w:gridSpan w:val="2"/>')))
    assert blocks(body) == (Table((("trái", "phải"),)),)


def test_nested_table_gives_lines_in_its_cell() -> None:
    inner = table(row(cell("a"), cell("b")), row(cell("c"), cell("d")))
    assert blocks(table(row(cell(paragraph("trước") + inner + paragraph("")), cell("x")))) == (
        Table((("trước\na | b\nc | d", "x"),)),
    )


def test_frame_of_one_cell_around_a_document_is_looked_through() -> None:
    inner = table(row(cell("trái"), cell("phải")))
    assert blocks(table(row(cell(inner + paragraph("thân"))))) == (
        Table((("trái", "phải"),)),
        Line("thân"),
    )
    assert blocks(table(row(cell("MẬT")))) == (Table((("MẬT",),)),)


def test_levels_count_and_restart() -> None:
    lists = numbering(
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%2."),
        level(2, "decimal", "%2.%3."),
        level(3, "lowerLetter", "%4)"),
    )
    body = "".join(
        (
            numbered("a", level=0),
            numbered("b", level=1),
            numbered("c", level=2),
            numbered("d", level=2),
            numbered("e", level=3),
            numbered("f", level=1),
            numbered("g", level=2),
            numbered("h", level=0),
            numbered("i", level=1),
        )
    )
    assert texts(body, numbering=lists) == [
        "I. a",
        "1. b",
        "1.1. c",
        "1.2. d",
        "a) e",
        "2. f",
        "2.1. g",
        "II. h",
        "1. i",
    ]


def test_level_that_never_restarts_counts_on() -> None:
    lists = numbering(
        level(0, "decimal", "%1."), level(1, "decimal", "Điều %2.", more='<w:lvlRestart w:val="0"/>')
    )
    body = numbered("a") + numbered("b", level=1) + numbered("c") + numbered("d", level=1)
    assert texts(body, numbering=lists) == ["1. a", "Điều 1. b", "2. c", "Điều 2. d"]


def test_lists_of_one_definition_share_their_count_unless_one_starts_anew() -> None:
    anew = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    lists = numbering(level(0, "decimal", "%1.", start=3), more_numbers=anew)
    body = numbered("a") + numbered("b", 2) + numbered("c", 3) + numbered("d", 3) + numbered("e", 1)
    assert texts(body, numbering=lists) == ["3. a", "4. b", "5. c", "6. d", "7. e"]


def test_legal_style_writes_roman_parents_in_figures() -> None:
    lists = numbering(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", more="<w:isLgl/>"))
    assert texts(numbered("a") + numbered("b", level=1), numbering=lists) == ["I. a", "1.1. b"]


def test_bullets_are_dashes_and_plus_signs_stay() -> None:
    lists = numbering(level(0, "bullet", "\uf0b7"), level(1, "bullet", "+"), level(2, "none", ""))
    body = numbered("a") + numbered("b", level=1) + numbered("c", level=2)
    assert texts(body, numbering=lists) == ["- a", "+ b", "c"]


def test_words_that_begin_below_their_label_are_a_line_of_their_own() -> None:
    lists = numbering(level(0, "upperRoman", "Chương %1", more='<w:suff w:val="nothing"/>'))
    words = numbered("<w:r><w:br/></w:r>" + run("QUY ĐỊNH CHUNG"))
    assert texts(words, numbering=lists) == ["Chương I", "QUY ĐỊNH CHUNG"]


def test_label_without_a_space_after_it_is_joined() -> None:
    lists = numbering(level(0, "decimal", "Điều %1: ", more='<w:suff w:val="nothing"/>'))
    assert texts(numbered("Phạm vi"), numbering=lists) == ["Điều 1:Phạm vi"]


def test_style_brings_its_list_and_number_0_takes_it_away() -> None:
    styles = (
        f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="Muc">'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Muc"/></w:style></w:styles>'
    )
    lists = numbering(
        level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", more='<w:pStyle w:val="Con"/>')
    )
    body = (
        paragraph("a", '<w:pStyle w:val="Muc"/>')
        + paragraph("b", '<w:pStyle w:val="Con"/>')
        + paragraph("c", '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert texts(body, numbering=lists, styles=styles) == ["I. a", "1. b", "c"]


def test_generated_numbers_alone_in_cells_are_kept() -> None:
    lists = numbering(level(0, "decimal", "%1"))
    body = table(row(cell(numbered("")), cell("một")), row(cell(numbered("")), cell("hai")))
    assert blocks(body, numbering=lists) == (Table((("1", "một"), ("2", "hai"))),)


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (4, "lowerLetter", "d"),
        (5, "upperLetter", "E"),
        (27, "lowerLetter", "aa"),
        (14, "lowerRoman", "xiv"),
        (1999, "upperRoman", "MCMXCIX"),
        (0, "upperRoman", "0"),
        (3, "none", ""),
        (3, "chicago", "3"),
    ],
)
def test_number_is_written_in_its_format(number: int, form: str, written: str) -> None:
    assert written_number(number, form) == written


def test_runs_in_old_fonts_are_converted() -> None:
    small = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    capitals = '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>'
    vni = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'
    body = (
        paragraph(run("céng hßa", capitals) + run(" x· héi", small))
        + paragraph(run("thoâng tin ñoái ngoaïi", vni))
        + paragraph(run("Hội nghị", small))
    )
    assert texts(body) == ["CỘNG HÒA xã hội", "thông tin đối ngoại", "Hội nghị"]


def test_strict_variant_of_the_format_is_read() -> None:
    parts = unzipped(word_file(paragraph("thân")))
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert extract(zipped(parts), "").blocks == (Line("thân"),)
