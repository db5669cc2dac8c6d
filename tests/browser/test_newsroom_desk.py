"""The newsroom's desk in the browser: a piece begun for a task and returned, a pass that opens and is revoked."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.site import RunningSite, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

DESK = "/quan-tri/toa-soan/"
PIECES = f"{DESK}tin-bai/"
TITLE = "Tuần phim Việt Nam tại Hà Nội"


def piece_where(site: RunningSite, condition: str) -> tuple[int, int]:
    """The permanent number and the page's key of the first piece that meets the condition."""
    with sqlite3.connect(site.data_dir / "khuevan.sqlite3") as database:
        row = database.execute(
            "SELECT short_id, page_ptr_id FROM newsroom_storypage JOIN wagtailcore_page"
            f" ON id = page_ptr_id WHERE {condition} ORDER BY id"
        ).fetchone()
    return int(row[0]), int(row[1])


def task_key(site: RunningSite) -> int:
    """The key of the first task in force."""
    with sqlite3.connect(site.data_dir / "khuevan.sqlite3") as database:
        return int(database.execute("SELECT min(id) FROM programme_task WHERE state = 'OPEN'").fetchone()[0])


@pytest.mark.parametrize("width", [390, 1440])
def test_the_pages_of_the_desk_are_accessible_and_fit(demo_site: RunningSite, page: Page, width: int) -> None:
    published, _key = piece_where(demo_site, "live AND embargo_until IS NULL")
    embargoed, key = piece_where(demo_site, "embargo_until IS NOT NULL")
    _number, translation = piece_where(demo_site, "origin = 'PERSON'")
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, demo_site, "bientap")
    for path in (
        DESK,
        PIECES,
        f"{PIECES}?state=PUBLISHED&language=en",
        f"{PIECES}?q=khong+co+bai+nao",
        f"{PIECES}{published}/",
        f"{PIECES}{embargoed}/",
        f"{PIECES}{published}/dinh-chinh/",
        f"{PIECES}{published}/go-bai/",
        f"{PIECES}moi/?task={task_key(demo_site)}",
        f"{DESK}ban/{translation}/doi-chieu/",
        f"{DESK}ban/{key}/cho-xem-truoc/",
    ):
        page.goto(f"{demo_site.url}{path}")
        assert accessibility_violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_lists_work_without_javascript(demo_site: RunningSite, browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo_site, "bientap")
    page.goto(f"{demo_site.url}{PIECES}")
    page.get_by_label("Chữ trong tiêu đề").fill("duong lam")
    page.get_by_role("button", name="Xem", exact=True).click()
    assert page.locator(".nr-result").inner_text() == "1 tin, bài"
    page.locator(".nr-matrix tbody th a").click()
    assert page.get_by_role("heading", name="Ngôn ngữ", exact=True).is_visible()
    context.close()


def test_whoever_has_no_part_is_told_why(demo_site: RunningSite, page: Page) -> None:
    sign_in(page, demo_site, "vanthu")
    answer = page.goto(f"{demo_site.url}{PIECES}")
    assert answer is not None
    assert answer.status == 403
    assert page.get_by_role("heading", name="Bạn không được mở trang này").is_visible()
    assert page.get_by_role("link", name="Tin, bài", exact=True).count() == 0


