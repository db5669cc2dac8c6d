"""Gantt chart, calendar, board and private address in a real browser: by mouse, keyboard, finger, without script."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.site import (
    KEPT_DAY,
    RunningSite,
    _run,
    _serve,
    accessibility_violations,
    copy_site,
    renew,
    sign_in,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).resolve().parents[2]
PROGRAMME = "/quan-tri/chuong-trinh"
TODAY = "2025-11-20"

# What stands on the pages: work in every state, steps, and who waits for whom; all through the actions.
WORK = """
from datetime import date, datetime
from django.utils import timezone
from khuevan.core import clock
from khuevan.people.models import Unit, User
from khuevan.plain.calendar.deadline_rules import EachPeriod, OnDate
from khuevan.programme.actions import *
from khuevan.programme.models import Instalment, Task
def at(month, day):
    return clock.stopped_at(timezone.make_aware(datetime(2025, month, day, 9)))
person = lambda name: User.objects.get(username=name)
digital = Unit.objects.get(name="Phòng Truyền thông số")
planner, officer, director = person("kehoach"), person("canbo"), person("giamdoc")
task = {row.order: row for row in Task.objects.all()}
days = {0: OnDate(date(2025, 12, 5)), 1: OnDate(date(2025, 11, 28)), 2: OnDate(date(2025, 10, 10)),
        3: EachPeriod("MONTH", 1, 25), 5: OnDate(date(2025, 11, 24))}
with at(3, 12):
    for order, rule in days.items():
        assign_unit(by=planner, task=task[order], unit=digital, role="LEAD")
        set_task_deadline(by=planner, task=Task.objects.get(pk=task[order].pk), rule=rule)
    for before, after in ((1, 0), (2, 1), (0, 5)):
        put_after(by=planner, before=task[before], after=task[after])
    first = add_step(by=planner, task=task[0], unit=digital, title="Khảo sát", start_date=date(2025, 9, 1),
                     due_date=date(2025, 10, 31))
    add_step(by=planner, task=task[0], unit=digital, title="Dựng trang", start_date=date(2025, 11, 3),
             due_date=date(2025, 11, 28), after=[first])
def owed(order):
    own = Instalment.objects.owed().filter(assignment__task=task[order], assignment__unit=digital)
    return own.order_by("due_date")[0]
with at(11, 3):
    draft = save_reply_draft(by=officer, instalment=owed(2), percent=40, text="Đang lấy ý kiến.")
    send_reply(by=officer, reply=draft)
with at(11, 17):
    draft = save_reply_draft(by=officer, instalment=owed(5), outcome="DONE", text="Đã đăng đủ tin, bài.")
    add_web_evidence(by=officer, reply=draft, url="https://example.vn/tin", title="Tin", seen_date=date(2025, 11, 17))
    send_reply(by=officer, reply=draft)
with at(10, 1):
    for _ in range(6):
        draft = save_reply_draft(by=officer, instalment=owed(3), outcome="DONE", text="Đã xong.",
                                 no_evidence_reason="Họp nội bộ.")
        accept_reply(by=director, reply=send_reply(by=officer, reply=draft))
"""


@pytest.fixture(scope="module")
def work_data(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration in the middle of its work, which takes 20 November 2025 for today."""
    folder = tmp_path_factory.mktemp("planning")
    copy_site(demo_data, folder)
    (folder / KEPT_DAY).write_text(TODAY, encoding="ascii")
    _run(folder, "manage.py", "shell", "--no-imports", "-c", WORK)
    return folder


