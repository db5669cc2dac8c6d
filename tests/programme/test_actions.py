"""A file becomes a draft, the draft a plan."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from khuevan.core.models import AuditEntry
from khuevan.core.recording import unaudited
from khuevan.core.search import search_folded
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Unit, User
from khuevan.programme.actions import (
    carry_out_import,
    choose_amended_plan,
    discard_import,
    save_import_choices,
    start_import,
)
from khuevan.programme.choices import AssignmentRole, AssignmentSource, ImportState, TaskState
from khuevan.programme.models import (
    Assignment,
    Duty,
    DutyTask,
    Plan,
    PlanImport,
    PlanSection,
    PlanVersion,
    Task,
)
from khuevan.programme.queries import ImportReview, imports_for_review, visible_tasks
from tests.factories.programme import (
    ALL_UNITS,
    DIGITAL,
    DUTIES,
    LEGAL,
    PRESS,
    TASKS,
    plan_document,
    read_file_of,
)
from tests.programme.conftest import MakePerson

COUNTED = (Plan, PlanVersion, PlanSection, Task, Duty, DutyTask, Assignment, Unit)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


def drafted(planner: User, **changes: object) -> PlanImport:
    draft, is_new = start_import(by=planner, file=read_file_of(plan_document(**changes)))  # type: ignore[arg-type]
    assert is_new
    return draft


def assignments() -> set[tuple[str, str, str]]:
    return {
        (row.task.ref, row.unit.name, row.role)
        for row in Assignment.objects.current().select_related("task", "unit")
    }


def test_starting_an_import_keeps_the_file_and_creates_no_plan(planner: User) -> None:
    before = counts()
    draft = drafted(planner)

    assert counts() == before
    assert draft.file.read().decode().startswith("KẾ HOẠCH\nTổ chức triển khai")
    assert (draft.state, draft.started_by, draft.plan, draft.amends) == (
        ImportState.DRAFT,
        planner,
        None,
        None,
    )


def test_stopping_half_way_keeps_the_choices_and_creates_nothing(planner: User) -> None:
    before = counts()
    draft = drafted(planner)
    save_import_choices(
        by=planner, plan_import=draft, units={"phong truyen thong so": "NEW:CENTRE"}, links={"0": [1]}
    )
    save_import_choices(by=planner, plan_import=draft, units={}, links={"2": []})

    draft = PlanImport.objects.get()
    decisions = ImportReview(imports_for_review().get(), draft.started_at.date()).decisions
    assert counts() == before
    assert draft.link_choices == {"0": [1], "2": []}
    assert decisions.by_key()["phong truyen thong so"].new_kind == UnitKind.CENTRE
    assert [decisions.taken(duty) for duty in range(3)] == [(1,), (2,), ()]


def test_carrying_out_makes_the_plan_as_the_document_has_it(planner: User, department: Unit) -> None:
    plan = carry_out_import(by=planner, plan_import=drafted(planner))

    assert (plan.title, plan.issuer, str(plan.period_first), str(plan.period_last)) == (
        "Tổ chức triển khai các hoạt động thông tin đối ngoại năm 2025",
        department,
        "2025-01-01",
        "2025-12-31",
    )
    assert list(plan.tasks.values_list("ref", "text", "section__ref", "due_date", "recurrence", "state")) == [
        ("II.1.-1", TASKS[0], "II.1", None, "", TaskState.OPEN),
        ("II.1.-2", TASKS[1], "II.1", None, "", TaskState.OPEN),
        ("II.2.-1", TASKS[2], "II.2", None, "", TaskState.OPEN),
        ("II.2.-2", TASKS[3], "II.2", plan.tasks.last().due_date, "QUARTERLY", TaskState.OPEN),
    ]
    assert [(s.ref, s.heading, s.parent and s.parent.ref) for s in plan.sections.all()] == [
        ("II", "NỘI DUNG THỰC HIỆN", None),
        ("II.1", "Nhóm nhiệm vụ 1", "II"),
        ("II.2", "Nhóm nhiệm vụ 2", "II"),
        ("IV", "TỔ CHỨC THỰC HIỆN", None),
        *((f"IV.{n}", unit, "IV") for n, unit in enumerate((PRESS, DIGITAL, LEGAL, ALL_UNITS), 1)),
    ]
    assert [(d.unit.name, d.role) for d in plan.duties.select_related("unit")] == [
        (PRESS, "CARRY_OUT"),
        (PRESS, "SUPPORT"),
        (DIGITAL, "SUPPORT"),
        ("Phòng Tổ chức – Pháp chế", "LEAD"),
        (ALL_UNITS, "CARRY_OUT"),
    ]
    text = plan.versions.get().reading["paragraphs"]
    for task in plan.tasks.all():
        assert text[task.place["paragraph"]][task.place["start"] : task.place["end"]] == task.text


def test_confirmed_duties_give_the_assignments(planner: User) -> None:
    draft = drafted(planner)
    save_import_choices(by=planner, plan_import=draft, units={}, links={"2": [0]})
    carry_out_import(by=planner, plan_import=draft)

    assert assignments() == {
        ("II.1.-1", PRESS, AssignmentRole.LEAD),
        ("II.1.-1", DIGITAL, AssignmentRole.SUPPORT),
        ("II.2.-1", "Phòng Tổ chức – Pháp chế", AssignmentRole.LEAD),
        ("II.2.-1", PRESS, AssignmentRole.SUPPORT),
    }
    assert set(Assignment.objects.values_list("source", flat=True)) == {AssignmentSource.DUTY}


def test_a_unit_nobody_registered_is_made_under_the_department(planner: User, department: Unit) -> None:
    before = set(Unit.objects.values_list("pk", flat=True))
    carry_out_import(by=planner, plan_import=drafted(planner))

    assert list(Unit.objects.exclude(pk__in=before).values_list("name", "kind", "parent")) == [
        (DIGITAL, UnitKind.DIVISION, department.pk)
    ]


def test_a_body_left_as_words_gets_no_unit_and_no_assignment(planner: User) -> None:
    carry_out_import(by=planner, plan_import=drafted(planner))

    assert not Unit.objects.filter(name="Thông tấn xã Việt Nam").exists()
    assert Task.objects.get(ref="II.1.-2").partner_names == ["Thông tấn xã Việt Nam"]


def test_a_body_that_the_officer_registers_supports_the_task(planner: User) -> None:
    draft = drafted(planner)
    save_import_choices(
        by=planner, plan_import=draft, units={"thong tan xa viet nam": "NEW:OUTSIDE"}, links={}
    )
    carry_out_import(by=planner, plan_import=draft)

    row = Assignment.objects.get(unit__name="Thông tấn xã Việt Nam")
    assert (row.task.ref, row.role, row.source, row.origin) == ("II.1.-2", "SUPPORT", "TASK_TEXT", None)


def test_carrying_out_twice_changes_nothing(planner: User) -> None:
    draft = drafted(planner)
    plan = carry_out_import(by=planner, plan_import=draft)
    before = counts()

    assert carry_out_import(by=planner, plan_import=PlanImport.objects.get()) == plan
    assert counts() == before


def test_the_same_file_again_is_the_import_that_was_there(planner: User) -> None:
    first = drafted(planner)
    assert start_import(by=planner, file=read_file_of(plan_document(), "khac.txt")) == (first, False)

    plan = carry_out_import(by=planner, plan_import=first)
    before, entries = counts(), AuditEntry.objects.count()
    again, is_new = start_import(by=planner, file=read_file_of(plan_document()))
    assert (again, again.plan, is_new) == (first, plan, False)
    assert (counts(), AuditEntry.objects.count()) == (before, entries)


def test_the_database_itself_refuses_a_second_import_of_a_file(planner: User) -> None:
    first = drafted(planner)
    with unaudited("a writer that did not ask"), pytest.raises(IntegrityError), transaction.atomic():
        PlanImport.objects.create(
            filename="x", sha256=first.sha256, reading={}, started_at=first.started_at, started_by=planner
        )


def test_a_discarded_import_keeps_nothing_and_frees_the_file(
    planner: User, django_capture_on_commit_callbacks: object
) -> None:
    draft = drafted(planner)
    storage, name = draft.file.storage, draft.file.name
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        discard_import(by=planner, plan_import=draft)

    gone = PlanImport.objects.get()
    assert (gone.state, gone.reading, bool(gone.file), storage.exists(name)) == (
        ImportState.DISCARDED,
        {},
        False,
        False,
    )
    with pytest.raises(ValidationError):
        carry_out_import(by=planner, plan_import=gone)
    again, is_new = start_import(by=planner, file=read_file_of(plan_document()))
    assert (is_new, again.pk != gone.pk) == (True, True)


def test_a_failure_on_the_way_leaves_nothing_of_the_plan(planner: User) -> None:
    draft = drafted(planner)
    # The officer keeps the unit as new while a colleague registers it.
    save_import_choices(
        by=planner, plan_import=draft, units={"phong truyen thong so": "NEW:DIVISION"}, links={}
    )
    with unaudited("a colleague"):
        Unit.objects.create(name=DIGITAL, kind=UnitKind.DIVISION)
    before = counts()
    with pytest.raises(ValidationError):
        carry_out_import(by=planner, plan_import=draft)

    assert counts() == before
    assert PlanImport.objects.get().state == ImportState.DRAFT


def test_every_row_has_an_entry_of_one_deed(planner: User) -> None:
    plan = carry_out_import(by=planner, plan_import=drafted(planner))

    batch = AuditEntry.objects.about(plan).get().batch
    kinds = AuditEntry.objects.filter(batch=batch).values_list("target_type__model", flat=True)
    assert Counter(kinds) == {
        "unit": 1,
        "plan": 1,
        "planversion": 1,
        "plansection": 8,
        "task": 4,
        "duty": 5,
        "dutytask": 3,
        "assignment": 3,
        # One a unit: of these tasks none comes back.
        "instalment": 3,
        "planimport": 1,
    }


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.PLANNING_OFFICER, Role.ADMINISTRATOR}])
def test_others_may_not_import(role: Role, make_person: MakePerson, planner: User, department: Unit) -> None:
    person = make_person(role, department)
    draft = drafted(planner)
    with pytest.raises(PermissionDenied):
        start_import(by=person, file=read_file_of(plan_document(title="Kế hoạch khác")))
    with pytest.raises(PermissionDenied):
        save_import_choices(by=person, plan_import=draft, units={}, links={})
    with pytest.raises(PermissionDenied):
        choose_amended_plan(by=person, plan_import=draft, plan=None)
    with pytest.raises(PermissionDenied):
        discard_import(by=person, plan_import=draft)
    with pytest.raises(PermissionDenied):
        carry_out_import(by=person, plan_import=draft)
    assert PlanImport.objects.get().state == ImportState.DRAFT


def test_each_role_sees_its_tasks(make_person: MakePerson, planner: User, department: Unit) -> None:
    plan = carry_out_import(by=planner, plan_import=drafted(planner))
    draft_day = plan.created_at.date()
    legal = Unit.objects.get(name="Phòng Tổ chức – Pháp chế")
    digital = Unit.objects.get(name=DIGITAL)

    def seen(role: Role, unit: Unit) -> list[str]:
        return list(
            visible_tasks(make_person(role, unit), draft_day).order_by("order").values_list("ref", flat=True)
        )

    everything = ["II.1.-1", "II.1.-2", "II.2.-1", "II.2.-2"]
    assert seen(Role.DIRECTOR, department) == everything
    assert seen(Role.AUDITOR, department) == everything
    assert seen(Role.UNIT_OFFICER, legal) == ["II.2.-1"]
    assert seen(Role.UNIT_HEAD, digital) == []
    assert seen(Role.UNIT_HEAD, department) == ["II.1.-1", "II.2.-1"]


def amended(planner: User, **changes: object) -> PlanImport:
    return drafted(planner, **changes)


def test_an_amended_plan_keeps_rows_and_what_was_decided(planner: User) -> None:
    first = drafted(planner)
    save_import_choices(by=planner, plan_import=first, units={}, links={"2": [0]})
    plan = carry_out_import(by=planner, plan_import=first)
    kept = {task.text: task.pk for task in plan.tasks.all()}
    before = assignments()

    reworded = TASKS[2].replace("cán bộ phụ trách", "cán bộ, phóng viên phụ trách")
    draft = amended(
        planner,
        tasks=["Xây dựng ấn phẩm song ngữ giới thiệu bảo tàng.", TASKS[0], TASKS[1], reworded],
        duties=[(u, t, r, tuple(n + 1 for n in links)) for u, t, r, links in DUTIES],
    )
    assert draft.amends == plan
    assert carry_out_import(by=planner, plan_import=draft) == plan

    present = list(plan.tasks.current().values_list("ref", "pk", "read_in__number"))
    assert present[1:] == [
        ("II.1.-2", kept[TASKS[0]], 2),
        ("II.2.-1", kept[TASKS[1]], 2),
        ("II.2.-2", kept[TASKS[2]], 2),
    ]
    assert Task.objects.get(pk=kept[TASKS[2]]).text == reworded
    gone = Task.objects.get(pk=kept[TASKS[3]])
    assert (gone.state, gone.dropped_in.number, gone.read_in.number) == (TaskState.DROPPED, 2, 1)
    assert {(unit, role) for _, unit, role in assignments()} == {(unit, role) for _, unit, role in before}
    assert Plan.objects.count() == 1
    assert [v.number for v in plan.versions.all()] == [1, 2]
    # Positions are no news: only the reworded task has a second entry.
    assert AuditEntry.objects.about(Task.objects.get(pk=kept[TASKS[2]])).count() == 2


def test_a_dropped_duty_takes_its_assignment_out_of_force_but_keeps_it(planner: User) -> None:
    plan = carry_out_import(by=planner, plan_import=drafted(planner))
    draft = amended(planner, duties=[d for d in DUTIES if d[0] != LEGAL])
    carry_out_import(by=planner, plan_import=draft)

    row = Assignment.objects.get(unit__name="Phòng Tổ chức – Pháp chế")
    assert (row.dropped_in.number, row.role) == (2, AssignmentRole.LEAD)
    assert plan.duties.dropped().get().unit_name == LEGAL

    # And back again in a third version: the same row, in force, without two leads on the way.
    carry_out_import(
        by=planner,
        plan_import=amended(
            planner,
            duties=[*DUTIES[:3], DUTIES[3], DUTIES[4]],
            warnings=(),
            tasks=(*TASKS[:3], TASKS[3] + " Hết."),
        ),
    )
    row.refresh_from_db()
    assert (row.dropped_in, row.role) == (None, AssignmentRole.LEAD)


def test_an_assignment_that_an_officer_decided_stays(planner: User, department: Unit) -> None:
    plan = carry_out_import(by=planner, plan_import=drafted(planner))
    task = plan.tasks.get(ref="II.2.-1")
    with unaudited("an officer decided"):
        lead = task.assignments.get(role=AssignmentRole.LEAD)
        lead.role = AssignmentRole.SUPPORT
        lead.save()
        Assignment.objects.create(task=task, unit=department, role="LEAD", source="PERSON")
    carry_out_import(by=planner, plan_import=amended(planner, tasks=[*TASKS, "Thêm một nhiệm vụ mới."]))

    assert {(a.unit.name, a.role) for a in task.assignments.current().select_related("unit")} == {
        (department.name, "LEAD"),
        ("Phòng Tổ chức – Pháp chế", "SUPPORT"),
        (PRESS, "SUPPORT"),
    }


def test_choosing_another_amended_plan_forgets_the_links_chosen_against_the_old_one(planner: User) -> None:
    carry_out_import(by=planner, plan_import=drafted(planner))
    draft = amended(planner, tasks=[*TASKS, "Thêm một nhiệm vụ mới."])
    save_import_choices(by=planner, plan_import=draft, units={"a": "WORDS"}, links={"0": [3]})
    changed = choose_amended_plan(by=planner, plan_import=draft, plan=None)

    assert (changed.amends, changed.link_choices, changed.unit_choices) == (None, {}, {"a": "WORDS"})


def test_a_task_never_has_two_leads_in_force(planner: User, department: Unit) -> None:
    plan = carry_out_import(by=planner, plan_import=drafted(planner))
    task = plan.tasks.get(ref="II.1.-1")
    with unaudited("a careless writer"), pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(task=task, unit=department, role="LEAD", source="PERSON")


def test_an_amended_task_is_found_by_its_new_words(planner: User) -> None:
    draft, _ = start_import(by=planner, file=read_file_of(plan_document()))
    carry_out_import(by=planner, plan_import=draft)
    texts = (*TASKS[:2], TASKS[2].replace("Tổ chức tập huấn", "Tổ chức hội thảo"), TASKS[3])
    amended, _ = start_import(by=planner, file=read_file_of(plan_document(texts)))
    carry_out_import(by=planner, plan_import=amended)

    assert [task.order for task in search_folded(Task.objects.all(), "to chuc hoi thao")] == [2]
    assert set(Task.objects.values_list("read_in__number", flat=True)) == {2}
    assert Task.objects.count() == len(TASKS)
