"""Deadlines that officers set, what an amended plan leaves of them, and two processes that order at once."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.choices import Role
from khuevan.people.models import Unit, User
from khuevan.plain.calendar.deadline_rules import (
    AllYear,
    EachLunarYear,
    EachPeriod,
    EachWeek,
    OnDate,
    Several,
    WorkingDaysAfter,
    as_plain,
)
from khuevan.programme.actions import (
    accept_reply,
    assign_unit,
    carry_out_import,
    keep_all_instalments,
    reassign,
    save_reply_draft,
    send_reply,
    set_task_deadline,
    set_unit_deadline,
    start_import,
    waive_instalment,
)
from khuevan.programme.choices import AssignmentRole, InstalmentState, Outcome
from khuevan.programme.models import Assignment, Instalment, Plan, Reply, Task
from khuevan.programme.scheduling import span_of
from tests.database import copy_database
from tests.factories.people import person_with_role
from tests.factories.programme import TASKS, plan_document, read_file_of
from tests.factories.work import DAY, at, office

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
QUARTERLY = EachPeriod("QUARTER", 3, 15)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(DAY)):
        yield


def owed(assignment: Assignment) -> list[str]:
    """Each instalment as day and month with the first letters of its state, in order of the days."""
    rows = Instalment.objects.filter(assignment=assignment).order_by("nominal_date", "pk")
    return [f"{row.due_date:%d/%m} {row.state[:4]}" if row.due_date else f"– {row.state[:4]}" for row in rows]


def instalments(assignment: Assignment) -> list[Instalment]:
    return list(Instalment.objects.filter(assignment=assignment).order_by("nominal_date", "pk"))


def started(instalment: Instalment, by: User) -> None:
    draft = save_reply_draft(by=by, instalment=instalment, percent=40, text="Đang làm.")
    send_reply(by=by, reply=draft)


def finished(instalment: Instalment, by: User, judge: User) -> None:
    draft = save_reply_draft(
        by=by, instalment=instalment, outcome=Outcome.DONE, text="Xong.", no_evidence_reason="Việc nội bộ."
    )
    accept_reply(by=judge, reply=send_reply(by=by, reply=draft))


def test_deadline_put_off_moves_the_instalment_with_what_was_reported() -> None:
    work = office()
    started(work.lead_instalment, work.lead_officer)
    before = work.lead_instalment.pk
    task = set_task_deadline(by=work.planner, task=work.task, rule=OnDate(date(2025, 9, 2)))
    assert (task.deadline_rule, task.deadline_decided) == (as_plain(OnDate(date(2025, 9, 2))), True)
    # 2 September is a holiday, and so are the days before it: 29 August is the last working day.
    assert (owed(work.leading), owed(work.supporting)) == (["29/08 IN_P"], ["29/08 WAIT"])
    assert (work.lead_instalment.pk, work.lead_instalment.percent) == (before, 40)


def test_task_without_a_deadline_gets_one_and_loses_it_again() -> None:
    work = office(None)
    assert owed(work.leading) == ["– WAIT"]
    set_task_deadline(by=work.planner, task=work.task, rule=QUARTERLY)
    # Nothing is asked for by a day that had passed when the rule was set.
    assert owed(work.leading) == ["13/06 WAIT", "15/09 WAIT", "15/12 WAIT"]
    started(instalments(work.leading)[1], work.lead_officer)
    set_task_deadline(by=work.planner, task=work.task, rule=None)
    assert owed(work.leading) == ["– IN_P"]


def test_quarterly_rule_changed_keeps_what_was_done_and_what_is_late() -> None:
    work = office(QUARTERLY)
    finished(instalments(work.leading)[0], work.lead_officer, work.planner)
    started(instalments(work.leading)[1], work.lead_officer)
    set_task_deadline(by=work.planner, task=work.task, rule=EachPeriod("QUARTER", 3, 20))
    assert owed(work.leading) == ["14/03 DONE", "20/06 IN_P", "19/09 WAIT", "19/12 WAIT"]
    # The supporting unit had not answered for March: it still has not.
    assert owed(work.supporting) == ["20/03 WAIT", "20/06 WAIT", "19/09 WAIT", "19/12 WAIT"]


def test_rule_of_another_pace_keeps_what_somebody_has_touched() -> None:
    work = office(QUARTERLY)
    started(instalments(work.leading)[3], work.lead_officer)
    set_task_deadline(by=work.planner, task=work.task, rule=OnDate(date(2025, 7, 1)))
    assert owed(work.leading) == ["01/07 WAIT", "15/12 IN_P"]
    assert owed(work.supporting) == ["01/07 WAIT"]


def test_draft_nobody_sent_keeps_its_instalment() -> None:
    """Such an instalment counts as not started; taking it away would take the unit's words."""
    work = office(QUARTERLY)
    save_reply_draft(by=work.lead_officer, instalment=instalments(work.leading)[3], text="Nháp")
    set_task_deadline(by=work.planner, task=work.task, rule=OnDate(date(2025, 7, 1)))
    assert owed(work.leading) == ["01/07 WAIT", "15/12 WAIT"]
    assert Reply.objects.get().text == "Nháp"


