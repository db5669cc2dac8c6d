"""The original of a piece, and the version of it that its translations are made from."""

from __future__ import annotations

import json
from typing import Any

from wagtail.models import Revision
from wagtail_localize.models import Translation, TranslationSource

from khuevan.newsroom.choices import TranslationOrigin
from khuevan.newsroom.models import StoryPage


def original_of(page: StoryPage) -> StoryPage | None:
    """The page of the piece that was written and not translated; None where it was deleted."""
    if page.origin == TranslationOrigin.ORIGINAL:
        return page
    found: StoryPage | None = (
        StoryPage.objects.filter(translation_key=page.translation_key, origin=TranslationOrigin.ORIGINAL)
        .exclude(pk=page.pk)
        .select_related("locale")
        .first()
    )
    return found


def version_to_translate(original: StoryPage) -> Revision | None:
    """What translators are given: the newest approved or published version, else the newest draft."""
    approved = original.revisions.filter(approved_go_live_at__isnull=False).order_by("-pk").first()
    decided = [version for version in (approved, original.live_revision) if version is not None]
    newest: Revision | None = max(decided, key=lambda version: version.pk, default=original.latest_revision)
    return newest


def made_source(original: StoryPage, version: Revision | None = None) -> TranslationSource:
    """wagtail-localize's source of the piece, filled from the version (by default the one to translate)."""
    version = version or version_to_translate(original)
    text: Any = original if version is None else version.as_object()
    # Kept with the text, so that each translation knows which version it was made from.
    text.latest_revision_id = version.pk if version is not None else None
    source: TranslationSource = TranslationSource.update_or_create_from_instance(text)[0]
    return source


def version_of(source: TranslationSource) -> int | None:
    """The version of the original that the source was filled from."""
    found = json.loads(source.content_json).get("latest_revision")
    return int(found) if found else None


def translation_of(page: StoryPage) -> Translation | None:
    """wagtail-localize's record of how the page is translated; None where it was written otherwise."""
    found: Translation | None = (
        Translation.objects.filter(source__object_id=page.translation_key, target_locale_id=page.locale_id)
        .select_related("source", "source__locale", "target_locale")
        .first()
    )
    return found
