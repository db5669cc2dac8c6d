"""What the public may have at a moment: the one place that page, feed, API, search, sitemap and files ask.

A piece under embargo is simply not live: it is scheduled (`go_live_at`), and nothing of it is in any public list.
These functions say the same once more by the moment itself, so that a job that ran early, or a clock that was set
wrong, lets nothing out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page, ReferenceIndex

from khuevan.core import clock
from khuevan.newsroom.choices import ChangeKind
from khuevan.newsroom.models import LibraryDocument, Picture, PublicChange, StoryPage, Video


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


def is_file_public(thing: Picture | LibraryDocument | Video, moment: datetime) -> bool:
    """Whether the public may fetch the file: it has not expired, and the library or a public page shows it.

    Only what a page holds as published counts: a draft that uses a picture does not let it out.
    """
    if thing.is_expired_on(clock.today()):
        return False
    if thing.in_library:
        return True
    users = ReferenceIndex.get_references_to(thing).values_list("base_content_type", "object_id")
    keys = {int(object_id) for _content_type, object_id in users if str(object_id).isdigit()}
    shown = public_pages(Page.objects.filter(pk__in=keys), moment)
    under_embargo = StoryPage.objects.filter(pk__in=keys, embargo_until__gt=moment).values("pk")
    return shown.exclude(pk__in=under_embargo).exists()
