"""Many processes tie entries in at once, on SQLite and on PostgreSQL: one chain, no gap, nothing twice."""

from __future__ import annotations

from pathlib import Path

from tests.core.chain_race import environment_of, race
from tests.database import copy_database
from tests.postgres import postgresql_url, run_tests_on


def test_eight_processes_make_one_chain_on_sqlite(template_database: Path, tmp_path: Path) -> None:
    copy_database(template_database, tmp_path / "khuevan.sqlite3")
    race(environment_of(KHUEVAN_DATA_DIR=str(tmp_path)))


def test_eight_processes_make_one_chain_on_postgresql(tmp_path: Path) -> None:
    with postgresql_url() as url:
        race(environment_of(KHUEVAN_DATA_DIR=str(tmp_path), DATABASE_URL=url))


def test_chain_holds_on_postgresql() -> None:
    with postgresql_url() as url:
        done = run_tests_on(url, "tests/core/test_audit_chain.py")
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
