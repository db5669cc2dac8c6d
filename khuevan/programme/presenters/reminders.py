"""The reminders of a day by person, and the ladder in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.outbox.models import OutgoingMail
from khuevan.programme.choices import RungTarget
from khuevan.programme.models import ReminderRung
from khuevan.programme.presenters.digest import call_in_words
from khuevan.programme.presenters.wording import day as written_day
from khuevan.programme.presenters.wording import short_title
from khuevan.programme.reminder_queries import RemindedPerson


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """One thing that a person was reminded of, and why."""

    title: str
    url: str
    unit: str
    due: str
    why: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person who got the day's mail: what stood first in it, and what came of it. `mail` is None without one."""

    name: str
    mail: OutgoingMail | None
    lines: tuple[ReminderLine, ...]


@dataclass(frozen=True, slots=True)
class DayLink:
    """A day with mails: its address, how many went out, whether it is the one shown."""

    url: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RungRow:
    """A rung in words: when it comes and whom it reaches. `place` is BEFORE, ON or AFTER the deadline."""

    pk: int
    place: str
    when: str
    whom: str
    again: str
    is_active: bool


def days_of_reminders(days: Sequence[tuple[date, int]], chosen: date | None) -> list[DayLink]:
    """The days as links, newest first."""
    base = reverse("programme:reminders")
    return [
        DayLink(f"{base}?ngay={day.isoformat()}", written_day(day), count, day == chosen)
        for day, count in days
    ]


def people_reminded(people: Iterable[RemindedPerson]) -> list[PersonLine]:
    """The people with what they were reminded of, by name."""
    instalment = reverse("programme:instalment", args=[0]).removesuffix("0/")
    task = reverse("programme:task", args=[0]).removesuffix("0/")
    return [
        PersonLine(
            person.name,
            person.mail,
            tuple(
                ReminderLine(
                    short_title(item.title, 90),
                    f"{instalment}{item.instalment}/" if item.instalment else f"{task}{item.task}/",
                    item.unit,
                    written_day(item.due),
                    call_in_words(item.offset, item.target),
                )
                for item in person.items
            ),
        )
        for person in people
    ]


def ladder_rows(rungs: Iterable[ReminderRung]) -> list[RungRow]:
    """The rungs in words, in their order."""
    return [
        RungRow(
            rung.pk,
            "ON" if rung.offset == 0 else "BEFORE" if rung.offset < 0 else "AFTER",
            _when(rung.offset),
            str(RungTarget(rung.target).label),
            ""
            if rung.repeat_every is None
            else ngettext("then every working day", "then every %(days)s working days", rung.repeat_every)
            % {"days": rung.repeat_every},
            rung.is_active,
        )
        for rung in rungs
    ]


def _when(offset: int) -> str:
    if offset == 0:
        return _("On the day of the deadline")
    days = abs(offset)
    if offset < 0:
        return ngettext("%(days)s working day before", "%(days)s working days before", days) % {"days": days}
    return ngettext("%(days)s working day after", "%(days)s working days after", days) % {"days": days}
