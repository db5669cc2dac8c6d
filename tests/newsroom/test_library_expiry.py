"""Whoever's piece loses a picture is told once, and the kept pages of the site begin the day anew."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.conf import settings

from khuevan.background.schedule import schedule
from khuevan.core import clock
from khuevan.newsroom.library_expiry import edit_address, pages_with, tell_of_expired
from khuevan.newsroom.library_jobs import library_expiry
from khuevan.outbox.models import OutgoingMail
from khuevan.people.choices import Role
from khuevan.website.jobs import begin_day
from tests.factories.library import offered_document, offered_picture
from tests.factories.newsroom import published, story
from tests.factories.people import person_with_role

pytestmark = pytest.mark.django_db


def writer():
    person = person_with_role(Role.EDITOR)
    person.email = f"{person.username}@example.vn"
    person.save()
    return person


def test_who_wrote_a_piece_that_lost_its_picture_is_told_once():
    person, other = writer(), writer()
    yesterday = clock.today() - timedelta(days=1)
    ended = offered_picture(title="pavilion", expires_date=yesterday)
    piece = published(title="The pavilion", picture=offered_picture(title="x"))
    # Published while the right held, as rules demand.
    type(piece).objects.filter(pk=piece.pk).update(picture=ended)
    piece.refresh_from_db()
    piece.owner = person
    piece.save()
    story(title="A draft", slug="draft", picture=ended)
    offered_document(expires_date=yesterday)
    offered_picture(title="holds", expires_date=clock.today())
    assert tell_of_expired() == 1
    mail = OutgoingMail.objects.get()
    assert (mail.person, mail.kind, mail.subject) == (
        person,
        "LIBRARY_EXPIRY",
        "Không còn hiển thị: “pavilion”",
    )
    for words in ("– The pavilion", f"/quan-tri/images/{ended.pk}/", yesterday.strftime("%d/%m/%Y")):
        assert words in mail.text
    assert "– A draft" not in mail.text
    assert (tell_of_expired(), library_expiry(), OutgoingMail.objects.count()) == (0, "", 1)
    assert other.pk != mail.person_id


def test_where_nobody_answers_for_the_piece_all_editors_are_told():
    editors = {writer().pk, writer().pk}
    ended = offered_picture(expires_date=clock.today() - timedelta(days=2))
    piece = published(title="The pavilion")
    type(piece).objects.filter(pk=piece.pk).update(picture=ended)
    piece.refresh_from_db()
    piece.save()
    assert tell_of_expired() == 2
    assert set(OutgoingMail.objects.values_list("person", flat=True)) == editors


def test_pages_of_things_are_asked_for_together(django_assert_num_queries):
    things = [offered_picture(title=str(number)) for number in range(2)]
    pieces = [published(title=thing.title, slug=f"piece-{thing.pk}", picture=thing) for thing in things]
    found = pages_with(things)
    assert {key: [page.pk for page in pages] for key, pages in found.items()} == {
        ("Picture", thing.pk): [piece.pk] for thing, piece in zip(things, pieces, strict=True)
    }
    assert edit_address(things[0]) == f"/quan-tri/images/{things[0].pk}/"


def test_the_day_begins_with_fresh_pages():
    settings.PAGE_STAMP.touch()
    before = settings.PAGE_STAMP.stat().st_mtime_ns
    assert begin_day() == ""
    assert settings.PAGE_STAMP.stat().st_mtime_ns > before
    assert schedule()["new_day"].rhythm.at == time(0, 0)
