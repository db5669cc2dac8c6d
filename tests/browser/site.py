"""A real site for browser tests: Granian on a copy of a database with the demonstration data, and axe-core.

def test_...(demo_site: RunningSite, page: Page) -> None:      # read only, shared by all tests
def test_...(fresh_site: RunningSite, page: Page) -> None:     # a copy of its own, to write in
    sign_in(page, fresh_site, "kehoach")
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
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
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
    """A data directory as `make run` leaves it: units, an account a role, the plan of 2025, static files."""
    data_dir = tmp_path_factory.mktemp("demo")
    copy_database(template_database, data_dir / "khuevan.sqlite3")
    _run(data_dir, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    _run(data_dir, "-m", "khuevan", "setup-demo")
    return data_dir


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
def demo_site(demo_data: Path) -> Iterator[RunningSite]:
    """The demonstration site, for tests that only read."""
    yield from _serve(demo_data)


@pytest.fixture
def fresh_site(demo_data: Path, tmp_path: Path) -> Iterator[RunningSite]:
    """A copy of the demonstration site for one test that writes."""
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    copy_database(demo_data / "khuevan.sqlite3", data_dir / "khuevan.sqlite3")
    for folder in ("static", "media", "private"):
        if (demo_data / folder).exists():
            shutil.copytree(demo_data / folder, data_dir / folder)
    yield from _serve(data_dir)


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
