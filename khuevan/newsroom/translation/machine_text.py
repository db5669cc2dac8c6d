"""Who let a machine write what stands in a translation."""

from __future__ import annotations

from wagtail_localize.models import StringTranslation

from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.translation.paragraphs import paragraphs_of
from khuevan.newsroom.translation.sources import translation_of
from khuevan.people.models import User


def let_machine_write(person: User, page: StoryPage) -> bool:
    """Whether a paragraph that stands in the page's newest version was written by a machine at the person's word."""
    translation = translation_of(page)
    if translation is None:
        return False
    written = set(
        StringTranslation.objects.filter(
            context__object_id=translation.source.object_id,
            locale=translation.target_locale,
            translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
            last_translated_by=person,
        ).values_list("translation_of", "context")
    )
    return any(
        paragraph.unit.is_machine and (paragraph.string, paragraph.context) in written
        for paragraph in paragraphs_of(translation, page)
    )
