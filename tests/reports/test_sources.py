"""What the software counts: each source against a slow, obvious count, at the edges of the period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents.actions import revoke_document
from khuevan.documents.choices import Direction, DocumentState
from khuevan.documents.models import Document, NumberBook
from khuevan.people.choices import Role
from khuevan.programme.actions import (
    accept_reply,
    add_web_evidence,
    reassign,
    return_reply,
    save_reply_draft,
    send_reply,
)
from khuevan.programme.choices import Outcome
from khuevan.programme.models import Difficulty, Evidence, Instalment, Reply
from khuevan.reports.counting import CountedRecord, CountingQuestion, counting_source, counting_sources
from tests.factories.documents import NumberBookFactory, type_named
from tests.factories.people import PostFactory
from tests.factories.work import DUE, Office, at, office

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 6, 15), date(2025, 9, 14)


def counted(
    key: str, place: Office, first: date = FIRST, last: date = LAST, **narrowed
) -> dict[int, list[int]]:
    """The keys of the counted records, by the unit's key."""
    units = frozenset({place.lead.pk, place.support.pk})
    source = counting_source(key)
    assert source is not None
    answer = source.count(CountingQuestion(units, first, last, **narrowed))
    return {unit: [record.pk for record in records] for unit, records in answer.items()}


def lead_reports_done(place: Office, day: date, *, accepted_on: date | None = None) -> Instalment:
    """The lead's instalment, reported done on the day; accepted on the other day, if one is given."""
    with clock.stopped_at(at(day)):
        reply = save_reply_draft(
            by=place.lead_officer, instalment=place.lead_instalment, outcome=Outcome.DONE, text="Đã mở trang.",
            difficulty="Thiếu người dịch.",
        )  # fmt: skip
        for url in ("https://hanoi.gov.vn/a", "https://hanoi.gov.vn/b"):
            add_web_evidence(by=place.lead_officer, reply=reply, url=url, title="Trang tin", seen_date=day)
        sent = send_reply(by=place.lead_officer, reply=reply)
    if accepted_on is not None:
        with clock.stopped_at(at(accepted_on)):
            accept_reply(by=place.planner, reply=sent)
    return place.lead_instalment


def test_every_source_answers_for_units_without_anything(django_assert_num_queries):
    place = office()
    with django_assert_num_queries(len(counting_sources())):
        for source in counting_sources():
            assert source.count(CountingQuestion(frozenset({place.other.pk}), FIRST, LAST)) == {}


@pytest.mark.parametrize(
    ("day", "is_counted"),
    [(FIRST - timedelta(days=1), False), (FIRST, True), (LAST, True), (LAST + timedelta(days=1), False)],
)
def test_work_counts_on_the_day_on_which_it_was_accepted(day, is_counted):
    place = office()
    instalment = lead_reports_done(place, FIRST - timedelta(days=3), accepted_on=day)
    assert counted("programme.done", place) == ({place.lead.pk: [instalment.pk]} if is_counted else {})


def test_work_accepted_after_the_cut_off_counts_once_in_the_period_after():
    place = office()
    instalment = lead_reports_done(place, LAST - timedelta(days=1), accepted_on=LAST + timedelta(days=4))
    periods = [(FIRST, LAST), (LAST + timedelta(days=1), date(2025, 12, 14))]
    found = [counted("programme.done", place, first, last) for first, last in periods]
    assert found == [{}, {place.lead.pk: [instalment.pk]}]
    source = counting_source("programme.done")
    assert source is not None
    question = CountingQuestion(frozenset({place.lead.pk}), *periods[1])
    assert [record.day for record in source.count(question)[place.lead.pk]] == [LAST + timedelta(days=4)]


def test_work_that_nobody_accepted_is_in_time_and_not_done():
    place = office()
    instalment = lead_reports_done(place, DUE)
    assert counted("programme.done", place) == {}
    assert counted("programme.in_time", place) == {place.lead.pk: [instalment.pk]}
    assert counted("programme.late", place) == {place.support.pk: [place.support_instalment.pk]}


def test_work_that_was_returned_is_late():
    place = office()
    instalment = lead_reports_done(place, DUE)
    with clock.stopped_at(at(DUE)):
        return_reply(by=place.planner, reply=Reply.objects.get(instalment=instalment), reason="Thiếu ảnh.")
    assert counted("programme.in_time", place) == {}
    assert sorted(counted("programme.late", place)) == sorted([place.lead.pk, place.support.pk])


def test_work_is_due_by_its_day_and_late_where_it_was_not_reported_on_the_cut_off_day():
    place = office()
    lead, support = place.lead_instalment, place.support_instalment
    assert counted("programme.due", place) == {place.lead.pk: [lead.pk], place.support.pk: [support.pk]}
    lead_reports_done(place, DUE, accepted_on=DUE)
    assert counted("programme.in_time", place) == {place.lead.pk: [lead.pk]}
    assert counted("programme.late", place) == {place.support.pk: [support.pk]}
    # Seen from an earlier cut-off, the same work was not reported yet.
    assert counted("programme.late", place, last=DUE - timedelta(days=1)) == {}


