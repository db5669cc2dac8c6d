"""The month calendar: its weeks, what falls due in them, whose it is, and how much of it a day shows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.plain.calendar.deadline_rules import OnDate, as_plain
from khuevan.programme.actions import add_step, save_reply_draft
from khuevan.programme.browse_queries import Sight, sight_of
from khuevan.programme.calendar_queries import NOTHING, DueDay, DueEntry, due_days, entries_of_day
from khuevan.programme.lines import UnitName
from khuevan.programme.models import Instalment, Step, Task
from khuevan.programme.permissions import answering_unit_ids, reads_all
from khuevan.programme.planning_scope import Scope, instalments_in, steps_in, units_in
from khuevan.programme.presenters.calendar import Entry, entry, grid_of, month, weekday
from khuevan.programme.presenters.states import StateSign
from khuevan.programme.work_queries import instalments_seen
from tests.factories.work import DAY, DUE, Office, assigned, at, office

PRESS = UnitName(1, "Phòng Thông tin – Báo chí – Xuất bản", "TTBCXB")
EVERYTHING = Scope(Sight(None))


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


@pytest.fixture
def work(db: None) -> Office:
    return office()


def an_entry(pk: int, day: date, state: str = "WAITING", **values: object) -> DueEntry:
    plain = {"step": False, "task": pk, "number": pk, "text": f"Việc số {pk}", "unit": PRESS, "role": "LEAD"}
    return DueEntry(pk=pk, day=day, state=state, **{**plain, **values})  # type: ignore[arg-type]


# The grid


@pytest.mark.parametrize(
    ("first", "start", "end"),
    [
        (date(2025, 11, 1), date(2025, 10, 27), date(2025, 11, 30)),
        (date(2025, 9, 1), date(2025, 9, 1), date(2025, 10, 5)),
        # Four weeks that fit exactly.
        (date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28)),
    ],
)
def test_grid_runs_from_monday_to_sunday_around_the_month(first: date, start: date, end: date) -> None:
    assert grid_of(first) == (start, end)


def test_month_of_tet_names_its_days_off_and_marks_new_and_full_moon() -> None:
    shown = month(date(2025, 1, 1), {}, DAY)
    assert (shown.name, shown.lunar, len(shown.weeks), shown.count) == (
        "Tháng 1/2025", "tháng Chạp năm Giáp Thìn – tháng Giêng năm Ất Tỵ", 5, 0,
    )  # fmt: skip
    cells = {cell.day: cell for week in shown.weeks for cell in week}
    assert {day.isoformat(): cell.holiday for day, cell in cells.items() if cell.holiday} == {
        "2025-01-01": "Tết Dương lịch",
        **{f"2025-01-{day}": "Tết Nguyên đán" for day in range(27, 32)},
    }
    assert {day.isoformat(): (cell.lunar, cell.moon) for day, cell in cells.items() if cell.moon} == {
        "2024-12-31": ("1/12", "NEW"), "2025-01-14": ("15", "FULL"), "2025-01-29": ("1/1", "NEW"),
    }  # fmt: skip
    # The first cell says in which lunar month the page begins.
    assert shown.weeks[0][0].lunar == "30/11"
    assert [cell.works for cell in shown.weeks[4]] == [False] * 7
    assert [cell.inside for cell in shown.weeks[4]] == [True] * 5 + [False] * 2


def test_month_shows_the_weekend_day_that_makes_up_for_an_exchanged_one() -> None:
    cells = {cell.day: cell for week in month(date(2025, 4, 1), {}, DAY).weeks for cell in week}
    saturday, friday = cells[date(2025, 4, 26)], cells[date(2025, 5, 2)]
    assert (saturday.make_up, saturday.works, saturday.holiday) == (True, True, "")
    assert (friday.works, friday.holiday) == (False, "Nghỉ hoán đổi, làm bù ngày 26/04/2025")


def test_month_of_a_leap_month_says_so() -> None:
    shown = month(date(2025, 7, 1), {}, DAY)
    assert shown.lunar == "tháng 6 – tháng 6 nhuận năm Ất Tỵ"
    assert [cell.lunar for week in shown.weeks for cell in week if cell.moon == "NEW"] == ["1/6 nhuận"]


def test_month_puts_entries_into_their_days_and_counts_what_is_left_out() -> None:
    due = {date(2025, 6, 20): DueDay((an_entry(1, DUE), an_entry(2, DUE, "DONE")), 9)}
    cells = {cell.day: cell for week in month(date(2025, 6, 1), due, DAY).weeks for cell in week}
    cell = cells[date(2025, 6, 20)]
    assert (cell.count, cell.more, [item.title for item in cell.entries]) == (
        9,
        7,
        ["Việc số 1", "Việc số 2"],
    )
    assert [day for day, cell in cells.items() if cell.today] == [DAY]


def test_month_before_the_first_known_holidays_is_still_a_month() -> None:
    shown = month(date(2014, 1, 1), {}, DAY)
    assert (shown.weeks[0][0].day, shown.weeks[0][0].holiday) == (date(2013, 12, 30), "")


def test_entry_leads_to_the_instalments_page_and_a_step_to_its_tasks() -> None:
    assert entry(an_entry(7, date(2025, 6, 2)), DAY) == Entry(
        "ky-han/7/", "Việc số 7", "TTBCXB", PRESS.name, StateSign("LATE", "trễ 10 ngày"), False, 7, "Chủ trì"
    )
    step = an_entry(8, DUE, "DOING", step=True, task=3, number=2, role="", unit=UnitName(2, "Văn phòng Sở"))
    assert entry(step, date(2025, 6, 1)) == Entry(
        "nhiem-vu/3/", "Việc số 8", "Văn phòng Sở", "Văn phòng Sở", StateSign("DOING", "Đang thực hiện"),
        True, 2, "",
    )  # fmt: skip


def test_weekday_begins_a_line() -> None:
    assert [weekday(date(2025, 6, day)) for day in (2, 7, 8)] == ["Thứ Hai", "Thứ Bảy", "Chủ nhật"]


# What falls due


def another_task(work: Office, order: int, day: date = DUE) -> Task:
    with unaudited("a test's own task"):
        return Task.objects.create(
            plan=work.plan, section=work.task.section, ref=f"II.1.-{order + 1}", text=f"Việc số {order + 1}",
            order=order, deadline_rule=as_plain(OnDate(day)), read_in=work.task.read_in,
        )  # fmt: skip


def busy(work: Office) -> None:
    """Eight instalments and a step due on one day, in every state, one on another day."""
    states = ["DONE", "REPORTED", "RETURNED", "IN_PROGRESS", "CANCELLED", "WAITING"]
    for order, state in enumerate(states, 1):
        row = assigned(another_task(work, order), work.lead, "LEAD")
        with unaudited("a state for a test"):
            values: dict[str, object] = {"state": state}
            if state in {"DONE", "REPORTED"}:
                values |= {"reported_date": DAY}
            if state == "DONE":
                values |= {"done_at": at(DAY), "done_by": work.planner}
            if state == "CANCELLED":
                values |= {"cancel_reason": "Sự kiện không diễn ra."}
            Instalment.objects.filter(assignment=row).update(**values)
    assigned(another_task(work, 9, date(2025, 6, 24)), work.other, "LEAD")
    with clock.stopped_at(at(DAY)):
        add_step(by=work.planner, task=work.task, unit=work.support, title="Dựng trang", due_date=DUE)


def slowly(scope: Scope, day: date) -> list[tuple[str, int]]:
    """The entries of a day, found one by one."""
    found = [
        DueEntry(
            row.pk, False, row.assignment.task_id, row.assignment.task.order + 1, "", PRESS, day, row.state
        )
        for row in instalments_in(scope)
        if row.due_date == day and row.state != "CANCELLED"
    ] + [
        DueEntry(step.pk, True, step.task_id, step.task.order + 1, "", PRESS, day, step.state)
        for step in steps_in(scope)
        if step.due_date == day
    ]
    return [
        ("step" if item.step else "instalment", item.pk)
        for item in sorted(found, key=lambda item: (item.turn, item.number, item.step, item.pk))
    ]


@pytest.mark.parametrize("most", [1, 3, 4, 50])
def test_day_shows_first_what_is_owed_and_counts_everything(work, most):
    busy(work)
    found = due_days(EVERYTHING, date(2025, 6, 1), date(2025, 6, 30), most)
    assert {day: item.count for day, item in found.items()} == {DUE: 8, date(2025, 6, 24): 1}
    for day, item in found.items():
        expected = slowly(EVERYTHING, day)
        shown = [("step" if each.step else "instalment", each.pk) for each in item.entries]
        assert shown == expected[:most]
        everything = [
            ("step" if each.step else "instalment", each.pk) for each in entries_of_day(EVERYTHING, day)
        ]
        assert everything == expected
    assert found.get(date(2025, 6, 21), NOTHING).count == 0
    assert [item.state for item in found[DUE].entries][:1] == ["WAITING"]


def test_scope_narrows_to_units_roles_and_plans(work):
    busy(work)
    with unaudited("a step of the lead"):
        Step.objects.create(task=work.task, unit=work.lead, title="Chủ trì làm", due_date=DUE)

    def counted(**values: object) -> tuple[int, int]:
        scope = Scope(**{"sight": Sight(None), **values})  # type: ignore[arg-type]
        return instalments_in(scope).count(), steps_in(scope).count()

    assert counted() == (9, 2)
    assert counted(mine=frozenset({work.support.pk})) == (1, 1)
    assert counted(unit=work.lead.pk) == (7, 1)
    assert counted(unit=work.lead.pk, role="SUPPORT") == (0, 0)
    assert counted(role="SUPPORT") == (1, 1)
    assert counted(plan=work.plan.pk) == (9, 2)
    assert counted(plan=work.plan.pk + 1) == (0, 0)
    assert counted(sight=Sight(frozenset({work.other.pk}))) == (1, 0)
    assert [name for _pk, name, _short, _path in units_in(Scope(Sight(frozenset({work.other.pk}))))] == [
        "Văn phòng Sở"
    ]


# The page

PEOPLE = (
    "planner", "director", "deputy", "auditor", "lead_head", "lead_officer", "support_head", "support_officer",
    "other_officer",
)  # fmt: skip


def page(client, work: Office, name: str = "calendar", **query: str):
    args = [work.plan.pk] if name.startswith("plan_") else []
    with clock.stopped_at(at(DAY)):
        return client.get(reverse(f"programme:{name}", args=args, query=query or None))


def titles(response) -> dict[str, list[tuple[str, str]]]:
    """Each day's entries as (unit, title), for the days that have some."""
    return {
        cell.day.isoformat(): [(item.unit, item.title) for item in cell.entries]
        for week in response.context["month"].weeks
        for cell in week
        if cell.entries
    }


