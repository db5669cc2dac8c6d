"""Until when reporters may ask to come, how many may, and until when what they sent is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from khuevan.newsroom.models import PressConferencePage

# Days after the conference on which its papers are still of use: an outlet asks back, an entry is disputed.
KEPT_DAYS: Final = 30
# More than most rooms of the city hold: officers are told, and reporters may go on asking.
MANY_REQUESTS: Final = 400
# More than any hall holds. Whoever sends so many fills the disk; real reporters must not be shut out before.
MOST_REQUESTS: Final = 3000


def takes_requests(conference: PressConferencePage, moment: datetime) -> bool:
    """Whether a request is taken at the moment: the deadline itself is too late."""
    until = conference.accreditation_until
    return until is not None and moment < until


def kept_until(conference: PressConferencePage) -> date:
    """The last day on which requests for the conference are kept."""
    ends_at: datetime = conference.ends_at or conference.begins_at
    return timezone.localdate(ends_at) + timedelta(days=KEPT_DAYS)
