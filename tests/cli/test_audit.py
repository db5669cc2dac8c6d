"""`khuevan audit`, as somebody runs it: export, verify, compare, and the exit codes of each."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection

from khuevan.cli.commands import group
from khuevan.core.actions import action
from khuevan.core.audit_chain import chain_state
from khuevan.people.choices import UnitKind
from khuevan.people.models import Unit, User
from khuevan.people.queries import system_person
from khuevan.plain.audit_chain import START, canonical, end, header

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]


def audit(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, output and errors of the command, run on the test's own database."""
    done = CliRunner().invoke(group, ["audit", *map(str, arguments)], prog_name="khuevan")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def audit_in_a_process(folder: Path, *arguments: str | Path, **values: str) -> tuple[int, str, str]:
    """The same as a person calls it, on the database in the folder."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = kept | {
        "DJANGO_SETTINGS_MODULE": "khuevan.settings.development",
        "KHUEVAN_DATA_DIR": str(folder),
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "khuevan", "audit", *map(str, arguments)],
        cwd=ROOT,
        env=environment | values,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@action
def make_units(*, by: User, count: int) -> None:
    for number in range(count):
        Unit(name=f"Phòng {number}", kind=UnitKind.DIVISION).save()


def write(count: int) -> None:
    """Leaves so many entries, each about a unit of its own."""
    make_units(by=system_person(), count=count)


def execute(*statements: str) -> None:
    """Writes behind the program's back."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(autouse=True)
def three_entries(db: None) -> None:
    """An installation with three entries, not linked yet."""
    write(3)


@pytest.fixture
def trail(three_entries: None, tmp_path: Path) -> Path:
    """The trail of the three entries."""
    path = tmp_path / "trail.jsonl"
    assert audit("export", path)[0] == 0
    return path


def test_export_ties_in_and_says_what_it_wrote(tmp_path):
    path = tmp_path / "trail.jsonl"
    code, output, errors = audit("export", path)
    assert (code, output, errors) == (0, "", f"3 entries, last digest {chain_state().head}\n")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["type"] for line in lines] == ["header", "entry", "entry", "entry", "end"]
    assert [line["target"]["label"] for line in lines[1:4]] == ["Phòng 0", "Phòng 1", "Phòng 2"]
    assert lines[0]["made_by"].startswith("khuevan audit export (")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_export_to_standard_output_is_the_same_file(trail, tmp_path):
    code, output, _errors = audit("export")
    (tmp_path / "other.jsonl").write_text(output, encoding="utf-8")
    assert code == 0
    assert output.splitlines()[1:4] == trail.read_text(encoding="utf-8").splitlines()[1:4]
    assert audit("verify", tmp_path / "other.jsonl")[0] == 0


def test_export_never_writes_over_an_older_trail(trail):
    before = trail.read_bytes()
    code, output, errors = audit("export", trail)
    assert (code, output) == (2, "")
    assert errors == f"{trail} is there already, and an older trail is evidence: choose another name.\n"
    assert trail.read_bytes() == before


def test_export_to_a_folder_that_is_not_there_is_refused(tmp_path):
    code, _output, errors = audit("export", tmp_path / "none" / "trail.jsonl")
    assert code == 2
    assert errors.endswith("trail.jsonl cannot be written: No such file or directory.\n")


def test_sound_file_is_verified_without_settings_or_database(trail, tmp_path):
    values = {"DATABASE_URL": "sqlite:////none/none", "PORT": "none", "DJANGO_SETTINGS_MODULE": "none"}
    code, output, errors = audit_in_a_process(tmp_path, "verify", trail, **values)
    said = json.loads(trail.read_text(encoding="utf-8").splitlines()[0])
    assert (code, errors) == (0, "")
    assert output.splitlines() == [
        f"{trail}: trail of http://127.0.0.1:8000, made {said['made_at']} by {said['made_by']}",
        f"The file is sound: 3 entries, last digest {chain_state().head}",
    ]


def test_verifying_a_file_starts_no_django(trail):
    code = (
        "import sys\nsys.argv = ['khuevan', 'audit', 'verify', sys.argv[1]]\n"
        "from khuevan.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code\n"
        "finally:\n    sys.stderr.write(str(any(m.split('.')[0] in ('django', 'wagtail') for m in sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(trail)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == "False"


def test_broken_file_names_each_break(trail):
    lines = trail.read_text(encoding="utf-8").splitlines(keepends=True)
    trail.write_text(lines[0] + lines[1].replace("Phòng 0", "Phòng X") + "".join(lines[3:]), encoding="utf-8")
    code, output, errors = audit("verify", trail, "--against-database")
    assert (code, errors) == (1, "")
    assert output.splitlines()[1:] == [
        "BROKEN  Position 1 was changed: what it says does not give the digest that it bears.",
        "BROKEN  Position 2 is missing.",
        "Not compared with the database, because the file itself is broken.",
    ]


def test_many_breaks_are_counted(tmp_path):
    path = tmp_path / "trail.jsonl"
    write(30)
    audit("export", path)
    header, *others = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(header + "{}\n" * len(others), encoding="utf-8")
    code, output, _errors = audit("verify", path)
    assert code == 1
    # 33 entries and the end, and then that the end is missing.
    assert len(output.splitlines()) == 22
    assert output.splitlines()[-1] == "BROKEN  … and 15 more"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "cannot be read: No such file or directory."),
        (b"", "The file is empty."),
        (b"\x00\xff\n", "This is no exported audit trail: line 1 is not UTF-8."),
        (b'{"a":1}\n', "This is no exported audit trail: line 1 is not the first line of an audit trail."),
    ],
)
def test_unreadable_file_is_told_in_one_sentence(tmp_path, content, why):
    path = tmp_path / "trail.jsonl"
    if content is not None:
        path.write_bytes(content)
    for options in ((), ("--against-database",), ("--holds", "ab")):
        code, output, errors = audit("verify", path, *options)
        assert (code, output) == (2, "")
        assert errors.endswith(f"{why}\n")
        assert len(errors.splitlines()) == 1


