"""Every surface of the public site × every moment of a piece: before its embargo ends, after, withdrawn, expired.

Asked through the page cache, which has seen everything a moment before and whose clock stands still: whatever is
right here is right at the next request after the release, not when something runs out. A surface that a later issue
adds gets a row in `SURFACES`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.core.files.base import ContentFile
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import reverse
from django.utils import timezone

from khuevan.newsroom.actions import release_due, withdraw_piece
from khuevan.newsroom.choices import RightsBasis, StoryKind
from khuevan.newsroom.models import LibraryDocument, PressKitItem, StoryPage
from khuevan.newsroom.rendering import CARD
from khuevan.people.choices import Role
from khuevan.website.page_cache import PageCache
from tests.factories.library import film, offered_document, offered_picture
from tests.factories.newsroom import TopicFactory, home, let_out, picture, section, story
from tests.factories.people import PostFactory, UserFactory
from tests.factories.press import PDF, kit, press_room

pytestmark = pytest.mark.django_db
# Words that nothing else of the site has: where one stands, something of the piece does.
TITLE, SUMMARY, SLUG = "Zyxwembargo opens", "Zyxwsummary of it", "zyxwslug"
WORDS = ("zyxwembargo", "zyxwsummary", "zyxwslug", "zyxwbody", "zyxwfile", "zyxwshelf")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Piece:
    """The piece under embargo, with what belongs to it; `shelf` is what it shows of the public library, by kind."""

    page: StoryPage
    picture: Any
    document: LibraryDocument
    kit: Any
    shelf: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Surface:
    """One surface: its address, and what it answers while the piece is public (`shows`) and once it was withdrawn.

    While it is not public the answer is `hides`, and in no case holds a word of it. `withdrawn` and `tells` are the
    status then, and whether the reason stands there.
    """

    name: str
    address: Callable[[Piece], str]
    shows: int = 200
    hides: int = 200
    withdrawn: int = 200
    tells: bool = False
    # A file has no words: its status says everything.
    has_words: bool = True
    # What the piece shows of the library comes out with it, and is the library's own from then on.
    is_of_library: bool = False


def feeds() -> Iterator[Surface]:
    for form in ("rss", "atom", "json"):
        for name, more in (
            ("feed", {}),
            ("section_feed", {"section": "news"}),
            ("topic_feed", {"topic": "zyx-topic"}),
        ):
            values = {"language": "en", "form": form, **more}
            # Readers of feeds are told of what was withdrawn; RSS has no way to say it.
            yield Surface(
                f"{name} {form}",
                lambda piece, name=name, values=values: reverse(name, kwargs=values),
                tells=form == "atom",
            )


def library() -> Iterator[Surface]:
    """Everything that speaks of what the public library offers."""
    more: dict[str, Any] = {"is_of_library": True}
    shelves = reverse("library", kwargs={"language": "en"})
    yield Surface("library", lambda piece: shelves, **more)
    yield Surface("library by kind", lambda piece: f"{shelves}?kind=pictures", **more)
    yield Surface("sitemap of the library", lambda piece: reverse("sitemap_library", args=[1]), **more)
    for kind in ("pictures", "documents", "videos"):
        yield Surface(f"API, {kind}", lambda piece, kind=kind: reverse(f"api:{kind}:listing"), **more)
        for name, values in (
            ("library_item", {"language": "en", "kind": kind}),
            (f"api:{kind}:detail", {}),
            ("newsroom:download", {"kind": kind, "size": "original"}),
        ):
            yield Surface(
                f"{name} of {kind}",
                lambda piece, kind=kind, name=name, values=values: reverse(
                    name, kwargs={**values, "pk": piece.shelf[kind].pk}
                ),
                hides=404, has_words=name != "newsroom:download", **more,
            )  # fmt: skip
    more |= {"hides": 404, "has_words": False}
    yield Surface("film", lambda piece: piece.shelf["videos"].url, **more)
    yield Surface("captions", lambda piece: piece.shelf["videos"].captions_url("en"), **more)


SURFACES = [
    Surface("page", lambda piece: piece.page.url, hides=404, withdrawn=410, tells=True),
    Surface(
        "permanent address",
        lambda piece: reverse("permanent", args=[piece.page.short_id]),
        shows=302, hides=404, withdrawn=302, has_words=False,
    ),
    Surface(
        "not here yet",
        lambda piece: reverse("not_here", kwargs={"language": "fr", "page_id": piece.page.pk}),
        hides=404, withdrawn=404,
    ),
    *feeds(),
    Surface("sitemap", lambda piece: reverse("sitemap_file", args=[1])),
    Surface("sitemap of news", lambda piece: reverse("sitemap_news")),
    Surface("home", lambda piece: home().url),
    Surface("section", lambda piece: section().url),
    Surface("topic", lambda piece: reverse("topic", kwargs={"language": "en", "slug": "zyx-topic"})),
    Surface("press room", lambda piece: press_room().url),
    Surface("press kit", lambda piece: piece.kit.url),
    Surface("search", lambda piece: reverse("search", kwargs={"language": "en"}) + "?q=opens"),
    Surface(
        "API, one piece",
        lambda piece: reverse("api:stories:detail", args=[piece.page.pk]),
        hides=404, withdrawn=410, tells=True,
    ),
    Surface("API, pieces", lambda piece: reverse("api:stories:listing")),
    Surface("API, pieces of a topic", lambda piece: reverse("api:stories:listing") + "?topic=zyx-topic"),
    Surface(
        "rendition",
        lambda piece: piece.picture.get_rendition("format-webp|width-480").url,
        hides=404, withdrawn=404, has_words=False,
    ),
    Surface(
        "picture of cards",
        lambda piece: piece.picture.get_rendition(CARD).url,
        hides=404, withdrawn=404, has_words=False,
    ),
    Surface("document", lambda piece: piece.document.url, hides=404, withdrawn=404, has_words=False),
    *library(),
]  # fmt: skip


class Time:
    """The machine's clock, moved by hand."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def time_of_day(monkeypatch):
    clock = Time(timezone.now())
    monkeypatch.setattr(timezone, "now", clock.now)
    return clock


