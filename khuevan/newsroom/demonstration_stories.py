"""Thirty pieces to try the newsroom with, in three languages, with pictures drawn by the project.

Put in as officers do it: through pages, revisions and the actions that correct and withdraw.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files.base import ContentFile
from django.utils import timezone, translation
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.newsroom.actions import correct_piece, withdraw_piece
from khuevan.newsroom.choices import Consent, RightsBasis, TranslationOrigin
from khuevan.newsroom.demonstration_pictures import all_drawn
from khuevan.newsroom.demonstration_pieces import (
    LANGUAGES,
    Piece,
    blocks_of,
    read_about,
    read_picture_words,
    read_pieces,
)
from khuevan.newsroom.models import Picture, SectionPage, ServedTask, StoryPage, Topic
from khuevan.newsroom.reviewed import published_without_review
from khuevan.people.demonstration import check_demonstration_is_allowed
from khuevan.people.models import User
from khuevan.plain.folding import slug
from khuevan.programme.models import Task

EDITOR: Final = "bientap"
DRAWN_BY: Final = "Khuê Văn"
DRAWN: Final = date(2025, 3, 1)
LICENCE: Final = "CC BY 4.0"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"
CONTACT: Final = "press@example.invalid"
_KEY: Final = partial(uuid5, NAMESPACE_URL)


@action
def create_demonstration_stories(*, by: User) -> int:
    """How many pages of pieces were added; a second call adds none. Refused where demonstrations are."""
    check_demonstration_is_allowed()
    pieces = read_pieces()
    there = StoryPage.objects.filter(translation_key__in=[key_of(piece) for piece in pieces])
    if there.count() >= len(pieces) * len(LANGUAGES):
        return 0
    # Texts of this site's own words come out in English, whoever runs the command in whatever language.
    with translation.override("en"):
        return _create(pieces)


def key_of(piece: Piece) -> UUID:
    """What joins the pages of a piece, the same in every installation."""
    return _KEY(f"khuevan:demonstration:{piece.key}")


def _create(pieces: list[Piece]) -> int:
    about = read_about()
    topics = _topics(about["topic"])
    pictures = _pictures(about["credit"])
    homes = _homes(about["home"])
    sections = _sections(about["section"], homes)
    editor = User.objects.get(username=EDITOR)
    added = 0
    for piece in pieces:
        pages: dict[str, StoryPage] = {}
        # The original first, so that its translations can name the revision that they were made from.
        for code in sorted(LANGUAGES, key=lambda code: (code != piece.original, code)):
            page = StoryPage.objects.filter(translation_key=key_of(piece), locale=homes[code].locale).first()
            if page is None:
                page = _page(piece, code, pages.get(piece.original), about["note"], topics, pictures)
                page.locale = homes[code].locale
                _publish(page, sections[piece.section, code], editor, _moment(piece.day))
                _follow_up(piece, page, code, editor)
                added += 1
            pages[code] = page
    return added


def _topics(rows: list[dict[str, Any]]) -> dict[str, Topic]:
    for order, row in enumerate(rows):
        if not Topic.objects.filter(slug=row["slug"]).exists():
            Topic(slug=row["slug"], names=row["names"], order=order).save()
    return {topic.slug: topic for topic in Topic.objects.filter(slug__in=[row["slug"] for row in rows])}


def _pictures(credit: dict[str, str]) -> dict[str, Picture]:
    words = read_picture_words()
    ours = Picture.objects.filter(rights_holder=DRAWN_BY, made_date=DRAWN)
    found = {picture.title: picture for picture in ours}
    if not words.keys() <= found.keys():
        for name, jpeg in all_drawn().items():
            if name not in found:
                found[name] = _picture(name, jpeg, words[name], credit)
    return found


def _picture(name: str, jpeg: bytes, words: dict[str, dict[str, str]], credit: dict[str, str]) -> Picture:
    picture = Picture(
        title=name,
        file=ContentFile(jpeg, name=f"{name}.jpg"),
        credit=credit["en"],
        rights_holder=DRAWN_BY,
        basis=RightsBasis.OWN,
        licence=LICENCE,
        licence_url=LICENCE_URL,
        place="Hà Nội",
        made_date=DRAWN,
        consent=Consent.NONE_SHOWN,
        in_library=True,
        other_words={code: {**words[code], "credit": credit[code]} for code in LANGUAGES if code != "en"},
        **words["en"],
    )
    picture.save()
    return picture


def _homes(rows: dict[str, dict[str, str]]) -> dict[str, Page]:
    first = Page.objects.get(depth=2, locale__language_code="en").specific
    homes = {"en": first}
    for code, row in rows.items():
        locale = Locale.objects.get_or_create(language_code=code)[0]
        home = first.get_translation_or_none(locale)
        if home is None:
            home = first.copy_for_translation(locale, exclude_fields=["live"])
            home.slug, home.summary = f"home-{code}", row["introduction"][:300]
            for name, value in row.items():
                setattr(home, name, value)
            home.save_revision().publish()
            home.refresh_from_db()
        homes[code] = home
    return homes


def _sections(rows: list[dict[str, Any]], homes: dict[str, Page]) -> dict[tuple[str, str], SectionPage]:
    sections = {}
    for row in rows:
        key = _KEY(f"khuevan:demonstration:section:{row['key']}")
        for code, home in homes.items():
            section = SectionPage.objects.filter(translation_key=key, locale=home.locale).first()
            if section is None:
                words = row[code]
                section = SectionPage(
                    title=words["title"],
                    slug=slug(words["title"]),
                    introduction=words["introduction"],
                    summary=words["introduction"],
                    locale=home.locale,
                    translation_key=key,
                    show_in_menus=True,
                    live=False,
                )
                home.add_child(instance=section)
                section.save_revision().publish()
                section.refresh_from_db()
            sections[row["key"], code] = section
    return sections


def _page(
    piece: Piece,
    code: str,
    original: StoryPage | None,
    note: dict[str, str],
    topics: dict[str, Topic],
    pictures: dict[str, Picture],
) -> StoryPage:
    text = piece.texts[code]
    until = None
    if piece.embargo_days is not None:
        # By the machine's clock, as the release job asks it: a demonstration's kept day must not let it out.
        until = _moment(timezone.localdate() + timedelta(days=piece.embargo_days))
    page = StoryPage(
        title=text.title,
        slug=slug(text.title)[:80].strip("-"),
        summary=text.summary,
        kind=piece.kind,
        picture=pictures[piece.picture],
        body=blocks_of(text.body, pictures),
        byline=note[code],
        place="Hà Nội",
        contact=CONTACT if piece.kind == "PRESS_RELEASE" else "",
        embargo_until=until,
        origin=TranslationOrigin.ORIGINAL if code == piece.original else TranslationOrigin.PERSON,
        translated_by="" if code == piece.original else note[code],
        source_revision=original.latest_revision_id if original is not None else None,
        translation_key=key_of(piece),
        first_published_at=None if until else _moment(piece.day),
        live=False,
    )
    page.topics = [topics[name] for name in piece.topics]
    page.served_tasks = [ServedTask(task=task) for task in _tasks(piece)]
    return page


def _tasks(piece: Piece) -> list[Task]:
    found: list[Task] = []
    for words in piece.serves:
        # A plan that somebody else imported may order nothing of the kind.
        task = Task.objects.current().filter(text__contains=words).first()
        if task is not None and task not in found:
            found.append(task)
    return found


def _publish(page: StoryPage, section: SectionPage, editor: User, moment: datetime) -> None:
    # Publishing looks for what the page refers to once more; thrice for 90 pages is seconds of waiting.
    with disable_reference_index_auto_update():
        section.add_child(instance=page)
        # Checked a moment ago, as it was added.
        revision = page.save_revision(user=editor, clean=False)
    # Wagtail's groups are given to people as they sign in, which this editor has not done.
    with published_without_review("a demonstration's pieces, written with the program"):
        revision.publish(user=editor, skip_permission_checks=True)
    page.refresh_from_db()
    if page.live:
        # Published now, by the demonstration's calendar then.
        StoryPage.objects.filter(pk=page.pk).update(
            last_published_at=moment, latest_revision_created_at=moment
        )
    else:
        ReferenceIndex.create_or_update_for_object(page)


def _follow_up(piece: Piece, page: StoryPage, code: str, editor: User) -> None:
    with clock.stopped_at(_moment(piece.day + timedelta(days=1))):
        if piece.correction:
            correct_piece(by=editor, page=page, text=piece.correction[code])
        if piece.withdrawal:
            withdraw_piece(by=editor, page=page, text=piece.withdrawal[code])


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 0)))
