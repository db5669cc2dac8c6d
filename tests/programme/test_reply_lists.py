"""The two lists: reports that wait to be accepted, and difficulties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.programme.actions import (
    accept_reply,
    answer_difficulty,
    assign_unit,
    end_assignment,
    save_reply_draft,
    send_reply,
    waive_instalment,
)
from khuevan.programme.choices import AssignmentRole, Outcome
from khuevan.programme.models import Difficulty, Instalment, Reply, Task
from tests.factories.work import DAY, at
from tests.programme.reply_scenes import PEOPLE, Scene, scene, signed_in

pytestmark = pytest.mark.django_db

TO_JUDGE = "/quan-tri/chuong-trinh/cho-nghiem-thu/"
DIFFICULTIES = "/quan-tri/chuong-trinh/kho-khan/"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with clock.stopped_at(at(DAY, 10)):
        yield


@pytest.fixture
def now() -> Scene:
    return scene()


def waiting(now: Scene, who: str) -> list[int]:
    response = signed_in(getattr(now.work, who)).get(TO_JUDGE)
    return [row["reply"].pk for row in response.context["rows"]] if response.status_code == 200 else []


def test_reports_wait_for_those_whose_turn_it_is(now: Scene) -> None:
    send_reply(by=now.work.lead_officer, reply=now.draft)
    assert {who: waiting(now, who) for who in PEOPLE} == {
        **{who: [] for who in PEOPLE},
        "lead_head": [now.waiting.pk],
        "planner": [now.draft.pk],
        "director": [now.draft.pk],
        "deputy": [now.draft.pk],
    }


def test_what_was_judged_waived_or_ended_waits_for_nobody(now: Scene) -> None:
    send_reply(by=now.work.lead_officer, reply=now.draft)
    accept_reply(by=now.work.planner, reply=now.draft)
    assert waiting(now, "planner") == []
    waive_instalment(by=now.work.director, instalment=now.work.support_instalment, reason="Hoãn.")
    assert waiting(now, "lead_head") == []


def test_ended_assignment_waits_for_nobody(now: Scene) -> None:
    end_assignment(by=now.work.planner, assignment=now.work.supporting, reason="Chuyển việc.")
    assert waiting(now, "lead_head") == []


def test_empty_list_says_so(now: Scene) -> None:
    assert "Không có báo cáo nào chờ bạn" in signed_in(now.work.planner).get(TO_JUDGE).content.decode()


def test_row_leads_to_report_and_verdicts_and_back(now: Scene) -> None:
    html = signed_in(now.work.lead_head).get(TO_JUDGE).content.decode()
    back = f"?next={TO_JUDGE}"
    assert f'href="{reverse("programme:instalment", args=[now.waiting.instalment_id])}{back}"' in html
    assert f'href="{reverse("programme:accept_reply", args=[now.waiting.pk])}{back}"' in html
    assert f'href="{reverse("programme:return_reply", args=[now.waiting.pk])}{back}"' in html


def listed(now: Scene, who: str, **query: Any) -> list[int]:
    response = signed_in(getattr(now.work, who)).get(DIFFICULTIES, query)
    return [row["item"].pk for row in response.context["rows"]]


def answerable(now: Scene, who: str) -> list[int]:
    response = signed_in(getattr(now.work, who)).get(DIFFICULTIES)
    return [row["item"].pk for row in response.context["rows"] if row["may_answer"]]


def test_difficulties_are_seen_with_their_tasks(now: Scene) -> None:
    one = [now.difficulty.pk]
    assert {who: listed(now, who) for who in PEOPLE} == {**dict.fromkeys(PEOPLE, one), "other_officer": []}
    assert {who: answerable(now, who) for who in PEOPLE} == {
        **{who: [] for who in PEOPLE}, "planner": one, "director": one, "deputy": one,
    }  # fmt: skip


def test_difficulty_of_a_draft_is_in_no_list(now: Scene) -> None:
    save_reply_draft(
        by=now.work.lead_officer, instalment=now.work.lead_instalment, text="Nháp", difficulty="Chưa gửi."
    )
    for who in ("lead_officer", "planner"):
        assert listed(now, who) == [now.difficulty.pk]
    own = signed_in(now.work.planner).get(DIFFICULTIES)
    assert "Chưa gửi." not in own.content.decode()


def test_answered_difficulties_are_listed_on_demand(now: Scene) -> None:
    answer_difficulty(by=now.work.planner, difficulty=now.difficulty, answer="Đã gửi công văn.")
    assert (listed(now, "auditor"), listed(now, "auditor", state="answered")) == ([], [now.difficulty.pk])
    assert listed(now, "other_officer", state="answered") == []
    empty = signed_in(now.work.auditor).get(DIFFICULTIES)
    assert "Không có khó khăn, vướng mắc nào chờ trả lời" in empty.content.decode()
    shown = signed_in(now.work.auditor).get(DIFFICULTIES, {"state": "answered"}).content.decode()
    assert "Đã gửi công văn." in shown


def second_difficulty(now: Scene) -> Difficulty:
    """One of the supporting unit, two days later."""
    waive_instalment(by=now.work.director, instalment=now.work.support_instalment, reason="Hoãn.")
    task = Task.objects.get(pk=now.work.task.pk)
    task.pk, task.order, task.ref, task._state.adding = None, 1, "II.1.-2", True
    with unaudited("a test's second task"):
        task.save()
    with clock.stopped_at(at(date(2025, 6, 14))):
        assign_unit(by=now.work.planner, task=task, unit=now.work.other, role=AssignmentRole.LEAD)
        row = assign_unit(by=now.work.planner, task=task, unit=now.work.support, role=AssignmentRole.SUPPORT)
        draft = save_reply_draft(
            by=now.work.support_officer,
            instalment=Instalment.objects.filter(assignment=row)[0],
            difficulty="Thiếu người.",
        )
        return send_reply(by=now.work.support_officer, reply=draft).difficulty


def test_difficulties_are_filtered_by_unit_and_plan(now: Scene) -> None:
    second = second_difficulty(now)
    assert listed(now, "planner") == [now.difficulty.pk, second.pk]
    assert listed(now, "planner", unit=now.work.support.pk) == [second.pk]
    assert listed(now, "planner", plan=now.work.plan.pk) == [now.difficulty.pk, second.pk]
    # A wish that is no choice counts as left out.
    assert listed(now, "planner", unit="999999", plan="x", state="?") == [now.difficulty.pk, second.pk]
    # A unit whose work is not seen is no choice: it would tell that it has difficulties.
    assert listed(now, "other_officer") == [second.pk]
    form = signed_in(now.work.other_officer).get(DIFFICULTIES).context["form"]
    assert [label for _key, label in form.fields["unit"].choices] == [
        "Tất cả đơn vị",
        "Phòng Truyền thông số",
    ]


def many(now: Scene, count: int, since: int = 0) -> None:
    """As many reports of completion with difficulties on the support's instalments, straight into the tables."""
    with unaudited("a test's many reports"):
        for number in range(since, since + count):
            day = date(2026, 1, 1) + timedelta(days=number)
            instalment = Instalment.objects.create(
                assignment=now.work.supporting,
                nominal_date=day,
                due_date=day,
                state="REPORTED",
                percent=100,
                reported_date=DAY,
            )
            reply = Reply.objects.create(
                instalment=instalment,
                state="SENT",
                outcome=Outcome.DONE,
                percent=100,
                text="Xong.",
                written_by=now.work.support_officer,
                sent_by=now.work.support_officer,
                sent_at=at(DAY, 9, number % 60),
            )
            Difficulty.objects.create(reply=reply, text=f"Khó khăn {number}")


