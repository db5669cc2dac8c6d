"""My desk: what stands in which block on which day, for whom, in how many queries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.choices import UnitKind
from khuevan.people.models import User
from khuevan.plain.calendar.deadline_rules import EachWeek, OnDate
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.work_lights import soon_until
from khuevan.programme.actions import (
    accept_reply,
    add_step,
    answer_difficulty,
    move_step,
    return_reply,
    save_reply_draft,
    waive_instalment,
)
from khuevan.programme.browse_queries import sight_of
from khuevan.programme.choices import ReplyState
from khuevan.programme.desk_queries import Block, OwnLine, desk_sight, own_work
from khuevan.programme.gap_queries import Gaps, gaps
from khuevan.programme.lines import UnitName
from khuevan.programme.matter_queries import Matter, matters, waiting_matters
from khuevan.programme.models import Difficulty, Reply
from khuevan.programme.presenters.desk import Today, today_in_words
from khuevan.programme.work_queries import replies_to_judge
from tests.factories.desk import another_task, part, reports_done, reports_progress
from tests.factories.people import UnitFactory
from tests.factories.work import DAY, DUE, Office, at, office

pytestmark = pytest.mark.django_db

# Five working days before DUE, a Friday, is the Friday before; DAY is the Thursday before that.
FRIDAY_BEFORE, AFTER = date(2025, 6, 13), date(2025, 6, 23)
PEOPLE = (
    "planner", "director", "deputy", "auditor", "lead_head", "lead_officer", "support_head", "support_officer",
    "other_officer",
)  # fmt: skip


@pytest.fixture
def work() -> Office:
    return office()


def desk_of(person: User, day: date) -> dict[Block, list[OwnLine]]:
    """The lines of the person's desk; empty blocks are left out."""
    fresh = User.objects.get(pk=person.pk)
    found = own_work(fresh, day, soon_until(day, vietnamese_working_calendar()), 50)
    assert {block: len(lines) for block, lines in found.lines.items()} == found.totals
    return {block: lines for block, lines in found.lines.items() if lines}


def waiting_for(person: User, day: date) -> dict[Matter, list[int]]:
    """The keys of the replies that wait for the person."""
    found = waiting_matters(User.objects.get(pk=person.pk), day, 10)
    return {matter: [line.pk for line in lines] for matter, lines in found.lines.items() if lines}


def lead_line(work: Office, **changes) -> OwnLine:
    """The lead's instalment as a line of the desk."""
    unit = UnitName(work.lead.pk, work.lead.name, work.lead.short_name)
    values = {
        "pk": work.lead_instalment.pk, "task": work.task.pk, "task_text": work.task.text, "unit": unit,
        "due_date": DUE, "state": "WAITING", "role": "LEAD",
    }  # fmt: skip
    return OwnLine(**{**values, **changes})


@pytest.mark.parametrize(
    ("day", "block"),
    [
        (DAY, Block.LATER),  # six working days ahead
        (FRIDAY_BEFORE, Block.TODAY),  # five
        (DUE - timedelta(days=1), Block.TODAY),
        (DUE, Block.TODAY),
        (DUE + timedelta(days=1), Block.LATE),  # a Saturday
        (AFTER, Block.LATE),
    ],
)
def test_instalment_stands_in_the_block_of_its_day(work, day, block):
    assert desk_of(work.lead_officer, day) == {block: [lead_line(work)]}


@pytest.mark.parametrize(
    ("day", "block"), [(date(2025, 8, 26), Block.LATER), (date(2025, 8, 27), Block.TODAY)]
)
def test_working_days_are_counted_over_the_national_day(day, block):
    work = office(OnDate(date(2025, 9, 5)))
    assert list(desk_of(work.lead_officer, day)) == [block]


def test_work_without_a_deadline_waits_apart():
    work = office(None)
    assert desk_of(work.lead_officer, DAY) == {Block.UNDATED: [lead_line(work, due_date=None)]}


def test_what_is_reported_waits_for_others_and_is_not_late(work):
    reply = reports_done(work.lead_officer, work.lead_instalment, DUE)
    assert desk_of(work.lead_officer, AFTER) == {}
    assert waiting_for(work.planner, AFTER) == {Matter.VERDICT: [reply.pk]}


def test_what_was_accepted_late_is_gone_from_every_desk(work):
    reply = reports_done(work.lead_officer, work.lead_instalment, AFTER)
    accept_reply(by=work.planner, reply=reply)
    assert desk_of(work.lead_officer, AFTER) == {}
    assert waiting_for(work.planner, AFTER) == {}


