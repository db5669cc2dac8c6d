"""Moments as a reader anywhere understands them: day and hour in Hà Nội, and how far that is from UTC."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_in_words(moment: datetime) -> str:
    """The day with its weekday, in the reader's format: Thursday, 5 June 2025."""
    local = timezone.localtime(moment)
    # Translators: a day with its weekday before it, such as “Thursday, 5 June 2025”.
    return _("%(weekday)s, %(day)s") % {
        "weekday": date_format(local, "l"),
        "day": date_format(local, "DATE_FORMAT"),
    }


def hours_in_words(begins_at: datetime, ends_at: datetime | None = None) -> str:
    """The hour, or from when to when, with the difference from UTC: 09:00–10:30, Hà Nội time (UTC+7)."""
    begins = timezone.localtime(begins_at)
    hours = date_format(begins, "H:i")
    if ends_at is not None:
        ends = timezone.localtime(ends_at)
        same_day = ends.date() == begins.date()
        hours += f"–{date_format(ends, 'H:i')}" if same_day else f" – {day_in_words(ends)}, {ends:%H:%M}"
    return _("%(hours)s, Hà Nội time (%(offset)s)") % {"hours": hours, "offset": offset_of(begins)}


def moment_in_words(moment: datetime) -> str:
    """Day and hour in one: Thursday, 5 June 2025, 17:00, Hà Nội time (UTC+7)."""
    return f"{day_in_words(moment)}, {hours_in_words(moment)}"


def offset_of(moment: datetime) -> str:
    """The difference from UTC as readers know it: UTC+7, UTC+5:30."""
    seconds = int((moment.utcoffset() or timedelta()).total_seconds())
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"UTC{'-' if seconds < 0 else '+'}{hours}" + (f":{minutes:02}" if minutes else "")
