"""Takes the pictures of the README from a real installation: `make pictures`.

Serves the installation in KHUEVAN_DATA_DIR (one that `make setup` has just made), signs in as whoever a
page is for, and writes docs/pictures/NAME-WIDTH.png. One picture uploads a document, so the
installation should be a throw-away one. `tools/pictures.py documents` draws only the pages of the written
documents (docs/examples), which needs neither installation nor browser; `tools/pictures.py reports` takes only
the pages of reporting, `tools/pictures.py site` only those of the public site. PICTURES names another folder than
docs/pictures.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from urllib.error import URLError

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright

from khuevan.plain.official_documents import read_file
from khuevan.plain.official_documents.writing.composition import Composition
from khuevan.plain.official_documents.writing.composition_form import from_plain
from khuevan.plain.official_documents.writing.from_reading import from_reading
from khuevan.plain.official_documents.writing.layout_rules import all_rules
from khuevan.plain.official_documents.writing.pdf import write_pdf

ROOT = Path(__file__).resolve().parents[1]
PICTURES = Path(os.environ.get("PICTURES") or ROOT / "docs" / "pictures")
UPLOADED = (
    ROOT / "tests" / "plain" / "official_documents" / "documents" / "plan-with-attributes-and-table.txt"
)
EXAMPLES = ROOT / "docs" / "examples"
SAMPLE = ROOT / "samples" / "ke-hoach-thong-tin-doi-ngoai-2025.txt"
SAMPLE_READ = date(2025, 3, 17)
DOTS_AN_INCH = 96
PASSWORD = "thu-khue-van-2025"
PROGRAMME = "/quan-tri/chuong-trinh/"
PLAN = f"{PROGRAMME}ke-hoach/1/"
DOCUMENTS = "/quan-tri/van-ban/"
REPORTS = "/quan-tri/bao-cao/"
# Name → who looks, and at what.
PAGES = {
    "overview": ("kehoach", PLAN),
    "units": ("kehoach", f"{PLAN}don-vi/"),
    "timeline": ("kehoach", f"{PLAN}dong-thoi-gian/"),
    "list": ("kehoach", f"{PLAN}danh-sach/"),
    "task": ("kehoach", f"{PROGRAMME}nhiem-vu/1/"),
    "desk": ("kehoach", f"{PROGRAMME}ban-lam-viec/"),
    "desk-of-an-officer": ("canbo", f"{PROGRAMME}ban-lam-viec/"),
    "directors-desk": ("giamdoc", f"{PROGRAMME}ban-dieu-hanh/"),
    "desk-of-a-unit": ("truongphong", f"{PROGRAMME}ban-don-vi/"),
    "calendar": ("kehoach", f"{PROGRAMME}lich/"),
    "board": ("kehoach", f"{PROGRAMME}bang/"),
    "reminders": ("kehoach", f"{PROGRAMME}nhac-viec/"),
    "register": ("vanthu", f"{DOCUMENTS}den/"),
    "document": ("vanthu", f"{DOCUMENTS}13/"),
    "draft": ("kehoach", f"{DOCUMENTS}du-thao/1/"),
    "draft-in-review": ("truongphong", f"{DOCUMENTS}du-thao/2/#duyet"),
    "dispatch": ("vanthu", f"{DOCUMENTS}gui-di/"),
}
# The fourth quarter of the year that `khuevan demo year` lives through: the centre's form is with the centre again.
REPORT_PAGES = {
    "unit-form": ("canbott", f"{REPORTS}don-vi/20/"),
    "gathering": ("kehoach", f"{REPORTS}ky/4/"),
    "report": ("kehoach", f"{REPORTS}tong-hop/5/"),
}
# The document that the report of that quarter became, and how many of its pages are drawn.
REPORT_FILE = ("vanthu", f"{DOCUMENTS}18/", "report-of-quarter-iv")
REPORT_PAGE_COUNT = 4
# The public site, as anybody abroad sees it; by name: where, and whether at night.
SITE_PAGES = {
    "site-home": ("/en/", False),
    "site-home-vi": ("/vi/", True),
    "site-section": ("/en/heritage/", False),
    "site-story": ("/en/life/before-tet-peach-branches-green-cakes-and-a-swept-house/", False),
    "site-about": ("/en/about-this-site/", False),
}
SIZES = ((1440, 900), (390, 844))


@contextmanager
def served() -> Iterator[str]:
    """The address of the installation, served for as long as the pictures take."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "khuevan", "serve", "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/quan-tri/login/", timeout=5).close()
                break
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def sign_in(page: Page, url: str, username: str) -> None:
    """Sign in as somebody of the demonstration."""
    page.goto(f"{url}/quan-tri/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(f"{url}/quan-tri/")


def upload(page: Page, url: str) -> str:
    """Upload a plan and return the address of its review."""
    page.goto(f"{url}/quan-tri/chuong-trinh/nhap/moi/")
    page.set_input_files("input[type=file]", UPLOADED)
    page.locator("form:has(input[type=file]) button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    return page.url.removeprefix(url)


def draw_documents() -> None:
    """Write every document of docs/examples, and the sample plan as it was read, as PDF and draw their pages."""
    draw("plan-of-2025", from_reading(read_file(SAMPLE)), SAMPLE_READ)
    for example in sorted(EXAMPLES.glob("*.json")):
        composition = from_plain(json.loads(example.read_text(encoding="utf-8")))
        assert composition.date is not None, (
            f"{example.name} has no day, so its pictures would change with each day."
        )
        draw(example.stem, composition, composition.date)


def draw(stem: str, composition: Composition, created: date) -> None:
    """Write the document as PDF and draw each of its pages."""
    draw_pages(stem, write_pdf(composition, rules=all_rules()[-1], created=created))


def draw_report(page: Page, url: str, path: str, stem: str) -> None:
    """Draw the first pages of the PDF that the register's page offers."""
    page.goto(f"{url}{path}")
    link = page.locator("a[href*='/tep/'][href$='/xem/']").first.get_attribute("href")
    draw_pages(stem, page.request.get(f"{url}{link}").body(), most=REPORT_PAGE_COUNT)


def draw_pages(stem: str, pdf: bytes, most: int | None = None) -> None:
    """Draw each page of the PDF, or its first ones."""
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(islice(document, most), 1):
        name = f"{stem}-page-{number}.png"
        picture = page.render(scale=DOTS_AN_INCH / 72).to_pil().quantize(32)
        picture.save(PICTURES / name, optimize=True)
        print(PICTURES / name)
    document.close()


def draw_site(browser: Browser, url: str) -> None:
    """Take the pages of the public site, as somebody sees them who is not signed in."""
    for width, height in SIZES:
        for name, (path, at_night) in SITE_PAGES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme="dark" if at_night else "light"
            )
            page.goto(f"{url}{path}")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=PICTURES / f"{name}-{width}.png")
            print(PICTURES / f"{name}-{width}.png")
            page.close()


