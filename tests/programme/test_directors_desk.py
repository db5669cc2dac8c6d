"""The director's desk and the unit's: each light at its boundary, what is counted, who sees it, how often it asks."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.choices import Role
from khuevan.people.models import User
from khuevan.plain.blocking import Blocking, most_blocking
from khuevan.plain.calendar.deadline_rules import OnDate
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.work_lights import Light, Reason, Standing, light_of, reasons_of, soon_until
from khuevan.plain.work_trend import History, ends_of_weeks, weekly_trend
from khuevan.programme.actions import (
    accept_reply,
    add_step,
    answer_difficulty,
    end_assignment,
    put_after,
    return_reply,
    save_reply_draft,
    waive_instalment,
)
from khuevan.programme.choices import OPEN_STATES, OWED_STATES, AssignmentRole, InstalmentState, ReplyState
from khuevan.programme.holdup_queries import longest_late, waits
from khuevan.programme.lines import SectionLine
from khuevan.programme.models import Assignment, Difficulty, Instalment, PlanSection, Reply, Task
from khuevan.programme.presenters.directing import (
    Group,
    Tally,
    section_groups,
    share_in_words,
    tally_in_words,
    waiting_in_words,
    worst_first,
)
from khuevan.programme.standing_queries import (
    Field,
    WorkItem,
    difficulties_by_item,
    difficulty_lines,
    histories,
    unanswered,
    work_items,
)
from khuevan.programme.views.directing_content import last_said
from tests.factories.desk import another_task, part, reports_done, reports_progress
from tests.factories.large_work import large_work
from tests.factories.people import PostFactory, UnitFactory, UserFactory
from tests.factories.work import DAY, DUE, Office, at, office

pytestmark = pytest.mark.django_db

AFTER = date(2025, 6, 23)
PEOPLE = (
    "planner", "director", "deputy", "auditor", "lead_head", "lead_officer", "support_head", "support_officer",
    "other_officer",
)  # fmt: skip
SEE_EVERYTHING = {"planner", "director", "deputy", "auditor"}
LISTS = (
    "tat-ca", "qua-han", "can-chu-y", "dung-tien-do", "da-xong", "den-han", "cho-nghiem-thu", "kho-khan",
)  # fmt: skip


@pytest.fixture
def work() -> Office:
    return office()


def items_of(field: Field, day: date) -> list[WorkItem]:
    """What the desk counts on the day."""
    counted = difficulties_by_item(field, difficulty_lines(unanswered(field)))
    return work_items(field, day, soon_until(day, vietnamese_working_calendar()), counted)


def light_on(day: date) -> tuple[Light, tuple[Reason, ...]]:
    """The light of the one task, with its reasons."""
    [item] = items_of(Field(), day)
    return item.light, reasons_of(item.standing)


@pytest.mark.parametrize(
    ("day", "light"),
    [
        (DAY, (Light.GREEN, ())),  # six working days ahead
        (date(2025, 6, 13), (Light.AMBER, (Reason.SOON,))),  # five
        (DUE, (Light.AMBER, (Reason.SOON,))),
        (DUE + timedelta(days=1), (Light.RED, (Reason.LATE,))),
    ],
)
def test_task_changes_its_light_with_its_deadline(work, day, light):
    assert light_on(day) == light


@pytest.mark.parametrize(
    ("day", "light"), [(date(2025, 8, 26), Light.GREEN), (date(2025, 8, 27), Light.AMBER)]
)
def test_light_counts_working_days_over_the_national_day(day, light):
    office(OnDate(date(2025, 9, 5)))
    assert light_on(day)[0] == light


def test_report_that_waits_is_not_late_and_what_was_accepted_late_is_done(work):
    lead = reports_done(work.lead_officer, work.lead_instalment, DUE)
    support = reports_done(work.support_officer, work.support_instalment, AFTER)
    assert light_on(AFTER) == (Light.GREEN, ())
    accept_reply(by=work.planner, reply=lead)
    assert light_on(AFTER) == (Light.GREEN, ())
    accept_reply(by=work.lead_head, reply=support)
    assert light_on(AFTER) == (Light.DONE, ())


def test_returned_report_is_at_risk_and_after_its_day_late(work):
    reply = reports_done(work.lead_officer, work.lead_instalment, DAY)
    return_reply(by=work.planner, reply=reply, reason="Thiếu ảnh.")
    assert light_on(DAY) == (Light.AMBER, (Reason.RETURNED,))
    assert light_on(AFTER) == (Light.RED, (Reason.LATE, Reason.RETURNED))


def test_difficulty_is_at_risk_until_it_is_answered(work):
    save_reply_draft(
        by=work.support_officer, instalment=work.support_instalment, text="Nháp", difficulty="Chỉ là nháp."
    )
    assert light_on(DAY) == (Light.GREEN, ())
    reply = reports_progress(
        work.support_officer, work.support_instalment, DAY, difficulty="Chưa có bản quyền nhạc."
    )
    assert light_on(DAY) == (Light.AMBER, (Reason.DIFFICULTY,))
    answer_difficulty(by=work.lead_head, difficulty=reply.difficulty, answer="Đã gửi công văn.")
    assert light_on(DAY) == (Light.GREEN, ())


def test_what_is_not_required_and_ended_parts_make_no_task_late(work):
    waive_instalment(by=work.director, instalment=work.lead_instalment, reason="Không tổ chức.")
    end_assignment(by=work.planner, assignment=work.supporting, reason="Đơn vị sáp nhập.")
    assert light_on(AFTER) == (Light.DONE, ())


def test_task_without_a_lead_is_at_risk(work):
    task = another_task(work, "Việc chưa ai làm.", OnDate(date(2025, 12, 1)), supports=(work.other,))
    nobody = another_task(work, "Việc chưa giao ai.", None)
    found = {item.task: (item.light, item.unit, reasons_of(item.standing)) for item in items_of(Field(), DAY)}
    assert found[task.pk] == found[nobody.pk] == (Light.AMBER, None, (Reason.NO_LEAD,))


def test_unit_is_measured_by_its_own_part(work):
    accept_reply(by=work.planner, reply=reports_done(work.lead_officer, work.lead_instalment, DAY))
    [whole] = items_of(Field(), AFTER)
    [own] = items_of(Field(frozenset({work.lead.pk})), AFTER)
    [other] = items_of(Field(frozenset({work.support.pk})), AFTER)
    place = (work.plan.pk, work.task.section_id)
    assert whole == WorkItem(
        work.task.pk, work.task.pk, *place, work.lead.pk, Standing(total=2, open=1, late=1), Light.RED,
        due=2, done=1, next_due=DUE,
    )  # fmt: skip
    assert own == WorkItem(
        work.leading.pk, work.task.pk, *place, work.lead.pk, Standing(total=1), Light.DONE, due=1, done=1
    )
    assert other == WorkItem(
        work.supporting.pk, work.task.pk, *place, work.support.pk, Standing(total=1, open=1, late=1), Light.RED,
        due=1, next_due=DUE, leads=False,
    )  # fmt: skip


def test_instalments_are_grouped_for_the_trend_without_changing_it(work):
    days = ends_of_weeks(AFTER)
    accept_reply(by=work.planner, reply=reports_done(work.lead_officer, work.lead_instalment, DAY))
    with unaudited("the day of acceptance"):
        Instalment.objects.filter(pk=work.lead_instalment.pk).update(done_at=at(date(2025, 6, 15), 23, 59))
    waive_instalment(by=work.director, instalment=work.support_instalment, reason="Không tổ chức.")
    another_task(work, "Việc khác.", OnDate(date(2025, 6, 15)), lead=work.other)
    signed = work.plan.signed_date
    exact = [
        History(signed, DUE, DAY, date(2025, 6, 15)),
        History(signed, date(2025, 6, 13), None, None),  # the 15th is a Sunday
    ]
    found = weekly_trend(histories(Field(), days), days)
    assert found == weekly_trend(exact, days)
    assert [(week.day, week.late, week.open, week.done) for week in found[-2:]] == [
        (date(2025, 6, 22), 1, 0, 1), (AFTER, 1, 0, 1),
    ]  # fmt: skip
    assert (found[-3].day, found[-3].late, found[-3].done) == (date(2025, 6, 15), 1, 1)


def test_what_holds_up_is_counted_among_unfinished_tasks(work):
    tasks = [another_task(work, f"Việc {name}.", OnDate(DUE), lead=work.lead) for name in "ABCD"]
    first, second, third, done = tasks
    for before, after in ((work.task, first), (first, second), (work.task, third), (done, second)):
        put_after(by=work.planner, before=before, after=after)
    add_step(by=work.lead_head, task=second, unit=work.lead, title="Bước")
    accept_reply(by=work.planner, reply=reports_done(work.lead_officer, part(done, work.lead), DAY))
    held = waits()
    assert most_blocking(held.pairs, held.steps, 5) == [
        Blocking(work.task.pk, 3, 1), Blocking(first.pk, 1, 1),
    ]  # fmt: skip
    assert held.texts == {work.task.pk: work.task.text, first.pk: "Việc A."}
    # What is done no longer waits for anybody, and what waited for it is free.
    accept_reply(by=work.planner, reply=reports_done(work.lead_officer, part(first, work.lead), DAY))
    held = waits()
    assert most_blocking(held.pairs, held.steps, 5) == [Blocking(work.task.pk, 1, 0)]


def test_longest_late_comes_with_its_head_and_the_last_report(work):
    below = UnitFactory(name="Tổ Biên tập", parent=work.support)
    older = another_task(work, "Việc cũ.", OnDate(date(2025, 6, 2)), lead=work.other, supports=(below,))
    reports_progress(work.support_officer, work.support_instalment, DAY)
    with clock.stopped_at(at(DUE)):
        save_reply_draft(by=work.support_officer, instalment=work.support_instalment, text="Nháp mới hơn.")
    found = [
        (late.line.task, late.line.unit.name, late.head, late.reply and late.reply["text"])
        for late in longest_late(Field(), AFTER, 10)
    ]
    assert found == [
        # Văn phòng Sở has no head, and nobody heads the department.
        (older.pk, "Văn phòng Sở", "", None),
        (older.pk, "Tổ Biên tập", "Phạm Văn Số", None),
        (work.task.pk, "Phòng Thông tin – Báo chí – Xuất bản", "Trần Văn Trưởng", None),
        (work.task.pk, "Phòng Truyền thông số", "Phạm Văn Số", "Đang làm."),
    ]
    assert [late.line.task for late in longest_late(Field(), AFTER, 1)] == [older.pk]
    # A unit's desk: its own, and those of units that support a task that it leads.
    assert [late.line.unit.pk for late in longest_late(Field(frozenset({work.lead.pk})), AFTER, 10)] == [
        work.lead.pk, work.support.pk,
    ]  # fmt: skip
    assert [late.line.unit.pk for late in longest_late(Field(frozenset({work.support.pk})), AFTER, 10)] == [
        work.support.pk
    ]


@pytest.mark.parametrize(
    "moment", ["2025-06-12 18:30:00", "2025-06-12T18:30:00+00:00", "2025-06-13T01:30:00+07:00"]
)
def test_day_of_the_last_report_is_the_offices_in_every_database(moment):
    with translation.override("vi"):
        reply = {"text": "Đang làm.", "verdict": "", "state": ReplyState.SENT, "sent_at": moment}
        assert last_said(reply) == ("Đang làm", "13/06/2025")
        returned = {**reply, "state": ReplyState.RETURNED, "verdict": "Thiếu ảnh."}
        assert last_said(returned) == ("Bị trả lại: “Thiếu ảnh”", "13/06/2025")
        assert last_said(None) == ("Chưa có báo cáo nào.", "")


def group(label: str, red: int, amber: int, green: int = 0, done: int = 0) -> Group:
    return Group(label, Tally(red, amber, green, done), "")


def test_groups_are_sorted_by_red_then_amber_then_size():
    rows = [group("a", 0, 2), group("b", 1, 0), group("c", 1, 1), group("d", 0, 2, 5), group("e", 0, 0, 9)]
    assert [row.label for row in worst_first(rows)] == ["c", "b", "d", "a", "e"]


def test_sections_count_what_stands_below_and_keep_their_families_together():
    sections = [
        SectionLine(1, None, "II", "NỘI DUNG"), SectionLine(2, 1, "1", "Báo chí"), SectionLine(3, 2, "a", "Đài"),
        SectionLine(4, 1, "2", "Sự kiện"), SectionLine(5, None, "III", "KINH PHÍ"),
        SectionLine(6, None, "IV", "KHÁC"),
    ]  # fmt: skip

    def item(key: int, section: int | None, late: int = 0) -> WorkItem:
        standing = Standing(total=1, open=1, late=late)
        return WorkItem(key, key, 1, section, 1, standing, light_of(standing))

    items = [
        item(1, 3),
        item(2, 4, late=1),
        item(3, 1),
        item(4, 5, late=1),
        item(5, 5, late=1),
        item(6, None),
    ]
    with translation.override("vi"):
        found = section_groups(items, sections, lambda key: f"?section={key}")
    assert found == [
        Group("III. KINH PHÍ", Tally(red=2), "?section=5"),
        Group("II. NỘI DUNG", Tally(red=1, green=2), "?section=1"),
        Group("2. Sự kiện", Tally(red=1), "?section=4", depth=1),
        Group("1. Báo chí", Tally(green=1), "?section=2", depth=1),
        Group("Không thuộc mục nào", Tally(green=1), "?section=None"),
    ]


def test_numbers_are_written_as_offices_write_them():
    with translation.override("vi"):
        assert tally_in_words(Tally(1, 20, 300, 4000)) == (
            "1 quá hạn, 20 cần chú ý, 300 đúng tiến độ, 4.000 hoàn thành"
        )
        assert (share_in_words(873, 1000), share_in_words(0, 5), share_in_words(0, 0)) == (
            "87,3%",
            "0,0%",
            "–",
        )
        assert waiting_in_words(7, 12) == "7 nhiệm vụ phải chờ, 12 bước việc"
        assert waiting_in_words(1, 0) == "1 nhiệm vụ phải chờ"


def page_of(client: Client, person: User, day: date, name: str, *args: str, **query: object):
    """The answer of a desk's page to the person on the day."""
    client.force_login(person)
    with clock.stopped_at(at(day)):
        return client.get(reverse(f"programme:{name}", args=args, query=query or None))


