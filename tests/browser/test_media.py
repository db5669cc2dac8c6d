"""Cleaned drawings and renditions in a real browser: they look as before, run nothing and load nothing."""

from __future__ import annotations

import base64

import pytest
from playwright.sync_api import Page

from khuevan.plain.media.raster import open_picture, renditions
from khuevan.plain.media.svg import clean_svg
from tests.plain.media import drawings, samples


def shown(page: Page, content_type: str, data: bytes) -> bytes:
    """A picture of the file as an image on a page."""
    address = f"data:{content_type};base64,{base64.b64encode(data).decode()}"
    page.set_content(f'<img width="600" src="{address}">')
    page.wait_for_function("document.images[0].complete && document.images[0].naturalWidth > 0")
    return page.screenshot()


@pytest.mark.parametrize("drawing", [drawings.CLEAN, drawings.ILLUSTRATOR], ids=["clean", "illustrator"])
def test_a_cleaned_drawing_looks_as_before(page: Page, drawing: str) -> None:
    before = shown(page, "image/svg+xml", drawing.encode())

    assert shown(page, "image/svg+xml", clean_svg(drawing.encode()).data) == before
    assert (
        shown(page, "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
        != before
    )


def test_a_cleaned_drawing_runs_nothing_and_loads_nothing_even_within_a_page(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    inline = clean_svg(drawings.HOSTILE.encode()).data.decode().partition("?>")[2]

    page.set_content(inline)
    page.locator("rect").first.hover(force=True)
    page.locator("rect").first.click(force=True)
    page.wait_for_timeout(200)

    assert page.evaluate("window.ran") is None
    assert asked == []


def test_a_hostile_drawing_would_have_run(page: Page) -> None:
    page.set_content(drawings.HOSTILE)
    page.wait_for_function("window.ran !== undefined")


def test_every_rendition_is_shown_in_its_size(page: Page) -> None:
    for each in renditions(open_picture(samples.saved(samples.picture(90, 60), "PNG")), [30, 60]):
        shown(page, each.content_type, each.data)
        size = page.evaluate("[document.images[0].naturalWidth, document.images[0].naturalHeight]")
        assert size == [each.width, each.height]
