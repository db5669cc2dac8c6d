"""What the library does by itself: makes sizes of what is offered, tells whose pieces lost a picture."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from khuevan.background.schedule import periodic
from khuevan.background.single_jobs import single_job
from khuevan.newsroom.library_downloads import downloads_of
from khuevan.newsroom.library_expiry import tell_of_expired
from khuevan.newsroom.models import Picture
from khuevan.newsroom.release import is_offered
from khuevan.newsroom.rendering import make_sizes_of_picture


@single_job(title=gettext_lazy("Make the sizes of a picture of the library"))
def make_offered_sizes(picture: int) -> None:
    """Makes what lists and downloads show of the picture; nothing where it is gone or not offered meanwhile."""
    found = Picture.objects.filter(pk=picture).first()
    if found is not None and is_offered(found):
        make_sizes_of_picture(found)
        downloads_of(found)


@single_job(title=gettext_lazy("Make the sizes of a picture that was asked for"))
def make_missing_sizes(picture: int) -> None:
    """Makes what is missing of the picture's sizes; nothing where it is gone meanwhile."""
    found = Picture.objects.filter(pk=picture).first()
    if found is not None:
        make_sizes_of_picture(found)


def queue_offered_sizes(instance: Picture, update_fields: Any = None, **kwargs: Any) -> None:
    """A picture that is offered was saved: its sizes are made in the background."""
    if instance.in_library and update_fields is None:
        make_offered_sizes.enqueue(instance.pk)


@periodic(
    name="library_expiry",
    title=gettext_lazy("Tell whose pieces lost a picture whose right has ended"),
    at=time(0, 5),
)
def library_expiry() -> str:
    """Queues the mails of what ended in the last days; empty where nothing did."""
    count = tell_of_expired()
    if not count:
        return ""
    return ngettext("%(count)d person told", "%(count)d persons told", count) % {"count": count}
