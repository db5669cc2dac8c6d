"""A unit reports, its report is returned and accepted: in a real browser, with and without JavaScript."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.site import RunningSite, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
PROGRAMME = "/quan-tri/chuong-trinh"
PNG = {"name": "ảnh lễ khai mạc.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n123"}
PROGRAM = {"name": "chay.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
TURN = "Chờ Trưởng phòng Trần Văn Trưởng (Phòng Thông tin – Báo chí – Xuất bản) nghiệm thu."

# The digital division supports a task of the press division: its head judges, she of the demonstration who plans
# works in the press division herself.
ASSIGN = """
from khuevan.people.models import Unit, User
from khuevan.programme.actions import assign_unit
from khuevan.programme.models import Assignment, Task
press = Unit.objects.get(name="Phòng Thông tin – Báo chí – Xuất bản")
digital = Unit.objects.get(name="Phòng Truyền thông số")
led = Assignment.objects.filter(unit=press, role="LEAD").order_by("task__order")
task = Task.objects.get(pk=led[0].task_id)
by = User.objects.get(username="kehoach")
print(assign_unit(by=by, task=task, unit=digital, role="SUPPORT").instalments.order_by("due_date")[0].pk)
"""


def owed_by_the_digital_division(site: RunningSite) -> str:
    """The address of an instalment that the digital division owes in support of the press division."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", ASSIGN],
        cwd=ROOT,
        env=kept
        | {
            "DJANGO_SETTINGS_MODULE": "khuevan.settings.development",
            "KHUEVAN_DATA_DIR": str(site.data_dir),
            "PYTHONUTF8": "1",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return f"{site.url}{PROGRAMME}/ky-han/{done.stdout.strip().splitlines()[-1]}/"


def opened(
    browser: Browser, site: RunningSite, who: str, *, javascript: bool = True, dark: bool = False
) -> Page:
    """A browser of its own in which the person has signed in."""
    context = browser.new_context(
        java_script_enabled=javascript, locale="vi-VN", color_scheme="dark" if dark else "light",
        viewport={"width": 1440, "height": 900},
    )  # fmt: skip
    page = context.new_page()
    sign_in(page, site, who)
    return page


def said(page: Page) -> str:
    """What the message above the page says."""
    return page.locator(".messages").inner_text()


@pytest.mark.parametrize("javascript", [True, False])
def test_report_is_sent_returned_sent_again_and_accepted(
    fresh_site: RunningSite, browser: Browser, javascript: bool
) -> None:
    url = owed_by_the_digital_division(fresh_site)
    officer = opened(browser, fresh_site, "canbo", javascript=javascript)
    head = opened(browser, fresh_site, "truongphong", javascript=javascript)

    officer.goto(url)
    officer.get_by_label("Hoàn thành", exact=True).check()
    officer.get_by_label("Kết quả đã thực hiện").fill("Đã dựng xong bộ đồ họa.")
    officer.get_by_label("Tệp đính kèm").set_input_files([PNG])
    officer.get_by_role("button", name="Gửi", exact=True).click()
    expect(officer.locator(".rp-turn")).to_have_text(TURN)
    assert TURN in said(officer)
    assert officer.get_by_role("button", name="Gửi", exact=True).count() == 0

    head.goto(f"{fresh_site.url}{PROGRAMME}/cho-nghiem-thu/")
    head.locator(".rp-list tbody th a").click()
    with head.expect_download() as download:
        head.get_by_role("link", name="ảnh lễ khai mạc.png").click()
    assert download.value.suggested_filename == "ảnh lễ khai mạc.png"
    head.get_by_label("Lý do trả lại, nội dung còn thiếu").fill("Thiếu địa chỉ đăng tải.")
    head.get_by_role("button", name="Trả lại").click()
    head.wait_for_url("**/cho-nghiem-thu/")
    assert "Đã trả lại báo cáo của Phòng Truyền thông số kèm lý do." in said(head)

    officer.goto(url)
    expect(officer.locator(".rp-form-block .rp-verdict")).to_contain_text("Thiếu địa chỉ đăng tải.")
    expect(officer.get_by_label("Kết quả đã thực hiện")).to_have_value("Đã dựng xong bộ đồ họa.")
    officer.get_by_label("Địa chỉ trang tin").fill("sovhtt.hanoi.gov.vn/do-hoa")
    officer.get_by_role("button", name="Gửi", exact=True).click()
    expect(officer.locator(".rp-card").first).to_contain_text("https://sovhtt.hanoi.gov.vn/do-hoa")

    head.goto(f"{fresh_site.url}{PROGRAMME}/cho-nghiem-thu/")
    head.get_by_role("link", name=re.compile("^Nghiệm thu")).click()
    head.get_by_label("Lời nhắn kèm theo").fill("Tốt.")
    head.get_by_role("button", name="Nghiệm thu").click()
    head.wait_for_url("**/cho-nghiem-thu/")
    expect(head.get_by_text("Không có báo cáo nào chờ bạn")).to_be_visible()

    officer.goto(url)
    expect(officer.locator(".rp-turn")).to_contain_text("Trần Văn Trưởng nghiệm thu ngày")
    expect(officer.locator(".rp-card").first).to_contain_text("Tốt.")
    officer.context.close()
    head.context.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_nothing_is_lost_where_something_is_wrong(
    fresh_site: RunningSite, browser: Browser, javascript: bool
) -> None:
    url = owed_by_the_digital_division(fresh_site)
    page = opened(browser, fresh_site, "canbo", javascript=javascript)
    page.goto(url)
    page.get_by_label("Mức độ hoàn thành (%)").fill("150")
    page.get_by_label("Kết quả đã thực hiện").fill("Đang dựng.")
    page.get_by_label("Tệp đính kèm").set_input_files([PNG, PROGRAM])
    page.get_by_label("Địa chỉ trang tin").fill("không phải địa chỉ")
    page.locator(".rp-more > summary").first.click()
    page.get_by_label("Đề nghị giải quyết").fill("Cấp kinh phí.")
    page.get_by_role("button", name="Gửi", exact=True).click()
    problems = page.locator(".rp-problems a")
    expect(problems).to_have_count(4)
    expect(page.locator(".rp-evidence")).to_contain_text("ảnh lễ khai mạc.png")
    expect(page.get_by_label("Kết quả đã thực hiện")).to_have_value("Đang dựng.")
    expect(page.get_by_label("Đề nghị giải quyết")).to_have_value("Cấp kinh phí.")
    expect(page.locator("[name=web_url]").first).to_have_value("không phải địa chỉ")
    if javascript:
        expect(page.locator(".rp-problems")).to_be_focused()
        problems.first.click()
        expect(page.get_by_label("Mức độ hoàn thành (%)")).to_be_focused()
    page.get_by_label("Mức độ hoàn thành (%)").fill("50")
    page.locator("[name=web_url]").first.fill("https://hanoi.gov.vn/tin")
    page.get_by_label("Khó khăn, vướng mắc gặp phải").fill("Thiếu kinh phí.")
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.locator(".rp-card")).to_contain_text("Báo cáo tiến độ: 50%")
    expect(page.locator(".rp-card .rp-evidence li")).to_have_count(2)
    page.context.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_record_is_found_and_evidence_taken_out(
    fresh_site: RunningSite, browser: Browser, javascript: bool
) -> None:
    url = owed_by_the_digital_division(fresh_site)
    page = opened(browser, fresh_site, "canbo", javascript=javascript)
    page.goto(url)
    page.get_by_label("Kết quả đã thực hiện").fill("Đang dựng.")
    page.get_by_label("Bản ghi trong phần mềm này").fill("thong tin doi ngoai")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("checkbox", name="Kế hoạch Tổ chức triển khai").check()
    page.get_by_role("button", name="Lưu nháp").last.click()
    expect(page.locator(".rp-evidence li")).to_have_count(1)
    page.get_by_role("button", name=re.compile("^Bỏ")).click()
    expect(page.locator(".rp-evidence")).to_have_count(0)
    expect(page.get_by_label("Kết quả đã thực hiện")).to_have_value("Đang dựng.")
    page.get_by_role("link", name="Bỏ bản nháp").click()
    page.get_by_role("button", name="Bỏ bản nháp").click()
    expect(page.get_by_label("Kết quả đã thực hiện")).to_have_value("")
    page.context.close()


