"""A plan from file to programme in the browser, with and without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import RunningSite, accessibility_violations, sign_in

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "ke-hoach-thong-tin-doi-ngoai-2025.txt"


@pytest.fixture
def amended(tmp_path: Path) -> Path:
    """The plan of 2025 with a task reworded and a task added."""
    text = SAMPLE.read_text(encoding="utf-8")
    reworded = text.replace("Thông tấn xã Việt Nam theo dõi và tổng hợp", "Thông tấn xã Việt Nam phân tích")
    added = "- Xây dựng bộ ấn phẩm song ngữ giới thiệu làng nghề Thủ đô. \n\n"
    where = reworded.index("- Phối hợp với Văn phòng UBND")
    path = tmp_path / "ke-hoach-sua-doi.txt"
    path.write_text(reworded[:where] + added + reworded[where:], encoding="utf-8")
    return path


def upload(page: Page, site: RunningSite, path: Path) -> None:
    page.goto(f"{site.url}/quan-tri/chuong-trinh/nhap/moi/")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Đọc tệp").click()
    page.wait_for_load_state()


def test_an_amended_plan_is_reviewed_and_applied(fresh_site: RunningSite, page: Page, amended: Path) -> None:
    sign_in(page, fresh_site, "kehoach")
    upload(page, fresh_site, amended)
    expect(page.get_by_text("1 thêm mới")).to_be_visible()
    expect(page.get_by_text("1 thay đổi")).to_be_visible()

    # An item marks its sentence and brings it into view; the sentence brings its item.
    page.locator("#t11 [data-find]").click()
    mark = page.locator(".kv-mark.is-current")
    expect(mark).to_have_text(re.compile("^Phối hợp với Thông tấn xã Việt Nam"))
    expect(mark).to_be_in_viewport()
    page.locator(".kv-jump[href='#d6']").click()
    expect(page.locator("#d6")).to_be_focused()
    expect(page.locator("#d6")).to_be_in_viewport()

    # A tick is saved by itself, and is there after a reload.
    page.locator("#d4 input[type=checkbox]").first.uncheck()
    expect(page.locator("[data-status]")).to_contain_text("Đã lưu")
    page.reload()
    expect(page.locator("#d4 input[type=checkbox]").first).not_to_be_checked()

    # A task by its number becomes a tick of its own.
    page.locator("#d3 input[type=text]").fill("12")
    page.locator("#d3 input[type=text]").blur()
    expect(page.locator("#d3 input[type=checkbox][value='11']")).to_be_checked()

    # What is wrong is said beside its field.
    page.locator("#d3 input[type=text]").fill("99")
    page.locator("#d3 input[type=text]").blur()
    expect(page.locator("#d3")).to_contain_text("Không có nhiệm vụ số “99”.")
    page.locator("#d3 input[type=text]").fill("")
    page.locator("#d3 input[type=text]").blur()
    expect(page.locator("[data-status]")).to_contain_text("Đã lưu")

    page.get_by_role("button", name="Áp dụng bản sửa đổi").click()
    expect(page).to_have_url(re.compile(r"/chuong-trinh/ke-hoach/\d+/$"))
    upload(page, fresh_site, amended)
    expect(page.get_by_text("Chính tệp này đã có trong chương trình.")).to_be_visible()


def test_the_whole_import_works_without_javascript(
    fresh_site: RunningSite, browser: Browser, amended: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, fresh_site, "kehoach")
    upload(page, fresh_site, amended)
    page.locator("#t11 .kv-find").click()
    expect(page.locator("#at-t11")).to_be_in_viewport()
    page.locator(".kv-jump[href='#d6']").click()
    expect(page.locator("#d6")).to_be_in_viewport()
    page.locator("#d4 input[type=checkbox]").first.uncheck()
    page.get_by_role("button", name="Lưu lựa chọn").click()
    expect(page.locator("#d4 input[type=checkbox]").first).not_to_be_checked()
    page.get_by_role("button", name="Áp dụng bản sửa đổi").click()
    expect(page).to_have_url(re.compile(r"/chuong-trinh/ke-hoach/\d+/$"))
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_import_pages_are_accessible_and_fit(
    fresh_site: RunningSite, page: Page, amended: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, fresh_site, "kehoach")
    upload(page, fresh_site, amended)
    review = page.url
    wrong = {}
    for address in (
        review,
        f"{review}bo/",
        f"{fresh_site.url}/quan-tri/chuong-trinh/nhap/",
        f"{fresh_site.url}/quan-tri/chuong-trinh/nhap/moi/",
        f"{fresh_site.url}/quan-tri/chuong-trinh/ke-hoach/1/van-ban/",
    ):
        page.goto(address)
        found = accessibility_violations(page, within=".kv-page")
        if page.evaluate("document.querySelector('.kv-page').scrollWidth > innerWidth"):
            found.append("wider than the screen")
        if found:
            wrong[address.removeprefix(fresh_site.url)] = found
    assert wrong == {}
