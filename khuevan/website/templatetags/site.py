"""What the templates of the public site ask for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.translation import get_language

from khuevan.newsroom.models import Picture, Topic
from khuevan.website.frame import Frame, frame_of

register = template.Library()


@register.simple_tag(takes_context=True)
def site_frame(context: dict[str, Any]) -> Frame:
    """The frame of the page that is shown, asked once a request."""
    request: HttpRequest = context["request"]
    frame: Frame | None = getattr(request, "_site_frame", None)
    if frame is None:
        frame = frame_of(request, context.get("page"))
        request._site_frame = frame  # type: ignore[attr-defined]
    return frame


@register.filter
def topic_name(topic: Topic) -> str:
    """The topic's name in the language of the page."""
    return topic.name_in(get_language() or "en")


@register.filter
def word_of(picture: Picture, name: str) -> str:
    """The picture's `alternative`, `caption` or `credit` in the language of the page."""
    return picture.word_in(get_language() or "en", name)


@register.filter
def machine_time(moment: datetime | None) -> str:
    """The moment for the datetime attribute."""
    return moment.isoformat(timespec="minutes") if moment is not None else ""
