"""Rows of the view × role table for drafts.

The people of the table hold posts in units of their own: of another unit's draft only the auditor reads anything.
What its own unit, a reviewer and a clerk may do is tried in `test_draft_pages.py`.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from django.urls import reverse
from PIL import Image

from khuevan.core import clock
from khuevan.documents.actions import add_draft_picture, begin_draft, comment_on_draft, keep_template
from khuevan.documents.draft_pictures import checked_picture
from khuevan.documents.models import Draft
from khuevan.documents.permissions import WRITES_DRAFTS
from khuevan.people.choices import Role
from tests.factories.documents import DAY, registry, type_named
from tests.factories.work import at
from tests.permission_rows import NOBODY, STAFF, Row

READERS = frozenset({Role.AUDITOR})


def rows() -> list[Row]:
    """Lists and templates for all staff, a draft for its unit and the auditor, what only takes posts for nobody."""

    def of_draft(name: str, *more: object) -> Callable[[], str]:
        return lambda: reverse(f"documents:{name}", args=[_draft().pk, *more])

    return [
        *(
            Row(f"documents:{name}", lambda name=name: reverse(f"documents:{name}"), STAFF)
            for name in ("drafts", "draft_templates")
        ),
        Row("documents:draft_new", lambda: reverse("documents:draft_new"), WRITES_DRAFTS),
        *(
            Row(f"documents:{name}", of_draft(name), READERS)
            for name in ("draft", "draft_pages", "draft_bases", "draft_versions", "draft_pdf", "draft_word")
        ),
        Row("documents:draft_page", of_draft("draft_page", 1, 1), READERS),
        Row("documents:draft_picture", _picture, READERS),
        # The auditor reads a draft but neither keeps templates nor gives it up.
        *(
            Row(f"documents:{name}", of_draft(name), NOBODY)
            for name in (
                "draft_as_template",
                "draft_abandon",
                "draft_paste",
                "draft_restore",
                "draft_comment",
            )
        ),
        Row("documents:draft_template_retire", _template, NOBODY),
        Row("documents:draft_comment_settle", _comment, NOBODY),
    ]


def _draft() -> Draft:
    with clock.stopped_at(at(DAY)):
        office = registry()
        return begin_draft(
            by=office.division_officer,
            document_type=type_named("Công văn"),
            book=office.outgoing,
            unit=office.division,
            title="Cung cấp số liệu",
        )


def _picture() -> str:
    draft = _draft()
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG")
    stream.seek(0)
    row = add_draft_picture(by=draft.drafter, draft=draft, picture=checked_picture("anh.png", stream))
    return reverse("documents:draft_picture", args=[draft.pk, row.name])


def _template() -> str:
    draft = _draft()
    head = draft.unit.posts.get(role=Role.UNIT_HEAD).person
    kept = keep_template(by=head, name="Mẫu", source=draft, unit=draft.unit)
    return reverse("documents:draft_template_retire", args=[kept.pk])


def _comment() -> str:
    draft = _draft()
    comment = comment_on_draft(by=draft.drafter, draft=draft, text="Thiếu thời hạn.")
    return reverse("documents:draft_comment_settle", args=[comment.pk])
