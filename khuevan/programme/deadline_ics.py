"""Deadlines as iCalendar (RFC 5545): plain values in, bytes out. Knows no database and no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, vDuration, vText

PRODUCT = "-//Khue Van//Deadlines//VI"
# How often a calendar program is asked to look again; most of them look when they please.
REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One all-day entry. `uid` stays the same for ever; `made` and `changed` are moments with a time zone."""

    uid: str
    day: date
    summary: str
    description: str
    url: str
    categories: tuple[str, ...]
    made: datetime
    changed: datetime


def deadlines_as_ics(name: str, description: str, deadlines: Iterable[Deadline]) -> bytes:
    """The calendar with one VEVENT a deadline, in the order given; the same bytes for the same values.

    DTSTAMP is the moment of the last change, as RFC 5545 has it for a calendar without METHOD, so that nothing
    differs from one asking to the next. SEQUENCE are the seconds from making to the last change: it only grows.
    Entries leave the day free (TRANSPARENT) and ring no bell.
    """
    calendar: Any = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("NAME", name)
    # The library leaves extensions as they are given: said what they are, they are escaped like the rest.
    calendar.add("X-WR-CALNAME", vText(name))
    calendar.add("DESCRIPTION", description)
    calendar.add("X-WR-CALDESC", vText(description))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    for item in deadlines:
        calendar.add_component(_event(item))
    written: bytes = calendar.to_ical()
    return written


def _event(item: Deadline) -> Any:
    event: Any = Event()
    event.add("UID", item.uid)
    event.add("DTSTAMP", item.changed)
    event.add("CREATED", item.made)
    event.add("LAST-MODIFIED", item.changed)
    event.add("SEQUENCE", max(int((item.changed - item.made).total_seconds()), 0))
    event.add("DTSTART", item.day)
    # The end of an all-day event is the day after, which is not part of it.
    event.add("DTEND", item.day + timedelta(days=1))
    event.add("SUMMARY", item.summary)
    event.add("DESCRIPTION", item.description)
    event.add("CATEGORIES", list(item.categories))
    event.add("STATUS", "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT")
    event.add("URL", item.url)
    return event