FILM = "Tổ chức tuần phim Việt Nam giới thiệu Hà Nội với bạn bè quốc tế"


@pytest.mark.parametrize(
    ("who", "query", "expected"),
    [
        # Whoever answers for a unit sees its own work first, the others the leads' of all.
        ("lead_officer", {}, [("TTBCXB", FILM)]),
        ("support_head", {}, [("TTS", FILM)]),
        ("support_officer", {"scope": "all"}, [("TTBCXB", FILM), ("TTS", FILM)]),
        ("other_officer", {"scope": "all"}, []),
        ("director", {}, [("TTBCXB", FILM)]),
        ("director", {"role": "ANY"}, [("TTBCXB", FILM), ("TTS", FILM)]),
        ("auditor", {"role": "SUPPORT"}, [("TTS", FILM)]),
        ("planner", {}, []),
        ("planner", {"scope": "all"}, [("TTBCXB", FILM)]),
        # A unit outside of what is looked at is no choice, and neither is a word.
        ("support_officer", {"unit": "999999", "role": "nonsense"}, [("TTS", FILM)]),
        ("director", {"scope": "mine"}, [("TTBCXB", FILM)]),
    ],
)
def test_calendar_shows_whose_work_is_asked_for(client, work, who, query, expected):
    client.force_login(getattr(work, who))
    shown = titles(page(client, work, **query))
    assert sorted(shown.get("2025-06-20", [])) == sorted(expected)


