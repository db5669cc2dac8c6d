"""The paragraphs of a translation: what stands in the original, and what the newest version of the page says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.translation.sources import version_of
from khuevan.plain.translation_files import Unit
from khuevan.plain.translation_files.inline import canonical

# The address follows from the translated title; nobody translates it.
NOT_TRANSLATED = frozenset({"slug"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph with its records: `former` is its translation before the original's words changed."""

    unit: Unit
    string: int
    context: int
    former: str = ""


def paragraphs_of(translation: Translation, page: StoryPage) -> list[Paragraph]:
    """The paragraphs in reading order.

    What the newest version of the page says counts, so that nothing is lost that somebody mended in Wagtail's own
    editor; a paragraph that reads there as in the original is translated only if somebody said so here.
    """
    newest = page.get_latest_revision_as_object()
    # Made from another version of the original, its paragraphs stand in other places.
    said = _said(newest) if newest.source_revision == version_of(translation.source) else {}
    stored = _stored(translation)
    found: list[Paragraph] = []
    counted: Counter[str] = Counter()
    for segment in _segments(translation):
        path = segment.context.path
        if path in NOT_TRANSLATED:
            continue
        counted[path] += 1
        key = f"{path}:{counted[path]}"
        source = canonical(segment.string.data)
        kept = stored.get((segment.string_id, segment.context_id))
        target = said.get(key, "")
        if not target or target == source:
            target = canonical(kept.data) if kept is not None else ""
        is_machine = (
            kept is not None
            and kept.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
            and canonical(kept.data) == target
        )
        unit = Unit(key, path, source, target, _note(segment.context.field_path), is_machine)
        former = "" if kept is not None else _former(stored, segment.context_id, counted[path])
        found.append(Paragraph(unit, segment.string_id, segment.context_id, "" if target else former))
    return found


def units_of(paragraphs: list[Paragraph]) -> list[Unit]:
    """The paragraphs as translators' files have them."""
    return [paragraph.unit for paragraph in paragraphs]


def _segments(translation: Translation) -> Any:
    return (
        StringSegment.objects.filter(source=translation.source)
        .select_related("context", "string")
        .order_by("order")
    )


def _stored(translation: Translation) -> dict[tuple[int, int], StringTranslation]:
    rows = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale, has_error=False
    ).order_by("updated_at", "pk")
    return {(row.translation_of_id, row.context_id): row for row in rows}


def _former(stored: dict[tuple[int, int], StringTranslation], context: int, place: int) -> str:
    """The newest translation of other words in the same place; of a block of several paragraphs, its n-th."""
    there = [row for (_string, where), row in stored.items() if where == context]
    if place <= len(there):
        return canonical((there[-1] if len(there) == 1 else there[place - 1]).data)
    return ""


def _said(newest: StoryPage) -> dict[str, str]:
    """What the page says, by the keys of its paragraphs."""
    said: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for value in extract_segments(newest):
        if isinstance(value, StringSegmentValue):
            counted[value.path] += 1
            said[f"{value.path}:{counted[value.path]}"] = canonical(value.string.data)
    return said


def _note(field_path: str) -> str:
    """What a paragraph is, as the editor calls it: “Picture: caption in this piece”."""
    name, *rest = field_path.split(".")
    field = StoryPage._meta.get_field(name)
    words: list[str] = []
    block: Any = getattr(field, "stream_block", None)
    for step in rest:
        children = getattr(block, "child_blocks", None)
        if children is not None and step in children:
            block = children[step]
            words.append(str(block.label))
        else:
            block = getattr(block, "child_block", block)
    if not words:
        words = [_("Title") if name == "title" else str(getattr(field, "verbose_name", name))]
    return str(capfirst(": ".join(words)))
