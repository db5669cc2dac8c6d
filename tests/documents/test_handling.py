"""A registered document afterwards: corrected, handed out, dealt with, revoked, replaced; what never changes."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.documents.actions import (
    add_received_file,
    correct_document,
    give_to_unit,
    issue_document,
    mark_handled,
    open_document_file,
    replace_document,
    revoke_document,
)
from khuevan.documents.choices import DocumentState
from khuevan.documents.models import Document
from tests.factories.documents import DAY, approved_draft, came_in, letter_details, registry, text_file
from tests.factories.work import at

pytestmark = pytest.mark.django_db


def again(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


def test_a_correction_leaves_what_stood_there_in_the_trail():
    office = registry()
    with clock.stopped_at(at(DAY)):
        document = came_in(office)
        correct_document(
            by=office.clerk,
            document=document,
            changes={"symbol": "1235/UBND-KGVX", "received_date": date(2025, 6, 11)},
        )
    document = again(document)
    assert (document.symbol, document.number, document.received_date) == (
        "1235/UBND-KGVX", 1235, date(2025, 6, 11),
    )  # fmt: skip
    entry = AuditEntry.objects.about(document).get(verb="correct_document")
    assert (entry.by, entry.changes) == (
        office.clerk,
        {
            "number": [1234, 1235],
            "received_date": ["2025-06-12", "2025-06-11"],
            "symbol": ["1234/UBND-KGVX", "1235/UBND-KGVX"],
        },
    )


@pytest.mark.parametrize("name", ["symbol", "issued_date", "type", "title", "recipient_lines", "signer_name"])
def test_what_was_issued_from_a_draft_is_not_corrected(name):
    office = registry()
    with clock.stopped_at(at(DAY)):
        document = issue_document(by=office.clerk, draft=approved_draft(office))
        with pytest.raises(ValidationError):
            correct_document(by=office.clerk, document=document, changes={name: "1/X"})
        correct_document(
            by=office.clerk, document=document, changes={"summary": "Gửi kèm 02 phụ lục", "copy_count": 12}
        )
    document = again(document)
    assert (document.summary, document.copy_count, document.symbol) == (
        "Gửi kèm 02 phụ lục",
        12,
        "01/KH-SVHTT",
    )


def test_number_book_and_arrival_number_are_nobodys_to_correct():
    office = registry()
    with clock.stopped_at(at(DAY)):
        document = came_in(office)
        for name in ("number", "notation", "book", "direction", "content", "issued_number", "state"):
            with pytest.raises(ValidationError):
                correct_document(by=office.clerk, document=document, changes={name: 1})


def test_a_document_goes_to_a_unit_and_is_dealt_with_by_it():
    office = registry()
    with clock.stopped_at(at(DAY)):
        document = came_in(office)
        give_to_unit(
            by=office.director,
            document=document,
            unit=office.division,
            words=" Tham mưu ",
            due_date=date(2025, 6, 20),
        )
        with pytest.raises(PermissionDenied):
            mark_handled(by=office.again(office.other_officer), document=document, words="Xong")
        mark_handled(by=office.again(office.division_officer), document=document, words="Đã trình")
    document = again(document)
    assert (document.state, document.handling_words, document.due_date, document.handled_words) == (
        DocumentState.HANDLED, "Tham mưu", date(2025, 6, 20), "Đã trình",
    )  # fmt: skip
    assert (document.handled_at, document.handled_by) == (at(DAY), office.division_officer)


def test_handing_out_again_begins_the_work_anew():
    office = registry()
    with clock.stopped_at(at(DAY)):
        document = came_in(office, handling_unit=office.division)
        mark_handled(by=office.clerk, document=document, words="Xong")
        give_to_unit(by=office.clerk, document=document, unit=office.other)
    document = again(document)
    assert (document.state, document.handling_unit, document.handled_at, document.handled_words) == (
        DocumentState.IN_HAND, office.other, None, "",
    )  # fmt: skip


def test_work_ends_with_words_or_with_the_document_that_answers():
    office = registry()
    with clock.stopped_at(at(DAY)):
        document = came_in(office, handling_unit=office.division)
        with pytest.raises(ValidationError) as refused:
            mark_handled(by=office.clerk, document=document, words="  ")
        assert list(refused.value.message_dict) == ["words"]
        answer = issue_document(by=office.clerk, draft=approved_draft(office))
        mark_handled(by=office.clerk, document=document, answer=answer)
    assert again(answer).answers == document
    assert again(document).state == DocumentState.HANDLED


def test_nothing_of_a_revoked_document_changes():
    office = registry()
    with clock.stopped_at(at(DAY)):
        document = revoke_document(by=office.clerk, document=came_in(office), reason="Gửi nhầm nơi")
        for deed in (
            lambda: give_to_unit(by=office.clerk, document=document, unit=office.division),
            lambda: mark_handled(by=office.clerk, document=document, words="Xong"),
            lambda: correct_document(by=office.clerk, document=document, changes={"summary": "x"}),
            lambda: add_received_file(by=office.clerk, document=document, file=text_file("a.txt", "A")),
            lambda: replace_document(by=office.clerk, document=document, new=came_in(office)),
            lambda: revoke_document(by=office.clerk, document=document, reason="Nữa"),
        ):
            with pytest.raises(ValidationError):
                deed()


def test_a_replaced_document_names_the_newer_one_and_keeps_its_number():
    office = registry()
    with clock.stopped_at(at(DAY)):
        old = issue_document(by=office.clerk, draft=approved_draft(office))
        new = issue_document(by=office.clerk, draft=approved_draft(office))
        with pytest.raises(ValidationError):
            replace_document(by=office.clerk, document=old, new=old)
        with pytest.raises(ValidationError):
            replace_document(by=office.clerk, document=old, new=came_in(office))
        replace_document(by=office.clerk, document=old, new=new)
    old = again(old)
    assert (old.state, old.replaced_by, old.symbol, old.issued_number.number) == (
        DocumentState.REPLACED, new, "01/KH-SVHTT", 1,
    )  # fmt: skip


def test_a_corrected_marking_is_refused():
    office = registry()
    with clock.stopped_at(at(DAY)), pytest.raises(ValidationError) as refused:
        correct_document(by=office.clerk, document=came_in(office), changes={"circulation": "MẬT"})
    assert list(refused.value.message_dict) == ["circulation"]


def test_who_opens_a_file_is_noted_once_a_day():
    office = registry()
    with clock.stopped_at(at(DAY)):
        file = came_in(office, details=letter_details()).files.get()
        for _ in range(2):
            open_document_file(by=office.again(office.auditor), file=file)
        with pytest.raises(PermissionDenied):
            open_document_file(by=office.again(office.other_officer), file=file)
    with clock.stopped_at(at(date(2025, 6, 13))):
        open_document_file(by=office.again(office.auditor), file=file)
    noted = AuditEntry.objects.about(file).filter(verb="open_document_file")
    assert [(entry.by, entry.changes) for entry in noted] == [
        (office.auditor, {"filename": [None, "van-ban.txt"]})
    ] * 2
