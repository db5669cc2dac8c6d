"""The pages at which work is ordered: who gets in, what they do, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Unit, User
from khuevan.plain.calendar.deadline_rules import EachPeriod, OnDate, Several, as_plain
from khuevan.programme.actions import add_step, assign_unit, end_assignment, put_after, remove_step
from khuevan.programme.choices import StepState
from khuevan.programme.models import Assignment, Instalment, Step, StepPrecedence, Task, TaskPrecedence
from khuevan.programme.order_choices import unit_groups
from tests.factories.large_programme import large_programme
from tests.factories.people import UnitFactory, person_with_role
from tests.factories.work import DAY, Office, assigned, at, office

pytestmark = pytest.mark.django_db

ALL = (
    "planner", "director", "deputy", "auditor", "lead_head", "lead_officer", "support_head", "support_officer",
    "other_officer",
)  # fmt: skip
ORDER = {"planner", "director", "deputy"}
SPLIT = ORDER | {"lead_head"}


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(DAY)):
        yield


@pytest.fixture
def work() -> Office:
    return office()


@pytest.fixture
def planner(client: Client, work: Office) -> Client:
    """The client, signed in as the planning officer of the office."""
    client.force_login(work.planner)
    return client


def url(name: str, pk: int) -> str:
    return reverse(f"programme:{name}", args=[pk])


def answers(task: Task) -> dict[str, str]:
    rows = Assignment.objects.current().filter(task=task).select_related("unit")
    return {row.unit.short_name or row.unit.name: row.role for row in rows}


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors(form: Any) -> dict[str, list[str]]:
    """What is wrong with the form, in the language of the staff pages."""
    with translation.override("vi"):
        return {name: [str(error) for error in found] for name, found in form.errors.items()}


def further_task(work: Office, words: str) -> Task:
    with unaudited("a further task"):
        return Task.objects.create(
            plan=work.plan,
            ref="II.2",
            text=words,
            order=Task.objects.count(),
            read_in=work.plan.versions.get(),
        )


def pages(work: Office) -> dict[str, tuple[str, dict[str, str], set[str]]]:
    """Each page with what is sent to it and who gets in; strangers to the task get 404, others 403."""
    group = UnitFactory(name="Các phòng, đơn vị thuộc Sở", kind=UnitKind.GROUP)
    step = add_step(by=work.lead_head, task=work.task, unit=work.support, title="Dựng phim")
    waiting = put_after(by=work.planner, before=further_task(work, "Việc trước"), after=work.task)
    other = str(work.other.pk)
    return {
        "assign": (url("assign", work.task.pk), {"unit": other}, ORDER),
        "reassign": (url("reassign", work.leading.pk), {"unit": other, "reason": "Đổi"}, ORDER),
        "end": (url("end_assignment", work.supporting.pk), {"reason": "Thôi"}, ORDER),
        "split": (url("split_group", assigned(work.task, group).pk), {}, ORDER),
        "deadline": (url("task_deadline", work.task.pk), {"kind": "NONE"}, ORDER),
        "own deadline": (url("unit_deadline", work.supporting.pk), {"kind": "NONE"}, ORDER),
        "days": (url("deadline_days", work.task.pk), {}, ORDER),
        "own days": (url("unit_deadline_days", work.supporting.pk), {}, ORDER),
        "order": (url("task_order", work.task.pk), {"before": "0"}, ORDER),
        "release": (url("release_task", waiting.pk), {}, ORDER),
        "many": (url("assign_many", work.plan.pk), {}, ORDER),
        "add step": (url("step_add", work.task.pk), {"title": "x", "unit": str(work.lead.pk)}, SPLIT),
        "edit step": (url("step_edit", step.pk), {"title": "x", "unit": str(work.lead.pk)}, SPLIT),
        "move step": (
            url("step_move", step.pk),
            {"state": "DOING"},
            SPLIT | {"support_head", "support_officer"},
        ),
        "remove step": (url("step_remove", step.pk), {}, SPLIT),
    }


@pytest.mark.parametrize("who", ALL)
def test_pages_let_in_exactly_those_who_may_order(client: Client, work: Office, who: str) -> None:
    offered = pages(work)
    client.force_login(getattr(work, who))
    stranger = who == "other_officer"
    answered = {name: client.get(address).status_code for name, (address, _sent, _roles) in offered.items()}
    refused = 404 if stranger else 403
    assert answered == {name: 200 if who in roles else refused for name, (_a, _s, roles) in offered.items()}


@pytest.mark.parametrize("who", ["auditor", "lead_officer", "support_head", "other_officer"])
def test_pages_write_nothing_for_those_they_refuse(client: Client, work: Office, who: str) -> None:
    offered = pages(work)
    client.force_login(getattr(work, who))
    before = _state()
    for name, (address, sent, roles) in offered.items():
        if who in roles or name in {"days", "own days"}:
            continue
        assert client.post(address, sent).status_code in {403, 404}, name
    assert _state() == before


def _state() -> list[Any]:
    return [
        list(model.objects.order_by("pk").values_list(*fields))
        for model, fields in (
            (Assignment, ("unit", "role", "ended_at", "deadline_rule")),
            (Task, ("deadline_rule", "start_date")),
            (Instalment, ("due_date", "state")),
            (Step, ("title", "unit", "state")),
            (TaskPrecedence, ("before", "after")),
        )
    ]


def test_refusal_says_why(client: Client, work: Office) -> None:
    client.force_login(work.lead_head)
    answer = client.get(url("assign", work.task.pk))
    assert answer.status_code == 403
    assert "Chỉ cán bộ tổng hợp kế hoạch và lãnh đạo Sở" in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    ["assign", "reassign", "end_assignment", "task_deadline", "release_task", "step_edit", "step_move"],
)
def test_number_that_is_not_there_is_not_found(planner: Client, name: str) -> None:
    assert planner.get(url(name, 987654)).status_code == 404


def test_planner_assigns_a_supporting_unit(planner: Client, work: Office) -> None:
    shown = planner.get(url("assign", work.task.pk))
    # The task has its lead: who is assigned now supports, and who answers already is not offered.
    assert "role" not in shown.context["form"].fields
    offered = {int(key) for _, group in shown.context["form"].fields["unit"].choices[1:] for key, _ in group}
    assert {work.other.pk} <= offered
    assert offered.isdisjoint({work.lead.pk, work.support.pk})
    answer = planner.post(url("assign", work.task.pk), {"unit": work.other.pk})
    assert answer.headers["Location"] == work.task.get_absolute_url()
    assert said(answer) == ["Đã phân công Văn phòng Sở."]
    assert answers(work.task) == {"TTBCXB": "LEAD", "TTS": "SUPPORT", "VPS": "SUPPORT"}


def test_planner_names_the_lead_where_there_is_none(planner: Client, work: Office) -> None:
    task = further_task(work, "Việc chưa ai chủ trì")
    assigned(task, work.support)
    form = planner.get(url("assign", task.pk)).context["form"]
    assert form["role"].value() == "LEAD"
    planner.post(url("assign", task.pk), {"unit": work.support.pk, "role": "LEAD"})
    assert answers(task) == {"TTS": "LEAD"}


def test_assigning_without_a_unit_says_so_beside_the_field(planner: Client, work: Office) -> None:
    answer = planner.post(url("assign", further_task(work, "Việc").pk), {"unit": "", "role": "SUPPORT"})
    assert answer.status_code == 200
    form = answer.context["form"]
    assert (errors(form), form["role"].value()) == ({"unit": ["Hãy chọn một đơn vị."]}, "SUPPORT")


def test_reassigning_without_a_reason_keeps_the_unit_that_was_chosen(planner: Client, work: Office) -> None:
    answer = planner.post(url("reassign", work.leading.pk), {"unit": work.other.pk, "reason": "  "})
    form = answer.context["form"]
    assert (list(form.errors), form["unit"].value()) == (["reason"], str(work.other.pk))
    assert answers(work.task) == {"TTBCXB": "LEAD", "TTS": "SUPPORT"}
    html = answer.content.decode()
    assert f'<option value="{work.other.pk}" selected>Văn phòng Sở (VPS)</option>' in html


def test_planner_gives_the_lead_to_another_unit(planner: Client, work: Office) -> None:
    answer = planner.post(
        url("reassign", work.leading.pk), {"unit": work.other.pk, "reason": "Đổi chức năng."}
    )
    assert said(answer) == ["Văn phòng Sở đã nhận việc của Phòng Thông tin – Báo chí – Xuất bản."]
    assert answers(work.task) == {"VPS": "LEAD", "TTS": "SUPPORT"}
    # Somebody had the page open still.
    answer = planner.post(url("reassign", work.leading.pk), {"unit": work.support.pk, "reason": "Nữa."})
    assert answer.headers["Location"] == work.task.get_absolute_url()
    assert answers(work.task) == {"VPS": "LEAD", "TTS": "SUPPORT"}


def test_what_an_action_refuses_stands_beside_its_field(planner: Client, work: Office) -> None:
    """A unit that was registered as ended while the form was open."""
    form = {"unit": work.other.pk, "reason": "Đổi việc."}
    assign_unit(by=work.planner, task=work.task, unit=work.other, role="SUPPORT")
    answer = planner.post(url("reassign", work.supporting.pk), form)
    assert list(answer.context["form"].errors) == ["unit"]
    assert answer.context["form"]["reason"].value() == "Đổi việc."


def test_support_ends_with_its_reason(planner: Client, work: Office) -> None:
    assert list(planner.post(url("end_assignment", work.supporting.pk), {}).context["form"].errors) == [
        "reason"
    ]
    planner.post(url("end_assignment", work.supporting.pk), {"reason": "Không còn cần."})
    assert answers(work.task) == {"TTBCXB": "LEAD"}
    # The lead is not ended but given away.
    assert planner.get(url("end_assignment", work.leading.pk)).headers["Location"] == url(
        "reassign", work.leading.pk
    )


def test_split_lists_the_units_before_it_is_done(planner: Client, work: Office) -> None:
    group = UnitFactory(name="Các phòng, đơn vị thuộc Sở", kind=UnitKind.GROUP, parent=work.department)
    part = assigned(work.task, group)
    shown = planner.get(url("split_group", part.pk))
    assert [(item["unit"].short_name, item["answers"]) for item in shown.context["units"]] == [
        ("TTBCXB", True), ("TTS", True), ("VPS", False), ("KHTC", False),
    ]  # fmt: skip
    assert said(planner.post(url("split_group", part.pk))) == ["2 đơn vị đã nhận phần việc riêng."]
    assert answers(work.task) == {"TTBCXB": "LEAD", "TTS": "SUPPORT", "VPS": "SUPPORT", "KHTC": "SUPPORT"}
    assert planner.get(url("split_group", work.supporting.pk)).status_code == 404


def test_deadline_is_previewed_without_being_set(planner: Client, work: Office) -> None:
    fields = {"kind": "EACH_PERIOD", "period": "QUARTER", "month": "3", "month_day": "15", "shift": "BEFORE"}
    answer = planner.post(url("task_deadline", work.task.pk), {**fields, "do": "preview"})
    assert [day.day for day in answer.context["shown"].days][:2] == [
        "Thứ Sáu, 13/06/2025",
        "Thứ Hai, 15/09/2025",
    ]
    assert Task.objects.get(pk=work.task.pk).deadline_rule == as_plain(OnDate(date(2025, 6, 20)))
    answer = planner.post(url("task_deadline", work.task.pk), {**fields, "do": "save"})
    assert said(answer) == [
        "Đã đặt thời hạn: Ngày 15 của tháng cuối quý, hằng quý; nếu trùng ngày nghỉ thì lấy ngày làm việc "
        "liền trước."
    ]
    assert Task.objects.get(pk=work.task.pk).deadline_rule == as_plain(EachPeriod("QUARTER", 3, 15))


def test_deadline_form_keeps_what_was_typed_where_something_is_wrong(planner: Client, work: Office) -> None:
    fields = {"kind": "ON_DATE", "day": "2025-07-01", "shift": "AFTER", "start_date": "2025-08-01"}
    form = planner.post(url("task_deadline", work.task.pk), fields).context["form"]
    assert errors(form) == {"start_date": ["Ngày bắt đầu không thể sau thời hạn."]}
    assert {name: form[name].value() for name in fields} == fields
    form = planner.post(url("task_deadline", work.task.pk), {"kind": "EACH_WEEK"}).context["form"]
    assert errors(form) == {"weekday": ["Còn thiếu mục này."]}
    assert Task.objects.get(pk=work.task.pk).deadline_rule == as_plain(OnDate(date(2025, 6, 20)))


def test_several_deadlines_are_shown_in_words_and_kept(planner: Client, work: Office) -> None:
    several = Several((EachPeriod("QUARTER", 3), OnDate(date(2025, 11, 15))))
    with unaudited("the plan's words"):
        work.task.deadline_rule = as_plain(several)
        work.task.save()
    html = planner.get(url("task_deadline", work.task.pk)).content.decode()
    assert "Giữ nguyên: Ngày cuối cùng của tháng cuối quý, hằng quý; ngày 15/11/2025" in html
    planner.post(url("task_deadline", work.task.pk), {"kind": "KEEP", "start_date": "2025-07-01"})
    task = Task.objects.get(pk=work.task.pk)
    assert (task.deadline_rule, task.start_date) == (as_plain(several), date(2025, 7, 1))


def test_unit_gets_a_deadline_of_its_own_and_the_tasks_again(planner: Client, work: Office) -> None:
    planner.post(url("unit_deadline", work.supporting.pk), {"kind": "ON_DATE", "day": "2025-06-16"})
    assert Instalment.objects.get(assignment=work.supporting).due_date == date(2025, 6, 16)
    shown = planner.get(url("unit_deadline", work.supporting.pk))
    assert shown.context["form"]["day"].value() == "2025-06-16"
    planner.post(url("unit_deadline", work.supporting.pk), {"kind": "NONE"})
    assert Instalment.objects.get(assignment=work.supporting).due_date == date(2025, 6, 20)


def test_days_of_a_rule_come_as_json(planner: Client, work: Office) -> None:
    fields = {"kind": "ON_DATE", "day": "2025-09-02", "shift": "BEFORE", "start_date": ""}
    assert planner.get(url("deadline_days", work.task.pk), fields).json() == {
        "sentence": "Ngày 02/09/2025; nếu trùng ngày nghỉ thì lấy ngày làm việc liền trước",
        "days": [{"day": "Thứ Sáu, 29/08/2025", "note": "thay cho Thứ Ba, 02/09/2025 (Quốc khánh)"}],
        "remark": "",
    }
    answer = planner.get(url("deadline_days", work.task.pk), {"kind": "ON_DATE", "day": "", "start_date": ""})
    assert answer.json() == {"errors": {"day": "Còn thiếu mục này."}}
    # Work that starts later has its days from then on.
    fields = {"kind": "EACH_WEEK", "weekday": "5", "shift": "NONE", "start_date": "2025-08-01"}
    days = planner.get(url("deadline_days", work.task.pk), fields).json()["days"]
    assert [day["day"] for day in days][:2] == ["Thứ Sáu, 01/08/2025", "Thứ Sáu, 08/08/2025"]


def test_days_of_a_part_without_a_deadline_of_its_own_are_the_tasks(planner: Client, work: Office) -> None:
    days = planner.get(url("unit_deadline_days", work.supporting.pk), {"kind": "NONE"}).json()["days"]
    assert [day["day"] for day in days] == ["Thứ Sáu, 20/06/2025"]
    answer = planner.post(url("unit_deadline", work.supporting.pk), {"kind": "NONE", "do": "preview"})
    assert [day.day for day in answer.context["shown"].days] == ["Thứ Sáu, 20/06/2025"]


def test_day_that_no_calendar_knows_is_refused_beside_the_kind(planner: Client, work: Office) -> None:
    fields = {"kind": "ON_DATE", "day": "2101-05-20", "shift": "NONE"}
    form = planner.post(url("task_deadline", work.task.pk), fields).context["form"]
    assert errors(form) == {"kind": ["Lịch làm việc chỉ có từ năm 2014 đến năm 2100."]}


def test_step_that_somebody_removed_meanwhile_is_not_found(client: Client, work: Office) -> None:
    step = add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Chọn phim")
    client.force_login(work.lead_head)
    fields = {"title": "Chọn phim", "unit": work.lead.pk, "after": [step.pk]}
    remove_step(by=work.lead_head, step=step)
    for name in ("step_edit", "step_move", "step_remove"):
        assert client.post(url(name, step.pk), fields).status_code == 404
    # A step that is gone is no longer offered to come after.
    assert list(client.post(url("step_add", work.task.pk), fields).context["form"].errors) == ["after"]


def test_task_waits_for_one_that_its_words_find(planner: Client, work: Office) -> None:
    before = further_task(work, "Xin phép Cục Điện ảnh chiếu phim")
    other = large_programme(work.planner, 3, 3)
    shown = planner.get(url("task_order", work.task.pk))
    assert [item["number"] for item in shown.context["found"]] == [2]
    shown = planner.get(url("task_order", work.task.pk), {"q": "cuc dien anh"})
    assert [item["title"] for item in shown.context["found"]] == ["Xin phép Cục Điện ảnh chiếu phim"]
    # Tasks of every plan are found.
    shown = planner.get(url("task_order", work.task.pk), {"q": "le hoi"})
    assert [(item["number"], item["plan"] != "") for item in shown.context["found"]] == [(1, True)]
    answer = planner.post(url("task_order", work.task.pk), {"q": "cuc dien anh", "before": before.pk})
    assert said(answer) == ["Đã đặt thứ tự chờ."]
    assert list(TaskPrecedence.objects.values_list("before", "after")) == [(before.pk, work.task.pk)]
    assert other.tasks.count() == 3


def test_order_that_goes_in_a_circle_is_refused_beside_the_choice(planner: Client, work: Office) -> None:
    after = further_task(work, "Việc sau")
    put_after(by=work.planner, before=work.task, after=after)
    answer = planner.post(url("task_order", work.task.pk), {"before": after.pk})
    assert list(answer.context["form"].errors) == ["before"]
    assert "Hai nhiệm vụ sẽ chờ lẫn nhau" in answer.content.decode()
    answer = planner.post(url("task_order", work.task.pk), {"wait": "1"})
    assert errors(answer.context["form"]) == {"before": ["Hãy chọn một nhiệm vụ."]}


def test_order_is_taken_away_after_a_question(planner: Client, work: Office) -> None:
    row = put_after(by=work.planner, before=further_task(work, "Việc trước"), after=work.task)
    assert "Việc trước" in planner.get(url("release_task", row.pk)).content.decode()
    planner.post(url("release_task", row.pk))
    assert TaskPrecedence.objects.count() == 0
    assert planner.post(url("release_task", row.pk)).status_code == 404


def test_head_of_the_lead_splits_into_steps(client: Client, work: Office) -> None:
    client.force_login(work.lead_head)
    fields = {"title": "Chọn phim", "unit": work.lead.pk, "due_date": "2025-06-16"}
    answer = client.post(url("step_add", work.task.pk), {**fields, "do": "more"})
    assert answer.headers["Location"] == url("step_add", work.task.pk)
    # The next one is proposed to come after the last.
    form = client.get(url("step_add", work.task.pk)).context["form"]
    first = Step.objects.get()
    assert form["after"].value() == [str(first.pk)]
    fields = {"title": "Dựng phim", "unit": work.support.pk, "after": [first.pk]}
    answer = client.post(url("step_add", work.task.pk), fields)
    assert answer.headers["Location"] == f"{work.task.get_absolute_url()}#buoc"
    assert list(Step.objects.values_list("title", "unit__short_name", "due_date")) == [
        ("Chọn phim", "TTBCXB", date(2025, 6, 16)),
        ("Dựng phim", "TTS", None),
    ]
    assert list(StepPrecedence.objects.values_list("before__title", "after__title")) == [
        ("Chọn phim", "Dựng phim")
    ]


def test_step_form_keeps_what_was_typed_where_something_is_wrong(client: Client, work: Office) -> None:
    client.force_login(work.lead_head)
    fields = {"title": "", "unit": str(work.support.pk), "start_date": "2025-06-20", "due_date": "2025-06-19"}
    form = client.post(url("step_add", work.task.pk), fields).context["form"]
    assert errors(form) == {
        "title": ["Hãy nêu nội dung của bước."],
        "due_date": ["Bước không thể kết thúc trước khi bắt đầu."],
    }
    assert {name: form[name].value() for name in fields} == fields
    # A unit that does not answer for the task is not offered.
    form = client.post(url("step_add", work.task.pk), {"title": "x", "unit": work.other.pk}).context["form"]
    assert list(form.errors) == ["unit"]
    assert Step.objects.count() == 0


def test_step_is_edited_moved_and_removed(client: Client, work: Office) -> None:
    first = add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Chọn phim")
    second = add_step(by=work.lead_head, task=work.task, unit=work.support, title="Dựng", after=[first])
    client.force_login(work.lead_head)
    form = client.get(url("step_edit", second.pk)).context["form"]
    assert (form["title"].value(), form["after"].value()) == ("Dựng", [str(first.pk)])
    client.post(
        url("step_edit", second.pk), {"title": "Dựng phim", "unit": work.support.pk, "after": [first.pk]}
    )
    assert Step.objects.get(pk=second.pk).title == "Dựng phim"
    # It waits for the first: the page says so, and what was sent all the same is refused with the reason.
    assert client.get(url("step_move", second.pk)).context["step"].waits == "“Chọn phim”"
    answer = client.post(url("step_move", second.pk), {"state": "DOING"})
    assert said(answer) == ["Bước này đứng sau “Chọn phim”, mà bước đó chưa xong."]
    answer = client.post(url("step_move", first.pk), {"state": "DONE"})
    assert said(answer)[-1] == "Bước “Chọn phim” đã hoàn thành."
    answer = client.get(url("step_edit", first.pk))
    assert answer.headers["Location"] == f"{work.task.get_absolute_url()}#buoc"
    client.post(url("step_remove", second.pk))
    assert list(Step.objects.values_list("title", "state")) == [("Chọn phim", "DONE")]
    client.post(url("step_remove", first.pk))
    assert Step.objects.count() == 1


def test_circle_of_steps_is_refused_beside_the_choice(client: Client, work: Office) -> None:
    first = add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Chọn phim")
    second = add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Dựng phim", after=[first])
    client.force_login(work.lead_head)
    answer = client.post(
        url("step_edit", first.pk), {"title": "Chọn phim", "unit": work.lead.pk, "after": [second.pk]}
    )
    assert list(answer.context["form"].errors) == ["after"]


def test_step_moved_to_nonsense_is_asked_for_again(planner: Client, work: Office) -> None:
    step = add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Chọn phim")
    assert planner.post(url("step_move", step.pk), {"state": "SLEEPING"}).status_code == 200
    assert Step.objects.get().state == StepState.TODO


def test_units_stand_under_their_body_each_once(db: None) -> None:
    city = UnitFactory(name="UBND Thành phố", kind=UnitKind.CITY)
    department = UnitFactory(name="Sở", parent=city, short_name="SVHTT")
    division = UnitFactory(name="Phòng A", parent=department)
    UnitFactory(name="Phòng B", parent=department, valid_to=date(2025, 1, 1))
    team = UnitFactory(name="Tổ", parent=division)
    alone = UnitFactory(name="Bộ", kind=UnitKind.MINISTRY)
    assert unit_groups(DAY) == [
        ("UBND Thành phố", [(city.pk, "UBND Thành phố")]),
        ("Sở", [(department.pk, "Sở (SVHTT)")]),
        ("Phòng A", [(division.pk, "Phòng A"), (team.pk, "Tổ")]),
        ("Other units", [(alone.pk, "Bộ")]),
    ]
    # Without its body a unit stands with the others.
    assert unit_groups(DAY, without=[department.pk, city.pk, team.pk]) == [
        ("Other units", [(division.pk, "Phòng A"), (alone.pk, "Bộ")]),
    ]


def many(work: Office) -> tuple[Task, Task, Task]:
    one, two, three = (further_task(work, f"Việc {number}") for number in ("một", "hai", "ba"))
    return one, two, three


def test_many_tasks_get_their_units_in_one_go(planner: Client, work: Office) -> None:
    one, two, three = many(work)
    shown = planner.get(url("assign_many", work.plan.pk))
    assert [row["number"] for row in shown.context["rows"]] == [2, 3, 4]
    answer = planner.post(
        url("assign_many", work.plan.pk),
        {
            "task": [one.pk, two.pk, three.pk],
            f"lead-{one.pk}": work.lead.pk,
            f"supports-{one.pk}": [work.support.pk, work.other.pk],
            f"lead-{two.pk}": "",
            f"supports-{two.pk}": [work.support.pk],
            f"lead-{three.pk}": "",
        },
    )
    assert (answer.status_code, said(answer)) == (302, ["Đã phân công 2 nhiệm vụ."])
    assert answers(one) == {"TTBCXB": "LEAD", "TTS": "SUPPORT", "VPS": "SUPPORT"}
    assert (answers(two), answers(three)) == ({"TTS": "SUPPORT"}, {})
    shown = planner.get(url("assign_many", work.plan.pk))
    assert [(row["number"], row["present"]) for row in shown.context["rows"]] == [
        (3, "Phòng Truyền thông số"),
        (4, ""),
    ]


def test_rows_with_errors_keep_what_was_chosen_and_the_others_are_saved(
    planner: Client, work: Office
) -> None:
    one, two, three = many(work)
    # Somebody named a lead for the second while the page was open.
    assign_unit(by=work.director, task=two, unit=work.other, role="LEAD")
    answer = planner.post(
        url("assign_many", work.plan.pk),
        {
            "task": [one.pk, two.pk, three.pk],
            f"lead-{one.pk}": work.lead.pk,
            f"supports-{one.pk}": [work.lead.pk, work.support.pk],
            f"lead-{two.pk}": work.lead.pk,
            f"lead-{three.pk}": work.lead.pk,
        },
    )
    assert answer.status_code == 200
    rows = answer.context["rows"]
    assert [(row["number"], list(row["errors"])) for row in rows] == [(2, ["supports"]), (3, ["lead"])]
    assert f'<option value="{work.lead.pk}" selected>' in rows[0]["lead_options"]
    assert rows[0]["support_options"].count(" selected") == 2
    assert (answers(one), answers(two), answers(three)) == ({}, {"VPS": "LEAD"}, {"TTBCXB": "LEAD"})


def test_unit_that_the_page_did_not_offer_is_refused_in_its_row(planner: Client, work: Office) -> None:
    one, *_rest = many(work)
    ended = UnitFactory(name="Quận Ba Đình", valid_to=date(2025, 1, 1))
    for key in (ended.pk, 987654, "x"):
        answer = planner.post(url("assign_many", work.plan.pk), {"task": [one.pk], f"lead-{one.pk}": key})
        assert answer.context["rows"][0]["row_error"] == "Hãy chọn một đơn vị trong danh mục."
    assert answers(one) == {}


def test_nothing_chosen_for_many_says_so(planner: Client, work: Office) -> None:
    one, *_rest = many(work)
    answer = planner.post(
        url("assign_many", work.plan.pk), {"task": [one.pk, "nonsense"], f"lead-{one.pk}": ""}
    )
    assert said(answer) == ["Chưa chọn đơn vị nào nên chưa phân công."]


def test_plan_whose_tasks_all_have_leads_says_so(planner: Client, work: Office) -> None:
    html = planner.get(url("assign_many", work.plan.pk)).content.decode()
    assert "Mọi nhiệm vụ của kế hoạch đều đã có đơn vị chủ trì" in html


QUERIES: dict[str, Callable[[Office], str]] = {
    "assign": lambda work: url("assign", work.task.pk),
    "reassign": lambda work: url("reassign", work.leading.pk),
    "deadline": lambda work: url("task_deadline", work.task.pk),
    "order": lambda work: url("task_order", work.task.pk),
    "step": lambda work: url("step_add", work.task.pk),
    "many": lambda work: url("assign_many", work.plan.pk),
}


@pytest.mark.parametrize("name", list(QUERIES))
def test_pages_take_the_same_queries_for_one_thing_and_for_three(
    client: Client, django_assert_num_queries: Any, name: str
) -> None:
    taken = 0
    for number in (1, 3):
        work = office()
        for count in range(number):
            UnitFactory(name=f"Phòng {number}.{count}", parent=work.department)
            further_task(work, f"Việc {count}")
            add_step(by=work.lead_head, task=work.task, unit=work.lead, title=f"Bước {count}")
        client.force_login(work.planner)
        client.get(QUERIES[name](work))
        if not taken:
            with CaptureQueriesContext(connection) as captured:
                client.get(QUERIES[name](work))
            taken = len(captured)
        with django_assert_num_queries(taken):
            assert client.get(QUERIES[name](work)).status_code == 200
    assert taken < 20


def test_unit_officer_of_a_group_moves_its_step(client: Client, work: Office) -> None:
    group = UnitFactory(name="Các phòng, đơn vị thuộc Sở", kind=UnitKind.GROUP, parent=work.department)
    assigned(work.task, group)
    step = add_step(by=work.lead_head, task=work.task, unit=group, title="Gửi tư liệu")
    client.force_login(work.other_officer)
    client.post(url("step_move", step.pk), {"state": "DONE"})
    assert Step.objects.get().done_by == work.other_officer


def test_administrator_reads_and_orders_nothing(client: Client, work: Office) -> None:
    administrator: User = person_with_role(Role.ADMINISTRATOR, Unit.objects.get(short_name="KHTC"))
    client.force_login(administrator)
    assert client.get(work.task.get_absolute_url()).status_code == 200
    assert client.get(url("assign", work.task.pk)).status_code == 403


def test_ended_part_takes_no_more_orders(planner: Client, work: Office) -> None:
    end_assignment(by=work.planner, assignment=work.supporting, reason="Thôi.")
    for name in ("reassign", "end_assignment", "unit_deadline", "split_group"):
        answer = planner.get(url(name, work.supporting.pk))
        assert answer.headers["Location"] == work.task.get_absolute_url(), name