@pytest.mark.parametrize("who", PEOPLE)
def test_calendar_of_a_plan_opens_to_those_who_see_it_and_shows_what_they_see(client, work, who):
    client.force_login(getattr(work, who))
    response = page(client, work, "plan_calendar", role="ANY")
    if who == "other_officer":
        assert response.status_code == 404
        return
    assert titles(response) == {"2025-06-20": [("TTBCXB", FILM), ("TTS", FILM)]}
    assert response.context["tabs"][3] == {
        "url": reverse("programme:plan_calendar", args=[work.plan.pk]), "label": "Lịch", "chosen": True,
    }  # fmt: skip


@pytest.mark.parametrize("who", PEOPLE)
def test_sight_of_the_pages_is_that_of_the_programme(work, who):
    person = getattr(work, who)
    mine = Sight(None if reads_all(person, DAY) else answering_unit_ids(person, DAY))
    assert set(instalments_seen(mine)) == set(instalments_seen(sight_of(person, DAY)))


def test_draft_of_another_unit_is_not_told_by_the_calendar(client, work):
    with clock.stopped_at(at(DAY)):
        save_reply_draft(
            by=work.support_officer, instalment=work.support_instalment, text="Nháp kín", percent=70
        )
    client.force_login(work.lead_head)
    html = page(client, work, scope="all", role="ANY").content.decode()
    assert "Nháp kín" not in html
    assert "70" not in [
        item.sign.label for item in page(client, work, scope="all").context["month"].weeks[3][4].entries
    ]


