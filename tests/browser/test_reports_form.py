"""A unit's form in a real browser: saved while it is filled, by two people at once, sent; without script too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.site import RunningSite, _run, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MINE = "/quan-tri/bao-cao/cua-don-vi/"
NAME = "Báo cáo công tác thông tin đối ngoại quý II năm 2025"
STORIES, ENGLISH = "Tin, bài tiếng Việt đã đăng, phát", "Tin, bài tiếng Anh đã đăng, phát"
COUNTED = "Văn bản đến được giao xử lý"

# The second quarter of 2025 is open, and it is the Monday after its cut-off.
OPEN = """
import django
django.setup()
from datetime import date, datetime
from django.utils import timezone
from khuevan.core import clock
from khuevan.people.queries import system_person
from khuevan.reports.actions import open_period
from khuevan.reports.models import ReportingRule

with clock.stopped_at(timezone.make_aware(datetime(2025, 6, 5, 9))):
    open_period(by=system_person(), rule=ReportingRule.objects.get(code="bc-quy-ttdn"), year=2025, number=2)
clock.keep_day(date(2025, 6, 16))
"""


@pytest.fixture
def open_site(fresh_site: RunningSite) -> RunningSite:
    """The demonstration with an open cycle."""
    _run(fresh_site.data_dir, "-c", OPEN)
    return fresh_site


def opened(browser: Browser, site: RunningSite, *, scripts: bool = True, width: int = 1440) -> Page:
    """The form of the digital division, opened from the list of the own reports."""
    context = browser.new_context(
        java_script_enabled=scripts, locale="en-GB", viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    sign_in(page, site, "canbo")
    page.goto(f"{site.url}{MINE}")
    page.get_by_role("link", name=NAME).click()
    page.wait_for_selector("[data-unit-form]")
    return page


def field(page: Page, label: str):  # type: ignore[no-untyped-def]
    return page.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}"))


def saved(page: Page) -> str:
    """Waits until the page has saved by itself, and gives what it says."""
    with page.expect_response(lambda answer: answer.request.method == "POST", timeout=15_000):
        pass
    page.wait_for_function(
        "() => !['Đang lưu …', 'Chưa lưu'].includes(document.querySelector('[data-state]').textContent)"
    )
    return page.locator("[data-state]").inner_text()


def test_form_is_saved_as_it_is_filled_and_sent(open_site: RunningSite, browser: Browser) -> None:
    page = opened(browser, open_site)
    assert accessibility_violations(page) == []
    # What was counted opens beneath its figure.
    counted = page.locator("[data-figure]", has_text=COUNTED).first
    counted.get_by_role("link", name=re.compile("Xem 1 mục")).click()
    assert "V/v cung cấp tin, bài" in counted.locator(".uf-part a").inner_text()

    # Another figure than the counted one asks why; the save happens by itself.
    reason = counted.get_by_label("Vì sao khác số phần mềm đếm được")
    assert not reason.is_visible()
    field(page, COUNTED).fill("4")
    assert reason.is_visible()
    reason.fill("Ba văn bản chưa vào sổ.")
    field(page, STORIES).fill("1200")
    field(page, ENGLISH).fill("1.23.4")
    assert saved(page) == "Đã lưu, trừ những ô được đánh dấu: hãy sửa ở đó."
    assert field(page, ENGLISH).input_value() == "1.23.4"
    assert field(page, ENGLISH).get_attribute("aria-invalid") == "true"
    assert field(page, STORIES).input_value() == "1.200"
    assert accessibility_violations(page) == []
    field(page, ENGLISH).fill("34")
    assert re.fullmatch(r"Đã lưu lúc \d\d:\d\d", saved(page))
    field(page, "Tin, bài bằng tiếng nước ngoài khác").fill("0")
    page.keyboard.press("Control+s")
    # What is computed follows what is saved.
    page.locator("[data-figure]", has_text="Tổng số tin, bài").get_by_text("1.234", exact=True).wait_for()

    # Sending lists what is still open; nothing that was typed is lost.
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_text("Chưa gửi: hãy sửa những điểm sau.").wait_for()
    problems = page.locator("[data-problem] li a")
    assert problems.count() > 5
    assert accessibility_violations(page) == []
    for number in page.locator(".uf-number").all():
        if not number.input_value():
            number.fill("2")
    for words in page.locator("textarea[name^=answer-]").all():
        words.fill("Đã thực hiện theo kế hoạch.")
    page.get_by_role("button", name="Thêm khó khăn, vướng mắc").click()
    page.get_by_role("textbox", name="Khó khăn, vướng mắc", exact=True).last.fill("Thiếu biên dịch viên.")
    page.get_by_role("textbox", name="Đơn vị đề nghị").last.fill("Sở hỗ trợ đào tạo.")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_text("Lê Thị Cán Bộ đã gửi lúc").wait_for()
    # The message above fades in: while it does, its colours are not its own.
    assert accessibility_violations(page, within=".vb") == []
    words = " ".join(page.locator(".vb").inner_text().split())
    assert "Khác vì: Ba văn bản chưa vào sổ." in words
    assert "Thiếu biên dịch viên. Đề nghị: Sở hỗ trợ đào tạo." in words


def test_two_people_who_fill_at_once_lose_nothing(open_site: RunningSite, browser: Browser) -> None:
    one, other = opened(browser, open_site), opened(browser, open_site)
    field(one, STORIES).fill("5")
    saved(one)
    # Another field: both are kept. The page does not write into the field in which its person stands; what is typed
    # there then overwrites nothing unseen.
    field(other, ENGLISH).fill("7")
    field(other, STORIES).focus()
    saved(other)
    assert field(other, STORIES).input_value() == ""
    field(other, STORIES).fill("9")
    saved(other)
    assert "vừa ghi ở đây: “5”." in other.locator(".uf-conflict").inner_text()
    other.get_by_role("button", name="Lưu", exact=True).last.click()
    other.locator(".uf-conflict").wait_for(state="detached")
    # The same field: both are shown, and nothing is saved by itself until the person decides.
    field(one, ENGLISH).fill("8")
    saved(one)
    assert "vừa ghi ở đây: “7”." in one.locator(".uf-conflict").inner_text()
    assert [field(one, label).input_value() for label in (STORIES, ENGLISH)] == ["9", "8"]
    assert accessibility_violations(one) == []
    field(one, STORIES).fill("6")
    assert one.locator("[data-state]").inner_text() == (
        "Chưa lưu: đồng nghiệp đã sửa cùng ô. Xem cả hai rồi bấm Lưu."
    )
    one.get_by_role("button", name="Lưu", exact=True).last.click()
    one.locator(".uf-conflict").wait_for(state="detached")
    one.reload()
    assert [field(one, label).input_value() for label in (STORIES, ENGLISH)] == ["6", "8"]


def test_whoever_was_signed_out_loses_nothing(open_site: RunningSite, browser: Browser) -> None:
    page = opened(browser, open_site)
    page.context.clear_cookies()
    field(page, STORIES).fill("5")
    page.get_by_text("Bạn đã bị đăng xuất").wait_for()
    other = page.context.new_page()
    sign_in(other, open_site, "canbo")
    field(page, ENGLISH).fill("7")
    assert re.fullmatch(r"Đã lưu lúc \d\d:\d\d", saved(page))
    assert not page.get_by_text("Bạn đã bị đăng xuất").is_visible()
    page.reload()
    assert [field(page, label).input_value() for label in (STORIES, ENGLISH)] == ["5", "7"]


def test_form_is_filled_and_sent_without_script(open_site: RunningSite, browser: Browser) -> None:
    page = opened(browser, open_site, scripts=False)
    assert page.get_by_label("Vì sao khác số phần mềm đếm được").first.is_visible()
    for number in page.locator(".uf-number").all():
        if not number.input_value():
            number.fill("2")
    field(page, STORIES).fill("ba mươi")
    for words in page.locator("textarea[name^=answer-]").all():
        words.fill("Đã thực hiện theo kế hoạch.")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_role("link", name=f"{STORIES}: “ba mươi” không phải là số.").click()
    assert field(page, STORIES).input_value() == "ba mươi"
    field(page, STORIES).fill("30")
    page.get_by_role("textbox", name="Khó khăn, vướng mắc", exact=True).first.fill("Thiếu biên dịch viên.")
    page.get_by_role("button", name="Thêm khó khăn, vướng mắc").click()
    page.get_by_role("textbox", name="Khó khăn, vướng mắc", exact=True).nth(3).wait_for()
    assert (
        page.get_by_role("textbox", name="Khó khăn, vướng mắc", exact=True).first.input_value()
        == "Thiếu biên dịch viên."
    )
    page.get_by_role("button", name="Gửi báo cáo").click()
    assert "đã gửi lúc" in page.locator(".uf-good").inner_text()


def test_form_fits_a_telephone(open_site: RunningSite, browser: Browser) -> None:
    page = opened(browser, open_site, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    # The bar that saves stays in sight, and lies over no field that has the focus.
    field(page, "Nhiệm vụ trọng tâm của đơn vị trong kỳ tới").focus()
    # Scrolling is smooth: the bar and the field are looked at once they stand.
    page.wait_for_function(
        """() => {
            const bar = document.querySelector(".uf-save").getBoundingClientRect();
            const field = document.activeElement.getBoundingClientRect();
            return bar.bottom <= innerHeight + 1 && field.top > 0 && field.top + 40 <= bar.top;
        }"""
    )
    assert accessibility_violations(page) == []
