"""Who is writing now, and why: the deed in progress that the audit trail names."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from khuevan.people.models import User  # Types only: core knows nothing of people when it runs.


class UnrecordedWrite(RuntimeError):
    """A record was about to change with nobody to answer for it."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One action in progress. `by` is None inside `unaudited`, and then `verb` holds the reason."""

    by: User | None
    verb: str
    batch: uuid.UUID = field(default_factory=uuid.uuid4)


_current: ContextVar[Deed | None] = ContextVar("deed", default=None)


def current_deed() -> Deed | None:
    """The action in progress in this thread or task, if there is one."""
    return _current.get()


def required_deed(what: str) -> Deed:
    """The action in progress; raises UnrecordedWrite that tells the programmer what to write instead."""
    deed = _current.get()
    if deed is None:
        raise UnrecordedWrite(
            f"{what} outside an action. Write it in a function decorated with khuevan.core.actions.action "
            "and call that with by=…; data without an author (factories, data migrations) goes inside "
            "`with unaudited('why'):`."
        )
    return deed


@contextmanager
def recorded(*, by: User, verb: str) -> Iterator[Deed]:
    """Answers for every write inside the block; a block inside another shares its batch."""
    outer = _current.get()
    deed = Deed(by=by, verb=verb) if outer is None else Deed(by=by, verb=verb, batch=outer.batch)
    token = _current.set(deed)
    try:
        yield deed
    finally:
        _current.reset(token)


@contextmanager
def unaudited(reason: str) -> Iterator[None]:
    """Lets records be written without an entry, for the stated reason: factories, data migrations, repairs."""
    if not reason.strip():
        raise ValueError("Say why these writes have no author.")
    token = _current.set(Deed(by=None, verb=reason))
    try:
        yield
    finally:
        _current.reset(token)
