"""Two processes import the same file at the same time."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.database import copy_database

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "ke-hoach-thong-tin-doi-ngoai-2025.txt"


def test_two_processes_with_one_file_make_one_plan(template_database: Path, tmp_path: Path) -> None:
    copy_database(template_database, tmp_path / "khuevan.sqlite3")
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | {
        "DJANGO_SETTINGS_MODULE": "khuevan.settings.development",
        "KHUEVAN_DATA_DIR": str(tmp_path),
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-m", "khuevan", "import", str(SAMPLE)]
    running = [
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    ended = [(process.communicate(timeout=120), process.returncode) for process in running]

    assert [code for _, code in ended] == [0, 0], ended
    assert ended[0][0][0] == ended[1][0][0]
    with closing(sqlite3.connect(tmp_path / "khuevan.sqlite3")) as database:
        counts = {
            table: database.execute(f"SELECT count(*) FROM programme_{table}").fetchone()[0]
            for table in ("plan", "planversion", "planimport", "task", "duty")
        }
    assert counts == {"plan": 1, "planversion": 1, "planimport": 1, "task": 16, "duty": 14}
    kept = [path for path in (tmp_path / "private").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [SAMPLE.read_bytes()]
