"""Dispatch in a real browser: recipients prepared, sent, answered; an edXML message registered and answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.site import RunningSite, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DOCUMENTS = "/quan-tri/van-ban"
INVITATION = re.compile("Dự họp báo giới thiệu Tuần lễ")


def press(page: Page, name: str) -> None:
    """Presses the button and waits for the page that comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    """Follows the link and waits for the page that comes."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def standing(page: Page) -> dict[str, str]:
    """Each recipient of the panel with its state."""
    found = {}
    for row in page.locator("#noi-nhan .dp-row").all():
        name = row.locator(".dp-name").inner_text().split(" (")[0].strip()
        found[name] = row.locator(".vb-tag").inner_text()
    return found


@pytest.mark.parametrize("javascript", [True, False])
def test_document_is_sent_answered_and_recalled(
    fresh_site: RunningSite, browser: Browser, javascript: bool
) -> None:
    context = browser.new_context(java_script_enabled=javascript, locale="en-GB")
    page = context.new_page()
    sign_in(page, fresh_site, "vanthu")
    page.goto(f"{fresh_site.url}{DOCUMENTS}/")
    with page.expect_navigation():
        page.get_by_role("link", name=INVITATION).first.click()
    assert standing(page) == {
        "UBND Thành phố": "Đã gửi",
        "Thông tấn xã Việt Nam": "Đã gửi",
        "Phòng Truyền thông số": "Đã tiếp nhận",
        "Trung tâm Thông tin Triển lãm Hà Nội": "Đã gửi",
    }

    # One more recipient, by mail; a wrong address is said beside its field.
    follow(page, "Chuẩn bị nơi nhận")
    page.get_by_label("Nơi nhận", exact=True).first.fill("Hội Nhà báo thành phố Hà Nội")
    page.get_by_label("Cách gửi").first.select_option(label="Thư điện tử")
    page.get_by_label("Địa chỉ").first.fill("khong phai thu")
    press(page, "Chuẩn bị")
    assert page.locator(".vb-wrong .errorlist").inner_text() == "Đây không phải địa chỉ thư điện tử."
    page.get_by_label("Địa chỉ").first.fill("hoi@nhabao.example.invalid")
    press(page, "Chuẩn bị")
    assert standing(page)["Hội Nhà báo thành phố Hà Nội"] == "Chờ gửi"

    follow(page, "Gửi tới 1 nơi nhận")
    press(page, "Gửi ngay")
    assert standing(page)["Hội Nhà báo thành phố Hà Nội"] in {"Đang gửi đi", "Đã gửi"}

    # The paper was signed for.
    row = page.locator("#noi-nhan .dp-row").first
    with page.expect_navigation():
        row.get_by_role("link", name="Ghi kết quả").click()
    page.get_by_label("Đã tiếp nhận, đã ký nhận").check()
    page.get_by_label("Ai, hoặc vì sao").fill("Chị Hoa, văn thư, ký nhận")
    press(page, "Ghi kết quả")
    assert standing(page)["UBND Thành phố"] == "Đã tiếp nhận"
    follow(page, "Phiếu chuyển giao")
    assert page.locator(".dp-sheet tbody tr").count() == 2
    context.close()


def test_edxml_message_is_registered_and_a_malformed_one_refused(fresh_site: RunningSite, page: Page) -> None:
    sign_in(page, fresh_site, "vanthu")
    page.goto(f"{fresh_site.url}{DOCUMENTS}/edxml/")
    follow(page, "215/CQMH-TT")
    follow(page, "Vào sổ")
    assert page.get_by_label("Số, ký hiệu").input_value() == "215/CQMH-TT"
    press(page, "Lưu và cấp số đến")
    assert page.locator("h1").inner_text() == "Phối hợp cung cấp ảnh tư liệu về Hà Nội (văn bản minh họa)"
    assert "215-CQMH-TT.txt" in page.locator("main").inner_text()

    page.goto(f"{fresh_site.url}{DOCUMENTS}/edxml/tai-len/")
    broken = b"<?xml version='1.0'?>\n<edXML>\n<edXMLEnvelope>\n</edXML>\n"
    page.set_input_files("input[type=file]", {"name": "hong.edxml", "mimeType": "text/xml", "buffer": broken})
    press(page, "Nhận")
    assert page.locator(".errorlist").inner_text().startswith("Dòng 4: ")
    page.goto(f"{fresh_site.url}{DOCUMENTS}/edxml/?phan=unsettled")
    assert "hong.edxml" in page.locator(".vb-table").inner_text()


def test_unit_finds_and_confirms_what_it_was_sent(fresh_site: RunningSite, page: Page) -> None:
    sign_in(page, fresh_site, "canbo")
    page.goto(f"{fresh_site.url}{DOCUMENTS}/gui-den-don-vi/")
    follow(page, "Báo đã xử lý xong")
    page.get_by_label("Đã xử lý xong yêu cầu của văn bản").check()
    press(page, "Xác nhận")
    assert page.locator(".dp-row .vb-tag").inner_text() == "Đã xử lý xong"


@pytest.mark.parametrize("width", [390, 1440])
def test_pages_of_dispatch_are_accessible_and_fit(
    demo_site: RunningSite, browser: Browser, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
    page = context.new_page()
    sign_in(page, demo_site, "vanthu")
    page.goto(f"{demo_site.url}{DOCUMENTS}/")
    path = page.get_by_role("link", name=INVITATION).first.get_attribute("href")
    assert path is not None
    pages = [
        path,
        f"{path}gui-di/",
        f"{path}gui-di/noi-nhan/",
        f"{path}gui-di/thu-hoi/",
        f"{DOCUMENTS}/gui-di/",
        f"{DOCUMENTS}/gui-di/1/",
        f"{DOCUMENTS}/gui-di/phieu/?van-ban={path.strip('/').rpartition('/')[2]}",
        f"{DOCUMENTS}/gui-den-don-vi/",
        f"{DOCUMENTS}/edxml/",
        f"{DOCUMENTS}/edxml/1/",
        f"{DOCUMENTS}/edxml/1/vao-so/",
        f"{DOCUMENTS}/edxml/tai-len/",
    ]
    for address in pages:
        page.goto(demo_site.url + address)
        # The rest of a document's page is the register's to be looked at.
        part = "#noi-nhan" if address == path else "main"
        assert accessibility_violations(page, within=part) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") == width, address
    context.close()
