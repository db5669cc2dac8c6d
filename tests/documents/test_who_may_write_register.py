"""Every action of the register × every role: who may write, beside the table of who may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from khuevan.core import clock
from khuevan.documents import actions
from khuevan.documents.actions import files, handling, registering, setting_up
from khuevan.documents.choices import Direction
from khuevan.documents.models import Correspondent, DocumentType, NumberBook
from tests.factories.documents import (
    DAY,
    Registry,
    approved_draft,
    came_in,
    letter_details,
    registry,
    text_file,
)
from tests.factories.work import at

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "clerk", "director", "auditor", "administrator", "division_head", "division_officer", "other_officer",
)  # fmt: skip
CLERK = {"clerk"}
SETS_UP = {"clerk", "administrator"}
HANDS_OUT = {"clerk", "director"}
ITS_PEOPLE = {"division_head", "division_officer"}
READS = {"clerk", "director", "auditor", "administrator"} | ITS_PEOPLE
Deed = Callable[[Registry, Any, Any], Any]


def handed_out(office: Registry) -> Any:
    return came_in(office, handling_unit=office.division)


def waiting(office: Registry) -> Any:
    return actions.keep_incoming_file(by=office.clerk, file=text_file("cho.txt", "Chờ"))[0]


def issued(office: Registry) -> Any:
    return actions.issue_document(by=office.clerk, draft=approved_draft(office))


# Action → who may do it, what is prepared by the clerk, and the deed.
TABLE: dict[str, tuple[set[str], Callable[[Registry], Any], Deed]] = {
    "keep_incoming_file": (
        CLERK,
        lambda office: text_file(),
        lambda office, file, by: actions.keep_incoming_file(by=by, file=file),
    ),
    "discard_incoming_file": (
        CLERK,
        waiting,
        lambda office, file, by: actions.discard_incoming_file(by=by, waiting=file),
    ),
    "register_incoming": (
        CLERK,
        lambda office: letter_details(),
        lambda office, details, by: actions.register_incoming(
            by=by, book=office.incoming, received_date=DAY, details=details
        ),
    ),
    "register_outgoing_paper": (
        CLERK,
        lambda office: letter_details(symbol=""),
        lambda office, details, by: actions.register_outgoing_paper(
            by=by, book=office.outgoing, issued_date=DAY, details=details, drafting_unit=office.division
        ),
    ),
    "issue_document": (
        CLERK,
        approved_draft,
        lambda office, draft, by: actions.issue_document(by=by, draft=draft),
    ),
    "add_received_file": (
        CLERK,
        handed_out,
        lambda office, document, by: actions.add_received_file(
            by=by, document=document, file=text_file("them.txt", "Thêm")
        ),
    ),
    "open_document_file": (
        READS,
        handed_out,
        lambda office, document, by: actions.open_document_file(by=by, file=document.files.get()),
    ),
    "open_document_text": (
        READS,
        handed_out,
        lambda office, document, by: actions.open_document_text(by=by, document=document),
    ),
    "correct_document": (
        CLERK,
        handed_out,
        lambda office, document, by: actions.correct_document(
            by=by, document=document, changes={"summary": "Ghi chú"}
        ),
    ),
    "give_to_unit": (
        HANDS_OUT,
        handed_out,
        lambda office, document, by: actions.give_to_unit(by=by, document=document, unit=office.other),
    ),
    "mark_handled": (
        HANDS_OUT | ITS_PEOPLE,
        handed_out,
        lambda office, document, by: actions.mark_handled(by=by, document=document, words="Xong"),
    ),
    "revoke_document": (
        CLERK,
        handed_out,
        lambda office, document, by: actions.revoke_document(by=by, document=document, reason="Nhầm"),
    ),
    "replace_document": (
        CLERK,
        lambda office: (issued(office), issued(office)),
        lambda office, pair, by: actions.replace_document(by=by, document=pair[0], new=pair[1]),
    ),
    "keep_document_type": (
        SETS_UP,
        lambda office: DocumentType(name=f"Phiếu trình {DocumentType.objects.count()}", code="PT"),
        lambda office, kind, by: actions.keep_document_type(by=by, document_type=kind),
    ),
    "keep_number_book": (
        SETS_UP,
        lambda office: NumberBook(
            name=f"Sổ thứ {NumberBook.objects.count()}", direction=Direction.OUT, unit=office.department
        ),
        lambda office, book, by: actions.keep_number_book(by=by, book=book),
    ),
    "keep_correspondent": (
        SETS_UP,
        # A name of its own for each person who tries, because names are unique.
        lambda office: Correspondent(name=f"Sở Du lịch {Correspondent.objects.count()}"),
        lambda office, body, by: actions.keep_correspondent(by=by, correspondent=body),
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_action_is_done_by_exactly_the_people_of_its_row(name):
    may, prepared, deed = TABLE[name]
    done = set()
    office = registry()
    for who in EVERYBODY:
        with clock.stopped_at(at(DAY)):
            subject = prepared(office)
            try:
                deed(office, subject, office.again(getattr(office, who)))
                done.add(who)
            except PermissionDenied:
                continue
    assert done == may


def test_every_action_of_the_register_has_a_row():
    ours = {
        name
        for module in (files, handling, registering, setting_up)
        for name, value in vars(module).items()
        if name in actions.__all__ and callable(value) and value.__module__ == module.__name__
    }
    assert ours - TABLE.keys() - {"PossibleDuplicate"} == set()
