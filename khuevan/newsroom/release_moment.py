"""The embargo of a piece as the database asks it: one moment for all its languages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from khuevan.newsroom.choices import TranslationOrigin
from khuevan.newsroom.models import StoryPage


def binding_embargo() -> Q:
    """Which pages' embargo binds the other languages: the original's, and that of a page that is live.

    A translation's draft binds nobody: a slip in it would take a published piece off the site.
    """
    return Q(origin=TranslationOrigin.ORIGINAL) | Q(live=True)


def past_embargo(moment: datetime) -> Q:
    """Which pieces no language's embargo holds back at the moment."""
    held: Any = StoryPage.objects.filter(
        binding_embargo(), translation_key=OuterRef("translation_key"), embargo_until__gt=moment
    )
    own = Q(embargo_until__isnull=True) | Q(embargo_until__lte=moment)
    return own & ~Q(Exists(held))
