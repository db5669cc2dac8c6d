"""A translation put together as a page: the original's blocks and settings, the paragraphs' translations."""

from __future__ import annotations

from typing import Any

from wagtail.coreutils import find_available_slug
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import Translation
from wagtail_localize.segments.ingest import ingest_segments

from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.translation.sources import version_of
from khuevan.plain.folding import slug

_LONGEST_ADDRESS = 80


def composed(translation: Translation, page: StoryPage) -> StoryPage:
    """The page as its newest version would be with the paragraphs' present translations; nothing is saved.

    What is not translated yet stands in the original's words. Embargo, schedule, kind, topics and tasks follow the
    original.
    """
    source = translation.source
    original: Any = source.as_instance()
    # A page without unpublished changes is its own newest version: one read apart leaves the caller's as it is.
    text: Any = StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    copy_synchronised_fields(original, text)
    # wagtail-localize leaves what is there where the original has none.
    text.topics, text.elements = list(original.topics.all()), list(original.elements.all())
    segments = source._get_segments_for_translation(translation.target_locale, fallback=True)
    ingest_segments(original, text, source.locale, translation.target_locale, segments)
    text.slug = _address(text, page, original)
    text.source_revision = version_of(source)
    made: StoryPage = text
    return made


def _address(text: StoryPage, page: StoryPage, original: StoryPage) -> str:
    """The translated title's plain letters; the original's address where the title has none of them.

    The address of a piece that was published once stays.
    """
    # Wagtail's field has no type.
    published: Any = page.first_published_at
    if published is not None:
        return str(page.slug)
    own = slug(text.title)[:_LONGEST_ADDRESS].strip("-")
    wanted = own if own.isascii() and own else original.slug
    return str(find_available_slug(page.get_parent(), wanted, ignore_page_id=page.pk))
