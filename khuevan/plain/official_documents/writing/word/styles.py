"""The styles of a Word file, with the names that a clerk finds in the list and the looks that the rules set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.writing.labels import Level
from khuevan.plain.official_documents.writing.layout_rules import Component, LayoutRules
from khuevan.plain.official_documents.writing.word.names import on, points, twips, w

FONT: Final = "Times New Roman"
_ALIGN: Final = {"left": "left", "center": "center", "justify": "both"}
# The room for signature and seal between post and name: about five lines.
_SIGNATURE_ROOM: Final = 72
BRIGHT_RED: Final = "FF0000"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A place in the numbering: the list's instance and the level in it, from 0."""

    number: int
    level: int

    def properties(self) -> etree._Element:
        """w:numPr."""
        return w("numPr", w("ilvl", val=self.level), w("numId", val=self.number))


@dataclass(frozen=True, slots=True)
class Look:
    """One style: its component in the rules, its name in Word, and what the component does not say.

    `body` gives the first line's indent, the line spacing and the gap of the text; `before` and `after` are
    points; `level` makes it a heading in the navigation pane. Without `caps` only the words that are to be so are
    set in capitals, not the number before them.
    """

    component: str
    name: str
    body: bool = False
    before: float = 0
    after: float = 0
    keep_next: bool = False
    level: Level | None = None
    following: str | None = None
    colour: str | None = None
    caps: bool = True


def _heading(component: str, name: str, level: Level, *, before: float = 0) -> Look:
    """A heading: in the text's own lines, or in the middle with room around it."""
    return Look(
        component,
        name,
        body=not before,
        before=before,
        after=before,
        keep_next=True,
        level=level,
        following="NoiDung",
        caps=not before,
    )


# By the style's identifier. A comma in a name would make Word take what follows for another name.
LOOKS: Final[dict[str, Look]] = {
    "QuocHieu": Look("national_title", "Quốc hiệu"),
    "TieuNgu": Look("motto", "Tiêu ngữ"),
    "CoQuanChuQuan": Look("parent_body", "Cơ quan chủ quản"),
    "CoQuanBanHanh": Look("issuer", "Cơ quan ban hành"),
    "SoKyHieu": Look("number", "Số và ký hiệu", before=8),
    "DiaDanh": Look("place_and_date", "Địa danh và thời gian", before=8),
    "TrichYeuCongVan": Look("letter_subject", "Trích yếu công văn"),
    "DoKhan": Look("urgency", "Độ khẩn", colour=BRIGHT_RED),
    "PhamViLuuHanh": Look("circulation", "Phạm vi lưu hành"),
    "TenLoai": Look("type_name", "Tên loại văn bản", before=18, keep_next=True, following="TrichYeu"),
    "TrichYeu": Look("title", "Trích yếu nội dung", keep_next=True, following="NoiDung"),
    "ThamQuyen": Look("enacting_authority", "Thẩm quyền ban hành", before=6, after=6, keep_next=True),
    "LoiBanHanh": Look("enacting_words", "Lời ban hành", before=6, after=6, keep_next=True),
    "KinhGui": Look("addressee", "Kính gửi"),
    "CanCu": Look("legal_basis", "Căn cứ ban hành", body=True),
    "NoiDung": Look("body", "Nội dung văn bản", body=True),
    "Phan": _heading("part_title", "Phần", Level.PART, before=6),
    "Chuong": _heading("part_title", "Chương", Level.CHAPTER, before=6),
    "Muc": _heading("part_title", "Mục", Level.HEADING, before=6),
    "Dieu": _heading("article", "Điều", Level.ARTICLE),
    "DeMucLon": _heading("roman_heading", "Đề mục A", Level.CAPITAL),
    "DeMucLaMa": _heading("roman_heading", "Đề mục I", Level.ROMAN),
    "DeMucSo": _heading("number_heading", "Đề mục 1", Level.NUMBER),
    "DeMucSoHai": _heading("number_heading", "Đề mục 1.1", Level.DECIMAL),
    "DeMucSoBa": _heading("number_heading", "Đề mục 1.1.1", Level.SUBDECIMAL),
    "DeMucChu": _heading("body", "Đề mục a", Level.LETTER),
    "Khoan": Look("body", "Khoản", body=True),
    "Diem": Look("body", "Điểm", body=True),
    "GachDauDong": Look("body", "Gạch đầu dòng", body=True),
    "DauCong": Look("body", "Dấu cộng", body=True),
    "QuyenHan": Look("signing_authority", "Quyền hạn và chức vụ", keep_next=True),
    "HoTen": Look("signer", "Họ tên người ký", before=_SIGNATURE_ROOM),
    "NoiNhan": Look("recipients_head", "Nơi nhận", keep_next=True),
    "DanhSachNoiNhan": Look("recipient", "Danh sách nơi nhận", keep_next=True),
    "MaNguoiSoan": Look("drafter_mark", "Mã người soạn", before=6, keep_next=True),
    "PhuLuc": Look("annex_label", "Phụ lục", keep_next=True, level=Level.PART),
    "TenPhuLuc": Look("annex_title", "Tên phụ lục", keep_next=True),
    "KemTheo": Look("annex_origin", "Kèm theo", keep_next=True),
    "DiaChi": Look("contact", "Địa chỉ cơ quan"),
    "SoTrang": Look("page_number", "Số trang"),
    "ChuTrongBang": Look("table", "Chữ trong bảng"),
    "DauBang": Look("table_head", "Đầu bảng"),
    "TenBang": Look("caption", "Tên bảng và hình", before=6, after=3),
}
HEADING_OF: Final = {
    Level.PART: "Phan",
    Level.CHAPTER: "Chuong",
    Level.HEADING: "Muc",
    Level.CAPITAL: "DeMucLon",
    Level.ROMAN: "DeMucLaMa",
    Level.ARTICLE: "Dieu",
    Level.NUMBER: "DeMucSo",
    Level.DECIMAL: "DeMucSoHai",
    Level.SUBDECIMAL: "DeMucSoBa",
    Level.LETTER: "DeMucChu",
}
"""The style of a heading by its level."""
TEXT_OF: Final = {
    Level.NUMBER: "Khoan",
    Level.DECIMAL: "Khoan",
    Level.SUBDECIMAL: "Khoan",
    Level.LETTER: "Diem",
    Level.DASH: "GachDauDong",
    Level.PLUS: "DauCong",
}
"""The style of a point without a heading; NoiDung where there is none."""
NUMBERED: Final = {
    Level.PART: "Phan",
    Level.CHAPTER: "Chuong",
    Level.HEADING: "Muc",
    Level.CAPITAL: "DeMucLon",
    Level.ROMAN: "DeMucLaMa",
    Level.DASH: "GachDauDong",
    Level.PLUS: "DauCong",
}
"""The styles that bring their number with them: a paragraph that is given one is counted. The other levels have
two styles each, with and without a heading; Word links one style to a level at most."""
RULE: Final = "DuongKe"
SMALL: Final = "DongNho"


