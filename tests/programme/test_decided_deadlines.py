"""A deadline that an officer decided, where the plan is looked at whole."""

from __future__ import annotations

import pytest
from django.urls import reverse

from khuevan.core import clock
from khuevan.plain.calendar.deadline_rules import EachWeek
from khuevan.programme.actions import set_task_deadline
from tests.factories.work import DAY, at, office

pytestmark = pytest.mark.django_db


def test_overview_and_list_know_what_an_officer_decided(client):
    # The plan's words yield no day; the factory gives the rule without an officer's decision.
    work = office(None)
    client.force_login(work.planner)
    overview = reverse("programme:overview", args=[work.plan.pk])
    listed = reverse("programme:tasks", args=[work.plan.pk])

    def found(wish: str) -> bool:
        return "Tổ chức tuần phim" in client.get(f"{listed}?deadline={wish}").content.decode()

    assert (found("with"), found("without")) == (False, True)
    with clock.stopped_at(at(DAY)):
        set_task_deadline(by=work.planner, task=work.task, rule=EachWeek(5))
    assert (found("with"), found("without")) == (True, False)
    assert "Thứ Sáu hằng tuần" in client.get(overview).content.decode()
    with clock.stopped_at(at(DAY)):
        set_task_deadline(by=work.planner, task=work.task, rule=None)
    assert (found("with"), found("without")) == (False, True)
