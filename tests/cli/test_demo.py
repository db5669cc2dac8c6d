"""What `make run` sets up, and the server it ends in."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.error import URLError

from tests.browser.site import copy_site

ROOT = Path(__file__).resolve().parents[2]


def count(data_dir: Path, query: str) -> int:
    with closing(sqlite3.connect(data_dir / "khuevan.sqlite3")) as database:
        return int(database.execute(query).fetchone()[0])


def test_demonstration_holds_the_plan_under_its_units(demo_data):
    assert count(demo_data, "SELECT count(*) FROM programme_plan") == 1
    assert count(demo_data, "SELECT count(*) FROM programme_task") == 16
    assert count(demo_data, "SELECT count(*) FROM programme_duty") == 14
    with closing(sqlite3.connect(demo_data / "khuevan.sqlite3")) as database:
        duties = dict(
            database.execute(
                "SELECT u.name, count(*) FROM programme_duty d JOIN people_unit u ON u.id = d.unit_id GROUP BY u.id"
            )
        )
    assert duties == {
        "Phòng Thông tin – Báo chí – Xuất bản": 6,
        "Phòng Truyền thông số": 2,
        "Văn phòng Sở": 3,
        "Phòng Tổ chức – Pháp chế": 1,
        "Trung tâm Thông tin Triển lãm Hà Nội": 1,
        "Các phòng, đơn vị thuộc Sở": 1,
    }


def test_second_set_up_changes_nothing(demo_data, tmp_path):
    copy_site(demo_data, tmp_path / "data")
    tables = (
        "programme_plan",
        "programme_task",
        "programme_duty",
        "people_unit",
        "people_user",
        "core_auditentry",
    )
    before = {table: count(tmp_path / "data", f"SELECT count(*) FROM {table}") for table in tables}
    done = subprocess.run(
        [sys.executable, "-m", "khuevan", "setup-demo"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "KHUEVAN_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("0 units and 0 accounts added")
    assert {table: count(tmp_path / "data", f"SELECT count(*) FROM {table}") for table in tables} == before


def test_server_prints_its_addresses_and_ends_cleanly(demo_data, tmp_path):
    copy_site(demo_data, tmp_path / "data")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "khuevan", "serve"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "KHUEVAN_DATA_DIR": str(tmp_path / "data"), "PORT": str(port)},
            stdout=output,
            stderr=output,
        )
        try:
            for _ in range(300):
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                        page = answer.read().decode()
                    break
                except (URLError, ConnectionError):
                    time.sleep(0.1)
            process.send_signal(signal.SIGINT)
            process.wait(timeout=15)
        finally:
            process.kill()
    text = log.read_text(encoding="utf-8")
    assert "Hà Nội, in its own words" in page
    assert f"http://127.0.0.1:{port}/quan-tri/" in text
    assert "kehoach" in text
    assert "Traceback" not in text
    assert process.returncode == 0
