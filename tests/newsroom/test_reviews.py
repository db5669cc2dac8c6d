"""A piece passes the steps of its review; nobody decides on the own text; what was let go on goes out."""

from __future__ import annotations

import pytest
from wagtail.models import WorkflowState

from khuevan.newsroom.choices import StoryKind
from khuevan.newsroom.page_groups import keep_groups_of, make_groups
from khuevan.newsroom.reviews import PRESS, USUAL, make_reviews
from khuevan.people.choices import Role
from tests.factories.newsroom import home, story
from tests.factories.people import PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def person(role: Role):
    user = UserFactory()
    PostFactory(person=user, role=role)
    make_groups()
    keep_groups_of(user)
    return user


def waits_for(piece, user) -> bool:
    task = piece.current_workflow_task
    return task is not None and task.get_task_states_user_can_moderate(user).exists()


def test_a_story_passes_editor_and_head_and_goes_out():
    make_reviews()
    writer, editor, head, director = (
        person(role) for role in (Role.UNIT_OFFICER, Role.EDITOR, Role.UNIT_HEAD, Role.DIRECTOR)
    )
    piece = story()
    piece.get_workflow().start(piece, writer)
    assert [waits_for(piece, one) for one in (writer, editor, head, director)] == [False, True, False, False]
    piece.current_workflow_task_state.approve(user=editor)
    assert [waits_for(piece, one) for one in (editor, head)] == [False, True]
    piece.current_workflow_task_state.approve(user=head)
    piece.refresh_from_db()
    assert (piece.live, piece.current_workflow_state) == (True, None)


def test_a_release_goes_as_far_as_the_director():
    make_reviews()
    piece = story(kind=StoryKind.PRESS_RELEASE)
    assert piece.get_workflow().name == PRESS[0]
    assert [task.name for task in piece.get_workflow().tasks] == [title for title, _role in PRESS[1]]
    assert story(title="Other", slug="other").get_workflow().name == USUAL[0]


def test_nobody_decides_on_the_own_text_and_what_is_returned_waits_for_its_writer():
    make_reviews()
    editor, other = person(Role.EDITOR), person(Role.EDITOR)
    piece = story()
    piece.get_workflow().start(piece, editor)
    assert (waits_for(piece, editor), waits_for(piece, other)) == (False, True)
    task = piece.current_workflow_task
    assert (task.locked_for_user(piece, editor), task.locked_for_user(piece, other)) == (True, False)
    piece.current_workflow_task_state.reject(user=other, comment="Thiếu nguồn.")
    piece.refresh_from_db()
    assert piece.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert not piece.live


def test_posts_give_pages_and_take_them_away():
    writer, auditor = person(Role.UNIT_OFFICER), person(Role.AUDITOR)
    piece = story()
    assert (piece.permissions_for_user(writer).can_edit(), piece.permissions_for_user(writer).can_publish()) == (
        True, False,
    )  # fmt: skip
    editor = person(Role.EDITOR)
    assert (piece.permissions_for_user(editor).can_publish(), home().permissions_for_user(editor).can_publish()) == (
        False, True,
    )  # fmt: skip
    assert not piece.permissions_for_user(auditor).can_edit()
    writer.posts.all()._raw_delete(writer.posts.db)
    again = type(writer).objects.get(pk=writer.pk)
    keep_groups_of(again)
    assert not piece.permissions_for_user(type(writer).objects.get(pk=writer.pk)).can_edit()
