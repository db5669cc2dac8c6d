"""Every picture, film and document that a page lets out, wherever in it they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page, ReferenceIndex

from khuevan.newsroom.models import LibraryDocument, Picture, StoryPage, Video

Thing = Picture | Video | LibraryDocument


def things_of(page: Page) -> list[Thing]:
    """What the page lets out, each once: of a piece in the order in which it is seen, then what else it leads to.

    Found by the references that Wagtail itself sees: fields, blocks, links in rich text, items of a kit. A film
    brings its still.
    """
    found: dict[tuple[str, int], Thing] = {}
    seen: list[Thing] = list(pictures_of(page)) if isinstance(page, StoryPage) else []
    for thing in (*seen, *_referred_to(page)):
        found.setdefault((type(thing).__name__, thing.pk), thing)
        if isinstance(thing, Video) and thing.still is not None:
            found.setdefault((Picture.__name__, thing.still.pk), thing.still)
    return list(found.values())


def pictures_of(story: StoryPage) -> list[Picture | Video]:
    """The pictures and the film of the piece, each once, in the order in which they are seen."""
    found: dict[tuple[str, int], Picture | Video] = {}
    things: list[Any] = [story.picture, story.video, *pictures_in(story.body)]
    for thing in things:
        if thing is not None:
            found[type(thing).__name__, thing.pk] = thing
    return list(found.values())


def pictures_in(body: Any) -> Iterator[Picture]:
    """The pictures of a body in the order in which they are seen, one as often as it is shown."""
    for block in body:
        if block.block_type == "picture":
            yield block.value["picture"]
        elif block.block_type == "gallery":
            for item in block.value["pictures"]:
                yield item["picture"]


def _referred_to(page: Page) -> Iterator[Thing]:
    models: tuple[type[Model], ...] = (Picture, Video, LibraryDocument)
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in models}
    wanted: dict[int, list[int]] = {}
    # No public way leads to the references of a version that is not stored as the page itself.
    for kind, key, _model_path, _path in ReferenceIndex._extract_references_from_object(page):
        if kind in kinds and str(key).isdigit():
            wanted.setdefault(kind, []).append(int(key))
    for kind, keys in wanted.items():
        yield from kinds[kind]._default_manager.filter(pk__in=keys).order_by("pk")  # type: ignore[misc]
