"""On the last afternoon 126 wards and 40 units fill and send from eight processes at once, on both databases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.core.chain_race import environment_of, run
from tests.database import copy_database
from tests.postgres import postgresql_url

UNITS = 166


def raced(environment: dict[str, str]) -> dict[str, Any]:
    """What the race left in the installation of the environment."""
    done = run(environment, "-m", "tests.reports.last_afternoon", str(UNITS))
    assert done.returncode == 0, done.stderr[-4000:]
    # A wait that was too long would be told there as well.
    assert "database is locked" not in done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def check(found: dict[str, Any]) -> None:
    """Holds what is there to what 166 units wrote: every report sent once, with its own figures and words."""
    assert found["failures"] == []
    assert found["done"] == UNITS
    assert (found["states"], found["versions"]) == ({"SENT": UNITS}, {"2": UNITS})
    # Five figures a report: what was counted, computed and entered, each once.
    assert (found["reports_with_figures"], found["figures_a_report"]) == (UNITS, [5])
    assert (found["own_words"], found["words"]) == (UNITS, [UNITS, UNITS])
    assert found["sum_of_stories"] == [found["expected_sum"], UNITS]
    assert found["sends_in_the_trail"] == UNITS
    # Whoever looked meanwhile saw whole reports only, and never fewer than before.
    counts = [sent for sent, _whole in found["seen"]]
    assert (len(counts), counts, all(whole for _sent, whole in found["seen"])) == (5, sorted(counts), True)


def test_166_units_send_at_once_and_none_is_lost_on_sqlite(template_database: Path, tmp_path: Path) -> None:
    copy_database(template_database, tmp_path / "khuevan.sqlite3")
    check(raced(environment_of(KHUEVAN_DATA_DIR=str(tmp_path))))


def test_166_units_send_at_once_and_none_is_lost_on_postgresql(tmp_path: Path) -> None:
    with postgresql_url() as url:
        check(raced(environment_of(KHUEVAN_DATA_DIR=str(tmp_path), DATABASE_URL=url)))
