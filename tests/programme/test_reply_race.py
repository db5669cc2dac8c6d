"""Two people at the same report at the same moment: one wins, the other is told."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from khuevan.programme.models import Difficulty, Evidence, Reply
from tests.programme.reply_scenes import Scene, scene, sentences, signed_in, upload

pytestmark = pytest.mark.django_db(transaction=True)

JUDGED = "Báo cáo này vừa được người khác xem xét, hoặc không còn chờ nghiệm thu."


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed gave, all begun at the same moment, each in a thread with a connection of its own."""
    start = Barrier(len(deeds))
    given: list[Any] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=30)
            given[place] = deed()
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return given


def posted(client: Client, name: str, key: int, **data: Any) -> Callable[[], Any]:
    url = reverse(f"programme:{name}", args=[key])
    return lambda: client.post(url, data)


@pytest.mark.parametrize(
    ("first", "second"),
    [("accept_reply", "accept_reply"), ("accept_reply", "return_reply"), ("return_reply", "return_reply")],
)
def test_one_verdict_wins_and_the_other_person_is_told(first: str, second: str) -> None:
    now = scene()
    head, director = signed_in(now.work.lead_head), signed_in(now.work.director)
    answers = at_once(
        posted(head, first, now.waiting.pk, words="Của trưởng phòng."),
        posted(director, second, now.waiting.pk, words="Của giám đốc."),
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    said = [sentences(answer)[-1] for answer in answers]
    assert said.count(JUDGED) == 1, said
    winner = answers[1 - said.index(JUDGED)]
    reply = Reply.objects.select_related("judged_by").get(pk=now.waiting.pk)
    assert (reply.judged_by, reply.verdict) == (
        (now.work.lead_head, "Của trưởng phòng.")
        if winner is answers[0]
        else (now.work.director, "Của giám đốc.")
    )
    deed = first if winner is answers[0] else second
    assert reply.state == {"accept_reply": "ACCEPTED", "return_reply": "RETURNED"}[deed]


def test_verdict_and_waiving_at_once_leave_one_of_them() -> None:
    now = scene()
    answers = at_once(
        posted(signed_in(now.work.lead_head), "accept_reply", now.waiting.pk),
        posted(signed_in(now.work.director), "waive_instalment", now.waiting.instalment_id, words="Hoãn."),
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    reply = Reply.objects.select_related("instalment").get(pk=now.waiting.pk)
    assert (reply.state, reply.instalment.state) in {("ACCEPTED", "DONE"), ("SENT", "CANCELLED")}


def test_difficulty_is_answered_by_one() -> None:
    now = scene()
    answers = at_once(
        posted(signed_in(now.work.planner), "answer_difficulty", now.difficulty.pk, words="Của tổng hợp."),
        posted(signed_in(now.work.director), "answer_difficulty", now.difficulty.pk, words="Của giám đốc."),
    )
    said = [sentences(answer)[-1] for answer in answers]
    late = "Khó khăn này vừa được người khác trả lời."
    assert said.count(late) == 1
    answered = Difficulty.objects.get(pk=now.difficulty.pk)
    assert answered.answer == ("Của tổng hợp." if said[1] == late else "Của giám đốc.")


def test_two_who_save_one_draft_at_once_do_not_overwrite_each_other() -> None:
    now = scene()
    seen = _token(now)
    forms = [
        posted(
            signed_in(who),
            "reply",
            now.work.lead_instalment.pk,
            outcome="IN_PROGRESS",
            percent="50",
            text=text,
            seen=seen,
            do="save",
            files=[upload(f"{text}.png", b"\x89PNG" + text.encode())],
        )
        for who, text in ((now.work.lead_head, "truong"), (now.work.lead_officer, "vien"))
    ]
    answers = at_once(*forms)
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    stored = Reply.objects.get(pk=now.draft.pk).text
    assert stored == ("truong" if answers[0].status_code == 302 else "vien")
    assert set(Evidence.objects.filter(reply=now.draft).values_list("title", flat=True)) == {
        "nhap.png", "truong.png", "vien.png",
    }  # fmt: skip


def test_button_pressed_twice_at_once_sends_once() -> None:
    now = scene()
    data = {"outcome": "DONE", "text": "Xong cả rồi.", "seen": _token(now), "do": "send"}
    clients = [signed_in(now.work.lead_officer) for _ in range(2)]
    answers = at_once(*(posted(client, "reply", now.work.lead_instalment.pk, **data) for client in clients))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert list(Reply.objects.filter(text="Xong cả rồi.").values_list("state", flat=True)) == ["SENT"]


def _token(now: Scene) -> str:
    page = signed_in(now.work.lead_officer).get(
        reverse("programme:instalment", args=[now.work.lead_instalment.pk])
    )
    found: str = page.context["token"]
    return found
