"""The page of one task at work: where it stands, who does what, steps, order, history, and who sees which button."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.choices import UnitKind
from khuevan.people.models import User
from khuevan.plain.calendar.deadline_rules import AllYear, EachPeriod, OnDate
from khuevan.programme.actions import (
    accept_reply,
    add_step,
    answer_difficulty,
    assign_unit,
    end_assignment,
    move_step,
    put_after,
    reassign,
    remove_step,
    return_reply,
    save_reply_draft,
    send_reply,
    set_task_deadline,
    set_unit_deadline,
    waive_instalment,
)
from khuevan.programme.choices import Outcome, StepState
from khuevan.programme.models import Difficulty, Instalment, Reply, Task
from tests.factories.people import UnitFactory
from tests.factories.work import DAY, DUE, Office, assigned, at, office

pytestmark = pytest.mark.django_db

QUARTERLY = EachPeriod("QUARTER", 3, 15)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(DAY)):
        yield


Page = Callable[[Office, User], Any]


@pytest.fixture
def task_page(client: Client) -> Page:
    """A function that gives the task's page as a person sees it."""

    def shown(work: Office, person: User) -> Any:
        client.force_login(person)
        response = client.get(work.task.get_absolute_url())
        assert response.status_code == 200
        return response

    return shown


def text(response: Any) -> str:
    """The words of the page's own part, without markup, on one line."""
    html = re.sub(r"(?s)^.*<div class=\"pg\">|<script.*?</script>", "", response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def links(response: Any) -> set[str]:
    """The addresses to which the page leads, as far as work is ordered there."""
    found = re.findall(r'(?:href|action)="([^"]+)"', response.content.decode())
    return {url.split("?")[0] for url in found if re.search(r"/(phan-cong|thoi-han|thu-tu|buoc)/", url)}


def reported(work: Office, instalment: Instalment, by: User) -> Reply:
    draft = save_reply_draft(
        by=by, instalment=instalment, outcome=Outcome.DONE, text="Xong.", no_evidence_reason="Việc nội bộ."
    )
    return send_reply(by=by, reply=draft)


def progress(instalment: Instalment, by: User, percent: int, difficulty: str = "") -> Reply:
    draft = save_reply_draft(
        by=by, instalment=instalment, percent=percent, text="Đang làm.", difficulty=difficulty
    )
    return send_reply(by=by, reply=draft)


def further_task(work: Office, words: str) -> Task:
    with unaudited("a further task"):
        return Task.objects.create(
            plan=work.plan,
            ref="II.2",
            text=words,
            order=Task.objects.count(),
            read_in=work.plan.versions.get(),
        )


def test_standing_tells_the_leads_state_the_next_deadline_and_how_far(task_page: Page) -> None:
    work = office(QUARTERLY)
    lead = list(Instalment.objects.filter(assignment=work.leading).order_by("due_date"))
    accept_reply(by=work.planner, reply=reported(work, lead[0], work.lead_officer))
    progress(lead[1], work.lead_officer, 40)
    progress(work.support_instalment, work.support_officer, 10, difficulty="Thiếu phòng chiếu.")
    standing = task_page(work, work.planner).context["standing"]
    assert (standing.sign.code, standing.due_label, standing.due, standing.percent, standing.facts) == (
        "SOON", "Kỳ hạn tới", "ngày mai", 40, ("1/4 kỳ đã xong",),
    )  # fmt: skip
    assert standing.alarms == ("1 đơn vị phối hợp quá hạn", "1 khó khăn, vướng mắc chờ trả lời")


def test_standing_says_how_late_the_lead_is(task_page: Page) -> None:
    work = office(OnDate(date(2025, 6, 2)))
    standing = task_page(work, work.director).context["standing"]
    assert (standing.sign.code, standing.sign.label, standing.due) == ("LATE", "trễ 10 ngày", "02/06/2025")
    assert standing.alarms == ("1 đơn vị phối hợp quá hạn",)


def test_standing_of_finished_work_names_its_last_deadline(task_page: Page) -> None:
    work = office()
    accept_reply(by=work.planner, reply=reported(work, work.lead_instalment, work.lead_officer))
    reported(work, work.support_instalment, work.support_officer)
    standing = task_page(work, work.planner).context["standing"]
    assert (standing.sign.code, standing.due_label, standing.due, standing.percent) == (
        "DONE", "Kỳ hạn cuối", f"{DUE:%d/%m/%Y}", 100,
    )  # fmt: skip
    assert standing.alarms == ("1 báo cáo chờ nghiệm thu",)


def test_task_without_a_lead_says_so_and_leads_planners_to_name_one(task_page: Page) -> None:
    work = office()
    with unaudited("an amended plan took the lead away"):
        work.leading.dropped_in = work.plan.versions.get()
        work.leading.save()
    shown = task_page(work, work.planner)
    assert shown.context["standing"] is None
    assert "Nhiệm vụ chưa có đơn vị chủ trì nên chưa thể báo cáo." in text(shown)
    assert f"{reverse('programme:assign', args=[work.task.pk])}?role=LEAD" in shown.content.decode()
    assert reverse("programme:assign_many", args=[work.plan.pk]) in shown.content.decode()
    # Nobody can report yet, so nobody is led to it.
    assert [part.reports for part in task_page(work, work.support_head).context["assignments"]] == [False]
    assert "Giao đơn vị chủ trì" not in text(task_page(work, work.support_head))


def test_each_unit_stands_with_what_it_owes_and_many_are_folded(task_page: Page) -> None:
    work = office(QUARTERLY)
    set_unit_deadline(by=work.planner, assignment=work.supporting, rule=OnDate(date(2025, 7, 1)))
    shown = task_page(work, work.planner)
    lead, support = shown.context["assignments"]
    assert (lead.unit.name, lead.role, lead.current.due, lead.current.sign.code) == (
        "Phòng Thông tin – Báo chí – Xuất bản", "LEAD", "14/03/2025", "LATE",
    )  # fmt: skip
    assert [item.due for item in lead.others] == ["13/06/2025", "15/09/2025", "15/12/2025"]
    assert (lead.folded, support.folded) == (True, False)
    # The supporting unit's own deadline took the place of its quarters; the late one went with them.
    assert (support.rule, support.current.due, support.others) == (
        "Ngày 01/07/2025; nếu trùng ngày nghỉ thì lấy ngày làm việc liền trước", "01/07/2025", (),
    )  # fmt: skip
    html = shown.content.decode()
    for instalment in Instalment.objects.all():
        assert f'href="{reverse("programme:instalment", args=[instalment.pk])}"' in html


@pytest.mark.parametrize(
    ("who", "reports"),
    [
        ("lead_officer", [True, False]),
        ("lead_head", [True, False]),
        ("support_head", [False, True]),
        ("support_officer", [False, True]),
        ("planner", [False, False]),
        ("auditor", [False, False]),
    ],
)
def test_page_leads_the_units_own_people_to_the_report_that_is_asked_for(
    task_page: Page, who: str, reports: list[bool]
) -> None:
    work = office()
    shown = task_page(work, getattr(work, who))
    assert [part.reports for part in shown.context["assignments"]] == reports
    # What waits to be accepted is not asked for again.
    reported(work, work.lead_instalment, work.lead_officer)
    reported(work, work.support_instalment, work.support_officer)
    shown = task_page(work, getattr(work, who))
    assert [part.reports for part in shown.context["assignments"]] == [False, False]


def test_unit_that_ended_is_folded_with_who_and_why(task_page: Page) -> None:
    work = office()
    progress(work.support_instalment, work.support_officer, 30)
    end_assignment(by=work.planner, assignment=work.supporting, reason="Không còn cần phần này.")
    shown = task_page(work, work.lead_officer)
    assert [part.unit.name for part in shown.context["assignments"]] == [work.lead.name]
    (ended,) = shown.context["ended"]
    assert (ended.unit.name, ended.role, ended.by, ended.at, ended.reason) == (
        "Phòng Truyền thông số", "Phối hợp", "Nguyễn Thị Kế Hoạch", at(DAY), "Không còn cần phần này.",
    )  # fmt: skip
    # What it had begun is told; an instalment that it never began would not be.
    assert [(item.due, item.sign.code, item.percent) for item in ended.others] == [
        ("20/06/2025", "CANCELLED", 30)
    ]
    assert "1 đơn vị trước đây" in text(shown)


def test_steps_stand_in_order_with_what_each_waits_for(task_page: Page) -> None:
    work = office()
    by = work.lead_head
    first = add_step(by=by, task=work.task, unit=work.lead, title="Chọn phim", due_date=date(2025, 6, 10))
    second = add_step(by=by, task=work.task, unit=work.support, title="Dựng phim", after=[first])
    add_step(by=by, task=work.task, unit=work.lead, title="Mời khách", after=[first, second])
    items = task_page(work, work.planner).context["steps"]
    assert [(item.number, item.title, item.sign.code, item.after, item.waits) for item in items] == [
        (1, "Chọn phim", "LATE", "", ""),
        (2, "Dựng phim", "TODO", "sau bước 1", "“Chọn phim”"),
        (3, "Mời khách", "TODO", "sau bước 1, 2", "“Chọn phim”; “Dựng phim”"),
    ]
    move_step(by=by, step=first, state=StepState.DONE)
    items = task_page(work, work.planner).context["steps"]
    assert (items[0].days, items[1].waits) == ("xong ngày 12/06/2025", "")


@pytest.mark.parametrize(
    ("who", "moves"),
    [
        # Only the first may be moved: the second waits for it. What is done reopens for whoever may move it.
        ("planner", [["DOING"], []]),
        ("director", [["DOING"], []]),
        ("lead_head", [["DOING"], []]),
        ("lead_officer", [["DOING"], []]),
        ("support_head", [[], []]),
        ("support_officer", [[], []]),
        ("auditor", [[], []]),
    ],
)
def test_steps_offer_the_moves_that_would_not_be_refused(
    task_page: Page, who: str, moves: list[list[str]]
) -> None:
    work = office()
    first = add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Chọn phim")
    add_step(by=work.lead_head, task=work.task, unit=work.support, title="Dựng phim", after=[first])
    items = task_page(work, getattr(work, who)).context["steps"]
    assert [[state for state, _label in item.moves] for item in items] == moves


def test_steps_offer_what_comes_next_to_the_unit_whose_turn_it_is(task_page: Page) -> None:
    work = office()
    first = add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Chọn phim")
    second = add_step(by=work.lead_head, task=work.task, unit=work.support, title="Dựng phim", after=[first])
    move_step(by=work.lead_officer, step=first, state=StepState.DONE)

    def moves(person: User) -> list[list[str]]:
        return [[state for state, _ in item.moves] for item in task_page(work, person).context["steps"]]

    assert moves(work.support_officer) == [[], ["DOING"]]
    assert moves(work.lead_officer) == [["DOING"], []]
    move_step(by=work.support_officer, step=second, state=StepState.DOING)
    assert moves(work.support_officer) == [[], ["DONE", "TODO"]]
    # The first cannot be reopened once the second has begun.
    assert moves(work.planner) == [[], ["DONE", "TODO"]]


@pytest.mark.parametrize(
    ("who", "orders", "splits"),
    [
        ("planner", True, True),
        ("director", True, True),
        ("deputy", True, True),
        ("lead_head", False, True),
        ("lead_officer", False, False),
        ("support_head", False, False),
        ("support_officer", False, False),
        ("auditor", False, False),
    ],
)
def test_page_leads_to_orders_only_those_who_may_give_them(
    task_page: Page, client: Client, who: str, orders: bool, splits: bool
) -> None:
    work = office()
    group = UnitFactory(name="Các phòng, đơn vị thuộc Sở", kind=UnitKind.GROUP, parent=work.department)
    assigned(work.task, group)
    step = add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Chọn phim")
    found = links(task_page(work, getattr(work, who)))
    expected: set[str] = set()
    if orders:
        parts = [work.leading.pk, work.supporting.pk, work.task.assignments.get(unit=group).pk]
        expected |= {reverse("programme:assign", args=[work.task.pk])}
        expected |= {reverse("programme:task_deadline", args=[work.task.pk])}
        expected |= {reverse("programme:task_order", args=[work.task.pk])}
        expected |= {reverse("programme:reassign", args=[pk]) for pk in parts}
        expected |= {reverse("programme:unit_deadline", args=[pk]) for pk in parts}
        expected |= {reverse("programme:end_assignment", args=[pk]) for pk in parts[1:]}
        expected |= {reverse("programme:split_group", args=[parts[2]])}
    if splits:
        expected |= {reverse("programme:step_add", args=[work.task.pk])}
        expected |= {reverse("programme:step_edit", args=[step.pk])}
    if splits or who == "lead_officer":
        expected |= {reverse("programme:step_move", args=[step.pk])}
    assert found == expected
    # None of them refuses the person to whom it was shown.
    assert {client.get(url).status_code for url in found} <= {200}


def test_stranger_sees_no_task(client: Client) -> None:
    work = office()
    client.force_login(work.other_officer)
    assert client.get(work.task.get_absolute_url()).status_code == 404


def test_dropped_task_offers_no_orders(task_page: Page) -> None:
    work = office()
    add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Chọn phim")
    with unaudited("an amended plan dropped it"):
        work.task.state, work.task.dropped_in = "DROPPED", work.plan.versions.get()
        work.task.save()
    shown = task_page(work, work.planner)
    assert (links(shown), shown.context["standing"]) == (set(), None)
    assert "Chọn phim" in text(shown)


def test_tasks_before_and_after_are_named_as_far_as_the_person_reads_them(task_page: Page) -> None:
    work = office()
    theirs, mine, later = (
        further_task(work, words) for words in ("Việc của phòng khác", "Việc chung", "Việc sau")
    )
    assigned(mine, work.support)
    assigned(later, work.other, "LEAD")
    for before, after in ((theirs, work.task), (mine, work.task), (work.task, later)):
        put_after(by=work.planner, before=before, after=after)
    context = task_page(work, work.planner).context
    assert [(other.title, other.number, other.lead, other.is_done) for other in context["waits_for"]] == [
        ("Việc của phòng khác", 2, "", False),
        ("Việc chung", 3, "", False),
    ]
    assert [(other.title, other.lead) for other in context["awaited_by"]] == [("Việc sau", "Văn phòng Sở")]
    context = task_page(work, work.support_officer).context
    assert [other.title for other in context["waits_for"]] == ["Việc chung"]
    assert context["awaited_by"] == []


def test_deadline_is_told_in_words_beside_the_plans_own(task_page: Page) -> None:
    work = office()
    with unaudited("the plan's words"):
        work.task.due_text = "trong tháng 6"
        work.task.save()
    set_task_deadline(by=work.planner, task=work.task, rule=QUARTERLY, start_date=date(2025, 6, 16))
    words = text(task_page(work, work.lead_officer))
    assert (
        "Ngày 15 của tháng cuối quý, hằng quý; nếu trùng ngày nghỉ thì lấy ngày làm việc liền trước" in words
    )
    assert "Bắt đầu từ ngày 16/06/2025" in words
    assert "Trong kế hoạch: “trong tháng 6”" in words


def deeds(response: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(event.by, event.deed, event.sentences) for event in response.context["events"]]


def test_history_tells_orders_steps_and_reports_in_words(task_page: Page) -> None:
    work = office()
    lead, support = work.lead.name, work.support.name
    set_task_deadline(by=work.planner, task=work.task, rule=OnDate(date(2025, 6, 27)))
    assign_unit(by=work.director, task=work.task, unit=work.other, role="SUPPORT")
    step = add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Chọn phim")
    gone = add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Thừa")
    remove_step(by=work.lead_head, step=gone)
    move_step(by=work.lead_officer, step=step, state=StepState.DONE)
    progress(work.lead_instalment, work.lead_officer, 40, difficulty="Thiếu phòng chiếu.")
    answer_difficulty(by=work.planner, difficulty=Difficulty.objects.get(), answer="Đã mượn rạp.")
    return_reply(
        by=work.lead_head,
        reply=reported(work, work.support_instalment, work.support_officer),
        reason="Thiếu ảnh.",
    )
    accept_reply(
        by=work.lead_head, reply=reported(work, work.support_instalment, work.support_head), words="Tốt."
    )
    third = work.task.assignments.get(unit=work.other)
    waive_instalment(by=work.planner, instalment=third.instalments.get(), reason="Không có việc.")
    set_unit_deadline(by=work.planner, assignment=third, rule=OnDate(date(2025, 7, 1)))
    put_after(by=work.planner, before=further_task(work, "Việc trước"), after=work.task)
    reassign(by=work.planner, assignment=work.leading, unit=work.department, reason="Sở trực tiếp làm.")
    before = "Ngày 20/06/2025; nếu trùng ngày nghỉ thì lấy ngày làm việc liền trước"
    after = "Ngày 27/06/2025; nếu trùng ngày nghỉ thì lấy ngày làm việc liền trước"
    own = "Ngày 01/07/2025; nếu trùng ngày nghỉ thì lấy ngày làm việc liền trước"
    assert deeds(task_page(work, work.support_officer)) == [
        ("Nguyễn Thị Kế Hoạch", "Đặt thời hạn nhiệm vụ", (f"Thời hạn: “{before}” → “{after}”.",)),
        ("Vũ Thị Giám", "Giao nhiệm vụ cho đơn vị", ("Văn phòng Sở phối hợp.",)),
        ("Trần Văn Trưởng", "Thêm bước thực hiện", (f"Bước “Chọn phim” giao {lead}.",)),
        ("Trần Văn Trưởng", "Thêm bước thực hiện", (f"Bước “Thừa” giao {lead}.",)),
        ("Trần Văn Trưởng", "Xóa bước thực hiện", ("Bỏ bước “Thừa”.",)),
        (
            "Lê Thị Viên",
            "Chuyển trạng thái bước thực hiện",
            ("Bước “Chọn phim”: Chưa triển khai → Hoàn thành.",),
        ),
        ("Lê Thị Viên", "Gửi báo cáo", (f"{lead} báo cáo kỳ hạn 27/06/2025: 40%.",)),
        ("Nguyễn Thị Kế Hoạch", "Trả lời khó khăn, vướng mắc", (f"Trả lời {lead}: “Đã mượn rạp”.",)),
        ("Hoàng Thị Mạng", "Gửi báo cáo", (f"{support} báo cáo hoàn thành kỳ hạn 27/06/2025.",)),
        (
            "Trần Văn Trưởng",
            "Trả lại báo cáo",
            (f"{support}: báo cáo kỳ hạn 27/06/2025 bị trả lại: “Thiếu ảnh”.",),
        ),
        ("Phạm Văn Số", "Gửi báo cáo", (f"{support} báo cáo hoàn thành kỳ hạn 27/06/2025.",)),
        (
            "Trần Văn Trưởng",
            "Nghiệm thu báo cáo",
            (f"{support}: báo cáo kỳ hạn 27/06/2025 được nghiệm thu.", "“Tốt”"),
        ),
        (
            "Nguyễn Thị Kế Hoạch",
            "Không yêu cầu báo cáo",
            ("Văn phòng Sở: không phải báo cáo kỳ hạn 27/06/2025: “Không có việc”.",),
        ),
        (
            "Nguyễn Thị Kế Hoạch",
            "Đặt thời hạn riêng cho đơn vị",
            (f"Văn phòng Sở: thời hạn: “theo nhiệm vụ” → “{own}”.",),
        ),
        (
            "Nguyễn Thị Kế Hoạch",
            "Xếp nhiệm vụ sau nhiệm vụ khác",
            ("Nhiệm vụ phải chờ một nhiệm vụ khác.",),
        ),
        (
            "Nguyễn Thị Kế Hoạch",
            "Chuyển việc sang đơn vị khác",
            (
                f"{lead} thôi chủ trì: “Sở trực tiếp làm”.",
                "Sở Văn hóa và Thể thao chủ trì.",
            ),
        ),
    ]


@pytest.mark.parametrize("who", ["planner", "lead_head", "support_officer"])
def test_history_and_page_hold_no_word_of_a_draft(task_page: Page, who: str) -> None:
    work = office()
    save_reply_draft(
        by=work.support_officer,
        instalment=work.support_instalment,
        percent=77,
        text="Lời nháp một",
        proposals="Lời nháp hai",
        difficulty="Lời nháp ba",
        asks_for="Lời nháp bốn",
    )
    save_reply_draft(by=work.support_officer, instalment=work.support_instalment, text="Lời nháp năm")
    shown = task_page(work, getattr(work, who))
    assert (deeds(shown), "Lời nháp" in shown.content.decode(), "77" in text(shown)) == ([], False, False)
    (_lead, support) = shown.context["assignments"]
    assert (support.current.sign.code, support.current.percent, support.current.difficulty) == (
        "SOON" if (DUE - DAY).days <= 7 else "WAITING", 0, False,
    )  # fmt: skip
    # Nor when the unit's part ends, and the draft goes with it.
    end_assignment(by=work.planner, assignment=work.supporting, reason="Thôi.")
    assert "Lời nháp" not in task_page(work, work.planner).content.decode()


def test_long_history_shows_the_newest_deeds_and_folds_the_rest(task_page: Page) -> None:
    work = office()
    for month in range(1, 13):
        set_task_deadline(by=work.planner, task=work.task, rule=OnDate(date(2026, month, 2)))
    step = add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Chọn phim")
    context = task_page(work, work.planner).context
    assert (len(context["shown_events"]), len(context["older_events"])) == (12, 1)
    assert context["shown_events"][0].sentences == (f"Bước “{step.title}” giao {work.lead.name}.",)


def busy(units: int, rule: Any) -> Office:
    """A task on which many units work, with steps, an order, reports and difficulties."""
    work = office(rule)
    for number in range(units - 2):
        assigned(work.task, UnitFactory(name=f"Phòng số {number}", parent=work.department))
    progress(work.lead_instalment, work.lead_officer, 20, difficulty="Thiếu phòng chiếu.")
    first = add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Chọn phim")
    second = add_step(by=work.lead_head, task=work.task, unit=work.support, title="Dựng phim", after=[first])
    add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Mời khách", after=[first, second])
    put_after(by=work.planner, before=further_task(work, "Việc trước"), after=work.task)
    put_after(by=work.planner, before=work.task, after=further_task(work, "Việc sau"))
    return work


@pytest.mark.parametrize(
    "who", ["planner", "director", "auditor", "lead_head", "lead_officer", "support_head"]
)
def test_page_takes_fewer_than_twenty_queries_with_twenty_units_of_twelve_instalments(
    client: Client, who: str, django_assert_max_num_queries: Any
) -> None:
    work = busy(20, AllYear(None))
    with unaudited("a plan signed before its year"):
        work.plan.signed_date = date(2024, 12, 20)
        work.plan.save()
    with clock.stopped_at(at(date(2025, 1, 2))):
        set_task_deadline(by=work.planner, task=work.task, rule=EachPeriod("MONTH", 1, None))
    assert Instalment.objects.count() == 240
    client.force_login(getattr(work, who))
    client.get(work.task.get_absolute_url())  # content types and the like are read once a process
    with django_assert_max_num_queries(19):
        assert client.get(work.task.get_absolute_url()).status_code == 200


def test_page_takes_the_same_queries_for_one_unit_and_for_three(
    client: Client, django_assert_num_queries: Any
) -> None:
    for units, rule in ((3, OnDate(DUE)), (5, QUARTERLY)):
        work = busy(units, rule)
        client.force_login(work.planner)
        client.get(work.task.get_absolute_url())
        with django_assert_num_queries(14):
            assert client.get(work.task.get_absolute_url()).status_code == 200
