"""What is published for a task proves it by itself, in the name of who published; a withdrawal is not hidden."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from khuevan.core.models import AuditEntry
from khuevan.newsroom.actions import withdraw_piece
from khuevan.newsroom.evidence import proofs_of_task, public_address
from khuevan.newsroom.jobs import show_as_evidence
from khuevan.newsroom.models import ServedTask, StoryPage, TaskProof
from khuevan.people.choices import Role
from khuevan.programme.evidence_search import records_found
from tests.factories.newsroom import home, let_out, published, story
from tests.factories.people import PostFactory, UserFactory
from tests.factories.work import office

pytestmark = pytest.mark.django_db


def editor():
    person = UserFactory()
    PostFactory(person=person, role=Role.EDITOR)
    return person


def piece_for(task, by, **values):
    """A piece for the task, published by the person; its evidence follows by its job."""
    piece = story(**values)
    piece.served_tasks = [ServedTask(task=task)]
    let_out(piece.save_revision(user=by), user=by, skip_permission_checks=True)
    show_as_evidence.func(piece.pk)
    piece.refresh_from_db()
    return piece


def test_publication_makes_evidence_in_the_name_of_who_published():
    place, person = office(), editor()
    piece = piece_for(place.task, person)
    [proof] = TaskProof.objects.all()
    assert (proof.page, proof.task, proof.shown_by) == (piece, place.task, person)
    [entry] = AuditEntry.objects.filter(verb="prove_tasks")
    assert entry.by == person
    # A second run, or a run after a crash, adds nothing.
    show_as_evidence.func(piece.pk)
    assert TaskProof.objects.get() == proof
    assert [shown.title for shown in proofs_of_task(place.task.pk)] == [piece.title]


def test_publication_queues_the_job_and_a_schedule_does_not(django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    queued = DBTaskResult.objects.filter(task_path="khuevan.newsroom.jobs.show_as_evidence")
    piece = story(embargo_until=timezone.now() + timedelta(hours=1))
    let_out(piece.latest_revision)
    assert not queued.exists()
    published(title="Another", slug="another")
    assert queued.count() == 1


def test_who_scheduled_it_is_named_when_it_goes_out_by_itself():
    place, person = office(), editor()
    piece = piece_for(place.task, person, go_live_at=timezone.now() + timedelta(hours=1))
    assert TaskProof.objects.count() == 0
    StoryPage.objects.filter(pk=piece.pk).update(go_live_at=None)
    revision = piece.latest_revision
    revision.content["go_live_at"] = None
    revision.save()
    let_out(revision, log_action="wagtail.publish.scheduled")
    assert PageLogEntry.objects.filter(page=piece.pk, action="wagtail.publish.scheduled", user=None).exists()
    show_as_evidence.func(piece.pk)
    assert TaskProof.objects.get().shown_by == person


def test_task_that_a_piece_serves_no_more_loses_the_proof():
    place, person = office(), editor()
    piece = piece_for(place.task, person)
    piece.served_tasks = []
    let_out(piece.save_revision(user=person), user=person, skip_permission_checks=True)
    show_as_evidence.func(piece.pk)
    assert proofs_of_task(place.task.pk) == []


def test_page_of_the_task_shows_the_piece_and_marks_its_withdrawal(client, settings):
    place, person = office(), editor()
    piece = piece_for(place.task, person)
    client.force_login(place.lead_officer)
    url = place.task.get_absolute_url()
    page = client.get(url).text
    address = public_address(piece)
    assert address == f"{settings.WAGTAILADMIN_BASE_URL}{piece.url}"
    assert f'href="{address}"' in page
    assert person.get_full_name() in page
    withdraw_piece(by=person, page=piece, text="Nguồn tin sai.")
    page = client.get(url).text
    assert address not in page
    assert "Nguồn tin sai." in page
    assert piece.title in page


def test_a_piece_in_several_languages_is_one_proof_under_its_vietnamese_title():
    place, person = office(), editor()
    piece = piece_for(place.task, person)
    made = piece.copy_for_translation(home("vi").locale, copy_parents=True)
    made.title, made.origin, made.slug = "Đống Đa mở kho lưu trữ", "PERSON", "kho"
    let_out(made.save_revision(user=person), user=person, skip_permission_checks=True)
    show_as_evidence.func(made.pk)
    [shown] = proofs_of_task(place.task.pk)
    assert (shown.title, shown.others[0][1]) == (made.title, public_address(piece))
    withdraw_piece(by=person, page=StoryPage.objects.get(pk=made.pk), text="Dịch sai.")
    assert [(one.title, bool(one.gone)) for one in proofs_of_task(place.task.pk)] == [
        (piece.title, False), (made.title, True),
    ]  # fmt: skip


def test_an_officer_finds_a_published_piece_as_evidence_and_no_draft():
    place, person = office(), editor()
    piece = piece_for(place.task, person)
    story(title="Đống Đa opens nothing", slug="draft")
    found = records_found(place.lead_officer, "Đống Đa")
    assert [record.value for record in found if record.value.startswith("newsroom.")] == [
        f"newsroom.storypage:{piece.pk}"
    ]


def test_nothing_is_proved_by_what_is_gone():
    place, person = office(), editor()
    piece = piece_for(place.task, person)
    TaskProof.objects.all()._raw_delete(TaskProof.objects.db)
    withdraw_piece(by=person, page=piece, text="It was not so.")
    show_as_evidence.func(piece.pk)
    show_as_evidence.func(999_999)
    assert TaskProof.objects.count() == 0
