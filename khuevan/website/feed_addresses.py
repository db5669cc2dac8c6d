"""Which feeds a piece stands in, by the addresses that hubs and readers know them by."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.urls import reverse

from khuevan.newsroom.models import StoryPage

FORMS: Final = ("rss", "atom", "json")


def feed_address(path: str) -> str:
    """The whole address of a feed on the installation's own host."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def feeds_of(piece: StoryPage) -> tuple[str, ...]:
    """The addresses of all feeds that the piece stands in: of its language, its section and its topics."""
    language = piece.locale.language_code
    section = piece.get_parent()
    paths = []
    for form in FORMS:
        paths.append(reverse("feed", kwargs={"language": language, "form": form}))
        if section is not None:
            paths.append(
                reverse("section_feed", kwargs={"language": language, "section": section.slug, "form": form})
            )
        paths.extend(
            reverse("topic_feed", kwargs={"language": language, "topic": topic.slug, "form": form})
            for topic in piece.topics.all()
        )
    return tuple(feed_address(path) for path in paths)
