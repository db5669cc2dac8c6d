"""Rows of the view × role table for the pages for looking at a plan.

The people of the table hold posts in units without work: those who do not read everything see no plan.
What a unit's own people see is in `test_browse_pages.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from khuevan.people.choices import SEES_EVERYTHING
from khuevan.programme.models import Assignment, Plan, Task
from tests.factories.large_programme import large_programme
from tests.factories.people import UserFactory
from tests.permission_rows import STAFF, Row


def rows() -> list[Row]:
    """The pages of the programme; the front page is open to all staff and says where there is nothing."""

    def plan() -> Plan:
        return large_programme(UserFactory(), 2, 2)

    def of_plan(name: str) -> Callable[[], str]:
        return lambda: reverse(f"programme:{name}", args=[plan().pk])

    def unit() -> str:
        found = plan()
        return reverse(
            "programme:unit", args=[found.pk, Assignment.objects.filter(task__plan=found)[0].unit_id]
        )

    def task() -> str:
        return Task.objects.filter(plan=plan())[0].get_absolute_url()

    pages = ("overview", "units", "timeline", "tasks", "tasks_csv", "tasks_xlsx")
    return [
        Row("programme:index", lambda: reverse("programme:index"), STAFF),
        *(Row(f"programme:{name}", of_plan(name), SEES_EVERYTHING) for name in pages),
        Row("programme:unit", unit, SEES_EVERYTHING),
        Row("programme:task", task, SEES_EVERYTHING),
    ]
