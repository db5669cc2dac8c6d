"""One unit sends while the report is gathered; on any database.

    python -m tests.reports.gathering_race

A process sends, and waits a little before its transaction ends; another gathers meanwhile. Prints as JSON what the
report holds and which changes it tells. Models are imported inside functions, because they can be only once Django
has started.
"""

from __future__ import annotations

import json
import os
import select
import sys
import time
from pathlib import Path
from typing import Any

import django
from django.db import transaction

from tests.documents.number_race import _forked, _told

# How long the sender's transaction stays open once whoever gathers was told to begin.
HELD = 1.5


def _prepared() -> dict[str, int]:
    from tests.reports.composing_scenes import composed

    scene = composed(both=False)
    office = scene.place.office
    return {
        "report": scene.report.pk,
        "planner": office.planner.pk,
        "unit": office.support.pk,
        "officer": office.support_officer.pk,
        "stories": scene.place.stories.pk,
    }


def _sends(keys: dict[str, int], begun: int) -> dict[str, Any]:
    from decimal import Decimal

    from khuevan.core import clock
    from khuevan.people.models import User
    from khuevan.reports.actions import UnitWords, save_unit_report, send_unit_report
    from khuevan.reports.actions.filling import FigureEntry
    from khuevan.reports.models import UnitReport
    from tests.factories.work import at
    from tests.reports.composing_scenes import SENT

    officer = User.objects.get(pk=keys["officer"])
    report = UnitReport.objects.select_related("cycle__rule", "unit").get(unit=keys["unit"])
    with clock.stopped_at(at(SENT, 10)):
        figures = {keys["stories"]: FigureEntry(Decimal(2))}
        saved = save_unit_report(
            by=officer, report=report, seen_version=0, figures=figures, words=UnitWords()
        )
        with transaction.atomic():
            send_unit_report(by=officer, report=saved, seen_version=saved.version)
            os.write(begun, b".")
            time.sleep(HELD)
    return {}


def _gathers(keys: dict[str, int], begun: int) -> dict[str, Any]:
    from khuevan.core import clock
    from khuevan.people.models import User
    from khuevan.reports.actions import gather_again
    from khuevan.reports.models import ComposedReport
    from tests.factories.work import at
    from tests.reports.composing_scenes import SENT

    # Not by the clock: a busy machine may need long to come as far as sending.
    if not select.select([begun], [], [], 120)[0]:
        raise AssertionError("Nobody began to send.")
    with clock.stopped_at(at(SENT, 11)):
        report = ComposedReport.objects.get(pk=keys["report"])
        gather_again(by=User.objects.get(pk=keys["planner"]), report=report)
    return {}


def race() -> dict[str, Any]:
    """What is there once both have ended."""
    from khuevan.reports.models import ComposedReport
    from khuevan.reports.queries.composed import changes_since

    with transaction.atomic():
        keys = _prepared()
    reads, writes = os.pipe()
    children = [_forked(lambda: _sends(keys, writes)), _forked(lambda: _gathers(keys, reads))]
    told = [_told(child) for child in children]
    report = ComposedReport.objects.get(pk=keys["report"])
    return {
        "failures": [item["failed"] for item in told if "failed" in item],
        "missing": report.missing_units,
        "stories": str(report.figures.get(code="tin_bai").value),
        "changes": len(changes_since(report)),
    }


def main() -> None:
    """Runs the race in this process's installation."""
    django.setup()
    sys.stdout.write(json.dumps(race()))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
