"""How a link to another site stands, from what was found each time it was asked.

One failure says little: servers are restarted, cables are cut, machines take a checker for a robot. A link is dead
once it failed on several days in a row; what says nothing of the page itself ends the row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum


class Finding(Enum):
    """What one question came to.

    GONE: the page, or its very name, is not there. TROUBLED: the server fails, or says nothing, which may pass.
    UNCHECKED: the answer says nothing of what a reader would see (a login, a wall against robots).
    """

    GOOD = "GOOD"
    GONE = "GONE"
    TROUBLED = "TROUBLED"
    UNCHECKED = "UNCHECKED"

    @property
    def is_failure(self) -> bool:
        """Whether a reader would not get the page."""
        return self in (Finding.GONE, Finding.TROUBLED)


@dataclass(frozen=True, slots=True)
class LinkHealth:
    """The row of failures that a link is in; empty for one that is well.

    `failures` counts questions, `failed_days` and `gone_days` different days of the office's calendar: on which it
    failed in any way, and on which it was gone. Of several failures on one day the first is counted.
    """

    failing_since: datetime | None = None
    failures: int = 0
    failed_days: int = 0
    gone_days: int = 0
    failed_date: date | None = None

    def is_dead(self, *, gone_days: int, troubled_days: int) -> bool:
        """Whether it was gone, or failed, on as many days as each must be before anybody is told."""
        return self.gone_days >= gone_days or self.failed_days >= troubled_days


def health_after(before: LinkHealth, finding: Finding, moment: datetime, day: date) -> LinkHealth:
    """The health once this was found at the moment; `day` is its day in the office."""
    if not finding.is_failure:
        return LinkHealth()
    found = replace(
        before, failing_since=before.failing_since or moment, failures=before.failures + 1, failed_date=day
    )
    if before.failed_date == day:
        return found
    return replace(
        found,
        failed_days=before.failed_days + 1,
        gone_days=before.gone_days + (finding is Finding.GONE),
    )


def finding_of_status(status: int) -> Finding:
    """What the status of a page that was asked for (RFC 9110, 15) says of the link; a redirect says nothing yet."""
    if 200 <= status < 300:
        return Finding.GOOD
    if status in (404, 410):
        return Finding.GONE
    # 408 and 425 ask for patience; what else is below 500 (401, 403, 429 …) may be meant for robots alone.
    if status >= 500 or status in (408, 425):
        return Finding.TROUBLED
    return Finding.UNCHECKED