def test_what_a_file_says_of_itself_cannot_steer_the_terminal(trail):
    first = header(
        entries=0, installation="\x1b[2J", made_at=datetime(2025, 11, 24, tzinfo=UTC), made_by="\r\x07"
    )
    last = end(first, entries=0, head=START)
    trail.write_bytes(canonical(first) + b"\n" + canonical(last) + b"\n")
    code, output, _errors = audit("verify", trail)
    assert code == 0
    assert "\x1b" not in output
    assert "trail of \ufffd[2J, made" in output


def test_database_is_verified(trail):
    write(2)
    assert audit("verify") == (
        0,
        f"The chain of this installation is sound: 3 entries, last digest {chain_state().head}\n"
        "Not tied in yet, so that no digest covers them: 2 entries.\n",
        "",
    )
    execute("UPDATE core_auditentry SET verb = 'other' WHERE target_label = 'Phòng 1'")
    assert audit("verify") == (
        1,
        "BROKEN  Position 2 was changed: what it says does not give the digest that it bears.\n"
        "Not tied in yet, so that no digest covers them: 2 entries.\n",
        "",
    )


def test_database_that_cannot_be_used_is_unreadable(tmp_path):
    code, output, errors = audit_in_a_process(tmp_path, "verify")
    assert (code, output, errors) == (2, "", "The database cannot be read: no such table: core_auditlink.\n")
    code, output, errors = audit_in_a_process(tmp_path, "verify", PORT="eighty")
    assert (code, output) == (2, "")
    assert errors == "PORT must be a port number from 1 to 65535, such as 8000.\n"


def test_database_that_grew_holds_what_the_file_holds(trail):
    write(1)
    code, output, errors = audit("verify", trail, "--against-database")
    assert (code, errors) == (0, "")
    assert output.splitlines()[-1] == "The chain of this installation holds everything that the file holds."


def test_shortened_trail_is_discovered_by_an_older_file(trail):
    execute(
        "DELETE FROM core_auditlink WHERE position = 3",
        "DELETE FROM core_auditentry WHERE target_label = 'Phòng 2'",
    )
    assert audit("verify")[0] == 0
    code, output, _errors = audit("verify", trail, "--against-database")
    assert code == 1
    assert output.splitlines()[-1] == (
        "BROKEN  From position 3 on the file holds what is no longer in this installation's chain."
    )


def test_rewritten_trail_is_discovered_by_an_older_file_and_by_a_noted_digest(trail):
    noted = chain_state().head
    execute(
        "DELETE FROM core_auditlink",
        "UPDATE core_auditentry SET verb = 'other' WHERE target_label = 'Phòng 1'",
    )
    assert audit("export", trail.parent / "new.jsonl")[0] == 0
    assert audit("verify")[0] == 0
    code, output, _errors = audit("verify", trail, "--against-database")
    assert code == 1
    assert output.splitlines()[-1] == (
        "BROKEN  From position 1 on this installation's chain is another than the file's."
    )
    code, output, _errors = audit("verify", "--holds", noted)
    assert code == 1
    assert output.splitlines()[-1] == f"BROKEN  The chain does not hold the noted digest {noted}."
    code, output, _errors = audit("verify", trail.parent / "new.jsonl", "--holds", noted)
    assert code == 1
    assert output.splitlines()[-1] == f"BROKEN  The file does not hold the noted digest {noted}."


def test_noted_digest_is_found(trail):
    noted = chain_state().head
    write(2)
    audit("export", trail.parent / "later.jsonl")
    assert audit("verify", "--holds", noted)[1].splitlines()[-1] == (
        "The chain holds the noted digest at position 3."
    )
    code, output, _errors = audit("verify", trail.parent / "later.jsonl", "--holds", noted)
    assert (code, output.splitlines()[-1]) == (0, "The file holds the noted digest at position 3.")


def test_comparison_needs_a_file(tmp_path):
    code, _output, errors = audit("verify", "--against-database")
    assert code == 2
    assert "--against-database compares a FILE: name it." in errors
