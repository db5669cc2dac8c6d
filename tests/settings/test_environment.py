"""Settings: every variable documented, wrong values refused with a sentence, production safe to open."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.database import copy_database

ROOT = Path(__file__).resolve().parents[2]
READERS = r"env\.\w+|yes_or_no|port_from|seconds_from|address_from|addresses_from|number_from"
READ = re.compile(rf"""(?:{READERS})\(\s*"([A-Z_]+)""")
DOCUMENTED = re.compile(r"^#?\s?([A-Z][A-Z_]+)=", re.MULTILINE)
SECRET_KEY = "a-key-of-more-than-fifty-characters-for-this-test-0123456789-only"


def run_django(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command of Django's with this environment and nothing else."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error", str(ROOT / "manage.py"), *arguments],
        cwd=tmp_path,
        env={**kept, "KHUEVAN_DATA_DIR": str(tmp_path / "data"), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def production(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    values = {
        "DJANGO_SETTINGS_MODULE": "khuevan.settings.production",
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": "doingoai.example.vn",
    }
    values.update(environment)
    return run_django(tmp_path, *arguments, **values)


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    return done.stderr.strip().splitlines()[-1]


def test_every_variable_is_documented_and_every_documented_one_is_read():
    read = set(READ.findall((ROOT / "khuevan/settings/environment.py").read_text(encoding="utf-8")))
    documented = set(DOCUMENTED.findall((ROOT / ".env.example").read_text(encoding="utf-8")))
    # Django itself reads this one before any of our files.
    assert documented - {"DJANGO_SETTINGS_MODULE"} == read
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "PORT"} <= read


def test_no_other_file_reads_the_environment():
    reading = re.compile(r"os\.environ\.get|os\.getenv|os\.environ\[\"(?!PORT\"\] =)")
    guilty = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "khuevan").rglob("*.py")
        if "plain" not in path.parts and reading.search(path.read_text(encoding="utf-8"))
    ]
    assert guilty == []


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is missing"),
        ("SECRET_KEY", "short", "SECRET_KEY is missing or shorter"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is missing"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS is missing or open to all"),
        ("KHUEVAN_DEMO", "true", "production has no demonstration accounts"),
        ("KHUEVAN_DEMO", "perhaps", "KHUEVAN_DEMO must be true or false"),
        ("PORT", "eighty", "PORT must be a port number"),
        ("PORT", "70000", "PORT must be a port number"),
        ("DATABASE_URL", "mysql://localhost/x", "DATABASE_URL must name SQLite or PostgreSQL"),
        ("KHUEVAN_BASE_URL", "doingoai.example.vn", "KHUEVAN_BASE_URL must be a full address"),
        ("KHUEVAN_LOG_LEVEL", "LOUD", "KHUEVAN_LOG_LEVEL must be"),
        ("KHUEVAN_EMAIL_PAUSE", "a while", "KHUEVAN_EMAIL_PAUSE must be a number of seconds"),
        ("KHUEVAN_EMAIL_PAUSE", "61", "KHUEVAN_EMAIL_PAUSE must be a number of seconds"),
        ("KHUEVAN_ORGAN_CODE", "Sở VHTT", "KHUEVAN_ORGAN_CODE must be the body's code in edXML"),
        ("KHUEVAN_EDXML_OUT", "edxml/out", "KHUEVAN_EDXML_OUT must be the whole path of a folder"),
        ("KHUEVAN_EDXML_IN", "/nowhere/at/all", "KHUEVAN_EDXML_IN must be the whole path of a folder"),
    ],
)
def test_production_refuses_to_start_and_says_how_to_mend_it(tmp_path, name, value, sentence):
    done = production(tmp_path, "check", **{name: value})
    assert done.returncode != 0
    assert sentence in last_line(done)


def test_edxml_needs_two_folders_that_are_not_one(tmp_path):
    folder = str(tmp_path)
    done = production(tmp_path, "check", KHUEVAN_EDXML_IN=folder, KHUEVAN_EDXML_OUT=folder)
    assert done.returncode != 0
    assert "KHUEVAN_EDXML_IN and KHUEVAN_EDXML_OUT must be two folders" in last_line(done)


def test_production_passes_the_deployment_check_without_a_warning(tmp_path):
    done = production(tmp_path, "check", "--deploy", "--fail-level", "DEBUG")
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced).")


def test_production_refuses_demonstration_accounts(tmp_path, template_database):
    (tmp_path / "data").mkdir()
    copy_database(template_database, tmp_path / "data" / "khuevan.sqlite3")
    code = (
        "from khuevan.people.demonstration import create_demonstration_accounts as create\n"
        "from khuevan.people.queries import system_person\n"
        "create(by=system_person())"
    )
    done = production(tmp_path, "shell", "--no-imports", "-c", code)
    assert done.returncode != 0
    assert "PermissionDenied: Demonstration accounts have a public password" in last_line(done)
    count = "from khuevan.people.models import User; print(User.objects.count())"
    assert production(tmp_path, "shell", "--no-imports", "-c", count).stdout.strip() == "1"


def test_sqlite_waits_for_its_lock_and_keeps_a_journal(tmp_path):
    code = (
        "from django.db import connection as c\n"
        "k = c.cursor()\n"
        "print([k.execute(f'PRAGMA {n}').fetchone()[0] for n in "
        "('journal_mode', 'busy_timeout', 'synchronous', 'foreign_keys')], c.transaction_mode)"
    )
    done = run_django(tmp_path, "shell", "--no-imports", "-c", code)
    assert done.stdout.strip() == "['wal', 20000, 1, 1] IMMEDIATE", done.stderr
