"""What every test starts from: a migrated database copied from a template, and a real site for the browser."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.database", "tests.browser.site", "tests.fakes.smtp_server"]

# No test asserts times: what is slow on a busy machine is not wrong.
settings.register_profile("khuevan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("khuevan")

# Files that take minutes, wherever they stand: begun first, so that no process waits for the last of them.
LONG = ("postgresql", "test_demo_year", "browser", "killed", "race")


def pytest_configure(config: pytest.Config) -> None:
    """Lets Playwright's synchronous interface run beside Django's guard against it."""
    # Playwright keeps an event loop in the thread of the test; Django would refuse the database there.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Names a file by its length: bytes that hold the time of day would name a test anew in each process."""
    return f"{argname}-of-{len(val)}-bytes" if isinstance(val, bytes) and len(val) > 40 else None


def _group(item: pytest.Item) -> str:
    # Files that ask for a server of PostgreSQL share one and its one migrated database, and so one process.
    asks = hasattr(getattr(item, "module", None), "postgresql_url")
    return "postgresql" if asks else item.nodeid.split("::")[0]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keeps a file's tests in one process where several run beside each other."""
    # Not in pytest_collection_modifyitems, where xdist reads the groups before we would have named them.
    if item.config.pluginmanager.hasplugin("xdist"):
        item.add_marker(pytest.mark.xdist_group(_group(item)))


# After pytest-django, which puts tests without a database last, and so the browser's.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with the files that take long."""
    items.sort(
        key=lambda item: next((rank for rank, word in enumerate(LONG) if word in _group(item)), len(LONG))
    )


# xdist's hook: without it nobody calls this.
@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: Any, ids: list[str]) -> None:
    """Stops where the groups reach no scheduler: nothing would fail, and everything take much longer."""
    if node.config.getvalue("dist") == "loadgroup" and any("@" not in name for name in ids):
        pytest.exit(
            "xdist takes no heed of the tests' groups: is pytest newer than this xdist?", returncode=4
        )
