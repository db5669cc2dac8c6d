"""A thousand documents numbered by eight processes at once: no gap, nothing twice, and how long does it take?

The question: can a busy morning number everything through the real actions, and how long does the unluckiest clerk
wait? Half of the documents are approved drafts that are issued, half come in; meanwhile some processes are killed
(kill -9) in the middle. On SQLite and on a throw-away PostgreSQL, or the one of TEST_POSTGRES_URL. The peer is the
same work done by one process alone, a quarter of it.

    .venv/bin/python -m benchmarks.document_numbers [documents] [killed]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from typing import Any

from tests.core.chain_race import ROOT, environment_of


def main(documents: int, killed: int) -> int:
    """How it ended: 0 where every number is there once."""
    print(
        f"{documents} documents, a quarter of them where one process works alone; {killed} killed meanwhile"
    )
    print(f"{'':<30}{'seconds':>9}{'a second':>10}{'longest wait':>14}{'numbers':>9}")
    sound = True
    for processes, count, kills in ((8, documents, killed), (1, documents // 4, 0)):
        with tempfile.TemporaryDirectory(prefix="khuevan-benchmark-") as folder:
            environment = environment_of(KHUEVAN_DATA_DIR=folder)
            _run(environment, "manage.py", "migrate", "--verbosity", "0")
            sound &= _report(f"SQLite, {processes} processes", environment, count, kills, processes)
    # Not at the top: it needs pytest, which an installation does not have.
    from _pytest.outcomes import Skipped

    from tests.postgres import postgresql_url

    try:
        for processes, count, kills in ((8, documents, killed), (1, documents // 4, 0)):
            with tempfile.TemporaryDirectory() as folder, postgresql_url() as url:
                environment = environment_of(KHUEVAN_DATA_DIR=folder, DATABASE_URL=url)
                sound &= _report(f"PostgreSQL, {processes} processes", environment, count, kills, processes)
    except Skipped as reason:
        print(reason.msg)
    return int(not sound)


def _run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def _report(name: str, environment: dict[str, str], documents: int, killed: int, processes: int) -> bool:
    """Prints the line of one race; whether its numbers are whole."""
    told = _run(environment, "-m", "tests.documents.number_race", *map(str, (documents, killed, processes)))
    found: dict[str, Any] = json.loads(told)
    whole = all(
        numbers == list(range(1, found["counters"][series] + 1))
        for series, numbers in found["series"].items()
    )
    sound = whole and not found["failures"] and found["done"] == documents
    sound = sound and not found["without_number"] and not found["other_number_printed"]
    count = sum(map(len, found["series"].values()))
    print(
        f"{name:<30}{found['seconds']:>9.1f}{count / found['seconds']:>10.0f}{found['longest']:>13.2f}s{count:>9}"
        f"  {'no gap, nothing twice' if sound else 'NOT SOUND'}"
    )
    for failure in found["failures"]:
        print(failure)
    return sound


if __name__ == "__main__":
    sys.exit(main(*(int(value) for value in (*sys.argv[1:], *("1000", "5")[len(sys.argv) - 1 :]))))
