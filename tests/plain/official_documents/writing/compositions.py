"""Documents to write, drawn by Hypothesis: every type, with numbering that holds together and office Vietnamese.

What is drawn is what the reader can tell apart on a page: a heading never ends as a sentence does, a point
without a heading does; words that the reader takes to say who does a task and by when are left out. Tables and
pictures are drawn by strategies of their own, since a page does not say what they were.

`as_read_back(composition)` is what `from_reading(read_bytes(file))` must be equal to.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from khuevan.plain.official_documents.document import Recipient, Signatory
from khuevan.plain.official_documents.writing.composition import (
    LETTER,
    Composition,
    Section,
    Table,
    paragraph,
)
from khuevan.plain.official_documents.writing.layout_rules import LayoutRules, all_rules

RULES: LayoutRules = all_rules()[-1]
LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")

# Parent body (empty for none), issuing body, its abbreviation, the place it writes from.
BODIES = (
    ("UBND THÀNH PHỐ HÀ NỘI", "SỞ VĂN HÓA VÀ THỂ THAO", "SVHTT", "Hà Nội"),
    ("", "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "UBND", "Hà Nội"),
    ("SỞ VĂN HÓA VÀ THỂ THAO", "TRUNG TÂM THÔNG TIN TRIỂN LÃM HÀ NỘI", "TTTLHN", "Hà Nội"),
    (
        "BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
        "CỤC THÔNG TIN CƠ SỞ VÀ THÔNG TIN ĐỐI NGOẠI",
        "TTCSTTĐN",
        "Hà Nội",
    ),
    ("UBND THÀNH PHỐ HÀ NỘI", "ỦY BAN NHÂN DÂN PHƯỜNG HOÀN KIẾM", "UBND", "Hoàn Kiếm"),
    ("THÀNH ỦY HÀ NỘI", "BAN CHỈ ĐẠO CÔNG TÁC THÔNG TIN ĐỐI NGOẠI", "BCĐTTĐN", "Hà Nội"),
)
_TITLES = (
    "Tổ chức triển khai các hoạt động thông tin đối ngoại năm 2026",
    "Quảng bá hình ảnh Thủ đô Hà Nội trên các phương tiện truyền thông quốc tế",
    "Kết quả công tác thông tin đối ngoại 6 tháng đầu năm 2026 và nhiệm vụ trọng tâm 6 tháng cuối năm",
    "Phối hợp cung cấp thông tin phục vụ công tác thông tin đối ngoại của thành phố Hà Nội",
    "Tập huấn nghiệp vụ thông tin đối ngoại cho cán bộ các xã, phường trên địa bàn thành phố",
)
_BASES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
    "Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07 tháng 9 năm 2015 của Chính phủ về quản lý hoạt động thông tin"
    " đối ngoại",
    "Căn cứ Quyết định số 16/2020/QĐ-UBND ngày 17 tháng 8 năm 2020 của UBND Thành phố về việc ban hành Quy chế"
    " quản lý hoạt động thông tin đối ngoại của thành phố Hà Nội",
    "Căn cứ Kế hoạch số 48/KH-UBND ngày 19 tháng 02 năm 2026 của UBND Thành phố về việc tổ chức hoạt động thông"
    " tin đối ngoại thành phố Hà Nội năm 2026",
)
_ROMAN_HEADINGS = (
    "MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG THỰC HIỆN", "KINH PHÍ THỰC HIỆN", "TỔ CHỨC THỰC HIỆN", "TÌNH HÌNH CHUNG",
    "KẾT QUẢ ĐẠT ĐƯỢC", "TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN", "PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM",
)  # fmt: skip
_HEADINGS = (
    "Mục đích", "Yêu cầu", "Công tác tham mưu, xây dựng văn bản chỉ đạo", "Hợp tác với báo chí nước ngoài",
    "Phòng Truyền thông số", "Văn phòng Sở", "Trung tâm Thông tin Triển lãm Hà Nội",
    "Triển khai công tác thông tin, tuyên truyền đối ngoại trên địa bàn thành phố",
    "Nâng cao chất lượng nội dung các ấn phẩm giới thiệu về lịch sử, văn hóa và con người Hà Nội bằng nhiều"
    " thứ tiếng",
    "Các phòng, đơn vị thuộc Sở",
)  # fmt: skip
_ARTICLE_HEADINGS = (
    "Phạm vi điều chỉnh", "Đối tượng áp dụng", "Nguyên tắc quản lý hoạt động thông tin đối ngoại",
    "Trách nhiệm của các cơ quan, đơn vị", "Kinh phí bảo đảm", "Điều khoản thi hành",
)  # fmt: skip
_VERBS = (
    "Xây dựng", "Phối hợp xây dựng", "Tham mưu", "Đẩy mạnh", "Nâng cao chất lượng", "Rà soát", "Duy trì",
    "Tổng hợp", "Bảo đảm", "Đổi mới", "Mở rộng", "Biên soạn",
)  # fmt: skip
_OBJECTS = (
    "các sản phẩm truyền thông bằng tiếng Anh, tiếng Pháp và tiếng Nhật",
    "chuyên trang “Hà Nội - Thành phố sáng tạo” trên Cổng Thông tin điện tử",
    "công tác thông tin đối ngoại trên các nền tảng số",
    "việc cung cấp thông tin cho phóng viên nước ngoài thường trú tại Hà Nội",
    "hình ảnh Thủ đô ngàn năm văn hiến, thanh lịch, văn minh",
    "bộ ảnh tư liệu về Văn Miếu - Quốc Tử Giám, Khuê Văn Các và phố cổ",
    "các ấn phẩm, phim tài liệu giới thiệu tiềm năng, thế mạnh của Thành phố",
    "dư luận báo chí nước ngoài về Việt Nam và Thủ đô",
)
_ENDINGS = (
    "phục vụ bạn bè quốc tế",
    "theo đúng định hướng của cấp có thẩm quyền",
    "góp phần nâng cao vị thế của Thủ đô trong khu vực và trên thế giới",
    "gắn với các sự kiện văn hóa, thể thao, du lịch lớn được tổ chức trên địa bàn",
    "bảo đảm chính xác, đầy đủ, kịp thời và tiết kiệm",
    "với sự tham gia của cộng đồng người Việt Nam ở nước ngoài",
)
_OPENINGS = (
    "Sở Văn hóa và Thể thao thành phố Hà Nội xây dựng nội dung cụ thể như sau:",
    "Thời gian qua, công tác thông tin đối ngoại của Thành phố đã đạt được nhiều kết quả tích cực, hình ảnh Thủ"
    " đô được giới thiệu rộng rãi tới bạn bè quốc tế.",
)
_CLOSING_LINES = (
    "Trên đây là nội dung công tác thông tin đối ngoại, đề nghị các cơ quan, đơn vị quan tâm, phối hợp triển"
    " khai thực hiện./.",
)
_RECIPIENTS = (
    Recipient("UBND Thành phố", "để b/c"),
    Recipient("Cục TTCS&TTĐN - Bộ VH,TT&DL", "để b/c"),
    Recipient("Ban Tuyên giáo và Dân vận Thành ủy", "để b/c"),
    Recipient("Đ/c Giám đốc Sở", None),
    Recipient("Các phòng, đơn vị thuộc Sở", "để t/h"),
    Recipient("Trung tâm Báo chí Thủ đô Hà Nội", "để p/h"),
)
_KEPT = (Recipient("Lưu: VT, TTBCXB", None), Recipient("Lưu: VT, VHXH (5)", None))
_SIGNATORIES = (
    Signatory(None, "GIÁM ĐỐC", "Bạch Liên Hương"),
    Signatory("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Thị Minh Ước"),
    Signatory("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Đức Ễnh"),
    Signatory("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Lê Ngọc Quỳnh Trâm"),
)
_ADDRESSEES = (
    "Các sở, ban, ngành Thành phố",
    "Ủy ban nhân dân các xã, phường",
    "Trung tâm Báo chí Thủ đô Hà Nội",
    "Cục Thông tin cơ sở và Thông tin đối ngoại, Bộ Văn hóa, Thể thao và Du lịch",
)
_BY_ARTICLES = frozenset({"Quyết định", "Nghị quyết", "Quy chế", "Quy định", "Hợp đồng"})
_WITHOUT_BASES = frozenset({LETTER, "Thư công", "Giấy mời", "Phiếu gửi", "Phiếu chuyển", "Phiếu báo"})


def sentences(end: str = ".") -> st.SearchStrategy[str]:
    """A sentence of an official document, of one line or of several."""
    endings = st.lists(st.sampled_from(_ENDINGS), min_size=1, max_size=4, unique=True)
    return st.tuples(st.sampled_from(_VERBS), st.sampled_from(_OBJECTS), endings).map(
        lambda parts: f"{parts[0]} {parts[1]} {', '.join(parts[2])}{end}"
    )


def _texts(least: int, most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(sentences(), min_size=least, max_size=most).map(tuple)


@st.composite
def points(draw: st.DrawFn, label: str, most: int = 4) -> tuple[Section, ...]:
    """Dashes ("-"), pluses ("+") or letters ("a"): points that hold a sentence each."""
    texts = draw(_texts(1, most))
    labels = LETTERS if label == "a" else label * len(texts)
    return tuple(Section(own, None, (paragraph(text),)) for own, text in zip(labels, texts, strict=False))


@st.composite
def numbered(draw: st.DrawFn, prefix: str = "") -> tuple[Section, ...]:
    """1. 2. 3. (or 1.1. below a number): each with a heading and what stands below, or a sentence alone."""
    found: list[Section] = []
    headings = draw(st.permutations(_HEADINGS))
    for place in range(draw(st.integers(1, 4))):
        label = f"{prefix}{place + 1}"
        shape = draw(st.sampled_from(("sentence", "text", "-", "a", "deeper")))
        if shape == "sentence":
            found.append(Section(label, None, (paragraph(draw(sentences())),)))
        elif shape == "text":
            texts = draw(_texts(1, 2))
            found.append(Section(label, headings[place], tuple(map(paragraph, texts))))
        elif shape == "deeper" and not prefix:
            found.append(Section(label, headings[place], (), draw(numbered(f"{label}."))))
        else:
            below = draw(points("a" if shape == "a" else "-"))
            found.append(Section(label, headings[place], (), below))
    return tuple(found)


@st.composite
def by_roman_numbers(draw: st.DrawFn) -> tuple[Section, ...]:
    """I. II. III., as plans and reports are laid out."""
    headings = draw(st.permutations(_ROMAN_HEADINGS))
    found: list[Section] = []
    for place in range(draw(st.integers(1, 4))):
        texts = draw(_texts(0, 1))
        children = draw(st.one_of(numbered(), points("-")) if texts else numbered())
        found.append(Section(ROMANS[place], headings[place], tuple(map(paragraph, texts)), children))
    return tuple(found)


@st.composite
def by_articles(draw: st.DrawFn) -> tuple[Section, ...]:
    """Điều 1, Điều 2 …, with khoản and điểm; a sentence, or a heading and what stands below."""
    headings = draw(st.permutations(_ARTICLE_HEADINGS))
    found: list[Section] = []
    for place in range(draw(st.integers(1, 5))):
        label = f"Điều {place + 1}"
        shape = draw(st.sampled_from(("sentence", "text", "clauses")))
        if shape == "sentence":
            found.append(Section(label, None, (paragraph(draw(sentences())),)))
        elif shape == "text":
            found.append(Section(label, headings[place], (paragraph(draw(sentences())),)))
        else:
            clauses = [
                Section(str(number + 1), None, (paragraph(text),))
                for number, text in enumerate(draw(_texts(1, 4)))
            ]
            found.append(Section(label, headings[place], (), tuple(clauses)))
    return tuple(found)


@st.composite
def compositions(draw: st.DrawFn, types: Sequence[str] = tuple(RULES.types)) -> Composition:
    """A whole document of one of the types."""
    kind = draw(st.sampled_from(list(types)))
    parent, issuer, abbreviation, place = draw(st.sampled_from(BODIES))
    code = RULES.types[kind]
    letter = kind == LETTER
    notation = f"{code}-{abbreviation}" if code else f"{abbreviation}-TTBCXB"
    enacting = kind in RULES.enacting
    bases = () if kind in _WITHOUT_BASES else draw(st.lists(st.sampled_from(_BASES), unique=True, max_size=3))
    opening: tuple[str, ...] = (
        ()
        if enacting
        else tuple(
            draw(st.lists(st.sampled_from(_OPENINGS), min_size=1 if letter else 0, max_size=2, unique=True))
        )
    )
    body = draw(by_articles() if kind in _BY_ARTICLES else by_roman_numbers())
    if letter:
        body = draw(numbered())
    closing = () if enacting else tuple(draw(st.lists(st.sampled_from(_CLOSING_LINES), max_size=1)))
    others = draw(st.lists(st.sampled_from(_RECIPIENTS), unique=True, min_size=1, max_size=5))
    if letter:
        others.insert(0, Recipient("Như trên", None))
    return Composition(
        type=kind,
        number=draw(st.integers(1, 1500)),
        notation=notation,
        parent_body=parent,
        issuer=issuer,
        place=place,
        date=draw(st.dates(date(2025, 7, 1), date(2029, 12, 31))),
        title=draw(st.sampled_from(_TITLES)),
        enacting_authority="GIÁM ĐỐC SỞ VĂN HÓA VÀ THỂ THAO" if enacting else "",
        addressees=tuple(draw(st.lists(st.sampled_from(_ADDRESSEES), min_size=1, unique=True)))
        if letter
        else (),
        legal_bases=tuple(bases),
        sections=(
            *((Section("", None, tuple(map(paragraph, opening))),) if opening else ()),
            *body,
            *(Section("", None, (paragraph(text),)) for text in closing),
        ),
        recipients=(*others, draw(st.sampled_from(_KEPT))),
        signatory=draw(st.sampled_from(_SIGNATORIES)),
    )


def as_read_back(composition: Composition) -> Composition:
    """The composition as a page gives it back: to whom a letter goes is no part of what the reader returns."""
    return dataclasses.replace(
        composition,
        addressees=(),
        urgency="",
        circulation="",
        drafter_mark="",
        contact="",
    )


@st.composite
def tables(draw: st.DrawFn, rows: int = 12) -> Table:
    """A ruled table with a head, a column of running numbers, words and figures."""
    body = [
        (
            str(place + 1),
            draw(st.sampled_from(_HEADINGS)),
            f"{draw(st.integers(1, 9999)):,}".replace(",", "."),
        )
        for place in range(draw(st.integers(1, rows)))
    ]
    return Table((1.0, 6.0, 2.5), ("center", "left", "right"), (("TT", "Nội dung", "Số lượng"), *body))
