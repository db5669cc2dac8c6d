"""What is asked for hundreds of people at once is what would be asked for each."""

from __future__ import annotations

from datetime import date

import pytest

from khuevan.core.recording import unaudited
from khuevan.people.choices import Role
from khuevan.people.models import Post, User
from khuevan.people.queries import roles_of, roles_once
from khuevan.programme.permissions import answering_unit_ids, ask_for_all, headed_unit_ids
from tests.factories.large_work import large_work
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

DAY = date(2025, 11, 14)


def test_answers_for_all_are_those_for_each_in_two_queries(django_assert_num_queries):
    work = large_work(UserFactory(is_superuser=True), plans=1, tasks=6, units=12, replies=10, today=DAY)
    with unaudited("odd posts"):
        officer = work.officers[work.units[0].pk]
        # Two posts at once, one that has ended, one that has not begun; and a closed account.
        Post.objects.create(person=officer, unit=work.department, role=Role.UNIT_HEAD, from_date=DAY)
        Post.objects.create(
            person=officer, unit=work.units[5], role=Role.UNIT_OFFICER, from_date=DAY, to_date=DAY
        )
        Post.objects.create(
            person=work.officers[work.units[1].pk],
            unit=work.units[6],
            role=Role.UNIT_HEAD,
            from_date=date(2025, 11, 15),
        )
    User.objects.filter(pk=work.officers[work.units[2].pk].pk).update(is_active=False)

    expected = {
        person.pk: (roles_of(person, DAY), answering_unit_ids(person, DAY), headed_unit_ids(person, DAY))
        for person in User.objects.all()
    }
    people = list(User.objects.all())
    with django_assert_num_queries(2):
        ask_for_all(people, DAY)
        found = {
            person.pk: (
                roles_once(person, DAY), answering_unit_ids(person, DAY), headed_unit_ids(person, DAY),
            )
            for person in people
        }  # fmt: skip
    assert found == expected
