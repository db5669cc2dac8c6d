"""Every action of reviews and signatures × every role: who may write, beside the table of who may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents import actions
from khuevan.documents.choices import DraftState, Seat, SignatureKind, StepState
from khuevan.documents.models import Document, ReviewStep, Route, SignatureImage
from khuevan.documents.signed_files import SignedPdf
from tests.documents.signatures.papers import signature_png
from tests.factories.documents import type_named
from tests.factories.reviews import DAY, House, at, draft_in, house

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "clerk", "director", "deputy", "auditor", "administrator", "office_head", "head", "officer", "other_officer",
)  # fmt: skip
UNIT = {"head", "officer"}
Deed = Callable[[House, Any, Any], Any]


def submitted(work: House) -> ReviewStep:
    draft = draft_in(work)
    actions.submit_draft(by=work.officer, draft=draft)
    return ReviewStep.objects.get(draft=draft, state=StepState.CURRENT)


def issued(work: House) -> Document:
    with unaudited("approved as it stands"):
        draft = draft_in(work, state=DraftState.APPROVED, approved_version=1)
    return actions.issue_document(by=work.clerk, draft=draft)


def warned(work: House) -> Any:
    sections = [{"label": "I", "heading": "MỤC ĐÍCH", "blocks": ["Phối hợp với BTGDV."], "children": []}]
    draft = draft_in(work, text={"sections": sections})
    return draft, actions.reviewing.checks_of(draft, DAY)[0].finding.key


def sealed(work: House, document: Document, by: Any) -> Any:
    """Who may is asked before the file is looked at: whoever may is told that nothing is signed yet."""
    try:
        actions.keep_digital_signature(
            by=by, document=document, kind=SignatureKind.SEAL, signed=SignedPdf(b"", "", "", "")
        )
    except actions.signing.ValidationError:
        return


def signed(work: House, document: Document, by: Any) -> Any:
    try:
        actions.keep_digital_signature(
            by=by, document=document, kind=SignatureKind.DIGITAL, signed=SignedPdf(b"", "", "", "")
        )
    except actions.signing.ValidationError:
        return


def image(work: House) -> SignatureImage:
    return actions.keep_signature_image(by=work.director, person=work.director, content=signature_png())


# Action → who may, what is prepared, the deed.
TABLE: dict[str, tuple[set[str], Callable[[House], Any], Deed]] = {
    "submit_draft": (UNIT, draft_in, lambda work, item, by: actions.submit_draft(by=by, draft=item)),
    "approve_step": (
        {"head"},
        submitted,
        lambda work, item, by: actions.approve_step(by=by, step=item, seen_version=1),
    ),
    "return_step": (
        {"head"},
        submitted,
        lambda work, item, by: actions.return_step(by=by, step=item, reason="Sửa lại"),
    ),
    "take_back": (UNIT, submitted, lambda work, item, by: actions.take_back(by=by, draft=item.draft)),
    "confirm_warning": (
        UNIT,
        warned,
        lambda work, item, by: actions.confirm_warning(by=by, draft=item[0], key=item[1], reason="Được"),
    ),
    "make_document_files": (
        {"clerk"},
        issued,
        lambda work, item, by: actions.make_document_files(by=by, document=item),
    ),
    "sign_on_paper": (
        {"clerk"},
        issued,
        lambda work, item, by: actions.sign_on_paper(
            by=by, document=item, signer_name="Vũ Thị Giám", signed_at=at(DAY)
        ),
    ),
    "keep_digital_signature": ({"director"}, issued, signed),
    "keep_digital_signature: the seal": ({"clerk"}, issued, sealed),
    "keep_signature_image": (
        {"director"},
        lambda work: work.director,
        lambda work, item, by: actions.keep_signature_image(by=by, person=item, content=signature_png()),
    ),
    "remove_signature_image": (
        {"director"},
        image,
        lambda work, item, by: actions.remove_signature_image(by=by, image=item),
    ),
    "keep_route": (
        {"clerk", "administrator"},
        lambda work: Route(name="Mới", type=type_named("Công văn")),
        lambda work, item, by: actions.keep_route(
            by=by, route=item, seats=[actions.SeatOnRoute(Seat.SIGNER)]
        ),
    ),
}


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("who", EVERYBODY)
def test_action_is_done_by_exactly_the_people_of_its_row(name, who):
    may, prepared, deed = TABLE[name]
    work = house()
    with clock.stopped_at(at(DAY)):
        subject = prepared(work)
        person = work.again(getattr(work, who))
        if who in may:
            deed(work, subject, person)
        else:
            with pytest.raises(PermissionDenied):
                deed(work, subject, person)


def test_every_action_has_a_row():
    from khuevan.documents.actions import filing, reviewing, routes, signing

    named = {name.split(":")[0] for name in TABLE}
    ours = {
        name
        for module in (filing, reviewing, routes, signing)
        for name in actions.__all__
        if getattr(getattr(actions, name), "__module__", "") == module.__name__ and name[0].islower()
    }
    assert ours - named == set()
