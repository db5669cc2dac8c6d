"""What the software counts by itself: a registry of sources, each of which yields records, never a bare number.

A figure is how many records there are (or the sum of their amounts), so that it always opens on what it counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise  # For the type checker; not a dependency of the program.

    from khuevan.people.models import User

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """One thing that a figure counts. `label` is the model's label in lower case; `amount` is what it adds."""

    label: str
    pk: int
    title: str
    day: date | None
    amount: Decimal = ONE

    def as_stored(self) -> list[object]:
        """As `UnitFigure.records` keeps it."""
        return [self.label, self.pk, self.title, self.day and self.day.isoformat(), str(self.amount)]

    @classmethod
    def from_stored(cls, stored: list[object]) -> CountedRecord:
        """What `as_stored` wrote."""
        label, pk, title, day, amount = stored
        return cls(
            str(label),
            int(str(pk)),
            str(title),
            date.fromisoformat(str(day)) if day else None,
            Decimal(str(amount)),
        )


@dataclass(frozen=True, slots=True)
class CountingQuestion:
    """What is to be counted: for which units, from which day to which (inclusive), narrowed how.

    `plan_ref` is a section of the plan (II.2), empty for all; `detail` one of the source's own details.
    """

    unit_ids: frozenset[int]
    first: date
    last: date
    plan_ref: str = ""
    detail: str = ""


Answer = Mapping[int, tuple[CountedRecord, ...]]


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A record of a unit with what it can be narrowed by: the section of the plan, a detail.

    Of rows of one unit with the same `same` the first counts; empty for a record that stands for itself.
    """

    unit_id: int
    record: CountedRecord
    plan_ref: str = ""
    detail: str = ""
    same: str = ""


def answer_from(rows: Iterable[CountedRow], question: CountingQuestion) -> Answer:
    """What of the rows the question asks for. A section holds those below it: II.2 holds II.2.1, not II.20."""
    found: dict[int, list[CountedRecord]] = defaultdict(list)
    seen: set[tuple[int, str]] = set()
    for row in rows:
        if question.detail and row.detail != question.detail:
            continue
        if question.plan_ref and not f"{row.plan_ref}.".startswith(f"{question.plan_ref}."):
            continue
        if row.same and (row.unit_id, row.same) in seen:
            continue
        seen.add((row.unit_id, row.same))
        found[row.unit_id].append(row.record)
    return {unit: tuple(records) for unit, records in found.items()}


@dataclass(frozen=True, slots=True)
class CountingSource:
    """One thing that the software knows. `count` answers for all units at once, by the unit's key.

    `details` are what it can be narrowed to, as (code, words). `url` is where a record of the label stands, empty
    where it has no page. `count_all` answers many questions about the same units and days at once, and `urls` says
    where many records stand: a form with sixty figures would ask the database as often without them.
    `visible` are those of the records that a person opens on the day; without it none are.
    """

    key: str
    label: StrOrPromise
    unit_of_measure: StrOrPromise
    count: Callable[[CountingQuestion], Answer]
    url: Callable[[CountedRecord], str]
    details: Callable[[], list[tuple[str, str]]] = list
    by_plan_section: bool = False
    count_all: Callable[[Sequence[CountingQuestion]], Sequence[Answer]] | None = None
    urls: Callable[[Sequence[CountedRecord]], Mapping[CountedRecord, str]] | None = None
    visible: Callable[[User, date, Sequence[CountedRecord]], Collection[CountedRecord]] | None = None

    def answers(self, questions: Sequence[CountingQuestion]) -> Sequence[Answer]:
        """An answer to each question; they ask about the same units and days and are narrowed differently."""
        if self.count_all is not None:
            return self.count_all(questions)
        return [self.count(question) for question in questions]


_sources: dict[str, CountingSource] = {}


def register_source(source: CountingSource) -> None:
    """Lets indicators count by this source; called in `ready`. Once a key."""
    if source.key in _sources:
        raise ValueError(f"{source.key} is registered already.")
    _sources[source.key] = source


def counting_sources() -> tuple[CountingSource, ...]:
    """The registered sources in the order of their keys."""
    return tuple(_sources[key] for key in sorted(_sources))


def counting_source(key: str) -> CountingSource | None:
    """The source of the key; None where it is not registered (an app was taken out of the installation)."""
    return _sources.get(key)


def url_of_record(record: CountedRecord) -> str:
    """Where a counted record stands; empty where no source knows its label or it has no page."""
    for source in _sources.values():
        if source.key.split(".")[0] == record.label.split(".")[0] and (url := source.url(record)):
            return url
    return ""


def urls_of_records(records: Sequence[CountedRecord]) -> dict[CountedRecord, str]:
    """Where each of the records stands, as `url_of_record` says it."""
    found: dict[CountedRecord, str] = {}
    for source in _sources.values():
        if source.urls is None:
            continue
        own = [one for one in records if source.key.split(".")[0] == one.label.split(".")[0]]
        found |= source.urls([one for one in own if one not in found])
    return {one: found.get(one) or url_of_record(one) for one in records}


def visible_records(user: User, day: date, records: Sequence[CountedRecord]) -> frozenset[CountedRecord]:
    """Those of the records that the person opens on the day where they stand, as the apps themselves decide it."""
    found: set[CountedRecord] = set()
    asked: set[str] = set()
    for source in _sources.values():
        # Each app is asked once, by whichever of its sources comes first.
        app = source.key.split(".")[0]
        if source.visible is None or app in asked:
            continue
        asked.add(app)
        own = [one for one in records if one.label.split(".")[0] == app]
        if own:
            found.update(source.visible(user, day, own))
    return frozenset(found)
