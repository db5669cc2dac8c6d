"""Which answers are said to be the same for everybody, and what outdates them."""

from __future__ import annotations

import pytest
from django.conf import settings

from khuevan.newsroom.actions import withdraw_piece
from khuevan.people.choices import Role
from tests.factories.newsroom import published, story
from tests.factories.people import PostFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stamp(settings, tmp_path):
    settings.PAGE_STAMP = tmp_path / "stamp"
    settings.PAGE_STAMP.touch()
    return lambda: settings.PAGE_STAMP.stat().st_mtime_ns


def test_public_pages_may_be_kept_for_everybody(client):
    for path, status in ((published().url, 200), ("/en/", 200), ("/en/nowhere/", 404)):
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("X-Keep")) == (status, "20"), path


def test_nothing_of_the_staff_or_of_a_signed_in_person_is_kept(client):
    assert "X-Keep" not in client.get("/quan-tri/login/").headers
    person = UserFactory()
    PostFactory(person=person, role=Role.EDITOR)
    client.force_login(person)
    assert "X-Keep" not in client.get("/en/").headers


def test_the_door_that_asks_for_the_language_is_not_kept(client):
    answer = client.get("/", headers={"accept-language": "ko, fr;q=0.8"})
    assert (answer.status_code, answer.url, answer.headers["Vary"]) == (302, "/en/", "Accept-Language")
    assert "X-Keep" not in answer.headers


def test_publication_and_withdrawal_outdate_what_is_kept(stamp, django_capture_on_commit_callbacks):
    before = stamp()
    with django_capture_on_commit_callbacks(execute=True):
        piece = story()
    quiet = stamp()
    with django_capture_on_commit_callbacks(execute=True):
        piece.latest_revision.publish()
    live = stamp()
    person = UserFactory()
    PostFactory(person=person, role=Role.EDITOR)
    piece.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_piece(by=person, page=piece, text="Wrong.")
    assert (quiet > before, live > quiet, stamp() > live) == (True, True, True)


def test_a_draft_outdates_nothing(stamp, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        piece = published()
    before = stamp()
    with django_capture_on_commit_callbacks(execute=True):
        piece.title = "New title"
        piece.save_revision()
    assert stamp() == before


def test_the_stamp_stands_in_the_data_directory():
    assert settings.PAGE_STAMP.name == ".pages"
