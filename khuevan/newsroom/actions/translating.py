"""Writes of those who vouch for a translation."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action, note
from khuevan.newsroom.actions.translation_work import check_not_locked
from khuevan.newsroom.choices import TranslationOrigin
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.permissions import can_write
from khuevan.newsroom.translation.machine_text import let_machine_write
from khuevan.people.models import User


@action
def review_translation(*, by: User, page: StoryPage) -> StoryPage:
    """The piece, whose text, which a machine made, a person has now read against the original.

    Raises ValidationError where that person let the machine write it, or where the page is locked.
    """
    if not can_write(by, clock.today()):
        raise PermissionDenied(_("Only those who write and translate pieces review a translation."))
    fresh: StoryPage = StoryPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    check_not_locked(by, fresh)
    latest = fresh.get_latest_revision_as_object()
    if latest.origin != TranslationOrigin.MACHINE:
        raise ValidationError(_("This text was not made by a machine: there is nothing to review."))
    if let_machine_write(by, fresh):
        raise ValidationError(
            _("You let the machine translate this text: a colleague who reads the language vouches for it.")
        )
    latest.origin = TranslationOrigin.REVIEWED
    latest.reviewed_at, latest.reviewed_by = clock.now(), by
    latest.save_revision(user=by)
    note(page, {"origin": [TranslationOrigin.MACHINE, TranslationOrigin.REVIEWED]})
    reviewed: StoryPage = latest
    return reviewed
