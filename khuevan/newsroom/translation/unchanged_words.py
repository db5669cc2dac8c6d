"""Translations of an original that went out anew in the same words: they were made from the new version as well."""

from __future__ import annotations

from typing import Any, Final

from wagtail.models import Revision
from wagtail_localize.fields import TranslatableField
from wagtail_localize.models import TranslationSource

from khuevan.newsroom.choices import TranslationOrigin
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.translation.sources import made_source, version_of

# What translators turn into their language. The address follows the title, and stays once the piece is public.
_WORDS: Final = frozenset(
    field.field_name for field in StoryPage.translatable_fields if isinstance(field, TranslatableField)
) - {"slug"}


def keep_translations(original: StoryPage, revision: Revision) -> int:
    """How many translations are taken as made from the revision: its words are those that they were made from.

    To move the embargo, the schedule or the topics makes a new version of the original; translators would be told
    that their source has changed, and be shown no difference.
    """
    kept = 0
    known: dict[int, bool] = {}
    translations = StoryPage.objects.filter(translation_key=original.translation_key).exclude(
        origin=TranslationOrigin.ORIGINAL
    )
    for page in translations.select_related("latest_revision"):
        newest = page.latest_revision
        made_from = (newest and newest.content.get("source_revision")) or page.source_revision
        if not made_from or made_from == revision.pk:
            continue
        if made_from not in known:
            former = original.revisions.filter(pk=made_from).first()
            known[made_from] = former is not None and _words(former) == _words(revision)
        if known[made_from]:
            _take_as_made_from(page, made_from, revision.pk)
            kept += 1
    if not kept:
        return 0
    source = TranslationSource.objects.filter(
        object_id=original.translation_key, locale=original.locale_id
    ).first()
    if source is not None and known.get(version_of(source) or 0):
        made_source(original, revision)
    return kept


def _words(revision: Revision) -> dict[str, Any]:
    return {name: revision.content.get(name) for name in _WORDS}


def _take_as_made_from(page: StoryPage, former: int, version: int) -> None:
    """Notes it on the page and on every text of it: their words are not touched."""
    StoryPage.objects.filter(pk=page.pk, source_revision=former).update(source_revision=version)
    texts = page.revisions.filter(content__source_revision=former)
    for text in texts:
        text.content["source_revision"] = version
        text.save(update_fields=["content"])