@pytest.fixture
def caches(settings, tmp_path):
    """Two processes, each with its cache around the whole application; nothing in them ever runs out."""
    settings.PAGE_STAMP = tmp_path / "stamp"
    settings.PAGE_STAMP.touch()
    # As Django's own test client does: the connection is the test's, and no request may close it.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield [
        PageCache(
            WSGIHandler(),
            stamp=settings.PAGE_STAMP,
            cookies=frozenset({project.SESSION_COOKIE_NAME, project.CSRF_COOKIE_NAME}),
            clock=lambda: 0.0,
        )
        for _process in range(2)
    ]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def get(cache: PageCache, address: str) -> tuple[int, str]:
    """Status and body."""
    path, _mark, query = address.partition("?")
    heard: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver",
        "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "SCRIPT_NAME": "",
        "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }  # fmt: skip
    answer = cache(environ, lambda status, headers, *rest: heard.append(status))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return int(heard[-1].split()[0]), body.decode("utf-8", "replace").lower()


def said(status_and_body: tuple[int, str], surface: Surface) -> tuple[int, list[str]]:
    """The status, and the words of the piece that stand in the answer."""
    status, body = status_and_body
    return status, [word for word in WORDS if word in body] if surface.has_words else []


@pytest.fixture
def piece(time_of_day):
    """A piece whose embargo ends in an hour, approved, in a press kit; with a picture and a document of its own."""
    home("fr")
    shown = picture(title="zyxwfile picture")
    shown.get_rendition("format-webp|width-480")
    shown.get_rendition(CARD)
    document = LibraryDocument(
        title="zyxwfile document", credit="Department", basis=RightsBasis.OWN, file=ContentFile(PDF, name="facts.pdf")
    )  # fmt: skip
    document.save()
    still = picture(title="zyxwshelf still")
    still.get_rendition(CARD)
    shelf = {
        "pictures": offered_picture(caption="zyxwshelf picture"),
        "documents": offered_document(title="zyxwshelf document"),
        "videos": film(title="zyxwshelf film", still=still, captions={"en": "WEBVTT\n"}),
    }
    page = story(
        title=TITLE, slug=SLUG, summary=SUMMARY, kind=StoryKind.PRESS_RELEASE, picture=shown,
        topics=[TopicFactory(slug="zyx-topic")], embargo_until=time_of_day.moment + timedelta(hours=1),
        expire_at=time_of_day.moment + timedelta(hours=3),
        body=[
            ("text", "<p>The zyxwbody.</p>"),
            ("file", {"document": document, "description": "zyxwfile to take away"}),
            ("picture", {"picture": shelf["pictures"], "caption": ""}),
            ("file", {"document": shelf["documents"], "description": ""}),
        ],
        video=shelf["videos"],
    )  # fmt: skip
    let_out(page.latest_revision)
    page.refresh_from_db()
    return Piece(
        page, shown, document, kit(stories=[page], items=[PressKitItem(picture=other_picture())]), shelf
    )