def main() -> None:
    """Take every picture at every size; with the word "documents", "reports" or "site" only those of one kind."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    only = sys.argv[1:]
    if only not in (["reports"], ["site"]):
        draw_documents()
    if only == ["documents"]:
        return
    chromium = next(
        (
            found
            for name in ("chromium", "chromium-browser", "google-chrome")
            if (found := shutil.which(name))
        ),
        None,
    )
    if chromium is None:
        sys.exit("No Chromium on this machine: install the package “chromium” to take the pictures.")
    if not os.environ.get("KHUEVAN_DATA_DIR"):
        sys.exit("Run `make pictures`: it makes a throw-away installation to take them from.")
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        if only != ["reports"]:
            draw_site(browser, url)
        if only == ["site"]:
            browser.close()
            return
        pages = dict(REPORT_PAGES) if only == ["reports"] else {**PAGES, **REPORT_PAGES}
        for width, height in SIZES:
            people: dict[str, Page] = {}
            for username in sorted({REPORT_FILE[0], *(username for username, _path in pages.values())}):
                # Each person in a browser of their own: one session does not end another.
                context = browser.new_context(viewport={"width": width, "height": height})
                people[username] = context.new_page()
                sign_in(people[username], url, username)
            if only != ["reports"] and "review" not in pages:
                pages["review"] = ("kehoach", upload(people["kehoach"], url))
            for name, (username, path) in pages.items():
                page = people[username]
                page.goto(f"{url}{path}")
                page.wait_for_load_state("networkidle")
                page.screenshot(path=PICTURES / f"{name}-{width}.png")
                print(PICTURES / f"{name}-{width}.png")
            if width == SIZES[0][0]:
                username, path, stem = REPORT_FILE
                draw_report(people[username], url, path, stem)
            for page in people.values():
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
