"""Rows of the view × role table for calendar, board and the subscription to deadlines.

The people of the table hold posts in units without work: calendar and board open to them, empty. What a unit's own
people see and may move is in `test_calendar_page.py` and `test_board.py`.
"""

from __future__ import annotations

from django.urls import reverse

from khuevan.core.recording import unaudited
from khuevan.people.choices import SEES_EVERYTHING
from khuevan.programme.models import Step
from tests.factories.work import office
from tests.permission_rows import STAFF, Row


def rows() -> list[Row]:
    """The pages over all plans, those of one plan, and the pages on which a card is moved."""

    def of_plan(name: str) -> Row:
        return Row(
            f"programme:{name}",
            lambda: reverse(f"programme:{name}", args=[office().plan.pk]),
            SEES_EVERYTHING,
        )

    def instalment() -> str:
        return reverse("programme:board_instalment", args=[office().lead_instalment.pk])

    def step() -> str:
        work = office()
        with unaudited("a step for the table"):
            made = Step.objects.create(task=work.task, unit=work.support, title="Dựng trang")
        return reverse("programme:board_step", args=[made.pk])

    return [
        Row("programme:calendar", lambda: reverse("programme:calendar"), STAFF),
        Row("programme:board", lambda: reverse("programme:board"), STAFF),
        Row("programme:deadline_feed", lambda: reverse("programme:deadline_feed"), STAFF),
        of_plan("plan_calendar"),
        of_plan("plan_board"),
        Row("programme:board_instalment", instalment, SEES_EVERYTHING),
        Row("programme:board_step", step, SEES_EVERYTHING),
    ]
