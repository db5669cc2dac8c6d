"""When a job comes back: at a fixed interval, or each day at one time of the office's clock.

Pure: moments and the office's time zone are arguments; every moment carries a time zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

# A daily job that is late by less than this runs even where midnight lies between.
STILL_IN_TIME = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Every:
    """A job that comes back after an interval."""

    interval: timedelta

    def first(self, now: datetime, zone: tzinfo) -> datetime:
        """When a job that never ran is due: at once."""
        return now

    def following(self, now: datetime, zone: tzinfo) -> datetime:
        """The first moment after `now` at which the job is due; runs that were missed are not made up for."""
        return now + self.interval

    def is_worth_running(self, due: datetime, now: datetime, zone: tzinfo) -> bool:
        """Whether a run that was due at `due` still makes sense: always."""
        return True


@dataclass(frozen=True, slots=True)
class DailyAt:
    """A job that runs each day at one time of the office's clock, holidays included: the job decides about them."""

    at: time

    def first(self, now: datetime, zone: tzinfo) -> datetime:
        """When a job that never ran is due: at its time today or, where that has passed, tomorrow."""
        return self.following(now, zone)

    def following(self, now: datetime, zone: tzinfo) -> datetime:
        """The first moment after `now` at which the job is due."""
        today = now.astimezone(zone).date()
        moment = datetime.combine(today, self.at, tzinfo=zone)
        return moment if moment > now else datetime.combine(today + timedelta(days=1), self.at, tzinfo=zone)

    def is_worth_running(self, due: datetime, now: datetime, zone: tzinfo) -> bool:
        """Whether a run that was due at `due` still makes sense.

        Later on the same day, or on a later day after its time: yes, once for all that was missed. On a later
        day before its time: no, because that day's own run is to come.
        """
        return now - due < STILL_IN_TIME or now.astimezone(zone).time() >= self.at


Rhythm = Every | DailyAt
