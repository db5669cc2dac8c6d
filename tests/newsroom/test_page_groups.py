"""Rights to pages follow the posts of the day, whether or not somebody signs in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from khuevan.core import clock
from khuevan.newsroom.jobs import page_groups
from khuevan.newsroom.page_groups import LIBRARIANS, PUBLISHERS, WRITERS, keep_all_groups, make_groups
from khuevan.people.actions import edit_post, end_post
from khuevan.people.choices import Role
from khuevan.people.models import User
from tests.factories.people import PostFactory, UserFactory
from tests.factories.work import at

pytestmark = pytest.mark.django_db
LAST = date(2026, 3, 31)


def groups_of(person):
    return set(User.objects.get(pk=person.pk).groups.values_list("name", flat=True))


def test_rights_end_with_the_post_on_the_morning_after():
    make_groups()
    person, other = UserFactory(), UserFactory()
    PostFactory(person=person, role=Role.EDITOR, from_date=date(2026, 1, 1), to_date=LAST)
    PostFactory(person=other, role=Role.AUDITOR, from_date=date(2026, 1, 1))
    with clock.stopped_at(at(LAST)):
        keep_all_groups()
        assert groups_of(person) == {WRITERS, PUBLISHERS, LIBRARIANS}
        assert (groups_of(other), page_groups()) == (set(), "")
    with clock.stopped_at(at(LAST + timedelta(days=1))):
        assert "1" in page_groups()
        assert groups_of(person) == set()
        assert page_groups() == ""


def test_rights_begin_with_the_post():
    make_groups()
    person = UserFactory()
    PostFactory(person=person, role=Role.UNIT_OFFICER, from_date=LAST + timedelta(days=1))
    with clock.stopped_at(at(LAST)):
        assert (keep_all_groups(), groups_of(person)) == (0, set())
    with clock.stopped_at(at(LAST + timedelta(days=1))):
        assert (keep_all_groups(), groups_of(person)) == (1, {WRITERS, LIBRARIANS})


def test_rights_follow_a_post_that_is_changed_or_ended_at_once(django_capture_on_commit_callbacks):
    make_groups()
    administrator, person = UserFactory(), UserFactory()
    PostFactory(person=administrator, role=Role.ADMINISTRATOR)
    post = PostFactory(person=person, role=Role.UNIT_OFFICER)
    post.role = Role.EDITOR
    with django_capture_on_commit_callbacks(execute=True):
        edit_post(by=administrator, post=post)
    assert groups_of(person) == {WRITERS, PUBLISHERS, LIBRARIANS}
    with django_capture_on_commit_callbacks(execute=True):
        end_post(by=administrator, post=post, day=clock.today() - timedelta(days=1))
    assert groups_of(person) == set()
