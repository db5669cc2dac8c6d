"""What the public may have at a moment: the one place that page, feed, API, search, sitemap and files ask.

A piece under embargo is simply not live: it is scheduled (`go_live_at`), and nothing of it is in any public list.
These functions say the same once more by the moment itself, so that a job that ran early, or a clock that was set
wrong, lets nothing out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from khuevan.core import clock
from khuevan.newsroom.choices import ChangeKind
from khuevan.newsroom.models import LibraryDocument, Picture, PublicChange, StoryPage, Video
from khuevan.newsroom.release_moment import past_embargo
from khuevan.newsroom.rules import picture_problems


def public_pages(pages: QuerySet[Any], moment: datetime) -> QuerySet[Any]:
    """Those of the pages that are live at the moment, not expired, not withdrawn, and for everybody.

    Nobody of the house can restrict a page; where somebody did by other ways, neither it nor what is below it is
    shown anywhere.
    """
    withdrawn = PublicChange.objects.filter(page=OuterRef("pk"), kind=ChangeKind.WITHDRAWAL)
    restricted = PageViewRestriction.objects.annotate(
        asked=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    ).filter(asked__startswith=F("page__path"))
    return pages.filter(
        Q(expire_at__isnull=True) | Q(expire_at__gt=moment),
        ~Exists(withdrawn),
        ~Exists(restricted),
        live=True,
    )


def public_stories(moment: datetime) -> QuerySet[StoryPage]:
    """All pieces that the public may have at the moment, the newest first."""
    stories: QuerySet[StoryPage] = public_pages(StoryPage.objects.all(), moment).filter(past_embargo(moment))
    return stories.order_by("-first_published_at", "-pk")


def early_stories(moment: datetime) -> QuerySet[StoryPage]:
    """The pieces that an embargo of any of their languages holds back at the moment."""
    early: QuerySet[StoryPage] = StoryPage.objects.exclude(past_embargo(moment))
    return early


def is_public(page: Page, moment: datetime) -> bool:
    """Whether the public may have the page at the moment. Two queries."""
    return page.pk in public_keys([page.pk], moment)


def public_keys(keys: Iterable[int], moment: datetime) -> set[int]:
    """The keys of those of the pages that the public may have at the moment. Two queries."""
    wanted = list(keys)
    early_keys = set(early_stories(moment).filter(pk__in=wanted).values_list("pk", flat=True))
    live = public_pages(Page.objects.filter(pk__in=wanted), moment)
    return set(live.values_list("pk", flat=True)) - early_keys


def may_be_shown(thing: Picture | LibraryDocument | Video | None) -> bool:
    """Whether there is something, and the right to show it has not ended: what templates and feeds ask."""
    return thing is not None and not thing.is_expired_on(clock.today())


def is_offered(thing: Picture | LibraryDocument | Video) -> bool:
    """Whether the public library offers it: it was put there, nothing is missing, nothing ended or is under embargo.

    What `khuevan.newsroom.library_queries.offered` found was asked about embargoes already.
    """
    if not thing.in_library or any(picture_problems(thing)):
        return False
    if getattr(thing, "is_past_embargo", False):
        return True
    return not is_restricted(thing) and thing.pk not in held_back(type(thing), clock.now(), [thing.pk])


def is_restricted(thing: Picture | LibraryDocument | Video) -> bool:
    """Whether its collection, or one above that, is not for everybody."""
    return bool(thing.collection.get_view_restrictions().exists())


def held_back(
    model: type[Picture | LibraryDocument | Video], moment: datetime, among: Iterable[int] | None = None
) -> set[int]:
    """The keys of those things of a kind that pieces under embargo show, and no public page does.

    Its caption and file would tell what the embargo keeps. One query where nothing is under embargo.
    """
    # Also where one is live by mistake: it is on no public page before its moment.
    early = list(early_stories(moment).filter(embargo_until__gt=moment).values_list("pk", flat=True))
    if not early:
        return set()
    shown = _shown_by(model, early, None if among is None else set(among))
    return {key for key in shown if not public_keys(_pages_with(model, key) - set(early), moment)}


def is_file_public(thing: Picture | LibraryDocument | Video, moment: datetime) -> bool:
    """Whether the public may fetch the file: nothing is missing, and the library or a public page shows it.

    Only what a page holds as published counts: a draft that uses a picture does not let it out. A film's still
    goes out with the film.
    """
    if any(picture_problems(thing)) or is_restricted(thing):
        return False
    if is_offered(thing) or public_keys(_pages_with(type(thing), thing.pk), moment):
        return True
    films = Video.objects.filter(still=thing) if isinstance(thing, Picture) else ()
    return any(is_file_public(film, moment) for film in films)


def _pages_with(model: type[Any], key: int) -> set[int]:
    """The keys of the pages that refer to a thing. A film, too, refers to things, and its keys are no pages'."""
    rows = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id=str(key),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    return {int(row) for row in rows.values_list("object_id", flat=True) if str(row).isdigit()}


def _shown_by(model: type[Any], pages: Iterable[int], among: set[int] | None) -> set[int]:
    """The keys of the things of a kind that the pages refer to; a film's still among the pictures."""
    rows = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id__in=[str(key) for key in pages]
    )

    def to(kind: type[Any]) -> set[int]:
        found = rows.filter(to_content_type=ContentType.objects.get_for_model(kind))
        return {int(row) for row in found.values_list("to_object_id", flat=True) if str(row).isdigit()}

    keys = to(model)
    if model is Picture:
        stills = Video.objects.filter(pk__in=to(Video), still__isnull=False)
        keys |= set(stills.values_list("still", flat=True))
    return keys if among is None else keys & among
