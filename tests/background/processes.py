"""Starting processes of the installation for the tests: on a database of their own, with the tests' jobs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def environment(database_url: str, folder: Path, **values: str) -> dict[str, str]:
    """The environment of a process with the tests' own workers' settings, and nothing of the machine's."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tests.background.worker_settings",
        "DATABASE_URL": database_url,
        "KHUEVAN_DATA_DIR": str(folder),
        "PYTHONUTF8": "1",
        **values,
    }


def run_python(*arguments: str, env: dict[str, str], timeout: int = 120) -> str:
    """What the program prints; its errors are shown where it fails."""
    done = subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-6000:]
    return done.stdout


def scenario(name: str, database_url: str, folder: Path, **values: str) -> dict[str, Any]:
    """What the scenario of tests.background.scenarios found."""
    env = environment(database_url, folder, **values)
    found: dict[str, Any] = json.loads(
        run_python("-m", "tests.background.scenarios", name, str(folder), env=env)
    )
    return found
