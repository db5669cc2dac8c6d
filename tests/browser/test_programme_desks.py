"""The desks in a real browser: accessible at every width and in the dark, and whole without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.site import KEPT_DAY, RunningSite, _run, _serve, accessibility_violations, copy_site
from tests.factories.large_work_people import PEOPLES_PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

DESKS = "/quan-tri/chuong-trinh"
TODAY = "2025-11-14"
FILL = f"""
import datetime, django
django.setup()
from tests.factories.large_work import large_work
from tests.factories.people import UserFactory
large_work(UserFactory(username="nhap"), plans=2, tasks=48, units=16, replies=260,
           today=datetime.date.fromisoformat({TODAY!r}))
"""
PAGES = {
    "truong-0": (
        "/quan-tri/",
        f"{DESKS}/ban-lam-viec/",
        f"{DESKS}/ban-don-vi/",
        f"{DESKS}/ban-lam-viec/sap-toi/",
    ),
    "ke-hoach": (f"{DESKS}/ban-lam-viec/", f"{DESKS}/ban-lam-viec/chua-dat-han/"),
    "giam-doc": (
        f"{DESKS}/ban-lam-viec/",
        f"{DESKS}/ban-dieu-hanh/",
        f"{DESKS}/ban-dieu-hanh/?units=all",
        f"{DESKS}/ban-dieu-hanh/tat-ca/",
        f"{DESKS}/ban-dieu-hanh/den-han/",
        f"{DESKS}/ban-dieu-hanh/kho-khan/",
    ),
    "kiem-tra": (f"{DESKS}/ban-lam-viec/",),
}


@pytest.fixture(scope="module")
def year_site(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A department in the middle of November, after a year's work, for tests that only read."""
    data_dir = tmp_path_factory.mktemp("year")
    copy_site(demo_data, data_dir)
    _run(data_dir, "-c", FILL)
    (data_dir / KEPT_DAY).write_text(TODAY)
    yield from _serve(data_dir)


def signed_in(browser: Browser, site: RunningSite, username: str, **options: object) -> BrowserContext:
    """A browser in which the person has signed in."""
    context = browser.new_context(locale="en-GB", **options)
    page = context.new_page()
    page.goto(f"{site.url}/quan-tri/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PEOPLES_PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(f"{site.url}/quan-tri/")
    page.close()
    return context


def problems_of(page: Page, url: str) -> list[str]:
    """What is wrong with the page: accessibility, and what stands outside the screen."""
    page.goto(url)
    # The frame's own home page is not ours to judge.
    found = accessibility_violations(page, within=".pg")
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return found + (["wider than the screen"] if wide else [])


@pytest.mark.parametrize("username", PAGES)
def test_desks_are_accessible_and_fit_every_screen_in_light_and_dark(
    year_site: RunningSite, browser: Browser, username: str
) -> None:
    problems = {}
    for scheme in ("light", "dark"):
        context = signed_in(browser, year_site, username, color_scheme=scheme)
        page = context.new_page()
        for width in (1440, 768, 390):
            page.set_viewport_size({"width": width, "height": 900})
            for path in PAGES[username]:
                problems[scheme, width, path] = problems_of(page, f"{year_site.url}{path}")
        context.close()
    assert {where: found for where, found in problems.items() if found} == {}


def test_officer_goes_from_the_desk_to_the_report_without_javascript(
    year_site: RunningSite, browser: Browser
) -> None:
    context = signed_in(browser, year_site, "canbo-0", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{year_site.url}{DESKS}/ban-lam-viec/")
    blocks = page.locator(".dk-block > h2").all_inner_texts()
    assert [re.sub(r"\s*\d+$", "", text) for text in blocks] == ["Cần làm hôm nay", "Đang chờ bạn", "Quá hạn"]
    assert "Thứ Sáu, 14/11/2025" in page.locator(".dk-day").inner_text()
    reports = page.get_by_role("link", name=re.compile("^(Báo cáo|Viết tiếp)"))
    line = page.locator(".dk-row").filter(has=reports).first
    title = line.locator(".dk-title").inner_text()
    line.get_by_role("link").click()
    page.wait_for_url("**/ky-han/**")
    assert title.rstrip("…") in page.locator(".pg").inner_text()
    context.close()


def test_director_goes_from_the_lights_to_the_work_behind_them_without_javascript(
    year_site: RunningSite, browser: Browser
) -> None:
    context = signed_in(browser, year_site, "giam-doc", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{year_site.url}{DESKS}/ban-dieu-hanh/")
    page.get_by_label("Kế hoạch", exact=True).select_option(index=1)
    page.get_by_role("button", name="Hiển thị").click()
    page.wait_for_url("**/?plan=*")
    assert page.get_by_role("heading", name="Theo mục của kế hoạch").is_visible()
    words = page.locator(".dk-bar-whole title").text_content()
    assert words is not None
    numbers = page.locator(".dk-lights li strong").all_inner_texts()
    assert numbers == re.findall(r"\d+", words)
    page.get_by_text("Bảng số liệu", exact=False).first.click()
    # The table holds the bars' numbers: of each top heading, all its work.
    rows = page.locator(".dk-numbers").first.locator("tbody tr").filter(has=page.locator("th.dk-depth-0"))
    totals = [int(text) for text in rows.locator("td:last-child").all_inner_texts()]
    assert sum(totals) == sum(int(number) for number in numbers) == 48
    page.get_by_role("link", name=f"{numbers[0]} Quá hạn").click()
    page.wait_for_url("**/qua-han/?plan=*")
    assert page.locator(".pg-result").inner_text() == f"{numbers[0]} mục"
    assert set(page.locator(".dk-list .dk-light").all_inner_texts()) == {"Quá hạn"}
    context.close()