def test_desks_are_open_to_whom_they_are_for(work, client):
    opened = {"directors_desk": set(), "directors_list": set(), "unit_desk": set(), "unit_list": set()}
    for name in PEOPLE:
        for page, who in opened.items():
            args = ("qua-han",) if page.endswith("list") else ()
            answer = page_of(client, getattr(work, name), DAY, page, *args)
            assert answer.status_code in {200, 403}
            if answer.status_code == 200:
                who.add(name)
            assert client.post(reverse(f"programme:{page}", args=args)).status_code == 405
    heads = {"lead_head", "support_head"}
    assert opened == {
        "directors_desk": SEE_EVERYTHING, "directors_list": SEE_EVERYTHING, "unit_desk": heads, "unit_list": heads,
    }  # fmt: skip


def test_refusals_say_why(work, client):
    def reason(page: str) -> str:
        return page_of(client, work.other_officer, DAY, page).content.decode()

    assert "Bàn điều hành cho thấy công việc của mọi đơn vị" in reason("directors_desk")
    assert "hôm nay bạn không đứng đầu đơn vị nào" in reason("unit_desk")


def test_menu_shows_the_desks_to_whom_they_are_for(work, client):
    shown = {}
    for name in PEOPLE:
        html = page_of(client, getattr(work, name), DAY, "desk").content.decode()
        shown[name] = {
            page for page in ("desk", "directors_desk", "unit_desk")
            if f'"url": "{reverse(f"programme:{page}")}"' in html
        }  # fmt: skip
    assert shown == {
        **{name: {"desk"} for name in PEOPLE},
        **{name: {"desk", "directors_desk"} for name in SEE_EVERYTHING},
        "lead_head": {"desk", "unit_desk"},
        "support_head": {"desk", "unit_desk"},
    }


