"""The tests of search, audit and people, once more on PostgreSQL.

In a process of its own: Wagtail's search models differ by database from the moment they are imported.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.postgres import postgresql_url

ROOT = Path(__file__).resolve().parents[2]


def test_search_audit_and_people_work_on_postgresql():
    with postgresql_url() as url:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
                *("tests/core/test_search.py", "tests/core/test_audit.py", "tests/people"),
            ],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": url},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    assert " skipped" not in done.stdout