def styles(
    rules: LayoutRules, outline: Mapping[Level, int], numbers: Mapping[str, Numbered]
) -> etree._Element:
    """styles.xml; `outline` gives the depth of each level of headings in the navigation pane, `numbers` the list
    of each style that brings its number."""
    fonts = w("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    body = rules.component("body")
    root = w(
        "styles",
        w(
            "docDefaults",
            w(
                "rPrDefault",
                w("rPr", fonts, w("sz", val=round(body.size * 2)), w("szCs", val=round(body.size * 2)),
                  w("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA")),
            ),
            w("pPrDefault", w("pPr", w("spacing", before=0, after=0, line=240, lineRule="auto"))),
        ),
        w("style", w("name", val="Normal"), on("qFormat"), w("pPr", w("widowControl")), type="paragraph",
          default="1", styleId="Normal"),
        w("style", w("name", val="Default Paragraph Font"), w("uiPriority", val=1), w("semiHidden"),
          type="character", default="1", styleId="DefaultParagraphFont"),
        w("style", w("name", val="Normal Table"), w("uiPriority", val=99), w("semiHidden"),
          w("tblPr", w("tblInd", w=0, type="dxa"), w("tblCellMar", *(
              w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))),
          type="table", default="1", styleId="TableNormal"),
        w("style", w("name", val="No List"), w("uiPriority", val=99), w("semiHidden"), type="numbering",
          default="1", styleId="NoList"),
    )  # fmt: skip
    for identifier, look in LOOKS.items():
        root.append(_style(identifier, look, rules, outline, numbers.get(identifier)))
    root.append(
        _custom(RULE, "Đường kẻ", w("spacing", before=60, after=0, line=80, lineRule="exact"), size=2)
    )
    root.append(
        _custom(SMALL, "Dòng nhỏ", w("spacing", before=0, after=0, line=20, lineRule="exact"), size=2)
    )
    return root


def _style(
    identifier: str, look: Look, rules: LayoutRules, outline: Mapping[Level, int], number: Numbered | None
) -> etree._Element:
    component = rules.component(look.component)
    after = rules.paragraph_gap if look.body else look.after
    line = round(240 * (rules.line_spacing if look.body else 1))
    level = None if look.level is None else outline.get(look.level, min(look.level.rank, 8))
    paragraph = w(
        "pPr",
        on("keepNext", look.keep_next),
        on("keepLines", look.keep_next and look.level is not None),
        None if number is None else number.properties(),
        w("spacing", before=points(look.before + component.gap_before), after=points(after), line=line,
          lineRule="auto"),
        w("ind", firstLine=twips(rules.first_line)) if look.body else None,
        w("jc", val=_ALIGN[component.align]),
        None if level is None else w("outlineLvl", val=level),
    )  # fmt: skip
    return w(
        "style",
        w("name", val=look.name),
        w("basedOn", val="Normal"),
        None if look.following is None else w("next", val=look.following),
        w("qFormat"),
        paragraph,
        _letters(component, caps=component.caps and look.caps, colour=look.colour),
        type="paragraph",
        customStyle="1",
        styleId=identifier,
    )


def _letters(component: Component, *, caps: bool, colour: str | None) -> etree._Element:
    return w(
        "rPr",
        on("b", component.bold),
        on("bCs", component.bold),
        on("i", component.italic),
        on("iCs", component.italic),
        on("caps", caps),
        None if colour is None else w("color", val=colour),
        w("sz", val=round(component.size * 2)),
        w("szCs", val=round(component.size * 2)),
    )


def _custom(identifier: str, name: str, spacing: etree._Element, *, size: int) -> etree._Element:
    """A style for lines that are not words: a rule, the paragraph that Word wants below a table."""
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="Normal"),
        w("pPr", spacing),
        w("rPr", w("sz", val=size), w("szCs", val=size)),
        type="paragraph",
        customStyle="1",
        styleId=identifier,
    )
