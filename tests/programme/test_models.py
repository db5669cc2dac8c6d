"""What the database itself refuses, and what search finds."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from khuevan.core.actions import UnrecordedWrite
from khuevan.core.recording import unaudited
from khuevan.core.search import search_folded
from khuevan.people.models import User
from khuevan.programme.actions import carry_out_import, start_import
from khuevan.programme.models import Assignment, DutyTask, Plan, PlanImport, Task
from tests.factories.programme import plan_document, read_file_of


@pytest.fixture
def plan(planner: User) -> Plan:
    """The small plan, in the programme."""
    draft, _ = start_import(by=planner, file=read_file_of(plan_document()))
    return carry_out_import(by=planner, plan_import=draft)


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Task, {"state": "DROPPED"}),
        (Plan, {"period_first": date(2026, 1, 1), "period_last": date(2025, 1, 1)}),
        (Plan, {"period_first": None}),
        (PlanImport, {"finished_at": None}),
        (PlanImport, {"state": "DRAFT"}),
        (PlanImport, {"plan": None}),
        (Assignment, {"source": "PERSON"}),
    ],
)
def test_the_database_refuses_rows_that_contradict_themselves(
    plan: Plan, model: type, changes: dict[str, object]
) -> None:
    row = model.objects.first()  # type: ignore[attr-defined]
    for name, value in changes.items():
        setattr(row, name, value)
    with unaudited("a careless writer"), pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_link_stands_once(plan: Plan) -> None:
    link = DutyTask.objects.first()
    assert link is not None
    with unaudited("a careless writer"), pytest.raises(IntegrityError), transaction.atomic():
        DutyTask.objects.create(duty=link.duty, task=link.task)


def test_nothing_is_written_without_a_person(plan: Plan) -> None:
    plan.title = "Khác"
    with pytest.raises(UnrecordedWrite):
        plan.save()
    with pytest.raises(UnrecordedWrite):
        PlanImport(filename="x", sha256="x", reading={}, started_at=timezone.now()).save()


@pytest.mark.parametrize("query", ["trang tri co dong", "TRANG TRÍ, CỔ ĐỘNG", "trang tri co do"])
def test_tasks_are_found_without_diacritics_and_while_typing(plan: Plan, query: str) -> None:
    assert list(search_folded(Task.objects.current(), query).values_list("ref", flat=True)) == ["II.1.-1"]