def test_returned_work_comes_first_with_the_reason(work):
    sooner = another_task(work, "Việc đến hạn sớm hơn.", OnDate(date(2025, 6, 16)), lead=work.lead)
    reply = reports_done(work.lead_officer, work.lead_instalment, DAY)
    return_reply(by=work.planner, reply=reply, reason="Thiếu danh sách khách mời.")
    found = desk_of(work.lead_officer, DAY)[Block.TODAY]
    assert found[0] == lead_line(work, state="RETURNED", reason="Thiếu danh sách khách mời.")
    assert [line.task for line in found] == [work.task.pk, sooner.pk]


def test_returned_work_after_its_day_is_late_and_keeps_the_reason(work):
    reply = reports_done(work.lead_officer, work.lead_instalment, DAY)
    return_reply(by=work.planner, reply=reply, reason="Thiếu ảnh.")
    assert desk_of(work.lead_officer, AFTER) == {
        Block.LATE: [lead_line(work, state="RETURNED", reason="Thiếu ảnh.")]
    }


def test_draft_brings_far_work_onto_the_desk_of_its_unit_only(work):
    save_reply_draft(
        by=work.lead_officer,
        instalment=work.lead_instalment,
        text="Mới viết.",
        difficulty="Chưa có kinh phí.",
    )
    assert desk_of(work.lead_head, DAY) == {Block.TODAY: [lead_line(work, has_draft=True)]}
    assert list(desk_of(work.support_officer, DAY)) == [Block.LATER]
    # Nobody else learns of the draft's difficulty.
    assert {name: waiting_for(getattr(work, name), DAY) for name in PEOPLE} == {name: {} for name in PEOPLE}


def test_weekly_duty_stands_on_the_desk_once():
    work = office(EachWeek(5))
    for instalment in work.leading.instalments.filter(due_date__lt=DAY):
        accept_reply(by=work.planner, reply=reports_done(work.lead_officer, instalment, instalment.due_date))
    # Two Fridays lie within five working days of a Friday.
    found = desk_of(work.lead_officer, FRIDAY_BEFORE)
    assert [line.due_date for line in found[Block.TODAY]] == [FRIDAY_BEFORE]
    assert found[Block.LATER][0].due_date == date(2025, 6, 20)


def test_steps_stand_where_they_can_be_done(work):
    with clock.stopped_at(at(DAY)):
        first = add_step(
            by=work.lead_head, task=work.task, unit=work.support, title="Xin phép", due_date=date(2025, 6, 10)
        )
        second = add_step(
            by=work.lead_head, task=work.task, unit=work.lead, title="In ấn phẩm", after=[first]
        )
        ahead = date(2025, 6, 20)
        later = add_step(
            by=work.lead_head, task=work.task, unit=work.lead, title="Tổng kết", start_date=ahead
        )
    unit = UnitName(work.lead.pk, work.lead.name, work.lead.short_name)

    def line(step, title, **values):
        return OwnLine(step.pk, work.task.pk, work.task.text, unit, None, "TODO", step=title, **values)

    held = line(second, "In ấn phẩm", held=True)
    assert desk_of(work.lead_officer, DAY) == {
        Block.LATER: [lead_line(work), held, line(later, "Tổng kết")],
    }
    assert [found.step for found in desk_of(work.support_officer, DAY)[Block.LATE]] == ["Xin phép"]
    with clock.stopped_at(at(DAY)):
        move_step(by=work.support_officer, step=first, state="DONE")
    assert desk_of(work.lead_officer, DAY) == {
        Block.TODAY: [line(second, "In ấn phẩm")],
        Block.LATER: [lead_line(work), line(later, "Tổng kết")],
    }
    assert Block.LATE not in desk_of(work.support_officer, DAY)


def test_late_work_stands_the_longest_first(work):
    older = another_task(work, "Việc trễ lâu hơn.", OnDate(date(2025, 6, 2)), lead=work.lead)
    with clock.stopped_at(at(DAY)):
        add_step(by=work.lead_head, task=older, unit=work.lead, title="Bước trễ", due_date=date(2025, 6, 10))
    late = desk_of(work.lead_officer, AFTER)[Block.LATE]
    assert [(line.due_date, line.step) for line in late] == [
        (date(2025, 6, 2), ""), (date(2025, 6, 10), "Bước trễ"), (DUE, ""),
    ]  # fmt: skip


