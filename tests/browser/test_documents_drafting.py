"""A draft is written in a real browser: from a template, by keyboard, saved, seen as printed; without script too."""

from __future__ import annotations

import dataclasses
import random
import re
from typing import TYPE_CHECKING

import pytest

from khuevan.documents.forms.draft_rows import AnnexHead, Row, places_of
from khuevan.plain.official_documents.writing.labels import Level
from tests.browser.site import RunningSite, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DRAFTS = "/quan-tri/van-ban/du-thao"


def labels(page: Page) -> list[str]:
    """Labels and words of the lines as they stand, tables and removed lines left out."""
    return page.evaluate(
        """() => [...document.querySelectorAll("[data-rows] > li:not(.dr-removed)")]
            .map((row) => [row.querySelector(".dr-label"), row.querySelector("textarea.dr-words")])
            .filter(([, words]) => words)
            .map(([label, words]) => `${label.textContent} ${words.value}`)"""
    )  # type: ignore[no-any-return]


def begin(page: Page, site: RunningSite, template: str, subject: str) -> None:
    """Begins a draft from a template, and stands on its page."""
    page.goto(f"{site.url}{DRAFTS}/moi/")
    page.get_by_role("link", name=template, exact=True).click()
    page.get_by_label("Trích yếu").fill(subject)
    with page.expect_navigation():
        page.get_by_role("button", name="Bắt đầu soạn").click()


