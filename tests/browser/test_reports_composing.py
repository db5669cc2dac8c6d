"""A report as those who compose it see it: composed, edited, its figures opened, frozen as a draft, corrected."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.browser.site import RunningSite, _run, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REPORTS = "/quan-tri/bao-cao/tong-hop/"
DIVISION = "Phòng Thông tin – Báo chí – Xuất bản"
WROTE = "Phối hợp với 9 đoàn phóng viên nước ngoài đưa tin về Hà Nội."
FIRST = "Báo cáo công tác thông tin đối ngoại quý II năm 2025"

# The second quarter of 2025, for which the press division sends what it did, each deed on its day.
SENT = f"""
import django
django.setup()
from datetime import datetime
from decimal import Decimal
from django.utils import timezone
from khuevan.core import clock
from khuevan.people.models import User
from khuevan.people.queries import system_person
from khuevan.reports.actions import UnitWords, open_period, save_unit_report, send_unit_report
from khuevan.reports.actions.filling import FigureEntry
from khuevan.reports.models import Indicator, Question, ReportingRule, UnitReport

rule = ReportingRule.objects.get(code="bc-quy-ttdn")
with clock.stopped_at(timezone.make_aware(datetime(2025, 6, 5, 9))):
    cycle = open_period(by=system_person(), rule=rule, year=2025, number=2)
with clock.stopped_at(timezone.make_aware(datetime(2025, 6, 16, 9))):
    head = User.objects.get(username="truongphong")
    report = UnitReport.objects.select_related("cycle__rule", "unit").get(cycle=cycle, unit__name="{DIVISION}")
    figures = {{
        one.pk: FigureEntry(Decimal(5))
        for one in Indicator.objects.filter(section__rule=rule, source="ENTERED")
    }}
    words = UnitWords(
        answers={{one.pk: "{WROTE}" for one in Question.objects.filter(section__rule=rule)}},
        difficulties=[("Thiếu người biên dịch.", "hỗ trợ kinh phí")],
        proposals="Mở lớp tiếng Pháp.",
    )
    report = save_unit_report(by=head, report=report, seen_version=0, figures=figures, words=words)
    send_unit_report(by=head, report=report, seen_version=report.version)
"""


@pytest.fixture
def sent_site(fresh_site: RunningSite) -> RunningSite:
    """The demonstration, in which one division has sent its quarter."""
    _run(fresh_site.data_dir, "-c", SENT)
    return fresh_site


def as_planner(browser: Browser, site: RunningSite, *, scripts: bool) -> Page:
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    sign_in(page, site, "kehoach")
    return page


def main_of(page: Page) -> str:
    """What is seen, in one line."""
    return " ".join(page.locator(".vb").inner_text().split())


def clean(page: Page) -> None:
    """Asserts that axe-core finds nothing on the page that has been asked for."""
    page.wait_for_load_state("load")
    assert accessibility_violations(page, within=".content-wrapper") == []


def draft_of_the_report(site: RunningSite) -> str:
    """The text of the draft that was made, as it is stored."""
    with sqlite3.connect(site.data_dir / "khuevan.sqlite3") as connection:
        [(content,)] = connection.execute(
            "select content from documents_draft where id in (select draft_id from reports_composedreport)"
        )
    return json.dumps(json.loads(content), ensure_ascii=False)


def test_report_is_composed_edited_opened_frozen_and_corrected_without_javascript(
    browser: Browser, sent_site: RunningSite
) -> None:
    page = as_planner(browser, sent_site, scripts=False)
    page.goto(f"{sent_site.url}{REPORTS}")
    page.get_by_role("button", name=re.compile("^Tổng hợp báo cáo")).click()
    assert "Đã tổng hợp báo cáo từ số liệu các đơn vị gửi" in page.locator(".messages").inner_text()

    # A unit's words, edited down where they stand; what the unit wrote stays one click away.
    first = page.locator(".rc-passage").first
    first.get_by_role("link", name="Sửa").click()
    page.get_by_label("Nội dung trong báo cáo").fill("Hỗ trợ 9 đoàn phóng viên nước ngoài.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    first = page.locator(".rc-passage").first
    assert "Hỗ trợ 9 đoàn phóng viên nước ngoài." in first.inner_text()
    first.locator("summary").click()
    assert WROTE in first.inner_text()
    # The difficulty is left out.
    difficulty = page.locator(".rc-passage", has_text="Thiếu người biên dịch.")
    difficulty.get_by_role("button", name=re.compile("^Bỏ ra khỏi báo cáo")).click()
    assert "1 ý kiến không đưa vào báo cáo" in main_of(page)
    page.get_by_role("link", name="Viết lời văn chung").click()
    page.get_by_label("Đánh giá chung").fill("Tiến độ bảo đảm.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert "Tiến độ bảo đảm." in main_of(page)

    # A figure leads to the work that it counts.
    page.get_by_role("link", name=re.compile(r"^\d+ nhiệm vụ$")).first.click()
    count = int(page.locator(".rc-value strong").inner_text())
    assert count > 0
    assert page.locator(".rc-records li").count() == count
    page.locator(".rc-records a").first.click()
    assert "/quan-tri/chuong-trinh/" in page.url

    page.goto(f"{sent_site.url}{REPORTS}")
    page.get_by_role("link", name=FIRST).first.click()
    page.get_by_role("link", name="Chốt và soạn dự thảo văn bản").click()
    page.get_by_role("button", name="Chốt và tạo dự thảo").click()
    assert "Đã chốt" in main_of(page)
    assert "Hỗ trợ 9 đoàn phóng viên nước ngoài." in draft_of_the_report(sent_site)
    # Nobody was sent it yet: it is replaced, not corrected.
    page.get_by_role("link", name="Thay báo cáo").click()
    page.get_by_label("Vì sao thay").fill("Đơn vị đếm lại.")
    page.get_by_role("button", name="Lập bản mới").click()
    assert "Thay bản 1 chưa ban hành: Đơn vị đếm lại." in main_of(page)
    page.get_by_role("link", name="Xem điểm khác", exact=True).click()
    assert "Mọi số liệu đều giống nhau ở cả hai bản." in main_of(page)


def test_pages_of_a_report_are_accessible_and_its_files_come(
    browser: Browser, sent_site: RunningSite
) -> None:
    page = as_planner(browser, sent_site, scripts=True)
    page.goto(f"{sent_site.url}{REPORTS}")
    clean(page)
    page.get_by_role("button", name=re.compile("^Tổng hợp báo cáo")).click()
    page.wait_for_url(re.compile(r"/tong-hop/\d+/$"))
    clean(page)
    report = page.url
    for width in (390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator(".rc-passage").first.get_by_role("link", name="Sửa").click()
    page.wait_for_url("**/?sua=*")
    clean(page)
    for address in (
        "so-lieu/den_han/",
        "so-lieu/tong_tin/",
        "loi-chung/",
        "tom-tat-tieng-anh/",
        "chot/",
        "bo/",
    ):
        page.goto(f"{report}{address}")
        clean(page)
    page.goto(report)
    names = []
    for name in ("Tất cả các bảng (XLSX)", "Ý kiến của đơn vị (CSV)", "Tải về (PDF, một trang)"):
        with page.expect_download() as taken:
            page.get_by_role("link", name=name).click()
        names.append(taken.value.suggested_filename)
    stem = "bc-quy-ttdn-2025-2-ban-1"
    assert names == [f"{stem}.xlsx", f"{stem}-loi-van.csv", f"{stem}-en.pdf"]