def test_full_day_shows_four_and_leads_to_the_days_list(client, work):
    busy(work)
    client.force_login(work.director)
    response = page(client, work, role="ANY", unit="")
    html = response.content.decode()
    cell = response.context["month"].weeks[3][4]
    assert (cell.day, len(cell.entries), cell.more, cell.count) == (DUE, 4, 4, 8)
    assert "+4 khác" in html
    assert 'href="?role=ANY&amp;unit=&amp;day=2025-06-20"' in html
    listed = page(client, work, role="ANY", day="2025-06-20")
    assert listed.context["count"] == 8
    assert [(item.unit, item.sign.code) for item in listed.context["entries"]] == [
        ("TTBCXB", "WAITING"), ("TTS", "WAITING"), ("TTS", "TODO"), ("TTBCXB", "RETURNED"),
        ("TTBCXB", "IN_PROGRESS"), ("TTBCXB", "WAITING"), ("TTBCXB", "REPORTED"), ("TTBCXB", "DONE"),
    ]  # fmt: skip
    text = listed.content.decode()
    assert "Thứ Sáu, 20/06/2025" in text
    assert "âm lịch 25/5 năm Ất Tỵ" in text


def test_list_of_a_day_is_cut_into_pages(client, work):
    with unaudited("many steps"):
        Step.objects.bulk_create(
            Step(task=work.task, unit=work.lead, title=f"Bước {number}", order=number, due_date=DUE)
            for number in range(101)
        )
    client.force_login(work.director)
    response = page(client, work, role="ANY", day="2025-06-20", page="2")
    # Two instalments come first; the hundred of the first page leave three.
    assert [item.title for item in response.context["entries"]] == ["Bước 98", "Bước 99", "Bước 100"]
    assert [link["url"] for link in response.context["page_links"]] == [
        "?role=ANY&day=2025-06-20&page=1", "?role=ANY&day=2025-06-20&page=2",
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["2025-02-30", "hôm nay", "1899-12-31", "", "2101-01-01"])
def test_day_that_is_on_no_calendar_is_not_found(client, work, day):
    client.force_login(work.director)
    assert page(client, work, day=day).status_code == 404


@pytest.mark.parametrize(
    ("wish", "name", "before", "after"),
    [
        ("", "Tháng 6/2025", "2025-05", "2025-07"),
        ("2025-12", "Tháng 12/2025", "2025-11", "2026-01"),
        ("2026-02", "Tháng 2/2026", "2026-01", "2026-03"),
        ("2025-13", "Tháng 6/2025", "2025-05", "2025-07"),
        ("tháng này", "Tháng 6/2025", "2025-05", "2025-07"),
        # At the ends of what is known there is no month further.
        ("2014-01", "Tháng 1/2014", None, "2014-02"),
        ("1990-01", "Tháng 1/2014", None, "2014-02"),
        ("2100-12", "Tháng 11/2100", "2100-10", None),
    ],
)
def test_months_lead_to_the_ones_beside(client, work, wish, name, before, after):
    client.force_login(work.director)
    context = page(client, work, month=wish).context
    assert context["month"].name == name
    urls = [context[side] and context[side]["url"] for side in ("before", "after")]
    assert urls == [before and f"?month={before}", after and f"?month={after}"]
    assert bool(context["now_url"]) == (name != "Tháng 6/2025")


def test_words_of_the_plan_are_escaped(client, work):
    with unaudited("a hostile task"):
        Task.objects.filter(pk=work.task.pk).update(text="<script>alert(1)</script> & phim")
    client.force_login(work.director)
    for query in ({}, {"day": "2025-06-20"}):
        html = page(client, work, **query).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; phim" in html


@pytest.mark.parametrize("who", ["director", "lead_head", "support_officer"])
@pytest.mark.parametrize("name", ["calendar", "plan_calendar"])
def test_calendar_takes_the_same_queries_for_one_deadline_and_for_three(
    client, work, who, name, django_assert_num_queries
):
    client.force_login(getattr(work, who))
    page(client, work, name)  # content types and the like are read once a process
    with CaptureQueriesContext(connection) as asked:
        assert page(client, work, name).status_code == 200
    assert len(asked) < 20
    for order in range(1, 4):
        # From Monday on: a weekend would bring two of them to one day.
        task = another_task(work, order, DUE + timedelta(days=order + 2))
        assigned(task, work.lead, "LEAD")
        assigned(task, work.support)
    with django_assert_num_queries(len(asked)):
        assert len(titles(page(client, work, name))) == 4
