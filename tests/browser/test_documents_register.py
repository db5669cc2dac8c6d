"""The register as a clerk sees it: a letter comes, is read, entered, handed out, dealt with; without scripts too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.site import RunningSite, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REGISTER = "/quan-tri/van-ban/"
LETTER = """ỦY BAN NHÂN DÂN
THÀNH PHỐ HÀ NỘI

Số: 909/UBND-KGVX

Hà Nội, ngày 05 tháng 6 năm 2025

CÔNG VĂN

Đôn đốc cung cấp tin, bài cho Vietnam.vn

Đề nghị các đơn vị gửi tin, bài hằng tuần.

PHÓ CHỦ TỊCH

Nguyễn Văn Mẫu
"""


def clean(page: Page) -> None:
    found = accessibility_violations(page, within=".content-wrapper")
    assert found == [], found
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [390, 1440])
def test_pages_of_the_register_are_accessible_and_fit(demo_site: RunningSite, page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, demo_site, "vanthu")
    for path in (
        "", "den/", "tat-ca/?q=thong+tin", "den/?state=OVERDUE", "den/vao-so/", "den/vao-so/khong-tep/",
        "di/vao-so-ban-giay/", "so/?direction=IN&first=2025-01-01&last=2025-12-31",
    ):  # fmt: skip
        page.goto(f"{demo_site.url}{REGISTER}{path}")
        clean(page)
    page.goto(f"{demo_site.url}{REGISTER}den/")
    page.locator(".rg-title a").last.click()
    clean(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_letter_is_entered_handed_out_and_dealt_with(
    fresh_site: RunningSite, browser: Browser, tmp_path: Path, scripts: bool
):
    letter = tmp_path / "cong-van.txt"
    letter.write_text(LETTER, encoding="utf-8")
    page = browser.new_context(java_script_enabled=scripts).new_page()
    sign_in(page, fresh_site, "vanthu")
    page.goto(f"{fresh_site.url}{REGISTER}den/vao-so/")
    page.set_input_files("input[type=file]", letter)
    page.get_by_role("button", name="Đọc tệp").click()
    page.wait_for_url("**/den/vao-so/*/")
    assert page.input_value("[name=symbol]") == "909/UBND-KGVX"
    assert page.input_value("[name=title]") == "Đôn đốc cung cấp tin, bài cho Vietnam.vn"
    assert "Đề nghị các đơn vị gửi tin, bài hằng tuần." in page.inner_text(".rg-text")
    page.get_by_role("button", name="Lưu và cấp số đến").click()
    page.wait_for_selector(".rg-deeds")
    document = page.url
    page.get_by_role("link", name="Chuyển đơn vị xử lý").click()
    page.select_option("[name=unit]", label="Phòng Truyền thông số")
    page.fill("[name=words]", "Cung cấp tin, bài")
    page.get_by_role("button", name="Chuyển đơn vị này").click()
    page.wait_for_selector("text=Phòng Truyền thông số")

    officer = browser.new_context(java_script_enabled=scripts).new_page()
    sign_in(officer, fresh_site, "canbo")
    officer.goto(document)
    officer.get_by_role("link", name="Kết thúc xử lý").click()
    officer.fill("[name=words]", "Đã gửi tin, bài")
    officer.get_by_role("button", name="Kết thúc xử lý").click()
    officer.wait_for_selector("text=Đã xử lý")

    # The same letter again: the one that is there is shown before anything is saved.
    page.goto(f"{fresh_site.url}{REGISTER}den/vao-so/")
    page.set_input_files("input[type=file]", letter)
    page.get_by_role("button", name="Đọc tệp").click()
    page.wait_for_selector(".rg-duplicates")
    page.locator(".rg-duplicates a").first.click()
    assert page.url == document
