"""Pieces with what the API tells of many of them, asked for at once: corrections and languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from khuevan.core import clock
from khuevan.newsroom.choices import ChangeKind, TranslationOrigin
from khuevan.newsroom.models import PublicChange, StoryPage
from khuevan.newsroom.release import public_stories
from khuevan.website.syndication import address_of
from khuevan.website.whole_pieces import syndicated


@dataclass(frozen=True, slots=True)
class Tongue:
    """The piece in one language that is public: its key and its address."""

    language: str
    key: int
    address: str
    is_original: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A piece with what is asked for many of them at once."""

    piece: StoryPage
    address: str
    corrections: tuple[PublicChange, ...]
    tongues: tuple[Tongue, ...]

    @property
    def language(self) -> str:
        """The code of its language."""
        return str(self.piece.locale.language_code)

    @property
    def changed_at(self) -> datetime | None:
        """When it last changed for readers: published again, or corrected."""
        moments = [self.piece.last_published_at, *(change.made_at for change in self.corrections)]
        return max((moment for moment in moments if moment is not None), default=None)


def told(request: HttpRequest, pieces: Iterable[StoryPage]) -> list[Told]:
    """The pieces with their corrections, the oldest first, and their languages. About twelve queries."""
    found = syndicated(pieces)
    corrections: dict[int, list[PublicChange]] = defaultdict(list)
    for change in PublicChange.objects.filter(
        kind=ChangeKind.CORRECTION, page__in=[piece.pk for piece in found]
    ).order_by("made_at", "pk"):
        corrections[change.page_id].append(change)
    tongues: dict[object, list[Tongue]] = defaultdict(list)
    same = public_stories(clock.now()).filter(translation_key__in=[piece.translation_key for piece in found])
    for page in same.select_related("locale").order_by("locale__language_code"):
        tongues[page.translation_key].append(
            Tongue(
                page.locale.language_code,
                page.pk,
                address_of(request, page),
                page.origin == TranslationOrigin.ORIGINAL,
            )
        )
    return [
        Told(
            piece,
            address_of(request, piece),
            tuple(corrections[piece.pk]),
            tuple(tongues[piece.translation_key]),
        )
        for piece in found
    ]


def detail_address(request: HttpRequest, name: str, key: int) -> str:
    """Where one record of a list stands in the API."""
    return request.build_absolute_uri(reverse(f"api:{name}:detail", args=[key]))
