"""A real site for browser tests: Granian on a copy of a database with the demonstration data, and axe-core.

def test_...(demo_site: RunningSite, page: Page) -> None:      # read only, shared by all tests
def test_...(fresh_site: RunningSite, page: Page) -> None:     # a copy of its own, to write in
    sign_in(page, fresh_site, "kehoach")
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

import pytest

from khuevan.people.demonstration import PASSWORD
from tests.database import copy_database

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests" / "browser" / "vendor" / "axe.min.js"
# WCAG 2.2 AA by name: without the names axe leaves target size out.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Not Debian's chromium-headless-shell, though it needs a third of the processor: of one and the same shift of a
# page's layout (0.02) it says 0.17.
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What lies in a data directory, beside the static files.
DATABASE = "khuevan.sqlite3"
OWN_FILES = ("media", "private")
KEPT_DAY = "kept-day"
WHAT_TO_INSTALL = "no Chromium on this machine: install the package “chromium” to run the browser tests"


@dataclass(frozen=True, slots=True)
class RunningSite:
    """A served copy of Khuê Văn: its address, and where its database and files lie."""

    url: str
    data_dir: Path


def chromium_path() -> str | None:
    """The system's Chromium, or None."""
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], clicks_leave_whole_pages: None
) -> dict[str, Any]:
    """How pytest-playwright starts the system's Chromium; skips where there is none, fails under CI."""
    path = chromium_path()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(WHAT_TO_INSTALL, pytrace=False)
        pytest.skip(WHAT_TO_INSTALL)
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
        ],
    }


@pytest.fixture(autouse=True)
def no_window_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Closes what a test opened beside its own page: pages left open go on working, and slow all that follow."""
    if "browser" not in request.fixturenames:
        yield
        return
    browser = request.getfixturevalue("browser")
    there = set(browser.contexts)
    yield
    for context in set(browser.contexts) - there:
        context.close()


@pytest.fixture(scope="session")
def clicks_leave_whole_pages() -> Iterator[None]:
    """Each click waits until the page that it led to is loaded.

    Playwright waits until the answer has begun; what is counted then depends on how busy the machine is.
    """
    # Not at the top: most runs of tests open no browser.
    from playwright.sync_api import Locator, Page

    of_locator, of_page = Locator.click, Page.click

    def click_locator(self: Any, **options: Any) -> None:
        of_locator(self, **options)
        self.page.wait_for_load_state("load")

    def click_selector(self: Any, selector: str, **options: Any) -> None:
        of_page(self, selector, **options)
        self.wait_for_load_state("load")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", click_locator)
        patch.setattr(Page, "click", click_selector)
        yield


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """An English browser on a desk screen: staff pages must be Vietnamese all the same."""
    return {**browser_context_args, "locale": "en-GB", "viewport": {"width": 1440, "height": 900}}


def _environment(data_dir: Path, port: int | None = None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    kept |= {
        "DJANGO_SETTINGS_MODULE": "khuevan.settings.development",
        "KHUEVAN_DATA_DIR": str(data_dir),
        "PYTHONUTF8": "1",
    }
    return kept | ({"PORT": str(port)} if port else {})


def _run(data_dir: Path, *arguments: str) -> None:
    """Runs a command of the installation in `data_dir`; its output is shown when it fails."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=_environment(data_dir),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}", pytrace=False)