def test_directors_desk_shows_the_plan_at_work(work, client):
    reply = reports_progress(
        work.support_officer,
        work.support_instalment,
        DAY,
        difficulty="Chưa có kinh phí.",
        asks_for="Xin cấp.",
    )
    waiting = another_task(work, "Việc chờ nghiệm thu.", OnDate(date(2025, 6, 10)), lead=work.other)
    reports_done(work.other_officer, part(waiting, work.other), date(2025, 6, 9))
    put_after(by=work.planner, before=work.task, after=waiting)
    context = page_of(client, work.director, AFTER, "directors_desk").context
    assert [(light.name, light.count) for light in context["lights"].figures] == [
        ("Quá hạn", "1"), ("Cần chú ý", "0"), ("Đúng tiến độ", "1"), ("Hoàn thành", "0"),
    ]  # fmt: skip
    assert [(figure.number, figure.label, figure.about) for figure in context["figures"]] == [
        ("0,0%", "đã nghiệm thu trong số đã đến hạn", "0 trong 3 kỳ hạn đã đến hạn"),
        ("1", "báo cáo chờ nghiệm thu", ""),
        ("1", "khó khăn, vướng mắc chờ trả lời", ""),
    ]
    assert [(bar.group.label, bar.words) for bar in context["by_unit"]["bars"]] == [
        ("Phòng Thông tin – Báo chí – Xuất bản", "1 quá hạn, 0 cần chú ý, 0 đúng tiến độ, 0 hoàn thành"),
        ("Văn phòng Sở", "0 quá hạn, 0 cần chú ý, 1 đúng tiến độ, 0 hoàn thành"),
    ]
    # The only plan is the chosen one: its sections stand there at once.
    assert [bar.group.label for bar in context["by_work"]["bars"]] == ["II. NHIỆM VỤ"]
    assert context["weeks"][0] == ("23/06/2025", "2", "1", "0")
    assert [(task.title, task.words, task.light_name) for task in context["blockers"]] == [
        ("Tổ chức tuần phim Việt Nam giới thiệu Hà Nội với bạn bè quốc tế", "1 nhiệm vụ phải chờ", "Quá hạn")
    ]
    assert [(row.unit, row.head, row.said, row.said_on) for row in context["late_rows"]] == [
        ("Phòng Thông tin – Báo chí – Xuất bản", "Trần Văn Trưởng", "Chưa có báo cáo nào.", ""),
        ("Phòng Truyền thông số", "Phạm Văn Số", "Đang làm", "12/06/2025"),
    ]
    assert [(row.text, row.asks_for, row.since) for row in context["difficulties"]] == [
        ("Chưa có kinh phí", "Xin cấp", "đã 11 ngày (từ 12/06/2025)")
    ]
    assert Difficulty.objects.get().reply == reply