def test_reports_wait_for_exactly_those_for_whom_the_rule_says_so(work):
    reports_done(work.lead_officer, work.lead_instalment, DAY)
    reports_done(work.support_officer, work.support_instalment, DAY)
    for name in PEOPLE:
        person = User.objects.get(pk=getattr(work, name).pk)
        verdicts = matters(person, DAY).filter(matter=Matter.VERDICT)
        assert list(verdicts) == list(replies_to_judge(person, DAY)), name
    assert {name for name in PEOPLE if waiting_for(getattr(work, name), DAY)} == {
        "planner", "director", "deputy", "lead_head",
    }  # fmt: skip


def test_difficulty_waits_for_whoever_judges_its_unit(work):
    of_support = reports_progress(
        work.support_officer, work.support_instalment, DAY, difficulty="Chưa có bản quyền nhạc."
    )
    of_lead = reports_progress(work.lead_officer, work.lead_instalment, DAY, difficulty="Thiếu kinh phí.")
    assert {name: waiting_for(getattr(work, name), DAY) for name in PEOPLE} == {
        **{name: {} for name in PEOPLE},
        "lead_head": {Matter.ANSWER: [of_support.pk]},
        "planner": {Matter.ANSWER: [of_lead.pk]},
        "director": {Matter.ANSWER: [of_lead.pk]},
        "deputy": {Matter.ANSWER: [of_lead.pk]},
    }
    answer_difficulty(by=work.planner, difficulty=of_lead.difficulty, answer="Đã bố trí.")
    assert waiting_for(work.director, DAY) == {}


def test_report_of_what_is_not_required_any_more_waits_for_nobody(work):
    reports_done(work.lead_officer, work.lead_instalment, DAY)
    waive_instalment(by=work.director, instalment=work.lead_instalment, reason="Sự kiện bị hủy.")
    assert {name: waiting_for(getattr(work, name), DAY) for name in PEOPLE} == {name: {} for name in PEOPLE}
    assert desk_of(work.lead_officer, DAY) == {}


def test_report_with_a_difficulty_is_one_matter(work):
    reply = reports_done(work.lead_officer, work.lead_instalment, DAY)
    with unaudited("a difficulty in a report of completion"):
        Difficulty.objects.create(reply=reply, text="Thiếu phiên dịch.", asks_for="Cho thuê ngoài.")
    found = waiting_matters(work.planner, DAY, 10)
    assert found.totals == {Matter.VERDICT: 1, Matter.ANSWER: 0}
    assert found.lines[Matter.VERDICT][0].difficulty == "Thiếu phiên dịch."


def test_gaps_are_what_keeps_work_from_starting(work):
    another_task(work, "Việc chưa ai làm.", OnDate(DUE))
    another_task(work, "Việc chưa có hạn.", None, lead=work.lead)
    group = UnitFactory(name="Các phòng, đơn vị thuộc Sở", kind=UnitKind.GROUP, parent=work.department)
    another_task(work, "Việc của cả nhóm.", OnDate(DUE), lead=work.lead, supports=(group,))
    assert gaps(work.planner) == Gaps(without_lead=1, groups=1, without_deadline=1, imports=0)


def test_desk_asks_for_the_units_that_a_person_sees(work):
    for name in PEOPLE:
        person = User.objects.get(pk=getattr(work, name).pk)
        assert desk_sight(person, DAY) == sight_of(person, DAY), name


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 11, 14), Today("Thứ Sáu, 14/11/2025", "25/9 năm Ất Tỵ", "")),
        (date(2025, 11, 16), Today("Chủ nhật, 16/11/2025", "27/9 năm Ất Tỵ",
                                   "Hôm nay là ngày nghỉ. Ngày làm việc tới là thứ hai, 17/11/2025.")),
        (date(2025, 9, 2), Today("Thứ Ba, 02/09/2025", "11/7 năm Ất Tỵ",
                                 "Hôm nay nghỉ: Quốc khánh. Ngày làm việc tới là thứ tư, 03/09/2025.")),
        (date(2025, 4, 26), Today("Thứ Bảy, 26/04/2025", "29/3 năm Ất Tỵ",
                                  "Hôm nay làm bù cho một ngày nghỉ.")),
    ],
)  # fmt: skip
def test_day_is_greeted_with_its_lunar_date_and_holiday(day, words):
    with translation.override("vi"):
        assert today_in_words(day) == words


def page_of(client: Client, person: User, day: date, name: str = "desk", *args: str) -> dict:
    """The context of a desk's page as the person sees it on the day."""
    client.force_login(person)
    with clock.stopped_at(at(day)):
        answer = client.get(reverse(f"programme:{name}", args=args))
    assert answer.status_code == 200
    return answer.context


