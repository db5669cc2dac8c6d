"""What is taken with a press kit counts once for a reader, and not for a look at its head or for a machine."""

from __future__ import annotations

import pytest
from django.db.models import Sum
from django.urls import reverse

from khuevan.newsroom.models import DownloadCount
from khuevan.newsroom.models.press import PressKitItem
from khuevan.website.page_cache import ASKED_AS
from tests.factories.newsroom import picture
from tests.factories.press import kit

pytestmark = pytest.mark.django_db


def counted() -> int:
    return DownloadCount.objects.aggregate(all=Sum("count"))["all"] or 0


def test_a_kit_counts_for_readers_alone(client):
    made = kit(items=[PressKitItem(picture=picture())])
    address = reverse("press_kit_archive", args=["en", made.pk])
    # Before the application, the cache asks for the whole page where a reader looks at the head.
    for asked in (
        {ASKED_AS: "HEAD"},
        {"HTTP_USER_AGENT": "ExampleBot/1.0"},
        {"HTTP_SEC_PURPOSE": "prefetch"},
    ):
        answer = client.get(address, **asked)
        assert (answer.status_code, len(b"".join(answer.streaming_content)) > 100, counted()) == (
            200,
            True,
            0,
        )
    assert (client.head(address).status_code, counted()) == (200, 0)
    b"".join(client.get(address).streaming_content)
    assert counted() == 1
