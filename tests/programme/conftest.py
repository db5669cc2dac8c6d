"""People and units that the programme's tests work with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from khuevan.core.recording import unaudited
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Post, Unit, User

MakePerson = Callable[[Role, Unit], User]


@pytest.fixture
def department(db: None) -> Unit:
    """The department, with the press division and the group of all its units registered."""
    with unaudited("test units"):
        top = _unit("Sở Văn hóa và Thể thao thành phố Hà Nội", UnitKind.DEPARTMENT, None, "SVHTT")
        _unit("Phòng Thông tin – Báo chí – Xuất bản", UnitKind.DIVISION, top, "TTBCXB")
        _unit("Phòng Tổ chức – Pháp chế", UnitKind.DIVISION, top)
        _unit("Các phòng, đơn vị thuộc Sở", UnitKind.GROUP, top)
    return top


def _unit(name: str, kind: UnitKind, parent: Unit | None, short_name: str = "") -> Unit:
    unit = Unit.objects.create(name=name, kind=kind, parent=parent, short_name=short_name)
    unit.path = f"{parent.path if parent else ''}0000-{unit.pk}/"
    unit.save()
    return unit


@pytest.fixture
def make_person(department: Unit) -> MakePerson:
    """A function that makes a person with one post, since 2020."""

    def made(role: Role, unit: Unit) -> User:
        with unaudited("test people"):
            person = User.objects.create_user(
                f"{role.lower()}-{unit.pk}",
                password="mat-khau-thu-nghiem",
                full_name=f"Nguyễn {role.title()}",
            )
            Post.objects.create(person=person, unit=unit, role=role, from_date=date(2020, 1, 1))
        return person

    return made


@pytest.fixture
def planner(make_person: MakePerson, department: Unit) -> User:
    """An officer who may put plans into the programme."""
    return make_person(Role.PLANNING_OFFICER, department)
