"""Mails of a cycle: to whoever answers for a unit that has not sent, and when a report comes back.

They name the report and the day; figures stay behind the link.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.core import clock
from khuevan.outbox.actions import queue_mail
from khuevan.people.models import User
from khuevan.people.queries import answerable_people
from khuevan.reports.models import Cycle, UnitReport

CALL, RETURNED = "REPORT_CALL", "REPORT_RETURNED"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail's subject, its words, and why its reader gets it."""

    subject: str
    text: str
    reason: str


def call_mail(cycle: Cycle, report: UnitReport, person: User, day: date) -> Mail:
    """The call to a person who answers for the unit, in the language that is active.

    Until the cut-off day nothing can be sent: then it asks to prepare, and says from when on it can be sent.
    """
    if day <= cycle.last_date:
        return _preparing(cycle, report, person)
    left = (cycle.due_date - day).days
    if left > 0:
        when = ngettext(
            "One day is left: the report is due on %(date)s.",
            "%(left)s days are left: the report is due on %(date)s.",
            left,
        ) % {"left": left, "date": f"{cycle.due_date:%d/%m/%Y}"}
    elif left == 0:
        when = _("The report is due today, %(date)s.") % {"date": f"{cycle.due_date:%d/%m/%Y}"}
    else:
        when = _("The report was due on %(date)s.") % {"date": f"{cycle.due_date:%d/%m/%Y}"}
    lines = (
        _("%(unit)s has not sent this report yet:") % {"unit": report.unit.name},
        cycle.name,
        _("Data counts from %(first)s to %(last)s.")
        % {"first": f"{cycle.first_date:%d/%m/%Y}", "last": f"{cycle.last_date:%d/%m/%Y}"},
        when,
        _("What the software knows is filled in already: confirm it or correct it with a reason."),
    )
    subject = (_("Overdue: %(cycle)s") if left < 0 else _("Please send: %(cycle)s")) % {"cycle": cycle.name}
    return _mail(subject, person, lines, report, _("You answer for %(unit)s.") % {"unit": report.unit.name})


def _preparing(cycle: Cycle, report: UnitReport, person: User) -> Mail:
    days = {
        "first": f"{cycle.last_date + timedelta(days=1):%d/%m/%Y}",
        "last": f"{cycle.due_date:%d/%m/%Y}",
        "cut_off": f"{cycle.last_date:%d/%m/%Y}",
    }
    unit = {"unit": report.unit.name}
    lines = (
        _("%(unit)s is going to send this report:") % unit,
        cycle.name,
        _("Data counts until %(cut_off)s; the report can be sent from %(first)s, at the latest on %(last)s.")
        % days,
        _(
            "It can be filled in already: what the software knows stands there and grows until the cut-off day."
        ),
    )
    subject = _("Please prepare: %(cycle)s") % {"cycle": cycle.name}
    return _mail(subject, person, lines, report, _("You answer for %(unit)s.") % unit)


def tell_returned(report: UnitReport) -> None:
    """Writes to whoever sent the report, and to the unit's officers (else its head), that it came back.

    The reason stands at the report. Whoever sent it and has left since is not written to.
    """
    day, cycle = clock.today(), report.cycle
    # In time where there is time left, else while the cycle is open.
    until = cycle.due_date if day <= cycle.due_date else cycle.closes_date
    answerable = answerable_people([report.unit_id], day)[report.unit_id]
    people = set(answerable.officers or answerable.heads)
    if report.sent_by is not None and report.sent_by.is_active:
        people.add(report.sent_by)
    for person in sorted(people, key=lambda one: one.pk):
        with translation.override(person.language):
            mail = _mail(
                _("Returned: %(cycle)s") % {"cycle": report.cycle.name},
                person,
                (
                    _("%(person)s returned the report of %(unit)s:")
                    % {
                        "person": report.returned_by.full_name if report.returned_by else "",
                        "unit": report.unit.name,
                    },
                    report.cycle.name,
                    _("Mend it and send it again by %(date)s.") % {"date": f"{until:%d/%m/%Y}"},
                ),
                report,
                _("You answer for %(unit)s.") % {"unit": report.unit.name},
            )
            queue_mail(
                key=f"report-returned:{report.pk}:{report.version}:{person.pk}",
                kind=RETURNED,
                person=person,
                subject=mail.subject,
                text=mail.text,
                reason=mail.reason,
            )


def _mail(subject: str, person: User, lines: tuple[str, ...], report: UnitReport, reason: str) -> Mail:
    address = (
        f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('reports:unit_report', args=[report.pk])}"
    )
    greeting = _("Dear %(person)s,") % {"person": person.full_name}
    return Mail(" ".join(subject.split())[:300], "\n\n".join((greeting, *lines, address)) + "\n", reason)
