"""Replies: who may write, what may be sent, who accepts, and what stays untouched."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.programme.actions import (
    accept_reply,
    add_file_evidence,
    add_web_evidence,
    answer_difficulty,
    discard_reply_draft,
    remove_evidence,
    return_reply,
    save_reply_draft,
    send_reply,
    waive_instalment,
)
from khuevan.programme.choices import InstalmentState, Outcome, ReplyState
from khuevan.programme.evidence_files import checked_file
from khuevan.programme.models import Difficulty, Evidence, Instalment, Reply
from khuevan.programme.permissions import can_read_reply
from khuevan.programme.work_queries import replies_to_judge
from tests.factories.work import DAY, Office, at, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Office:
    return office()


def reported(work: Office, instalment: Instalment, by, *, on: date = DAY) -> Reply:
    """A report of completion with one piece of evidence, sent."""
    with clock.stopped_at(at(on)):
        draft = save_reply_draft(by=by, instalment=instalment, outcome=Outcome.DONE, text="Đã tổ chức xong.")
        add_web_evidence(
            by=by, reply=draft, url="https://example.vn/tin", title="Tuần phim khai mạc", seen_date=on
        )
        return send_reply(by=by, reply=draft)


def state_of(instalment: Instalment) -> tuple[str, int, date | None]:
    fresh = Instalment.objects.get(pk=instalment.pk)
    return fresh.state, fresh.percent, fresh.reported_date


def test_draft_is_one_for_the_unit_whoever_writes(work):
    first = save_reply_draft(by=work.support_officer, instalment=work.support_instalment, text="Đang làm.")
    second = save_reply_draft(
        by=work.support_head, instalment=work.support_instalment, text="Đang làm phần bìa.", percent=30
    )
    assert first.pk == second.pk
    assert list(Reply.objects.values_list("text", "percent", "state", "written_by")) == [
        ("Đang làm phần bìa.", 30, ReplyState.DRAFT, work.support_officer.pk)
    ]
    assert state_of(work.support_instalment) == (InstalmentState.WAITING, 0, None)


@pytest.mark.parametrize(
    "who", ["planner", "director", "auditor", "lead_head", "lead_officer", "other_officer"]
)
def test_reply_is_refused_to_people_of_other_units(work, who):
    with pytest.raises(PermissionDenied):
        save_reply_draft(by=getattr(work, who), instalment=work.support_instalment, text="Thay mặt đơn vị.")
    assert Reply.objects.count() == 0


def test_draft_is_read_by_the_unit_only(work):
    draft = save_reply_draft(by=work.support_officer, instalment=work.support_instalment, text="Nháp")
    readers = {
        name
        for name in ("planner", "director", "auditor", "lead_head", "support_head", "support_officer")
        if can_read_reply(getattr(work, name), draft, DAY)
    }
    assert readers == {"support_head", "support_officer"}


def test_progress_stands_at_once_with_its_difficulty(work):
    with clock.stopped_at(at(DAY)):
        draft = save_reply_draft(
            by=work.support_officer,
            instalment=work.support_instalment,
            percent=40,
            text="Đã dựng xong phần hình.",
            difficulty="Chưa có bản quyền nhạc.",
            asks_for="Văn phòng Sở gửi công văn xin phép.",
        )
        sent = send_reply(by=work.support_officer, reply=draft)
    assert (sent.state, sent.sent_by, sent.sent_at) == (ReplyState.SENT, work.support_officer, at(DAY))
    assert state_of(work.support_instalment) == (InstalmentState.IN_PROGRESS, 40, None)
    difficulty = Difficulty.objects.get()
    answer_difficulty(by=work.lead_head, difficulty=difficulty, answer="Đã gửi công văn ngày 13/6.")
    assert Difficulty.objects.get().answered_by == work.lead_head
    with pytest.raises(ValidationError, match="answered meanwhile"):
        answer_difficulty(by=work.lead_head, difficulty=difficulty, answer="Lần nữa.")


def test_done_without_evidence_needs_a_reason(work):
    draft = save_reply_draft(
        by=work.lead_officer, instalment=work.lead_instalment, outcome=Outcome.DONE, text="Xong."
    )
    with pytest.raises(ValidationError) as refused:
        send_reply(by=work.lead_officer, reply=draft)
    assert list(refused.value.message_dict) == ["no_evidence_reason"]
    save_reply_draft(
        by=work.lead_officer,
        instalment=work.lead_instalment,
        outcome=Outcome.DONE,
        text="Xong.",
        no_evidence_reason="Cuộc họp nội bộ, không có biên bản.",
    )
    with clock.stopped_at(at(DAY)):
        send_reply(by=work.lead_officer, reply=draft)
    assert state_of(work.lead_instalment) == (InstalmentState.REPORTED, 100, DAY)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": "", "percent": 10}, "text"),
        ({"text": "Đang làm", "percent": 100}, "percent"),
        ({"outcome": Outcome.DONE, "text": "", "no_evidence_reason": "Không có"}, "text"),
    ],
)
def test_reply_that_says_too_little_is_not_sent(work, values, field):
    draft = save_reply_draft(by=work.lead_officer, instalment=work.lead_instalment, **values)
    with pytest.raises(ValidationError) as refused:
        send_reply(by=work.lead_officer, reply=draft)
    assert list(refused.value.message_dict) == [field]
    assert Reply.objects.get().state == ReplyState.DRAFT


def test_support_is_accepted_by_the_lead_units_head_and_lead_by_planning(work):
    support = reported(work, work.support_instalment, work.support_officer)
    lead = reported(work, work.lead_instalment, work.lead_head)
    for who in (work.support_head, work.lead_officer, work.auditor, work.other_officer):
        with pytest.raises(PermissionDenied):
            accept_reply(by=who, reply=support)
    for who in (work.lead_head, work.lead_officer, work.support_head, work.auditor):
        with pytest.raises(PermissionDenied):
            accept_reply(by=who, reply=lead)
    with clock.stopped_at(at(date(2025, 6, 13))):
        accept_reply(by=work.lead_head, reply=support, words="Tốt.")
        accept_reply(by=work.planner, reply=lead)
    assert state_of(work.support_instalment) == (InstalmentState.DONE, 100, DAY)
    done = work.lead_instalment
    assert (done.state, done.done_by, done.done_at) == (
        InstalmentState.DONE, work.planner, at(date(2025, 6, 13)),
    )  # fmt: skip


def test_return_gives_the_turn_back_with_the_reason_and_the_last_percent(work):
    with clock.stopped_at(at(date(2025, 6, 2))):
        draft = save_reply_draft(
            by=work.lead_officer, instalment=work.lead_instalment, text="Một nửa.", percent=55
        )
        send_reply(by=work.lead_officer, reply=draft)
    reply = reported(work, work.lead_instalment, work.lead_officer)
    with pytest.raises(ValidationError):
        return_reply(by=work.planner, reply=reply, reason="  ")
    return_reply(by=work.planner, reply=reply, reason="Thiếu danh sách khách mời.")
    assert state_of(work.lead_instalment) == (InstalmentState.RETURNED, 55, None)
    with pytest.raises(ValidationError):
        accept_reply(by=work.planner, reply=reply)
    again = reported(work, work.lead_instalment, work.lead_officer, on=date(2025, 6, 16))
    accept_reply(by=work.director, reply=again)
    assert [reply.state for reply in Reply.objects.order_by("pk")] == ["SENT", "RETURNED", "ACCEPTED"]


def test_sent_reply_and_its_evidence_cannot_be_changed(work):
    reply = reported(work, work.lead_instalment, work.lead_officer)
    with pytest.raises(ValidationError):
        remove_evidence(by=work.lead_officer, evidence=reply.evidence.get())
    with pytest.raises(ValidationError):
        save_reply_draft(by=work.lead_officer, instalment=work.lead_instalment, text="Thêm")
    with pytest.raises(ValidationError):
        discard_reply_draft(by=work.lead_officer, reply=reply)
    assert Evidence.objects.count() == 1


def test_task_without_a_lead_cannot_start(work):
    work.leading.delete_me = True
    from khuevan.core.recording import unaudited

    with unaudited("a task that lost its lead"):
        Instalment.objects.filter(assignment=work.leading).delete()
        work.leading.delete()
    with pytest.raises(ValidationError, match="leads"):
        save_reply_draft(by=work.support_officer, instalment=work.support_instalment, text="Bắt đầu")


def test_file_is_kept_once_under_its_digest_and_goes_with_the_last_draft_that_names_it(
    work, django_capture_on_commit_callbacks
):
    file = checked_file("Ảnh khai mạc.png", BytesIO(b"\x89PNG\r\n\x1a\n123"))
    draft = save_reply_draft(by=work.lead_officer, instalment=work.lead_instalment, text="Ảnh")
    first = add_file_evidence(by=work.lead_officer, reply=draft, file=file, title="Lễ khai mạc")
    second = add_file_evidence(by=work.lead_officer, reply=draft, file=file)
    assert first.file.name == second.file.name == f"evidence/{file.sha256[:2]}/{file.sha256}"
    assert [item.title for item in draft.evidence.all()] == ["Lễ khai mạc", "Ảnh khai mạc.png"]
    storage, name = first.file.storage, first.file.name
    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(by=work.lead_officer, evidence=first)
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        discard_reply_draft(by=work.lead_officer, reply=draft)
    assert not storage.exists(name)
    assert Reply.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("chay.exe", b"MZ", "is not of a kind"),
        ("khong-duoi", b"abc", "is not of a kind"),
        ("rong.pdf", b"", "is empty"),
        ("mat.txt", "SỞ VĂN HÓA\nMẬT\nBáo cáo".encode(), "state-secret"),
    ],
)
def test_file_that_may_not_be_kept_is_refused_in_one_sentence(name, data, words):
    with pytest.raises(ValidationError, match=words):
        checked_file(name, BytesIO(data))


def test_report_whose_instalment_was_waived_waits_for_nobody(work):
    reply = reported(work, work.support_instalment, work.support_officer)
    assert list(replies_to_judge(work.lead_head, DAY)) == [reply]
    waive_instalment(by=work.planner, instalment=work.support_instalment, reason="Sự kiện không diễn ra.")
    assert list(replies_to_judge(work.lead_head, DAY)) == []
    for judge in (accept_reply, lambda **deed: return_reply(**deed, reason="Thiếu ảnh.")):
        with pytest.raises(ValidationError, match="waits for nobody"):
            judge(by=work.lead_head, reply=reply)
    assert state_of(work.support_instalment) == (InstalmentState.CANCELLED, 100, None)


def test_every_write_names_the_person_and_the_deed(work):
    reply = reported(work, work.lead_instalment, work.lead_officer)
    return_reply(by=work.planner, reply=reply, reason="Thiếu ảnh.")
    told = AuditEntry.objects.filter(target_type__app_label="programme").values_list(
        "verb", "kind", "target_type__model", "by__full_name"
    )
    assert list(told) == [
        ("save_reply_draft", "CREATED", "reply", "Lê Thị Viên"),
        ("add_web_evidence", "CREATED", "evidence", "Lê Thị Viên"),
        ("send_reply", "CHANGED", "reply", "Lê Thị Viên"),
        ("send_reply", "CHANGED", "instalment", "Lê Thị Viên"),
        ("return_reply", "CHANGED", "reply", "Nguyễn Thị Kế Hoạch"),
        ("return_reply", "CHANGED", "instalment", "Nguyễn Thị Kế Hoạch"),
    ]
