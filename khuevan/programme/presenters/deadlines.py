"""Deadlines in the words of a calendar program, which shows one line and little else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.programme.choices import AssignmentRole, InstalmentState, StepState
from khuevan.programme.deadline_ics import Deadline
from khuevan.programme.deadline_queries import DeadlineLine
from khuevan.programme.presenters.states import state_sign
from khuevan.programme.presenters.step_states import step_sign
from khuevan.programme.presenters.wording import day as written_day
from khuevan.programme.presenters.wording import short_title

SUMMARY_LENGTH = 120


def deadline(line: DeadlineLine, today: date, host: str, address: Callable[[DeadlineLine], str]) -> Deadline:
    """The entry; `address` gives the full address of its page, `host` makes its key one of this installation."""
    kind = "step" if line.step else "instalment"
    url = address(line)
    return Deadline(
        f"{kind}-{line.pk}@{host}",
        line.day,
        _summary(line, today),
        _description(line, today, url),
        url,
        _categories(line),
        line.made,
        _changed(line, today),
    )


def _summary(line: DeadlineLine, today: date) -> str:
    title = line.text if line.step else short_title(line.text, SUMMARY_LENGTH)
    if line.step:
        title = _("Step: %(title)s") % {"title": title}
    if line.verdict:
        return _("TO ACCEPT: %(title)s (%(unit)s)") % {
            "title": title,
            "unit": line.unit.short_name or line.unit.name,
        }
    if line.state in {InstalmentState.DONE, StepState.DONE}:
        return f"✓ {title}"
    if _is_late(line, today):
        return _("LATE: %(title)s") % {"title": title}
    prefixes = {InstalmentState.REPORTED: _("Waits to be accepted"), InstalmentState.RETURNED: _("Returned")}
    prefix = prefixes.get(line.state)  # type: ignore[call-overload]
    return f"{prefix}: {title}" if prefix else title


def _description(line: DeadlineLine, today: date, url: str) -> str:
    sign = (step_sign if line.step else state_sign)(line.state, line.day, today)
    facts = [
        (_("Task"), f"{line.number}. {line.text}" if not line.step else str(line.number)),
        (_("Plan"), line.plan_name),
        (_("Unit"), line.unit.name),
        (_("Role"), str(AssignmentRole(line.role).label) if line.role else ""),
        (_("Deadline"), "" if line.verdict else written_day(line.day)),
        (_("State"), sign.label),
        (_("Page"), url),
    ]
    return "\n".join(f"{name}: {value}" for name, value in facts if value)


def _categories(line: DeadlineLine) -> tuple[str, ...]:
    if line.verdict:
        return (_("To accept"),)
    if line.step:
        return (_("Step"),)
    return (_("Deadline"), str(AssignmentRole(line.role).label))


def _is_late(line: DeadlineLine, today: date) -> bool:
    sign = (step_sign if line.step else state_sign)(line.state, line.day, today)
    return not line.verdict and sign.code == "LATE"


def _changed(line: DeadlineLine, today: date) -> datetime:
    """When the entry last said something else: when it was written, or when it became late."""
    if not _is_late(line, today):
        return line.changed
    day_after = line.day + timedelta(days=1)
    return max(line.changed, datetime.combine(day_after, time.min, timezone.get_default_timezone()))
