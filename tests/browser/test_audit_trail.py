"""The audit trail in a browser: readable by everyone at every width, without JavaScript, and taken along whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from khuevan.plain.audit_file import TrailFile
from tests.browser.site import RunningSite, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TRAIL = "/quan-tri/nhat-ky/"
PAGES = {
    "newest": "",
    "wrong days": "?q=ke+hoach&first=2030-01-01&last=2020-01-01",
    "nothing found": "?q=khongcogi",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_trail_is_accessible_and_fits(demo_site: RunningSite, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    sign_in(page, demo_site, "kiemtra")
    problems: dict[tuple[str, int], list[str]] = {}
    for name, wishes in PAGES.items():
        page.goto(f"{demo_site.url}{TRAIL}{wishes}")
        for summary in page.locator(".trail-entry summary").all()[:3]:
            summary.click()
        for width in (390, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            found = accessibility_violations(page, within=".trail")
            # Nothing of a page may stand outside the screen.
            wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            problems[name, width] = [*found, *(["wider than the screen"] if wide else [])]
    assert problems == {(name, width): [] for name in PAGES for width in (390, 768, 1440)}


def test_trail_works_without_javascript(demo_site: RunningSite, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo_site, "giamdoc")
    page.goto(f"{demo_site.url}{TRAIL}")
    page.get_by_label("Tên dữ liệu").fill("quang ba thuong hieu")
    page.get_by_role("button", name="Hiển thị").first.click()
    records = page.locator(".trail-record a").all_inner_texts()
    assert records
    assert all("quảng bá thương hiệu" in record for record in records)
    page.locator(".trail-record a").first.click()
    assert page.get_by_label("Chỉ xem dữ liệu này").is_checked()
    page.get_by_role("link", name="Bỏ bộ lọc").click()
    newest = page.locator(".trail-record a").all_inner_texts()
    page.get_by_role("link", name="Cũ hơn →").click()
    assert page.locator(".trail-record a").all_inner_texts() != newest
    page.get_by_role("link", name="← Mới hơn").first.click()
    assert page.locator(".trail-record a").all_inner_texts() == newest
    context.close()


def test_trail_is_taken_along_whole(fresh_site: RunningSite, page: Page) -> None:
    sign_in(page, fresh_site, "kiemtra")
    page.goto(f"{fresh_site.url}{TRAIL}")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải toàn bộ nhật ký (JSONL)").click()
    with open(waiting.value.path(), "rb") as content:  # noqa: PTH123
        file = TrailFile(content)
        assert list(file.findings()) == []
    page.reload()
    digest = page.locator(".trail-digest").inner_text()
    assert "".join(digest.split()) == file.head
