"""Sizes of pictures that were asked for before they were there: made in the background, not while a reader waits.

Each picture has one job on its way at most, however many readers ask.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from khuevan.background.once import keys_on_their_way
from khuevan.newsroom.library_jobs import make_missing_sizes
from khuevan.newsroom.models import Picture
from khuevan.newsroom.rendering import SYNDICATED, sizes_there

# A picture that cannot be read fails each time; its failure stands on the page of background work.
TRIED_AGAIN: Final = timedelta(days=1)


def queue_missing_sizes(pictures: Iterable[Picture]) -> int:
    """Queues one job for each of the pictures that lacks sizes and has none on its way; how many were queued.

    No query where every picture has its sizes, and those were fetched with it; one where all jobs are on their way.
    """
    missing = {picture.pk for picture in pictures if len(sizes_there(picture, *SYNDICATED)) < len(SYNDICATED)}
    if not missing or not missing - _on_their_way():
        return 0
    with transaction.atomic():
        # Whoever asks for the same pictures at this moment waits here, and then sees our jobs.
        list(Picture.objects.select_for_update().filter(pk__in=missing).order_by("pk").values_list("pk"))
        keys = sorted(missing - _on_their_way())
        for key in keys:
            make_missing_sizes.enqueue(key)
    return len(keys)


def _on_their_way() -> set[int]:
    # Tasks end by the machine's clock, whatever day a demonstration keeps.
    return keys_on_their_way(make_missing_sizes, timezone.now() - TRIED_AGAIN)
