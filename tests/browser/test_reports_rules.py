"""A reporting rule as people see it: read, followed by a new version without JavaScript, in force."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser.site import RunningSite, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RULES = "/quan-tri/bao-cao/quy-dinh/"
NAME = "Báo cáo công tác thông tin đối ngoại"


def as_planner(browser: Browser, site: RunningSite, *, scripts: bool = True) -> Page:
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    sign_in(page, site, "kehoach")
    return page


def main_of(page: Page) -> str:
    return " ".join(page.locator(".vb").inner_text().split())


def test_quarterly_rule_is_read_by_everybody_and_every_page_is_accessible(
    browser: Browser, demo_site: RunningSite
) -> None:
    page = as_planner(browser, demo_site)
    page.goto(f"{demo_site.url}{RULES}")
    assert accessibility_violations(page, within=".content-wrapper") == []
    page.get_by_role("link", name=NAME).first.click()
    assert "Ủy ban nhân dân Thành phố" in main_of(page)
    assert accessibility_violations(page, within=".content-wrapper") == []
    page.get_by_role("link", name="Chỉ tiêu kế hoạch theo năm").click()
    page.wait_for_url("**/chi-tieu-ke-hoach/**")
    assert accessibility_violations(page, within=".content-wrapper") == []


def test_new_version_is_written_and_put_in_force_without_javascript(
    browser: Browser, fresh_site: RunningSite
) -> None:
    page = as_planner(browser, fresh_site, scripts=False)
    page.goto(f"{fresh_site.url}{RULES}")
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("button", name="Lập phiên bản mới").click()
    page.get_by_role("link", name=re.compile(r"^Thêm chỉ tiêu\s*: Thông tin, tuyên truyền")).click()
    page.get_by_label("Tên", exact=True).fill("Tỷ trọng tin, bài tiếng nước ngoài")
    page.get_by_label("Tính từ chỉ tiêu khác").check()
    # Only what belongs to the chosen source is in sight, without a line of script.
    assert page.get_by_label("Công thức", exact=True).is_visible()
    assert not page.get_by_label("Nội dung được đếm").is_visible()
    page.get_by_label("Công thức", exact=True).fill("100 * (tin_tieng_anh + tin_tieng_phap) / tong_tin")
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert "biểu mẫu này không có chỉ tiêu nào mang mã tin_tieng_phap." in main_of(page)
    page.get_by_label("Công thức", exact=True).fill("100 * (tin_tieng_anh + tin_tieng_khac) / tong_tin")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("button", name="Chuyển “Tỷ trọng tin, bài tiếng nước ngoài” lên").click()
    names = page.locator("section.qd-box").nth(2).locator("ol").first.locator("strong").all_inner_texts()
    assert names[-2:] == ["Tỷ trọng tin, bài tiếng nước ngoài", "Tin, bài cung cấp cho nền tảng Vietnam.vn"]
    page.get_by_role("link", name="Cho có hiệu lực").click()
    page.get_by_role("button", name="Cho có hiệu lực").click()
    assert "phiên bản 2" in main_of(page)
    assert "Đang có hiệu lực" in main_of(page)
    page.get_by_role("link", name="Phiên bản 1").click()
    assert "Đã kết thúc" in main_of(page)


def test_pages_that_write_a_rule_are_accessible(browser: Browser, fresh_site: RunningSite) -> None:
    page = as_planner(browser, fresh_site)
    page.goto(f"{fresh_site.url}{RULES}moi/")
    assert accessibility_violations(page, within=".content-wrapper") == []
    page.goto(f"{fresh_site.url}{RULES}")
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("button", name="Lập phiên bản mới").click()
    page.wait_for_url("**/bieu-mau/")
    assert accessibility_violations(page, within=".content-wrapper") == []
    builder = page.url
    for name in ("Đơn vị và nơi nhận", "Phần chung", "Cho có hiệu lực"):
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_load_state("load")
        assert accessibility_violations(page, within=".content-wrapper") == []
    for link in ("Thêm phần", re.compile("^Thêm chỉ tiêu"), re.compile("^Thêm câu hỏi"), re.compile("^Bỏ")):
        page.goto(builder)
        page.get_by_role("link", name=link).first.click()
        page.wait_for_load_state("load")
        assert accessibility_violations(page, within=".content-wrapper") == []
