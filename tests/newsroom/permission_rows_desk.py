"""Who opens what of the newsroom's desk: whoever writes, publishes or looks into it; deeds, whoever may publish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from khuevan.core import clock
from khuevan.newsroom.choices import TranslationOrigin
from khuevan.newsroom.permissions import PUBLISHES, SEES_PIECES, WRITES
from khuevan.people.choices import Role
from tests.factories.newsroom import home, let_out, published, story
from tests.factories.passes import pass_and_secret
from tests.permission_rows import EVERYONE, NOBODY, Row

# The table's head leads a unit of the department's own.
LEADS_TOO = PUBLISHES | {Role.UNIT_HEAD}


def _of(view: str, make: Callable[[], Any], *, by_key: bool = False) -> Callable[[], str]:
    def url() -> str:
        page = make()
        return reverse(f"newsroom_desk:{view}", args=[page.pk if by_key else page.short_id])

    return url


def embargoed() -> Any:
    """A piece under embargo, scheduled."""
    piece = story(embargo_until=clock.now() + timedelta(days=1))
    let_out(piece.latest_revision)
    return piece


def translation() -> Any:
    """A French translation of a published piece."""
    original = published()
    copy = original.copy_for_translation(home("fr").locale, copy_parents=True)
    copy.title, copy.origin = "Les archives", TranslationOrigin.PERSON
    copy.save_revision()
    return copy


def rows() -> list[Row]:
    """The desk and its deeds; who only posts gets in nowhere by looking."""
    return [
        Row("newsroom_desk:waiting", lambda: reverse("newsroom_desk:waiting"), SEES_PIECES),
        Row("newsroom_desk:pieces", lambda: reverse("newsroom_desk:pieces"), SEES_PIECES),
        Row("newsroom_desk:broken_links", lambda: reverse("newsroom_desk:broken_links"), SEES_PIECES),
        Row("newsroom_desk:new_piece", lambda: reverse("newsroom_desk:new_piece"), WRITES),
        Row("newsroom_desk:piece", _of("piece", story), SEES_PIECES),
        Row("newsroom_desk:correct", _of("correct", published), LEADS_TOO),
        Row("newsroom_desk:withdraw", _of("withdraw", published), LEADS_TOO),
        Row("newsroom_desk:vouch", _of("vouch", translation, by_key=True), SEES_PIECES),
        Row("newsroom_desk:give_pass", _of("give_pass", embargoed, by_key=True), LEADS_TOO),
        Row("newsroom_desk:revoke_pass", lambda: reverse("newsroom_desk:revoke_pass", args=[1]), NOBODY),
        Row("newsroom:pass", lambda: reverse("newsroom:pass", args=[pass_and_secret()[1]]), EVERYONE),
        Row("newsroom:pass_file", lambda: reverse("newsroom:pass_file", args=["wrong"]), NOBODY),
    ]
