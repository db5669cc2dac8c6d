"""Units, accounts and posts for tests. What a test does not say is the plainest value there is."""

from __future__ import annotations

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from khuevan.core.actions import unaudited
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Charge, Post, Unit, User


class RecordFactory(DjangoModelFactory):
    """Creates records without an author; what tests look at is written by actions."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Any:
        with unaudited("a test's own data"):
            return super()._create(model_class, *args, **kwargs)


class UserFactory(DjangoModelFactory):
    """An account without a post; its password is "password"."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    full_name = factory.Sequence(lambda n: f"Nguyễn Thị {n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.invalid")
    password = factory.django.Password("password")


class UnitFactory(RecordFactory):
    """A division at the top of the tree, unless a parent is given."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Phòng {n}")
    kind = UnitKind.DIVISION

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Any:
        unit = super()._create(model_class, *args, **kwargs)
        # What people.actions keeps: the place in the tree.
        unit.path = f"{unit.parent.path if unit.parent else ''}{unit.order:04d}-{unit.pk}/"
        with unaudited("a test's own data"):
            unit.save(update_fields=["path"])
        return unit


class PostFactory(RecordFactory):
    """An officer's post since the first day of 2025."""

    class Meta:
        model = Post

    person = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.UNIT_OFFICER
    from_date = datetime.date(2025, 1, 1)


class ChargeFactory(RecordFactory):
    """A unit in a deputy director's charge since the first day of 2025."""

    class Meta:
        model = Charge

    person = factory.LazyFunction(lambda: PostFactory(role=Role.DEPUTY_DIRECTOR).person)
    unit = factory.SubFactory(UnitFactory)
    from_date = datetime.date(2025, 1, 1)


def person_with_role(role: Role, unit: Unit | None = None) -> User:
    """A person who holds the role, in the unit or in one made for it."""
    post = PostFactory(role=role, **({"unit": unit} if unit else {}))
    person: User = post.person
    return person
