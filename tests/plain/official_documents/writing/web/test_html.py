"""Official documents as HTML."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuevan.plain.official_documents.document import Recipient, Signatory
from khuevan.plain.official_documents.writing.composition import (
    Composition,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
    every_section,
    paragraph,
)
from khuevan.plain.official_documents.writing.errors import UnwritableDocument
from khuevan.plain.official_documents.writing.web import html_page, write_html
from tests.plain.official_documents.writing import examples
from tests.plain.official_documents.writing.compositions import RULES, compositions

SHORT = Composition(
    type="Thông báo",
    number=9,
    notation="TB-SVHTT",
    parent_body="",
    issuer="Sở Văn hóa và Thể thao",
    place="Hà Nội",
    date=date(2026, 2, 3),
    title="Lịch họp",
    legal_bases=("Căn cứ Quy chế",),
    sections=(
        Section(
            "I",
            "Thời gian",
            (Paragraph((Run("Ngày "), Run("05", bold=True), Run(" & sáng", italic=True))),),
            (Section("-", None, (paragraph("8 giờ <nghỉ>"),)),),
        ),
    ),
    recipients=(Recipient("Lưu: VT", None),),
    signatory=Signatory(None, "GIÁM ĐỐC", "Bạch Liên Hương"),
)


class Tags(HTMLParser):
    """The tags and attributes of a page in order, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_short_document_is_one_article() -> None:
    assert write_html(SHORT, rules=RULES).replace("official-document", "od") == (
        '<article class="od" lang="vi"><header class="od__head"><div class="od__issuing">'
        '<p class="od__issuer">SỞ VĂN HÓA VÀ THỂ THAO</p><p class="od__number">Số: 09/TB-SVHTT</p></div>'
        '<div class="od__national"><p class="od__nation">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>'
        '<p class="od__motto">Độc lập - Tự do - Hạnh phúc</p>'
        '<p class="od__date">Hà Nội, ngày 03 tháng 02 năm 2026</p></div></header>'
        '<h1 class="od__name"><span class="od__type">THÔNG BÁO</span> <span class="od__title">Lịch họp</span></h1>'
        '<p class="od__basis">Căn cứ Quy chế.</p>'
        '<h2 class="od__heading-roman"><span class="od__label">I.</span> THỜI GIAN</h2>'
        '<p class="od__text">Ngày <strong>05</strong><em> &amp; sáng</em></p>'
        '<ul class="od__points" role="list"><li><p class="od__text"><span class="od__label">-</span>'
        " 8 giờ &lt;nghỉ&gt;</p></li></ul>"
        '<footer class="od__foot"><div class="od__receiving"><p class="od__recipients-head">Nơi nhận:</p>'
        '<ul class="od__recipients" role="list"><li>- Lưu: VT.</li></ul></div>'
        '<div class="od__signing"><p class="od__post">GIÁM ĐỐC</p>'
        '<p class="od__signer">Bạch Liên Hương</p></div></footer></article>'
    )


def test_a_table_scrolls_in_a_region_of_its_own_with_heads_for_its_columns() -> None:
    table = Table((1, 2), ("left", "right"), (("TT", "Số\nlượng"), ("1", "5")), 1, "Bảng 1. Số lượng")
    page = write_html(dataclasses.replace(SHORT, sections=(Section("", None, (table,)),)), rules=RULES)
    assert (
        '<figure class="od__tabular"><figcaption>Bảng 1. Số lượng</figcaption>'
        '<div class="od__scroll" role="region" tabindex="0" aria-label="Bảng 1. Số lượng">'
        '<table class="od__table"><thead><tr><th scope="col">TT</th><th scope="col">Số<br>lượng</th></tr></thead>'
        '<tbody><tr><td class="od__cell-left">1</td><td class="od__cell-right">5</td></tr></tbody></table>'
        "</div></figure>"
    ) in page.replace("official-document", "od")


