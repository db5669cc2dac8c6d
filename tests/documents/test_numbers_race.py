"""Eight processes number documents at once, others are killed at it: no gap, nothing twice, on both databases.

The thousand documents of the issue are numbered by `benchmarks/document_numbers.py`; here are fewer, for time.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.core.chain_race import environment_of, run
from tests.database import copy_database
from tests.postgres import postgresql_url

DOCUMENTS = 120
KILLED = 3


def raced(environment: dict[str, str]) -> dict[str, Any]:
    """What the race left in the installation of the environment."""
    done = run(environment, "-m", "tests.documents.number_race", str(DOCUMENTS), str(KILLED))
    assert done.returncode == 0, done.stderr[-4000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def check(found: dict[str, Any]) -> None:
    """Holds what is there to what must be there: every series from 1 on without gap, each number on its document."""
    assert found["failures"] == []
    assert found["done"] == DOCUMENTS
    for name, numbers in found["series"].items():
        assert numbers == list(range(1, found["counters"][name] + 1)), name
    issued = [len(numbers) for name, numbers in found["series"].items() if "đi" in name]
    assert issued == [DOCUMENTS // 4, DOCUMENTS // 4]
    # The killed ones entered some documents, and left nothing half done.
    entered = len(found["series"]["Sổ văn bản đến"])
    assert entered >= DOCUMENTS // 2
    assert found["documents"] == sum(issued) + entered
    assert (found["without_number"], found["other_number_printed"], found["files"]) == (0, 0, entered)


def test_eight_processes_number_without_gap_on_sqlite(template_database: Path, tmp_path: Path) -> None:
    copy_database(template_database, tmp_path / "khuevan.sqlite3")
    check(raced(environment_of(KHUEVAN_DATA_DIR=str(tmp_path))))


def test_eight_processes_number_without_gap_on_postgresql(tmp_path: Path) -> None:
    with postgresql_url() as url:
        check(raced(environment_of(KHUEVAN_DATA_DIR=str(tmp_path), DATABASE_URL=url)))
