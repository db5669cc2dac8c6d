"""How soon does a reader abroad see a page? Every kind of public page at a telephone's width, over slow 4G.

The question: is the largest thing on the screen there within 1.5 s (LCP), does nothing jump (CLS below 0.05), does a
list stay below 300 KB and a story below 500 KB? The demonstration site is served as in production; Chromium's own
throttling makes 150 ms of round trip, 1.6 Mbit/s down and 750 kbit/s up of loopback, for a screen of 390 × 844 at two
dots a pixel. Each visit is cold. With a processor four times slower it is told separately. There is no peer: the
limits are those of issue 6, and the page's own bytes stand beside.

    .venv/bin/python -m benchmarks.web_vitals [visits] [url of a site that runs]
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.demonstration_site import served, set_up
from tests.browser.public_pages import KINDS

LCP_MS, CLS = 1500, 0.05
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
# What the page tells of itself, heard from its beginning.
LISTEN = """
  window.seen = { lcp: 0, what: "", cls: 0 };
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) {
      window.seen.lcp = each.startTime;
      window.seen.what = each.element ? each.element.tagName + "." + each.element.className : "";
    }
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) window.seen.cls += each.value;
  }).observe({ type: "layout-shift", buffered: true });
"""


def main(visits: int, url: str) -> int:
    """How it ended: 0 where every kind of page keeps to the limits, or where there is no Chromium."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.settings.test")
    import django

    django.setup()
    # The browser tests know Khuê Văn's accounts, and so can be imported only once Django has started.
    from tests.browser.site import WHAT_TO_INSTALL, chromium_path

    program = chromium_path()
    if program is None:
        print(f"Skipped: {WHAT_TO_INSTALL}.")
        return 0
    if url:
        return measure(url, visits, program)
    with tempfile.TemporaryDirectory(prefix="khuevan-benchmark-") as name:
        set_up(Path(name) / "data")
        with served(Path(name) / "data") as own:
            return measure(own, visits, program)


def measure(url: str, visits: int, program: str) -> int:
    """Visits every kind of page, and prints a line for each."""
    print(f"slow 4G, 390 px, medians of {visits} cold visits")
    print(f"{'page':<24}{'LCP':>9}{'CPU ÷ 4':>9}{'CLS':>8}{'KB':>6}{'asked':>7}  largest")
    failed = False
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        for kind in KINDS:
            address = url + kind.path(url)
            # Once for the server, whose page cache then answers as on every other day.
            visit(browser, address, 1)
            each = [visit(browser, address, 1) for _ in range(visits)]
            slow = [visit(browser, address, 4) for _ in range(visits)]
            lcp = statistics.median(one["lcp"] for one in each)
            cls = max(one["cls"] for one in (*each, *slow))
            weight = max(one["bytes"] for one in each)
            is_late = lcp >= LCP_MS or cls >= CLS or weight >= kind.most_bytes
            failed |= is_late
            print(
                f"{kind.name:<24}{lcp:>7.0f}ms{statistics.median(one['lcp'] for one in slow):>7.0f}ms{cls:>8.3f}"
                f"{weight / 1000:>6.0f}{each[0]['asked']:>7}  {each[0]['what']}{'  ← over' if is_late else ''}",
                flush=True,
            )
        browser.close()
    return int(failed)


def visit(browser: Browser, url: str, slower: int) -> dict[str, Any]:
    """What a cold visit found: `lcp` in ms, `what` was largest, `cls`, `bytes` over the wire, requests `asked`."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True
    )
    page = context.new_page()
    page.add_init_script(LISTEN)
    wire = context.new_cdp_session(page)
    weighed: list[float] = []
    wire.on("Network.loadingFinished", lambda event: weighed.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW_4G)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(url, wait_until="networkidle", timeout=120_000)
    found: dict[str, Any] = page.evaluate("window.seen")
    context.close()
    return {**found, "bytes": sum(weighed), "asked": len(weighed)}


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2] if len(sys.argv) > 2 else ""))
