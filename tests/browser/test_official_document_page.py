"""An official document as a web page: accessible, and readable on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from khuevan.plain.official_documents.writing.web import html_page
from tests.browser.site import accessibility_violations
from tests.plain.official_documents.writing import examples
from tests.plain.official_documents.writing.compositions import RULES

if TYPE_CHECKING:
    from playwright.sync_api import Page

STYLESHEET = Path(__file__).resolve().parents[2] / "khuevan/documents/static/documents/document.css"


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("example", ["letter", "report", "decision", "regulation"])
def test_a_document_is_accessible_and_only_its_tables_scroll(page: Page, example: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(html_page(getattr(examples, example)(), rules=RULES, stylesheet="about:blank"))
    page.add_style_tag(path=str(STYLESHEET))
    assert accessibility_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_wide_table_is_reached_with_the_keyboard_and_scrolls_by_itself(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.set_content(html_page(examples.report(rows=3), rules=RULES, stylesheet="about:blank"))
    page.add_style_tag(path=str(STYLESHEET))
    page.keyboard.press("Tab")
    region = page.get_by_role("region", name="Bảng 1. Tin, bài về Hà Nội trong 6 tháng đầu năm 2026")
    assert region.evaluate("element => element === document.activeElement")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
