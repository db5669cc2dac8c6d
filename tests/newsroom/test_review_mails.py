"""Who must decide is told, who wrote is told of what became of the piece; nobody of the own deed, nothing twice."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from wagtail.models import TaskState

from khuevan.newsroom.page_groups import keep_groups_of, make_groups
from khuevan.newsroom.review_mails import PUBLISHED, REACHED, RETURNED, tell_deciders
from khuevan.newsroom.reviews import make_reviews
from khuevan.outbox.models import OutgoingMail
from khuevan.people.choices import Role
from tests.factories.newsroom import let_out, story
from tests.factories.people import PostFactory, UnitFactory, person_with_role

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=kind).values_list("to_address", flat=True))


def submitted(writer):
    make_reviews()
    piece = story(title="Tuần phim Hà Nội", slug="tuan-phim", owner=writer)
    piece.get_workflow().start(piece, writer)
    return piece


def test_each_who_may_decide_is_told_but_not_who_submitted():
    writer, first, second = (person_with_role(Role.EDITOR) for _ in range(3))
    person_with_role(Role.DIRECTOR)
    submitted(writer)
    assert told(REACHED) == sorted([first.email, second.email])
    queued = OutgoingMail.objects.filter(kind=REACHED).first()
    # Neither title nor text: who looks after the outbox reads every mail.
    assert "Tuần phim" not in f"{queued.subject}{queued.text}"
    assert "/quan-tri/toa-soan/tin-bai/" in queued.text
    # Wagtail's own mails pass the outbox by.
    assert mail.outbox == []


def test_of_the_heads_those_of_the_writers_unit_are_told():
    unit = UnitFactory()
    writer, editor = person_with_role(Role.UNIT_OFFICER, unit), person_with_role(Role.EDITOR)
    own, _other = person_with_role(Role.UNIT_HEAD, unit), person_with_role(Role.UNIT_HEAD)
    piece = submitted(writer)
    assert told(REACHED) == [editor.email]
    piece.current_workflow_task_state.approve(user=editor)
    assert told(REACHED) == sorted([editor.email, own.email])


def test_without_a_head_of_the_own_every_head_is_told():
    writer, editor = person_with_role(Role.UNIT_OFFICER), person_with_role(Role.EDITOR)
    heads = [person_with_role(Role.UNIT_HEAD) for _ in range(2)]
    piece = submitted(writer)
    piece.current_workflow_task_state.approve(user=editor)
    assert told(REACHED) == sorted(person.email for person in (editor, *heads))


def test_the_writer_is_told_that_a_piece_came_back_and_that_it_went_out():
    unit = UnitFactory()
    writer, editor = person_with_role(Role.UNIT_OFFICER, unit), person_with_role(Role.EDITOR)
    head = person_with_role(Role.UNIT_HEAD, unit)
    make_groups()
    keep_groups_of(head)
    piece = submitted(writer)
    piece.current_workflow_task_state.reject(user=editor, comment="Thiếu nguồn.")
    assert told(RETURNED) == [writer.email]
    assert "Thiếu nguồn" not in OutgoingMail.objects.get(kind=RETURNED).text
    piece.refresh_from_db()
    piece.current_workflow_state.resume(user=writer)
    piece.refresh_from_db()
    piece.current_workflow_task_state.approve(user=editor)
    assert told(PUBLISHED) == []
    piece.refresh_from_db()
    piece.current_workflow_task_state.approve(user=head)
    assert told(PUBLISHED) == [writer.email]


def test_whoever_publishes_the_own_text_is_told_nothing():
    editor = person_with_role(Role.EDITOR)
    piece = story(owner=editor)
    let_out(piece.save_revision(user=editor), user=editor, skip_permission_checks=True)
    assert told(PUBLISHED) == []


def test_a_step_is_told_of_once():
    editor = person_with_role(Role.EDITOR)
    submitted(person_with_role(Role.UNIT_OFFICER))
    tell_deciders(TaskState.objects.get().specific)
    assert told(REACHED) == [editor.email]


def test_a_holder_of_a_post_that_ended_is_not_told():
    former = PostFactory(role=Role.EDITOR, to_date=datetime.date(2025, 1, 2)).person
    now = person_with_role(Role.EDITOR)
    submitted(person_with_role(Role.UNIT_OFFICER))
    assert (former.email in told(REACHED), told(REACHED)) == (False, [now.email])
