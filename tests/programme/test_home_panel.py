"""What the staff's first page says of the programme, to whom, and in how many queries."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khuevan.people.choices import Role
from khuevan.people.models import Unit, User
from khuevan.programme.actions import carry_out_import, start_import
from khuevan.programme.models import Plan
from tests.factories.programme import plan_document, read_file_of
from tests.programme.conftest import MakePerson


@pytest.fixture
def plan(planner: User) -> Plan:
    """The small plan of the factories, put into the programme."""
    draft, _ = start_import(by=planner, file=read_file_of(plan_document()))
    return carry_out_import(by=planner, plan_import=draft)


def home(client: Client, person: User) -> str:
    """The text of the first page as `person` sees it, white space folded."""
    client.force_login(person)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def test_planner_sees_plan_with_its_tasks_and_those_without_lead(
    client: Client, planner: User, plan: Plan
) -> None:
    page = home(client, planner)
    tasks = plan.tasks.current().count()
    assert plan.title in page
    assert f"{tasks} nhiệm vụ" in page
    assert "Nhập kế hoạch" in page


def test_first_page_of_an_empty_programme_says_how_to_begin(client: Client, planner: User) -> None:
    assert "Chương trình chưa có kế hoạch nào" in home(client, planner)


def test_unit_without_tasks_is_told_when_something_will_stand_here(
    client: Client, make_person: MakePerson, plan: Plan, department: Unit
) -> None:
    outside = make_person(Role.UNIT_OFFICER, Unit.objects.get(name="Phòng Tổ chức – Pháp chế"))
    page = home(client, outside)
    assert plan.title not in page or "nhiệm vụ" in page
    assert "Nhập kế hoạch" not in page


def test_unfinished_import_is_recalled(client: Client, planner: User, department: Unit) -> None:
    start_import(by=planner, file=read_file_of(plan_document()))
    assert "1 lần nhập còn dở" in home(client, planner)


def test_first_page_asks_as_often_for_three_plans_as_for_one(
    client: Client, planner: User, plan: Plan
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            home(client, planner)
        return len(asked)

    home(client, planner)
    with_one = queries()
    for number, title in enumerate(("Tổ chức Lễ hội Áo dài", "Trùng tu đình làng và dạy nghề thủ công"), 70):
        document = plan_document(title=title, symbol=f"{number}/KH-SVHTT")
        draft, _ = start_import(by=planner, file=read_file_of(document))
        carry_out_import(by=planner, plan_import=draft)
    assert Plan.objects.count() == 3
    assert queries() == with_one
