"""The schedule: jobs that come back by themselves, declared where they are written.

In an app's `jobs.py`, which is found by its name when Django starts:

    @periodic(name="send_mail", title=gettext_lazy("Send waiting mail"), every=timedelta(minutes=1))
    def send_mail() -> str:
        ...
        return gettext("%(count)d messages sent") % {"count": count}

A job takes nothing and returns what it did in a short sentence in the staff's language, "" where there is
nothing to say. It may be ended at any moment and then runs again: what it did already it must not do twice.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

from khuevan.background.rhythm import DailyAt, Every, Rhythm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise  # Types only; not a package that running needs from us.

Job = Callable[[], str]

# A name stands in addresses and in the database.
NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")


@dataclass(frozen=True, slots=True)
class ScheduledJob:
    """One entry of the schedule: what is run, how often, and what people call it."""

    name: str
    title: StrOrPromise
    rhythm: Rhythm
    run: Job


_schedule: dict[str, ScheduledJob] = {}


def schedule() -> Mapping[str, ScheduledJob]:
    """Every job of the schedule by its name, in the order of declaration."""
    return MappingProxyType(_schedule)


def periodic(
    *, name: str, title: StrOrPromise, every: timedelta | None = None, at: time | None = None
) -> Callable[[Job], Job]:
    """Puts the decorated function into the schedule, and leaves it as it is.

    **units**: `at` is a time of the office's clock (TIME_ZONE); the job runs each day, holidays included.
    **errors**: ImproperlyConfigured for a name that is taken or cannot stand in an address, for a rhythm that
    is missing, doubled or shorter than a second, and for a function that wants arguments.
    """
    rhythm = _rhythm(name, every, at)
    if not NAME.fullmatch(name):
        raise ImproperlyConfigured(
            f"A periodic job's name is made of a-z, 0-9 and _, 50 at most; {name!r} is not."
        )

    def declared(function: Job) -> Job:
        if inspect.signature(function).parameters:
            raise ImproperlyConfigured(f"The periodic job {name!r} must be a function without arguments.")
        known = _schedule.get(name)
        if known is not None:
            raise ImproperlyConfigured(
                f"Two periodic jobs are named {name!r}: {_place(known.run)} and {_place(function)}."
            )
        _schedule[name] = ScheduledJob(name=name, title=title, rhythm=rhythm, run=function)
        return function

    return declared


def _rhythm(name: str, every: timedelta | None, at: time | None) -> Rhythm:
    if every is not None and at is None and every >= timedelta(seconds=1):
        return Every(every)
    if at is not None and every is None and at.tzinfo is None:
        return DailyAt(at)
    raise ImproperlyConfigured(
        f"The periodic job {name!r} needs either every= (a second or more) or at= (a time without a zone)."
    )


def _place(function: Job) -> str:
    return f"{function.__module__}.{function.__qualname__}"