@pytest.fixture(scope="session")
def demo_data(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory as `make run` leaves it: units, an account a role, the plan of 2025, static files.

    One for all processes that share the tests: only to be copied (`copy_site`).
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    data_dir = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data_dir.exists():
            half = shared / "half a demonstration"
            half.mkdir()
            copy_database(template_database, half / DATABASE)
            _run(half, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
            _run(half, "-m", "khuevan", "setup-demo")
            _do_queued_work(half)
            half.rename(data_dir)
    return data_dir


# What the jobs that the set-up queued would do anew in every copy that is served, and the schedule, which a worker
# makes only when it starts: a renewed site keeps its worker. A worker here would begin what is due as well, and so
# change what tests find.
_QUEUED_WORK = """
from khuevan.background.scheduling import bring_rows_in_step
from khuevan.newsroom.jobs import make_sizes, show_as_evidence
from khuevan.newsroom.models import StoryPage
for key in StoryPage.objects.values_list("pk", flat=True):
    make_sizes.func(key)
    show_as_evidence.func(key)
bring_rows_in_step()
"""


def _do_queued_work(data_dir: Path) -> None:
    """Does what the set-up queued (sizes of pictures, evidence of tasks), empties the queue, makes the schedule."""
    _run(data_dir, "manage.py", "shell", "--no-imports", "-c", _QUEUED_WORK)
    with closing(sqlite3.connect(data_dir / DATABASE)) as connection, connection:
        connection.execute(
            "DELETE FROM django_tasks_database_dbtaskresult WHERE task_path IN"
            " ('khuevan.newsroom.jobs.make_sizes', 'khuevan.newsroom.jobs.show_as_evidence')"
        )


def copy_site(source: Path, target: Path) -> None:
    """Copies a data directory: its database page by page, its files."""
    target.mkdir(exist_ok=True)
    copy_database(source / DATABASE, target / DATABASE)
    for folder in ("static", *OWN_FILES):
        if (source / folder).exists():
            shutil.copytree(source / folder, target / folder)
    if (source / KEPT_DAY).exists():
        shutil.copy(source / KEPT_DAY, target / KEPT_DAY)


def _serve(data_dir: Path) -> Iterator[RunningSite]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (data_dir / "server.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "khuevan", "serve"],
        cwd=ROOT,
        env=_environment(data_dir, port),
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1200):
            try:
                urllib.request.urlopen(f"{url}/quan-tri/login/", timeout=5).close()
                break
            except (URLError, ConnectionError, TimeoutError):
                if process.poll() is not None:
                    break
                time.sleep(0.1)
        else:
            process.kill()
        if process.poll() is not None:
            pytest.fail(f"The site did not start:\n{(data_dir / 'server.log').read_text()}", pytrace=False)
        yield RunningSite(url=url, data_dir=data_dir)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


@pytest.fixture(scope="session")
def demo_site(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The demonstration site, for tests that only read."""
    data_dir = tmp_path_factory.mktemp("demo")
    copy_site(demo_data, data_dir)
    yield from _serve(data_dir)


@pytest.fixture(scope="session")
def spare_site(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A served site whose content is replaced before each test (`renew`): starting one takes eight seconds."""
    data_dir = tmp_path_factory.mktemp("spare")
    copy_site(demo_data, data_dir)
    yield from _serve(data_dir)


@pytest.fixture
def fresh_site(spare_site: RunningSite, demo_data: Path) -> RunningSite:
    """The demonstration site as it was set up, for one test that writes."""
    renew(spare_site, demo_data)
    return spare_site


def renew(site: RunningSite, source: Path) -> None:
    """Gives a served site the content of another data directory: database, files and kept day.

    In one transaction, while its processes run. Its background worker stays known: it would end itself at its
    next heartbeat if its row were gone.
    """
    live, wanted = site.data_dir / DATABASE, site.data_dir / "wanted.sqlite3"
    _wait_for_running_jobs(live)
    for folder in OWN_FILES:
        shutil.rmtree(site.data_dir / folder, ignore_errors=True)
        if (source / folder).exists():
            shutil.copytree(source / folder, site.data_dir / folder)
    (site.data_dir / KEPT_DAY).unlink(missing_ok=True)
    if (source / KEPT_DAY).exists():
        shutil.copy(source / KEPT_DAY, site.data_dir / KEPT_DAY)
    wanted.unlink(missing_ok=True)
    copy_database(source / DATABASE, wanted)
    with closing(sqlite3.connect(wanted)) as connection:
        connection.execute("ATTACH ? AS live", (str(live),))
        with connection:
            connection.execute("DELETE FROM background_worker")
            connection.execute("INSERT INTO background_worker SELECT * FROM live.background_worker")
            connection.execute("UPDATE background_worker SET task_id = NULL")
        connection.execute("DETACH live")
    copy_database(wanted, live)
    # What was kept of public pages is out of date.
    stamp = site.data_dir / ".pages"
    stamp.touch()
    os.utime(stamp, ns=(time.time_ns(), max(time.time_ns(), stamp.stat().st_mtime_ns + 1)))


def _wait_for_running_jobs(database: Path) -> None:
    with closing(sqlite3.connect(database, timeout=20)) as connection:
        for _ in range(100):
            if not connection.execute("SELECT 1 FROM background_worker WHERE task_id NOTNULL").fetchone():
                return
            time.sleep(0.1)


def sign_in(page: Page, site: RunningSite, username: str) -> None:
    """Signs a demonstration account in through the form, and leaves the page on the staff home."""
    page.goto(f"{site.url}/quan-tri/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(f"{site.url}/quan-tri/")


def accessibility_violations(page: Page, *, within: str | None = None) -> list[str]:
    """What axe-core finds wrong on the page (or within a selector), one readable line each; empty is right."""
    # A message that is still fading in has not its colours yet.
    page.evaluate(
        "() => Promise.race([Promise.allSettled(document.getAnimations().map((each) => each.finished)),"
        " new Promise((done) => setTimeout(done, 2000))])"
    )
    # evaluate() runs over the debugging channel, so the page's content security policy does not matter.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = json.dumps({"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]})
    context = json.dumps(within) if within else "document"
    result = page.evaluate(f"async () => await axe.run({context}, {options})")
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']} — "
        + "; ".join(str(node["target"]) for node in violation["nodes"][:5])
        for violation in result["violations"]
    ]