def blocks_of(client: Client, person: User, day: date) -> list[tuple[str, list[tuple[str, str]], list[str]]]:
    """Of each block its title, its lines with their buttons, and the numbers beside them."""
    return [
        (
            block.title,
            [(row.title, row.button) for group in block.groups for row in group.rows],
            [f"{link.count} {link.label}" for link in block.links],
        )
        for block in page_of(client, person, day)["desk"]["blocks"]
    ]


TITLE = "Tổ chức tuần phim Việt Nam giới thiệu Hà Nội với bạn bè quốc tế"


def test_each_person_finds_the_blocks_that_are_theirs(work, client):
    reports_done(work.support_officer, work.support_instalment, DAY)
    reports_progress(work.lead_officer, work.lead_instalment, DAY, difficulty="Chưa có kinh phí.")
    mine = [(TITLE, "Báo cáo")]
    today, waiting, late = "Cần làm hôm nay", "Đang chờ bạn", "Quá hạn"
    assert blocks_of(client, work.lead_officer, DUE) == [
        (today, mine, []), (waiting, [], []), (late, [], []),
    ]  # fmt: skip
    assert blocks_of(client, work.lead_officer, DAY)[0] == (today, [], ["1 việc đến hạn sau"])
    assert blocks_of(client, work.lead_head, AFTER) == [
        (today, [], []), (waiting, [(TITLE, "Xem xét")], []), (late, mine, []),
    ]  # fmt: skip
    assert blocks_of(client, work.support_officer, AFTER) == [
        (today, [], []), (waiting, [], ["1 báo cáo của đơn vị bạn đang chờ nghiệm thu"]), (late, [], []),
    ]  # fmt: skip
    assert blocks_of(client, work.director, AFTER) == [(waiting, [("Chưa có kinh phí", "Trả lời")], [])]
    assert blocks_of(client, work.auditor, AFTER) == []


def test_line_leads_to_its_instalment_and_back(work, client):
    found = page_of(client, work.lead_officer, DUE)["desk"]["blocks"][0].groups[0].rows[0]
    desk = "%2Fquan-tri%2Fchuong-trinh%2Fban-lam-viec%2F"
    assert found.url == f"{reverse('programme:instalment', args=[work.lead_instalment.pk])}?next={desk}"
    assert (found.due, found.sign.code, found.note) == ("hôm nay", "SOON", "")


def test_directors_see_all_work_at_a_glance_and_auditors_where_to_read(work, client):
    lights = page_of(client, work.director, AFTER)["desk"]["lights"]
    assert lights.words == "1 quá hạn, 0 cần chú ý, 0 đúng tiến độ, 0 hoàn thành"
    desk = page_of(client, work.auditor, AFTER)["desk"]
    assert desk["lights"] is None
    assert [link.label for link in desk["desks"]] == ["Bàn điều hành"]
    assert [link.label for link in desk["reading"]] == [
        "Kế hoạch và nhiệm vụ", "Khó khăn, vướng mắc", "Nhắc việc", "Nhật ký hệ thống",
    ]  # fmt: skip


def test_longer_block_leads_to_its_list(work, client):
    for number in range(11):
        another_task(work, f"Việc số {number}.", OnDate(DUE), lead=work.lead)
    block = page_of(client, work.lead_officer, DUE)["desk"]["blocks"][0]
    assert (block.count, len(block.groups[0].rows)) == (12, 10)
    listed = page_of(client, work.lead_officer, DUE, "desk_list", "hom-nay")
    assert block.groups[0].more == reverse("programme:desk_list", args=["hom-nay"])
    assert [row.title for row in listed["rows"]] == [TITLE, *(f"Việc số {n}" for n in range(11))]


def test_list_has_fifty_lines_a_page(work, client):
    for number in range(60):
        another_task(work, f"Việc số {number}.", OnDate(date(2025, 6, 2)), lead=work.lead)
    client.force_login(work.lead_officer)
    with clock.stopped_at(at(AFTER)):
        second = client.get(reverse("programme:desk_list", args=["qua-han"], query={"page": 2})).context
    assert (second["count"], len(second["rows"]), second["rows"][-1].title) == (61, 11, TITLE)


LISTS = ("hom-nay", "qua-han", "sap-toi", "chua-co-han", "da-bao-cao", "cho-tra-loi")
GAP_LISTS = ("chua-co-chu-tri", "chua-tach-nhom", "chua-dat-han")


