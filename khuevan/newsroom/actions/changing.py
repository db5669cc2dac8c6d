"""Writes after publication: a correction that stays on the page, a withdrawal that answers in its place."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.newsroom.choices import ChangeKind
from khuevan.newsroom.models import PublicChange, StoryPage
from khuevan.newsroom.permissions import check_can_publish
from khuevan.people.models import User


@action
def correct_piece(*, by: User, page: StoryPage, text: str) -> PublicChange:
    """The correction, which readers see on the page from now on; the text itself is mended by editing the page."""
    return _changed(by, page, ChangeKind.CORRECTION, text)


@action
def withdraw_piece(*, by: User, page: StoryPage, text: str) -> PublicChange:
    """The withdrawal: the page is taken out, and its address answers with the sentence alone."""
    change = _changed(by, page, ChangeKind.WITHDRAWAL, text)
    # Who may was asked above, by posts and not by Wagtail's groups.
    UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    return change


@action
def correct_in_languages(*, by: User, texts: Mapping[int, str]) -> list[PublicChange]:
    """The corrections of a piece in several languages, all or none; `texts` are the words by the page's key.

    Raises ValidationError without any words, and whatever `correct_piece` refuses.
    """
    return [correct_piece(by=by, page=page, text=words) for page, words in _pages_with_words(texts)]


@action
def withdraw_in_languages(*, by: User, texts: Mapping[int, str]) -> list[PublicChange]:
    """The withdrawals of a piece in several languages, all or none; `texts` are the words by the page's key."""
    return [withdraw_piece(by=by, page=page, text=words) for page, words in _pages_with_words(texts)]


def _pages_with_words(texts: Mapping[int, str]) -> list[tuple[StoryPage, str]]:
    pages = StoryPage.objects.filter(pk__in=texts).order_by("pk")
    if not texts:
        raise ValidationError(_("Choose a language, and tell its readers what was wrong."))
    return [(page, texts[page.pk]) for page in pages]


def _changed(by: User, page: StoryPage, kind: ChangeKind, text: str) -> PublicChange:
    check_can_publish(by, clock.today())
    fresh = StoryPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    words = text.strip()
    if not words:
        raise ValidationError({"text": _("Tell readers what was wrong, in a sentence.")})
    if fresh.first_published_at is None:
        raise ValidationError(_("This piece was never published: edit it or delete it."))
    if PublicChange.objects.filter(page=fresh, kind=ChangeKind.WITHDRAWAL).exists():
        raise ValidationError(_("This piece was withdrawn already."))
    change = PublicChange(page=fresh, kind=kind, text=words[:1000], made_at=clock.now(), made_by=by)
    change.save()
    return change
