"""The board: its columns and cards, who may move what where, what a move writes, and how it is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.core.recording import unaudited
from khuevan.plain.calendar.deadline_rules import EachWeek, OnDate, as_plain
from khuevan.programme.actions import (
    accept_reply,
    add_step,
    add_web_evidence,
    move_step,
    save_reply_draft,
    send_reply,
)
from khuevan.programme.actions.board import DraftWaits, begin_instalment
from khuevan.programme.board_moves import check_can_move, moves_of
from khuevan.programme.board_queries import (
    BoardLine,
    instalment_board_lines,
    instalment_columns,
    step_columns,
)
from khuevan.programme.browse_queries import Sight
from khuevan.programme.lines import UnitName
from khuevan.programme.models import Instalment, Reply, Step, StepPrecedence, Task
from khuevan.programme.planning_lines import plan_label
from khuevan.programme.planning_scope import Scope, instalments_in
from khuevan.programme.presenters.board import Card, Move, card
from khuevan.programme.presenters.states import StateSign
from khuevan.programme.work_queries import current_of_each
from tests.factories.work import DAY, DUE, Office, assigned, at, office

pytestmark = pytest.mark.django_db

EVERYTHING = Scope(Sight(None))
PEOPLE = (
    "planner", "director", "deputy", "auditor", "lead_head", "lead_officer", "support_head", "support_officer",
    "other_officer",
)  # fmt: skip
FILM = "Tổ chức tuần phim Việt Nam giới thiệu Hà Nội với bạn bè quốc tế"


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


@pytest.fixture
def work() -> Office:
    return office()


def reported(work: Office, instalment: Instalment, by, on: date = DAY) -> Reply:
    with clock.stopped_at(at(on)):
        draft = save_reply_draft(by=by, instalment=instalment, outcome="DONE", text="Đã tổ chức xong.")
        add_web_evidence(by=by, reply=draft, url="https://example.vn/tin", title="Khai mạc", seen_date=on)
        return send_reply(by=by, reply=draft)


def another_task(work: Office, order: int, day: date | None = DUE) -> Task:
    with unaudited("a test's own task"):
        return Task.objects.create(
            plan=work.plan, section=work.task.section, ref=f"II.1.-{order + 1}", text=f"Việc số {order + 1}",
            order=order, deadline_rule=None if day is None else as_plain(OnDate(day)), read_in=work.task.read_in,
        )  # fmt: skip


def line_of(instalment: Instalment) -> BoardLine:
    return instalment_board_lines([instalment.pk])[instalment.pk]


# Columns


def counted(columns) -> dict[str, tuple[int, list[int]]]:
    return {column.code: (column.count, [line.pk for line in column.lines]) for column in columns}


def test_columns_hold_one_instalment_of_each_part_by_state_and_the_done_of_a_month(work):
    weekly = Task.objects.get(pk=another_task(work, 1).pk)
    with unaudited("a weekly task"):
        weekly.deadline_rule = as_plain(EachWeek(5))
        weekly.save()
    each = assigned(weekly, work.lead, "LEAD")
    undated = assigned(another_task(work, 2, None), work.lead, "LEAD")
    report = reported(work, work.support_instalment, work.support_officer)
    old = assigned(another_task(work, 3, date(2025, 4, 1)), work.lead, "LEAD")
    for row, when in ((old, date(2025, 5, 12)), (each, date(2025, 5, 13))):
        first = Instalment.objects.filter(assignment=row).order_by("due_date")[0]
        accepted = reported(work, first, work.lead_officer, when)
        with clock.stopped_at(at(when)):
            accept_reply(by=work.planner, reply=accepted)
    found = instalment_columns(EVERYTHING, DAY, {})
    weeks = Instalment.objects.filter(assignment=each).order_by("due_date")
    waiting = [weeks[1].pk, work.lead_instalment.pk, Instalment.objects.get(assignment=undated).pk]
    assert counted(found) == {
        # The second week of the weekly task alone, of thirty; without a day stands last.
        "WAITING": (3, waiting),
        "IN_PROGRESS": (0, []),
        "RETURNED": (0, []),
        "REPORTED": (1, [work.support_instalment.pk]),
        # Accepted on 13 May is thirty days ago, on 12 May no longer.
        "DONE": (1, [weeks[0].pk]),
    }
    shown = {pk for code, (_count, keys) in counted(found).items() if code != "DONE" for pk in keys}
    assert shown == set(current_of_each(instalments_in(EVERYTHING)).values_list("pk", flat=True))
    assert report.instalment_id in shown


def test_columns_are_cut_after_twenty_five_cards_and_their_counts_are_whole(work):
    for order in range(1, 28):
        assigned(another_task(work, order, DUE + timedelta(days=order)), work.other, "LEAD")
    whole = instalment_columns(EVERYTHING, DAY, {})[0]
    rest = instalment_columns(EVERYTHING, DAY, {"WAITING": 25})[0]
    beyond = instalment_columns(EVERYTHING, DAY, {"WAITING": 75})[0]
    assert [(column.count, column.offset, len(column.lines)) for column in (whole, rest, beyond)] == [
        (29, 0, 25), (29, 25, 4), (29, 75, 0),
    ]  # fmt: skip
    days = [line.due_date for line in (*whole.lines, *rest.lines)]
    assert days == sorted(days)


def test_step_columns_hold_steps_with_what_holds_them_up(work):
    with clock.stopped_at(at(DAY)):
        first = add_step(by=work.planner, task=work.task, unit=work.lead, title="Khảo sát", due_date=DUE)
        second = add_step(by=work.planner, task=work.task, unit=work.support, title="Dựng", after=[first])
    found = step_columns(EVERYTHING, DAY, {})
    assert counted(found) == {"TODO": (2, [first.pk, second.pk]), "DOING": (0, []), "DONE": (0, [])}
    assert [(line.text, line.waits, line.followed, line.lead) for line in found[0].lines] == [
        ("Khảo sát", False, False, work.lead.pk), ("Dựng", True, False, work.lead.pk),
    ]  # fmt: skip
    with clock.stopped_at(at(DAY)):
        move_step(by=work.lead_officer, step=first, state="DONE")
        move_step(by=work.support_officer, step=second, state="DOING")
    again = step_columns(EVERYTHING, DAY, {})
    assert [(line.followed, line.done_date) for line in again[2].lines] == [(True, DAY)]
    assert counted(step_columns(EVERYTHING, DAY + timedelta(days=31), {}))["DONE"] == (0, [])


def test_card_says_what_an_officer_needs(work):
    line = line_of(work.lead_instalment)
    key = work.lead_instalment.pk
    assert card(line, ("IN_PROGRESS", "REPORTED"), DAY) == Card(
        key, False, "WAITING", f"ky-han/{key}/", f"bang/ky-han/{key}/", FILM, "48/KH-SVHTT", 1, "TTBCXB",
        work.lead.name, "Chủ trì", "hạn 20/06/2025", StateSign("WAITING", "Chưa triển khai"), 0, False, False,
        (Move("IN_PROGRESS", "Đang thực hiện"), Move("REPORTED", "Báo hoàn thành")),
    )  # fmt: skip
    assert card(line, (), date(2025, 6, 25)).sign == StateSign("LATE", "trễ 5 ngày")
    assert card(line, (), date(2025, 6, 16)).when == "còn 4 ngày (20/06/2025)"
    assert card(line, (), DUE).when == "hạn hôm nay"
    step = BoardLine(
        5, True, 9, 3, "Dựng trang", 1, "48/KH", UnitName(2, "Văn phòng Sở"), "", None, "DONE", 0, 1,
        done_date=date(2025, 6, 2),
    )  # fmt: skip
    assert (card(step, (), DAY).path, card(step, (), DAY).when) == ("nhiem-vu/9/", "xong ngày 02/06/2025")


def test_plan_is_named_by_its_symbol_its_year_or_its_title():
    first = date(2025, 1, 1)
    labels = [plan_label("48/KH", first, "X"), plan_label("", first, "X"), plan_label("", None, "X")]
    assert labels == ["48/KH", "Kế hoạch 2025", "X"]


# Who may move what

UNIT_MOVES = {
    "WAITING": ("IN_PROGRESS", "REPORTED"), "IN_PROGRESS": ("REPORTED",), "RETURNED": ("IN_PROGRESS", "REPORTED"),
    "REPORTED": (), "DONE": (),
}  # fmt: skip
VERDICTS = {state: ("RETURNED", "DONE") if state == "REPORTED" else () for state in UNIT_MOVES}
NONE = dict.fromkeys(UNIT_MOVES, ())


@pytest.mark.parametrize(
    ("who", "of_lead", "of_support"),
    [
        ("planner", VERDICTS, VERDICTS),
        ("director", VERDICTS, VERDICTS),
        ("deputy", VERDICTS, VERDICTS),
        ("auditor", NONE, NONE),
        ("lead_head", UNIT_MOVES, VERDICTS),
        ("lead_officer", UNIT_MOVES, NONE),
        ("support_head", NONE, UNIT_MOVES),
        ("support_officer", NONE, UNIT_MOVES),
        ("other_officer", NONE, NONE),
    ],
)
def test_moves_are_offered_to_those_who_may_make_them(work, who, of_lead, of_support):
    person = getattr(work, who)
    for unit, role, expected in ((work.lead, "LEAD", of_lead), (work.support, "SUPPORT", of_support)):
        offered = {}
        for state in UNIT_MOVES:
            line = BoardLine(
                1,
                False,
                work.task.pk,
                1,
                "",
                1,
                "",
                UnitName(unit.pk, unit.name),
                role,
                DUE,
                state,
                0,
                work.lead.pk,
            )
            offered[state] = moves_of(person, line, DAY)
            # What is offered is allowed, what is not is refused with a sentence.
            for to in UNIT_MOVES:
                if to in offered[state]:
                    check_can_move(person, line, to, DAY)
                else:
                    with pytest.raises((PermissionDenied, ValidationError)) as refused:
                        check_can_move(person, line, to, DAY)
                    assert str(refused.value)
        assert offered == expected


@pytest.mark.parametrize(
    ("who", "moves"),
    [
        ("planner", ("DOING", "DONE")),
        ("director", ("DOING", "DONE")),
        ("auditor", ()),
        ("lead_head", ("DOING", "DONE")),
        ("lead_officer", ()),
        ("support_head", ("DOING", "DONE")),
        ("support_officer", ("DOING", "DONE")),
        ("other_officer", ()),
    ],
)
def test_steps_are_moved_by_their_unit_and_by_who_splits(work, who, moves):
    line = BoardLine(
        1,
        True,
        work.task.pk,
        1,
        "Dựng",
        1,
        "",
        UnitName(work.support.pk, "TTS"),
        "",
        DUE,
        "TODO",
        0,
        work.lead.pk,
    )
    assert moves_of(getattr(work, who), line, DAY) == moves


@pytest.mark.parametrize(
    ("values", "moves"),
    [
        ({"waits": True}, ()),
        ({"waits": True, "state": "DOING"}, ("TODO",)),
        ({"state": "DONE"}, ("TODO", "DOING")),
        ({"state": "DONE", "followed": True}, ()),
        ({"lead": None}, ()),
    ],
)
def test_steps_go_nowhere_that_the_order_of_steps_forbids(work, values, moves):
    plain: dict[str, Any] = {
        "state": "TODO",
        "lead": work.lead.pk,
        "waits": False,
        "followed": False,
        **values,
    }
    line = BoardLine(
        1, True, work.task.pk, 1, "Dựng", 1, "", UnitName(work.support.pk, "TTS"), "", DUE, plain["state"], 0,
        plain["lead"], waits=plain["waits"], followed=plain["followed"],
    )  # fmt: skip
    assert moves_of(work.support_officer, line, DAY) == moves


# What a move writes


def state_of(instalment: Instalment) -> tuple[str, int]:
    fresh = Instalment.objects.get(pk=instalment.pk)
    return fresh.state, fresh.percent


def test_beginning_sends_a_short_reply_that_keeps_the_percentage(work):
    with clock.stopped_at(at(DAY)):
        sent = begin_instalment(
            by=work.lead_officer, instalment=work.lead_instalment, text="Bắt đầu thực hiện."
        )
    assert (sent.state, sent.outcome, sent.percent, sent.text, sent.sent_by, sent.sent_at) == (
        "SENT", "IN_PROGRESS", 0, "Bắt đầu thực hiện.", work.lead_officer, at(DAY),
    )  # fmt: skip
    assert state_of(work.lead_instalment) == ("IN_PROGRESS", 0)
    told = AuditEntry.objects.filter(target_type__model__in=["reply", "instalment"]).values_list(
        "verb", "kind"
    )
    assert list(told) == [
        ("save_reply_draft", "CREATED"), ("send_reply", "CHANGED"), ("send_reply", "CHANGED"),
    ]  # fmt: skip


def test_beginning_without_a_sentence_writes_nothing(work):
    with pytest.raises(ValidationError):
        begin_instalment(by=work.lead_officer, instalment=work.lead_instalment, text="  ")
    assert (Reply.objects.count(), state_of(work.lead_instalment)) == (0, ("WAITING", 0))


def test_beginning_twice_is_refused_and_a_draft_is_kept(work):
    with clock.stopped_at(at(DAY)):
        begin_instalment(by=work.lead_officer, instalment=work.lead_instalment, text="Bắt đầu.")
        with pytest.raises(ValidationError, match="Đang thực hiện"):
            begin_instalment(by=work.lead_head, instalment=work.lead_instalment, text="Bắt đầu nữa.")
        save_reply_draft(by=work.support_officer, instalment=work.support_instalment, text="Bản nháp")
        with pytest.raises(DraftWaits):
            begin_instalment(by=work.support_head, instalment=work.support_instalment, text="Bắt đầu.")
    assert list(Reply.objects.order_by("pk").values_list("text", "state")) == [
        ("Bắt đầu.", "SENT"), ("Bản nháp", "DRAFT"),
    ]  # fmt: skip


def test_draft_is_told_to_nobody_outside_the_unit(work):
    save_reply_draft(by=work.support_officer, instalment=work.support_instalment, text="Bản nháp")
    for who in ("planner", "director", "lead_head", "other_officer", "auditor"):
        with pytest.raises(PermissionDenied) as refused:
            begin_instalment(by=getattr(work, who), instalment=work.support_instalment, text="Bắt đầu.")
        assert "nháp" not in str(refused.value)


# The page


def page(client, work: Office, name: str = "board", **query: str):
    args = [work.plan.pk] if name.startswith("plan_") else []
    with clock.stopped_at(at(DAY)):
        return client.get(reverse(f"programme:{name}", args=args, query=query or None))


def cards(response) -> dict[str, list[str]]:
    return {
        item["column"].code: [shown.unit for shown in item["column"].cards]
        for item in response.context["columns"]
        if item["column"].cards
    }


@pytest.mark.parametrize(
    ("who", "query", "expected"),
    [
        ("lead_officer", {}, {"WAITING": ["TTBCXB"]}),
        ("lead_officer", {"scope": "all"}, {"WAITING": ["TTBCXB", "TTS"]}),
        ("support_head", {}, {"WAITING": ["TTS"]}),
        ("other_officer", {"scope": "all"}, {}),
        ("director", {}, {"WAITING": ["TTBCXB", "TTS"]}),
        ("director", {"role": "LEAD"}, {"WAITING": ["TTBCXB"]}),
        ("planner", {}, {}),
        ("planner", {"scope": "all"}, {"WAITING": ["TTBCXB", "TTS"]}),
        ("auditor", {"after_WAITING": "25"}, {}),
        (
            "auditor",
            {"after_WAITING": "x", "after_DONE": "99999999999999999999"},
            {"WAITING": ["TTBCXB", "TTS"]},
        ),
    ],
)
def test_board_shows_whose_work_is_asked_for(client, work, who, query, expected):
    client.force_login(getattr(work, who))
    assert cards(page(client, work, **query)) == expected


@pytest.mark.parametrize("who", PEOPLE)
def test_board_of_a_plan_opens_to_those_who_see_it(client, work, who):
    client.force_login(getattr(work, who))
    response = page(client, work, "plan_board")
    if who == "other_officer":
        assert response.status_code == 404
    else:
        assert cards(response) == {"WAITING": ["TTBCXB", "TTS"]}


def test_board_offers_moves_in_a_form_that_works_without_script(client, work):
    client.force_login(work.lead_officer)
    html = page(client, work, scope="all").content.decode()
    assert f'<form method="get" action="{address(work.lead_instalment)}">' in html
    choices = (
        '<option value="IN_PROGRESS">Đang thực hiện</option><option value="REPORTED">Báo hoàn thành</option>'
    )
    assert choices in html
    # The other unit's card offers nothing: no form, and nothing to the script.
    other = address(work.support_instalment)
    assert f'action="{other}"' not in html
    assert f'id="card-i{work.support_instalment.pk}" data-moves="" data-url="{other}"' in html


def test_board_pages_a_long_column_and_keeps_what_was_asked_for(client, work):
    for order in range(1, 31):
        assigned(another_task(work, order), work.lead, "LEAD")
    client.force_login(work.lead_officer)
    first = page(client, work, scope="mine").context["columns"][0]
    assert (first["column"].count, first["column"].first, first["column"].last) == (31, 1, 25)
    assert (first["before_url"], first["after_url"]) == ("", "?scope=mine&after_WAITING=25")
    second = page(client, work, scope="mine", after_WAITING="25").context["columns"][0]
    assert (second["column"].first, second["column"].last, second["after_url"]) == (26, 31, "")
    assert second["before_url"] == "?scope=mine"


def test_board_of_steps_is_one_link_away(client, work):
    with clock.stopped_at(at(DAY)):
        add_step(by=work.planner, task=work.task, unit=work.support, title="Dựng trang", due_date=DUE)
    client.force_login(work.support_officer)
    response = page(client, work, cards="steps")
    assert cards(response) == {"TODO": ["TTS"]}
    assert [(link["url"], link["chosen"]) for link in response.context["cards_links"]] == [
        ("?", False), ("?cards=steps", True),
    ]  # fmt: skip
    assert [move.label for move in response.context["columns"][0]["column"].cards[0].moves] == [
        "Đang thực hiện", "Hoàn thành",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["director", "lead_head", "support_officer"])
@pytest.mark.parametrize("query", [{}, {"scope": "all"}, {"cards": "steps", "scope": "all"}])
def test_board_takes_the_same_queries_for_one_card_and_for_three(
    client, work, who, query, django_assert_num_queries
):
    def grow(orders: range) -> None:
        with unaudited("steps"):
            for order in orders:
                task = another_task(work, order, DUE + timedelta(days=order))
                assigned(task, work.lead, "LEAD")
                assigned(task, work.support)
                first = Step.objects.create(task=task, unit=work.support, title="Bước", due_date=DUE)
                then = Step.objects.create(task=task, unit=work.lead, title="Bước sau", due_date=DUE)
                StepPrecedence.objects.create(before=first, after=then)

    client.force_login(getattr(work, who))
    grow(range(1, 2))
    page(client, work, **query)  # content types and the like are read once a process
    with CaptureQueriesContext(connection) as asked:
        assert cards(page(client, work, **query))
    assert len(asked) < 20
    grow(range(2, 4))
    with django_assert_num_queries(len(asked)):
        page(client, work, **query)


# Moving


def address(instalment: Instalment) -> str:
    return reverse("programme:board_instalment", args=[instalment.pk])


def send(client, url: str, *, script: bool = False, **values: str):
    headers = {"accept": "application/json"} if script else {}
    with clock.stopped_at(at(DAY)):
        return client.post(url, values, headers=headers)


def ask(client, url: str, *, script: bool = False, **query: str):
    headers = {"accept": "application/json"} if script else {}
    with clock.stopped_at(at(DAY)):
        return client.get(url, query, headers=headers)


def test_moving_to_in_progress_asks_for_a_sentence_and_sends_it(client, work):
    client.force_login(work.lead_officer)
    url, back = address(work.lead_instalment), reverse("programme:board") + "?scope=all"
    form = ask(client, url, to="IN_PROGRESS", back=back)
    assert form.context["text"] == "Bắt đầu thực hiện."
    answer = send(client, url, to="IN_PROGRESS", back=back, text="Đã họp tổ công tác.")
    assert (answer.status_code, answer.headers["Location"]) == (302, back)
    assert list(Reply.objects.values_list("text", "state", "percent")) == [("Đã họp tổ công tác.", "SENT", 0)]
    assert state_of(work.lead_instalment) == ("IN_PROGRESS", 0)
    with clock.stopped_at(at(DAY)):
        html = client.get(back).content.decode()
    assert escape(f"Đã chuyển “{FILM}” sang cột “Đang thực hiện”.") in html


def test_moving_to_reported_leads_to_the_report(client, work):
    client.force_login(work.lead_officer)
    page_of = reverse("programme:instalment", args=[work.lead_instalment.pk])
    url = address(work.lead_instalment)
    assert ask(client, url, to="REPORTED").headers["Location"] == page_of
    assert send(client, url, to="REPORTED").headers["Location"] == page_of
    assert ask(client, url, script=True, to="REPORTED").json() == {"go": page_of}
    assert Reply.objects.count() == 0


def test_moving_where_a_draft_waits_leads_to_it(client, work):
    save_reply_draft(by=work.lead_head, instalment=work.lead_instalment, text="Đang viết", percent=30)
    client.force_login(work.lead_officer)
    page_of = reverse("programme:instalment", args=[work.lead_instalment.pk])
    url = address(work.lead_instalment)
    assert ask(client, url, to="IN_PROGRESS").headers["Location"] == page_of
    assert send(client, url, to="IN_PROGRESS", text="Bắt đầu.").headers["Location"] == page_of
    assert send(client, url, script=True, to="IN_PROGRESS", text="Bắt đầu.").json() == {"go": page_of}
    assert list(Reply.objects.values_list("text", "state")) == [("Đang viết", "DRAFT")]


def test_moving_a_report_accepts_it_or_returns_it_with_the_reason(client, work):
    reported(work, work.support_instalment, work.support_officer)
    client.force_login(work.lead_head)
    url = address(work.support_instalment)
    form = ask(client, url, to="RETURNED").content.decode()
    assert "Đã tổ chức xong." in form
    assert "1 minh chứng" in form
    refused = send(client, url, to="RETURNED", text="  ")
    assert (refused.status_code, refused.context["problem"]) == (
        422,
        "Hãy ghi rõ còn thiếu gì để đơn vị bổ sung.",
    )
    assert state_of(work.support_instalment)[0] == "REPORTED"
    assert send(client, url, to="RETURNED", text="Thiếu ảnh.").status_code == 302
    assert state_of(work.support_instalment)[0] == "RETURNED"
    reported(work, work.support_instalment, work.support_officer)
    assert send(client, url, script=True, to="DONE", text="Tốt.").json() == {
        "sentence": f"Đã chuyển “{FILM}” sang cột “Hoàn thành (30 ngày qua)”."
    }
    assert [(reply.state, reply.verdict) for reply in Reply.objects.order_by("pk")] == [
        ("RETURNED", "Thiếu ảnh."), ("ACCEPTED", "Tốt."),
    ]  # fmt: skip
    assert state_of(work.support_instalment) == ("DONE", 100)


def test_what_was_returned_goes_on_with_a_sentence_of_its_own(client, work):
    reply = reported(work, work.support_instalment, work.support_officer)
    client.force_login(work.director)
    send(client, address(work.support_instalment), to="RETURNED", text="Thiếu ảnh.")
    client.force_login(work.support_officer)
    form = ask(client, address(work.support_instalment), script=True, to="IN_PROGRESS").json()
    assert ">Đang bổ sung theo ý kiến trả lại.</textarea>" in form["form"]
    send(client, address(work.support_instalment), to="IN_PROGRESS", text="Đang bổ sung ảnh.")
    assert state_of(work.support_instalment) == ("IN_PROGRESS", 0)
    assert Reply.objects.get(pk=reply.pk).state == "RETURNED"


# Who gets how far: 404 hides the work, 403 gives the reason, 302 has done it.
SEES_BUT_MAY_NOT = dict.fromkeys(
    ("auditor", "lead_head", "lead_officer", "planner", "director", "deputy"), 403
)


@pytest.mark.parametrize("who", PEOPLE)
def test_beginning_another_units_work_is_refused_to_everyone_else(client, work, who):
    client.force_login(getattr(work, who))
    expected = {"other_officer": 404, "support_head": 302, "support_officer": 302, **SEES_BUT_MAY_NOT}[who]
    url = address(work.support_instalment)
    answer = send(client, url, to="IN_PROGRESS", text="Bắt đầu.")
    assert answer.status_code == expected
    if expected == 404:
        hidden = send(client, url, script=True, to="IN_PROGRESS", text="Bắt đầu.")
        assert (hidden.status_code, hidden.json()) == (
            404, {"sentence": "Không có việc này, hoặc không phải việc của đơn vị bạn."},
        )  # fmt: skip
    if expected == 403:
        assert "Chỉ người của chính đơn vị mới báo cáo thay cho đơn vị." in answer.content.decode()
        asked = send(client, url, script=True, to="IN_PROGRESS", text="Bắt đầu.")
        assert (asked.status_code, asked.json()) == (
            403, {"sentence": "Chỉ người của chính đơn vị mới báo cáo thay cho đơn vị."},
        )  # fmt: skip
    assert Reply.objects.count() == (1 if expected == 302 else 0)


@pytest.mark.parametrize("to", ["DONE", "RETURNED"])
@pytest.mark.parametrize("who", PEOPLE)
def test_verdicts_by_moving_a_card_are_given_by_those_who_judge(client, work, who, to):
    reported(work, work.support_instalment, work.support_officer)
    client.force_login(getattr(work, who))
    may = {"planner", "director", "deputy", "lead_head"}
    expected = 302 if who in may else 404 if who == "other_officer" else 403
    assert send(client, address(work.support_instalment), to=to, text="Ý kiến.").status_code == expected
    assert state_of(work.support_instalment)[0] == (to if who in may else "REPORTED")


@pytest.mark.parametrize("who", PEOPLE)
def test_page_of_a_move_opens_to_those_who_see_the_work(client, work, who):
    client.force_login(getattr(work, who))
    answer = ask(client, address(work.lead_instalment))
    assert answer.status_code == (404 if who == "other_officer" else 200)
    if who == "auditor":
        assert "Hiện bạn không chuyển thẻ này đi đâu được." in answer.content.decode()


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("WAITING", "Thẻ đang ở chính cột này."),
        ("DONE", "Chỉ nghiệm thu hoặc trả lại được việc đã báo hoàn thành."),
        ("CANCELLED", "Không chuyển thẻ từ “Chưa triển khai” sang “Không yêu cầu” được."),
        ("nonsense", "Hãy chọn nơi chuyển thẻ đến."),
        ("", "Hãy chọn nơi chuyển thẻ đến."),
    ],
)
def test_move_that_means_nothing_is_refused_with_the_sentence(client, work, to, sentence):
    client.force_login(work.lead_officer)
    answer = send(client, address(work.lead_instalment), to=to)
    assert answer.context["problem"] == sentence
    told = send(client, address(work.lead_instalment), script=True, to=to)
    assert (told.status_code >= 400, told.json()) == (True, {"sentence": sentence})
    assert state_of(work.lead_instalment) == ("WAITING", 0)


def test_task_without_a_lead_cannot_begin(client, work):
    row = assigned(another_task(work, 1), work.support)
    instalment = Instalment.objects.get(assignment=row)
    client.force_login(work.support_officer)
    assert moves_of(work.support_officer, line_of(instalment), DAY) == ()
    told = send(client, address(instalment), script=True, to="IN_PROGRESS", text="Bắt đầu.")
    assert (told.status_code, told.json()["sentence"][:38]) == (409, "Nhiệm vụ chưa có đơn vị chủ trì nên ch")


def test_card_that_was_moved_meanwhile_is_refused(client, work):
    with clock.stopped_at(at(DAY)):
        begin_instalment(by=work.lead_head, instalment=work.lead_instalment, text="Bắt đầu.")
    client.force_login(work.lead_officer)
    told = send(client, address(work.lead_instalment), script=True, to="IN_PROGRESS", text="Bắt đầu.")
    assert (told.status_code, told.json()) == (409, {"sentence": "Thẻ đang ở chính cột này."})
    assert Reply.objects.count() == 1


def test_instalments_that_are_no_longer_owed_are_not_found(client, work):
    key = work.lead_instalment.pk
    with unaudited("an ended assignment"):
        work.leading.ended_at, work.leading.ended_by, work.leading.end_reason = (
            at(DAY),
            work.planner,
            "Chuyển",
        )
        work.leading.save()
    client.force_login(work.planner)
    assert ask(client, reverse("programme:board_instalment", args=[key])).status_code == 404
    assert ask(client, reverse("programme:board_instalment", args=[999999])).status_code == 404


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_way_back_leads_to_no_other_site(client, work, back):
    client.force_login(work.lead_officer)
    answer = send(client, address(work.lead_instalment), to="IN_PROGRESS", text="Bắt đầu.", back=back)
    assert answer.headers["Location"] == reverse("programme:board")


def step_of(work: Office) -> Step:
    with clock.stopped_at(at(DAY)):
        return add_step(by=work.planner, task=work.task, unit=work.support, title="Dựng trang", due_date=DUE)


@pytest.mark.parametrize("who", PEOPLE)
def test_steps_are_moved_by_those_who_may(client, work, who):
    step = step_of(work)
    client.force_login(getattr(work, who))
    may = {"planner", "director", "deputy", "lead_head", "support_head", "support_officer"}
    url = reverse("programme:board_step", args=[step.pk])
    expected = 302 if who in may else 404 if who == "other_officer" else 403
    assert ask(client, url).status_code == (404 if expected == 404 else 200)
    assert send(client, url, to="DOING").status_code == expected
    assert Step.objects.get().state == ("DOING" if who in may else "TODO")


def test_step_that_waits_is_refused_with_what_it_waits_for(client, work):
    first = step_of(work)
    with clock.stopped_at(at(DAY)):
        then = add_step(by=work.planner, task=work.task, unit=work.support, title="Chạy thử", after=[first])
    client.force_login(work.support_officer)
    url = reverse("programme:board_step", args=[then.pk])
    told = send(client, url, script=True, to="DOING")
    assert (told.status_code, told.json()["sentence"]) == (
        422, "Bước này đứng sau “Dựng trang”, mà bước đó chưa xong.",
    )  # fmt: skip
    assert send(client, url, to="DOING").context["problem"] == told.json()["sentence"]
    done = send(client, reverse("programme:board_step", args=[first.pk]), script=True, to="DONE")
    assert done.json() == {"sentence": "Đã chuyển “Dựng trang” sang cột “Hoàn thành (30 ngày qua)”."}
    assert send(client, url, script=True, to="DOING").status_code == 200
    assert list(Step.objects.order_by("pk").values_list("state", flat=True)) == ["DONE", "DOING"]


def test_words_of_plans_and_people_are_escaped(client, work):
    with unaudited("hostile words"):
        Task.objects.filter(pk=work.task.pk).update(text="<script>alert(1)</script> & phim")
    client.force_login(work.lead_officer)
    url = address(work.lead_instalment)
    texts = [
        page(client, work).content.decode(),
        ask(client, url).content.decode(),
        ask(client, url, to="IN_PROGRESS").content.decode(),
        ask(client, url, script=True, to="IN_PROGRESS").json()["form"],
        send(client, url, to="IN_PROGRESS", text="<script>alert(2)</script>").content.decode(),
    ]
    assert [text for text in texts if "<script>alert" in text] == []
