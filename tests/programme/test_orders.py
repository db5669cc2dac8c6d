"""Orders: who answers for a task, who takes over, who no longer does, and what waits for what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.core.recording import unaudited
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Unit
from khuevan.plain.calendar.deadline_rules import EachPeriod, OnDate, as_plain
from khuevan.programme.actions import (
    accept_reply,
    add_file_evidence,
    add_step,
    assign_unit,
    assign_units,
    end_assignment,
    move_step,
    put_after,
    reassign,
    release,
    return_reply,
    save_reply_draft,
    send_reply,
    set_unit_deadline,
    split_group,
    waive_instalment,
)
from khuevan.programme.choices import AssignmentRole, AssignmentSource, InstalmentState, Outcome, StepState
from khuevan.programme.evidence_files import checked_file
from khuevan.programme.models import (
    Assignment,
    Evidence,
    Instalment,
    Reply,
    Step,
    Task,
    TaskPrecedence,
)
from tests.factories.people import UnitFactory, person_with_role
from tests.factories.work import DAY, DUE, Office, assigned, at, office

pytestmark = pytest.mark.django_db

QUARTERLY = EachPeriod("QUARTER", 3, 15)
LEAD, SUPPORT = AssignmentRole.LEAD, AssignmentRole.SUPPORT


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(DAY)):
        yield


@pytest.fixture
def work() -> Office:
    return office()


@pytest.fixture
def quarterly() -> Office:
    """The office with a task that is due each quarter; the days of 2025: 14/3, 13/6, 15/9, 15/12."""
    return office(QUARTERLY)


def answers(task: Task) -> dict[str, str]:
    """Who answers for the task now: the role by the unit's short name."""
    rows = Assignment.objects.current().filter(task=task).select_related("unit")
    return {row.unit.short_name: row.role for row in rows}


def owed(assignment: Assignment) -> list[tuple[str, str]]:
    """Day and month of each instalment with its state, in order of the days."""
    rows = Instalment.objects.filter(assignment=assignment).order_by("nominal_date")
    return [(f"{row.due_date:%d/%m}" if row.due_date else "–", row.state) for row in rows]


def progress(assignment: Assignment, by: Any, percent: int, *, which: int = 0) -> Reply:
    instalment = Instalment.objects.filter(assignment=assignment).order_by("nominal_date")[which]
    draft = save_reply_draft(by=by, instalment=instalment, percent=percent, text="Đang làm.")
    return send_reply(by=by, reply=draft)


def done(assignment: Assignment, by: Any, *, which: int = 0) -> Reply:
    instalment = Instalment.objects.filter(assignment=assignment).order_by("nominal_date")[which]
    draft = save_reply_draft(
        by=by, instalment=instalment, outcome=Outcome.DONE, text="Xong.", no_evidence_reason="Việc nội bộ."
    )
    return send_reply(by=by, reply=draft)


def test_assigned_unit_owes_from_today(quarterly: Office) -> None:
    row = assign_unit(by=quarterly.planner, task=quarterly.task, unit=quarterly.other, role=SUPPORT)
    assert (row.role, row.source, row.origin, row.from_date) == (
        SUPPORT, AssignmentSource.PERSON, None, DAY,
    )  # fmt: skip
    # Of the quarters only those that are still to come; the lead owes the one before as well.
    assert owed(row) == [("13/06", "WAITING"), ("15/09", "WAITING"), ("15/12", "WAITING")]
    assert owed(quarterly.leading)[0] == ("14/03", "WAITING")


def test_assigned_unit_owes_a_single_date_though_it_has_passed() -> None:
    late = office(OnDate(date(2025, 5, 20)))
    row = assign_unit(by=late.planner, task=late.task, unit=late.other, role=SUPPORT)
    assert owed(row) == [("20/05", "WAITING")]


def test_task_keeps_one_lead_whatever_is_asked(work: Office) -> None:
    for unit, role in ((work.other, LEAD), (work.support, LEAD), (work.lead, LEAD), (work.lead, SUPPORT)):
        with pytest.raises(ValidationError):
            assign_unit(by=work.planner, task=work.task, unit=unit, role=role)
    assert answers(work.task) == {"TTBCXB": LEAD, "TTS": SUPPORT}


