"""A press conference as iCalendar (RFC 5545): plain values in, bytes out. Knows no database and no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

PRODUCT = "-//Khue Van//Press conferences//EN"
# Calendars draw what has no end as a moment; an hour is what reporters keep free.
USUALLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ConferenceEntry:
    """One press conference. `uid` stays the same for ever; moments have a time zone."""

    uid: str
    title: str
    begins_at: datetime
    ends_at: datetime | None
    venue: str
    description: str
    url: str
    made: datetime
    changed: datetime


def conference_as_ics(entry: ConferenceEntry) -> bytes:
    """The calendar with one VEVENT, its times in UTC: every reader's program shows its own. Same in, same out."""
    calendar: Any = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    event: Any = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", entry.changed.astimezone(UTC))
    event.add("LAST-MODIFIED", entry.changed.astimezone(UTC))
    event.add("SEQUENCE", max(int((entry.changed - entry.made).total_seconds()), 0))
    event.add("DTSTART", entry.begins_at.astimezone(UTC))
    event.add("DTEND", (entry.ends_at or entry.begins_at + USUALLY).astimezone(UTC))
    event.add("SUMMARY", entry.title)
    event.add("LOCATION", entry.venue)
    event.add("DESCRIPTION", entry.description)
    event.add("URL", entry.url)
    event.add("STATUS", "CONFIRMED")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