def test_work_done_after_its_day_is_not_in_time():
    place = office()
    lead_reports_done(place, DUE + timedelta(days=1))
    assert counted("programme.in_time", place) == {}
    assert counted("programme.late", place, last=DUE) == {
        place.lead.pk: [place.lead_instalment.pk], place.support.pk: [place.support_instalment.pk],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ended_on", "reported", "expected"),
    [
        (LAST, False, {}),
        (LAST + timedelta(days=1), False, {"due": 1, "late": 1}),
        (LAST + timedelta(days=1), True, {"due": 1, "in_time": 1}),
    ],
)
def test_work_whose_assignment_ended_after_the_cut_off_was_due(ended_on, reported, expected):
    place = office()
    if reported:
        lead_reports_done(place, DUE)
    with clock.stopped_at(at(ended_on)):
        assignment = place.lead_instalment.assignment
        reassign(by=place.planner, assignment=assignment, unit=place.other, reason="Giao lại")
    found = {
        name: len(counted(f"programme.{name}", place).get(place.lead.pk, ()))
        for name in ("due", "in_time", "late")
    }
    assert {name: count for name, count in found.items() if count} == expected


def test_difficulties_and_web_addresses_count_where_their_reply_was_sent():
    place = office()
    lead_reports_done(place, date(2025, 7, 1))
    assert counted("programme.difficulties", place) == {place.lead.pk: [Difficulty.objects.get().pk]}
    pages = list(Evidence.objects.order_by("pk").values_list("pk", flat=True))
    assert counted("programme.web", place) == {place.lead.pk: pages}
    assert counted("programme.web", place, last=date(2025, 6, 30)) == {}


def test_a_section_of_the_plan_narrows_to_itself_and_what_stands_below():
    place = office()
    ref = place.task.ref
    assert set(counted("programme.due", place, plan_ref=ref)) == {place.lead.pk, place.support.pk}
    assert counted("programme.due", place, plan_ref=f"{ref}0") == {}
    above = ref.rpartition(".")[0]
    if above:
        assert set(counted("programme.due", place, plan_ref=above)) == {place.lead.pk, place.support.pk}
        assert counted("programme.due", place, plan_ref=above[:-1] or "X") == {}


def issued(place: Office, day: date, **fields) -> Document:
    with unaudited("a factory"):
        return Document.objects.create(
            direction=Direction.OUT, issued_date=day, drafting_unit=place.lead, title="Kế hoạch",
            registered_at=at(day), registered_by=place.planner, type=type_named("Kế hoạch"),
            book=NumberBook.objects.first() or NumberBookFactory(), **fields,
        )  # fmt: skip


def test_documents_count_by_who_drafted_them_and_by_type():
    place = office()
    kept = issued(place, date(2025, 7, 1))
    issued(place, LAST + timedelta(days=1))
    issued(place, date(2025, 7, 2), state=DocumentState.REVOKED, revoked_reason="Sai số.")
    assert counted("documents.issued", place) == {place.lead.pk: [kept.pk]}
    assert counted("documents.issued", place, detail="Kế hoạch") == {place.lead.pk: [kept.pk]}
    assert counted("documents.issued", place, detail="Báo cáo") == {}


@pytest.mark.parametrize(("revoked_on", "is_counted"), [(LAST, False), (LAST + timedelta(days=1), True)])
def test_a_document_revoked_after_the_cut_off_counts_in_its_period(revoked_on, is_counted):
    place = office()
    document = issued(place, date(2025, 7, 1))
    clerk = PostFactory(role=Role.CLERK, unit=place.other).person
    with clock.stopped_at(at(revoked_on)):
        revoke_document(by=clerk, document=document, reason="Sai số liệu.")
    assert counted("documents.issued", place) == ({place.lead.pk: [document.pk]} if is_counted else {})


def test_an_address_counts_once_for_each_unit_and_period():
    place = office()
    shown = [
        (place.lead_instalment, place.lead_officer, FIRST),
        (place.support_instalment, place.support_officer, FIRST),
    ]
    for instalment, officer, day in shown:
        for again in (day, day + timedelta(days=1), LAST + timedelta(days=1)):
            with clock.stopped_at(at(again)):
                reply = save_reply_draft(
                    by=officer,
                    instalment=instalment,
                    outcome=Outcome.IN_PROGRESS,
                    text="Đang làm.",
                    percent=10,
                )
                add_web_evidence(
                    by=officer, reply=reply, url="https://hanoi.gov.vn/a", title="Trang tin", seen_date=again
                )
                send_reply(by=officer, reply=reply)
    for first, last in ((FIRST, LAST), (LAST + timedelta(days=1), date(2025, 12, 14))):
        found = counted("programme.web", place, first, last)
        assert {unit: len(records) for unit, records in found.items()} == {
            place.lead.pk: 1,
            place.support.pk: 1,
        }


def test_a_record_is_stored_and_read_back():
    record = CountedRecord("programme.instalment", 7, "Mở trang tin", date(2025, 7, 1))
    assert CountedRecord.from_stored(record.as_stored()) == record
