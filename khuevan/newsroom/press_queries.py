"""What the press room shows at a moment: who answers, what was published, what is to come. Public things only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from khuevan.core import clock
from khuevan.newsroom.choices import StoryKind
from khuevan.newsroom.models import (
    Contact,
    LibraryDocument,
    Picture,
    PressConferencePage,
    PressKitPage,
    PressRoomPage,
    StoryPage,
    Video,
)
from khuevan.newsroom.release import is_file_public, public_pages, public_stories

FOR_THE_PRESS: Final = (StoryKind.PRESS_RELEASE, StoryKind.FACT_SHEET, StoryKind.INTERVIEW)
NEWEST: Final = 6
# The latest of the past conferences; older ones are found by search.
PAST: Final = 6


@dataclass(frozen=True, slots=True)
class PressRoom:
    """Everything that the press room shows: contacts of the day, newest pieces, kits, conferences by time."""

    contacts: list[Contact]
    releases: list[StoryPage]
    kits: list[PressKitPage]
    coming: list[PressConferencePage]
    past: list[PressConferencePage]


@dataclass(frozen=True, slots=True)
class KitContents:
    """What of a kit is public: pieces in their order, pictures, films and documents in the kit's order."""

    stories: list[StoryPage]
    pictures: list[Picture]
    videos: list[Video]
    documents: list[LibraryDocument]

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the kit may be had."""
        return not (self.stories or self.pictures or self.videos or self.documents)

    @property
    def files(self) -> Iterator[Picture | Video | LibraryDocument]:
        """Everything that is a file, pictures first."""
        yield from self.pictures
        yield from self.videos
        yield from self.documents


def contacts_on(day: date) -> QuerySet[Contact]:
    """Those who answer reporters on the day, spokespersons first."""
    return Contact.objects.filter(
        Q(since_date__isnull=True) | Q(since_date__lte=day),
        Q(until_date__isnull=True) | Q(until_date__gte=day),
    ).order_by("-is_spokesperson", "order", "name")


def press_room(room: PressRoomPage, moment: datetime) -> PressRoom:
    """What the room shows at the moment. Five queries."""
    # Wagtail's own queries of pages have no types.
    pieces: Any = public_stories(moment)
    conferences: Any = PressConferencePage.objects
    kits: Any = PressKitPage.objects
    below = public_pages(conferences.child_of(room), moment).annotate(
        over_at=Coalesce("ends_at", "begins_at")
    )
    return PressRoom(
        contacts=list(contacts_on(clock.today())),
        releases=list(
            pieces.filter(locale=room.locale, kind__in=FOR_THE_PRESS).select_related("picture")[:NEWEST]
        ),
        kits=list(public_pages(kits.child_of(room), moment).order_by("-first_published_at", "-pk")),
        coming=list(below.filter(over_at__gte=moment).order_by("begins_at", "pk")),
        past=list(below.filter(over_at__lt=moment).order_by("-begins_at", "pk")[:PAST]),
    )


def kit_contents(kit: PressKitPage, moment: datetime) -> KitContents:
    """What of the kit may be had at the moment; what is under embargo, withdrawn or expired is left out."""
    keys = [story.pk for story in kit.stories.all()]
    items = [item.picture or item.video or item.document for item in kit.items.all()]
    public = [thing for thing in items if thing is not None and is_file_public(thing, moment)]
    return KitContents(
        stories=list(public_stories(moment).filter(pk__in=keys)),
        pictures=[thing for thing in public if isinstance(thing, Picture)],
        videos=[thing for thing in public if isinstance(thing, Video)],
        documents=[thing for thing in public if isinstance(thing, LibraryDocument)],
    )
