"""Units, names, posts and accounts: what the actions do, refuse and leave behind."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from khuevan.core.actions import unaudited
from khuevan.core.queries import history_of
from khuevan.people import actions
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Post, Unit, UnitAlias
from khuevan.people.queries import system_person, unit_by_name
from tests.factories.people import PostFactory, UnitFactory, UserFactory, person_with_role

pytestmark = pytest.mark.django_db

FIRST_OF_JULY = datetime.date(2025, 7, 1)


@pytest.fixture
def administrator():
    return person_with_role(Role.ADMINISTRATOR)


def test_unit_is_created_with_other_names_and_a_place_in_the_tree(administrator):
    city = actions.create_unit(by=administrator, name="Thành phố", kind=UnitKind.CITY, order=1)
    unit = actions.create_unit(
        by=administrator, name="Sở  Văn hóa ", kind="DEPARTMENT", parent=city, order=2, aliases=("Sở VHTT",)
    )
    assert (unit.name, unit.path, unit.depth) == ("Sở Văn hóa", f"0001-{city.pk}/0002-{unit.pk}/", 1)
    assert [(alias.name, alias.folded) for alias in unit.aliases.all()] == [("Sở VHTT", "so vhtt")]
    assert [(entry.verb, entry.kind) for entry in history_of(unit)] == [("create_unit", "CREATED")]


def test_name_that_leads_to_another_unit_is_refused(administrator):
    actions.create_unit(by=administrator, name="Phòng Tổ chức – Pháp chế", kind="DIVISION", aliases=("TCPC",))
    for name in ("Phòng tổ chức - pháp chế", "phong to chuc phap che", "tcpc"):
        with pytest.raises(ValidationError, match=r"at this place|đã thuộc về"):
            actions.create_unit(by=administrator, name=name, kind="DIVISION")
    assert Unit.objects.filter(kind="DIVISION", name__startswith="Phòng Tổ").count() == 1


def test_wards_may_each_have_a_unit_of_the_same_name(administrator):
    wards = [
        actions.create_unit(by=administrator, name=name, kind="WARD", order=place)
        for place, name in enumerate(("Phường Cửa Nam", "Phường Láng"))
    ]
    units = [
        actions.create_unit(
            by=administrator, name="Phòng Văn hóa – Xã hội", kind="DIVISION", parent=ward, aliases=("VHXH",)
        )
        for ward in wards
    ]
    assert len({unit.pk for unit in units}) == 2
    # The name alone leads to neither: whoever imports a plan is asked.
    assert unit_by_name("Phòng Văn hóa - Xã hội", datetime.date(2026, 1, 1)) is None
    with pytest.raises(ValidationError, match=r"at this place|đã thuộc về"):
        actions.create_unit(by=administrator, name="phòng văn hóa xã hội", kind="DIVISION", parent=wards[0])


def test_name_of_an_ended_unit_may_be_given_again(administrator):
    actions.create_unit(
        by=administrator, name="Phường Láng", kind="WARD", valid_to=datetime.date(2025, 6, 30)
    )
    actions.create_unit(by=administrator, name="Phường Láng", kind="WARD", valid_from=FIRST_OF_JULY)
    assert Unit.objects.filter(name="Phường Láng").count() == 2


def test_moving_a_unit_moves_those_below(administrator):
    old, new = (actions.create_unit(by=administrator, name=n, kind="CITY") for n in ("A", "B"))
    middle = actions.create_unit(by=administrator, name="C", kind="DEPARTMENT", parent=old)
    low = actions.create_unit(by=administrator, name="D", kind="DIVISION", parent=middle)
    middle.parent = new
    actions.edit_unit(by=administrator, unit=middle)
    low.refresh_from_db()
    assert low.path == f"0000-{new.pk}/0000-{middle.pk}/0000-{low.pk}/"
    assert set(Unit.objects.all().below(new)) == {new, middle, low}


def test_unit_cannot_be_part_of_a_unit_below_it(administrator):
    top = actions.create_unit(by=administrator, name="A", kind="CITY")
    low = actions.create_unit(by=administrator, name="B", kind="DIVISION", parent=top)
    top.parent = low
    with pytest.raises(ValidationError):
        actions.edit_unit(by=administrator, unit=top)
    top.refresh_from_db()
    assert top.parent is None


def test_renaming_keeps_the_old_name_with_its_last_day(administrator):
    unit = actions.create_unit(by=administrator, name="Phòng Truyền thông", kind="DIVISION")
    actions.rename_unit(by=administrator, unit=unit, name="Phòng Truyền thông số", day=FIRST_OF_JULY)
    unit.refresh_from_db()
    assert unit.name == "Phòng Truyền thông số"
    assert [(a.name, a.valid_from, a.valid_to) for a in unit.aliases.all()] == [
        ("Phòng Truyền thông", None, datetime.date(2025, 6, 30))
    ]
    actions.rename_unit(by=administrator, unit=unit, name="Phòng Truyền thông", day=datetime.date(2026, 1, 1))
    assert [alias.name for alias in unit.aliases.all()] == ["Phòng Truyền thông số"]


def test_ending_a_unit_names_its_successor(administrator):
    district, ward = (actions.create_unit(by=administrator, name=n, kind="WARD") for n in ("Quận", "Phường"))
    actions.end_unit(by=administrator, unit=district, day=datetime.date(2025, 6, 30), successor=ward)
    district.refresh_from_db()
    assert (district.valid_to, district.successor) == (datetime.date(2025, 6, 30), ward)
    assert history_of(district).last().changes == {
        "successor": [None, ward.pk],
        "valid_to": [None, "2025-06-30"],
    }


def test_post_is_given_changed_and_ended(administrator):
    person, unit = UserFactory(), UnitFactory()
    post = actions.appoint(
        by=administrator, person=person, unit=unit, role="CLERK", from_date=FIRST_OF_JULY, title="Văn thư"
    )
    actions.end_post(by=administrator, post=post, day=datetime.date(2025, 12, 31))
    assert [(entry.verb, entry.changes) for entry in history_of(post)] == [
        (
            "appoint",
            {
                "from_date": [None, "2025-07-01"],
                "person": [None, person.pk],
                "role": [None, "CLERK"],
                "title": [None, "Văn thư"],
                "unit": [None, unit.pk],
            },
        ),
        ("end_post", {"to_date": [None, "2025-12-31"]}),
    ]


def test_post_cannot_end_before_it_begins(administrator):
    post = PostFactory(from_date=FIRST_OF_JULY)
    with pytest.raises(ValidationError):
        actions.end_post(by=administrator, post=post, day=datetime.date(2025, 6, 30))
    with pytest.raises(IntegrityError), transaction.atomic(), unaudited("the database's own check"):
        Post.objects.filter(pk=post.pk).update(to_date=datetime.date(2025, 6, 30))


def test_two_units_cannot_share_another_name(administrator):
    first, second = UnitFactory(), UnitFactory()
    actions.add_alias(by=administrator, unit=first, name="Sở VHTT")
    assert actions.add_alias(by=administrator, unit=first, name="SỞ VHTT").name == "Sở VHTT"
    with pytest.raises(ValidationError):
        actions.add_alias(by=administrator, unit=second, name="so vhtt")
    assert UnitAlias.objects.count() == 1


def test_person_is_created_without_a_password_and_recorded(administrator):
    person = actions.create_person(by=administrator, username="ha", full_name=" Lê  Thị Hà ", email="h@x.vn")
    assert (person.full_name, person.get_short_name(), person.has_usable_password()) == (
        "Lê Thị Hà",
        "Hà",
        False,
    )
    assert history_of(person).get().changes == {
        "email": [None, "h@x.vn"],
        "full_name": [None, "Lê Thị Hà"],
        "username": [None, "ha"],
    }


def test_weak_password_is_refused(administrator):
    with pytest.raises(ValidationError):
        actions.create_person(by=administrator, username="ha", full_name="Lê Thị Hà", password="12345678")


@pytest.mark.parametrize("role", [role for role in Role if role not in {"ADMINISTRATOR", "PLANNING_OFFICER"}])
def test_only_planning_officers_and_administrators_change_units(role):
    with pytest.raises(PermissionDenied):
        actions.create_unit(by=person_with_role(role), name="Phòng mới", kind="DIVISION")
    assert not Unit.objects.filter(name="Phòng mới").exists()


@pytest.mark.parametrize("role", [role for role in Role if role != "ADMINISTRATOR"])
def test_only_administrators_give_posts(role):
    by = person_with_role(role)
    with pytest.raises(PermissionDenied):
        actions.appoint(by=by, person=by, unit=UnitFactory(), role="ADMINISTRATOR", from_date=FIRST_OF_JULY)


def test_post_that_ended_gives_nothing_any_more():
    post = PostFactory(role=Role.ADMINISTRATOR, to_date=datetime.date(2025, 2, 1))
    with pytest.raises(PermissionDenied):
        actions.create_unit(by=post.person, name="Phòng mới", kind="DIVISION")


def test_system_account_acts_but_cannot_sign_in(client):
    by = system_person()
    assert (by.is_active, by.has_usable_password()) == (False, False)
    assert actions.create_unit(by=by, name="Phòng mới", kind="DIVISION").pk
