"""What a unit sends while its report is gathered is either in the report or told as a change, on both databases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.core.chain_race import environment_of, run
from tests.database import copy_database
from tests.postgres import postgresql_url


def raced(environment: dict[str, str]) -> dict[str, Any]:
    """What the race left in the installation of the environment."""
    done = run(environment, "-m", "tests.reports.gathering_race")
    assert done.returncode == 0, done.stderr[-4000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# The lead's five stories and the two that were sent in between.
WHOLE = {"failures": [], "missing": [], "stories": "7.00", "changes": 0}


def test_whoever_gathers_waits_for_a_unit_that_is_sending_on_sqlite(
    template_database: Path, tmp_path: Path
) -> None:
    copy_database(template_database, tmp_path / "khuevan.sqlite3")
    assert raced(environment_of(KHUEVAN_DATA_DIR=str(tmp_path))) == WHOLE


def test_whoever_gathers_waits_for_a_unit_that_is_sending_on_postgresql(tmp_path: Path) -> None:
    with postgresql_url() as url:
        assert raced(environment_of(KHUEVAN_DATA_DIR=str(tmp_path), DATABASE_URL=url)) == WHOLE
