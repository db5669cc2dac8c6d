"""What the staff's forms of the library ask for."""

from __future__ import annotations

from django import template
from django.db.models import Sum

from khuevan.newsroom.actions.counting import KINDS
from khuevan.newsroom.models import DownloadCount, LibraryDocument, Picture, Video
from khuevan.newsroom.rules import Problem, picture_problems

register = template.Library()


@register.filter
def rights_problems(thing: Picture | Video | LibraryDocument) -> list[Problem]:
    """What the thing lacks before it may be shown."""
    return list(picture_problems(thing))


@register.simple_tag
def downloads_of(thing: Picture | Video | LibraryDocument) -> int:
    """How often it was downloaded, in all sizes, since it is there. One query."""
    rows = DownloadCount.objects.filter(kind=KINDS[type(thing)], object_id=thing.pk)
    return int(rows.aggregate(count=Sum("count"))["count"] or 0)
