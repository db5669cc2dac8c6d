"""What the public may have at a moment: the one place that page, feed, API, search, sitemap and files ask.

A piece under embargo is simply not live: it is scheduled (`go_live_at`), and nothing of it is in any public list.
These functions say the same once more by the moment itself, so that a job that ran early, or a clock that was set
wrong, lets nothing out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page, ReferenceIndex

from khuevan.core import clock
from khuevan.newsroom.choices import ChangeKind
from khuevan.newsroom.models import LibraryDocument, Picture, PublicChange, StoryPage, Video
from khuevan.newsroom.rules import picture_problems


def public_pages(pages: QuerySet[Any], moment: datetime) -> QuerySet[Any]:
    """Those of the pages that are live at the moment, not expired and not withdrawn."""
    withdrawn = PublicChange.objects.filter(page=OuterRef("pk"), kind=ChangeKind.WITHDRAWAL)
    return pages.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=moment), ~Exists(withdrawn), live=True)


def public_stories(moment: datetime) -> QuerySet[StoryPage]:
    """All pieces that the public may have at the moment, the newest first."""
    stories = public_pages(StoryPage.objects.all(), moment).filter(
        Q(embargo_until__isnull=True) | Q(embargo_until__lte=moment)
    )
    return stories.order_by("-first_published_at", "-pk")


def is_public(page: Page, moment: datetime) -> bool:
    """Whether the public may have the page at the moment."""
    if not public_pages(Page.objects.filter(pk=page.pk), moment).exists():
        return False
    embargo = StoryPage.objects.filter(pk=page.pk).values_list("embargo_until", flat=True).first()
    return embargo is None or embargo <= moment


def may_be_shown(thing: Picture | LibraryDocument | Video | None) -> bool:
    """Whether there is something, and the right to show it has not ended: what templates and feeds ask."""
    return thing is not None and not thing.is_expired_on(clock.today())


def is_offered(thing: Picture | LibraryDocument | Video) -> bool:
    """Whether the public library offers it: it was put there, nothing is missing and nothing has ended."""
    return thing.in_library and not any(picture_problems(thing))


def is_file_public(thing: Picture | LibraryDocument | Video, moment: datetime) -> bool:
    """Whether the public may fetch the file: it has not expired, and the library or a public page shows it.

    Only what a page holds as published counts: a draft that uses a picture does not let it out. A film's still
    goes out with the film.
    """
    if not may_be_shown(thing):
        return False
    if is_offered(thing):
        return True
    # A film, too, has keys, and they are no pages'.
    of_pages = ReferenceIndex.get_references_to(thing).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = {
        int(object_id)
        for object_id in of_pages.values_list("object_id", flat=True)
        if str(object_id).isdigit()
    }
    shown = public_pages(Page.objects.filter(pk__in=keys), moment)
    under_embargo = StoryPage.objects.filter(pk__in=keys, embargo_until__gt=moment).values("pk")
    if shown.exclude(pk__in=under_embargo).exists():
        return True
    films = Video.objects.filter(still=thing) if isinstance(thing, Picture) else ()
    return any(is_file_public(film, moment) for film in films)
