"""What day and time it is for the office. The department's own code asks here and nowhere else.

Records, deadlines and reminders ask this clock; sessions, leases of workers and retries ask the machine's.
A demonstration may keep a day of its own (`keep_day`), so that the plan of 2025 can be looked at as it stood
on one of its days. Production never reads that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """The present moment in the office's time zone."""
    stopped = _stopped_at.get()
    if stopped is not None:
        return stopped
    moment = timezone.localtime()
    kept = kept_day()
    if kept is None:
        return moment
    return timezone.make_aware(datetime.combine(kept, moment.time()))


def today() -> date:
    """The present day in the office's time zone."""
    return timezone.localdate(now())


def end_of(day: date) -> datetime:
    """The first moment after the day in the office's time zone: what holds on the day holds before it."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Stops the clock at a moment (with time zone) inside the block: simulations and tests."""
    token = _stopped_at.set(timezone.localtime(moment))
    try:
        yield
    finally:
        _stopped_at.reset(token)


def kept_day() -> date | None:
    """The day that this demonstration keeps; None where the clock goes as it should."""
    if not settings.DEMO:
        return None
    try:
        return date.fromisoformat(_file().read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def keep_day(day: date | None) -> None:
    """Makes the demonstration take `day` for today from now on; None lets the clock go again."""
    if not settings.DEMO:
        raise RuntimeError("Only a demonstration can keep a day of its own.")
    if day is None:
        _file().unlink(missing_ok=True)
    else:
        _file().parent.mkdir(parents=True, exist_ok=True)
        _file().write_text(day.isoformat(), encoding="ascii")


def _file() -> Path:
    return Path(settings.DATA_DIR) / "kept-day"
