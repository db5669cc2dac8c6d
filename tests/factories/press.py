"""A small press room: a conference to come, a reporter's answers and papers, a kit."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from khuevan.core import clock
from khuevan.newsroom.accreditation_files import checked_paper
from khuevan.newsroom.actions import ReporterAnswers, ask_accreditation
from khuevan.newsroom.choices import AccreditationPaper, RightsBasis
from khuevan.newsroom.models import (
    AccreditationRequest,
    LibraryDocument,
    PressConferencePage,
    PressKitPage,
    PressRoomPage,
)
from khuevan.people.queries import system_person
from tests.factories.newsroom import home, jpeg, locale

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"


def press_room(code: str = "en") -> PressRoomPage:
    """The press room of the language, live."""
    there = PressRoomPage.objects.child_of(home(code)).first()
    if there is not None:
        return there
    made = PressRoomPage(title="Press room", slug="press-room", locale=locale(code), show_in_menus=True)
    home(code).add_child(instance=made)
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def below_room(page: Any, code: str = "en", *, live: bool = True) -> Any:
    """The page, put below the press room of the language."""
    page.locale, page.live = locale(code), False
    press_room(code).add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def conference(code: str = "en", *, live: bool = True, **values: Any) -> PressConferencePage:
    """A press conference in ten days, with accreditation until two days before."""
    begins = values.pop("begins_at", clock.now() + timedelta(days=10))
    given = {
        "title": "An autumn of crafts",
        "slug": f"conference-{uuid.uuid4().hex[:8]}",
        "begins_at": begins,
        "accreditation_until": begins - timedelta(days=2),
        "venue": "Room 1",
        **values,
    }
    made: PressConferencePage = below_room(PressConferencePage(**given), code, live=live)
    return made


def kit(code: str = "en", *, items: Any = (), stories: Any = (), live: bool = True) -> PressKitPage:
    """A press kit with the items and pieces."""
    made = PressKitPage(
        title="The Temple of Literature", slug=f"kit-{uuid.uuid4().hex[:8]}", summary="A kit."
    )
    made.items = list(items)
    made.stories = list(stories)
    return below_room(made, code, live=live)


def library_document(**values: Any) -> LibraryDocument:
    """A document of the library."""
    given = {"title": "Facts", "credit": "Department", "basis": RightsBasis.OWN, **values}
    made = LibraryDocument(file=ContentFile(PDF, name="facts.pdf"), **given)
    made.save()
    return made


def scan(name: str = "card.jpg", data: bytes | None = None, kind: str = "image/jpeg") -> SimpleUploadedFile:
    """An upload, as a browser sends it."""
    return SimpleUploadedFile(name, jpeg() if data is None else data, kind)


def asked(page: PressConferencePage, at: datetime | None = None, **values: Any) -> AccreditationRequest:
    """A reporter's request for the conference, with a press card; each has an address of their own."""
    number = AccreditationRequest.objects.filter(conference__translation_key=page.translation_key).count()
    answers = {
        "name": "Ingrid Beispiel",
        "outlet": "Northern Example Radio",
        "country": "Norway",
        "email": f"ingrid{number or ''}@example.invalid",
        **values,
    }
    with clock.stopped_at(at or clock.now()):
        return ask_accreditation(
            by=system_person(),
            conference=page,
            answers=ReporterAnswers(**answers),
            papers={AccreditationPaper.PRESS_CARD: checked_paper(scan())},
            language=page.locale.language_code,
            form_key=uuid.uuid4(),
        )
