"""A press room to try: two contacts, a kit, a press conference to come and one past, three reporters who asked.

Everybody in it is invented (`data/demonstration/press.toml`).
"""

from __future__ import annotations

import tomllib
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

import typst
from django.core.files.base import ContentFile
from django.utils import timezone, translation
from wagtail.models import Page

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.newsroom.accreditation_files import CheckedPaper
from khuevan.newsroom.actions.accreditation import ReporterAnswers, ask_accreditation, decide_accreditation
from khuevan.newsroom.actions.contacts import keep_contact
from khuevan.newsroom.choices import AccreditationPaper, AccreditationState, RightsBasis
from khuevan.newsroom.demonstration_pieces import DATA, LANGUAGES
from khuevan.newsroom.models import (
    AccreditationRequest,
    Contact,
    LibraryDocument,
    Picture,
    PressConferencePage,
    PressKitItem,
    PressKitPage,
    PressRoomPage,
    StoryPage,
)
from khuevan.people.demonstration import check_demonstration_is_allowed
from khuevan.people.models import User

EDITOR: Final = "bientap"
_KEY: Final = partial(uuid5, NAMESPACE_URL)
_SHEET: Final = "The Temple of Literature in dates"
# What the sheet says stands in the pieces of the kit, too.
_DATES: Final = (
    ("1070", "The temple is founded."),
    ("1076", "A school opens beside it."),
    ("1484", "The first steles of doctors are put up."),
    ("1805", "Khuê Văn Các, the pavilion, is built."),
)


@action
def create_demonstration_press(*, by: User) -> int:
    """How many pages of the press room were added; a second call adds none. Needs the demonstration's pieces."""
    check_demonstration_is_allowed()
    rooms = PressRoomPage.objects.filter(translation_key=key_of("room"))
    if rooms.count() >= len(LANGUAGES):
        return 0
    with translation.override("en"):
        return _create(by, tomllib.loads((DATA / "press.toml").read_text(encoding="utf-8")))


def key_of(name: str) -> UUID:
    """What joins the pages of one thing of the press room in all languages."""
    return _KEY(f"khuevan:demonstration:press:{name}")


def _create(by: User, words: dict[str, Any]) -> int:
    editor = User.objects.get(username=EDITOR)
    for row in words["contact"]:
        if not Contact.objects.filter(name=row["name"]).exists():
            keep_contact(by=editor, contact=Contact(**row))
    sheet = _sheet()
    added = 0
    conferences: dict[str, PressConferencePage] = {}
    for code in LANGUAGES:
        home = Page.objects.filter(depth=2, locale__language_code=code).first()
        if home is None or PressRoomPage.objects.filter(translation_key=key_of("room"), locale=home.locale):
            continue
        row = words["room"][code]
        room = PressRoomPage(
            **_page("room", home, row),
            introduction=row["introduction"],
            summary=row["introduction"][:300],
            working_here=row["working_here"].strip(),
            show_in_menus=True,
        )
        _publish(room, home, editor)
        _publish(_kit(words["kit"], home, sheet), room, editor)
        for row in words["conference"]:
            page = _conference(row, home)
            _publish(page, room, editor)
            if row["days"] > 0:
                conferences[code] = page
        added += 2 + len(words["conference"])
    _ask(by, editor, words["request"], conferences)
    return added


def _page(name: str, home: Page, row: dict[str, str]) -> dict[str, Any]:
    return {
        "title": row["title"],
        "slug": row["slug"],
        "locale": home.locale,
        "translation_key": key_of(name),
        "live": False,
    }


def _publish(page: Page, parent: Page, editor: User) -> None:
    parent.add_child(instance=page)
    # Wagtail's groups are given to people as they sign in, which this editor has not done.
    page.save_revision(user=editor, clean=False).publish(user=editor, skip_permission_checks=True)
    page.refresh_from_db()


def _kit(row: dict[str, Any], home: Page, sheet: LibraryDocument) -> PressKitPage:
    words = row[home.locale.language_code]
    kit = PressKitPage(**_page("kit", home, words), summary=words["summary"])
    keys = [_KEY(f"khuevan:demonstration:{piece}") for piece in row["pieces"]]
    kit.stories = list(StoryPage.objects.filter(translation_key__in=keys, locale=home.locale))
    pictures = {picture.title: picture for picture in Picture.objects.filter(title__in=row["pictures"])}
    kit.items = [
        *(PressKitItem(picture=pictures[name]) for name in row["pictures"] if name in pictures),
        PressKitItem(document=sheet),
    ]
    return kit


def _conference(row: dict[str, Any], home: Page) -> PressConferencePage:
    words = row[home.locale.language_code]
    begins, ends = (_moment(row["days"], hour) for hour in row["hours"])
    return PressConferencePage(
        **_page(f"conference:{row['key']}", home, words),
        summary=words["summary"],
        venue=words["venue"],
        speakers=words["speakers"],
        body=words["body"],
        languages=row["languages"],
        begins_at=begins,
        ends_at=ends,
        accreditation_until=_moment(row["until_days"], "17:00"),
    )


def _moment(days: int, hour: str) -> datetime:
    return timezone.make_aware(
        datetime.combine(clock.today() + timedelta(days=days), time.fromisoformat(hour))
    )


def _ask(
    by: User, editor: User, rows: list[dict[str, Any]], conferences: dict[str, PressConferencePage]
) -> None:
    paper = CheckedPaper("press-card.pdf", _pdf([("Specimen", "This is no press card.")]), "application/pdf")
    for row in rows:
        conference = conferences.get(row["language"])
        if conference is None or AccreditationRequest.objects.filter(email=row["email"]).exists():
            continue
        answers = {name: row[name] for name in ReporterAnswers.__dataclass_fields__ if name in row}
        request = ask_accreditation(
            by=by,
            conference=conference,
            answers=ReporterAnswers(**answers),
            papers={AccreditationPaper.PRESS_CARD: paper},
            language=row["language"],
            form_key=_KEY(f"khuevan:demonstration:request:{row['email']}"),
        )
        if row["state"] != AccreditationState.ASKED:
            decide_accreditation(
                by=editor,
                request=request,
                state=AccreditationState(row["state"]),
                words=row.get("words", ""),
            )


def _sheet() -> LibraryDocument:
    there: LibraryDocument | None = LibraryDocument.objects.filter(title=_SHEET).first()
    if there is not None:
        return there
    made = LibraryDocument(
        title=_SHEET,
        file=ContentFile(_pdf([(_SHEET, ""), *_DATES]), name="temple-of-literature-dates.pdf"),
        caption="Four dates on one sheet.",
        credit="Khuê Văn",
        rights_holder="Khuê Văn",
        basis=RightsBasis.OWN,
        licence="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        in_library=True,
    )
    made.save()
    made.file_size = made.file.size
    made.save()
    return made


def _pdf(lines: list[tuple[str, str]]) -> bytes:
    """A sheet with the lines, each a word in bold and a sentence."""
    words = "\n\n".join(f"#strong[{head}] {text}" for head, text in lines)
    made: Any = typst.compile(f"#set page(width: 148mm, height: 105mm)\n{words}".encode(), format="pdf")
    return bytes(made)
