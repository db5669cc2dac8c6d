"""Eight processes in which 166 units fill and send their reports at the same time; on any database.

    python -m tests.reports.last_afternoon UNITS [PROCESSES]

126 wards and 40 units, each with an officer, save their form once and send it, each process its share, all in the
same minute; meanwhile one more process reads the gathering page's figures and reminds whoever has not sent. Prints
what happened as JSON; whoever started it judges. Models are imported inside functions, because they can be only
once Django has started.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import django
from django.db import transaction

from tests.documents.number_race import _forked, _told

PROCESSES = 8
WARDS_IN_166 = 126
# The deadline of the second quarter's cycle, in the afternoon.
LAST = date(2025, 6, 17)


def _prepared(units: int) -> tuple[int, int, list[int]]:
    """The keys of the open cycle, of the planner, and of the units' reports."""
    from khuevan.core import clock
    from khuevan.core.recording import unaudited
    from khuevan.people.choices import UnitKind
    from khuevan.people.models import User
    from khuevan.reports.models import RuleReporter, UnitReport
    from tests.factories.people import PostFactory, UnitFactory
    from tests.factories.reports import reporting_office
    from tests.factories.work import at

    place = reporting_office()
    with unaudited("units of a race"):
        place.rule.reporters.all().delete()
    for number in range(units):
        is_ward = number < units * WARDS_IN_166 // 166
        unit = UnitFactory(
            name=f"Đơn vị {number:03d}", kind=UnitKind.WARD if is_ward else UnitKind.CENTRE
        )  # fmt: skip
        # Not by the factory, which hashes a password: that would take longer than all that the officer does.
        officer = User.objects.create(
            username=f"donvi{number}", full_name=f"Cán bộ {number}", email=f"d{number}@example.invalid"
        )
        PostFactory(unit=unit, person=officer)
        with unaudited("units of a race"):
            RuleReporter.objects.create(rule=place.rule, unit=unit)
    with clock.stopped_at(at(date(2025, 6, 5))):
        cycle = place.cycle()
    keys = UnitReport.objects.filter(cycle=cycle).order_by("pk").values_list("pk", flat=True)
    return cycle.pk, place.office.planner.pk, list(keys)


def _share(keys: list[int]) -> dict[str, Any]:
    """One process's part: each of its units saves and sends; how long the longest of both took."""
    from khuevan.core import clock
    from khuevan.people.models import User
    from khuevan.reports.actions import UnitWords, save_unit_report, send_unit_report
    from khuevan.reports.actions.filling import FigureEntry
    from khuevan.reports.models import Indicator, Question, UnitReport
    from tests.factories.work import at

    longest = 0.0
    with clock.stopped_at(at(LAST, 16, 30)):
        for key in keys:
            report = UnitReport.objects.select_related("cycle__rule", "unit").get(pk=key)
            officer = User.objects.get(posts__unit=report.unit)
            stories = Indicator.objects.get(code="tin_bai", section__rule=report.cycle.rule)
            question = Question.objects.get(section__rule=report.cycle.rule)
            began = time.perf_counter()
            saved = save_unit_report(
                by=officer,
                report=report,
                seen_version=report.version,
                figures={stories.pk: FigureEntry(Decimal(key))},
                words=UnitWords(
                    answers={question.pk: f"Lời của {report.unit.name}"},
                    difficulties=[(f"Khó khăn của {report.unit.name}", "")],
                ),
            )
            longest = max(longest, time.perf_counter() - began)
            began = time.perf_counter()
            send_unit_report(by=officer, report=saved, seen_version=saved.version)
            longest = max(longest, time.perf_counter() - began)
    return {"longest": longest, "done": len(keys)}


def _gathers(cycle_key: int, planner_key: int) -> dict[str, Any]:
    """The one who gathers: reminds all that have not sent, and looks at figures while they come in."""
    from khuevan.core import clock
    from khuevan.people.models import User
    from khuevan.reports.actions import call_units
    from khuevan.reports.models import Cycle
    from khuevan.reports.queries.cycle_data import cycle_data, sums_of
    from khuevan.reports.queries.standing import standings_of, tally_of
    from tests.factories.work import at

    cycle = Cycle.objects.select_related("rule").get(pk=cycle_key)
    seen = []
    with clock.stopped_at(at(LAST, 16, 30)):
        call_units(by=User.objects.get(pk=planner_key), cycle=cycle)
        for look in range(5):
            time.sleep(0.7 * (look > 0))
            # What is counted as sent has its figures: a report is sent whole or not at all.
            data = cycle_data(cycle)
            whole = all(
                len(one.given) == one.asked for one in sums_of(data) if one.indicator.code == "tin_bai"
            )
            seen.append((tally_of(standings_of(cycle, LAST)).sent, whole))
    return {"seen": seen}


def race(units: int, processes: int) -> dict[str, Any]:
    """What happened: seconds, the longest wait, what failed, what is there afterwards."""
    with transaction.atomic():
        cycle, planner, keys = _prepared(units)
    began = time.perf_counter()
    children = [
        _forked(lambda place=place: _share(keys[place::processes]))  # type: ignore[misc]
        for place in range(processes)
    ]
    watcher = _forked(lambda: _gathers(cycle, planner))
    told = [_told(child) for child in children]
    seconds = time.perf_counter() - began
    gathers = _told(watcher)
    return {
        "seconds": round(seconds, 2),
        "longest": round(max(item.get("longest", 0.0) for item in told), 3),
        "done": sum(item.get("done", 0) for item in told),
        "failures": [item["failed"] for item in (*told, gathers) if "failed" in item],
        "seen": gathers.get("seen", []),
        "expected_sum": str(Decimal(sum(keys)).quantize(Decimal("0.01"))),
        **_left(),
    }


def _left() -> dict[str, Any]:
    """What the database holds afterwards."""
    from django.contrib.contenttypes.models import ContentType

    from khuevan.core.models import AuditEntry
    from khuevan.reports.models import UnitAnswer, UnitDifficulty, UnitFigure, UnitReport
    from khuevan.reports.queries.cycle_data import cycle_data, sums_of

    reports = list(UnitReport.objects.select_related("unit", "cycle__rule"))
    [cycle] = {report.cycle for report in reports}
    sums = {one.indicator.code: (str(one.value), len(one.given)) for one in sums_of(cycle_data(cycle))}
    per_report = Counter(UnitFigure.objects.values_list("report", flat=True))
    own_words = sum(
        UnitAnswer.objects.filter(report=report, text=f"Lời của {report.unit.name}").count() == 1
        and UnitDifficulty.objects.filter(report=report, text=f"Khó khăn của {report.unit.name}").count() == 1
        for report in reports
    )
    return {
        "states": dict(Counter((report.state) for report in reports)),
        "versions": dict(Counter(str(report.version) for report in reports)),
        "figures_a_report": sorted(set(per_report.values())),
        "reports_with_figures": len(per_report),
        "own_words": own_words,
        "words": [UnitAnswer.objects.count(), UnitDifficulty.objects.count()],
        "sum_of_stories": sums["tin_bai"],
        "sends_in_the_trail": AuditEntry.objects.filter(
            verb="send_unit_report",
            kind=AuditEntry.Kind.CHANGED,
            target_type=ContentType.objects.get_for_model(UnitReport),
        ).count(),
    }


def main() -> None:
    """Runs the race in this process's installation."""
    units = int(sys.argv[1])
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else PROCESSES
    django.setup()
    # Children inherit what is loaded; loading it eight times would be most of a short race.
    import khuevan.urls  # noqa: F401

    sys.stdout.write(json.dumps(race(units, processes)))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
