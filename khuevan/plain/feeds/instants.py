"""Instants as feeds write them: RFC 3339 in Atom, JSON and sitemaps, RFC 822 in RSS, RFC 9110 in HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

# RFC 5322 (3.3) knows no year before 1900; after 9998 an instant may leave the calendar in another zone.
FIRST_YEAR = 1900
LAST_YEAR = 9998


def check_instant(instant: datetime, name: str) -> None:
    """Nothing for an instant with a zone that every format can write; ValueError for another."""
    if instant.utcoffset() is None:
        raise ValueError(f"{name} has no time zone: {instant.isoformat()}.")
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise ValueError(f"{name} lies outside {FIRST_YEAR}-{LAST_YEAR}: {instant.isoformat()}.")


def rfc3339(instant: datetime) -> str:
    """`instant` to the second as in 2026-03-05T09:30:00+07:00. Source: RFC 3339, 5.6."""
    return _written_zone(instant).isoformat(timespec="seconds")


def rfc822(instant: datetime) -> str:
    """`instant` as in Thu, 05 Mar 2026 09:30:00 +0700. Source: RFC 822, 5, with years of four digits (RSS 2.0)."""
    return format_datetime(_written_zone(instant))


def http_date(instant: datetime) -> str:
    """`instant` as in Thu, 05 Mar 2026 02:30:00 GMT. Source: RFC 9110, 5.6.7."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def _written_zone(instant: datetime) -> datetime:
    # Offsets are written in whole minutes; Hà Nội's own before 1911 had seconds.
    offset = instant.utcoffset() or timedelta()
    return instant if offset % timedelta(minutes=1) == timedelta() else instant.astimezone(UTC)
