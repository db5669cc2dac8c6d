"""Pieces with everything that feeds and partners are told of them, asked for at once, however many pieces there are.

A piece's body fetches its pictures when it is first read, and each picture its sizes: for fifty pieces that would be
some hundred questions to the database. Here they are asked for all pieces together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.blocks.stream_block import StreamValue

from khuevan.newsroom.missing_sizes import queue_missing_sizes
from khuevan.newsroom.models import Picture, StoryPage
from khuevan.newsroom.things_shown import pictures_in


def whole(pieces: Iterable[StoryPage]) -> list[StoryPage]:
    """The pieces in their order, each with topics, elements, pictures and what its blocks name.

    About ten queries, whatever the number of pieces; links inside texts to other pages are still looked up by text.
    """
    found = list(pieces)
    prefetch_related_objects(found, "locale", "picture", "video__still", "topics", "elements")
    _read_bodies(found)
    # One picture may be there as several objects, at the head and in the text; each gets its sizes.
    prefetch_related_objects(_shown_in(found), "renditions")
    return found


def syndicated(pieces: Iterable[StoryPage]) -> list[StoryPage]:
    """The pieces as `whole` gives them, for an answer that speaks of those sizes alone that are there.

    What is missing of them is made in the background, and outdates the answer once it is there.
    """
    found = whole(pieces)
    queue_missing_sizes(_shown_in(found))
    return found


def _shown_in(pieces: Iterable[StoryPage]) -> list[Picture]:
    shown: list[Picture] = []
    for piece in pieces:
        still = piece.video.still if piece.video is not None else None
        things = (piece.picture, still, *pictures_in(piece.body))
        shown.extend(thing for thing in things if thing is not None)
    return shown


def _read_bodies(pieces: list[StoryPage]) -> None:
    """Reads the blocks of all bodies by type, as Wagtail does for one body (`StreamValue._prefetch_blocks`)."""
    waiting: dict[str, list[tuple[StreamValue, int]]] = defaultdict(list)
    for piece in pieces:
        body: Any = piece.body
        for place, raw in enumerate(body._raw_data):
            if raw is not None and body._bound_blocks[place] is None:
                waiting[raw["type"]].append((body, place))
    for kind, places in waiting.items():
        block = places[0][0].stream_block.child_blocks[kind]
        values = block.bulk_to_python([body._raw_data[place]["value"] for body, place in places])
        for (body, place), value in zip(places, values, strict=True):
            body._bound_blocks[place] = StreamValue.StreamChild(
                block, value, id=body._raw_data[place].get("id")
            )
