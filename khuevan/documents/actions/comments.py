"""Writes about a draft by those who read it: comments on the whole or on a place, answers, the end of it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.draft_secrecy import refuse_marked_lines
from khuevan.documents.models import Comment, Draft
from khuevan.documents.permissions import check_can_comment_on, writing_unit_ids
from khuevan.people.models import User

MOST_CHARACTERS = 4000


@action
def comment_on_draft(
    *, by: User, draft: Draft, text: str, ref: str = "", parent: Comment | None = None
) -> Comment:
    """What `by` says about the draft, or about one place of it; with `parent` an answer."""
    check_can_comment_on(by, draft, clock.today())
    words = text.strip()
    if not words:
        raise ValidationError({"text": _("Write the comment.")})
    if len(words) > MOST_CHARACTERS:
        raise ValidationError(
            {"text": _("A comment has at most %(most)s characters.") % {"most": MOST_CHARACTERS}}
        )
    refuse_marked_lines(words.splitlines())
    if parent is not None and (parent.draft_id != draft.pk or parent.settled_at is not None):
        raise ValidationError(_("This comment is settled: write a new one."))
    comment = Comment(
        draft=draft,
        version=draft.version,
        ref=(parent.ref if parent else ref)[:120],
        text=words,
        # An answer to an answer stands below the first comment.
        parent=(parent.parent or parent) if parent else None,
        written_at=clock.now(),
        written_by=by,
    )
    comment.save()
    return comment


@action
def settle_comment(*, by: User, comment: Comment) -> Comment:
    """The comment, settled: by whoever wrote it, or by the people of the drafting unit."""
    draft = comment.draft
    check_can_comment_on(by, draft, clock.today())
    if comment.written_by_id != by.pk and draft.unit_id not in writing_unit_ids(by, clock.today()):
        raise PermissionDenied(_("A comment is settled by its author or by the drafting unit."))
    if comment.settled_at is None:
        comment.settled_at, comment.settled_by = clock.now(), by
        comment.save()
    return comment