def test_supporting_unit_becomes_the_lead_where_there_is_none(work: Office) -> None:
    with unaudited("an amended plan took the lead away"):
        work.leading.dropped_in = work.plan.versions.get()
        work.leading.save()
    row = assign_unit(by=work.planner, task=work.task, unit=work.support, role=LEAD)
    assert row.pk == work.supporting.pk
    assert answers(work.task) == {"TTS": LEAD}
    assert owed(row) == [("20/06", "WAITING")]


def test_unit_that_has_ended_is_given_no_work(work: Office) -> None:
    ended = UnitFactory(name="Quận Ba Đình", kind=UnitKind.DISTRICT, valid_to=date(2025, 5, 31))
    with pytest.raises(ValidationError, match="does not exist any more"):
        assign_unit(by=work.planner, task=work.task, unit=ended, role=SUPPORT)
    with pytest.raises(ValidationError, match="does not exist any more"):
        reassign(by=work.planner, assignment=work.leading, unit=ended, reason="Chuyển việc")


def test_lead_and_supports_are_given_in_one_deed_or_not_at_all(work: Office) -> None:
    task = Task.objects.get(pk=work.task.pk)
    with pytest.raises(ValidationError) as refused:
        assign_units(by=work.planner, task=task, supports=[work.other, work.support])
    assert list(refused.value.message_dict) == ["supports"]
    with pytest.raises(ValidationError) as refused:
        assign_units(by=work.planner, task=task, lead=work.other)
    assert list(refused.value.message_dict) == ["lead"]
    with pytest.raises(ValidationError) as refused:
        assign_units(by=work.planner, task=task, lead=work.other, supports=[work.other])
    assert list(refused.value.message_dict) == ["supports"]
    assert answers(task) == {"TTBCXB": LEAD, "TTS": SUPPORT}
    planning = Unit.objects.get(short_name="KHTC")
    made = assign_units(by=work.planner, task=task, supports=[work.other, planning])
    assert {row.unit.short_name for row in made} == {"VPS", "KHTC"}
    batches = AuditEntry.objects.filter(verb="assign_unit").values_list("batch", flat=True)
    assert len(set(batches)) == 1


def test_work_that_goes_to_another_unit_takes_what_is_owed_and_leaves_what_was_done(
    quarterly: Office,
) -> None:
    accept_reply(by=quarterly.planner, reply=done(quarterly.leading, quarterly.lead_officer))
    progress(quarterly.leading, quarterly.lead_officer, 40, which=1)
    first = add_step(by=quarterly.lead_head, task=quarterly.task, unit=quarterly.lead, title="Mời khách")
    made = reassign(
        by=quarterly.planner, assignment=quarterly.leading, unit=quarterly.other, reason=" Đổi chức năng. "
    )
    assert answers(quarterly.task) == {"VPS": LEAD, "TTS": SUPPORT}
    assert owed(quarterly.leading) == [
        ("14/03", "DONE"), ("13/06", "CANCELLED"), ("15/09", "CANCELLED"), ("15/12", "CANCELLED"),
    ]  # fmt: skip
    former = Assignment.objects.get(pk=quarterly.leading.pk)
    assert (former.ended_at, former.ended_by, former.end_reason) == (
        at(DAY), quarterly.planner, "Đổi chức năng.",
    )  # fmt: skip
    assert owed(made) == [("13/06", "WAITING"), ("15/09", "WAITING"), ("15/12", "WAITING")]
    assert Reply.objects.filter(instalment__assignment=former).count() == 2
    assert Step.objects.get(pk=first.pk).unit == quarterly.other


def test_new_unit_owes_from_the_earliest_day_that_was_open(quarterly: Office) -> None:
    """March was late: it stays late, with the new unit."""
    made = reassign(by=quarterly.director, assignment=quarterly.leading, unit=quarterly.other, reason="Chậm.")
    assert (made.from_date, owed(made)[0]) == (date(2025, 3, 15), ("14/03", "WAITING"))


