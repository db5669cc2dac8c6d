"""Background work in a real browser, beside the worker that `khuevan serve` brings."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import RunningSite, accessibility_violations, sign_in

INDEX = "/quan-tri/cong-viec-nen/"
PAGES = (INDEX, f"{INDEX}dinh-ky/clear_background_work/chay-ngay/")
JOB = "Dọn kết quả cũ của công việc nền"


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_background_work_are_accessible_and_fit_every_width(
    demo_site: RunningSite, page: Page, path: str
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    sign_in(page, demo_site, "quantri")
    for width in (1440, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(demo_site.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert accessibility_violations(page) == []
    assert complaints == []


def test_administrator_has_a_job_run_without_javascript_and_the_worker_does_it(
    fresh_site: RunningSite, browser: Browser
) -> None:
    page = browser.new_context(java_script_enabled=False, locale="vi-VN").new_page()
    sign_in(page, fresh_site, "quantri")
    page.goto(fresh_site.url + INDEX)
    job = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=JOB))
    expect(job).to_contain_text("Chưa chạy lần nào", ignore_case=True)
    job.get_by_role("link", name="Chạy ngay").click()
    page.get_by_role("button", name="Chạy ngay").click()
    expect(page.get_by_text(f"“{JOB}” sẽ chạy ngay khi có tiến trình nền rảnh.")).to_be_visible()
    for _ in range(100):
        if "chạy đúng lịch" in job.inner_text().casefold():
            break
        page.wait_for_timeout(200)
        page.goto(fresh_site.url + INDEX)
    expect(job).to_contain_text("hôm nay")
    expect(job).to_contain_text("mất ")
    expect(page.get_by_role("region", name="Can thiệp gần đây")).to_contain_text(f"Chạy ngay: {JOB}")
    page.context.close()
