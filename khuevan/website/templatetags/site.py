"""What the templates of the public site ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any, Final

from django import template
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info

from khuevan.core import clock
from khuevan.newsroom.models import LibraryDocument, Picture, PictureRendition, StoryPage, Topic, Video
from khuevan.newsroom.release import may_be_shown as right_holds
from khuevan.newsroom.release import public_stories
from khuevan.newsroom.rendering import IN_TEXTS, sizes_there, widest_there
from khuevan.plain.folding import slug
from khuevan.website.frame import Frame, frame_of

register = template.Library()
RELATED: Final = 3
HEADING: Final = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<words>.*?)</h2>", re.DOTALL)


@register.simple_tag(takes_context=True)
def site_frame(context: dict[str, Any]) -> Frame:
    """The frame of the page that is shown, asked once a request."""
    request: HttpRequest = context["request"]
    frame: Frame | None = getattr(request, "_site_frame", None)
    if frame is None:
        frame = frame_of(request, context.get("page"), is_lost="exception" in context)
        request._site_frame = frame  # type: ignore[attr-defined]
    return frame


@register.simple_tag
def topics_in(language: str) -> list[Topic]:
    """The topics of which there is something to read in the language, in the office's order. One query."""
    pieces = public_stories(clock.now()).filter(locale__language_code=language)
    return list(Topic.objects.filter(stories__in=pieces.order_by().values("pk")).distinct())


@register.simple_tag
def related_to(page: StoryPage) -> list[StoryPage]:
    """The newest other pieces that bear one of the piece's topics, in its language. Two queries."""
    topics = [topic.pk for topic in page.topics.all()]
    pieces = public_stories(clock.now()).filter(locale=page.locale_id, topics__in=topics)
    return list(
        pieces.exclude(pk=page.pk)
        .select_related("picture", "locale")
        .prefetch_related("picture__renditions")
        .distinct()[:RELATED]
    )


@register.filter
def topic_name(topic: Topic) -> str:
    """The topic's name in the language of the page."""
    return topic.name_in(get_language() or "en")


@register.filter
def word_of(thing: Picture | Video | LibraryDocument, name: str) -> str:
    """The thing's `title`, `alternative`, `caption`, `credit` or `transcript` in the language of the page."""
    return thing.word_in(get_language() or "en", name)


@register.filter
def may_be_shown(thing: Picture | Video | LibraryDocument | None) -> bool:
    """Whether there is something and the right to show it has not ended."""
    return right_holds(thing)


@register.filter
def has_sizes(picture: Picture) -> bool:
    """Whether every size in which a text shows the picture was made before."""
    return len(sizes_there(picture, *IN_TEXTS)) == len(IN_TEXTS)


@register.filter
def size_there(picture: Picture) -> PictureRendition | None:
    """The widest size for a text that was made before; None where there is none, so that its words stand for it."""
    return widest_there(picture)


@dataclass(frozen=True, slots=True)
class Track:
    """The captions of a film in one language; the first are those that are shown unless the reader wants others."""

    code: str
    name: str
    url: str
    is_first: bool


@register.filter
def tracks(video: Video) -> list[Track]:
    """The film's captions, those of the page's language first."""
    language = get_language() or "en"
    captions = video.captions if isinstance(video.captions, dict) else {}
    codes = sorted(captions, key=lambda code: (code != language, code))
    return [
        Track(code, get_language_info(code)["name_local"], video.captions_url(code), code == language)
        for code in codes
    ]


@register.filter
def machine_time(moment: datetime | None) -> str:
    """The moment for the datetime attribute."""
    return moment.isoformat(timespec="minutes") if moment is not None else ""


@register.filter
def headings(html: str) -> list[tuple[str, str]]:
    """The anchor and the words of each heading that `with_anchors` gives an address."""
    found = (unescape(strip_tags(heading["words"])) for heading in HEADING.finditer(str(html)))
    return [(slug(words), words) for words in found if slug(words)]


@register.filter
def with_anchors(html: str) -> SafeString:
    """The text with an address at each heading, so that others can point to it: #corrections."""

    def anchored(found: re.Match[str]) -> str:
        anchor = slug(unescape(strip_tags(found["words"])))
        return f'<h2{found["attributes"]} id="{anchor}">{found["words"]}</h2>' if anchor else found[0]

    # Nothing is added but letters, digits and hyphens to what the rich text filter has made safe.
    return mark_safe(HEADING.sub(anchored, str(html)))  # noqa: S308