def test_what_was_typed_and_not_sent_is_asked_about(fresh_site: RunningSite, browser: Browser) -> None:
    url = owed_by_the_digital_division(fresh_site)
    page = opened(browser, fresh_site, "canbo")
    page.goto(url)
    page.get_by_role("button", name="Thêm địa chỉ khác").click()
    expect(page.locator("[name=web_url]")).to_have_count(2)
    expect(page.locator("[name=web_url]").nth(1)).to_be_focused()
    page.get_by_label("Kết quả đã thực hiện").press_sequentially("Đang dựng.")
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", stay)
    page.evaluate("document.querySelector('.pg-title a').click()")
    page.wait_for_timeout(500)
    assert (asked, page.url) == (["beforeunload"], url)
    page.get_by_role("button", name="Lưu nháp").last.click()
    expect(page.locator(".messages")).to_contain_text("Đã lưu bản nháp.")
    assert asked == ["beforeunload"]
    page.context.close()


def pages_of_a_scene(site: RunningSite, browser: Browser) -> dict[str, tuple[str, str]]:
    """Each kind of page with the account that sees it: a draft with a difficulty, a report that waits."""
    url = owed_by_the_digital_division(site)
    officer = opened(browser, site, "canbo")
    officer.goto(url)
    officer.get_by_label("Kết quả đã thực hiện").fill("Đang dựng.")
    officer.locator(".rp-more > summary").first.click()
    officer.get_by_label("Khó khăn, vướng mắc gặp phải").fill("Thiếu kinh phí.")
    officer.get_by_role("button", name="Gửi", exact=True).click()
    officer.locator(".rp-card").wait_for()
    officer.get_by_label("Hoàn thành", exact=True).check()
    officer.get_by_label("Kết quả đã thực hiện").fill("Đã dựng xong.")
    officer.get_by_label("Tệp đính kèm").set_input_files([PNG])
    officer.get_by_role("button", name="Gửi", exact=True).click()
    officer.locator(".rp-card-waits").wait_for()
    # The division's own task: a draft that is being written.
    lead = f"{site.url}{PROGRAMME}/ky-han/5/"
    officer.goto(lead)
    officer.get_by_label("Kết quả đã thực hiện").fill("Nháp.")
    officer.get_by_label("Tệp đính kèm").set_input_files([PNG])
    officer.get_by_role("button", name="Lưu nháp").last.click()
    officer.locator(".rp-evidence").wait_for()
    officer.context.close()
    head = opened(browser, site, "truongphong")
    head.goto(f"{site.url}{PROGRAMME}/cho-nghiem-thu/")
    accept, give_back = (
        f"{site.url}{link.get_attribute('href')}" for link in head.locator(".rp-deeds a").all()
    )
    head.goto(f"{site.url}{PROGRAMME}/kho-khan/")
    answer = f"{site.url}{head.get_by_role('link', name=re.compile('^Trả lời')).get_attribute('href')}"
    head.context.close()
    return {
        "form": ("canbo", lead),
        "discard": ("canbo", f"{lead}bo-ban-nhap/"),
        "waits": ("canbo", url),
        "judge": ("truongphong", url),
        "accept": ("truongphong", accept),
        "return": ("truongphong", give_back),
        "answer": ("truongphong", answer),
        "waive": ("truongphong", f"{url}khong-yeu-cau/"),
        "to judge": ("truongphong", f"{site.url}{PROGRAMME}/cho-nghiem-thu/"),
        "difficulties": ("truongphong", f"{site.url}{PROGRAMME}/kho-khan/"),
        "nothing waits": ("phogiamdoc", f"{site.url}{PROGRAMME}/cho-nghiem-thu/"),
        "no difficulty": ("truongphong", f"{site.url}{PROGRAMME}/kho-khan/?state=answered"),
    }


OUTSIDE = """[...document.querySelectorAll('.pg *')].filter(
  (part) => part.getClientRects().length && part.getBoundingClientRect().right > innerWidth + 1
).length"""


def test_pages_are_accessible_and_fit_the_screen(fresh_site: RunningSite, browser: Browser) -> None:
    scene = pages_of_a_scene(fresh_site, browser)
    problems: dict[str, list[str]] = {}
    for dark, widths in ((False, (1440, 768, 390)), (True, (1440,))):
        seats: dict[str, Page] = {}
        for name, (who, url) in scene.items():
            page = seats.get(who) or seats.setdefault(who, opened(browser, fresh_site, who, dark=dark))
            for width in widths:
                page.set_viewport_size({"width": width, "height": 900})
                response = page.goto(url)
                assert response is not None
                assert response.status == 200, name
                found = accessibility_violations(page, within=".pg" if dark else None)
                if page.evaluate(OUTSIDE):
                    found.append("wider than the screen")
                if found:
                    problems[f"{name} {width}{' dark' if dark else ''}"] = found
        for page in seats.values():
            page.context.close()
    assert problems == {}