def test_a_piece_is_begun_for_a_task_submitted_returned_and_seen_by_its_writer(
    fresh_site: RunningSite, page: Page, browser
) -> None:
    sign_in(page, fresh_site, "kehoach")
    page.goto(f"{fresh_site.url}/quan-tri/chuong-trinh/nhiem-vu/{task_key(fresh_site)}/")
    page.get_by_role("link", name="Viết tin, bài cho nhiệm vụ này").click()
    page.get_by_label("Tiêu đề tạm").fill(TITLE)
    page.get_by_role("button", name="Mở trình soạn thảo").click()
    page.get_by_role("textbox", name="Tóm tắt").fill(
        "Một tuần phim giới thiệu Hà Nội với bạn đọc nước ngoài."
    )
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.get_by_role("button", name=re.compile("Gửi theo quy trình")).click()
    assert "Đã gửi duyệt" in page.locator(".messages").inner_text()

    other = browser.new_context(viewport={"width": 1440, "height": 900})
    editor = other.new_page()
    sign_in(editor, fresh_site, "bientap")
    assert editor.get_by_text("tin, bài chờ bạn quyết định").is_visible()
    editor.goto(f"{fresh_site.url}{DESK}")
    assert editor.get_by_role("heading", name="Chờ bạn quyết định").is_visible()
    assert accessibility_violations(editor) == []
    editor.get_by_role("link", name=re.compile("Đọc và quyết định")).first.click()
    editor.locator("footer [data-w-dropdown-target=toggle]").first.click()
    editor.get_by_role("button", name="Trả lại", exact=True).click()
    editor.get_by_role("dialog").get_by_role("textbox").fill("Thiếu nguồn của con số.")
    # The dialog asks the server twice, and then leaves the page.
    with editor.expect_navigation():
        editor.get_by_role("dialog").get_by_role("button", name="Trả lại").click()
    other.close()

    page.goto(f"{fresh_site.url}{DESK}")
    returned = page.get_by_role("region", name=re.compile("Trả lại bạn"))
    assert "Thiếu nguồn của con số." in returned.inner_text()
    assert accessibility_violations(page) == []
    returned.get_by_role("link", name=TITLE, exact=True).click()
    assert "Trả lại để sửa" in page.locator("#vi").inner_text()


def test_a_pass_opens_the_piece_with_its_picture_and_ends_when_it_is_revoked(
    fresh_site: RunningSite, page: Page, browser
) -> None:
    number, key = piece_where(fresh_site, "embargo_until IS NOT NULL")
    sign_in(page, fresh_site, "bientap")
    page.goto(f"{fresh_site.url}{DESK}ban/{key}/cho-xem-truoc/")
    page.get_by_label("Phóng viên", exact=True).fill("Jane Reporter")
    page.get_by_label("Cơ quan báo chí").fill("The Outlet")
    page.get_by_label("Địa chỉ thư điện tử").fill("jane@example.org")
    page.get_by_role("button", name="Tạo địa chỉ xem trước").click()
    address = page.get_by_label("Địa chỉ riêng, chỉ hiện một lần này").input_value()
    assert accessibility_violations(page) == []

    stranger = browser.new_context(viewport={"width": 1440, "height": 900})
    reader = stranger.new_page()
    reader.goto(address)
    assert reader.locator(".under-embargo").is_visible()
    assert accessibility_violations(reader) == []
    shown = reader.locator("article picture img").first
    assert "/pass/files/" in shown.evaluate("image => image.currentSrc")
    assert shown.evaluate("image => image.complete && image.naturalWidth > 0")

    page.goto(f"{fresh_site.url}{PIECES}{number}/")
    page.get_by_role("button", name=re.compile("Thu hồi.*Jane Reporter")).click()
    assert "Quyền xem trước đã bị thu hồi." in page.locator(".messages").inner_text()
    gone = reader.goto(address)
    assert gone is not None
    assert gone.status == 404
    stranger.close()


def test_an_embargo_stays_as_it_was_typed(demo_site: RunningSite, page: Page) -> None:
    # The calendar would put this very moment in the place of what it cannot read.
    _number, key = piece_where(demo_site, "NOT live AND origin = 'ORIGINAL' AND embargo_until IS NULL")
    sign_in(page, demo_site, "bientap")
    page.goto(f"{demo_site.url}/quan-tri/pages/{key}/edit/")
    page.get_by_role("tab", name="Lịch đăng, ngôn ngữ").click()
    field = page.get_by_role("textbox", name="Cấm vận tin đến")
    calendar = page.locator(".xdsoft_datetimepicker").filter(visible=True)
    for typed in ("25.12.2031 10:00", "10:00 25/12/2031", "25/12/2031 10:00"):
        field.click()
        expect(calendar).to_have_count(1)
        field.fill(typed)
        field.press("Tab")
        expect(calendar).to_have_count(0)
        assert field.input_value() == typed