def test_unit_desk_shows_the_parts_of_the_own_units(work, client):
    below = UnitFactory(name="Tổ Biên tập", parent=work.lead)
    another_task(work, "Việc của tổ.", OnDate(date(2025, 12, 1)), lead=work.support, supports=(below,))
    context = page_of(client, work.lead_head, AFTER, "unit_desk").context
    assert [bar.group.label for bar in context["by_unit"]["bars"]] == [work.lead.name, below.name]
    assert [(light.name, light.count) for light in context["lights"].figures] == [
        ("Quá hạn", "1"), ("Cần chú ý", "0"), ("Đúng tiến độ", "1"), ("Hoàn thành", "0"),
    ]  # fmt: skip
    assert [row.unit for row in context["late_rows"]] == [work.lead.name, work.support.name]
    assert context["weeks"][0] == ("23/06/2025", "1", "1", "0")


def test_plan_that_is_not_theirs_is_not_told(work, client):
    other = large_work(UserFactory(), plans=1, tasks=4, units=3, replies=5, today=AFTER).plans[0]
    for page, args in (("unit_desk", ()), ("unit_list", ("tat-ca",))):
        assert page_of(client, work.lead_head, AFTER, page, *args, plan=work.plan.pk).status_code == 200
        refused = page_of(client, work.lead_head, AFTER, page, *args, plan=other.pk)
        assert (refused.status_code, other.title in refused.content.decode()) == (404, False)