@pytest.mark.parametrize(
    ("url", "who", "queries"),
    [
        (TO_JUDGE, "lead_head", 15), (TO_JUDGE, "planner", 11), (DIFFICULTIES, "lead_head", 16),
        (DIFFICULTIES, "auditor", 11),
    ],
)  # fmt: skip
def test_lists_take_the_same_queries_whatever_their_length(
    now: Scene, url: str, who: str, queries: int, django_assert_num_queries: Any
) -> None:
    send_reply(by=now.work.lead_officer, reply=now.draft)
    client = signed_in(getattr(now.work, who))
    for since, more in ((0, 1), (1, 2)):
        many(now, more, since)
        client.get(url)
        with django_assert_num_queries(queries):
            assert client.get(url).status_code == 200


def test_lists_have_pages_of_fifty(now: Scene) -> None:
    many(now, 60)
    client = signed_in(now.work.lead_head)
    for url in (TO_JUDGE, DIFFICULTIES):
        first, second = client.get(url), client.get(url, {"page": 2})
        assert [len(answer.context["rows"]) for answer in (first, second)] == [50, 11], url
        assert 'href="?page=2"' in first.content.decode()


def test_menu_leads_to_the_lists(now: Scene) -> None:
    shown = {}
    for who in PEOPLE:
        html = signed_in(getattr(now.work, who)).get("/quan-tri/").content.decode()
        shown[who] = (TO_JUDGE in html, DIFFICULTIES in html)
    judges = {"lead_head", "support_head", "planner", "director", "deputy"}
    assert shown == {who: (who in judges, True) for who in PEOPLE}
