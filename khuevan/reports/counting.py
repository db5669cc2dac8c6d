"""What the software counts by itself: a registry of sources, each of which yields records, never a bare number.

A figure is how many records there are (or the sum of their amounts), so that it always opens on what it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise  # For the type checker; not a dependency of the program.

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
class CountingSource:
    """One thing that the software knows. `count` answers for all units at once, by the unit's key.

    `details` are what it can be narrowed to, as (code, words). `url` is where a record of the label stands, empty
    where it has no page; `may_open` whether a person may open it there.
    """

    key: str
    label: StrOrPromise
    unit_of_measure: StrOrPromise
    count: Callable[[CountingQuestion], Answer]
    url: Callable[[CountedRecord], str]
    details: Callable[[], list[tuple[str, str]]] = list
    by_plan_section: bool = False


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
