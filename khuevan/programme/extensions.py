"""What the apps above add to the programme's pages: ways from a task, counts on a person's desk.

A registry, like that of evidence: the programme knows none of those apps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from khuevan.people.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise  # Types only; not a package that running needs from us.


@dataclass(frozen=True, slots=True)
class TaskWay:
    """A way from the page of a task into another app: `url` takes the task's key, `may` says who is shown it."""

    name: str
    label: StrOrPromise
    url: Callable[[int], str]
    may: Callable[[User, date], bool]


@dataclass(frozen=True, slots=True)
class DeskCount:
    """How many of something wait for a person in another app, and where they stand."""

    count: int
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownProof:
    """Something of another app that was made public for a task: what it is, where it stands, who showed it when.

    `others` are its other languages, as name and address. `url` is empty where it cannot be opened; `gone` says why.
    """

    kind: str
    title: str
    url: str
    language: str
    at: datetime
    by: str
    others: tuple[tuple[str, str], ...] = ()
    gone: str = ""


TaskProofs = Callable[[int], list[ShownProof]]
DeskCounts = Callable[[User, date], list[DeskCount]]

_ways: dict[str, TaskWay] = {}
_counts: dict[str, DeskCounts] = {}
_proofs: dict[str, TaskProofs] = {}


def register_task_way(way: TaskWay) -> None:
    """Puts the way on the page of every task that is in force; called in an app's `ready`. Once a name."""
    if way.name in _ways:
        raise ValueError(f"{way.name} is registered as a way from a task already.")
    _ways[way.name] = way


def register_desk_counts(name: str, counts: DeskCounts) -> None:
    """Lets what waits in an app be counted on a person's desk; called in an app's `ready`. Once a name."""
    if name in _counts:
        raise ValueError(f"{name} is counted on the desk already.")
    _counts[name] = counts


def register_task_proofs(name: str, proofs: TaskProofs) -> None:
    """Shows what an app made public for a task on its page; called in an app's `ready`. Once a name."""
    if name in _proofs:
        raise ValueError(f"{name} shows its proofs of tasks already.")
    _proofs[name] = proofs


def task_proofs(task: int) -> list[ShownProof]:
    """What was made public for the task, the newest first."""
    found = [proof for proofs in _proofs.values() for proof in proofs(task)]
    return sorted(found, key=lambda proof: proof.at, reverse=True)


def task_ways(task: int, person: User, day: date) -> list[tuple[str, str]]:
    """The ways that the person is shown from the task, as label and address."""
    return [(str(way.label), way.url(task)) for way in _ways.values() if way.may(person, day)]


def desk_counts(person: User, day: date) -> list[DeskCount]:
    """What waits for the person in the apps above."""
    return [count for counts in _counts.values() for count in counts(person, day)]
