"""What the software knows of the figures that a form asks for: the counted records of each unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal

from khuevan.reports.choices import FigureSource
from khuevan.reports.counting import CountedRecord, CountingQuestion, counting_source
from khuevan.reports.models import Cycle, Indicator

Known = dict[tuple[int, int], tuple[CountedRecord, ...]]


def known_records(cycle: Cycle, unit_ids: Collection[int], indicators: Iterable[Indicator]) -> Known:
    """The records that each counted indicator counts for each unit, by (unit's key, indicator's key).

    Every pair is there, empty where there is nothing to count; a pair is missing where the source is no longer
    part of the installation. Indicators that ask the same are counted once,
    and each source is asked once.
    """
    asked: dict[str, dict[tuple[str, str], list[int]]] = defaultdict(lambda: defaultdict(list))
    for indicator in indicators:
        if indicator.source == FigureSource.COUNTED:
            ref = indicator.section.plan_ref if indicator.within_section else ""
            asked[indicator.source_key][indicator.source_detail, ref].append(indicator.pk)
    found: Known = {}
    units = frozenset(unit_ids)
    for key, narrowings in asked.items():
        source = counting_source(key)
        if source is None:
            continue
        answers = source.answers(
            [
                CountingQuestion(units, cycle.first_date, cycle.last_date, ref, detail)
                for detail, ref in narrowings
            ]
        )
        for answer, indicator_ids in zip(answers, narrowings.values(), strict=True):
            for unit in units:
                for indicator_id in indicator_ids:
                    found[unit, indicator_id] = answer.get(unit, ())
    return found


def total(records: Iterable[CountedRecord]) -> Decimal:
    """The figure that the records make."""
    return sum((record.amount for record in records), Decimal(0))