def test_done_instalment_keeps_its_working_day_when_the_rest_is_moved_otherwise() -> None:
    work = office(EachPeriod("QUARTER", 3, 15, "NONE"))
    finished(instalments(work.leading)[1], work.lead_officer, work.planner)
    assert owed(work.leading)[:2] == ["15/03 WAIT", "15/06 DONE"]
    set_task_deadline(by=work.planner, task=work.task, rule=EachPeriod("QUARTER", 3, 15, "BEFORE"))
    assert owed(work.leading) == ["14/03 WAIT", "15/06 DONE", "15/09 WAIT", "15/12 WAIT"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (EachPeriod("YEAR", 12, None), ["31/12"]),
        (EachPeriod("HALF_YEAR", 6, 15), ["13/06", "15/12"]),
        (EachPeriod("NINE_MONTHS", 9, 14), ["12/09"]),
        (AllYear(None), ["30/06", "31/07", "29/08", "30/09", "31/10", "28/11", "31/12"]),
        (EachLunarYear(8, 15), ["06/10"]),
        # Ten working days after Thursday.
        (WorkingDaysAfter(DAY, 10), ["26/06"]),
        (Several((OnDate(date(2025, 7, 1)), EachLunarYear(8, 15, "NONE"))), ["01/07", "06/10"]),
        # A date that the officer names stands though it has passed.
        (OnDate(date(2025, 6, 2)), ["02/06"]),
        # Outside the plan's year as well.
        (OnDate(date(2026, 1, 15)), ["15/01"]),
        # A rule without a day left in the plan's time: the next one.
        (EachLunarYear(3, 10), ["24/04"]),
        (EachPeriod("YEAR", 3, 20), ["20/03"]),
    ],
    ids=str,
)
def test_rule_that_an_officer_sets_asks_from_today(rule: Any, days: list[str]) -> None:
    work = office(None)
    set_task_deadline(by=work.planner, task=work.task, rule=rule)
    assert owed(work.leading) == [f"{day} WAIT" for day in days]


def test_weekly_rule_asks_every_week_that_is_left() -> None:
    work = office(None)
    set_task_deadline(by=work.planner, task=work.task, rule=EachWeek(5))
    rows = instalments(work.leading)
    assert (len(rows), rows[0].nominal_date, rows[-1].nominal_date) == (
        29, date(2025, 6, 13), date(2025, 12, 26),
    )  # fmt: skip
    assert {row.nominal_date.isoweekday() for row in rows if row.nominal_date} == {5}