def saved(page: Page) -> str:
    """Saves by the keyboard and gives what the page says of it."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Control+s")
    page.wait_for_function(
        "() => !['Đang lưu …', 'Chưa lưu'].includes(document.querySelector('[data-save-state]').textContent)"
    )
    return page.locator("[data-save-state]").inner_text()


def test_draft_is_written_by_keyboard_saved_and_seen(fresh_site: RunningSite, page: Page) -> None:
    sign_in(page, fresh_site, "kehoach")
    begin(page, fresh_site, "Biên bản cuộc họp", "Họp chuẩn bị Tuần lễ sáng tạo")
    assert labels(page)[2:5] == [
        "I. THÀNH PHẦN",
        "1. Chủ trì: [họ và tên, chức vụ].",
        "2. Thư ký: [họ và tên, chức vụ].",
    ]

    # Enter makes a line of the same level, labels follow; Alt and arrows move it and change its level.
    line = page.locator("textarea.dr-words", has_text="Thư ký")
    line.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("Khách mời: đại diện các cơ quan báo chí.")
    assert labels(page)[4:7] == [
        "2. Thư ký: [họ và tên, chức vụ].",
        "3. Khách mời: đại diện các cơ quan báo chí.",
        "4. Thành phần tham dự: [danh sách hoặc tên các đơn vị].",
    ]
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    assert labels(page)[3] == "1. Khách mời: đại diện các cơ quan báo chí."
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowRight")
    assert labels(page)[3:6] == [
        "1. Chủ trì: [họ và tên, chức vụ].",
        "a) Khách mời: đại diện các cơ quan báo chí.",
        "2. Thư ký: [họ và tên, chức vụ].",
    ]
    assert page.evaluate("document.activeElement.value").startswith("Khách mời")

    # A line that was taken away comes back by one button.
    page.get_by_role("toolbar").get_by_role("button", name="Xóa dòng").click()
    assert "a) Khách mời: đại diện các cơ quan báo chí." not in labels(page)
    page.get_by_role("button", name="Hoàn tác").click()

    # Saved without leaving the page: the version, the pages as printed.
    assert re.fullmatch(r"Đã lưu phiên bản 2 lúc \d\d:\d\d\.", saved(page))
    assert page.locator("[data-version-link]").inner_text() == "Phiên bản 2"
    page.wait_for_function("() => document.querySelector('[data-pages] img').src.includes('/ban-in/2/')")
    first = page.locator("[data-pages] img").first
    first.evaluate("(image) => image.decode()")
    assert first.evaluate("(image) => image.naturalWidth") > 900
    assert first.get_attribute("alt") == f"Trang 1/{page.locator('[data-pages] img').count()}"
    assert saved(page) == "Đã lưu: nội dung in không thay đổi."

    # What the script counted is what the server counts.
    before = labels(page)
    page.reload()
    assert labels(page) == before
    assert accessibility_violations(page) == []


def test_script_counts_as_the_server_counts(demo_site: RunningSite, page: Page) -> None:
    """A hundred outlines of every level, with titles, labels by hand, removed lines and annexes."""
    drawn = random.Random(2026)
    outlines = [
        [
            Row(
                f"r{place}",
                drawn.choices(("text", "table", "annex"), (20, 2, 1))[0],  # type: ignore[arg-type]
                drawn.choice(list(Level)),
                drawn.choice(("", "Nội dung.", "Mục đích")),
                drawn.random() < 0.4,
                drawn.choices(("", "Nhiệm vụ 3", "7"), (12, 1, 1))[0],
                drawn.choices((None, 0, 1, 2), (20, 1, 1, 1))[0],
                removed=drawn.random() < 0.05,
            )
            for place in range(drawn.randint(1, 25))
        ]
        for _ in range(100)
    ]
    rows = [
        [
            dataclasses.replace(row, annex=AnnexHead("Phụ lục" if place % 2 else ""))
            if row.kind == "annex"
            else row
            for place, row in enumerate(outline)
        ]
        for outline in outlines
    ]
    sign_in(page, demo_site, "kehoach")
    counted = page.evaluate(
        """async (outlines) => {
            const { placesOf } = await import("/static/documents/draft_outline.js");
            return outlines.map(placesOf);
        }""",
        [
            [
                {
                    "kind": row.kind,
                    "level": row.level if row.kind == "text" else "text",
                    "text": row.text if row.kind == "text" else "",
                    "titled": row.titled and row.kind == "text",
                    "label": row.annex.label if row.annex else row.label if row.kind == "text" else "",
                    "depth": row.depth,
                    "removed": row.removed,
                }
                for row in outline
            ]
            for outline in rows
        ],
    )
    assert counted == [[dataclasses.asdict(place) for place in places_of(outline)] for outline in rows]


def test_lines_and_cells_are_pasted(fresh_site: RunningSite, page: Page) -> None:
    sign_in(page, fresh_site, "kehoach")
    begin(page, fresh_site, "Thông báo kết luận cuộc họp", "Kết luận giao ban")
    line = page.locator("textarea.dr-words", has_text="Nhận định")
    line.click()
    line.fill("")
    with page.expect_response(re.compile(r"/dan/$")):
        line.evaluate(
            """(area, text) => {
                const data = new DataTransfer();
                data.setData("text/plain", text);
                const whole = { clipboardData: data, bubbles: true, cancelable: true };
                area.dispatchEvent(new ClipboardEvent("paste", whole));
            }""",
            "a) Hoàn thành phim;\nb) Gửi ấn phẩm.\nTT\tViệc\tHạn\n1\tPhim\t15/12",
        )
    page.locator(".dr-grid").wait_for()
    assert [text for text in labels(page) if text.startswith(("a)", "b)"))][:2] == [
        "a) Hoàn thành phim;",
        "b) Gửi ấn phẩm.",
    ]
    cells = page.locator(".dr-grid tbody textarea")
    assert [cell.input_value() for cell in cells.all()] == ["TT", "Việc", "Hạn", "1", "Phim", "15/12"]
    # A row below the one in which one stands, a column beside it.
    cells.nth(0).click()
    page.get_by_role("button", name="+ Hàng").click()
    page.keyboard.type("mới")
    page.get_by_role("button", name="+ Cột").click()
    assert [cell.input_value() for cell in cells.all()] == [
        "TT", "", "Việc", "Hạn", "mới", "", "", "", "1", "", "Phim", "15/12",
    ]  # fmt: skip
    assert saved(page).startswith("Đã lưu phiên bản 2")
    page.reload()
    assert cells.count() == 12


def test_two_who_write_see_both_texts(fresh_site: RunningSite, browser: Browser) -> None:
    first, second = browser.new_page(), browser.new_page()
    sign_in(first, fresh_site, "kehoach")
    sign_in(second, fresh_site, "truongphong")
    begin(first, fresh_site, "Công văn trả lời", "Trả lời về tiến độ")
    second.goto(first.url)
    for page, words in ((first, "Ý kiến của người trước."), (second, "Ý kiến của người sau.")):
        page.locator("textarea.dr-words", has_text="Ý kiến thứ nhất").fill(words)
    assert saved(first).startswith("Đã lưu phiên bản 2")
    with second.expect_navigation():
        second.keyboard.press("Control+s")
    told = second.locator(".dr-conflict").inner_text()
    assert "Nguyễn Thị Kế Hoạch đã lưu phiên bản 2" in told
    assert "của người trước" in told
    assert any("Ý kiến của người sau." in line for line in labels(second))
    assert accessibility_violations(second) == []
    with second.expect_navigation():
        second.get_by_role("button", name="Lưu nội dung của tôi thành phiên bản tiếp theo").click()
    assert second.locator("[data-version-link]").inner_text() == "Phiên bản 3"
    for page in (first, second):
        page.context.close()


def test_draft_is_written_without_script(fresh_site: RunningSite, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in(page, fresh_site, "kehoach")
    begin(page, fresh_site, "Giấy mời họp, dự sự kiện", "Dự lễ khai mạc triển lãm")

    def shown() -> list[str]:
        rows = page.locator("[data-rows] > li")
        return [
            f"{row.locator('.dr-label').inner_text()} {row.locator('textarea.dr-words').input_value()}".strip()
            for row in rows.all()
        ]

    def press(row: int, name: str) -> None:
        tools = page.locator("[data-rows] > li").nth(row).locator(".dr-tools")
        tools.locator("summary").click()
        with page.expect_navigation():
            tools.get_by_role("button", name=name, exact=True).click()

    press(2, "Thêm dòng bên dưới")
    page.locator("[data-rows] > li").nth(3).locator("textarea.dr-words").fill("Trang phục: lịch sự.")
    press(3, "Chuyển lên")
    assert shown()[1:4] == [
        "1. Thời gian: [giờ, phút], ngày [ngày, tháng, năm].",
        "2. Trang phục: lịch sự.",
        "3. Địa điểm: [phòng họp, địa chỉ].",
    ]
    press(1, "Xóa dòng")
    assert page.locator(".dr-removed").count() == 1
    with page.expect_navigation():
        page.get_by_role("button", name="Hoàn tác").click()
    with page.expect_navigation():
        page.locator("[data-save]").click()
    assert "Đã lưu phiên bản 2" in page.locator("body").inner_text()
    assert shown()[2] == "2. Trang phục: lịch sự."
    context.close()


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_pages_of_drafts_fit_and_are_accessible(demo_site: RunningSite, browser: Browser, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 850}, locale="en-GB")
    page = context.new_page()
    sign_in(page, demo_site, "kehoach")
    for path in ("/", "/moi/", "/mau/", "/1/", "/1/#ban-in", "/1/#gop-y", "/2/", "/1/phien-ban/", "/1/bo/"):
        page.goto(f"{demo_site.url}{DRAFTS}{path}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert accessibility_violations(page) == [], path
    context.close()
