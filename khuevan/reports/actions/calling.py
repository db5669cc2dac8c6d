"""Units called to send: by somebody who presses the button, and by the rule itself on its working days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.outbox.actions import queue_mail
from khuevan.people.models import Unit, User
from khuevan.people.queries import AnswerablePeople, answerable_people
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.reporting.calls import call_to_make
from khuevan.reports.actions.locks import lock_cycle
from khuevan.reports.choices import CycleState
from khuevan.reports.gathering_permissions import callable_unit_ids, check_can_call
from khuevan.reports.models import Cycle, UnitReport
from khuevan.reports.permissions import check_can_gather
from khuevan.reports.presenters.call_mails import CALL, call_mail


@dataclass(frozen=True, slots=True)
class Called:
    """Whom a call reached: how many units, and how many people were written to.

    `earlier` is how many units had been written to today already and were left in peace. `without_address` are the
    names of units whose people have no mail address, `without_people` of those for which nobody answers.
    """

    units: int = 0
    people: int = 0
    earlier: int = 0
    without_address: tuple[str, ...] = ()
    without_people: tuple[str, ...] = ()


@action
def call_units(*, by: User, cycle: Cycle, units: Sequence[Unit] | None = None) -> Called:
    """Whom the call reached: those who answer for units that have not sent, at most once a day and unit.

    `units` None: all that owe and that the person may call. Written to are a unit's officers, else its head.
    """
    day = clock.today()
    fresh = lock_cycle(cycle.pk)
    wanted = None if units is None else {unit.pk for unit in units}
    check_can_call(by, fresh, wanted, day)
    if fresh.state != CycleState.OPEN:
        raise ValidationError(_("The cycle is closed, so units cannot send: open it again first."))
    allowed = callable_unit_ids(by, fresh, day)
    owed = [
        report
        for report in _owed(fresh)
        if (wanted is None or report.unit_id in wanted) and (allowed is None or report.unit_id in allowed)
    ]
    return _called(fresh, owed, day)


@action
def call_by_rule(*, by: User, cycle: Cycle) -> Called | None:
    """Whom the rule's own call reached; None where none is due today.

    Each call is made once, however often this runs; of those that were missed only the newest is made.
    """
    day = clock.today()
    fresh = lock_cycle(cycle.pk)
    check_can_gather(by, fresh.rule, day)
    if fresh.state != CycleState.OPEN:
        return None
    offset = call_to_make(
        fresh.rule.calls, fresh.due_date, day, fresh.called_offset, vietnamese_working_calendar()
    )
    if offset is None:
        return None
    called = _called(fresh, _owed(fresh), day)
    fresh.called_offset = offset
    fresh.save()
    return called


def _owed(cycle: Cycle) -> list[UnitReport]:
    return list(
        UnitReport.objects.owed().filter(cycle=cycle).select_related("unit").order_by("unit__path")
    )  # fmt: skip


def _called(cycle: Cycle, owed: Sequence[UnitReport], day: date) -> Called:
    earlier = {report.pk for report in owed if _is_called_on(report, day)}
    people = answerable_people([report.unit_id for report in owed], day)
    without_address: list[str] = []
    without_people: list[str] = []
    reached: list[int] = []
    written: set[int] = set()
    for report in owed:
        if report.pk in earlier:
            continue
        answerable = people[report.unit_id]
        if not answerable.officers and not answerable.heads:
            without_people.append(report.unit.name)
            continue
        told = _written_to(cycle, report, answerable, day)
        if told:
            reached.append(report.pk)
            written |= told
        else:
            without_address.append(report.unit.name)
    UnitReport.objects.filter(pk__in=reached).update(called_at=clock.now())
    return Called(
        len(reached), len(written), len(earlier), tuple(without_address), tuple(without_people)
    )  # fmt: skip


def _is_called_on(report: UnitReport, day: date) -> bool:
    return report.called_at is not None and timezone.localdate(report.called_at) == day


def _written_to(cycle: Cycle, report: UnitReport, answerable: AnswerablePeople, day: date) -> set[int]:
    """The keys of those to whom a mail goes: the officers, or the head where no officer can be reached."""
    for group in (answerable.officers, answerable.heads):
        reached = set()
        for person in group:
            with translation.override(person.language):
                mail = call_mail(cycle, report, person, day)
            kept = queue_mail(
                key=f"report-call:{day.isoformat()}:{report.pk}:{person.pk}",
                kind=CALL,
                person=person,
                subject=mail.subject,
                text=mail.text,
                reason=mail.reason,
            )
            if kept is not None:
                reached.add(person.pk)
        if reached:
            return reached
    return set()
