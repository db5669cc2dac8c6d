"""Who opens the API, its description, and feeds of topics: everybody."""

from __future__ import annotations

from django.urls import reverse

from tests.factories.newsroom import TopicFactory, home, published
from tests.permission_rows import EVERYONE, Row


def topic_feed() -> str:
    """The address of a topic's feed."""
    home()
    return reverse("topic_feed", kwargs={"language": "en", "topic": TopicFactory().slug, "form": "atom"})


def api_page() -> str:
    """The address of the page that explains the API."""
    home()
    return reverse("api_page")


def rows() -> list[Row]:
    """The addresses that are made for partner newsrooms."""
    return [
        Row("topic_feed", topic_feed, EVERYONE),
        Row("api_page", api_page, EVERYONE),
        Row("api_description", lambda: reverse("api_description"), EVERYONE),
        Row("api:stories:listing", lambda: reverse("api:stories:listing"), EVERYONE),
        Row("api:stories:detail", lambda: reverse("api:stories:detail", args=[published().pk]), EVERYONE),
        Row("api:pictures:listing", lambda: reverse("api:pictures:listing"), EVERYONE),
        Row("api:videos:listing", lambda: reverse("api:videos:listing"), EVERYONE),
        Row("api:documents:listing", lambda: reverse("api:documents:listing"), EVERYONE),
        Row("api:withdrawals:listing", lambda: reverse("api:withdrawals:listing"), EVERYONE),
    ]
