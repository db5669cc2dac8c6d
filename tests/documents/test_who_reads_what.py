"""Who reads which document and draft: a unit what it wrote, handles or was sent; a seat what reached it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from khuevan.core.recording import unaudited
from khuevan.documents.actions import (
    give_to_unit,
    mark_handled,
    prepare_dispatches,
    recall_dispatches,
    send_dispatches,
)
from khuevan.documents.forms.deeds import HandledForm
from khuevan.documents.models import Document, ReviewStep
from khuevan.documents.permissions import sees_draft
from khuevan.documents.queries import visible_documents, visible_drafts
from tests.documents.dispatch_scenes import Scene, at_the_day, issued, scene
from tests.factories.documents import DAY, came_in, registry
from tests.factories.reviews import DAY as REVIEW_DAY
from tests.factories.reviews import draft_in, house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day():
    with at_the_day():
        yield


def reads(a: Scene, document: Document) -> bool:
    person = a.office.again(a.office.other_officer)
    return visible_documents(person, DAY).filter(pk=document.pk).exists()


def test_unit_reads_a_document_once_it_was_sent_and_no_longer_once_it_was_recalled():
    a = scene()
    document = issued(a)
    assert not reads(a, document)
    prepare_dispatches(by=a.clerk, document=document)
    assert not reads(a, document)
    own = list(document.dispatches.filter(channel="INTERNAL"))
    send_dispatches(by=a.clerk, document=document, dispatches=own)
    assert reads(a, document)
    recall_dispatches(by=a.clerk, document=document, reason="Gửi nhầm đơn vị", dispatches=own)
    assert not reads(a, document)


def test_work_is_ended_by_an_answer_that_the_person_may_read_and_by_no_other():
    a = scene()
    foreign = issued(a)
    question = came_in(a.office)
    give_to_unit(by=a.clerk, document=question, unit=a.office.other)
    person = a.office.again(a.office.other_officer)
    form = HandledForm({"answer": foreign.symbol}, among=visible_documents(person, DAY))
    unknown = HandledForm({"answer": "99/KH-SVHTT"}, among=visible_documents(person, DAY))
    # The same sentence for what is not there and for what is not to be known.
    assert [error.replace(foreign.symbol, "99/KH-SVHTT") for error in form.errors["answer"]] == list(
        unknown.errors["answer"]
    )
    with pytest.raises(ValidationError, match="no such document"):
        mark_handled(by=person, document=question, answer=foreign)
    foreign.refresh_from_db()
    assert foreign.answers is None
    mark_handled(by=a.clerk, document=question, answer=foreign)
    foreign.refresh_from_db()
    assert foreign.answers == question


def test_page_names_no_document_that_the_reader_may_not_open(client):
    a = scene()
    question = came_in(a.office)
    give_to_unit(by=a.clerk, document=question, unit=a.office.other)
    foreign = issued(a)
    with unaudited("an answer of another unit"):
        foreign.answers = question
        foreign.save()
    client.force_login(a.office.other_officer)
    assert foreign.symbol not in client.get(question.get_absolute_url()).content.decode()
    client.force_login(a.office.clerk)
    assert foreign.symbol in client.get(question.get_absolute_url()).content.decode()


def test_skipped_seat_was_never_reached():
    work = house()
    draft = draft_in(work)
    with unaudited("a seat that nobody held"):
        ReviewStep.objects.create(
            draft=draft, round=1, order=1, seat="OFFICE", unit=work.office, state="SKIPPED", words="Trống"
        )
    head = work.again(work.office_head)
    assert not sees_draft(head, draft, REVIEW_DAY)
    assert draft not in visible_drafts(head, REVIEW_DAY)


def test_register_is_read_whole_by_those_who_keep_it():
    office = registry()
    document = came_in(office)
    assert list(visible_documents(office.again(office.clerk), DAY)) == [document]
    assert list(visible_documents(office.again(office.other_officer), DAY)) == []
