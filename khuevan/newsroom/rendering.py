"""Sizes of pictures made when a piece goes out, so that its first reader does not wait for them."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.dispatch import Signal
from wagtail.images.models import Filter

from khuevan.newsroom.models import Picture, PictureRendition, StoryPage
from khuevan.newsroom.things_shown import pictures_of

# What the templates of the site ask for; one that is missing here is made at the first view.
FORMATS: Final = ("avif", "webp", "jpeg")
WIDTHS: Final = tuple(f"width-{width}" for width in (480, 960, 1440))
SIZES: Final = (
    *(f"fill-{size}" for size in ("320x214", "640x428", "480x320", "960x640", "1440x960")),
    *WIDTHS,
)
# What a feed, a partner's page and a card of the page show: read by programs that know JPEG.
CARD: Final = "format-jpeg|fill-1200x630"
# A picture as it was taken, for programs that know JPEG; the narrowest first.
JPEGS: Final = tuple(f"format-jpeg|{width}" for width in WIDTHS)
# What a text shows, in the order in which a template writes them.
IN_TEXTS: Final = tuple(f"format-{form}|{width}" for width in WIDTHS for form in FORMATS)
# What feeds and the API speak of. They wait for none of it: what is missing is made in the background.
SYNDICATED: Final = (*IN_TEXTS, CARD)

# Sizes were made that were missing: `instance` is the piece or the picture, `sender` its class.
sizes_made: Final = Signal()


def filters() -> list[str]:
    """Every filter, as Wagtail writes them."""
    return [*(f"format-{form}|{size}" for size in SIZES for form in FORMATS), CARD]


def sizes_there(picture: Picture, *wanted: str) -> dict[str, PictureRendition]:
    """Those of the sizes that were made before, by their filters; no query where they came with the picture."""
    found = picture.find_existing_renditions(*(_filter(spec) for spec in wanted))
    return {one.spec: rendition for one, rendition in found.items()}


def widest_there(picture: Picture) -> PictureRendition | None:
    """The widest JPEG of the picture as it was taken that was made before; None where there is none."""
    there = sizes_there(picture, *JPEGS)
    return max(there.values(), key=lambda size: size.width, default=None)


def size_or_widest(picture: Picture, wanted: str) -> PictureRendition | None:
    """The size if it was made before, else the widest JPEG that was; None where there is none."""
    return sizes_there(picture, wanted).get(wanted) or widest_there(picture)


def make_sizes_of(story: StoryPage) -> int:
    """How many sizes of the piece's pictures there are once those that were missing are made; tells of those."""
    pictures = [thing for thing in pictures_of(story) if isinstance(thing, Picture)]
    made = [_made(picture) for picture in pictures]
    if any(made):
        sizes_made.send(StoryPage, instance=story)
    return len(pictures) * len(filters())


def make_sizes_of_picture(picture: Picture) -> None:
    """Makes what is missing of the picture's sizes, and tells of it."""
    if _made(picture):
        sizes_made.send(Picture, instance=picture)


def _made(picture: Picture) -> bool:
    """Whether something was missing; it is there now."""
    wanted = filters()
    is_complete = len(sizes_there(picture, *wanted)) == len(wanted)
    if not is_complete:
        picture.get_renditions(*wanted)
    return not is_complete


@cache
def _filter(spec: str) -> Filter:
    return Filter(spec=spec)
