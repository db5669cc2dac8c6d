"""A small newsroom: a section, pieces in it, pictures that may be shown."""

from __future__ import annotations

import io
from typing import Any

import factory
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Locale, Page, Revision

from khuevan.newsroom.choices import Consent, RightsBasis
from khuevan.newsroom.models import Picture, SectionPage, StoryPage, Topic
from khuevan.newsroom.reviewed import published_without_review
from tests.factories.people import RecordFactory


class TopicFactory(RecordFactory):
    """A topic with a name in two languages."""

    class Meta:
        model = Topic

    slug = factory.Sequence(lambda n: f"topic-{n}")
    names = {"en": "Heritage", "vi": "Di sản"}


def jpeg(width: int = 64, height: int = 48, colour: str = "#8c2f1b") -> bytes:
    """A small picture."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, "JPEG")
    return stream.getvalue()


def picture(**values: Any) -> Picture:
    """A picture of which everything is known that must be."""
    given = {
        "title": "Khuê Văn Các",
        "alternative": "A red pavilion over a pond",
        "credit": "Department of Culture and Sports",
        "basis": RightsBasis.OWN,
        "consent": Consent.NONE_SHOWN,
        **values,
    }
    made = Picture(file=ContentFile(jpeg(), name="khue-van-cac.jpg"), **given)
    made.save()
    return made


def locale(code: str) -> Locale:
    """The site's locale of the language; made where it is missing."""
    found: Locale = Locale.objects.get_or_create(language_code=code)[0]
    return found


def home(code: str = "en") -> Page:
    """The home page in the language."""
    first = Page.objects.get(depth=2, locale=locale("en")).specific
    if code == "en":
        return first
    there = first.get_translation_or_none(locale(code))
    if there is not None:
        return there
    made = first.copy_for_translation(locale(code), exclude_fields=["live"])
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def section(code: str = "en", **values: Any) -> SectionPage:
    """A section below the home page of the language, live."""
    there = SectionPage.objects.child_of(home(code)).first()
    if there is not None and not values:
        return there
    made = SectionPage(**{"title": "News", "slug": "news", "locale": locale(code), **values})
    home(code).add_child(instance=made)
    made.save_revision().publish()
    return made


def story(code: str = "en", **values: Any) -> StoryPage:
    """A piece that nobody has published yet, with its first revision."""
    given = {
        "title": "Đống Đa opens its archive",
        "summary": "The archive of the battle is open to readers from abroad.",
        "body": [("text", "<p>The archive opens on Monday.</p>")],
        "locale": locale(code),
        **values,
    }
    made = StoryPage(live=False, **given)
    section(code).add_child(instance=made)
    made.save_revision()
    return made


def published(code: str = "en", **values: Any) -> StoryPage:
    """A piece that is live."""
    made = story(code, **values)
    let_out(made.latest_revision)
    made.refresh_from_db()
    return made


def let_out(revision: Revision, **how: Any) -> None:
    """Publishes or schedules a piece's revision as if its review had let it go."""
    with published_without_review("a test's own piece"):
        revision.publish(**how)