def other_picture():
    """A picture that may be shown whatever becomes of the piece."""
    return picture(title="Another")


def answers(caches: list[PageCache], piece: Piece) -> dict[str, tuple[int, list[str]]]:
    """What each surface answers; the same from both processes, asked twice each, as from memory."""
    found = {}
    for surface in SURFACES:
        address = surface.address(piece)
        each = [said(get(cache, address), surface) for cache in caches for _time in range(2)]
        assert each == each[:1] * 4, surface.name
        found[surface.name] = each[0]
    return found


def gone(after: dict[str, tuple[int, list[str]]]) -> dict[str, tuple[int, list[str]]]:
    """What is there once the piece is not: what it showed of the library stays, as it was while the piece was."""
    return {
        surface.name: after[surface.name] if surface.is_of_library else (surface.hides, [])
        for surface in SURFACES
    }


def hidden() -> dict[str, tuple[int, list[str]]]:
    return {surface.name: (surface.hides, []) for surface in SURFACES}


def test_nothing_is_public_a_minute_before_and_everything_a_minute_after(
    piece, caches, time_of_day, django_capture_on_commit_callbacks
):
    time_of_day.moment = piece.page.embargo_until - MINUTE
    with django_capture_on_commit_callbacks(execute=True):
        assert release_due(timezone.now()).published == 0
    assert answers(caches, piece) == hidden()

    time_of_day.moment = piece.page.embargo_until + MINUTE
    with django_capture_on_commit_callbacks(execute=True):
        assert release_due(timezone.now()).published == 1
    after = answers(caches, piece)
    assert {name: status for name, (status, _words) in after.items()} == {
        surface.name: surface.shows for surface in SURFACES
    }
    silent = [surface.name for surface in SURFACES if surface.has_words and not after[surface.name][1]]
    assert silent == []


def test_nothing_leaks_where_the_job_that_releases_ran_early(piece, caches, time_of_day):
    # As if somebody had set the page live by hand: its own moment still holds it back in every list and file.
    StoryPage.objects.filter(pk=piece.page.pk).update(live=True, first_published_at=timezone.now())
    time_of_day.moment = piece.page.embargo_until - MINUTE
    found = answers(caches, piece)
    leaking = [name for name, answer in found.items() if answer != hidden()[name]]
    assert leaking == []


def test_a_withdrawn_piece_is_gone_from_every_surface_at_once(
    piece, caches, time_of_day, django_capture_on_commit_callbacks
):
    time_of_day.moment = piece.page.embargo_until + MINUTE
    with django_capture_on_commit_callbacks(execute=True):
        release_due(timezone.now())
    answers(caches, piece)
    editor = UserFactory()
    PostFactory(person=editor, role=Role.EDITOR)
    page = StoryPage.objects.get(pk=piece.page.pk)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_piece(by=editor, page=page, text="Qqreason: it was not so.")
    for surface in SURFACES:
        for cache in caches:
            status, body = get(cache, surface.address(piece))
            assert status == surface.withdrawn, surface.name
            assert "zyxwbody" not in body, surface.name
            if surface.tells:
                assert "qqreason" in body, surface.name
            elif surface.is_of_library:
                assert said((status, body), surface)[1] in ([], ["zyxwshelf"]), surface.name
            elif surface.has_words:
                assert said((status, body), surface)[1] in ([], ["zyxwslug"]), surface.name


def test_an_expired_piece_is_gone_from_every_surface_at_once(
    piece, caches, time_of_day, django_capture_on_commit_callbacks
):
    time_of_day.moment = piece.page.embargo_until + MINUTE
    with django_capture_on_commit_callbacks(execute=True):
        release_due(timezone.now())
    time_of_day.moment = piece.page.expire_at - MINUTE
    assert said(get(caches[0], piece.page.url), SURFACES[0])[0] == 200
    after = answers(caches, piece)
    time_of_day.moment = piece.page.expire_at + MINUTE
    with django_capture_on_commit_callbacks(execute=True):
        assert release_due(timezone.now()).expired == 1
    assert answers(caches, piece) == gone(after)