def test_work_that_starts_later_owes_nothing_before() -> None:
    work = office(None)
    start = date(2025, 10, 1)
    task = set_task_deadline(by=work.planner, task=work.task, rule=QUARTERLY, start_date=start)
    assert (task.start_date, owed(work.leading)) == (start, ["15/12 WAIT"])
    set_task_deadline(by=work.planner, task=work.task, rule=QUARTERLY)
    assert owed(work.leading) == ["13/06 WAIT", "15/09 WAIT", "15/12 WAIT"]


@pytest.mark.parametrize(
    ("rule", "start", "field"),
    [
        (OnDate(date(2013, 12, 31)), None, "rule"),
        (OnDate(date(2101, 1, 1)), None, "rule"),
        (WorkingDaysAfter(date(2100, 12, 1), 1000), None, "rule"),
        (WorkingDaysAfter(date(2013, 1, 1), 5), None, "rule"),
        (OnDate(date(2025, 7, 1)), date(2025, 7, 2), "start_date"),
        (WorkingDaysAfter(date(2025, 7, 1), 3), date(2025, 8, 1), "start_date"),
    ],
)
def test_rule_that_no_calendar_can_follow_is_refused(rule: Any, start: date | None, field: str) -> None:
    work = office()
    with pytest.raises(ValidationError) as refused:
        set_task_deadline(by=work.planner, task=work.task, rule=rule, start_date=start)
    assert list(refused.value.message_dict) == [field]
    assert owed(work.leading) == ["20/06 WAIT"]


def test_unit_has_a_deadline_of_its_own_until_it_gets_the_tasks_again() -> None:
    work = office()
    set_unit_deadline(by=work.planner, assignment=work.supporting, rule=OnDate(date(2025, 6, 16)))
    assert (owed(work.leading), owed(work.supporting)) == (["20/06 WAIT"], ["16/06 WAIT"])
    set_task_deadline(by=work.planner, task=work.task, rule=OnDate(date(2025, 7, 1)))
    assert (owed(work.leading), owed(work.supporting)) == (["01/07 WAIT"], ["16/06 WAIT"])
    set_unit_deadline(by=work.planner, assignment=work.supporting, rule=None)
    assert owed(work.supporting) == ["01/07 WAIT"]


def test_unit_that_no_longer_answers_gets_no_deadline() -> None:
    work = office()
    reassign(by=work.planner, assignment=work.supporting, unit=work.other, reason="Đổi")
    with pytest.raises(ValidationError, match="no longer answers"):
        set_unit_deadline(by=work.planner, assignment=work.supporting, rule=None)


