"""Gathering in a real browser: a cycle is opened, its units are reminded in one click, a report is returned."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.browser.site import ROOT, RunningSite, _environment, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CYCLES = "/quan-tri/bao-cao/ky/"
# The demonstration's rule gathers for the quarter; one division sends, the others owe.
SCENE = """
import django; django.setup()
from datetime import datetime
from decimal import Decimal
from django.utils.timezone import make_aware
from khuevan.core import clock
from khuevan.people.models import User
from khuevan.people.queries import system_person
from khuevan.reports.actions import UnitWords, open_period, save_unit_report, send_unit_report
from khuevan.reports.actions.filling import FigureEntry
from khuevan.reports.models import Indicator, Question, ReportingRule, UnitReport
rule = ReportingRule.objects.get(state="IN_FORCE", frequency="QUARTER")
with clock.stopped_at(make_aware(datetime(2025, 6, 16, 9))):
    cycle = open_period(by=system_person(), rule=rule, year=2025, number=2)
    report = UnitReport.objects.select_related("cycle__rule", "unit").get(
        cycle=cycle, unit__name="Phòng Truyền thông số"
    )
    officer = User.objects.get(username="canbo")
    entered = Indicator.objects.filter(section__rule=rule, source="ENTERED")
    report = save_unit_report(
        by=officer, report=report, seen_version=report.version,
        figures={one.pk: FigureEntry(Decimal(3)) for one in entered},
        words=UnitWords(answers={one.pk: "Có." for one in Question.objects.filter(section__rule=rule)}),
    )
    send_unit_report(by=officer, report=report, seen_version=report.version)
from datetime import date
clock.keep_day(date(2025, 6, 17))
print(cycle.pk)
"""


def cycle_of(site: RunningSite) -> int:
    """The key of a cycle in which one division has sent."""
    done = subprocess.run(
        [sys.executable, "-c", SCENE],
        cwd=ROOT,
        env=_environment(site.data_dir),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Presses the first button of this name, and waits for the page that comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def clean(page: Page) -> None:
    """Asserts that axe-core finds nothing on the page."""
    page.wait_for_load_state("load")
    assert accessibility_violations(page, within=".content-wrapper") == []


def states(page: Page) -> dict[str, str]:
    """Each unit with its state."""
    return {
        row.locator("th").inner_text(): row.locator(".vb-tag").inner_text()
        for row in page.locator(".gt-units tbody tr").all()
    }


@pytest.mark.parametrize("javascript", [True, False])
def test_units_are_reminded_in_one_click_and_a_report_is_returned(
    fresh_site: RunningSite, browser: Browser, javascript: bool
) -> None:
    address = f"{fresh_site.url}{CYCLES}{cycle_of(fresh_site)}/"
    context = browser.new_context(java_script_enabled=javascript, locale="en-GB")
    page = context.new_page()
    sign_in(page, fresh_site, "kehoach")
    page.goto(f"{fresh_site.url}{CYCLES}")
    with page.expect_navigation():
        page.get_by_role("link", name="quý II năm 2025").first.click()
    assert page.url == address
    assert states(page)["Phòng Truyền thông số"] == "Đã gửi"

    if javascript:
        clean(page)
        # The box above ticks all that can be reminded, and the button counts them.
        page.get_by_label("Chọn tất cả đơn vị chưa gửi").check()
        ticked = page.locator("input[name=units]:checked").count()
        assert (ticked > 0, page.locator("[data-count]").inner_text()) == (True, f"({ticked})")
        clean(page)
    everybody = re.compile(r"Nhắc \d+ đơn vị chưa gửi")
    press(page, everybody)
    assert "Đã gửi thư nhắc cho" in page.locator(".messages").inner_text()
    press(page, everybody)
    assert "đã được nhắc trong hôm nay nên không nhắc lại." in page.locator(".messages").inner_text()

    with page.expect_navigation():
        page.get_by_role("link", name="Trả lại Phòng Truyền thông số").click()
    if javascript:
        clean(page)
    press(page, "Trả lại")
    assert page.locator(".errorlist").inner_text() == "Hãy ghi nội dung đơn vị cần chỉnh sửa."
    page.get_by_label("Nội dung đơn vị cần chỉnh sửa").fill("Đếm lại số tin, bài.")
    press(page, "Trả lại")
    assert "Đã trả lại báo cáo của Phòng Truyền thông số" in page.locator(".messages").inner_text()
    assert states(page)["Phòng Truyền thông số"] == "Bị trả lại"
    context.close()


def test_every_page_of_a_cycle_is_accessible_and_fits_a_telephone(
    fresh_site: RunningSite, browser: Browser
) -> None:
    key = cycle_of(fresh_site)
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    sign_in(page, fresh_site, "kehoach")
    for path in ("", f"{key}/", f"{key}/so-lieu/", f"{key}/bang/", f"{key}/dong/", f"{key}/mo-lai/", "mo/"):
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(f"{fresh_site.url}{CYCLES}{path}")
            if width == 390 or path == f"{key}/":
                clean(page)
            # Nothing stands outside the page, but in boxes that scroll by themselves.
            outside = page.evaluate(
                """() => [...document.querySelectorAll(".vb *")].filter((element) =>
                    element.getBoundingClientRect().right > innerWidth + 1
                    && !element.closest(".gt-matrix-box, .w-sr-only, thead")
                ).map((element) => element.outerHTML.slice(0, 80))"""
            )
            assert outside == [], (path, width)
    context.close()
