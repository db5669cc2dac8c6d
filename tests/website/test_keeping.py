"""Which answers are said to be the same for everybody, and what outdates them."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpResponse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from khuevan.core import clock
from khuevan.newsroom.actions import withdraw_piece
from khuevan.people.choices import Role
from khuevan.website.keeping import KeepingMiddleware, touch_stamp
from tests.factories.newsroom import let_out, published, story
from tests.factories.people import PostFactory, UserFactory
from tests.factories.press import conference

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


def test_a_page_is_kept_no_longer_than_it_says_the_same(client):
    now = clock.now()
    until = now + timedelta(days=3)
    page = conference(begins_at=now + timedelta(days=9), accreditation_until=until)
    piece = published()
    type(piece).objects.filter(pk=piece.pk).update(expire_at=until)

    def kept(path, before):
        with clock.stopped_at(until - before):
            return client.get(path).headers.get("X-Keep")

    steps = [timedelta(seconds=seconds) for seconds in (60, 20, 7.5, 0.5)]
    assert [kept(page.url, step) for step in steps] == ["20", "20", "7", None]
    assert [kept(piece.url, step) for step in steps] == ["20", "20", "7", None]
    # Closed now, and so it stays.
    assert kept(page.url, timedelta(0)) == "20"


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
        let_out(piece.latest_revision)
    live = stamp()
    person = UserFactory()
    PostFactory(person=person, role=Role.EDITOR)
    piece.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_piece(by=person, page=piece, text="Wrong.")
    assert (quiet > before, live > quiet, stamp() > live) == (True, True, True)


def test_privacy_that_is_set_past_the_screens_outdates_what_is_kept(
    stamp, django_capture_on_commit_callbacks
):
    piece = published()
    collection = Collection.get_first_root_node()
    login = PageViewRestriction.LOGIN
    for restriction in (
        PageViewRestriction(page=piece, restriction_type=login),
        CollectionViewRestriction(collection=collection, restriction_type=login),
    ):
        seen = [stamp()]
        for change in (restriction.save, restriction.delete):
            with django_capture_on_commit_callbacks(execute=True):
                change()
            seen.append(stamp())
        assert sorted(set(seen)) == seen, restriction


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


def test_publications_in_the_same_moment_are_two(stamp, monkeypatch):
    moment = time.time_ns()
    monkeypatch.setattr("khuevan.website.keeping.time.time_ns", lambda: moment)
    seen = [stamp()]
    for _ in range(3):
        touch_stamp()
        seen.append(stamp())
    assert sorted(set(seen)) == seen


def test_a_clock_that_is_set_back_outdates_all_the_same(stamp, monkeypatch):
    touch_stamp()
    before = stamp()
    monkeypatch.setattr("khuevan.website.keeping.time.time_ns", lambda: 1)
    touch_stamp()
    assert stamp() == before + 1


@pytest.mark.parametrize(
    ("headers", "path", "cookies", "is_kept"),
    [
        ({}, "/en/", {}, True),
        ({"Vary": "accept-encoding"}, "/en/", {}, True),
        ({"Vary": "Cookie"}, "/en/", {}, False),
        ({"Vary": "Accept-Encoding, Accept"}, "/en/api/", {}, False),
        ({"Vary": "*"}, "/en/", {}, False),
        ({"Cache-Control": "private, no-store"}, "/en/pass/x/", {}, False),
        ({"Cache-Control": "public, max-age=60"}, "/en/", {}, True),
        ({"Set-Cookie": "a=b"}, "/en/", {}, False),
        ({}, "/en/", {"sessionid": "abc"}, False),
        ({}, "/quan-tri/", {}, False),
    ],
)
def test_an_answer_is_kept_only_where_nothing_speaks_against_it(rf, headers, path, cookies, is_kept):
    def answer(request):
        response = HttpResponse("Words")
        for name, value in headers.items():
            if name == "Set-Cookie":
                response.set_cookie(*value.split("="))
            else:
                response.headers[name] = value
        return response

    request = rf.get(path)
    request.COOKIES.update(cookies)
    assert ("X-Keep" in KeepingMiddleware(answer)(request).headers) == is_kept


def test_redirects_forms_errors_and_previews_are_not_kept(rf):
    def kept(status=200, method="get", preview=False):
        request = getattr(rf, method)("/en/")
        request.is_preview = preview
        return "X-Keep" in KeepingMiddleware(lambda request: HttpResponse(status=status))(request).headers

    assert [kept(status) for status in (200, 404, 410, 206, 301, 302, 403, 429, 500, 503)] == [
        True, True, True, False, False, False, False, False, False, False,
    ]  # fmt: skip
    assert (kept(method="head"), kept(method="post"), kept(preview=True)) == (True, False, False)


def test_browsers_ask_each_time_whether_a_page_is_still_so(client):
    assert client.get(published().url).headers["Cache-Control"] == "no-cache"
