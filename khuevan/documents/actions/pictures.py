"""Writes of the pictures that a draft shows."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.draft_pictures import CheckedPicture
from khuevan.documents.file_keeping import kept_name
from khuevan.documents.models import Draft, DraftPicture
from khuevan.documents.permissions import check_can_write_draft
from khuevan.people.models import User

MOST_PICTURES = 60


@action
def add_draft_picture(*, by: User, draft: Draft, picture: CheckedPicture) -> DraftPicture:
    """The picture, kept with the draft; one that it has already is not kept twice.

    Pictures stay while their draft does, because earlier versions show them.
    """
    check_can_write_draft(by, draft, clock.today())
    kept: DraftPicture | None = draft.pictures.filter(name=picture.name).first()
    if kept is not None:
        return kept
    if draft.pictures.count() >= MOST_PICTURES:
        raise ValidationError(_("A draft holds at most %(most)s pictures.") % {"most": MOST_PICTURES})
    row = DraftPicture(
        draft=draft,
        name=picture.name,
        file=kept_name(picture.sha256, picture.data),
        filename=picture.filename,
        size=len(picture.data),
        sha256=picture.sha256,
    )
    row.save()
    return row
