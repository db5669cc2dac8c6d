"""Rows of the view × role table for outgoing mails. One's own mail is in `test_pages.py`."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from khuevan.outbox.models import OutgoingMail
from khuevan.people.permissions import MANAGES_MAILS, SEES_MAILS
from tests.factories.outbox import queued_mail
from tests.permission_rows import STAFF, Row


def rows() -> list[Row]:
    """The list and each mail for those who see everybody's, the deeds for those who look after them."""

    def of_mail(view: str, **course: object) -> Callable[[], str]:
        def url() -> str:
            mail = queued_mail()
            if course:
                OutgoingMail.objects.filter(pk=mail.pk).update(**course)
            return reverse(f"outbox:{view}", args=[mail.pk])

        return url

    uncertain = {"state": "UNCERTAIN", "trouble": "LOST_AFTER", "next_attempt_at": None}
    return [
        Row("outbox:index", lambda: reverse("outbox:index"), SEES_MAILS),
        Row("outbox:mine", lambda: reverse("outbox:mine"), STAFF),
        Row("outbox:mail", of_mail("mail"), SEES_MAILS),
        Row("outbox:resend", of_mail("resend", **uncertain), MANAGES_MAILS),
        Row("outbox:withdraw", of_mail("withdraw"), MANAGES_MAILS),
    ]