def test_each_list_holds_what_its_number_counts(work, client):
    another_task(work, "Việc chưa ai làm.", OnDate(DUE))
    another_task(work, "Việc chưa có hạn.", None, lead=work.lead)
    reports_done(work.support_officer, work.support_instalment, DAY)
    reports_progress(work.lead_officer, work.lead_instalment, DAY, difficulty="Chưa có kinh phí.")

    def titles(person, which):
        return [row.title for row in page_of(client, person, DAY, "desk_list", which)["rows"]]

    lead = {which: titles(work.lead_officer, which) for which in LISTS}
    assert lead == {**{which: [] for which in LISTS}, "sap-toi": [TITLE], "chua-co-han": ["Việc chưa có hạn"]}
    assert titles(work.support_head, "da-bao-cao") == [TITLE]
    assert titles(work.planner, "cho-tra-loi") == ["Chưa có kinh phí"]
    assert {which: titles(work.planner, which) for which in GAP_LISTS} == {
        "chua-co-chu-tri": ["Việc chưa ai làm"], "chua-tach-nhom": [], "chua-dat-han": ["Việc chưa có hạn"],
    }  # fmt: skip


def test_what_plans_lack_is_listed_for_those_who_order_work(work, client):
    for name in PEOPLE:
        client.force_login(getattr(work, name))
        for which in GAP_LISTS:
            answer = client.get(reverse("programme:desk_list", args=[which]))
            assert answer.status_code == (200 if name in {"planner", "director", "deputy"} else 403)
    assert "Chỉ cán bộ tổng hợp kế hoạch và lãnh đạo Sở" in answer.content.decode()


def test_unknown_list_is_not_found_and_desks_are_only_read(work, client):
    client.force_login(work.lead_officer)
    assert client.get(reverse("programme:desk_list", args=["khong-co"])).status_code == 404
    for name in PEOPLE:
        client.force_login(getattr(work, name))
        assert client.post(reverse("programme:desk")).status_code == 405
        assert client.post(reverse("programme:desk_list", args=["qua-han"])).status_code == 405


@pytest.mark.parametrize("name", ["planner", "lead_head", "support_officer", "director"])
def test_desk_asks_as_often_for_three_tasks_as_for_one(work, client, name):
    person = getattr(work, name)

    def filled(text):
        task = another_task(work, text, OnDate(DUE), lead=work.lead, supports=(work.support,))
        another_task(work, f"{text} Trễ.", OnDate(date(2025, 6, 2)), lead=work.lead, supports=(work.support,))
        with clock.stopped_at(at(DAY)):
            add_step(by=work.lead_head, task=task, unit=work.support, title="Bước")
        reports_done(work.lead_officer, part(task, work.lead), DAY)
        reports_progress(work.support_officer, part(task, work.support), DAY, difficulty="Khó.")

    def queries(url):
        with clock.stopped_at(at(DUE)), CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    client.force_login(person)
    urls = [
        reverse("wagtailadmin_home"),
        reverse("programme:desk"),
        *(reverse("programme:desk_list", args=[which]) for which in LISTS),
    ]
    filled("Việc thứ nhất.")
    for url in urls:
        queries(url)
    with_one = [queries(url) for url in urls]
    filled("Việc thứ hai.")
    filled("Việc thứ ba.")
    assert [queries(url) for url in urls] == with_one
    # The newsroom counts what waits there in one query more.
    assert max(with_one) < 21


def test_draft_of_another_unit_is_on_no_page_of_the_desks(work, client):
    save_reply_draft(
        by=work.support_officer,
        instalment=work.support_instalment,
        text="Bản nháp bí mật.",
        difficulty="Khó khăn bí mật.",
    )
    assert Reply.objects.get().state == ReplyState.DRAFT
    urls = [
        *(reverse(f"programme:{name}") for name in ("desk", "directors_desk", "unit_desk")),
        *(reverse("programme:desk_list", args=[which]) for which in LISTS),
        *(reverse("programme:directors_list", args=[which]) for which in ("tat-ca", "den-han", "kho-khan")),
        *(reverse("programme:unit_list", args=[which]) for which in ("tat-ca", "den-han", "kho-khan")),
    ]
    for name in set(PEOPLE) - {"support_head", "support_officer"}:
        client.force_login(getattr(work, name))
        for url in urls:
            with clock.stopped_at(at(AFTER)):
                assert "bí mật" not in client.get(url).content.decode(), (name, url)
