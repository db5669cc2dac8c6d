"""What every test starts from: a migrated database copied from a template, and a real site for the browser."""

from __future__ import annotations

import os

import pytest

pytest_plugins = ["tests.database", "tests.browser.site", "tests.fakes.smtp_server"]


def pytest_configure(config: pytest.Config) -> None:
    """Lets Playwright's synchronous interface run beside Django's guard against it."""
    # Playwright keeps an event loop in the thread of the test; Django would refuse the database there.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
