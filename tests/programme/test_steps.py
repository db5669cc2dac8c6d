"""Steps of a task: who splits, in which order they go, and who says that one is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.choices import UnitKind
from khuevan.programme.actions import add_step, edit_step, end_assignment, move_step, remove_step
from khuevan.programme.choices import StepState
from khuevan.programme.models import Step, StepPrecedence
from tests.factories.people import UnitFactory
from tests.factories.work import DAY, Office, assigned, at, office

pytestmark = pytest.mark.django_db

TODO, DOING, DONE = StepState.TODO, StepState.DOING, StepState.DONE


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(DAY)):
        yield


@pytest.fixture
def work() -> Office:
    return office()


def three_steps(work: Office) -> tuple[Step, Step, Step]:
    """Choose the films, then make the trailer (by the supporting unit), then invite the guests."""
    by = work.lead_head
    first = add_step(by=by, task=work.task, unit=work.lead, title="Chọn phim")
    second = add_step(by=by, task=work.task, unit=work.support, title="Dựng phim giới thiệu", after=[first])
    third = add_step(by=by, task=work.task, unit=work.lead, title="Mời khách", after=[second])
    return first, second, third


def order_of(work: Office) -> set[tuple[str, str]]:
    pairs = StepPrecedence.objects.filter(after__task=work.task)
    return set(pairs.values_list("before__title", "after__title"))


def states(work: Office) -> list[tuple[str, str]]:
    return list(Step.objects.filter(task=work.task).order_by("order").values_list("title", "state"))


def test_steps_stand_in_the_order_in_which_they_were_added(work: Office) -> None:
    three_steps(work)
    assert states(work) == [("Chọn phim", TODO), ("Dựng phim giới thiệu", TODO), ("Mời khách", TODO)]
    assert list(Step.objects.values_list("order", flat=True)) == [0, 1, 2]
    assert order_of(work) == {("Chọn phim", "Dựng phim giới thiệu"), ("Dựng phim giới thiệu", "Mời khách")}


@pytest.mark.parametrize("who", ["lead_head", "planner", "director", "deputy"])
def test_head_of_the_lead_and_planners_split(work: Office, who: str) -> None:
    add_step(by=getattr(work, who), task=work.task, unit=work.support, title="  Dựng   phim ")
    assert states(work) == [("Dựng phim", TODO)]


@pytest.mark.parametrize(
    "who", ["lead_officer", "support_head", "support_officer", "other_officer", "auditor"]
)
def test_others_do_not_split(work: Office, who: str) -> None:
    step, *_rest = three_steps(work)
    by = getattr(work, who)
    for deed in (
        lambda: add_step(by=by, task=work.task, unit=work.support, title="Thêm"),
        lambda: edit_step(by=by, step=step, unit=work.lead, title="Đổi tên"),
        lambda: remove_step(by=by, step=step),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert len(states(work)) == 3


@pytest.mark.parametrize(
    ("title", "start", "due", "field"),
    [
        ("   ", None, None, "title"),
        ("x" * 256, None, None, "title"),
        ("Dựng phim", date(2025, 6, 20), date(2025, 6, 19), "__all__"),
    ],
)
def test_step_that_makes_no_sense_is_refused(
    work: Office, title: str, start: date | None, due: date | None, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        add_step(
            by=work.lead_head, task=work.task, unit=work.lead, title=title, start_date=start, due_date=due
        )
    assert list(refused.value.message_dict) == [field]
    assert states(work) == []


def test_step_is_given_to_a_unit_that_answers_for_the_task(work: Office) -> None:
    with pytest.raises(ValidationError) as refused:
        add_step(by=work.lead_head, task=work.task, unit=work.other, title="Dựng phim")
    assert list(refused.value.message_dict) == ["unit"]


def test_step_comes_after_steps_of_its_own_task_and_never_after_itself(work: Office) -> None:
    first, _second, third = three_steps(work)
    with unaudited("a step of another task"):
        other_task = type(work.task).objects.create(
            plan=work.plan, ref="II.2", text="Việc khác", order=1, read_in=work.plan.versions.get()
        )
        stranger = Step.objects.create(task=other_task, unit=work.lead, title="Việc lạ")
    for after in ([stranger], [third], [first]):
        with pytest.raises(ValidationError) as refused:
            edit_step(by=work.lead_head, step=first, unit=work.lead, title="Chọn phim", after=after)
        assert list(refused.value.message_dict) == ["after"]
    assert len(order_of(work)) == 2


def test_edited_step_has_new_words_days_and_order(work: Office) -> None:
    first, _second, third = three_steps(work)
    days = (date(2025, 6, 16), date(2025, 6, 18))
    edited = edit_step(
        by=work.lead_head,
        step=third,
        unit=work.support,
        title="Gửi giấy mời",
        start_date=days[0],
        due_date=days[1],
        after=[first],
    )
    assert (edited.title, edited.unit, edited.start_date, edited.due_date) == (
        "Gửi giấy mời", work.support, *days,
    )  # fmt: skip
    assert order_of(work) == {("Chọn phim", "Dựng phim giới thiệu"), ("Chọn phim", "Gửi giấy mời")}


def test_removed_step_hands_its_order_on(work: Office) -> None:
    _first, second, _third = three_steps(work)
    remove_step(by=work.lead_head, step=second)
    assert states(work) == [("Chọn phim", TODO), ("Mời khách", TODO)]
    assert order_of(work) == {("Chọn phim", "Mời khách")}


def test_step_begins_only_when_those_before_it_are_done(work: Office) -> None:
    first, second, _third = three_steps(work)
    for state in (DOING, DONE):
        with pytest.raises(ValidationError, match="Chọn phim"):
            move_step(by=work.support_officer, step=second, state=state)
    move_step(by=work.lead_officer, step=first, state=DOING)
    with pytest.raises(ValidationError, match="Chọn phim"):
        move_step(by=work.support_officer, step=second, state=DOING)
    finished = move_step(by=work.lead_officer, step=first, state=DONE)
    assert (finished.done_at, finished.done_by) == (at(DAY), work.lead_officer)
    move_step(by=work.support_officer, step=second, state=DOING)
    assert states(work) == [("Chọn phim", DONE), ("Dựng phim giới thiệu", DOING), ("Mời khách", TODO)]


def test_step_reopens_only_while_none_after_it_has_begun(work: Office) -> None:
    first, second, _third = three_steps(work)
    move_step(by=work.lead_officer, step=first, state=DONE)
    move_step(by=work.support_officer, step=second, state=DOING)
    with pytest.raises(ValidationError, match="Dựng phim giới thiệu"):
        move_step(by=work.lead_head, step=first, state=DOING)
    move_step(by=work.support_officer, step=second, state=TODO)
    reopened = move_step(by=work.lead_head, step=first, state=DOING)
    assert (reopened.state, reopened.done_at, reopened.done_by) == (DOING, None, None)


def test_second_press_leaves_the_name_of_who_finished(work: Office) -> None:
    first, *_rest = three_steps(work)
    move_step(by=work.lead_officer, step=first, state=DONE)
    again = move_step(by=work.lead_head, step=first, state=DONE)
    assert again.done_by == work.lead_officer


def test_step_that_is_done_is_neither_edited_nor_removed(work: Office) -> None:
    first, *_rest = three_steps(work)
    move_step(by=work.lead_officer, step=first, state=DONE)
    with pytest.raises(ValidationError):
        edit_step(by=work.lead_head, step=first, unit=work.support, title="Tên khác")
    with pytest.raises(ValidationError):
        remove_step(by=work.lead_head, step=first)
    assert states(work)[0] == ("Chọn phim", DONE)


def test_step_that_has_begun_is_not_put_after_one_that_is_not_done(work: Office) -> None:
    first, *_rest = three_steps(work)
    move_step(by=work.lead_officer, step=first, state=DOING)
    alone = add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Thuê rạp")
    with pytest.raises(ValidationError) as refused:
        edit_step(by=work.lead_head, step=first, unit=work.lead, title="Chọn phim", after=[alone])
    assert list(refused.value.message_dict) == ["after"]
    move_step(by=work.lead_officer, step=alone, state=DONE)
    edit_step(by=work.lead_head, step=first, unit=work.lead, title="Chọn phim", after=[alone])
    assert ("Thuê rạp", "Chọn phim") in order_of(work)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("support_officer", True),
        ("support_head", True),
        ("lead_head", True),
        ("planner", True),
        ("director", True),
        ("lead_officer", False),
        ("other_officer", False),
        ("auditor", False),
    ],
)
def test_step_is_moved_by_its_unit_by_the_leads_head_and_by_planners(
    work: Office, who: str, may: bool
) -> None:
    step = add_step(by=work.lead_head, task=work.task, unit=work.support, title="Dựng phim")
    if may:
        assert move_step(by=getattr(work, who), step=step, state=DOING).state == DOING
    else:
        with pytest.raises(PermissionDenied):
            move_step(by=getattr(work, who), step=step, state=DOING)


def test_unit_that_no_longer_answers_moves_nothing(work: Office) -> None:
    """Its finished steps stay its own; their state is no longer its to change."""
    step = add_step(by=work.lead_head, task=work.task, unit=work.support, title="Dựng phim")
    move_step(by=work.support_officer, step=step, state=DONE)
    end_assignment(by=work.planner, assignment=work.supporting, reason="Thôi.")
    with pytest.raises(PermissionDenied):
        move_step(by=work.support_officer, step=step, state=TODO)
    assert move_step(by=work.lead_head, step=step, state=TODO).state == TODO


def test_officers_of_a_units_group_move_its_step(work: Office) -> None:
    group = UnitFactory(name="Các phòng, đơn vị thuộc Sở", kind=UnitKind.GROUP, parent=work.department)
    assigned(work.task, group)
    step = add_step(by=work.lead_head, task=work.task, unit=group, title="Gửi tư liệu")
    assert move_step(by=work.other_officer, step=step, state=DONE).done_by == work.other_officer


def test_task_without_a_lead_cannot_start(work: Office) -> None:
    step = add_step(by=work.planner, task=work.task, unit=work.support, title="Dựng phim")
    with unaudited("an amended plan took the lead away"):
        work.leading.dropped_in = work.plan.versions.get()
        work.leading.save()
    with pytest.raises(ValidationError, match="leads"):
        move_step(by=work.support_officer, step=step, state=DOING)


def test_steps_of_a_dropped_task_stay_as_they_are(work: Office) -> None:
    first, *_rest = three_steps(work)
    with unaudited("an amended plan dropped it"):
        work.task.state, work.task.dropped_in = "DROPPED", work.plan.versions.get()
        work.task.save()
    for deed in (
        lambda: move_step(by=work.lead_officer, step=first, state=DOING),
        lambda: add_step(by=work.lead_head, task=work.task, unit=work.lead, title="Thêm"),
        lambda: edit_step(by=work.lead_head, step=first, unit=work.lead, title="Khác"),
        lambda: remove_step(by=work.lead_head, step=first),
    ):
        with pytest.raises(ValidationError, match="no longer has this task"):
            deed()
