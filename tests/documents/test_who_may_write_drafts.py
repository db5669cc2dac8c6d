"""Every action on drafts × everybody: who may write, and who is refused."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from khuevan.core import clock
from khuevan.documents import actions
from khuevan.documents.actions import Basis, DraftContents
from khuevan.documents.draft_content import composition_of
from khuevan.documents.draft_pictures import checked_picture
from khuevan.documents.models import Draft
from tests.factories.documents import DAY, Registry, registry, type_named
from tests.factories.work import at

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "clerk", "director", "auditor", "administrator", "division_head", "division_officer", "other_officer",
)  # fmt: skip
DIVISION = {"division_head", "division_officer"}
Deed = Callable[[Registry, Any, Any], Any]


def draft_of(office: Registry) -> Draft:
    return actions.begin_draft(
        by=office.again(office.division_officer),
        document_type=type_named("Công văn"),
        book=office.outgoing,
        unit=office.division,
        title="Cung cấp số liệu",
    )


def contents(draft: Draft, title: str = "Cung cấp số liệu quý IV") -> DraftContents:
    return DraftContents(
        composition=dataclasses.replace(composition_of(draft.content), title=title),
        bases=[Basis("Căn cứ Luật Báo chí")],
        signer=draft.signer,
        authority=draft.authority,
    )


def saved(office: Registry) -> Draft:
    draft = draft_of(office)
    by = office.again(office.division_officer)
    return actions.save_draft(by=by, draft=draft, seen_version=1, contents=contents(draft))


def commented(office: Registry) -> Any:
    by = office.again(office.division_officer)
    return actions.comment_on_draft(by=by, draft=draft_of(office), text="Thiếu thời hạn.")


def template(office: Registry) -> Any:
    draft = draft_of(office)
    by = office.again(office.division_head)
    return actions.keep_template(by=by, name="Mẫu", source=draft, unit=draft.unit)


def picture() -> Any:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG")
    stream.seek(0)
    return checked_picture("anh.png", stream)


# Action → who may, what is prepared, and the deed.
TABLE: dict[str, tuple[set[str], Callable[[Registry], Any], Deed]] = {
    "begin_draft": (
        DIVISION,
        lambda office: None,
        lambda office, subject, by: actions.begin_draft(
            by=by,
            document_type=type_named("Kế hoạch"),
            book=office.outgoing,
            unit=office.division,
            title="Tổ chức sự kiện",
        ),
    ),
    "copy_as_draft": (
        DIVISION,
        draft_of,
        lambda office, draft, by: actions.copy_as_draft(
            by=by,
            source=draft,
            composition=composition_of(draft.content),
            unit=office.division,
            book=office.outgoing,
            title="Bản sao",
        ),
    ),
    "save_draft": (
        DIVISION,
        draft_of,
        lambda office, draft, by: actions.save_draft(
            by=by, draft=draft, seen_version=1, contents=contents(draft)
        ),
    ),
    "restore_version": (
        DIVISION,
        saved,
        lambda office, draft, by: actions.restore_version(by=by, draft=draft, seen_version=2, number=1),
    ),
    "abandon_draft": (
        DIVISION,
        draft_of,
        lambda office, draft, by: actions.abandon_draft(by=by, draft=draft, reason="Trùng"),
    ),
    "confirm_basis": (
        DIVISION,
        lambda office: saved(office).legal_bases.get(),
        lambda office, basis, by: actions.confirm_basis(by=by, basis=basis),
    ),
    "add_draft_picture": (
        DIVISION,
        draft_of,
        lambda office, draft, by: actions.add_draft_picture(by=by, draft=draft, picture=picture()),
    ),
    "comment_on_draft": (
        DIVISION,
        draft_of,
        lambda office, draft, by: actions.comment_on_draft(by=by, draft=draft, text="Rõ hơn."),
    ),
    "settle_comment": (
        DIVISION,
        commented,
        lambda office, comment, by: actions.settle_comment(by=by, comment=comment),
    ),
    # A clerk keeps templates too, but not of a draft that is none of hers yet.
    "keep_template": (
        {"division_head"},
        draft_of,
        lambda office, draft, by: actions.keep_template(by=by, name="Mẫu mới", source=draft, unit=draft.unit),
    ),
    "retire_template": (
        {"division_head", "clerk"},
        template,
        lambda office, row, by: actions.retire_template(by=by, template=row),
    ),
}


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("who", EVERYBODY)
def test_action_on_drafts_is_done_by_exactly_the_people_of_its_row(name: str, who: str) -> None:
    may, prepared, deed = TABLE[name]
    with clock.stopped_at(at(DAY)):
        office = registry()
        subject = prepared(office)
        person = office.again(getattr(office, who))
        if who in may:
            deed(office, subject, person)
        else:
            with pytest.raises(PermissionDenied):
                deed(office, subject, person)
