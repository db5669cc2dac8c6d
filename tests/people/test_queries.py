"""Units on a day, names that lead to units, posts and roles on a day."""

from __future__ import annotations

import datetime

import pytest

from khuevan.core.actions import unaudited
from khuevan.people.choices import Role
from khuevan.people.models import UnitAlias
from khuevan.people.queries import (
    posts_of,
    roles_of,
    system_person,
    unit_by_name,
    units_by_folded_name,
    units_of,
    units_on,
)
from tests.factories.people import PostFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

LAST_OF_JUNE, FIRST_OF_JULY = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)


def alias(unit, name):
    with unaudited("a test's own data"):
        UnitAlias(unit=unit, name=name).save()


def test_units_on_a_day_include_first_and_last_day():
    district = UnitFactory(name="Quận Đống Đa", valid_to=LAST_OF_JUNE, order=1)
    ward = UnitFactory(name="Phường Đống Đa", valid_from=FIRST_OF_JULY, order=2)
    division = UnitFactory(order=3)
    assert list(units_on(LAST_OF_JUNE)) == [district, division]
    assert list(units_on(FIRST_OF_JULY)) == [ward, division]


@pytest.mark.parametrize(
    "written",
    [
        "Phòng Thông tin – Báo chí – Xuất bản",
        "Phòng Thông tin - Báo chí - Xuất bản",
        "PHÒNG THÔNG TIN–BÁO CHÍ–XUẤT BẢN",
        "phong thong tin bao chi xuat ban",
        "TTBCXB",
        "Phòng TTBCXB",
    ],
)
def test_unit_is_found_by_any_of_its_names(written):
    unit = UnitFactory(name="Phòng Thông tin – Báo chí – Xuất bản", short_name="TTBCXB")
    alias(unit, "Phòng TTBCXB")
    UnitFactory(name="Phòng Truyền thông số")
    assert unit_by_name(written, FIRST_OF_JULY) == unit
    assert unit_by_name("Phòng Thông tin", FIRST_OF_JULY) is None


def test_name_leads_to_the_unit_of_the_day():
    before = UnitFactory(name="Phường Láng", valid_to=LAST_OF_JUNE)
    after = UnitFactory(name="Phường Láng", valid_from=FIRST_OF_JULY)
    assert unit_by_name("phường láng", LAST_OF_JUNE) == before
    assert unit_by_name("phường láng", FIRST_OF_JULY) == after


def test_ended_unit_is_still_found_when_no_other_bears_the_name():
    district = UnitFactory(name="Quận Đống Đa", valid_to=LAST_OF_JUNE)
    assert unit_by_name("Quận Đống Đa", FIRST_OF_JULY) == district


def test_abbreviation_that_two_units_share_leads_to_neither():
    UnitFactory(name="Phòng A", short_name="PA")
    UnitFactory(name="Phòng Á", short_name="PA")
    assert unit_by_name("PA", FIRST_OF_JULY) is None


def test_names_of_all_units_take_two_queries(django_assert_num_queries):
    for count in (1, 3):
        for _ in range(count):
            UnitFactory()
        with django_assert_num_queries(2):
            units_by_folded_name(FIRST_OF_JULY)


def test_posts_and_roles_are_those_of_the_day():
    person = UserFactory()
    first = PostFactory(person=person, role=Role.CLERK, to_date=LAST_OF_JUNE)
    second = PostFactory(person=person, role=Role.EDITOR, from_date=FIRST_OF_JULY)
    assert list(posts_of(person, LAST_OF_JUNE)) == [first]
    assert list(posts_of(person, FIRST_OF_JULY)) == [second]
    assert roles_of(person, LAST_OF_JUNE) == {Role.CLERK}
    assert roles_of(person, FIRST_OF_JULY) == {Role.EDITOR}
    assert roles_of(UserFactory(is_superuser=True), FIRST_OF_JULY) == {Role.ADMINISTRATOR}
    assert roles_of(system_person(), FIRST_OF_JULY) == {Role.ADMINISTRATOR}


def test_head_answers_for_units_below_and_officer_does_not():
    department = UnitFactory(name="Sở")
    division = UnitFactory(name="Phòng", parent=department)
    other = UnitFactory(name="Khác")
    head = PostFactory(unit=department, role=Role.UNIT_HEAD).person
    officer = PostFactory(unit=department, role=Role.UNIT_OFFICER).person
    assert list(units_of(head, FIRST_OF_JULY)) == [department, division]
    assert list(units_of(officer, FIRST_OF_JULY)) == [department]
    assert list(units_of(UserFactory(), FIRST_OF_JULY)) == []
    assert other not in units_of(head, FIRST_OF_JULY)
