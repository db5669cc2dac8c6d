"""Counts of downloads: how many, and nothing about who. No action: no person's deed is recorded."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F

from khuevan.core import clock
from khuevan.newsroom.models import DownloadCount, LibraryDocument, Picture, Video

KINDS = {Picture: "PICTURE", LibraryDocument: "DOCUMENT", Video: "VIDEO"}


def count_download(thing: Picture | LibraryDocument | Video, size: str) -> None:
    """One download more of the thing in the size, today."""
    row = DownloadCount.objects.filter(
        day=clock.today(), kind=KINDS[type(thing)], object_id=thing.pk, size=size
    )
    if row.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            DownloadCount.objects.create(
                day=clock.today(), kind=KINDS[type(thing)], object_id=thing.pk, size=size, count=1
            )
    except IntegrityError:
        # Another process was the first of the day in between.
        row.update(count=F("count") + 1)
