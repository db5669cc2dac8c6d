"""What the outbox does by itself: it sends what waits."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy

from khuevan.background.failures import JobFailed
from khuevan.background.schedule import periodic
from khuevan.outbox.sending import SendingReport, send_waiting


@periodic(name="send_mail", title=gettext_lazy("Send waiting mail"), every=timedelta(minutes=1))
def send_mail() -> str:
    """How many mails went which way; fails where there is no connection, so that whoever watches sees it."""
    report = send_waiting()
    if report.unreachable:
        raise JobFailed(str(report))
    return "" if report == SendingReport() else str(report)
