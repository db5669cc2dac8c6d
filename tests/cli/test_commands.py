"""The `khuevan` command: help worth reading, exit codes, one sentence for what cannot be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from khuevan.cli.commands import COMMANDS, group
from tests.database import copy_database

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "ke-hoach-thong-tin-doi-ngoai-2025.txt"


def khuevan(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as a person does, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "khuevan", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_a_command_does(name):
    text = CliRunner().invoke(group, [name, "--help"], prog_name="khuevan").output
    assert text.startswith(f"Usage: khuevan {name}")
    assert len(text.splitlines()) > 8
    documented = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
    documented += (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "CHANGELOG.md").read_text(
        encoding="utf-8"
    )
    assert f"khuevan {name}" in documented


def test_read_prints_the_contract():
    done = khuevan("read", str(SAMPLE), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert (len(document["tasks"]), len(document["duties"])) == (16, 14)
    schema = ROOT / "docs" / "contracts" / "official-document.schema.json"
    jsonschema.validate(document, json.loads(schema.read_text(encoding="utf-8")))


def test_read_prints_a_tree_without_colours_when_nobody_looks():
    done = khuevan("read", str(SAMPLE))
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[0].casefold() == "kế hoạch"
    for heading in ("Căn cứ (2)", "Phân công (14)", "Nơi nhận (7)"):
        assert heading in lines
    assert "\x1b[" not in done.stdout
    assert any(line.startswith("!") and "Bộ Văn hóa và Thể thao" in line for line in lines)


def test_read_starts_no_django():
    code = (
        "import sys\nsys.argv = ['khuevan', 'read', sys.argv[1], '--json']\n"
        "from khuevan.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code\n"
        "finally:\n    sys.stderr.write(str(any(m.split('.')[0] in ('django', 'wagtail') for m in sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(SAMPLE)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == "False"


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02\x03" * 400, None, "TUYỆT MẬT\n\nKẾ HOẠCH\nvề một việc\n".encode()]
)
def test_read_refuses_with_one_sentence(tmp_path, content):
    path = tmp_path / "plan.txt"
    if content is not None:
        path.write_bytes(content)
    done = khuevan("read", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "một việc" not in done.stderr


def test_doctor_names_each_program():
    done = khuevan("doctor")
    assert done.returncode == 0
    for word in ("Python", "SQLite", "LibreOffice", "Tesseract"):
        assert word in done.stdout


def test_wrong_setting_ends_a_command_with_its_sentence():
    done = khuevan("serve", PORT="eighty")
    assert done.returncode == 1
    assert done.stderr.strip() == "Error: PORT must be a port number from 1 to 65535, such as 8000."


def test_setup_demo_is_refused_in_production(tmp_path, template_database):
    values = {
        "DJANGO_SETTINGS_MODULE": "khuevan.settings.production",
        "SECRET_KEY": "a-key-of-more-than-fifty-characters-for-this-test-0123456789-only",
        "ALLOWED_HOSTS": "example.vn",
        "KHUEVAN_DATA_DIR": str(tmp_path),
    }
    copy_database(template_database, tmp_path / "khuevan.sqlite3")
    done = khuevan("setup-demo", **values)
    assert done.returncode == 1
    assert "Demonstration accounts have a public password" in done.stderr
