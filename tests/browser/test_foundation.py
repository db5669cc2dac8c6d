"""Whole journeys through the pages of the foundation, in a real browser; axe-core on every kind of page."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import RunningSite, accessibility_violations, sign_in

PUBLIC_PAGES = ("/en/", "/en/nowhere/", "/en/search/?q=hanoi")
STAFF_PAGES = ("/quan-tri/units/", "/quan-tri/posts/", "/quan-tri/posts/new/", "/quan-tri/units/new/")
WIDTHS = (1440, 768, 390)


def complaints_of(page: Page) -> list[str]:
    """Collects what the page writes to the console as an error (a blocked file, a failed script)."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_public_pages_are_accessible_and_fit_every_width(
    demo_site: RunningSite, page: Page, path: str
) -> None:
    complaints = complaints_of(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(demo_site.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [text for text in complaints if "404" not in text] == []
        assert accessibility_violations(page) == []
        # axe-core itself adds styles that the policy of public pages blocks.
        complaints.clear()


def test_home_page_loads_its_own_face_and_nothing_from_elsewhere(demo_site: RunningSite, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{demo_site.url}/en/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"')")
    assert any("be-vietnam-pro" in url for url in asked)
    assert [url for url in asked if not url.startswith((demo_site.url, "data:"))] == []


def test_sign_in_page_is_vietnamese_and_accessible(demo_site: RunningSite, page: Page) -> None:
    page.goto(f"{demo_site.url}/quan-tri/")
    expect(page.get_by_role("heading", name="Đăng nhập Khuê Văn")).to_be_visible()
    assert accessibility_violations(page) == []
    page.fill("input[name=username]", "kehoach")
    page.fill("input[name=password]", "sai")
    page.click("button[type=submit]")
    expect(page.get_by_text("Sai tên đăng nhập hoặc mật khẩu")).to_be_visible()


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_staff_pages_are_accessible(demo_site: RunningSite, page: Page, path: str) -> None:
    complaints = complaints_of(page)
    sign_in(page, demo_site, "quantri")
    page.goto(demo_site.url + path)
    assert complaints == []
    assert accessibility_violations(page, within="#main") == []


def test_unit_is_found_without_diacritics_while_typing(demo_site: RunningSite, page: Page) -> None:
    sign_in(page, demo_site, "kehoach")
    page.goto(f"{demo_site.url}/quan-tri/units/")
    page.locator("#id_q").fill("dong da")
    expect(page.locator("table.listing tbody tr")).to_have_count(1)
    expect(page.locator("table.listing tbody")).to_contain_text("Quận Đống Đa")


def test_planning_officer_renames_a_unit_and_the_old_name_still_finds_it(
    fresh_site: RunningSite, page: Page
) -> None:
    sign_in(page, fresh_site, "kehoach")
    page.goto(f"{fresh_site.url}/quan-tri/units/?q=truyen+thong+so")
    page.get_by_role("link", name="Phòng Truyền thông số").click()
    page.fill("input[name=name]", "Phòng Chuyển đổi số")
    page.fill("input[name=new_name_from]", "01/01/2026")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".messages")).to_contain_text("Phòng Chuyển đổi số")
    page.goto(f"{fresh_site.url}/quan-tri/units/?q=truyen+thong+so")
    expect(page.locator("table.listing tbody")).to_contain_text("Phòng Chuyển đổi số")
    with closing(sqlite3.connect(fresh_site.data_dir / "khuevan.sqlite3")) as database:
        entries = database.execute(
            "SELECT u.username, e.verb, e.kind FROM core_auditentry e JOIN people_user u ON u.id = e.by_id "
            "WHERE e.verb = 'rename_unit' ORDER BY e.id"
        ).fetchall()
        aliases = database.execute(
            "SELECT name, valid_to FROM people_unitalias WHERE name = 'Phòng Truyền thông số'"
        ).fetchall()
    assert entries == [("kehoach", "rename_unit", "CHANGED")]
    assert aliases == [("Phòng Truyền thông số", "2025-12-31")]


def test_lists_work_without_javascript(demo_site: RunningSite, browser: object, browser_context_args) -> None:
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})  # type: ignore[attr-defined]
    page = context.new_page()
    sign_in(page, demo_site, "kehoach")
    page.goto(f"{demo_site.url}/quan-tri/units/?q=le+hoi")
    assert page.locator("table.listing tbody tr").count() == 0
    page.goto(f"{demo_site.url}/quan-tri/units/?q=tttttl")
    expect(page.locator("table.listing tbody")).to_contain_text("Trung tâm Thông tin Triển lãm Hà Nội")
    context.close()


def test_address_of_a_new_page_is_proposed_in_plain_letters(fresh_site: RunningSite, page: Page) -> None:
    sign_in(page, fresh_site, "quantri")
    page.goto(f"{fresh_site.url}/quan-tri/pages/add/website/homepage/1/")
    page.fill("[name=title]", "Lễ hội Gò Đống Đa")
    page.keyboard.press("Tab")
    page.get_by_role("tab", name="Giới thiệu").click()
    expect(page.locator("input[name=slug]")).to_have_value("le-hoi-go-dong-da")