@pytest.mark.parametrize("who", ["auditor", "lead_head", "lead_officer", "support_head", "other_officer"])
def test_deadlines_are_set_by_planners_and_directors_only(who: str) -> None:
    work = office()
    for deed in (
        lambda: set_task_deadline(by=getattr(work, who), task=work.task, rule=None),
        lambda: set_unit_deadline(by=getattr(work, who), assignment=work.leading, rule=None),
        lambda: waive_instalment(by=getattr(work, who), instalment=work.lead_instalment, reason="Thôi"),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert owed(work.leading) == ["20/06 WAIT"]


def test_waived_instalment_is_owed_no_more_and_the_same_rule_leaves_it() -> None:
    work = office(QUARTERLY)
    june = instalments(work.supporting)[1]
    save_reply_draft(by=work.support_officer, instalment=june, text="Nháp")
    waive_instalment(by=work.lead_head, instalment=june, reason=" Không có hoạt động. ")
    fresh = Instalment.objects.get(pk=june.pk)
    assert (fresh.state, fresh.cancel_reason, Reply.objects.count()) == (
        InstalmentState.CANCELLED, "Không có hoạt động.", 0,
    )  # fmt: skip
    with pytest.raises(ValidationError):
        waive_instalment(by=work.lead_head, instalment=june, reason="Lần nữa")
    set_task_deadline(by=work.planner, task=work.task, rule=QUARTERLY)
    assert owed(work.supporting) == ["14/03 WAIT", "13/06 CANC", "15/09 WAIT", "15/12 WAIT"]


def test_plan_whose_time_is_over_still_gets_all_its_days() -> None:
    work = office(None)
    with clock.stopped_at(at(date(2026, 2, 3))):
        set_task_deadline(by=work.planner, task=work.task, rule=QUARTERLY)
        late = assign_unit(by=work.planner, task=work.task, unit=work.other, role=AssignmentRole.SUPPORT)
    assert owed(work.leading) == ["14/03 WAIT", "13/06 WAIT", "15/09 WAIT", "15/12 WAIT"]
    # Who gets a part of it now owes the last.
    assert owed(late) == ["15/12 WAIT"]


@pytest.mark.parametrize(
    ("signed", "period", "imported", "span"),
    [
        (date(2025, 3, 10), (date(2025, 1, 1), date(2025, 12, 31)), DAY, (date(2025, 3, 10), date(2025, 12, 31))),
        (date(2024, 12, 20), (date(2025, 1, 1), date(2025, 12, 31)), DAY, (date(2025, 1, 1), date(2025, 12, 31))),
        (date(2026, 2, 1), (date(2025, 1, 1), date(2025, 12, 31)), DAY, (date(2025, 1, 1), date(2025, 12, 31))),
        (None, (date(2025, 1, 1), date(2025, 12, 31)), DAY, (DAY, date(2025, 12, 31))),
        (date(2025, 3, 10), (None, None), DAY, (date(2025, 3, 10), date(2025, 12, 31))),
        (None, (None, None), DAY, (DAY, date(2025, 12, 31))),
    ],
)  # fmt: skip
def test_span_begins_with_the_signature_within_the_plans_time(
    signed: date | None, period: tuple[date | None, date | None], imported: date, span: tuple[date, date]
) -> None:
    plan = Plan(signed_date=signed, period_first=period[0], period_last=period[1])
    assert span_of(plan, imported) == span


def test_assignments_without_instalments_get_them() -> None:
    work = office(QUARTERLY)
    Instalment.objects.filter(assignment=work.supporting)._raw_delete("default")
    made = keep_all_instalments(by=work.planner)
    assert [row.assignment_id for row in made] == [work.supporting.pk] * 4
    assert keep_all_instalments(by=work.planner) == []


def test_the_database_itself_refuses_a_second_lead() -> None:
    work = office()
    with unaudited("a writer that did not ask"), pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(task=work.task, unit=work.other, role="LEAD", source="PERSON")


def amended(planner: User, **changes: Any) -> Plan:
    draft, _ = start_import(by=planner, file=read_file_of(plan_document(**changes)))
    return carry_out_import(by=planner, plan_import=draft)


def test_amended_plan_keeps_deadlines_orders_and_work(planner: User, department: Unit) -> None:
    plan = amended(planner)
    first, third = plan.tasks.get(order=0), plan.tasks.get(order=2)
    set_task_deadline(by=planner, task=first, rule=QUARTERLY, start_date=date(2025, 4, 1))
    press = Assignment.objects.get(task=first, role="LEAD")
    officer = person_with_role(Role.UNIT_OFFICER, press.unit)
    finished(instalments(press)[0], officer, person_with_role(Role.DIRECTOR, department))
    # The plan names this unit as lead; an officer gave its work to another.
    legal = Assignment.objects.get(task=third, role="LEAD")
    new = reassign(by=planner, assignment=legal, unit=department, reason="Sở trực tiếp làm.")
    set_unit_deadline(by=planner, assignment=new, rule=OnDate(date(2025, 8, 1)))
    before = {row.pk: owed(row) for row in Assignment.objects.all()}

    reworded = (TASKS[0].replace("sự kiện lớn", "ngày lễ lớn"), *TASKS[1:], "Thêm một nhiệm vụ mới.")
    assert amended(planner, tasks=reworded) == plan

    again = Task.objects.get(pk=first.pk)
    assert (again.text, again.deadline_rule, again.start_date, again.deadline_decided) == (
        reworded[0], as_plain(QUARTERLY), date(2025, 4, 1), True,
    )  # fmt: skip
    assert {row.pk: owed(row) for row in Assignment.objects.filter(pk__in=before)} == before
    ended = Assignment.objects.get(pk=legal.pk)
    assert (ended.ended_by, ended.end_reason, ended.role) == (planner, "Sở trực tiếp làm.", "LEAD")
    fresh = Assignment.objects.get(pk=new.pk)
    assert (fresh.role, fresh.deadline_rule) == ("LEAD", as_plain(OnDate(date(2025, 8, 1))))
    assert Assignment.objects.current().filter(task=third, role="LEAD").count() == 1


def test_amended_plan_signed_later_keeps_what_was_late(planner: User, department: Unit) -> None:
    plan = amended(planner)
    task = plan.tasks.get(order=0)
    with clock.stopped_at(at(date(2025, 3, 12))):
        set_task_deadline(by=planner, task=task, rule=QUARTERLY)
    row = Assignment.objects.get(task=task, role="LEAD")
    before = owed(row)
    assert before == ["14/03 WAIT", "13/06 WAIT", "15/09 WAIT", "15/12 WAIT"]
    # The amendment is signed in June: March's report, which nobody sent, is still owed.
    later = dataclasses.replace(plan_document((*TASKS, "Thêm một nhiệm vụ mới.")), date=date(2025, 6, 10))
    draft, _ = start_import(by=planner, file=read_file_of(later))
    assert carry_out_import(by=planner, plan_import=draft).signed_date == date(2025, 6, 10)
    assert owed(row) == before


SCRIPT = """
import sys, time
from pathlib import Path
from django.core.exceptions import ValidationError
from khuevan.people.models import Unit, User
from khuevan.programme.actions import assign_unit
from khuevan.programme.models import Task
by, task = User.objects.get(username="kehoach"), Task.objects.get(order=0)
unit = Unit.objects.get(short_name="{unit}")
ready, go = Path("{folder}/{unit}"), Path("{folder}/go")
ready.touch()
while not go.exists():
    time.sleep(0.005)
try:
    assign_unit(by=by, task=task, unit=unit, role="LEAD")
    print("LEADS")
except ValidationError:
    print("REFUSED")
"""


def test_two_processes_that_give_a_lead_at_once_give_one(demo_database: Path, tmp_path: Path) -> None:
    copy_database(demo_database, tmp_path / "khuevan.sqlite3")
    environment = _environment(tmp_path)
    running = [
        subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-v", "0", "-c", SCRIPT.format(unit=unit, folder=tmp_path)],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for unit in ("TTS", "VPS")
    ]  # fmt: skip
    for _ in range(600):
        if all((tmp_path / unit).exists() for unit in ("TTS", "VPS")):
            break
        time.sleep(0.1)
    (tmp_path / "go").touch()
    ended = [(process.communicate(timeout=60), process.returncode) for process in running]
    assert sorted(out.strip() for (out, _err), _code in ended) == ["LEADS", "REFUSED"], ended
    with closing(sqlite3.connect(tmp_path / "khuevan.sqlite3")) as database:
        leads = database.execute(
            "SELECT count(*) FROM programme_assignment a JOIN programme_task t ON t.id = a.task_id"
            " WHERE t.\"order\" = 0 AND a.role = 'LEAD' AND a.ended_at IS NULL AND a.dropped_in_id IS NULL"
        ).fetchone()[0]
    assert leads == 1


@pytest.fixture
def demo_database(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demonstration's units, people and plan; nobody leads its first task."""
    folder = tmp_path_factory.mktemp("orders")
    copy_database(template_database, folder / "khuevan.sqlite3")
    done = subprocess.run(
        [sys.executable, "-m", "khuevan", "setup-demo"],
        cwd=ROOT, env=_environment(folder), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "khuevan.sqlite3"


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "khuevan.settings.development",
        "KHUEVAN_DATA_DIR": str(folder),
        "PYTHONUTF8": "1",
    }
