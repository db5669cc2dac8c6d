"""`khuevan demo year`: some weeks of it, lived through in an installation of their own."""

from __future__ import annotations

import email
import email.policy
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.database import copy_database

ROOT = Path(__file__).resolve().parents[2]
UNTIL = "2025-04-29"


def khuevan(data_dir: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "khuevan", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "KHUEVAN_DATA_DIR": str(data_dir), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def rows(data_dir: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(data_dir / "khuevan.sqlite3")) as database:
        return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def lived(demo_data, tmp_path_factory) -> tuple[Path, str]:
    """A data directory in which the first six weeks were lived through, and what the command said."""
    data_dir = tmp_path_factory.mktemp("year")
    copy_database(demo_data / "khuevan.sqlite3", data_dir / "khuevan.sqlite3")
    done = khuevan(data_dir, "demo", "year", "--until", UNTIL)
    assert done.returncode == 0, done.stderr
    return data_dir, done.stdout


def test_year_leaves_work_in_every_state_by_its_people_on_its_days(lived):
    data_dir, said = lived
    states = dict(rows(data_dir, "SELECT state, count(*) FROM programme_instalment GROUP BY state"))
    # Nothing is returned at the moment; what the group of all divisions owed is owed by each of them instead.
    assert states.keys() == {"WAITING", "IN_PROGRESS", "REPORTED", "DONE", "CANCELLED"}
    assert states["DONE"] >= 20
    # Task 4: reported, returned for want of a signature, reported again, accepted.
    story = rows(
        data_dir,
        "SELECT r.state, date(r.sent_at), p.username FROM programme_reply r "
        "JOIN programme_instalment i ON i.id = r.instalment_id "
        "JOIN programme_assignment a ON a.id = i.assignment_id "
        "JOIN programme_task t ON t.id = a.task_id JOIN people_unit u ON u.id = a.unit_id "
        "JOIN people_user p ON p.id = r.sent_by_id "
        "WHERE t.\"order\" = 3 AND u.short_name = 'TTBCXB' ORDER BY r.sent_at",
    )
    assert story == [("RETURNED", "2025-04-14", "canbottbcxb"), ("ACCEPTED", "2025-04-22", "canbottbcxb")]
    assert "Today is 29/04/2025 here." in said
    assert (data_dir / "kept-day").read_text() == UNTIL


def test_report_of_the_first_quarter_is_issued_within_these_weeks(lived):
    data_dir, said = lived
    cycles = rows(data_dir, "SELECT year, number, state, date(closes_date) FROM reports_cycle")
    assert cycles == [(2025, 1, "CLOSED", "2025-04-03")]
    assert said.endswith(
        "Reports in the register, to open once `khuevan serve` runs:\n  01/BC-SVHTT (24/03/2025) "
        "Kết quả công tác thông tin đối ngoại quý I năm 2025: /quan-tri/bao-cao/tong-hop/1/\n"
    )


def test_year_writes_each_morning_one_mail_a_person_and_none_on_days_off(lived):
    data_dir, _said = lived
    # Besides the daily one a person gets those of a report or a review that waits, in the moment in which it does.
    daily = "FROM outbox_outgoingmail WHERE kind = 'DIGEST'"
    twice = rows(data_dir, f"SELECT day, person_id {daily} GROUP BY day, person_id HAVING count(*) > 1")
    days = {day for (day,) in rows(data_dir, f"SELECT DISTINCT day {daily}")}
    assert twice == []
    # 7 April 2025 is the day of the Hùng Kings, the 10th of the third lunar month; 5 and 6 April a weekend.
    assert days & {"2025-04-05", "2025-04-06", "2025-04-07"} == set()
    assert {"2025-03-17", "2025-04-08", UNTIL} <= days
    assert rows(data_dir, "SELECT DISTINCT state FROM outbox_outgoingmail") == [("SENT",)]


def test_mails_of_a_morning_lie_in_a_file_as_they_would_be_sent(lived):
    data_dir, _said = lived
    [newest] = (data_dir / "demo-mails" / UNTIL).iterdir()
    mails = [
        email.message_from_bytes(part.strip(), policy=email.policy.default)
        for part in newest.read_bytes().split(b"-" * 79)
        if part.strip()
    ]
    subjects = dict(
        rows(data_dir, f"SELECT to_address, subject FROM outbox_outgoingmail WHERE day = '{UNTIL}'")
    )
    assert {mail["To"].addresses[0].addr_spec: mail["Subject"] for mail in mails} == subjects
    assert all(mail.get_body(("plain",)).get_content().startswith("Kính gửi đồng chí") for mail in mails)


def test_year_is_lived_once(lived):
    data_dir, _said = lived
    before = rows(data_dir, "SELECT count(*) FROM core_auditentry")
    again = khuevan(data_dir, "demo", "year", "--until", UNTIL)
    assert (again.returncode, again.stderr) == (
        1,
        "Error: This year has been lived through already: begin with an empty data directory to live it again.\n",
    )
    quiet = khuevan(data_dir, "demo", "year", "--if-new")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    assert rows(data_dir, "SELECT count(*) FROM core_auditentry") == before


def test_kept_day_is_changed_and_let_go(lived):
    data_dir, _said = lived
    assert khuevan(data_dir, "demo", "today", "2025-06-12").stdout == (
        "Today is 12/06/2025 here, kept for the demonstration.\n"
    )
    assert "is no day" in khuevan(data_dir, "demo", "today", "mai").stderr
    assert "kept" not in khuevan(data_dir, "demo", "today", "real").stdout
    assert not (data_dir / "kept-day").exists()


def test_production_refuses_the_year(lived):
    data_dir, _said = lived
    refused = khuevan(
        data_dir, "demo", "year",
        DJANGO_SETTINGS_MODULE="khuevan.settings.production", SECRET_KEY="z" * 40 + "0123456789abcdef",
        ALLOWED_HOSTS="doingoai.example.vn",
    )  # fmt: skip
    assert refused.returncode == 1
    assert "public password" in refused.stderr
