"""Accepting, returning, answering, requiring nothing: what the pages ask, do and say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from khuevan.core import clock
from khuevan.people.choices import Role
from khuevan.programme.actions import (
    accept_reply,
    answer_difficulty,
    return_reply,
    save_reply_draft,
    send_reply,
    waive_instalment,
)
from khuevan.programme.models import Reply
from tests.factories.people import person_with_role
from tests.factories.work import DAY, at
from tests.programme.reply_scenes import Scene, scene, sentences, signed_in

pytestmark = pytest.mark.django_db

JUDGED = "Báo cáo này vừa được người khác xem xét, hoặc không còn chờ nghiệm thu."


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with clock.stopped_at(at(DAY, 10)):
        yield


@pytest.fixture
def now() -> Scene:
    return scene()


def url(name: str, now: Scene) -> str:
    keys = {"answer_difficulty": now.difficulty.pk, "waive_instalment": now.waiting.instalment_id}
    return reverse(f"programme:{name}", args=[keys.get(name, now.waiting.pk)])


def page_of(now: Scene) -> str:
    return reverse("programme:instalment", args=[now.waiting.instalment_id])


def verdict(now: Scene) -> tuple[str, str, str]:
    reply = Reply.objects.select_related("judged_by", "instalment").get(pk=now.waiting.pk)
    return reply.state, reply.verdict, reply.instalment.state


def test_report_is_accepted_with_a_word(now: Scene) -> None:
    client = signed_in(now.work.lead_head)
    asked = client.get(url("accept_reply", now))
    assert "bien-ban.png" in asked.content.decode()
    response = client.post(url("accept_reply", now), {"words": " Tốt lắm. "})
    assert (response.headers["Location"], sentences(response)) == (
        page_of(now),
        ["Đã nghiệm thu báo cáo của Phòng Truyền thông số."],
    )
    assert verdict(now) == ("ACCEPTED", "Tốt lắm.", "DONE")


def test_report_is_returned_with_its_reason_and_not_without(now: Scene) -> None:
    client = signed_in(now.work.planner)
    empty = client.post(url("return_reply", now), {"words": "  "})
    assert empty.status_code == 422
    assert empty.context["form"].errors == {"words": ["Hãy ghi rõ còn thiếu gì để đơn vị bổ sung."]}
    assert verdict(now) == ("SENT", "", "REPORTED")
    response = client.post(url("return_reply", now), {"words": "Thiếu ảnh.\r\nThiếu số liệu."})
    assert sentences(response) == ["Đã trả lại báo cáo của Phòng Truyền thông số kèm lý do."]
    assert verdict(now) == ("RETURNED", "Thiếu ảnh.\nThiếu số liệu.", "RETURNED")


@pytest.mark.parametrize("name", ["accept_reply", "return_reply"])
def test_second_verdict_is_told_that_it_came_too_late(now: Scene, name: str) -> None:
    accept_reply(by=now.work.director, reply=now.waiting, words="Được.")
    client = signed_in(now.work.lead_head)
    for response in (client.get(url(name, now)), client.post(url(name, now), {"words": "Của tôi."})):
        assert (response.status_code, response.headers["Location"]) == (302, page_of(now))
        assert sentences(response)[-1] == JUDGED
    assert verdict(now) == ("ACCEPTED", "Được.", "DONE")


@pytest.mark.parametrize("name", ["accept_reply", "return_reply"])
def test_report_that_is_no_longer_required_is_not_judged(now: Scene, name: str) -> None:
    waive_instalment(by=now.work.director, instalment=now.work.support_instalment, reason="Hoãn.")
    response = signed_in(now.work.lead_head).post(url(name, now), {"words": "Của tôi."})
    assert sentences(response) == ["Kỳ hạn này không còn yêu cầu gì."]
    assert verdict(now) == ("SENT", "", "CANCELLED")


def test_report_of_progress_is_not_judged(now: Scene) -> None:
    progress = Reply.objects.get(instalment=now.work.lead_instalment, state="SENT")
    for name in ("accept_reply", "return_reply"):
        response = signed_in(now.work.director).post(
            reverse(f"programme:{name}", args=[progress.pk]), {"words": "Của tôi."}
        )
        assert sentences(response) == [JUDGED]
    progress.refresh_from_db()
    assert progress.state == "SENT"


def test_instalment_is_waived_with_its_reason_and_not_without(now: Scene) -> None:
    client = signed_in(now.work.planner)
    empty = client.post(url("waive_instalment", now), {"words": ""})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["words"])
    response = client.post(url("waive_instalment", now), {"words": "Sự kiện không diễn ra."})
    assert sentences(response) == ["Phòng Truyền thông số không còn phải báo cáo kỳ hạn này."]
    instalment = now.work.support_instalment
    assert (instalment.state, instalment.cancel_reason) == ("CANCELLED", "Sự kiện không diễn ra.")
    again = client.get(url("waive_instalment", now))
    assert (again.status_code, sentences(again)[-1]) == (302, "Kỳ hạn này không còn yêu cầu gì.")


def test_waiving_does_not_tell_of_a_draft(now: Scene) -> None:
    """The page says the same whether the unit has begun to write or not."""
    lead = reverse("programme:waive_instalment", args=[now.work.lead_instalment.pk])
    html = signed_in(now.work.planner).get(lead).content.decode()
    assert ("Đã tổ chức xong." in html, "nhap.png" in html) == (False, False)


def test_difficulty_is_answered_once(now: Scene) -> None:
    client = signed_in(now.work.planner)
    asked = client.get(url("answer_difficulty", now)).content.decode()
    assert "Chưa có bản quyền." in asked
    assert "Văn phòng gửi công văn." in asked
    empty = client.post(url("answer_difficulty", now), {"words": ""})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["words"])
    response = client.post(url("answer_difficulty", now), {"words": "Đã gửi."})
    assert sentences(response) == ["Đã gửi trả lời cho Phòng Thông tin – Báo chí – Xuất bản."]
    now.difficulty.refresh_from_db()
    assert (now.difficulty.answer, now.difficulty.answered_by) == ("Đã gửi.", now.work.planner)
    late = signed_in(now.work.director).post(url("answer_difficulty", now), {"words": "Lần nữa."})
    assert sentences(late) == ["Khó khăn này vừa được người khác trả lời."]
    now.difficulty.refresh_from_db()
    assert now.difficulty.answer == "Đã gửi."


def test_difficulty_of_a_draft_is_not_there_for_anybody(now: Scene) -> None:
    answer_difficulty(by=now.work.planner, difficulty=now.difficulty, answer="Đã gửi.")
    send_reply(by=now.work.lead_officer, reply=now.draft)
    return_reply(by=now.work.planner, reply=now.draft, reason="Thiếu.")
    draft = save_reply_draft(
        by=now.work.lead_officer, instalment=now.work.lead_instalment, text="Nháp", difficulty="Bí mật."
    )
    hidden = reverse("programme:answer_difficulty", args=[draft.difficulty.pk])
    answers = {
        who: signed_in(getattr(now.work, who)).post(hidden, {"words": "Trả lời."}).status_code
        for who in ("planner", "director", "lead_head", "support_head")
    }
    assert answers == dict.fromkeys(answers, 404)


def test_planner_of_the_reporting_unit_does_not_judge_it(now: Scene) -> None:
    own = person_with_role(Role.PLANNING_OFFICER, now.work.support)
    response = signed_in(own).post(url("accept_reply", now))
    assert response.status_code == 403
    assert "Không ai tự nghiệm thu việc của đơn vị mình." in response.content.decode()
    assert verdict(now) == ("SENT", "", "REPORTED")