def test_supporting_unit_takes_the_lead_over_with_its_own_part(quarterly: Office) -> None:
    progress(quarterly.supporting, quarterly.support_officer, 30, which=1)
    made = reassign(
        by=quarterly.planner, assignment=quarterly.leading, unit=quarterly.support, reason="Gộp việc."
    )
    assert made.pk == quarterly.supporting.pk
    assert answers(quarterly.task) == {"TTS": LEAD}
    assert owed(made) == [
        ("14/03", "WAITING"), ("13/06", "IN_PROGRESS"), ("15/09", "WAITING"), ("15/12", "WAITING"),
    ]  # fmt: skip


def test_unit_that_came_later_owes_what_the_former_lead_left_open(quarterly: Office) -> None:
    late = assign_unit(by=quarterly.planner, task=quarterly.task, unit=quarterly.other, role=SUPPORT)
    made = reassign(
        by=quarterly.planner, assignment=quarterly.leading, unit=quarterly.other, reason="Gộp việc."
    )
    assert (made.pk, owed(made)[0]) == (late.pk, ("14/03", "WAITING"))


def test_deadline_of_the_part_goes_along(work: Office) -> None:
    set_unit_deadline(by=work.planner, assignment=work.supporting, rule=OnDate(date(2025, 7, 1)))
    made = reassign(by=work.planner, assignment=work.supporting, unit=work.other, reason="Đổi việc.")
    assert (made.deadline_rule, owed(made)) == (as_plain(OnDate(date(2025, 7, 1))), [("01/07", "WAITING")])


def test_support_is_not_given_to_a_unit_that_answers_already(work: Office) -> None:
    assign_unit(by=work.planner, task=work.task, unit=work.other, role=SUPPORT)
    for unit in (work.lead, work.other, work.support):
        with pytest.raises(ValidationError) as refused:
            reassign(by=work.planner, assignment=work.supporting, unit=unit, reason="Đổi việc.")
        assert list(refused.value.message_dict) == ["unit"]
    assert answers(work.task) == {"TTBCXB": LEAD, "TTS": SUPPORT, "VPS": SUPPORT}


def test_unit_that_gets_its_work_back_owes_it_again_as_it_stood(quarterly: Office) -> None:
    accept_reply(by=quarterly.planner, reply=done(quarterly.leading, quarterly.lead_officer))
    progress(quarterly.leading, quarterly.lead_officer, 40, which=1)
    done(quarterly.leading, quarterly.lead_officer, which=2)
    returned = done(quarterly.leading, quarterly.lead_officer, which=3)
    return_reply(by=quarterly.planner, reply=returned, reason="Thiếu số liệu.")
    before = owed(quarterly.leading)
    made = reassign(by=quarterly.planner, assignment=quarterly.leading, unit=quarterly.other, reason="Thử.")
    again = reassign(by=quarterly.planner, assignment=made, unit=quarterly.lead, reason="Trả lại đơn vị cũ.")
    assert again.pk == quarterly.leading.pk
    assert owed(again) == before == [
        ("14/03", "DONE"), ("13/06", "IN_PROGRESS"), ("15/09", "REPORTED"), ("15/12", "RETURNED"),
    ]  # fmt: skip
    reported = Instalment.objects.get(assignment=again, state=InstalmentState.REPORTED)
    assert (reported.reported_date, reported.percent) == (DAY, 100)
    assert {state for _day, state in owed(made)} == {"CANCELLED"}


def test_what_was_waived_stays_waived_when_the_work_comes_back(quarterly: Office) -> None:
    june = Instalment.objects.filter(assignment=quarterly.supporting).order_by("nominal_date")[1]
    waive_instalment(by=quarterly.lead_head, instalment=june, reason="Quý này không có hoạt động.")
    end_assignment(by=quarterly.planner, assignment=quarterly.supporting, reason="Thôi phối hợp.")
    again = assign_unit(by=quarterly.planner, task=quarterly.task, unit=quarterly.support, role=SUPPORT)
    # March, which was late when the work ended, is not asked for again: the unit owes from today.
    assert owed(again) == [
        ("14/03", "CANCELLED"), ("13/06", "CANCELLED"), ("15/09", "WAITING"), ("15/12", "WAITING"),
    ]  # fmt: skip


