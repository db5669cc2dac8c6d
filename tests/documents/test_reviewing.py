"""A draft on its way: submitted, approved, returned, taken back; seats that are skipped; who is told."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.core.recording import unaudited
from khuevan.documents import actions
from khuevan.documents.choices import DraftState, Seat, StepState
from khuevan.documents.models import Draft, ReviewStep, Route
from khuevan.documents.permissions import can_decide, sees_draft, sits_on
from khuevan.documents.queries import steps_waiting_for
from khuevan.documents.queries.reading import steps_sat_on
from khuevan.documents.queries.reviewing import holders_of
from khuevan.outbox.models import OutgoingMail
from khuevan.people.choices import Role
from khuevan.people.models import Charge, Post, User
from tests.factories.people import PostFactory
from tests.factories.reviews import DAY, House, at, draft_in, house

pytestmark = pytest.mark.django_db

S = StepState


@pytest.fixture(autouse=True)
def day():
    with clock.stopped_at(at(DAY)), translation.override("vi"):
        yield


def states(draft: Draft) -> list[tuple[str, str]]:
    rows = ReviewStep.objects.filter(draft=draft).order_by("round", "order")
    return [(step.seat, step.state) for step in rows]


def current(draft: Draft) -> ReviewStep:
    return ReviewStep.objects.select_related("draft").get(draft=draft, state=S.CURRENT)


def approve(work: House, draft: Draft, *people: User) -> Draft:
    for person in people:
        draft = actions.approve_step(by=work.again(person), step=current(draft), seen_version=draft.version)
    return draft


def submitted(work: House, **values) -> Draft:
    draft = draft_in(work, **values)
    return actions.submit_draft(by=work.again(draft.drafter), draft=draft)


def end_post(person: User) -> None:
    Post.objects.filter(person=person)._update_unseen({"to_date": date(2025, 6, 1)})


def test_draft_passes_every_seat_and_is_approved():
    work = house()
    draft = submitted(work)
    assert (draft.state, draft.review_round) == (DraftState.IN_REVIEW, 1)
    # The director signs and decides at the last seat anyhow.
    assert states(draft) == [
        (Seat.DRAFTING_HEAD, S.CURRENT),
        (Seat.OFFICE, S.WAITING),
        (Seat.DEPUTY, S.WAITING),
        (Seat.DIRECTOR, S.SKIPPED),
        (Seat.SIGNER, S.WAITING),
    ]
    draft = approve(work, draft, work.head, work.office_head, work.deputy, work.director)
    assert (draft.state, draft.approved_version) == (DraftState.APPROVED, 1)
    steps = ReviewStep.objects.filter(draft=draft).order_by("order")
    assert [(step.decided_by, step.version, step.words) for step in steps] == [
        (work.head, 1, ""),
        (work.office_head, 1, ""),
        (work.deputy, 1, ""),
        (None, None, "Người giữ vị trí này cũng quyết định ở bước sau."),
        (work.director, 1, ""),
    ]


def test_return_keeps_what_was_decided_and_begins_anew():
    work = house()
    draft = approve(work, submitted(work), work.head)
    step = current(draft)
    with pytest.raises(ValidationError) as refused:
        actions.return_step(by=work.again(work.office_head), step=step, reason="  ")
    assert "reason" in refused.value.message_dict
    draft = actions.return_step(by=work.again(work.office_head), step=step, reason="Thiếu dự toán")
    assert draft.state == DraftState.RETURNED
    draft = actions.submit_draft(by=work.again(work.officer), draft=draft)
    assert (draft.state, draft.review_round) == (DraftState.IN_REVIEW, 2)
    assert states(draft)[:3] == [
        (Seat.DRAFTING_HEAD, S.APPROVED),
        (Seat.OFFICE, S.RETURNED),
        (Seat.DEPUTY, S.WAITING),
    ]
    assert [state for _seat, state in states(draft)[5:]] == [
        S.CURRENT,
        S.WAITING,
        S.WAITING,
        S.SKIPPED,
        S.WAITING,
    ]


def test_errors_stand_in_the_way_and_are_named():
    work = house()
    draft = draft_in(work, text={"recipients": [{"name": "UBND Thành phố", "purpose": None}], "place": ""})
    with pytest.raises(ValidationError) as refused:
        actions.submit_draft(by=work.again(work.officer), draft=draft)
    assert refused.value.messages == [
        "Văn bản ghi đủ cơ quan ban hành, địa danh và ký hiệu. (Phần đầu văn bản: “địa danh”)",
        "Dòng cuối của nơi nhận là “Lưu: VT, …”, cho biết bản lưu ở đâu. (Nơi nhận: “UBND Thành phố”)",
    ]
    assert (Draft.objects.get(pk=draft.pk).state, ReviewStep.objects.count()) == (DraftState.DRAFTING, 0)


def test_seats_of_the_drafter_and_empty_seats_are_skipped():
    work = house()
    end_post(work.office_head)
    draft = submitted(work, drafter=work.head)
    assert [(step.seat, step.state, step.words) for step in draft.review_steps.order_by("order")] == [
        (Seat.DRAFTING_HEAD, S.SKIPPED, "Người soạn thảo giữ chính vị trí này."),
        (Seat.OFFICE, S.SKIPPED, "Hiện không có ai giữ vị trí này."),
        (Seat.DEPUTY, S.CURRENT, ""),
        (Seat.DIRECTOR, S.SKIPPED, "Người giữ vị trí này cũng quyết định ở bước sau."),
        (Seat.SIGNER, S.WAITING, ""),
    ]


def test_deputy_who_signs_decides_once_between_seats_that_differ():
    work = house((Seat.DRAFTING_HEAD, Seat.DEPUTY, Seat.SIGNER))
    draft = submitted(work, signer=work.deputy)
    assert states(draft) == [
        (Seat.DRAFTING_HEAD, S.CURRENT), (Seat.DEPUTY, S.SKIPPED), (Seat.SIGNER, S.WAITING),
    ]  # fmt: skip
    assert approve(work, draft, work.head, work.deputy).state == DraftState.APPROVED


def test_way_on_which_nobody_is_left_is_refused():
    work = house((Seat.DRAFTING_HEAD, Seat.SIGNER))
    PostFactory(person=work.director, unit=work.division, role=Role.UNIT_HEAD)
    end_post(work.head)
    draft = draft_in(work, drafter=work.director)
    with pytest.raises(ValidationError, match="Mọi vị trí"):
        actions.submit_draft(by=work.again(work.director), draft=draft)


def test_without_route_nothing_is_submitted():
    work = house()
    draft = draft_in(work)
    with unaudited("a route that is no longer in use"):
        Route.objects.update(valid_to=date(2025, 6, 11))
    with pytest.raises(ValidationError, match="quy trình"):
        actions.submit_draft(by=work.again(work.officer), draft=draft)


def test_seat_decides_and_not_the_person():
    work = house()
    draft = submitted(work)
    end_post(work.head)
    successor = PostFactory(unit=work.division, role=Role.UNIT_HEAD).person
    with pytest.raises(PermissionDenied):
        actions.approve_step(by=work.again(work.head), step=current(draft), seen_version=1)
    draft = approve(work, draft, successor)
    assert current(draft).seat == Seat.OFFICE
    # The seat after it is vacated meanwhile.
    end_post(work.deputy)
    draft = approve(work, draft, work.office_head)
    assert current(draft).seat == Seat.SIGNER


def test_approval_of_a_version_that_was_not_read_is_refused():
    work = house()
    draft = submitted(work)
    with pytest.raises(ValidationError, match="phiên bản"):
        actions.approve_step(by=work.again(work.head), step=current(draft), seen_version=7)


@pytest.mark.parametrize(
    "who", ["officer", "office_head", "deputy", "director", "clerk", "auditor", "administrator"]
)
def test_only_the_seat_that_is_reached_decides(who):
    work = house()
    draft = submitted(work)
    person = work.again(getattr(work, who))
    with pytest.raises(PermissionDenied):
        actions.approve_step(by=person, step=current(draft), seen_version=1)
    with pytest.raises(PermissionDenied):
        actions.return_step(by=person, step=current(draft), reason="Sai")


def test_nobody_decides_on_the_own_draft():
    work = house()
    PostFactory(person=work.head, unit=work.office, role=Role.UNIT_HEAD)
    draft = submitted(work, drafter=work.head)
    step = ReviewStep.objects.get(draft=draft, seat=Seat.OFFICE)
    assert step.state == S.SKIPPED
    assert not can_decide(work.again(work.head), step, DAY)


def test_drafter_takes_back_before_anybody_decided_and_after_with_a_reason():
    work = house()
    draft = actions.take_back(by=work.again(work.officer), draft=submitted(work))
    assert draft.state == DraftState.DRAFTING
    assert [step.words for step in draft.review_steps.filter(seat=Seat.DRAFTING_HEAD)] == [
        "Lê Thị Viên rút lại dự thảo."
    ]
    draft = approve(work, actions.submit_draft(by=work.again(work.officer), draft=draft), work.head)
    with pytest.raises(ValidationError) as refused:
        actions.take_back(by=work.again(work.officer), draft=draft)
    assert "reason" in refused.value.message_dict
    draft = actions.take_back(by=work.again(work.officer), draft=draft, reason="Sửa dự toán")
    assert (draft.state, draft.approved_version) == (DraftState.DRAFTING, None)
    assert [step.state for step in draft.review_steps.filter(round=2).order_by("order")] == [
        S.APPROVED, S.SKIPPED, S.WAITING, S.SKIPPED, S.WAITING,
    ]  # fmt: skip


def test_approved_draft_is_taken_back_before_its_number():
    work = house((Seat.SIGNER,))
    draft = approve(work, submitted(work), work.director)
    draft = actions.take_back(by=work.again(work.head), draft=draft, reason="Đổi ngày")
    assert (draft.state, [comment.text for comment in draft.comments.all()]) == (
        DraftState.DRAFTING,
        ["Đổi ngày"],
    )


def test_one_mail_each_and_none_twice():
    work = house((Seat.DRAFTING_HEAD, Seat.SIGNER))
    draft = actions.return_step(
        by=work.again(work.head), step=current(submitted(work)), reason="Bổ sung địa điểm"
    )  # fmt: skip
    draft = actions.submit_draft(by=work.again(work.officer), draft=draft)
    approve(work, draft, work.head, work.director)
    mails = OutgoingMail.objects.order_by("pk")
    assert [(mail.kind, mail.person, mail.subject) for mail in mails] == [
        ("DRAFT_TO_DECIDE", work.head, "Trình duyệt: Kế hoạch"),
        ("DRAFT_RETURNED", work.officer, "Trả lại: Kế hoạch"),
        ("DRAFT_TO_DECIDE", work.head, "Trình duyệt: Kế hoạch"),
        ("DRAFT_TO_DECIDE", work.director, "Trình duyệt: Kế hoạch"),
        ("DRAFT_APPROVED", work.officer, "Đã duyệt: Kế hoạch"),
    ]
    # Who looks after the outbox reads these mails without reading the draft.
    for mail in mails:
        assert draft.title not in mail.subject + mail.text
        assert "Bổ sung địa điểm" not in mail.text
        assert "Kế hoạch\n\n" in mail.text
        assert f"/quan-tri/van-ban/du-thao/{draft.pk}/" in mail.text


def test_whoever_a_draft_reaches_reads_it_and_nobody_before():
    work = house()
    draft = draft_in(work)
    assert not sees_draft(work.again(work.deputy), draft, DAY)
    draft = approve(work, actions.submit_draft(by=work.again(work.officer), draft=draft), work.head)
    fresh = Draft.objects.get(pk=draft.pk)
    assert sees_draft(work.again(work.office_head), fresh, DAY)
    assert not sees_draft(work.again(work.deputy), fresh, DAY)
    assert [step.draft for step in steps_waiting_for(work.again(work.office_head), DAY)] == [fresh]
    assert steps_waiting_for(work.again(work.deputy), DAY) == []


def test_holders_of_a_seat_are_those_who_sit_on_it():
    work = house()
    draft = submitted(work)
    second = PostFactory(unit=work.department, role=Role.DEPUTY_DIRECTOR).person
    for in_charge in ({work.deputy}, {work.deputy, second}):
        for step in ReviewStep.objects.filter(draft=draft).select_related("draft", "unit"):
            sitting = {person for person in User.objects.all() if sits_on(person, step, DAY)}
            filtered = {
                person
                for person in User.objects.all()
                if ReviewStep.objects.filter(steps_sat_on(person, DAY), pk=step.pk).exists()
            }
            assert sitting == filtered == set(holders_of(step.seat, step.unit, draft, DAY)), step.seat
        assert set(holders_of(Seat.DEPUTY, None, draft, DAY)) == in_charge
        # Where nobody has the unit in charge, any deputy decides.
        Charge.objects.all()._raw_delete("default")


def test_words_with_a_marking_are_refused_everywhere():
    work = house()
    draft = draft_in(work)
    with pytest.raises(ValidationError):
        actions.submit_draft(by=work.again(work.officer), draft=draft, words="TỐI MẬT")
    draft = actions.submit_draft(by=work.again(work.officer), draft=draft, words="Kính trình")
    assert [comment.text for comment in draft.comments.all()] == ["Kính trình"]
    with pytest.raises(ValidationError):
        actions.approve_step(by=work.again(work.head), step=current(draft), seen_version=1, words="Mật")


def test_every_deed_leaves_entries_in_the_trail():
    work = house((Seat.DRAFTING_HEAD, Seat.SIGNER))
    draft = submitted(work)
    AuditEntry.objects.all()
    approve(work, draft, work.head)
    entries = AuditEntry.objects.filter(verb="approve_step").order_by("pk")
    assert {(entry.by, entry.target_type.model) for entry in entries} == {(work.head, "reviewstep")}


def test_warning_stands_with_a_reason_until_the_words_change():
    work = house()
    draft = draft_in(work, text={"sections": [
        {"label": "I", "heading": "MỤC ĐÍCH", "blocks": ["Phối hợp với BTGDV."], "children": []},
    ]})  # fmt: skip
    found = actions.reviewing.checks_of(draft, DAY)
    assert [(item.finding.rule.code, item.is_settled) for item in found] == [("AB1", False)]
    key = found[0].finding.key
    with pytest.raises(PermissionDenied):
        actions.confirm_warning(by=work.again(work.clerk), draft=draft, key=key, reason="Được")
    with pytest.raises(ValidationError):
        actions.confirm_warning(by=work.again(work.officer), draft=draft, key=key, reason=" ")
    kept = actions.confirm_warning(by=work.again(work.officer), draft=draft, key=key, reason="Ai cũng biết")
    again = actions.confirm_warning(by=work.again(work.officer), draft=draft, key=key, reason="Lần hai")
    assert (kept.pk, again.reason) == (again.pk, "Ai cũng biết")
    assert [item.is_settled for item in actions.reviewing.checks_of(draft, DAY)] == [True]
    with pytest.raises(ValidationError):
        actions.confirm_warning(by=work.again(work.officer), draft=draft, key="0" * 16, reason="Được")