@pytest.fixture(scope="module")
def site(work_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The site at work, for tests that only read."""
    folder = tmp_path_factory.mktemp("planning-read")
    copy_site(work_data, folder)
    yield from _serve(folder)


@pytest.fixture
def own_site(spare_site: RunningSite, work_data: Path) -> RunningSite:
    """The site at work, for one test that writes."""
    renew(spare_site, work_data)
    return spare_site


def opened(browser: Browser, site: RunningSite, who: str, width: int = 1440, **options: object) -> Page:
    """A browser of its own in which the person has signed in."""
    context = browser.new_context(locale="en-GB", viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in(page, site, who)
    return page


def addresses(page: Page, site: RunningSite) -> dict[str, str]:
    """The address of each kind of page."""
    page.goto(f"{site.url}{PROGRAMME}/")
    plan = page.url
    page.goto(f"{site.url}{PROGRAMME}/bang/?scope=all")
    move = page.locator(".pg-column-REPORTED .pg-board-card").get_attribute("data-url")
    return {
        "gantt": f"{plan}dong-thoi-gian/",
        "gantt of a quarter": f"{plan}dong-thoi-gian/?scale=quarter",
        "gantt of a month": f"{plan}dong-thoi-gian/?scale=month",
        "calendar": f"{site.url}{PROGRAMME}/lich/?scope=all&role=ANY",
        "calendar of Tết": f"{site.url}{PROGRAMME}/lich/?scope=all&month=2025-01",
        "calendar of a plan": f"{plan}lich/",
        "day": f"{site.url}{PROGRAMME}/lich/?scope=all&day=2025-11-28",
        "board": f"{site.url}{PROGRAMME}/bang/?scope=all",
        "board of steps": f"{site.url}{PROGRAMME}/bang/?scope=all&cards=steps",
        "board of a plan": f"{plan}bang/",
        "move": f"{site.url}{move}",
        "verdict": f"{site.url}{move}?to=RETURNED",
        "subscription": f"{site.url}{PROGRAMME}/lich/dang-ky/",
    }


@pytest.mark.parametrize("width", [1440, 768, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_pages_have_no_accessibility_violations_and_fit_the_screen(
    site: RunningSite, browser: Browser, width: int, dark: bool
) -> None:
    page = opened(browser, site, "kehoach", width, color_scheme="dark" if dark else "light")
    found = addresses(page, site)
    problems: dict[str, list[str]] = {}
    for name, url in found.items():
        page.goto(url)
        # In the dark some of Wagtail's own frame has too little contrast; ours is looked at alone there.
        problems[name] = accessibility_violations(page, within=".pg" if dark else None)
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        problems[name] += ["wider than the screen"] if wide else []
    page.context.close()
    assert problems == {name: [] for name in found}


# The Gantt chart


def box_of(locator: Locator) -> dict[str, float]:
    """Where something stands on the screen: x, y, width, height."""
    box = locator.bounding_box()
    assert box is not None
    return dict(box)


def edges(locator: Locator) -> tuple[float, float]:
    """The left and right edge of something on the screen."""
    box = box_of(locator)
    return box["x"], box["x"] + box["width"]


@pytest.mark.parametrize("width", [1440, 1100])
@pytest.mark.parametrize("folded", [False, True])
def test_lines_of_dependencies_meet_their_bars_at_every_width_and_when_sections_are_folded(
    site: RunningSite, browser: Browser, width: int, folded: bool
) -> None:
    page = opened(browser, site, "kehoach", width)
    page.goto(addresses(page, site)["gantt"])
    groups = page.locator(".pg-gantt-group")
    assert groups.count() == 2
    if folded:
        groups.nth(1).locator("summary").click()
        expect(groups.nth(1).locator("li").first).to_be_hidden()
    steps = groups.nth(0).locator(".pg-gantt-step")
    # The second step begins after the first has ended: its arrow comes to its left end.
    head, bar = steps.nth(1).locator(".pg-gantt-RIGHT"), steps.nth(1).locator(".pg-gantt-bar")
    assert abs(edges(head)[1] - edges(bar)[0]) <= 1.5
    # The line leaves the first at its end, and goes on in the next row where it left this one.
    first = box_of(steps.nth(0).locator(".pg-gantt-BOTTOM"))
    second = box_of(steps.nth(1).locator(".pg-gantt-TOP"))
    assert abs(first["y"] + first["height"] - second["y"]) <= 1.5
    assert abs(first["x"] - second["x"]) <= 0.5
    assert abs(first["x"] - edges(steps.nth(0).locator(".pg-gantt-bar"))[1]) <= 1.5
    arriving = edges(steps.nth(1).locator(".pg-gantt-along"))
    assert abs(arriving[0] - second["x"]) <= 1.5
    assert abs(arriving[1] - edges(bar)[0]) <= 1.5
    # A line to a folded section still comes as far as its heading.
    assert groups.nth(1).locator("summary .pg-gantt-down").count() == 1
    page.context.close()


def test_gantt_says_what_does_not_hold_and_leads_through_its_scales(
    site: RunningSite, browser: Browser
) -> None:
    page = opened(browser, site, "kehoach", java_script_enabled=False)
    page.goto(addresses(page, site)["gantt"])
    assert [
        (text.split(". ")[0], text.split(" ")[-3:])
        for text in page.locator(".pg-broken li").all_inner_texts()
    ] == [
        ("Nhiệm vụ 2", ["trễ", "41", "ngày."]),
        ("Nhiệm vụ 6", ["chờ", "(hạn", "05/12/2025)."]),
        ("Nhiệm vụ 1, bước “Dựng trang” phải chờ bước “Khảo sát”, đang trễ 20 ngày.", ["trễ", "20", "ngày."]),
    ]
    page.get_by_role("link", name="Tháng", exact=True).click()
    assert page.locator(".pg-stretch strong").inner_text() == "Tháng 11/2025"
    page.get_by_role("link", name="Tháng 10/2025").click()
    assert page.locator(".pg-stretch strong").inner_text() == "Tháng 10/2025"
    page.get_by_role("link", name="Về hôm nay").click()
    assert page.locator(".pg-stretch strong").inner_text() == "Tháng 11/2025"
    assert page.locator(".pg-today-name").inner_text() == "20/11/2025"
    page.context.close()


# The calendar


def test_calendar_is_a_list_of_days_on_a_telephone(site: RunningSite, browser: Browser) -> None:
    page = opened(browser, site, "canbo", 390)
    page.goto(f"{site.url}{PROGRAMME}/lich/")
    days = page.locator(".pg-cal-number:visible").all_inner_texts()
    assert [text.split(" hôm nay")[0] for text in days] == [
        "Thứ Năm, 20/11", "Thứ Hai, 24/11", "Thứ Ba, 25/11", "Thứ Sáu, 28/11",
    ]  # fmt: skip
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.locator(".pg-cal-number:visible").count() == 35
    page.context.close()


# The board


def board_of(browser: Browser, site: RunningSite, who: str, query: str = "", **options: object) -> Page:
    page = opened(browser, site, who, **options)  # type: ignore[arg-type]
    page.goto(f"{site.url}{PROGRAMME}/bang/{query}")
    return page


def counts(page: Page) -> dict[str, str]:
    """How many cards each column says that it has."""
    columns = page.locator(".pg-column").all()
    return {
        str(column.get_attribute("data-column")): column.locator(".pg-column-head .pg-count").inner_text()
        for column in columns
    }


def first_waiting(page: Page) -> Locator:
    return page.locator(".pg-column-WAITING .pg-board-card[tabindex]").first


def test_card_is_dragged_with_the_mouse_into_another_column(own_site: RunningSite, browser: Browser) -> None:
    page = board_of(browser, own_site, "canbo")
    before = counts(page)
    card = first_waiting(page)
    key = card.get_attribute("id")
    source, target = box_of(card), box_of(page.locator(".pg-column-IN_PROGRESS"))
    page.mouse.move(source["x"] + 30, source["y"] + 20)
    page.mouse.down()
    page.mouse.move(source["x"] + 60, source["y"] + 40, steps=4)
    page.mouse.move(target["x"] + 60, target["y"] + 120, steps=6)
    # Where the card may go is marked, and nothing else.
    assert [column.get_attribute("data-column") for column in page.locator(".pg-column-open").all()] == [
        "IN_PROGRESS", "REPORTED",
    ]  # fmt: skip
    page.mouse.up()
    words = page.locator("#board-dialog textarea")
    expect(words).to_have_value("Bắt đầu thực hiện.")
    expect(words).to_be_focused()
    assert accessibility_violations(page, within="#board-dialog") == []
    words.fill("Đã họp tổ công tác.")
    page.locator("#board-dialog").get_by_role("button", name="Đang thực hiện").click()
    expect(page.locator("#board-live")).to_contain_text("sang cột “Đang thực hiện”")
    expect(page.locator(f".pg-column-IN_PROGRESS #{key}")).to_be_focused()
    assert counts(page) == before | {
        "WAITING": str(int(before["WAITING"]) - 1),
        "IN_PROGRESS": str(int(before["IN_PROGRESS"]) + 1),
    }
    page.reload()
    expect(page.locator(f".pg-column-IN_PROGRESS #{key}")).to_be_visible()
    page.context.close()


def test_card_dropped_where_it_may_not_go_stays(site: RunningSite, browser: Browser) -> None:
    page = board_of(browser, site, "canbo")
    before = counts(page)
    card = first_waiting(page)
    key = card.get_attribute("id")
    source, target = box_of(card), box_of(page.locator(".pg-column-DONE"))
    page.mouse.move(source["x"] + 30, source["y"] + 20)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + 120, steps=8)
    page.mouse.up()
    expect(page.locator("#board-live")).to_have_text("Thẻ ở nguyên chỗ cũ.")
    expect(page.locator(f".pg-column-WAITING #{key}")).to_be_focused()
    assert counts(page) == before
    # A click is no drag: it opens the instalment.
    card.locator("a").click()
    page.wait_for_url("**/ky-han/**")
    page.context.close()


def test_card_is_moved_with_the_keyboard_and_the_moves_are_said(
    own_site: RunningSite, browser: Browser
) -> None:
    page = board_of(browser, own_site, "canbo")
    live = page.locator("#board-live")
    card = first_waiting(page)
    key = card.get_attribute("id")
    assert card.get_attribute("aria-describedby") == "board-help"
    card.focus()
    page.keyboard.press("Space")
    expect(live).to_contain_text("Đã nhấc thẻ:")
    page.keyboard.press("ArrowLeft")
    expect(live).to_have_text("Không chuyển xa hơn được.")
    page.keyboard.press("ArrowRight")
    expect(live).to_have_text("Cột Đang thực hiện. Nhấn phím cách để thả thẻ.")
    expect(page.locator(f"#{key}")).to_be_focused()
    # What is skipped are the columns to which it may not go.
    page.keyboard.press("ArrowRight")
    expect(live).to_have_text("Cột Chờ nghiệm thu. Nhấn phím cách để thả thẻ.")
    page.keyboard.press("Escape")
    expect(live).to_have_text("Thẻ ở nguyên chỗ cũ.")
    expect(page.locator(f".pg-column-WAITING #{key}")).to_be_focused()
    for pressed in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(pressed)
    expect(page.locator("#board-dialog textarea")).to_be_focused()
    # A form that is left leaves the card.
    page.keyboard.press("Escape")
    expect(live).to_contain_text("Thẻ đã về chỗ cũ.")
    expect(page.locator(f".pg-column-WAITING #{key}")).to_be_focused()
    for pressed in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(pressed)
    expect(page.locator("#board-dialog textarea")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(live).to_contain_text("sang cột “Đang thực hiện”")
    expect(page.locator(f".pg-column-IN_PROGRESS #{key}")).to_be_focused()
    # To report completion one needs evidence: the page where it is written.
    for pressed in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(pressed)
    page.wait_for_url("**/ky-han/**")
    page.context.close()


def test_card_goes_back_with_the_sentence_where_somebody_was_faster(
    own_site: RunningSite, browser: Browser
) -> None:
    page = board_of(browser, own_site, "canbo")
    other = board_of(browser, own_site, "canbo")
    card = first_waiting(page)
    key = card.get_attribute("id")
    card.focus()
    for pressed in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(pressed)
    expect(page.locator("#board-dialog textarea")).to_be_focused()
    faster = first_waiting(other)
    faster.focus()
    for pressed in ("Space", "ArrowRight", "Space"):
        other.keyboard.press(pressed)
    other.locator("#board-dialog [type=submit]").click()
    expect(other.locator("#board-live")).to_contain_text("sang cột")
    page.locator("#board-dialog [type=submit]").click()
    expect(page.locator("#board-live")).to_have_text("Thẻ đang ở chính cột này. Thẻ đã về chỗ cũ.")
    expect(page.locator(f".pg-column-WAITING #{key}")).to_be_focused()
    page.context.close()
    other.context.close()


def test_report_is_returned_with_a_reason_by_moving_its_card(own_site: RunningSite, browser: Browser) -> None:
    page = board_of(browser, own_site, "giamdoc")
    card = page.locator(".pg-column-REPORTED .pg-board-card[tabindex]")
    key = card.get_attribute("id")
    card.focus()
    for pressed in ("Space", "ArrowLeft", "Space"):
        page.keyboard.press(pressed)
    dialog = page.locator("#board-dialog")
    expect(dialog).to_contain_text("Đã đăng đủ tin, bài.")
    expect(dialog).to_contain_text("1 minh chứng")
    dialog.locator("textarea").fill("Thiếu ảnh nghiệm thu.")
    dialog.get_by_role("button", name="Trả lại").click()
    expect(page.locator("#board-live")).to_contain_text("sang cột “Bị trả lại”")
    expect(page.locator(f".pg-column-RETURNED #{key}")).to_be_visible()
    page.context.close()


def test_step_is_moved_without_a_question_and_one_that_waits_offers_nothing(
    own_site: RunningSite, browser: Browser
) -> None:
    page = board_of(browser, own_site, "canbo", "?cards=steps")
    waiting = page.locator(".pg-board-card", has_text="Dựng trang")
    assert waiting.get_attribute("data-moves") == ""
    page.locator(".pg-board-card[tabindex]").focus()
    for pressed in ("Space", "ArrowRight", "ArrowRight", "Space"):
        page.keyboard.press(pressed)
    expect(page.locator("#board-live")).to_contain_text("“Khảo sát” sang cột “Hoàn thành (30 ngày qua)”")
    # Done now: the one that waited for it may begin.
    assert page.locator(".pg-board-card", has_text="Dựng trang").get_attribute("data-moves") == "DOING DONE"
    page.context.close()


def test_card_is_dragged_with_a_finger_by_its_handle(own_site: RunningSite, browser: Browser) -> None:
    page = board_of(browser, own_site, "canbo", has_touch=True)
    source = box_of(first_waiting(page).locator(".pg-board-handle"))
    target = box_of(page.locator(".pg-column-IN_PROGRESS"))
    fingers = page.context.new_cdp_session(page)

    def touch(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = source["x"] + 10, source["y"] + 10
    touch("touchStart", x, y)
    for part in range(1, 9):
        touch("touchMove", x + (target["x"] + 80 - x) * part / 8, y + 20 * part / 8)
    touch("touchEnd", 0, 0)
    expect(page.locator("#board-dialog textarea")).to_have_value("Bắt đầu thực hiện.")
    page.context.close()


def test_card_is_moved_without_javascript(own_site: RunningSite, browser: Browser) -> None:
    page = board_of(browser, own_site, "canbo", java_script_enabled=False)
    expect(page.locator("#board-help")).to_be_hidden()
    card = page.locator(".pg-column-WAITING .pg-board-card:has(details)").first
    key = card.get_attribute("id")
    card.locator("summary").click()
    card.get_by_label("Chuyển tới", exact=True).select_option("IN_PROGRESS")
    card.get_by_role("button", name="Chuyển").click()
    words = page.get_by_label("Tiến độ, bằng một câu")
    expect(words).to_have_value("Bắt đầu thực hiện.")
    words.fill("Đã họp tổ công tác.")
    page.get_by_role("button", name="Đang thực hiện").click()
    expect(page.locator(".messages")).to_contain_text("sang cột “Đang thực hiện”")
    expect(page.locator(f".pg-column-IN_PROGRESS #{key}")).to_be_visible()
    page.context.close()


# The private address


@pytest.mark.parametrize("javascript", [True, False])
def test_private_address_is_made_read_and_revoked(
    own_site: RunningSite, browser: Browser, javascript: bool
) -> None:
    page = opened(browser, own_site, "canbo", java_script_enabled=javascript)
    page.goto(f"{own_site.url}{PROGRAMME}/lich/dang-ky/")
    page.get_by_role("button", name="Tạo địa chỉ riêng").click()
    address = page.locator("#feed-address").input_value()
    if javascript:
        # axe-core runs in the page, so it needs what this test takes away the other time.
        assert accessibility_violations(page) == []
    with urllib.request.urlopen(address, timeout=10) as answer:
        lines = answer.read().decode().split("\r\n")
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    # Four parts of the unit's own tasks, three more months of the monthly one, and two steps.
    assert lines.count("BEGIN:VEVENT") == len([line for line in lines if line.startswith("UID:")]) > 5
    if javascript:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Sao chép").click()
        expect(page.locator("#copied")).to_have_text("Đã chép")
        assert page.evaluate("navigator.clipboard.readText()") == address
    page.get_by_role("button", name="Thu hồi địa chỉ").click()
    expect(page.locator(".messages")).to_contain_text("Đã thu hồi địa chỉ")
    with pytest.raises(urllib.error.HTTPError) as gone:
        urllib.request.urlopen(address, timeout=10)
    assert gone.value.code == 404
    gone.value.close()
    page.context.close()
