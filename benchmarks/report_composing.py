"""How long does the report of a year take? 170 units with 60 indicators, each figure with the records that it counts.

Asked: gathering, composing, the document and its PDF in under 5 s on SQLite, in under 500 MB. Timed in a process
of its own, so that what filled the database is not counted. The peer is what a user does without us: a script that
opens the 170 workbooks that came by mail with openpyxl, adds up their 60 figures and writes one workbook of sums; it
keeps no records, compares with nothing and writes no document. Figures are processor time; trust the ratios.

    .venv/bin/python -m benchmarks.report_composing [units] [indicators]
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

LIMIT_SECONDS, LIMIT_MB = 5.0, 500


def main(units: int, indicators: int) -> int:
    """How it ended: 0 where the report keeps to the limits."""
    with tempfile.TemporaryDirectory(prefix="khuevan-benchmark-") as directory:
        _start(directory)
        _fill(units, indicators, Path(directory))
        command = [sys.executable, "-m", "benchmarks.report_composing", "--measure", directory]
        return subprocess.run(command, check=False).returncode


def _start(directory: str) -> None:
    os.environ["KHUEVAN_DATA_DIR"] = directory
    os.environ["DATABASE_URL"] = f"sqlite:///{Path(directory) / 'benchmark.sqlite3'}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.settings.test")
    import django

    django.setup()


def _fill(units: int, indicators: int, directory: Path) -> None:
    """A database with the year's cycle, and the workbooks that the peer reads."""
    # Models can be imported only once Django has started.
    from django.core.management import call_command

    from tests.factories.large_reports import large_cycle, value_at

    call_command("migrate", verbosity=0)
    started = time.process_time()
    made = large_cycle(units, indicators)
    for number in range(len(made.sent)):
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for place in range(indicators):
            sheet.append([place, f"Chỉ tiêu {place}", value_at(number, place, 12)])
        book.save(directory / f"{number}.xlsx")
    print(f"{units} units, {indicators} indicators, filled in {time.process_time() - started:.1f} s")


def measure(directory: str) -> int:
    """Times each step of the report, then the peer."""
    _start(directory)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from khuevan.core import clock
    from khuevan.documents.draft_printing import draft_pdf
    from khuevan.documents.models import NumberBook
    from khuevan.people.models import Unit, User
    from khuevan.plain.reporting.composer import annexes_of_report, sections_of_report
    from khuevan.reports.actions import compose_report, freeze_report
    from khuevan.reports.models import Cycle
    from khuevan.reports.queries.report_values import report_values
    from tests.factories.work import at

    steps: list[tuple[str, float, int, float]] = []

    def memory() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    begun = memory()

    def timed(name: str, step: Callable[[], Any]) -> Any:
        with CaptureQueriesContext(connection) as queries:
            started = time.process_time()
            result = step()
            steps.append((name, time.process_time() - started, len(queries), memory()))
        return result

    cycle = Cycle.objects.select_related("rule").get(year=2025)
    planner = User.objects.get(posts__role="PLANNING_OFFICER")
    with clock.stopped_at(at(date(2025, 12, 17))):
        report = timed("gather and keep", lambda: compose_report(by=planner, cycle=cycle))
        values = timed("read as values", lambda: report_values(report))
        timed("sections, charts, annexes", lambda: (sections_of_report(values), annexes_of_report(values)))
        book, unit = NumberBook.objects.get(), Unit.objects.get(short_name="KHTC")
        frozen = timed(
            "freeze as a draft", lambda: freeze_report(by=planner, report=report, book=book, unit=unit)
        )
        pdf = timed("print as PDF", lambda: draft_pdf(frozen.draft))
    peak = memory()
    # What freezing does holds reading and composing again: the two steps are shown, not added.
    ours = sum(
        seconds for name, seconds, *_ in steps if name not in ("read as values", "sections, charts, annexes")
    )
    started = time.process_time()
    _consolidate(Path(directory))
    peer = time.process_time() - started
    for name, seconds, queries, most in steps:
        print(
            f"{name:28}{seconds * 1000:9.0f} ms{queries:6} queries{seconds / peer:7.2f} x peer{most:6.0f} MB"
        )
    print(
        f"{'the whole report':28}{ours * 1000:9.0f} ms{ours / peer:24.2f} x peer; {len(pdf) // 1024} kB of PDF"
    )
    print(f"{'170 workbooks by openpyxl':28}{peer * 1000:9.0f} ms")
    print(f"peak memory {peak:.0f} MB, of which {begun:.0f} MB before the report")
    kept = ours < LIMIT_SECONDS and peak < LIMIT_MB
    print("within the limits" if kept else f"OVER the limits of {LIMIT_SECONDS} s and {LIMIT_MB} MB")
    return 0 if kept else 1


def _consolidate(directory: Path) -> None:
    """The peer: one workbook of sums from all workbooks of the folder."""
    sums: dict[int, tuple[str, float]] = {}
    for path in sorted(directory.glob("*.xlsx")):
        sheet = load_workbook(path, data_only=True).active
        assert sheet is not None
        for place, name, value in sheet.iter_rows(values_only=True):
            sums[int(str(place))] = (
                str(name),
                sums.get(int(str(place)), ("", 0.0))[1] + float(str(value or 0)),
            )
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for place, (name, value) in sorted(sums.items()):
        sheet.append([place, name, value])
    book.save(directory / "tong-hop.xlsx")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        sys.exit(measure(sys.argv[2]))
    given = [int(value) for value in sys.argv[1:]]
    sys.exit(main(*(given or (170, 60))))
