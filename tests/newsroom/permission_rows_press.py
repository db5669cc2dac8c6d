"""Who opens what of press conferences and contacts: editors and directors, nobody else."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from khuevan.newsroom.choices import AccreditationState
from khuevan.newsroom.models import AccreditationFile, Contact
from khuevan.newsroom.permissions import ACCREDITS, KEEPS_CONTACTS
from tests.factories.people import RecordFactory
from tests.factories.press import asked, conference
from tests.permission_rows import NOBODY, Row


class ContactFactory(RecordFactory):
    """Somebody whom reporters may reach."""

    class Meta:
        model = Contact

    name = "Lê Thị Phát Ngôn"
    post = "Người phát ngôn"
    email = "spokesperson@example.org"


def _of_conference(view: str, *more: str) -> Callable[[], str]:
    return lambda: reverse(f"press:{view}", args=[conference().pk, *more])


def _of_contact(view: str) -> Callable[[], str]:
    return lambda: reverse(f"press_contacts:{view}", args=[ContactFactory().pk])


def _paper() -> str:
    request = asked(conference())
    assert request.state == AccreditationState.ASKED
    return reverse("press:paper", args=[AccreditationFile.objects.get(request=request).pk])


def rows() -> list[Row]:
    """Everything under /quan-tri/toa-soan/ that shows what a reporter sent."""
    return [
        Row("press:conferences", lambda: reverse("press:conferences"), ACCREDITS),
        Row("press:conference", _of_conference("conference"), ACCREDITS),
        Row("press:approve", _of_conference("approve"), NOBODY),
        Row("press:door_list", _of_conference("door_list"), ACCREDITS),
        Row("press:export", _of_conference("export", "csv"), ACCREDITS),
        Row("press:request", lambda: reverse("press:request", args=[asked(conference()).pk]), ACCREDITS),
        Row("press:paper", _paper, ACCREDITS),
        Row("press_contacts:index", lambda: reverse("press_contacts:index"), KEEPS_CONTACTS),
        Row("press_contacts:index_results", lambda: reverse("press_contacts:index_results"), KEEPS_CONTACTS),
        Row("press_contacts:add", lambda: reverse("press_contacts:add"), KEEPS_CONTACTS),
        Row("press_contacts:edit", _of_contact("edit"), KEEPS_CONTACTS),
        Row("press_contacts:delete", _of_contact("delete"), NOBODY),
        Row("press_contacts:history", _of_contact("history"), KEEPS_CONTACTS),
        Row("press_contacts:history_results", _of_contact("history_results"), KEEPS_CONTACTS),
        Row("press_contacts:usage", _of_contact("usage"), KEEPS_CONTACTS),
    ]
