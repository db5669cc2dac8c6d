"""Work is ordered in a real browser, with and without JavaScript: assigned, dated, handed over, split into steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.site import RunningSite, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROGRAMME = "/quan-tri/chuong-trinh"
PRESS = "Phòng Thông tin – Báo chí – Xuất bản (TTBCXB)"
DIGITAL = "Phòng Truyền thông số (TTS)"
OFFICE = "Văn phòng Sở (VPS)"
LEGAL = "Phòng Tổ chức – Pháp chế (TCPC)"


def choose_unit(page: Page, label: str, name: str, *, typed: str = "") -> None:
    """Chooses a unit of the list; with JavaScript by a few letters without accents."""
    if typed:
        page.get_by_role("searchbox", name="Lọc danh sách").fill(typed)
        assert page.get_by_label(label, exact=True).locator("option:checked").inner_text() == name
    else:
        page.get_by_label(label, exact=True).select_option(label=name)


def press(page: Page, name: str) -> None:
    """Presses the button and waits for the page that comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def facts(page: Page) -> list[str]:
    """The units of the task's page, each with its role and first instalment."""
    found = []
    for part in page.locator(".od-parts > li").all():
        lines = [line.strip() for line in part.inner_text().splitlines() if line.strip()]
        due = part.locator(".od-now a").first.inner_text()
        found.append(f"{lines[0]}: {lines[1]}, {due}")
    return found


@pytest.mark.parametrize("javascript", [True, False])
def test_work_is_assigned_dated_handed_over_and_split(
    fresh_site: RunningSite, browser: Browser, javascript: bool
) -> None:
    (fresh_site.data_dir / "kept-day").write_text("2025-04-01", encoding="ascii")
    context = browser.new_context(java_script_enabled=javascript, locale="en-GB")
    page = context.new_page()
    sign_in(page, fresh_site, "kehoach")

    # A task without a lead gets one, and two units that support it.
    task = f"{fresh_site.url}{PROGRAMME}/nhiem-vu/1/"
    page.goto(task)
    page.get_by_role("link", name="Giao đơn vị chủ trì").click()
    choose_unit(page, "Đơn vị", DIGITAL, typed="truyen thong so" if javascript else "")
    page.get_by_label("Chủ trì").check()
    press(page, "Phân công")
    for name in (OFFICE, LEGAL):
        page.get_by_role("link", name="Phân công đơn vị").click()
        choose_unit(page, "Đơn vị", name)
        press(page, "Phân công")
    assert facts(page) == [
        "Chủ trì: Phòng Truyền thông số, Chưa có thời hạn",
        "Phối hợp: Văn phòng Sở, Chưa có thời hạn",
        "Phối hợp: Phòng Tổ chức – Pháp chế, Chưa có thời hạn",
    ]

    # Due each quarter on day 15 of its last month; the days are seen before it is set.
    page.get_by_role("link", name="Đặt thời hạn").click()
    page.get_by_label("Hằng tháng, hằng quý, 6 tháng hoặc hằng năm").check()
    page.locator("[name=period]").select_option("QUARTER")
    page.locator("[name=month]").select_option("3")
    page.locator("[name=month_day]").select_option("15")
    if not javascript:
        press(page, "Xem trước")
    days = page.locator(".od-days li")
    days.nth(5).wait_for()
    assert [line.locator("strong").inner_text() for line in days.all()][:3] == [
        "Thứ Sáu, 13/06/2025", "Thứ Hai, 15/09/2025", "Thứ Hai, 15/12/2025",
    ]  # fmt: skip
    press(page, "Đặt thời hạn")
    assert [fact.rpartition(", ")[2] for fact in facts(page)] == ["13/06/2025"] * 3

    # The lead goes to another unit, with a reason.
    page.locator(".pg-answer-lead summary").first.click()
    page.get_by_role("link", name="Chuyển cho đơn vị khác").first.click()
    choose_unit(page, "Đơn vị nhận việc", PRESS)
    press(page, "Chuyển việc")
    assert "Hãy nêu lý do." in page.locator(".od-form").inner_text()
    page.get_by_label("Lý do").fill("Phòng Truyền thông số đang quá tải.")
    press(page, "Chuyển việc")
    assert facts(page)[0] == "Chủ trì: Phòng Thông tin – Báo chí – Xuất bản, 13/06/2025"
    page.locator(".od-ended summary").click()
    assert "“Phòng Truyền thông số đang quá tải.”" in page.locator(".od-ended").inner_text()
    assert (
        "thôi chủ trì: “Phòng Truyền thông số đang quá tải”."
        in page.locator(".pg-history").first.inner_text()
    )
    context.clear_cookies()

    # The head of the lead splits the task into three steps, one after the other.
    sign_in(page, fresh_site, "truongphong")
    page.goto(task)
    assert page.get_by_role("link", name="Phân công đơn vị").count() == 0
    page.get_by_role("link", name="Thêm bước thực hiện").click()
    for number, (title, unit) in enumerate(
        (
            ("Dự thảo đề án", "Phòng Thông tin – Báo chí – Xuất bản"),
            ("Lấy ý kiến", "Văn phòng Sở"),
            ("Trình ký", "Phòng Thông tin – Báo chí – Xuất bản"),
        ),
        1,
    ):
        page.get_by_label("Nội dung bước").fill(title)
        page.get_by_label("Đơn vị", exact=True).select_option(label=unit)
        last = number == 3
        press(page, "Thêm bước" if last else "Thêm và nhập bước nữa")
    steps = page.locator(".od-steps > li")
    assert [step.locator(".od-step-title").inner_text() for step in steps.all()] == [
        "Dự thảo đề án", "Lấy ý kiến", "Trình ký",
    ]  # fmt: skip
    # The second waits for the first: there is no button to start it.
    assert "Chờ “Dự thảo đề án”" in steps.nth(1).inner_text()
    assert [step.get_by_role("button").count() for step in steps.all()] == [1, 0, 0]
    with page.expect_navigation():
        steps.nth(0).get_by_role("button", name="Bắt đầu").click()
    assert [step.get_by_role("button").count() for step in steps.all()] == [2, 0, 0]
    with page.expect_navigation():
        steps.nth(0).get_by_role("button", name="Hoàn thành").click()
    assert "xong ngày 01/04/2025" in steps.nth(0).inner_text()
    assert steps.nth(1).get_by_role("button", name="Bắt đầu").count() == 1
    assert "1/3 đã xong" in page.locator("#steps-heading").inner_text()
    context.close()


