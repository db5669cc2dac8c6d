"""Dates of pictures in one form: that of XMP, from the year alone to the second with its time zone.

Sources: XMP part 1, 8.2.1.2 (ISO 8601 profile); IIM 4.2, datasets 2:55 and 2:60; Exif 3.0, DateTimeOriginal.
"""

from __future__ import annotations

import re
from datetime import date, time
from typing import Final

_XMP: Final = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?)?)?",
    re.ASCII,
)
_EXIF: Final = re.compile(r"(\d{4}):(\d\d):(\d\d)(?: (\d\d):(\d\d):(\d\d))?", re.ASCII)
_ZONE: Final = re.compile(r"[+-]\d\d:\d\d|Z", re.ASCII)
_IIM_DATE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_IIM_TIME: Final = re.compile(r"(\d\d)(\d\d)(\d\d)(?:([+-]\d\d)(\d\d))?", re.ASCII)


def date_of_xmp(text: str) -> str:
    """The date in its one form: 2026, 2026-11, 2026-11-26 or 2026-11-26T08:30:00+07:00; empty for no date."""
    found = _XMP.fullmatch(text.strip())
    if found is None:
        return ""
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    parts = [year, *(part for part in (month, day) if part)]
    # The zero month and day are how IIM says that they are not known.
    while len(parts) > 1 and parts[-1] == "00":
        parts.pop()
    if not _is_date(parts):
        return ""
    if hour is None or len(parts) < 3:
        return "-".join(parts)
    if not _is_time(hour, minute, second or "00", zone):
        return "-".join(parts)
    fraction = (fraction or "").rstrip("0").rstrip(".")
    return f"{'-'.join(parts)}T{hour}:{minute}:{second or '00'}{fraction}{_tidy_zone(zone)}"


def date_of_exif(text: str, offset: str = "") -> str:
    """The date that EXIF writes as 2026:11:26 08:30:00, with the offset that it writes beside it."""
    found = _EXIF.match(text.strip())
    if found is None:
        return ""
    year, month, day, hour, minute, second = found.groups()
    zone = offset.strip() if _ZONE.fullmatch(offset.strip()) else ""
    clock = f"T{hour}:{minute}:{second}{zone}" if hour is not None else ""
    return date_of_xmp(f"{year}-{month}-{day}{clock}")


def date_of_iim(day: str, clock: str = "") -> str:
    """The date that IIM writes as 20261126, with the time that it writes as 083000+0700."""
    found = _IIM_DATE.fullmatch(day.strip())
    if found is None:
        return ""
    at = _IIM_TIME.fullmatch(clock.strip())
    hours = ""
    if at is not None:
        zone = f"{at[4]}:{at[5]}" if at[4] else ""
        hours = f"T{at[1]}:{at[2]}:{at[3]}{zone}"
    return date_of_xmp(f"{found[1]}-{found[2]}-{found[3]}{hours}")


def iim_date(text: str) -> tuple[str, str]:
    """A date of our form as IIM writes it: the day, and the time, empty where there is none."""
    found = _XMP.fullmatch(text)
    if found is None:
        return "", ""
    year, month, day, hour, minute, second, _, zone = found.groups()
    clock = ""
    if hour is not None:
        # IIM knows no time without a zone; programs write and read one all the same.
        clock = f"{hour}{minute}{second or '00'}{(zone or '').replace('Z', '+00:00').replace(':', '')}"
    return f"{year}{month or '00'}{day or '00'}", clock


def _is_date(parts: list[str]) -> bool:
    year, month, day = (*(int(part) for part in parts), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_time(hour: str, minute: str, second: str, zone: str | None) -> bool:
    try:
        time(int(hour), int(minute), int(second))
    except ValueError:
        return False
    return zone in (None, "Z") or (int(zone[1:3]) <= 14 and int(zone[4:]) < 60)


def _tidy_zone(zone: str | None) -> str:
    return "Z" if zone in ("+00:00", "-00:00") else zone or ""
