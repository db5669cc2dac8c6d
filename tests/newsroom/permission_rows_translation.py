"""Who translates: those who write pieces; what changed in an original is open to all who see pieces."""

from __future__ import annotations

from django.urls import reverse

from khuevan.newsroom.actions.translation_work import begin_translations
from khuevan.newsroom.choices import TranslationOrigin
from khuevan.newsroom.permissions import SEES_PIECES, WRITES
from khuevan.people.choices import Role
from tests.factories.newsroom import home, published
from tests.factories.people import PostFactory, UserFactory
from tests.permission_rows import NOBODY, Row


def french() -> int:
    """The French page of a piece, begun by paragraphs."""
    by = UserFactory()
    PostFactory(person=by, role=Role.EDITOR)
    home("fr")
    page = begin_translations(by=by, page=published(), languages=["fr"])[0]
    assert page.origin == TranslationOrigin.PERSON
    return page.pk


def of_french(name: str, *more: str) -> str:
    """The address of a view of the French page."""
    return reverse(f"newsroom_desk:{name}", args=[french(), *more])


def of_piece() -> str:
    """Where more languages of a piece are begun."""
    return reverse("newsroom_desk:translate", args=[published().short_id])


def rows() -> list[Row]:
    """The pages of translators."""
    return [
        Row("newsroom_desk:translate", of_piece, WRITES),
        Row("newsroom_desk:paragraphs", lambda: of_french("paragraphs"), WRITES),
        Row("newsroom_desk:source_changes", lambda: of_french("source_changes"), SEES_PIECES),
        Row("newsroom_desk:translation_file", lambda: of_french("translation_file", "xlf"), WRITES),
        Row("newsroom_desk:translation_file_in", lambda: of_french("translation_file_in"), WRITES),
        Row("newsroom_desk:machine_translation", lambda: of_french("machine_translation"), NOBODY),
        Row("newsroom_desk:hints", lambda: of_french("hints"), NOBODY),
    ]
