"""What official documents do by themselves: dispatches follow their mails, edXML files come and go."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from khuevan.background.failures import JobFailed
from khuevan.background.schedule import periodic
from khuevan.documents.actions.exchanging import exchange_files
from khuevan.documents.actions.statuses import follow_mail_courses
from khuevan.people.queries import system_person


@periodic(
    name="follow_dispatches", title=gettext_lazy("Follow the mails of dispatches"), every=timedelta(minutes=1)
)
def follow_dispatches() -> str:
    """How many dispatches moved because their mail was sent, refused or is unsure."""
    with override(settings.STAFF_LANGUAGE):
        moved = follow_mail_courses(by=system_person())
        if not moved:
            return ""
        return ngettext("%d dispatch moved on", "%d dispatches moved on", moved) % moved


@periodic(name="exchange_edxml", title=gettext_lazy("Exchange edXML files"), every=timedelta(minutes=1))
def exchange_edxml() -> str:
    """How many files went out, came in and were refused; fails where a folder is gone."""
    if settings.EDXML_OUT is None and settings.EDXML_IN is None:
        return ""
    with override(settings.STAFF_LANGUAGE):
        try:
            report = exchange_files(by=system_person(), out=settings.EDXML_OUT, into=settings.EDXML_IN)
        except OSError as error:
            raise JobFailed(
                _("A folder of the edXML exchange cannot be used: %s")
                % (error.strerror or type(error).__name__)
            ) from error
        if not (report.handed_out or report.taken_in or report.refused):
            return ""
        return _("%(out)d handed out, %(into)d taken in, %(refused)d refused") % {
            "out": report.handed_out,
            "into": report.taken_in,
            "refused": report.refused,
        }