def test_addresses_that_make_no_sense_are_not_found(work, client):
    for which, query in (
        ("khong-co", {}), ("tat-ca", {"plan": "x"}), ("tat-ca", {"unit": "-1"}), ("tat-ca", {"plan": 99999}),
        ("tat-ca", {"section": "²"}),
    ):  # fmt: skip
        assert page_of(client, work.director, DAY, "directors_list", which, **query).status_code == 404
    assert page_of(client, work.director, DAY, "directors_desk", plan="x").status_code == 404


def test_list_is_narrowed_to_section_and_unit(work, client):
    with unaudited("a section below"):
        below = PlanSection.objects.create(
            plan=work.plan, parent=work.task.section, ref="II.1", label="1", heading="Báo chí", order=1
        )
    another_task(work, "Việc về báo chí.", OnDate(DUE), lead=work.other, section=below)

    def titles(**query: object) -> list[str]:
        answer = page_of(client, work.director, DAY, "directors_list", "tat-ca", plan=work.plan.pk, **query)
        return [row.title for row in answer.context["rows"]]

    week, press = "Tổ chức tuần phim Việt Nam giới thiệu Hà Nội với bạn bè quốc tế", "Việc về báo chí"
    assert titles() == titles(section=work.task.section_id) == [week, press]
    assert titles(section=below.pk) == titles(unit=work.other.pk) == [press]
    assert titles(section=0) == titles(unit=0) == []


