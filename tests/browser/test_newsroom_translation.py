"""A piece is translated from choosing a language to its review, in the browser; the editor helps while writing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.site import RunningSite, accessibility_violations, sign_in

DESK = "/quan-tri/toa-soan"


def test_a_piece_is_translated_by_paragraphs_and_submitted(fresh_site: RunningSite, page: Page) -> None:
    sign_in(page, fresh_site, "canbo")
    page.goto(f"{fresh_site.url}{DESK}/tin-bai/2/dich/")
    assert accessibility_violations(page) == []
    page.check("input[value=ja]")
    page.click("text=Bắt đầu dịch")
    page.wait_for_url("**/dich-theo-doan/")
    assert accessibility_violations(page) == []
    paragraphs = page.url
    page.fill("#text-0", "石の亀が背負う八十二の名簿")
    page.fill("#text-2", "<b>閉じない")
    page.click("button:has-text('Lưu bản nháp')")
    expect(page.locator(".tr-problem")).to_have_count(1)
    assert accessibility_violations(page) == []
    page.fill("#text-2", "方池の両側に八十二の石碑が立つ。")
    page.click("button:has-text('Lưu bản nháp')")
    expect(page.locator("#text-2")).to_have_value("方池の両側に八十二の石碑が立つ。")

    with page.expect_download() as waiting:
        page.click("text=Tệp XLIFF")
    sent = fresh_site.data_dir / "back.xlf"
    waiting.value.save_as(sent)
    sent.write_text(sent.read_text("utf-8").replace("八十二の名簿", "八十二の名"), "utf-8")
    page.click("text=Nhận tệp dịch")
    assert accessibility_violations(page) == []
    page.set_input_files("input[type=file]", sent)
    page.fill("input[name=name]", "Công ty dịch thuật")
    page.click("text=Xem tệp thay đổi gì")
    expect(page.locator("ins")).to_have_text("石の亀が背負う八十二の名")
    assert accessibility_violations(page) == []
    page.click("button:has-text('Nhận 1 đoạn dịch')")
    page.wait_for_url(paragraphs)
    expect(page.locator("#name")).to_have_value("Công ty dịch thuật")
    page.click("text=Lưu và gửi duyệt")
    expect(page.locator(".tr-marks")).to_contain_text("Đang duyệt")

    page.goto(paragraphs.replace("dich-theo-doan", "ban-goc"))
    expect(page.locator(".vb-note")).to_contain_text("chưa được đăng lại")
    assert accessibility_violations(page) == []


def test_the_editor_saves_by_itself_and_gives_hints(fresh_site: RunningSite, page: Page) -> None:
    sign_in(page, fresh_site, "bientap")
    page.goto(f"{fresh_site.url}{DESK}/tin-bai/2/")
    page.locator("a:has-text('Sửa')").first.click()
    hints = page.locator("[data-hints-url]")
    expect(hints).to_be_attached()
    expect(hints).not_to_contain_text("Tiêu đề quá ngắn")
    title = type_until_it_is_saved(page)
    expect(hints).to_contain_text("Tiêu đề quá ngắn", timeout=30_000)
    expect(page.locator("#w-autosave-indicator")).to_contain_text("Đã lưu", timeout=30_000)
    page.reload()
    expect(page.locator("#id_title")).to_have_value(title)
    assert accessibility_violations(page, within="[data-hints-url]") == []
    page.goto(page.url.replace("/edit/", "/revisions/compare/live...latest/"))
    expect(page.locator("main")).to_contain_text(title)


def type_until_it_is_saved(page: Page) -> str:
    """The title that was typed when the editor saved by itself.

    Wagtail looks for the first time ten seconds after the page was loaded, and takes what it finds then for what was
    there; how long that takes on a busy machine nobody can tell.
    """
    page.wait_for_timeout(11_000)
    for title in ("Ngắn", "Ngắn hơn", "Ngắn lại"):
        try:
            with page.expect_response(
                lambda answer: answer.request.method == "POST" and answer.url.endswith("/edit/"),
                timeout=20_000,
            ):
                page.fill("#id_title", title)
                page.press("#id_title", "Tab")
        except PlaywrightTimeout:
            continue
        return title
    pytest.fail("The editor saved nothing by itself.")
