"""The demonstration's library: topics for its pictures, a film with captions in three languages, a sheet to take.

The film was made from the project's own drawings by `tools/film.py`.
"""

from __future__ import annotations

import hashlib
import io
import tomllib
from datetime import datetime, time, timedelta
from typing import Any, Final

import typst
from django.core.files.base import ContentFile
from django.utils import timezone, translation
from PIL import Image

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.newsroom.choices import Consent, RightsBasis, TranslationOrigin
from khuevan.newsroom.demonstration_pieces import DATA, LANGUAGES, picture_names, read_about, read_pieces
from khuevan.newsroom.demonstration_stories import (
    DRAWN,
    DRAWN_BY,
    EDITOR,
    LICENCE,
    LICENCE_URL,
    key_of,
)
from khuevan.newsroom.models import LibraryDocument, Picture, StoryPage, Topic, Video
from khuevan.newsroom.reviewed import published_without_review
from khuevan.people.demonstration import check_demonstration_is_allowed
from khuevan.people.models import User
from khuevan.plain.media.kinds import Kind
from khuevan.plain.media.recordings import read_recording
from khuevan.plain.media.webvtt import Cue, written_webvtt

_FROM_A_CAMERA: Final = "IMG_20251012_"
FILM: Final = DATA / "film" / "between-waters.webm"


@action
def create_demonstration_library(*, by: User) -> int:
    """How many things were added; a second call adds none. Needs the demonstration's pieces."""
    check_demonstration_is_allowed()
    rows = tomllib.loads((DATA / "library.toml").read_text(encoding="utf-8"))
    with translation.override("en"):
        credit = read_about()["credit"]
        _give_topics()
        return _film(rows["film"], credit) + _sheet(rows["sheet"], credit) + _to_see_to(credit["en"])


def _give_topics() -> None:
    """Each picture has the topics of the pieces that show it."""
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    wanted: dict[str, set[str]] = {}
    for piece in read_pieces():
        for name in {piece.picture, *picture_names(piece.texts["en"].body)}:
            wanted.setdefault(name, set()).update(piece.topics)
    for picture in Picture.objects.filter(rights_holder=DRAWN_BY, made_date=DRAWN, topics__isnull=True):
        if names := wanted.get(picture.title):
            picture.topics.set([topics[name] for name in sorted(names) if name in topics])


def _film(row: dict[str, Any], credit: dict[str, str]) -> int:
    data = FILM.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if Video.objects.filter(sha256=sha256).exists():
        return 0
    found = read_recording(data, Kind.WEBM)
    film = Video(
        filename=FILM.name,
        sha256=sha256,
        size=len(data),
        content_type="video/webm",
        duration=round(found.duration or 0) or None,
        width=found.width,
        height=found.height,
        still=Picture.objects.filter(title=row["still"], rights_holder=DRAWN_BY).first(),
        captions={code: _captions(row["cue"], code) for code in LANGUAGES},
        transcript=row["en"]["transcript"].strip(),
        consent=Consent.NONE_SHOWN,
        **_said(row, credit),
    )
    film.file.save(FILM.name, ContentFile(data), save=False)
    film.save()
    film.topics.set(Topic.objects.filter(slug__in=row["topics"]))
    _show_in(film, row["piece"])
    return 1


def _captions(cues: list[dict[str, Any]], code: str) -> str:
    return written_webvtt(tuple(Cue(cue["from"] * 1000, cue["until"] * 1000, "", cue[code]) for cue in cues))


def _show_in(film: Video, key: str) -> None:
    """The piece of the film, published with it in every language on the day that it bears."""
    piece = next(piece for piece in read_pieces() if piece.key == key)
    moment = timezone.make_aware(datetime.combine(piece.day, time(9, 0)))
    editor = User.objects.get(username=EDITOR)
    pages = StoryPage.objects.filter(translation_key=key_of(piece))
    original: int | None = None
    # The original first: its translations are made from the version that has the film.
    for page in sorted(pages, key=lambda page: page.origin != TranslationOrigin.ORIGINAL):
        page.video = film
        page.source_revision = original
        with published_without_review("a demonstration's pieces, written with the program"):
            revision = page.save_revision(user=editor, clean=False)
            revision.publish(user=editor, skip_permission_checks=True)
        original = original or revision.pk
        StoryPage.objects.filter(pk=page.pk).update(
            last_published_at=moment, latest_revision_created_at=moment
        )


def _sheet(row: dict[str, Any], credit: dict[str, str]) -> int:
    if LibraryDocument.objects.filter(title=row["en"]["title"]).exists():
        return 0
    sheet = LibraryDocument(
        file=ContentFile(_pdf(row["en"]["title"], row["part"]), name=row["name"]), **_said(row, credit)
    )
    sheet.save()
    sheet.topics.set(Topic.objects.filter(slug__in=row["topics"]))
    return 1


def _said(row: dict[str, Any], credit: dict[str, str]) -> dict[str, Any]:
    """What film and sheet say alike: words by language, credit, licence, day."""
    others = {
        code: {**{name: text.strip() for name, text in row[code].items()}, "credit": credit[code]}
        for code in LANGUAGES
        if code != "en"
    }
    return {
        "title": row["en"]["title"],
        "caption": row["en"]["caption"],
        "credit": credit["en"],
        "rights_holder": DRAWN_BY,
        "basis": RightsBasis.OWN,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "place": "Hà Nội",
        "made_date": row["made"],
        "in_library": True,
        "other_words": others,
    }


def _to_see_to(credit: str) -> int:
    """Two pictures that wait for an officer: nobody described the one, the right to the other ends in three weeks."""
    drawing = Picture.objects.filter(title="silk", rights_holder=DRAWN_BY).first()
    if drawing is None or Picture.objects.filter(title__startswith=_FROM_A_CAMERA).exists():
        return 0
    with drawing.file.open("rb") as stream:
        whole = Image.open(stream).convert("RGB")
    known = {
        "alternative": "Two women in long dresses before rolls of silk",
        "credit": credit,
        "basis": RightsBasis.LICENSED,
        "licence": "For this site, until its last day",
        "consent": Consent.NONE_SHOWN,
        "expires_date": clock.today() + timedelta(days=21),
    }
    for number, (left, said) in enumerate(((600, {}), (0, known)), start=1):
        part = io.BytesIO()
        whole.crop((left, 0, left + 1200, 1200)).save(part, "JPEG", quality=80)
        title = f"{_FROM_A_CAMERA}{number:04}"
        Picture(title=title, file=ContentFile(part.getvalue(), name=f"{title}.jpg"), **said).save()
    return 2


def _pdf(title: str, parts: list[dict[str, str]]) -> bytes:
    """The sheet as a tagged PDF of one page."""
    words = "".join(f"== {part['title']}\n{part['words']}\n\n" for part in parts)
    source = (
        f'#set document(title: "{title}", author: "{DRAWN_BY}")\n'
        '#set page("a4", margin: 24mm)\n'
        '#set text(size: 11pt, lang: "en")\n'
        "#set par(leading: 0.8em)\n"
        f"#show heading: set block(above: 1.6em, below: 0.8em)\n= {title}\n\n{words}"
    )
    made: Any = typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)
    return bytes(made)