def slow_lights(day: date) -> dict[int, Light]:
    """The light of every task in force, each instalment looked at by itself."""
    calendar = vietnamese_working_calendar()
    found = {}
    for task in Task.objects.filter(dropped_in__isnull=True):
        rows = list(
            Instalment.objects.filter(
                assignment__task=task, assignment__ended_at__isnull=True, assignment__dropped_in__isnull=True
            )
        )
        led = Assignment.objects.current().filter(task=task, role=AssignmentRole.LEAD).exists()
        owed = [row for row in rows if row.state in OWED_STATES]
        difficult = any(
            Difficulty.objects.filter(reply__instalment=row, answered_at__isnull=True)
            .exclude(reply__state=ReplyState.DRAFT)
            .exists()
            for row in rows
        )
        if led and rows and not any(row.state in OPEN_STATES for row in rows):
            found[task.pk] = Light.DONE
        elif any(row.due_date is not None and row.due_date < day for row in owed):
            found[task.pk] = Light.RED
        elif (
            difficult
            or not led
            or any(row.state == InstalmentState.RETURNED for row in rows)
            or any(
                row.due_date is not None and calendar.working_days_between(day, row.due_date) <= 5
                for row in owed
            )
        ):
            found[task.pk] = Light.AMBER
        else:
            found[task.pk] = Light.GREEN
    return found


NOVEMBER = date(2025, 11, 14)


