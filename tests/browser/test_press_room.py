"""A reporter asks to come, an officer decides: without JavaScript, and nothing for axe-core to say."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.browser.site import RunningSite, accessibility_violations, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOMS = {"en": "/en/press-room/", "vi": "/vi/phong-bao-chi/", "fr": "/fr/espace-presse/"}


def card() -> bytes:
    """A photograph of a card."""
    stream = io.BytesIO()
    Image.new("RGB", (600, 380), "#d99a1c").save(stream, "JPEG")
    return stream.getvalue()


@pytest.mark.parametrize("code", sorted(ROOMS))
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_public_pages_of_the_press_room_have_nothing_for_axe(
    demo_site: RunningSite, browser: Browser, code: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(demo_site.url + ROOMS[code])
    paths = [
        link.get_attribute("href") or "" for link in page.locator(".press-date__title a, #kits h3 a").all()
    ]
    assert len(paths) == 3
    for path in (ROOMS[code], *paths):
        page.goto(demo_site.url + path)
        assert accessibility_violations(page) == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
    page.goto(demo_site.url + paths[0])
    page.click(".press-act:not(.press-act--quiet)")
    assert accessibility_violations(page) == []
    page.click("button.press-act")
    assert page.locator(".press-field--wrong").count() == 5
    assert accessibility_violations(page) == []
    context.close()


def test_reporter_asks_without_javascript_and_an_officer_decides(
    fresh_site: RunningSite, browser: Browser, page: Page
) -> None:
    context = browser.new_context(java_script_enabled=False)
    reporter = context.new_page()
    reporter.goto(fresh_site.url + ROOMS["en"])
    assert context.cookies() == []
    reporter.click("text=An autumn of crafts: what the city shows")
    reporter.click("text=Ask for accreditation")
    for name, words in (
        ("name", "Toni Muster"),
        ("outlet", "Muster Weekly"),
        ("country", "Austria"),
        ("email", "toni@example.invalid"),
    ):
        reporter.fill(f"[name={name}]", words)
    reporter.click("text=Send the request")
    assert reporter.input_value("[name=name]") == "Toni Muster"
    reporter.set_input_files(
        "[name=card_file]", files=[{"name": "card.jpg", "mimeType": "image/jpeg", "buffer": card()}]
    )
    reporter.click("text=Send the request")
    assert reporter.locator("h1").inner_text() == "Your request arrived"
    assert {cookie["name"] for cookie in context.cookies()} == {"csrftoken"}
    context.close()

    sign_in(page, fresh_site, "bientap")
    page.goto(f"{fresh_site.url}/quan-tri/toa-soan/hop-bao/")
    assert accessibility_violations(page, within="main") == []
    page.click("text=Mùa thu làng nghề: thành phố giới thiệu gì")
    assert accessibility_violations(page, within="main") == []
    page.click("th a:has-text('Toni Muster')")
    assert accessibility_violations(page, within="main") == []
    page.click("button[value=decline]")
    assert "Cho phóng viên biết lý do" in page.inner_text("main")
    page.click("button[value=approve]")
    page.goto(re.sub(r"\?.*", "", page.url) + "danh-sach/")
    assert page.locator("tbody th").all_inner_texts() == ["Ingrid Beispiel", "Toni Muster"]
    assert accessibility_violations(page) == []