def test_support_ends_with_its_reason_and_its_steps_go_to_the_lead(work: Office) -> None:
    todo = add_step(by=work.lead_head, task=work.task, unit=work.support, title="Dựng phim")
    finished = add_step(by=work.lead_head, task=work.task, unit=work.support, title="Chọn phim")
    move_step(by=work.support_officer, step=finished, state=StepState.DONE)
    end_assignment(by=work.planner, assignment=work.supporting, reason="Không còn cần.")
    assert answers(work.task) == {"TTBCXB": LEAD}
    assert owed(work.supporting) == [("20/06", "CANCELLED")]
    assert {step.pk: step.unit for step in Step.objects.all()} == {
        todo.pk: work.lead,
        finished.pk: work.support,
    }
    with pytest.raises(ValidationError, match="no longer answers"):
        end_assignment(by=work.planner, assignment=work.supporting, reason="Lần nữa.")


def test_lead_is_given_to_another_unit_and_never_just_ended(work: Office) -> None:
    with pytest.raises(ValidationError, match="keeps a lead"):
        end_assignment(by=work.planner, assignment=work.leading, reason="Thôi.")


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_reassigning_and_ending_need_a_reason(work: Office, reason: str) -> None:
    with pytest.raises(ValidationError) as refused:
        reassign(by=work.planner, assignment=work.leading, unit=work.other, reason=reason)
    assert list(refused.value.message_dict) == ["reason"]
    with pytest.raises(ValidationError) as refused:
        end_assignment(by=work.planner, assignment=work.supporting, reason=reason)
    assert list(refused.value.message_dict) == ["reason"]
    with pytest.raises(ValidationError) as refused:
        waive_instalment(by=work.planner, instalment=work.lead_instalment, reason=reason)
    assert list(refused.value.message_dict) == ["reason"]
    assert answers(work.task) == {"TTBCXB": LEAD, "TTS": SUPPORT}


def test_draft_goes_with_the_work_that_ended_and_so_does_its_file(
    work: Office, django_capture_on_commit_callbacks: Any
) -> None:
    draft = save_reply_draft(by=work.support_officer, instalment=work.support_instalment, text="Nháp")
    file = checked_file("Ảnh.png", BytesIO(b"\x89PNG\r\n\x1a\n123"))
    evidence = add_file_evidence(by=work.support_officer, reply=draft, file=file, title="Ảnh")
    storage, name = evidence.file.storage, evidence.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        end_assignment(by=work.planner, assignment=work.supporting, reason="Thôi.")
    assert (Reply.objects.count(), Evidence.objects.count(), storage.exists(name)) == (0, 0, False)


def test_group_is_split_among_the_units_that_exist_today(work: Office) -> None:
    group = UnitFactory(name="Các phòng, đơn vị thuộc Sở", kind=UnitKind.GROUP, parent=work.department)
    UnitFactory(name="Phòng đã giải thể", parent=work.department, valid_to=date(2024, 12, 31))
    UnitFactory(name="Tổ công tác", parent=work.other, short_name="TCT")
    row = assigned(work.task, group)
    set_unit_deadline(by=work.planner, assignment=row, rule=OnDate(date(2025, 7, 1)))
    add_step(by=work.lead_head, task=work.task, unit=group, title="Gửi tư liệu")
    made = split_group(by=work.planner, assignment=row)
    assert [made_row.unit.short_name for made_row in made] == ["VPS", "KHTC"]
    assert answers(work.task) == {"TTBCXB": LEAD, "TTS": SUPPORT, "VPS": SUPPORT, "KHTC": SUPPORT}
    assert [owed(made_row) for made_row in made] == [[("01/07", "WAITING")]] * 2
    ended = Assignment.objects.get(pk=row.pk)
    assert (ended.ended_by, bool(ended.end_reason), owed(ended)) == (
        work.planner, True, [("01/07", "CANCELLED")],
    )  # fmt: skip
    assert Step.objects.get().unit == work.lead
    with pytest.raises(ValidationError, match="no longer answers"):
        split_group(by=work.planner, assignment=row)


