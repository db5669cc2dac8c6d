"""A draft on its way as people see it: submitted, returned, corrected, approved, numbered, signed on paper."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

from tests.browser.site import RunningSite, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


DOCUMENTS = "/quan-tri/van-ban/"
LETTER = "Cung cấp số liệu công tác thông tin đối ngoại quý IV và cả năm 2025"


def letter_of(site: RunningSite) -> int:
    """The demonstration's letter that still has places to be filled in."""
    with sqlite3.connect(site.data_dir / "khuevan.sqlite3") as connection:
        row = connection.execute("select id from documents_draft where title = ?", [LETTER]).fetchone()
    assert row is not None
    return int(row[0])


def clean(page: Page) -> None:
    """Asserts that axe-core finds nothing on the page that has been asked for."""
    page.wait_for_load_state("load")
    assert accessibility_violations(page, within=".content-wrapper") == []


def as_person(browser: Browser, site: RunningSite, username: str, *, scripts: bool = True) -> Page:
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    sign_in(page, site, username)
    return page


def fill_in_the_places(page: Page) -> None:
    """Takes the template's places out of the letter and saves it."""
    page.wait_for_selector("[data-editor]")
    for area in page.locator(".dr-row textarea").all():
        words = area.input_value()
        if "[" in words:
            area.fill(re.sub(r"\[[^\]]*\]", "Nguyễn Thị Kế Hoạch", words))
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_load_state("networkidle")


def test_letter_is_returned_corrected_approved_numbered_and_signed(fresh_site: RunningSite, browser: Browser):
    draft = letter_of(fresh_site)
    address = f"{fresh_site.url}{DOCUMENTS}du-thao/{draft}/"
    officer = as_person(browser, fresh_site, "kehoach")
    officer.goto(f"{fresh_site.url}{DOCUMENTS}trinh-duyet/{draft}/")
    clean(officer)
    # With a place of the template left, the draft is not taken.
    officer.get_by_role("button", name="Trình duyệt").click()
    assert "Không còn chỗ trống của mẫu chưa điền." in officer.locator("[role=alert]").inner_text()
    officer.goto(address)
    fill_in_the_places(officer)
    officer.goto(f"{fresh_site.url}{DOCUMENTS}trinh-duyet/{draft}/")
    officer.get_by_label("Lời trình kèm theo").fill("Kính trình Trưởng phòng")
    officer.get_by_role("button", name="Trình duyệt").click()
    officer.wait_for_url(address)

    head = as_person(browser, fresh_site, "truongphong")
    assert head.get_by_role("link", name=LETTER).count() == 1
    head.goto(f"{fresh_site.url}{DOCUMENTS}cho-duyet/")
    clean(head)
    head.get_by_role("link", name=LETTER).click()
    head.goto(f"{address}#duyet")
    head.get_by_role("link", name="Trả lại kèm lý do").click()
    clean(head)
    head.get_by_label("Nội dung cần sửa").fill("Ghi rõ địa chỉ nhận")
    head.get_by_role("button", name="Trả lại dự thảo").click()
    head.wait_for_url(re.compile(re.escape(address)))

    # A new fragment alone would load nothing.
    officer.reload()
    assert officer.get_by_text("Ghi rõ địa chỉ nhận").count() >= 1
    officer.goto(f"{fresh_site.url}{DOCUMENTS}trinh-duyet/{draft}/")
    officer.get_by_role("button", name="Trình duyệt").click()
    officer.wait_for_url(address)
    for username in ("truongphong", "phogiamdoc", "giamdoc"):
        person = as_person(browser, fresh_site, username)
        person.goto(f"{address}#duyet")
        person.get_by_role("link", name="Duyệt", exact=True).click()
        clean(person)
        person.get_by_role("button", name="Duyệt dự thảo").click()
        person.wait_for_url(re.compile(re.escape(address)))

    clerk = as_person(browser, fresh_site, "vanthu")
    clerk.goto(f"{fresh_site.url}{DOCUMENTS}cho-cap-so/")
    clean(clerk)
    clerk.get_by_role("link", name=re.compile(f"Cấp số.*{re.escape(LETTER)}")).click()
    clean(clerk)
    clerk.get_by_role("button", name="Cấp số và ban hành").click()
    clerk.wait_for_url(re.compile(r"/van-ban/\d+/$"))
    document = clerk.url
    assert clerk.get_by_role("link", name=re.compile(r"^\S+\.docx$")).count() == 1
    assert clerk.get_by_role("link", name=re.compile(r"^\S+\.pdf$")).count() == 1
    clerk.goto(f"{fresh_site.url}{DOCUMENTS}ky/")
    clean(clerk)
    clerk.goto(document)
    clerk.get_by_role("link", name="Đã ký bản giấy").click()
    clean(clerk)
    clerk.get_by_role("button", name="Ghi nhận chữ ký").click()
    clerk.wait_for_url(document)
    assert clerk.get_by_text("Ký trên bản giấy").count() >= 1


def test_deciding_and_numbering_need_no_script(fresh_site: RunningSite, browser: Browser):
    director = as_person(browser, fresh_site, "giamdoc", scripts=False)
    director.goto(f"{fresh_site.url}{DOCUMENTS}cho-duyet/")
    title = director.locator("tbody th a").first.inner_text()
    director.locator("tbody th a").first.click()
    director.get_by_role("link", name="Duyệt", exact=True).click()
    director.get_by_role("button", name="Duyệt dự thảo").click()
    clerk = as_person(browser, fresh_site, "vanthu", scripts=False)
    clerk.goto(f"{fresh_site.url}{DOCUMENTS}cho-cap-so/")
    clerk.get_by_role("link", name=re.compile(f"Cấp số.*{re.escape(title)}")).click()
    clerk.get_by_role("button", name="Cấp số và ban hành").click()
    assert re.search(r"/van-ban/\d+/$", clerk.url)
    assert clerk.get_by_role("link", name=re.compile(r"^\S+\.pdf$")).count() == 1


def test_own_signature_and_routes_are_accessible(demo_site: RunningSite, browser: Browser):
    director = as_person(browser, demo_site, "giamdoc")
    director.goto(f"{demo_site.url}{DOCUMENTS}chu-ky-cua-toi/")
    clean(director)
    director.goto(f"{demo_site.url}/quan-tri/")
    assert director.get_by_text("Văn bản trình tôi duyệt").count() == 1
    clerk = as_person(browser, demo_site, "vanthu")
    clerk.goto(f"{demo_site.url}/quan-tri/routes/")
    assert clerk.get_by_text("Trưởng đơn vị soạn thảo → Chánh Văn phòng").count() == 1
