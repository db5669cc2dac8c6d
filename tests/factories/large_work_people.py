"""The units and people of a large programme: divisions, wards and communes, and who holds which post."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password

from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Post, Unit, User
from khuevan.programme.models import Plan
from tests.factories import large_work_words as words

PEOPLES_PASSWORD = "mat-khau-thu-nghiem"
SINCE = date(2020, 1, 1)


@dataclass(frozen=True)
class LargeWork:
    """What was made. `units` answer for tasks, divisions first; `heads` and `officers` by the unit's key.

    The people's accounts are named after their post (`truong-0`, `canbo-0` for the first unit; `giam-doc`,
    `pho-giam-doc`, `kiem-tra`, `quan-tri`, `ke-hoach`), and all have `PEOPLES_PASSWORD`.
    """

    department: Unit
    group: Unit
    units: list[Unit]
    director: User
    deputy: User
    auditor: User
    administrator: User
    planner: User
    heads: dict[int, User]
    officers: dict[int, User]
    plans: list[Plan] = field(default_factory=list)


def department_at_work(count: int, parent: Unit | None) -> LargeWork:
    """The department with `count` units that answer for tasks, and their people; no plans yet."""
    base = parent.path if parent else ""
    department = Unit.objects.create(
        name="Sở Văn hóa và Thể thao thành phố Hà Nội",
        short_name="SVHTT",
        kind=UnitKind.DEPARTMENT,
        parent=parent,
    )
    department.path = f"{base}0000-{department.pk}/"
    department.save()
    group = Unit.objects.create(
        name="Các phòng, đơn vị thuộc Sở", kind=UnitKind.GROUP, parent=department, order=900
    )
    group.path = f"{department.path}0900-{group.pk}/"
    group.save()
    made = []
    for number in range(count):
        name, short_name = words.unit_name(number)
        inside = number < len(words.DIVISIONS)
        kind = UnitKind.WARD if not inside else UnitKind.CENTRE if "Trung tâm" in name else UnitKind.DIVISION
        above = department if inside else parent
        made.append(Unit(name=name, short_name=short_name, kind=kind, parent=above, order=number + 1))
    Unit.objects.bulk_create(made)
    for unit in made:
        unit.path = f"{unit.parent.path if unit.parent else ''}{unit.order:04d}-{unit.pk}/"
    Unit.objects.bulk_update(made, ["path"], batch_size=100)
    finance = made[min(4, count - 1)]
    posts: list[tuple[str, Role, Unit]] = [
        ("giam-doc", Role.DIRECTOR, department),
        ("pho-giam-doc", Role.DEPUTY_DIRECTOR, department),
        ("kiem-tra", Role.AUDITOR, department),
        ("quan-tri", Role.ADMINISTRATOR, department),
        ("ke-hoach", Role.PLANNING_OFFICER, finance),
        *((f"truong-{number}", Role.UNIT_HEAD, unit) for number, unit in enumerate(made)),
        *((f"canbo-{number}", Role.UNIT_OFFICER, unit) for number, unit in enumerate(made)),
    ]
    # One hash for all: hashing is slow by purpose.
    password = make_password(PEOPLES_PASSWORD)
    people = User.objects.bulk_create(
        User(
            username=username,
            full_name=words.person_name(number),
            email=f"{username}@example.invalid",
            password=password,
        )
        for number, (username, _role, _unit) in enumerate(posts)
    )
    Post.objects.bulk_create(
        Post(person=person, unit=unit, role=role, from_date=SINCE)
        for person, (_username, role, unit) in zip(people, posts, strict=True)
    )
    heads = {unit.pk: people[5 + number] for number, unit in enumerate(made)}
    officers = {unit.pk: people[5 + count + number] for number, unit in enumerate(made)}
    return LargeWork(department, group, made, *people[:5], heads, officers)
