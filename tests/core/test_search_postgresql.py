"""The tests of search, audit, people and the newsroom's desk, once more on PostgreSQL.

In a process of its own: Wagtail's search models differ by database from the moment they are imported.
"""

from __future__ import annotations

from tests.postgres import postgresql_url, run_tests_on


def test_search_audit_people_and_the_desk_work_on_postgresql():
    with postgresql_url() as url:
        done = run_tests_on(
            url,
            "tests/core/test_search.py",
            "tests/core/test_audit.py",
            "tests/people",
            "tests/website/test_search.py",
            "tests/newsroom/test_desk.py",
            "tests/newsroom/test_links.py",
        )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    assert " skipped" not in done.stdout
