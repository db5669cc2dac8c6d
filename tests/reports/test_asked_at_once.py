"""Many questions put to a source at once are answered as each of them alone; so are the places of records."""

from __future__ import annotations

from datetime import date

import pytest

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents.choices import Direction
from khuevan.documents.models import Document, NumberBook
from khuevan.programme.actions import accept_reply, add_web_evidence, save_reply_draft, send_reply
from khuevan.programme.choices import AssignmentRole, Outcome
from khuevan.programme.models import Task
from khuevan.reports.counting import CountingQuestion, counting_sources, url_of_record, urls_of_records
from tests.factories.documents import NumberBookFactory, type_named
from tests.factories.work import ONCE, as_plain, assigned, at, office

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 6, 15), date(2025, 9, 14)
REFS = ("", "II", "II.1", "II.1.-1", "II.2", "II.20", "IV")
TYPES = ("", "Công văn", "Kế hoạch")


@pytest.fixture
def units():
    """Two divisions with work in several parts of the plan, the same address shown twice, and documents."""
    place = office()
    for order, ref in enumerate(("II.2.-1", "II.20.-1", "II.2.1.-3"), 1):
        with unaudited("a test's own task"):
            task = Task.objects.create(
                plan=place.plan, section=place.task.section, ref=ref, text=f"Việc {ref}.", order=order,
                deadline_rule=as_plain(ONCE), read_in=place.task.read_in,
            )  # fmt: skip
        part = assigned(task, place.lead, AssignmentRole.LEAD)
        with clock.stopped_at(at(date(2025, 6, 16 + order))):
            reply = save_reply_draft(
                by=place.lead_officer, instalment=part.instalments.get(), outcome=Outcome.DONE, text="Xong.",
                difficulty=f"Khó {ref}.",
            )  # fmt: skip
            add_web_evidence(
                by=place.lead_officer, reply=reply, url="https://hanoi.gov.vn/a", title=f"Trang {ref}",
                seen_date=date(2025, 6, 16),
            )  # fmt: skip
            sent = send_reply(by=place.lead_officer, reply=reply)
            if order < 3:
                accept_reply(by=place.planner, reply=sent)
    with unaudited("a test's own documents"):
        book: NumberBook = NumberBookFactory(unit=place.department)
        for number, name in enumerate(("Công văn", "Kế hoạch", "Công văn"), 1):
            Document.objects.create(
                direction=Direction.OUT, issued_date=date(2025, 7, number), drafting_unit=place.support,
                title=f"Văn bản {number}", registered_at=at(date(2025, 7, number)), registered_by=place.planner,
                type=type_named(name), book=book,
            )  # fmt: skip
    return frozenset({place.lead.pk, place.support.pk})


@pytest.mark.parametrize("source", counting_sources(), ids=lambda source: source.key)
def test_answers_at_once_are_those_of_each_question_alone(source, units, django_assert_num_queries):
    details = TYPES if source.details() else ("",)
    questions = [CountingQuestion(units, FIRST, LAST, ref, detail) for ref in REFS for detail in details]
    alone = [source.count(question) for question in questions]
    with django_assert_num_queries(1):
        at_once = source.answers(questions)
    assert list(at_once) == alone
    # A question about one unit alone gets its part.
    for unit in units:
        asked = [
            CountingQuestion(frozenset({unit}), FIRST, LAST, one.plan_ref, one.detail) for one in questions
        ]
        assert list(source.answers(asked)) == [
            {key: records for key, records in answer.items() if key == unit} for answer in alone
        ]


def test_records_stand_where_each_alone_stands(units, django_assert_max_num_queries):
    records = [
        record
        for source in counting_sources()
        for found in source.count(CountingQuestion(units, FIRST, LAST)).values()
        for record in found
    ]
    alone = {record: url_of_record(record) for record in records}
    with django_assert_max_num_queries(2):
        assert urls_of_records(records) == alone
    assert all(alone.values())
    assert {record.label for record in records} == {
        "documents.document",
        "programme.difficulty",
        "programme.evidence",
        "programme.instalment",
    }
