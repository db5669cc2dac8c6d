"""The programme looked at in a real browser: a journey, with and without JavaScript, and accessibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.site import RunningSite, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROGRAMME = "/quan-tri/chuong-trinh"


def addresses(page: Page, site: RunningSite) -> dict[str, str]:
    """The address of each kind of page of the demonstration plan, found by following links."""
    page.goto(f"{site.url}{PROGRAMME}/")
    overview = page.url
    tabs = page.get_by_role("navigation", name="Các trang của kế hoạch")
    found = {"overview": overview}
    for name, label in (("units", "Theo đơn vị"), ("timeline", "Tiến độ"), ("list", "Danh sách")):
        found[name] = f"{site.url}{tabs.get_by_role('link', name=label).get_attribute('href')}"
    found["task"] = f"{site.url}{page.locator('.pg-card-title').nth(14).get_attribute('href')}"
    page.goto(found["units"])
    found["unit"] = f"{site.url}{page.locator('.pg-units tbody a').first.get_attribute('href')}"
    found["no match"] = f"{found['list']}?q=khongcochunay"
    return found


@pytest.mark.parametrize("width", [1440, 768, 390])
def test_pages_have_no_accessibility_violations_and_fit_the_screen(
    demo_site: RunningSite, page: Page, width: int
) -> None:
    sign_in(page, demo_site, "kehoach")
    found = addresses(page, demo_site)
    page.set_viewport_size({"width": width, "height": 900})
    problems: dict[str, list[str]] = {}
    for name, url in found.items():
        page.goto(url)
        problems[name] = accessibility_violations(page)
        # Nothing of a page may stand outside the screen but what scrolls in a box of its own.
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        problems[name] += ["wider than the screen"] if wide else []
    assert problems == {name: [] for name in found}


def test_pages_are_accessible_in_the_dark(demo_site: RunningSite, browser: Browser) -> None:
    context = browser.new_context(
        locale="vi-VN", color_scheme="dark", viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    sign_in(page, demo_site, "kehoach")
    found = addresses(page, demo_site)
    problems = {}
    for name, url in found.items():
        page.goto(url)
        problems[name] = accessibility_violations(page, within=".pg")
    context.close()
    assert problems == {name: [] for name in found}


@pytest.mark.parametrize("javascript", [True, False])
def test_officer_finds_a_task_by_words_without_accents_and_takes_the_list_along(
    demo_site: RunningSite, browser: Browser, javascript: bool
) -> None:
    context = browser.new_context(java_script_enabled=javascript, accept_downloads=True, locale="en-GB")
    page = context.new_page()
    sign_in(page, demo_site, "kehoach")
    page.goto(addresses(page, demo_site)["list"])
    page.locator("main").get_by_label("Tìm kiếm").fill("tap huan boi duong")
    page.get_by_role("button", name="Hiển thị").click()
    page.wait_for_url("**q=tap**")
    assert page.locator(".pg-result").inner_text() == "1 nhiệm vụ"
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel (XLSX)").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="Tổ chức tập huấn, bồi dưỡng nghiệp vụ").click()
    page.wait_for_url("**/nhiem-vu/**")
    assert page.locator(".pg-sentence mark").inner_text().startswith("Tổ chức tập huấn, bồi dưỡng")
    assert page.locator(".pg-answer-lead").inner_text().split("\n")[0] == "Chủ trì"
    assert "Phòng Tổ chức – Pháp chế" in page.locator(".pg-answer-lead").inner_text()
    context.close()


def test_empty_filters_leave_the_address(demo_site: RunningSite, page: Page) -> None:
    sign_in(page, demo_site, "kehoach")
    page.goto(addresses(page, demo_site)["list"])
    page.locator(".pg-narrow > summary").click()
    page.locator("#filter-deadline").select_option("with")
    page.get_by_role("button", name="Hiển thị").click()
    page.wait_for_url("**deadline=with**")
    query = page.url.partition("?")[2].split("&")
    assert [part for part in query if not part.startswith("column=")] == ["deadline=with"]


def test_demonstration_plan_stands_with_sixteen_tasks_and_fourteen_duties(
    demo_site: RunningSite, page: Page
) -> None:
    sign_in(page, demo_site, "giamdoc")
    found = addresses(page, demo_site)
    page.goto(found["overview"])
    assert page.locator(".pg-card").count() == 16
    page.goto(found["units"])
    duties = page.locator(".pg-units tbody td:last-child").all_inner_texts()
    assert sum(int(count) for count in duties) == 14
