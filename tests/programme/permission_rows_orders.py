"""Rows of the view × role table for the pages at which work is ordered.

The people of the table hold posts in units without work: a unit's head splits the own unit's tasks only, which is
tried in `test_order_pages.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from khuevan.core.recording import unaudited
from khuevan.people.choices import UnitKind
from khuevan.programme.actions import add_step, put_after
from khuevan.programme.models import Step, Task
from khuevan.programme.permissions import ORDERS_WORK
from tests.factories.people import UnitFactory
from tests.factories.work import assigned, office
from tests.permission_rows import Row


def rows() -> list[Row]:
    """Assigning, dating, ordering and splitting: for planning officers and directors."""

    def of_task(name: str) -> Callable[[], str]:
        return lambda: reverse(f"programme:{name}", args=[office().task.pk])

    def of_part(name: str) -> Callable[[], str]:
        return lambda: reverse(f"programme:{name}", args=[office().supporting.pk])

    def of_group() -> str:
        work = office()
        group = UnitFactory(name="Các phòng, đơn vị", kind=UnitKind.GROUP, parent=work.department)
        return reverse("programme:split_group", args=[assigned(work.task, group).pk])

    def of_step(name: str) -> Callable[[], str]:
        return lambda: reverse(f"programme:{name}", args=[_step().pk])

    pages = ("assign", "task_deadline", "deadline_days", "task_order", "step_add")
    parts = ("reassign", "end_assignment", "unit_deadline", "unit_deadline_days")
    steps = ("step_edit", "step_move", "step_remove")
    return [
        *(Row(f"programme:{name}", of_task(name), ORDERS_WORK) for name in pages),
        *(Row(f"programme:{name}", of_part(name), ORDERS_WORK) for name in parts),
        *(Row(f"programme:{name}", of_step(name), ORDERS_WORK) for name in steps),
        Row("programme:split_group", of_group, ORDERS_WORK),
        Row("programme:release_task", _release, ORDERS_WORK),
        Row("programme:assign_many", _many, ORDERS_WORK),
    ]


def _step() -> Step:
    work = office()
    return add_step(by=work.planner, task=work.task, unit=work.lead, title="Chọn phim")


def _release() -> str:
    work = office()
    with unaudited("a further task"):
        other = Task.objects.create(
            plan=work.plan, ref="II.2", text="Việc khác", order=1, read_in=work.plan.versions.get()
        )
    row = put_after(by=work.planner, before=other, after=work.task)
    return reverse("programme:release_task", args=[row.pk])


def _many() -> str:
    return reverse("programme:assign_many", args=[office().plan.pk])
