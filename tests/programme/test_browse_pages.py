"""The pages for looking at the programme: what they say, to whom, and in how many queries."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from khuevan.core.recording import unaudited
from khuevan.people.choices import Role
from khuevan.people.models import Unit, User
from khuevan.programme.actions import (
    carry_out_import,
    start_import,
)
from khuevan.programme.browse_queries import sight_of
from khuevan.programme.models import Assignment, Plan, Task
from khuevan.programme.queries import visible_tasks
from tests.factories.large_programme import large_programme
from tests.factories.programme import DIGITAL, PRESS, plan_document, read_file_of
from tests.programme.conftest import MakePerson

PAGES = ("overview", "units", "timeline", "tasks")


@pytest.fixture
def plan(planner: User) -> Plan:
    """The small plan of the factories, put into the programme."""
    draft, _ = start_import(by=planner, file=read_file_of(plan_document()))
    return carry_out_import(by=planner, plan_import=draft)


@pytest.fixture
def planner_client(client: Client, planner: User) -> Client:
    client.force_login(planner)
    return client


def address(name: str, plan: Plan, **query: str) -> str:
    return reverse(f"programme:{name}", args=[plan.pk], query=query or None)


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def numbers(client: Client, plan: Plan, **query: str) -> list[int]:
    """The numbers of the tasks that the list shows, in its order."""
    response = client.get(address("tasks", plan, **query))
    assert response.status_code == 200
    return [row["task"].number for row in response.context["rows"]]


def test_overview_shows_sections_tasks_figures_bases_and_recipients(
    planner_client: Client, plan: Plan
) -> None:
    response = planner_client.get(address("overview", plan))
    context = response.context
    shown = context["figures"]
    assert (shown.tasks, shown.with_lead, shown.without_lead, shown.with_deadline) == (4, 2, 2, 1)
    assert [(block.title, block.depth, block.count) for block in context["blocks"]] == [
        ("II. NỘI DUNG THỰC HIỆN", 0, 4),
        ("1. Nhóm nhiệm vụ 1", 1, 2),
        ("2. Nhóm nhiệm vụ 2", 1, 2),
    ]
    html = response.content.decode()
    assert "Kế hoạch số 48/KH-UBND ngày 19/02/2025 của UBND Thành phố" in html
    assert "UBND Thành phố <span" in html
    assert "để b/c" in html
    assert "15/11/2025 · Hằng quý" in html


def test_index_leads_to_the_only_plan_and_lists_several(
    planner_client: Client, planner: User, plan: Plan
) -> None:
    index = reverse("programme:index")
    assert planner_client.get(index).headers["Location"] == plan.get_absolute_url()
    other = large_programme(planner, 1, 1, title="Kế hoạch khác")
    html = page(planner_client, index)
    assert (html.count(other.title), html.count(plan.title)) == (1, 1)


def test_index_without_a_plan_says_how_to_begin(planner_client: Client) -> None:
    html = page(planner_client, reverse("programme:index"))
    assert "Chương trình chưa có kế hoạch nào" in html
    assert reverse("programme:import_upload") in html


def test_index_without_a_plan_does_not_send_others_to_the_import(
    client: Client, make_person: MakePerson, department: Unit
) -> None:
    client.force_login(make_person(Role.CLERK, department))
    html = page(client, reverse("programme:index"))
    assert "Chưa có gì để hiển thị" in html
    assert reverse("programme:import_upload") not in html


def test_units_page_counts_leads_supports_and_duties(planner_client: Client, plan: Plan) -> None:
    lines = planner_client.get(address("units", plan)).context["lines"]
    counted = {line.unit.name: (line.led, line.supported, line.duties) for line in lines}
    press = Assignment.objects.filter(unit__name=PRESS)
    assert counted[PRESS] == (press.filter(role="LEAD").count(), press.filter(role="SUPPORT").count(), 2)
    assert sum(led for led, _, _ in counted.values()) == 2
    assert sum(duties for _, _, duties in counted.values()) == 5


def test_unit_page_shows_duties_with_the_tasks_they_carry_out(planner_client: Client, plan: Plan) -> None:
    press = Unit.objects.get(name=PRESS)
    context = planner_client.get(reverse("programme:unit", args=[plan.pk, press.pk])).context
    assert [
        (duty["line"].ref, [card.task.number for card in duty["cards"]]) for duty in context["duties"]
    ] == [("IV.1.-1", [1]), ("IV.1.-2", [3])]
    assert [card.task.number for card in context["led"]] == [1]
    assert [card.task.number for card in context["supported"]] == [3]


def test_timeline_page_has_marks_and_the_same_as_a_table(planner_client: Client, plan: Plan) -> None:
    response = planner_client.get(address("timeline", plan))
    html = response.content.decode()
    rows = {row.number: row for group in response.context["gantt"].groups for row in group.rows}
    # 15 November is a Saturday: due is the Friday before, day 318 of 2025.
    assert [
        line for line in range(1, 367) if f"pg-gantt-mark pg-state-LATE from-{line} " in rows[4].track
    ] == [318]
    assert rows[4].due == "14/11/2025"
    # The others stand there without a deadline: their bars have no end.
    assert ["pg-gantt-bar pg-gantt-OPEN" in rows[number].track for number in (1, 2, 3, 4)] == [
        True, True, True, False,
    ]  # fmt: skip
    assert html.count('<tr><th scope="row">') == 4


def test_task_page_shows_sentence_answers_and_history(planner_client: Client, plan: Plan) -> None:
    task = Task.objects.get(plan=plan, ref="II.2.-1")
    response = planner_client.get(task.get_absolute_url())
    html = response.content.decode()
    assert f"<mark>{task.text}</mark>" in html
    assert '<p class="pg-neighbour">2. Nhóm nhiệm vụ 2</p>' in html
    source = reverse("programme:source_version", args=[plan.pk, 1])
    assert f'href="{source}#p{task.place["paragraph"]}"' in html
    assert [(row.unit.name, row.role) for row in response.context["assignments"]] == [
        ("Phòng Tổ chức – Pháp chế", "LEAD"),
        (PRESS, "SUPPORT"),
    ]
    assert [event.sentences for event in response.context["events"]] == [
        (
            "Nhiệm vụ được đưa vào chương trình.",
            "Gắn với phân công IV.1.-2.",
            "Gắn với phân công IV.3.-1.",
            "Phòng Tổ chức – Pháp chế chủ trì.",
            f"{PRESS} phối hợp.",
        )
    ]
    assert response.context["before"]["pk"] == Task.objects.get(plan=plan, ref="II.1.-2").pk
    assert response.context["after"]["pk"] == Task.objects.get(plan=plan, ref="II.2.-2").pk


def test_task_page_escapes_the_plans_words(planner_client: Client, planner: User) -> None:
    texts = ("<script>alert(1)</script> & Việc một của kế hoạch này là thử.", "Việc hai")
    draft, _ = start_import(by=planner, file=read_file_of(plan_document(texts, ())))
    hostile = carry_out_import(by=planner, plan_import=draft)
    task = Task.objects.get(plan=hostile, order=0)
    for url in (task.get_absolute_url(), *(address(name, hostile) for name in PAGES)):
        assert "<script>alert" not in page(planner_client, url)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Việc một" in page(
        planner_client, task.get_absolute_url()
    )


def test_dropped_task_keeps_a_page_and_leaves_the_lists(planner_client: Client, plan: Plan) -> None:
    task = Task.objects.get(plan=plan, ref="II.1.-2")
    with unaudited("a dropped task"):
        task.state, task.dropped_in = "DROPPED", task.read_in
        task.save()
    assert "Bản 1 của kế hoạch không còn nhiệm vụ này" in page(planner_client, task.get_absolute_url())
    assert numbers(planner_client, plan) == [1, 3, 4]
    assert numbers(planner_client, plan, state="DROPPED") == [None]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [1, 2, 3, 4]),
        ({"q": "tap huan"}, [3]),
        ({"q": "TẬP HUẤN"}, [3]),
        ({"q": "khong co chu nay"}, []),
        ({"lead": "without"}, [2, 4]),
        ({"lead": "with"}, [1, 3]),
        ({"deadline": "with"}, [4]),
        ({"deadline": "without"}, [1, 2, 3]),
        ({"recurrence": "QUARTERLY"}, [4]),
        ({"recurrence": "WEEKLY"}, []),
        ({"state": "DROPPED"}, []),
        ({"sort": "-order"}, [4, 3, 2, 1]),
        ({"sort": "due"}, [4, 1, 2, 3]),
        # What is not a choice counts as left out.
        ({"sort": "nonsense", "lead": "maybe", "section": "x", "page": "99"}, [1, 2, 3, 4]),
    ],
)
def test_list_filters_and_sorts(
    planner_client: Client, plan: Plan, query: dict[str, str], expected: list[int]
) -> None:
    assert numbers(planner_client, plan, **query) == expected


def test_list_filters_by_section_unit_and_role(planner_client: Client, plan: Plan) -> None:
    sections = {section.ref: section.pk for section in plan.sections.all()}
    assert numbers(planner_client, plan, section=str(sections["II.2"])) == [3, 4]
    assert numbers(planner_client, plan, section=str(sections["II"])) == [1, 2, 3, 4]
    press = str(Unit.objects.get(name=PRESS).pk)
    assert numbers(planner_client, plan, unit=press) == [1, 3]
    assert numbers(planner_client, plan, unit=press, role="LEAD") == [1]
    assert numbers(planner_client, plan, unit=press, role="SUPPORT") == [3]


def test_list_shows_the_columns_of_its_address_and_keeps_them_in_links(
    planner_client: Client, plan: Plan
) -> None:
    url = address("tasks", plan) + "?column=lead&column=ref&q=tap"
    response = planner_client.get(url)
    assert [head["column"].label for head in response.context["columns"]] == [
        "Vị trí trong kế hoạch", "Nhiệm vụ", "Đơn vị chủ trì",
    ]  # fmt: skip
    assert response.context["csv_url"] == f"{address('tasks_csv', plan)}?column=lead&column=ref&q=tap"
    sorting = response.context["columns"][2]
    assert sorting["url"] == "?column=lead&column=ref&q=tap&sort=lead"


def test_list_of_many_tasks_is_cut_into_pages(planner_client: Client, planner: User) -> None:
    many = large_programme(planner, 120, 3)
    assert numbers(planner_client, many, page="3") == list(range(101, 121))
    response = planner_client.get(address("tasks", many, page="2", q="le hoi"))
    # Past the end stands the last page, the only one here.
    assert [row["task"].number for row in response.context["rows"]][:3] == [1, 8, 15]
    assert response.context["count"] == 18


def test_exports_hold_exactly_what_the_filters_select(planner_client: Client, planner: User) -> None:
    many = large_programme(planner, 120, 3)
    query = "?q=am+thuc&sort=-order&column=number&column=text&column=due_date"
    expected = [
        (task.order + 1, task.text, task.due_date)
        for task in Task.objects.filter(plan=many, text__contains="ẩm thực").order_by("-order")
    ]
    assert len(expected) == 17
    response = planner_client.get(address("tasks_csv", many) + query)
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="nhiem-vu-48-kh-svhtt-{timezone.localdate():%Y-%m-%d}.csv"'
    )
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["STT", "Nhiệm vụ", "Thời hạn"],
        *([str(number), words, day.isoformat() if day else ""] for number, words, day in expected),
    ]
    response = planner_client.get(address("tasks_xlsx", many) + query)
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active  # type: ignore[attr-defined]
    assert sheet is not None
    assert [
        (number, words, day.date() if day else None)
        for number, words, day in sheet.iter_rows(min_row=2, values_only=True)
    ] == expected


@pytest.mark.parametrize("role", list(Role))
def test_sight_is_what_the_person_may_read(
    make_person: MakePerson, plan: Plan, role: Role, django_assert_max_num_queries: Any
) -> None:
    person = make_person(role, Unit.objects.get(name=PRESS))
    today = timezone.localdate()
    assert set(sight_of(person, today).tasks()) == set(visible_tasks(person, today))
    with django_assert_max_num_queries(5):
        list(sight_of(person, today).tasks())


def status(client: Client, url: str) -> int:
    """The status of the answer, read to its end so that it closes."""
    response = client.get(url)
    if response.streaming:
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return response.status_code


ADDRESSES = (*PAGES, "tasks_csv", "tasks_xlsx", "unit", "other_unit", "task", "other_task")
EVERYTHING = dict.fromkeys(ADDRESSES, 200)
OWN_UNIT = EVERYTHING | {"other_unit": 404, "other_task": 404}
NOTHING = dict.fromkeys(EVERYTHING, 404)


@pytest.mark.parametrize(
    ("role", "unit", "expected"),
    [
        (Role.PLANNING_OFFICER, PRESS, EVERYTHING),
        (Role.ADMINISTRATOR, PRESS, EVERYTHING),
        (Role.DIRECTOR, PRESS, EVERYTHING),
        (Role.DEPUTY_DIRECTOR, PRESS, EVERYTHING),
        (Role.AUDITOR, PRESS, EVERYTHING),
        (Role.UNIT_HEAD, PRESS, OWN_UNIT),
        (Role.UNIT_OFFICER, PRESS, OWN_UNIT),
        (Role.CLERK, PRESS, OWN_UNIT),
        (Role.EDITOR, PRESS, OWN_UNIT),
        (Role.UNIT_OFFICER, "Phòng không có việc", NOTHING),
    ],
)
def test_pages_open_to_roles(
    client: Client, make_person: MakePerson, plan: Plan, role: Role, unit: str, expected: dict[str, int]
) -> None:
    with unaudited("a unit without work"):
        idle = Unit.objects.create(name="Phòng không có việc", kind="DIVISION", path="9999-0/")
    own = Unit.objects.get(name=PRESS)
    client.force_login(make_person(role, idle if unit == idle.name else own))
    other = Unit.objects.get(name=DIGITAL)
    urls = {name: address(name, plan) for name in (*PAGES, "tasks_csv", "tasks_xlsx")} | {
        "unit": reverse("programme:unit", args=[plan.pk, own.pk]),
        "other_unit": reverse("programme:unit", args=[plan.pk, other.pk]),
        "task": Task.objects.get(plan=plan, order=0).get_absolute_url(),
        "other_task": Task.objects.get(plan=plan, order=3).get_absolute_url(),
    }
    assert {name: status(client, url) for name, url in urls.items()} == expected
    client.logout()
    assert {status(client, url) for url in urls.values()} == {302}


def test_officer_of_a_unit_sees_only_the_units_tasks_and_words(
    client: Client, make_person: MakePerson, plan: Plan
) -> None:
    client.force_login(make_person(Role.UNIT_OFFICER, Unit.objects.get(name=PRESS)))
    assert numbers(client, plan) == [1, 3]
    overview = client.get(address("overview", plan))
    assert overview.context["figures"].tasks == 2
    html = overview.content.decode()
    assert "48/KH-UBND" not in html
    assert reverse("programme:source", args=[plan.pk]) not in html
    task = page(client, Task.objects.get(plan=plan, order=2).get_absolute_url())
    assert 'pg-neighbour"' not in task
    assert [line.unit.name for line in client.get(address("units", plan)).context["lines"]] == [
        PRESS, "Các phòng, đơn vị thuộc Sở",
    ]  # fmt: skip


def queries_of_page(name: str, plan: Plan) -> str:
    if name == "task":
        return Task.objects.filter(plan=plan).order_by("order")[0].get_absolute_url()
    if name == "unit":
        first = Assignment.objects.filter(task__plan=plan, role="SUPPORT").order_by("pk")[0].unit_id
        return reverse("programme:unit", args=[plan.pk, first])
    return address(name, plan)


# Nine of each page's queries are the staff frame's own: session, account, posts, preferences, menu.
QUERIES = {"overview": 13, "units": 12, "timeline": 14, "tasks": 13, "unit": 13, "task": 14}


@pytest.mark.parametrize("name", list(QUERIES))
@pytest.mark.parametrize(("tasks", "units"), [(1, 3), (3, 3), (500, 60)])
def test_pages_take_the_same_queries_whatever_the_plans_size(
    planner_client: Client,
    planner: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    tasks: int,
    units: int,
) -> None:
    plan = large_programme(planner, tasks, units)
    url = queries_of_page(name, plan)
    planner_client.get(url)  # content types and the like are read once a process
    with django_assert_num_queries(QUERIES[name]):
        assert planner_client.get(url).status_code == 200
    assert QUERIES[name] < 15


def test_plan_without_tasks_has_pages_that_say_so(planner_client: Client, planner: User) -> None:
    draft, _ = start_import(by=planner, file=read_file_of(plan_document((), ())))
    empty = carry_out_import(by=planner, plan_import=draft)
    assert "Kế hoạch không có nhiệm vụ nào đang hiệu lực." in page(planner_client, address("overview", empty))
    assert "Kế hoạch chưa giao việc cho đơn vị nào." in page(planner_client, address("units", empty))
    assert "Kế hoạch không có nhiệm vụ nào đang hiệu lực." in page(planner_client, address("timeline", empty))
    assert "Không có nhiệm vụ nào khớp" in page(planner_client, address("tasks", empty))


def test_dates_of_a_plan_stand_in_the_side_column(planner_client: Client, plan: Plan) -> None:
    assert (plan.period_first, plan.period_last) == (date(2025, 1, 1), date(2025, 12, 31))
    assert "01/01/2025 – 31/12/2025" in page(planner_client, address("overview", plan))