def test_only_a_supporting_group_with_units_beside_it_is_split(work: Office) -> None:
    with pytest.raises(ValidationError, match="group"):
        split_group(by=work.planner, assignment=work.supporting)
    alone = UnitFactory(name="Các tỉnh bạn", kind=UnitKind.GROUP)
    with pytest.raises(ValidationError, match="No unit stands beside"):
        split_group(by=work.planner, assignment=assigned(work.task, alone))


def test_task_waits_for_another_but_never_in_a_circle(work: Office) -> None:
    second, third = (_task(work, text) for text in ("Việc hai", "Việc ba"))
    put_after(by=work.planner, before=work.task, after=second)
    first = put_after(by=work.planner, before=second, after=third)
    for before, after in ((third, work.task), (second, work.task), (second, third), (work.task, work.task)):
        with pytest.raises(ValidationError) as refused:
            put_after(by=work.planner, before=before, after=after)
        assert list(refused.value.message_dict) == ["before"]
    release(by=work.planner, precedence=first)
    # Somebody pressed at the same time: nothing is left to do.
    release(by=work.planner, precedence=first)
    put_after(by=work.planner, before=third, after=work.task)
    pairs = TaskPrecedence.objects.values_list("before__text", "after__text")
    assert set(pairs) == {(work.task.text, "Việc hai"), ("Việc ba", work.task.text)}


def _task(work: Office, text: str) -> Task:
    with unaudited("a further task"):
        return Task.objects.create(
            plan=work.plan,
            ref="II.2",
            text=text,
            order=Task.objects.count(),
            read_in=work.plan.versions.get(),
        )


def test_dropped_task_takes_no_orders(work: Office) -> None:
    other = _task(work, "Việc hai")
    with unaudited("an amended plan dropped it"):
        work.task.state, work.task.dropped_in = "DROPPED", work.plan.versions.get()
        work.task.save()
    by = work.planner
    for deed in (
        lambda: assign_unit(by=by, task=work.task, unit=work.other, role=SUPPORT),
        lambda: reassign(by=by, assignment=work.leading, unit=work.other, reason="Đổi"),
        lambda: end_assignment(by=by, assignment=work.supporting, reason="Đổi"),
        lambda: set_unit_deadline(by=by, assignment=work.supporting, rule=None),
        lambda: put_after(by=by, before=other, after=work.task),
        lambda: put_after(by=by, before=work.task, after=other),
    ):
        with pytest.raises(ValidationError, match="no longer has this task"):
            deed()


@pytest.mark.parametrize(
    "who",
    [
        "auditor",
        "lead_head",
        "lead_officer",
        "support_head",
        "support_officer",
        "other_officer",
        "administrator",
    ],
)
def test_orders_are_refused_to_everybody_but_planners_and_directors(work: Office, who: str) -> None:
    administrator = person_with_role(Role.ADMINISTRATOR, work.department)
    by = administrator if who == "administrator" else getattr(work, who)
    second = _task(work, "Việc hai")
    waiting = put_after(by=work.planner, before=work.task, after=second)
    for deed in (
        lambda: assign_unit(by=by, task=work.task, unit=work.other, role=SUPPORT),
        lambda: assign_units(by=by, task=work.task, supports=[work.other]),
        lambda: reassign(by=by, assignment=work.leading, unit=work.other, reason="Đổi"),
        lambda: end_assignment(by=by, assignment=work.supporting, reason="Đổi"),
        lambda: split_group(by=by, assignment=work.supporting),
        lambda: set_unit_deadline(by=by, assignment=work.supporting, rule=None),
        lambda: put_after(by=by, before=second, after=work.task),
        lambda: release(by=by, precedence=waiting),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert answers(work.task) == {"TTBCXB": LEAD, "TTS": SUPPORT}
    assert (TaskPrecedence.objects.count(), owed(work.leading)) == (1, [(f"{DUE:%d/%m}", "WAITING")])


@pytest.mark.parametrize("who", ["planner", "director", "deputy"])
def test_planners_and_directors_order(work: Office, who: str) -> None:
    assign_unit(by=getattr(work, who), task=work.task, unit=work.other, role=SUPPORT)
    assert answers(work.task) == {"TTBCXB": LEAD, "TTS": SUPPORT, "VPS": SUPPORT}