def test_many_tasks_are_assigned_by_plain_clicks(fresh_site: RunningSite, page: Page) -> None:
    sign_in(page, fresh_site, "kehoach")
    page.goto(f"{fresh_site.url}{PROGRAMME}/ke-hoach/1/phan-cong/")
    rows = page.locator(".od-many-table tbody tr")
    before = rows.count()
    rows.nth(0).locator("select[name^=lead-]").select_option(label=PRESS)
    rows.nth(0).locator("summary", has_text="Chọn").click()
    # Without the Ctrl key: one click chooses, the next one adds.
    for name in (DIGITAL, OFFICE):
        rows.nth(0).locator("select[name^=supports-] option", has_text=name).click()
    assert rows.nth(0).locator(".od-chosen").inner_text() == f"{DIGITAL}; {OFFICE}"
    rows.nth(1).locator("select[name^=lead-]").select_option(label=OFFICE)
    press(page, "Phân công tất cả")
    page.get_by_text("Đã phân công 2 nhiệm vụ.").wait_for()
    assert page.locator(".od-many-table tbody tr").count() == before - 2


def addresses(page: Page, site: RunningSite) -> dict[str, str]:
    """Each page at which work is ordered, for a task with units, steps and an order."""
    base = f"{site.url}{PROGRAMME}"
    page.goto(f"{base}/nhiem-vu/15/buoc/")
    page.get_by_label("Nội dung bước").fill("Biên soạn tài liệu tập huấn")
    page.get_by_label("Đơn vị", exact=True).select_option(index=1)
    press(page, "Thêm bước")
    page.goto(f"{base}/nhiem-vu/15/phan-cong/")
    page.get_by_label("Đơn vị", exact=True).select_option(label="Các phòng, đơn vị thuộc Sở")
    press(page, "Phân công")
    page.goto(f"{base}/nhiem-vu/15/thu-tu/")
    page.locator("input[name=before]").first.check()
    press(page, "Chờ nhiệm vụ này")
    parts = [link.get_attribute("href") for link in page.locator(".od-menu a").all()]
    step = page.locator(".od-steps a").first.get_attribute("href")
    release = f"{base}/nhiem-vu/15/thu-tu/"
    page.goto(release)
    found = {
        "task": f"{base}/nhiem-vu/15/",
        "task without a lead": f"{base}/nhiem-vu/1/",
        "assign": f"{base}/nhiem-vu/1/phan-cong/",
        "deadline": f"{base}/nhiem-vu/15/thoi-han/",
        "order": f"{base}/nhiem-vu/15/thu-tu/",
        "release": f"{site.url}{page.locator('.od-split-row .od-quiet-link').first.get_attribute('href')}",
        "add step": f"{base}/nhiem-vu/15/buoc/",
        "edit step": f"{site.url}{step}",
        "move step": f"{site.url}{step}chuyen/",
        "remove step": f"{site.url}{step}bo/",
        "many": f"{base}/ke-hoach/1/phan-cong/",
    }
    for ending in ("/chuyen/", "/thoi-han/", "/tach/", "/thoi/"):
        found[ending] = f"{site.url}{next(part for part in parts if part and part.endswith(ending))}"
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_accessibility_violations_and_fit_the_screen(
    fresh_site: RunningSite, browser: Browser, scheme: str
) -> None:
    context = browser.new_context(locale="vi-VN", color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in(page, fresh_site, "kehoach")
    found = addresses(page, fresh_site)
    problems: dict[str, list[str]] = {}
    for name, url in found.items():
        problems[name] = []
        for width in (1440, 768, 390) if scheme == "light" else (1440,):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(url)
            for details in page.locator("details").all():
                details.evaluate("details => { details.open = true; }")
            problems[name] += accessibility_violations(page, within=".pg")
            wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            problems[name] += [f"wider than the screen at {width}"] if wide else []
    # What is wrong with a form is said so that everybody hears it.
    page.goto(found["/chuyen/"])
    press(page, "Chuyển việc")
    problems["with errors"] = accessibility_violations(page, within=".pg")
    context.close()
    assert problems == {name: [] for name in (*found, "with errors")}
