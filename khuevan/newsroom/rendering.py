"""Sizes of pictures made when a piece goes out, so that its first reader does not wait for them."""

from __future__ import annotations

from typing import Final

from khuevan.newsroom.models import Picture, StoryPage
from khuevan.newsroom.things_shown import pictures_of

# What the templates of the site ask for; one that is missing here is made at the first view.
FORMATS: Final = ("avif", "webp", "jpeg")
SIZES: Final = (
    *(f"fill-{size}" for size in ("320x214", "640x428", "480x320", "960x640", "1440x960")),
    *(f"width-{width}" for width in (480, 960, 1440)),
)
# What a feed, a partner's page and a card of the page show: read by programs that know JPEG.
CARD: Final = "format-jpeg|fill-1200x630"


def filters() -> list[str]:
    """Every filter, as Wagtail writes them."""
    return [*(f"format-{form}|{size}" for size in SIZES for form in FORMATS), CARD]


def make_sizes_of(story: StoryPage) -> int:
    """How many sizes of the piece's pictures there are once those that were missing are made."""
    pictures = [thing for thing in pictures_of(story) if isinstance(thing, Picture)]
    return sum(len(picture.get_renditions(*filters())) for picture in pictures)