def test_large_work_is_counted_as_by_hand_and_every_number_is_that_of_its_list(client):
    work = large_work(UserFactory(), plans=2, tasks=60, units=14, replies=220, today=NOVEMBER)
    slow = slow_lights(NOVEMBER)
    assert {item.task: item.light for item in items_of(Field(), NOVEMBER)} == slow
    assert set(slow.values()) == set(Light)
    for person, desk, lists in (
        (work.director, "directors_desk", "directors_list"),
        (work.heads[work.units[0].pk], "unit_desk", "unit_list"),
    ):
        for plan in (None, work.plans[0].pk):
            query = {} if plan is None else {"plan": plan}
            context = page_of(client, person, NOVEMBER, desk, **query).context

            def listed(which: str, lists=lists, person=person, query=query) -> str:
                return page_of(client, person, NOVEMBER, lists, which, **query).context["count_words"]

            for light in context["lights"].figures:
                which = light.url.split("?")[0].rstrip("/").rsplit("/", 1)[1]
                assert listed(which) == light.count
            assert listed("tat-ca") == context["lights"].total
            share, waiting, difficulties = context["figures"]
            assert listed("cho-nghiem-thu") == waiting.number
            assert listed("kho-khan") == difficulties.number
            done, due = (int(word) for word in share.about.replace(".", "").split() if word.isdigit())
            assert int(listed("den-han")) == due - done
            # The evening of today is what the figures at the top say.
            late = (
                Field(None if desk == "directors_desk" else frozenset({work.units[0].pk}), plan)
                .instalments()
                .late_on(NOVEMBER)
            )
            assert context["weeks"][0][1] == str(late.count())


def test_same_arguments_make_the_same_large_work():
    def made() -> tuple[Counter, Counter]:
        # Taken back afterwards: the accounts have the same names each time.
        with transaction.atomic():
            large_work(UserFactory(), plans=1, tasks=20, units=5, replies=30, today=NOVEMBER)
            found = (
                Counter(Instalment.objects.values_list("state", "due_date", "reported_date", "percent")),
                Counter(Reply.objects.values_list("state", "text", "sent_at", "difficulty__text")),
            )
            transaction.set_rollback(True)
        return found

    assert made() == made()


@pytest.mark.parametrize("desk", ["directors", "unit"])
def test_desk_and_its_lists_ask_as_often_for_three_tasks_as_for_one(work, client, desk):
    def filled(number: int) -> None:
        task = another_task(
            work, f"Việc {number}.", OnDate(date(2025, 6, 2)), lead=work.lead, supports=(work.support,)
        )
        put_after(by=work.planner, before=work.task, after=task)
        reports_progress(work.support_officer, part(task, work.support), DAY, difficulty="Khó.")
        done = another_task(work, f"Xong {number}.", OnDate(date(2025, 6, 2)), lead=work.lead)
        reports_done(work.lead_officer, part(done, work.lead), DAY)

    def queries(url: str) -> int:
        with clock.stopped_at(at(AFTER)), CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    client.force_login(work.director if desk == "directors" else work.lead_head)
    urls = [
        reverse(f"programme:{desk}_desk"),
        reverse(f"programme:{desk}_desk", query={"plan": work.plan.pk, "units": "all"}),
        *(reverse(f"programme:{desk}_list", args=[which]) for which in LISTS),
        reverse(
            f"programme:{desk}_list", args=["tat-ca"], query={"plan": work.plan.pk, "section": 0, "unit": 0}
        ),
    ]
    filled(1)
    for url in urls:
        queries(url)
    with_one = [queries(url) for url in urls]
    filled(2)
    filled(3)
    assert [queries(url) for url in urls] == with_one
    assert max(with_one) < 20


def test_empty_programme_has_calm_desks(client):
    head = PostFactory(role=Role.UNIT_HEAD).person
    director = PostFactory(role=Role.DIRECTOR).person
    for person, page in ((director, "directors_desk"), (head, "unit_desk")):
        answer = page_of(client, person, timezone.localdate(), page)
        assert (answer.status_code, "Chưa có gì để hiển thị" in answer.content.decode()) == (200, True)
