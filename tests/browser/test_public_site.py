"""Each kind of public page: right for everybody, light, quiet, still, and the same without JavaScript."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.browser.public_pages import KINDS, PageKind
from tests.browser.site import RunningSite, accessibility_violations

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1440, "height": 900}}
LARGEST_SHIFT = 0.05
# Shifts that no reader caused, summed as a whole: never less than what Chromium's own sessions give.
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  const watch = (list) => { for (const each of list) if (!each.hadRecentInput) sum += each.value; };
  const observer = new PerformanceObserver((list) => watch(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => { watch(observer.takeRecords()); done(sum); }, 50));
})"""
# To the end and back, so that what is lazy comes.
SCROLL = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += 500) {
    scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 30));
  }
  scrollTo(0, 0);
}"""


class Visit:
    """One cold visit: the page, what it asked for, what it said, and how many bytes came over the wire."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.bytes = 0
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._hear)
        wire = context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", self._weigh)

    def _hear(self, message: Any) -> None:
        # Chromium says of a page that answers 404 or 410 that it failed to load: it was asked for so.
        if message.type == "error" and message.location["url"] != self.page.url:
            self.errors.append(message.text)

    def _weigh(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def go(self, url: str) -> Response:
        """The answer, with everything loaded that comes by itself."""
        answer = self.page.goto(url, wait_until="networkidle")
        assert answer is not None
        return answer


@pytest.fixture(scope="module")
def paths(demo_site: RunningSite) -> dict[str, str]:
    """The path of each kind of page on the demonstration site."""
    return {kind.name: kind.path(demo_site.url) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_public_page_is_right_light_quiet_and_still(
    browser: Browser, demo_site: RunningSite, paths: dict[str, str], kind: PageKind
) -> None:
    url = demo_site.url + paths[kind.name]
    # The first reader of all waits for sizes of pictures; that is no matter of weight.
    warming = browser.new_page()
    warming.goto(url)
    warming.close()
    for width in (TELEPHONE, DESK):
        context = browser.new_context(**width)  # type: ignore[arg-type]
        visit = Visit(context)
        answer = visit.go(url)
        weight = visit.bytes
        visit.page.evaluate(SCROLL)
        shift = visit.page.evaluate(SHIFTS)
        cookies = context.cookies()
        assert (answer.status, visit.errors) == (kind.status, [])
        assert {urlsplit(each).netloc for each in visit.asked if not each.startswith("data:")} == {
            urlsplit(url).netloc
        }
        assert bool(cookies) == kind.sets_cookies
        assert accessibility_violations(visit.page) == []
        assert shift < LARGEST_SHIFT
        if width is TELEPHONE:
            assert weight < kind.most_bytes
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
        context.close()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_public_page_says_the_same_without_javascript(
    browser: Browser, demo_site: RunningSite, paths: dict[str, str], kind: PageKind
) -> None:
    said = []
    for with_javascript in (True, False):
        context = browser.new_context(java_script_enabled=with_javascript, **DESK)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(demo_site.url + paths[kind.name])
        main = page.locator("main")
        said.append((main.locator("h1").inner_text(), " ".join(main.inner_text().split())))
        context.close()
    assert said[0] == said[1]
    assert len(said[1][1]) > len(said[1][0]) + 20
