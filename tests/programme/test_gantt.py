"""The Gantt chart: spans, lines between them, the rows that are drawn, and its page by role and size."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.plain.calendar.deadline_rules import EachPeriod, EachWeek, OnDate, as_plain
from khuevan.programme.actions import add_step, put_after, save_reply_draft, send_reply
from khuevan.programme.lines import SectionLine, UnitName
from khuevan.programme.models import Step, StepPrecedence, Task, TaskPrecedence
from khuevan.programme.planning_lines import PlannedDay, PlannedStep, PlannedTask, Planning
from khuevan.programme.planning_queries import planning_of
from khuevan.programme.presenters.gantt import BrokenLink, Frame, gantt, tet_bands
from khuevan.programme.presenters.gantt_html import drawn_groups, table_rows
from khuevan.programme.presenters.gantt_links import Along, Down, Ends, Head, Link, Pieces, links_of_bands
from khuevan.programme.presenters.gantt_spans import DueSign, Span, span_of_step, span_of_task, why_broken
from khuevan.programme.presenters.gantt_track import Bar, Mark, band_html, track_html
from khuevan.programme.presenters.states import StateSign
from khuevan.programme.presenters.timeline import SLOTS, Stretch, axis_of, month_axis
from tests.factories.large_programme import large_programme
from tests.factories.people import UserFactory
from tests.factories.work import DAY, DUE, Office, assigned, at, office

FIRST, LAST = date(2025, 3, 10), date(2025, 12, 31)
PRESS = UnitName(1, "Phòng Thông tin – Báo chí – Xuất bản", "TTBCXB")
WHOLE = axis_of(date(2025, 1, 1), LAST, [], DAY)
FRAME = Frame(WHOLE, FIRST, LAST, DAY)


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def a_task(pk: int, *days: PlannedDay, **values: object) -> PlannedTask:
    plain = {"pk": pk, "number": pk, "text": f"Việc số {pk} của kế hoạch", "lead": PRESS, "section": 20}
    return PlannedTask(**{**plain, **values}, days=days)  # type: ignore[arg-type]


def span(task: PlannedTask) -> Span:
    return span_of_task(task, FIRST, LAST, DAY)


# From when to when


def test_span_of_a_task_due_once_runs_from_the_signing_to_its_day() -> None:
    due = date(2025, 6, 20)
    assert span(a_task(1, PlannedDay(due, "IN_PROGRESS", 40), rule=OnDate(due))) == Span(
        FIRST, due, "20/06/2025", (DueSign(due, StateSign("IN_PROGRESS", "Đang thực hiện")),),
        StateSign("IN_PROGRESS", "Đang thực hiện"), 40, due,
    )  # fmt: skip


def test_span_begins_on_the_tasks_own_day_and_never_after_its_deadline() -> None:
    due = date(2025, 6, 20)
    later = a_task(1, PlannedDay(due, "WAITING"), rule=OnDate(due), start_date=date(2025, 5, 5))
    assert span(later).start == date(2025, 5, 5)
    before = a_task(2, PlannedDay(date(2025, 2, 1), "DONE"), rule=OnDate(date(2025, 2, 1)))
    assert (span(before).start, span(before).end) == (date(2025, 2, 1), date(2025, 2, 1))


def test_span_of_what_recurs_is_the_plans_with_a_sign_a_day_and_the_next_day_in_words() -> None:
    days = (
        PlannedDay(date(2025, 3, 31), "DONE", 100), PlannedDay(date(2025, 6, 30), "WAITING"),
        PlannedDay(date(2025, 9, 30), "CANCELLED"), PlannedDay(date(2025, 12, 31), "WAITING"),
    )  # fmt: skip
    found = span(a_task(1, *days, rule=EachPeriod("QUARTER", 3)))
    assert (found.start, found.end, found.recurs, found.next_due, found.percent) == (
        FIRST, LAST, True, date(2025, 6, 30), 33,
    )  # fmt: skip
    assert found.due == "30/06/2025 · xong 1/3 kỳ"
    assert [item.sign.code for item in found.signs] == ["DONE", "WAITING", "CANCELLED", "WAITING"]


def test_span_that_is_late_counts_from_its_earliest_owed_day_though_a_report_waits() -> None:
    days = (PlannedDay(date(2025, 5, 30), "REPORTED", 100), PlannedDay(date(2025, 6, 6), "RETURNED", 50))
    found = span(a_task(1, *days, rule=EachWeek(5)))
    assert (found.sign, found.next_due, found.late) == (
        StateSign("LATE", "trễ 6 ngày"), date(2025, 6, 6), 6,
    )  # fmt: skip


def test_span_without_a_deadline_has_no_end() -> None:
    found = span(a_task(1, PlannedDay(None, "IN_PROGRESS", 20)))
    assert (found.end, found.due, found.signs, found.percent) == (None, "chưa có thời hạn", (), 20)
    assert span(a_task(2, PlannedDay(None, "DONE", 100))).done


@pytest.mark.parametrize(
    ("values", "days"),
    [
        # Without a lead nobody owes it: the rule says when it would be due, brought to a working day.
        ({"rule": OnDate(date(2025, 11, 15))}, ["2025-11-14"]),
        ({"rule": EachPeriod("HALF_YEAR", 6, 15)}, ["2025-06-13", "2025-12-15"]),
        # A day before the plan was signed is owed all the same.
        ({"rule": OnDate(date(2025, 2, 3))}, ["2025-02-03"]),
        # An import from before there were rules: what its words say.
        ({"due_date": date(2025, 11, 15)}, ["2025-11-15"]),
        ({"recurrence": "QUARTERLY"}, ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]),
        (
            {"recurrence": "QUARTERLY", "due_date": date(2025, 11, 15)},
            ["2025-03-31", "2025-06-30", "2025-09-30", "2025-11-15", "2025-12-31"],
        ),
        ({"recurrence": "CONTINUOUS"}, []),
        ({}, []),
        # A calendar that reaches to 2100 knows no day after it.
        ({"rule": OnDate(date(2150, 1, 1))}, []),
    ],
)
def test_span_of_a_task_without_a_lead_follows_its_rule_or_its_words(
    values: dict[str, object], days: list[str]
) -> None:
    found = span(a_task(1, lead=None, **values))
    assert [item.day.isoformat() for item in found.signs] == days


def test_span_of_a_step_takes_from_its_task_what_it_leaves_open() -> None:
    whole = span(a_task(1, PlannedDay(DUE, "WAITING"), rule=OnDate(DUE), start_date=date(2025, 4, 1)))
    bare = PlannedStep(1, 1, PRESS, "Khảo sát", "TODO")
    assert span_of_step(bare, whole, DAY) == Span(
        date(2025, 4, 1), None, "chưa có thời hạn", (), StateSign("TODO", "Chưa triển khai"), 0
    )
    late = PlannedStep(2, 1, PRESS, "Dựng", "DOING", date(2025, 6, 1), date(2025, 6, 10))
    assert span_of_step(late, whole, DAY) == Span(
        date(2025, 6, 1), date(2025, 6, 10), "10/06/2025",
        (DueSign(date(2025, 6, 10), StateSign("LATE", "trễ 2 ngày")),), StateSign("LATE", "trễ 2 ngày"), 50,
        date(2025, 6, 10), False, 2,
    )  # fmt: skip


def one_day(day: date, state: str = "WAITING") -> Span:
    return span(a_task(1, PlannedDay(day, state), rule=OnDate(day)))


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (one_day(date(2025, 7, 1)), one_day(date(2025, 8, 1)), ""),
        (one_day(date(2025, 8, 1)), one_day(date(2025, 7, 1)), "ORDER"),
        (one_day(date(2025, 7, 1)), one_day(date(2025, 7, 1)), ""),
        (one_day(date(2025, 6, 2)), one_day(date(2025, 8, 1)), "LATE"),
        # What is done holds nobody up, and who is done waits for nobody.
        (one_day(date(2025, 6, 2), "DONE"), one_day(date(2025, 5, 1)), ""),
        (one_day(date(2025, 6, 2)), one_day(date(2025, 5, 1), "DONE"), ""),
        # Reported in time, and not accepted yet: not late.
        (one_day(date(2025, 6, 2), "REPORTED"), one_day(date(2025, 8, 1)), ""),
        # Without an end there is nothing to come before.
        (span(a_task(1, PlannedDay(None, "WAITING"))), one_day(date(2025, 7, 1)), ""),
        (one_day(date(2025, 7, 1)), span(a_task(1, PlannedDay(None, "WAITING"))), ""),
        (
            span(a_task(1, PlannedDay(date(2025, 9, 30), "WAITING"), rule=EachPeriod("QUARTER", 3))),
            one_day(date(2025, 7, 1)),
            "",
        ),
    ],
)
def test_dependency_breaks_where_the_forerunner_is_late_or_due_after_the_follower(
    before: Span, after: Span, why: str
) -> None:
    assert why_broken(before, after) == why


# The lines


def test_line_comes_to_a_later_bar_from_the_left() -> None:
    assert links_of_bands([Link(0, 2, Ends(0, 100), Ends(150, 200))], 3) == [
        Pieces([Along(100, 103)], [Down(103, "BOTTOM")]),
        Pieces([], [Down(103, "WHOLE")]),
        Pieces([Along(103, 150)], [Down(103, "TOP")], [Head("RIGHT", 150)]),
    ]


def test_line_falls_on_a_running_bar_and_comes_to_an_ended_one_from_the_right() -> None:
    running = links_of_bands([Link(0, 1, Ends(0, 100), Ends(50, 200))], 2)
    assert running[1] == Pieces([], [Down(103, "TOP")], [Head("DOWN", 103)])
    ended = links_of_bands([Link(0, 1, Ends(0, 100), Ends(0, 60), broken=True)], 2)
    assert ended[1] == Pieces(
        [Along(60, 103, broken=True)], [Down(103, "TOP", broken=True)], [Head("LEFT", 60, broken=True)]
    )


def test_line_to_a_row_above_goes_up() -> None:
    assert links_of_bands([Link(2, 0, Ends(0, 100), Ends(50, 200))], 3) == [
        Pieces([], [Down(103, "BOTTOM")], [Head("UP", 103)]),
        Pieces([], [Down(103, "WHOLE")]),
        Pieces([Along(100, 103)], [Down(103, "TOP")]),
    ]


def test_line_into_a_gap_narrower_than_its_turn_goes_straight_down_before_it() -> None:
    assert links_of_bands([Link(0, 1, Ends(0, 100), Ends(102, 200))], 2) == [
        Pieces([], [Down(100, "BOTTOM")]),
        Pieces([Along(100, 102)], [Down(100, "TOP")], [Head("RIGHT", 102)]),
    ]


def test_lines_that_run_together_are_drawn_once() -> None:
    links = [Link(0, 2, Ends(0, 100), Ends(150, 200)), Link(0, 3, Ends(0, 100), Ends(150, 200))]
    assert links_of_bands(links, 4) == [
        Pieces([Along(100, 103)], [Down(103, "BOTTOM")]),
        Pieces([], [Down(103, "WHOLE")]),
        Pieces([Along(103, 150)], [Down(103, "TOP"), Down(103, "WHOLE")], [Head("RIGHT", 150)]),
        Pieces([Along(103, 150)], [Down(103, "TOP")], [Head("RIGHT", 150)]),
    ]


@given(
    st.integers(0, 6),
    st.integers(0, 6),
    st.tuples(*[st.integers(0, SLOTS)] * 4),
    st.booleans(),
)
def test_line_is_whole_from_bar_to_bar_and_nowhere_else(
    source: int, target: int, places: tuple[int, int, int, int], broken: bool
) -> None:
    first, second = sorted(places[:2]), sorted(places[2:])
    if source == target:
        return
    found = links_of_bands([Link(source, target, Ends(*first), Ends(*second), broken)], 7)
    # It runs at one place, through half of the rows of its ends and the whole of those between.
    upper, lower = min(source, target), max(source, target)
    assert [[piece.part for piece in pieces.down] for pieces in found] == [
        ["BOTTOM"] if row == upper else ["TOP"] if row == lower else ["WHOLE"] if upper < row < lower else []
        for row in range(7)
    ]
    (place,) = {piece.x for pieces in found for piece in pieces.down}
    # Where it runs from the bar's end to there, and from there to the tip, nothing is missing.
    leaving = found[source].along
    assert leaving == ([Along(first[1], place, broken)] if first[1] < place else [])
    (head,) = found[target].heads
    arriving = found[target].along
    assert arriving == ([] if head.x == place else [Along(min(head.x, place), max(head.x, place), broken)])
    assert [pieces.heads for row, pieces in enumerate(found) if row != target] == [[]] * 6
    assert second[0] <= head.x <= second[1]
    assert 0 <= place <= SLOTS


# What is drawn


def test_track_draws_lines_below_the_bar_its_filling_marks_and_heads() -> None:
    pieces = links_of_bands([Link(0, 1, Ends(0, 100), Ends(150, 200), broken=True)], 2)[1]
    html = track_html(Bar(151, 201, 176, "LATE", 230), [Mark("LATE", 200, "20/06/2025: trễ & sai")], pieces)
    assert html == (
        '<i class="pg-gantt-along pg-gantt-broken from-104 to-151"></i>'
        '<i class="pg-gantt-down pg-gantt-TOP pg-gantt-broken from-104 to-105"></i>'
        '<i class="pg-gantt-bar pg-gantt-LATE from-151 to-201"></i>'
        '<i class="pg-gantt-fill pg-gantt-LATE from-151 to-176"></i>'
        '<i class="pg-gantt-overrun from-201 to-230"></i>'
        '<i class="pg-gantt-mark pg-state-LATE from-200 to-201" title="20/06/2025: trễ &amp; sai"></i>'
        '<i class="pg-gantt-head pg-gantt-RIGHT pg-gantt-broken from-151 to-152"></i>'
    )
    assert " style=" not in html


def test_line_at_the_end_of_the_axis_is_the_edge_of_its_last_slot() -> None:
    assert band_html(Pieces([], [Down(SLOTS, "WHOLE")])) == (
        '<i class="pg-gantt-down pg-gantt-WHOLE pg-gantt-end from-366 to-367"></i>'
    )


SECTIONS = (
    SectionLine(10, None, "II", "NỘI DUNG"),
    SectionLine(20, 10, "1", "Ban hành văn bản"),
    SectionLine(30, 10, "2", "Tuyên truyền"),
)


def test_chart_has_a_group_a_section_with_rows_in_order_and_steps_below_their_task() -> None:
    planning = Planning(
        (
            a_task(1, PlannedDay(DUE, "WAITING"), rule=OnDate(DUE)),
            a_task(2, PlannedDay(date(2025, 6, 2), "WAITING"), rule=OnDate(date(2025, 6, 2)), section=30),
            a_task(3, lead=None, section=None),
        ),
        (
            PlannedStep(7, 1, PRESS, "Khảo sát", "DONE", None, date(2025, 5, 1)),
            PlannedStep(8, 1, PRESS, "Dựng", "TODO"),
        ),
        ((1, 2),), ((7, 8),), SECTIONS,
    )  # fmt: skip
    shown = gantt(planning, FRAME, with_steps=True)
    assert [
        (group.key, group.title, group.above, group.tasks, group.late, [row.key for row in group.rows])
        for group in shown.groups
    ] == [
        ("p0", "Không thuộc mục nào", "", 1, 0, ["t3"]),
        ("p20", "1. Ban hành văn bản", "II. NỘI DUNG", 1, 0, ["t1", "s7", "s8"]),
        ("p30", "2. Tuyên truyền", "II. NỘI DUNG", 1, 1, ["t2"]),
    ]
    rows = {row.key: row for group in shown.groups for row in group.rows}
    assert [(row.start, row.due, row.sign.label, row.percent, row.waits_for) for row in rows.values()] == [
        ("10/03/2025", "chưa có thời hạn", "Chưa triển khai", 0, ""),
        ("10/03/2025", "20/06/2025", "Chưa triển khai", 0, ""),
        ("10/03/2025", "01/05/2025", "Hoàn thành", 100, ""),
        ("10/03/2025", "chưa có thời hạn", "Chưa triển khai", 0, "Khảo sát"),
        ("10/03/2025", "02/06/2025", "trễ 10 ngày", 0, "1"),
    ]
    # The line from the first task to the second passes the heading between them.
    assert (
        shown.groups[2].band == '<i class="pg-gantt-down pg-gantt-WHOLE pg-gantt-broken from-175 to-176"></i>'
    )
    without = gantt(planning, FRAME, with_steps=False)
    assert [row.key for group in without.groups for row in group.rows] == ["t3", "t1", "t2"]


def test_chart_says_in_words_what_does_not_hold() -> None:
    late, due = date(2025, 6, 2), date(2025, 8, 1)
    planning = Planning(
        (
            a_task(1, PlannedDay(late, "WAITING"), rule=OnDate(late)),
            a_task(2, PlannedDay(due, "WAITING"), rule=OnDate(due)),
            a_task(3, PlannedDay(date(2025, 7, 1), "WAITING"), rule=OnDate(date(2025, 7, 1))),
        ),
        (
            PlannedStep(7, 2, PRESS, "Khảo sát", "TODO", None, date(2025, 6, 5)),
            PlannedStep(8, 2, PRESS, "Dựng", "TODO"),
        ),
        ((1, 2), (2, 3)), ((7, 8),), SECTIONS,
    )  # fmt: skip
    assert gantt(planning, FRAME, with_steps=False).broken == (
        BrokenLink(
            2, "Nhiệm vụ 2. Việc số 2 của kế hoạch",
            "phải chờ nhiệm vụ 1 (Việc số 1 của kế hoạch), đang trễ 10 ngày.",
        ),
        BrokenLink(
            3, "Nhiệm vụ 3. Việc số 3 của kế hoạch",
            "đến hạn 01/07/2025, sớm hơn nhiệm vụ 2 (Việc số 2 của kế hoạch) mà nó phải chờ (hạn 01/08/2025).",
        ),
        BrokenLink(2, "Nhiệm vụ 2, bước “Dựng”", "phải chờ bước “Khảo sát”, đang trễ 7 ngày."),
    )  # fmt: skip


def test_chart_of_a_month_leaves_out_what_does_not_run_then_and_counts_it() -> None:
    planning = Planning(
        (
            a_task(1, PlannedDay(date(2025, 5, 2), "DONE", 100), rule=OnDate(date(2025, 5, 2))),
            a_task(2, PlannedDay(date(2025, 5, 2), "WAITING"), rule=OnDate(date(2025, 5, 2))),
            a_task(
                3, PlannedDay(date(2025, 9, 1), "WAITING"), rule=OnDate(date(2025, 9, 1)),
                start_date=date(2025, 8, 1),
            ),
            a_task(4, PlannedDay(DUE, "IN_PROGRESS", 50), rule=OnDate(DUE)),
        ),
        (), (), (), SECTIONS,
    )  # fmt: skip
    shown = gantt(planning, Frame(month_axis(DAY), FIRST, LAST, DAY), with_steps=True)
    assert ([row.key for group in shown.groups for row in group.rows], shown.outside) == (["t2", "t4"], 2)
    late, running = (row.track for group in shown.groups for row in group.rows)
    # Due in May and not done: only the days since then lie in June, up to today, the twelfth.
    assert re.findall(r'class="(pg-gantt-[^"]*)"', late) == ["pg-gantt-overrun from-1 to-135"]
    # Half of the time from March to 20 June lies before June.
    assert re.findall(r'class="(pg-gantt-(?:bar|fill)[^"]*)"', running) == ["pg-gantt-bar from-1 to-245"]


def test_bar_is_filled_by_the_share_that_is_done() -> None:
    day = date(2025, 12, 31)
    task = a_task(1, PlannedDay(day, "IN_PROGRESS", 50), rule=OnDate(day), start_date=date(2025, 1, 1))
    row = gantt(Planning((task,), sections=SECTIONS), FRAME, with_steps=True).groups[0].rows[0]
    assert re.findall(r"pg-gantt-(bar|fill) from-(\d+) to-(\d+)", row.track) == [
        ("bar", "1", "367"), ("fill", "1", "183"),
    ]  # fmt: skip


def test_tet_is_a_band_of_its_days_off() -> None:
    # 27 to 31 January 2025: days 27 to 31 of 365 on 366 slots.
    assert tet_bands(WHOLE) == (Stretch(27, 32, "Tết"),)
    assert tet_bands(month_axis(date(2025, 5, 1))) == ()


def test_rows_escape_what_plans_and_people_wrote() -> None:
    hostile = "<script>alert(1)</script>"
    unit = UnitName(1, hostile)
    planning = Planning(
        (a_task(1, text=hostile, lead=unit),), (PlannedStep(2, 1, unit, hostile, "TODO"),), sections=SECTIONS
    )
    groups = gantt(planning, FRAME, with_steps=True).groups
    html = drawn_groups(groups, "/nhiem-vu/")[0].rows + table_rows(groups, "/nhiem-vu/")
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 8


# The page


@pytest.fixture
def work(db: None) -> Office:
    return office()


def chart(client, work: Office, **query: str):
    with clock.stopped_at(at(DAY)):
        return client.get(reverse("programme:timeline", args=[work.plan.pk], query=query or None))


def second_task(work: Office, rule: OnDate) -> Task:
    with unaudited("a test's second task"):
        return Task.objects.create(
            plan=work.plan, section=work.task.section, ref="II.1.-2", text="Họp báo giới thiệu tuần phim.",
            order=1, deadline_rule=as_plain(rule), read_in=work.task.read_in,
        )  # fmt: skip


@pytest.mark.django_db
def test_page_draws_tasks_steps_and_what_waits_for_what(client, work):
    after = second_task(work, OnDate(date(2025, 6, 16)))
    with clock.stopped_at(at(DAY)):
        put_after(by=work.planner, before=work.task, after=after)
        first = add_step(
            by=work.planner, task=work.task, unit=work.lead, title="Khảo sát", due_date=date(2025, 6, 10)
        )
        add_step(by=work.planner, task=work.task, unit=work.support, title="Dựng trang", after=[first])
        draft = save_reply_draft(
            by=work.lead_officer, instalment=work.lead_instalment, percent=40, text="Đang làm"
        )
        send_reply(by=work.lead_officer, reply=draft)
    client.force_login(work.planner)
    response = chart(client, work)
    html = response.content.decode()
    rows = [row for group in response.context["gantt"].groups for row in group.rows]
    assert [(row.title, row.unit and row.unit.short_name, row.percent, row.waits_for) for row in rows] == [
        ("Tổ chức tuần phim Việt Nam giới thiệu Hà Nội với bạn bè quốc tế", "TTBCXB", 40, ""),
        ("Khảo sát", "TTBCXB", 0, ""),
        ("Dựng trang", "TTS", 0, "Khảo sát"),
        ("Họp báo giới thiệu tuần phim", None, 0, "1"),
    ]
    assert [link.why for link in response.context["gantt"].broken] == [
        "đến hạn 16/06/2025, sớm hơn nhiệm vụ 1 (Tổ chức tuần phim Việt Nam giới thiệu Hà Nội với bạn bè quốc tế) "
        "mà nó phải chờ (hạn 20/06/2025).",
        "phải chờ bước “Khảo sát”, đang trễ 2 ngày.",
    ]
    assert "2 quan hệ chờ đợi đang lệch tiến độ" in html
    assert ">12/06/2025</b>" in html
    hidden = chart(client, work, steps="0")
    assert [row.key for group in hidden.context["gantt"].groups for row in group.rows] == [
        f"t{work.task.pk}", f"t{after.pk}",
    ]  # fmt: skip


@pytest.mark.django_db
def test_person_of_a_unit_sees_neither_other_tasks_nor_lines_to_them(client, work):
    other = second_task(work, OnDate(date(2025, 6, 16)))
    assigned(other, work.other, "LEAD")
    with clock.stopped_at(at(DAY)):
        put_after(by=work.planner, before=other, after=work.task)
        add_step(by=work.planner, task=other, unit=work.other, title="Bước của đơn vị khác")
    client.force_login(work.support_officer)
    response = chart(client, work)
    shown = response.context["gantt"]
    assert [row.key for group in shown.groups for row in group.rows] == [f"t{work.task.pk}"]
    assert (shown.broken, shown.groups[0].rows[0].waits_for) == ((), "")
    html = response.content.decode()
    assert "Họp báo" not in html
    assert "Bước của đơn vị khác" not in html
    client.force_login(work.other_officer)
    assert "tuần phim Việt Nam" not in chart(client, work).content.decode()


SEES = (
    "planner",
    "director",
    "deputy",
    "auditor",
    "lead_head",
    "lead_officer",
    "support_head",
    "support_officer",
)


@pytest.mark.django_db
@pytest.mark.parametrize("who", [*SEES, "other_officer"])
def test_page_opens_to_those_who_see_a_task_of_the_plan(client, work, who):
    client.force_login(getattr(work, who))
    assert chart(client, work).status_code == (200 if who in SEES else 404)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "name", "before", "after"),
    [
        ({"scale": "quarter"}, "Quý II/2025", "Quý I/2025", "Quý III/2025"),
        ({"scale": "month", "at": "2025-01-20"}, "Tháng 1/2025", None, "Tháng 2/2025"),
        # Days outside the plan and words that are no day lead to its edge and to today.
        ({"scale": "quarter", "at": "2031-01-01"}, "Quý IV/2025", "Quý III/2025", None),
        ({"scale": "month", "at": "hôm nay"}, "Tháng 6/2025", "Tháng 5/2025", "Tháng 7/2025"),
        ({"scale": "tuần"}, "01/01/2025 – 31/12/2025", None, None),
    ],
)
def test_page_at_a_scale_names_its_stretch_and_the_ones_beside(client, work, query, name, before, after):
    client.force_login(work.planner)
    context = chart(client, work, **query).context
    assert context["stretch"] == name
    assert [(context.get(side) or {}).get("label") for side in ("before", "after")] == [before, after]


def filled(work: Office, count: int) -> None:
    """The plan with `count` more tasks, each led by the same unit, with a step, one after the other."""
    with unaudited("a test's own tasks"):
        last: Task | None = None
        for number in range(count):
            task = second_task(work, OnDate(DUE + timedelta(days=number)))
            assigned(task, work.lead, "LEAD")
            step = Step.objects.create(task=task, unit=work.lead, title=f"Bước {number}")
            then = Step.objects.create(task=task, unit=work.lead, title=f"Bước sau {number}", order=1)
            StepPrecedence.objects.create(before=step, after=then)
            if last is not None:
                TaskPrecedence.objects.create(before=last, after=task)
            last = task


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["planner", "lead_head"])
def test_page_takes_the_same_queries_for_one_task_and_for_three(client, work, who, django_assert_num_queries):
    client.force_login(getattr(work, who))
    chart(client, work)  # content types and the like are read once a process
    with CaptureQueriesContext(connection) as asked:
        assert chart(client, work).status_code == 200
    assert len(asked) < 20
    filled(work, 3)
    with django_assert_num_queries(len(asked)):
        assert len(chart(client, work).context["gantt"].groups[0].rows) == 10


@pytest.mark.django_db
def test_chart_of_five_hundred_tasks_reads_four_queries(django_assert_num_queries):
    plan = large_programme(UserFactory(), 500, 60)
    with django_assert_num_queries(4):
        planning = planning_of(plan, Task.objects.filter(plan=plan))
    assert (len(planning.tasks), planning.tasks[1].lead.name) == (500, "Phòng Chuyên môn số 1")