def test_a_picture_says_what_it_shows_and_stands_where_the_caller_keeps_it() -> None:
    shown = Picture(examples.picture(size=(80, 40)), "Khuê Văn Các", "Hình 1", 0.63)
    composition = dataclasses.replace(SHORT, sections=(Section("", None, (shown,)),))
    page = write_html(composition, rules=RULES, picture_address=lambda picture: f"/anh/{len(picture.data)}")
    assert (
        f'<img src="/anh/{len(shown.data)}" alt="Khuê Văn Các" width="80" height="40"'
        ' class="official-document__image official-document__image--60"><figcaption>Hình 1</figcaption>'
    ) in page
    assert 'src="data:image/png;base64,' in write_html(composition, rules=RULES)


def test_a_draft_without_a_title_has_its_type_for_a_heading() -> None:
    plan = write_html(dataclasses.replace(SHORT, title=""), rules=RULES)
    letter = write_html(dataclasses.replace(examples.letter(), title=""), rules=RULES)
    assert (
        '<h1 class="official-document__name"><span class="official-document__type">THÔNG BÁO</span></h1>'
        in plan
    )
    assert '<h1 class="official-document__subject">Công văn</h1>' in letter


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        (
            Picture(b"GIF89a", "Bản đồ"),
            "The picture “Bản đồ” is neither PNG nor JPEG; give it in one of these.",
        ),
        (
            Picture(b"\x89PNG\r\n\x1a\n", "Bản đồ"),
            "The picture “Bản đồ” is broken; take it from its source again.",
        ),
        (
            Picture(examples.picture(), " "),
            "A picture has no words that say what it shows; write them for those who cannot see it.",
        ),
    ],
)
def test_a_picture_that_no_page_can_show_is_refused(shown: Picture, reason: str) -> None:
    with pytest.raises(UnwritableDocument) as refused:
        write_html(dataclasses.replace(SHORT, sections=(Section("", None, (shown,)),)), rules=RULES)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("field", "mark", "reason"),
    [
        (
            "urgency",
            "GẤP",
            "“GẤP” is no degree of urgency; Nghị định 30/2020/NĐ-CP knows KHẨN, THƯỢNG KHẨN, HỎA TỐC.",
        ),
        (
            "circulation",
            "MẬT",
            "“MẬT” is no mark of circulation; Nghị định 30/2020/NĐ-CP knows XEM XONG TRẢ LẠI, LƯU HÀNH NỘI BỘ.",
        ),
    ],
)
def test_a_mark_that_the_rules_do_not_know_is_refused(field: str, mark: str, reason: str) -> None:
    with pytest.raises(UnwritableDocument) as refused:
        write_html(dataclasses.replace(SHORT, **{field: mark}), rules=RULES)
    assert str(refused.value) == reason


def test_a_whole_page_names_its_language_title_and_style_sheet() -> None:
    page = html_page(SHORT, rules=RULES, stylesheet="/static/documents/document.css")
    assert page.startswith(
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>09/TB-SVHTT Lịch họp</title>'
        '<link rel="stylesheet" href="/static/documents/document.css"></head><body><main><article'
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(compositions(), st.integers(1, 4))
def test_headings_follow_without_gaps_and_every_word_is_there(composition: Composition, level: int) -> None:
    page = Tags(write_html(composition, rules=RULES, level=level))
    levels = [
        int(attributes.get("aria-level") or tag[1])
        for tag, attributes in page.tags
        if re.fullmatch(r"h\d", tag) or attributes.get("role") == "heading"
    ]
    assert levels[0] == level
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    for section in every_section(composition.sections):
        for block in section.blocks:
            assert isinstance(block, Paragraph)
            assert block.text in page.words


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_no_words_become_markup(words: str) -> None:
    hostile = f"{words}</p><script>alert(1)</script>\"' onerror=x"
    composition = dataclasses.replace(
        SHORT,
        title=hostile,
        issuer=hostile,
        sections=(
            Section(hostile, hostile, (Table((1,), ("left",), ((hostile,),), 1, hostile),)),
            Section(
                "-", None, (paragraph(hostile), Picture(examples.picture(size=(8, 8)), hostile, hostile))
            ),
        ),
        recipients=(Recipient(hostile, hostile),),
    )
    page = Tags(write_html(composition, rules=RULES))
    allowed = {"class", "lang", "role", "tabindex", "aria-label", "scope", "src", "alt", "width", "height"}
    assert {name for _, attributes in page.tags for name in attributes} <= allowed
    assert "script" not in {tag for tag, _ in page.tags}
