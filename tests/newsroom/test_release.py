"""Nothing goes out before its moment, stays after its time, or answers once it was withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from khuevan.core import clock
from khuevan.newsroom.actions import (
    correct_piece,
    make_pass,
    piece_for_pass,
    release_due,
    revoke_pass,
    withdraw_piece,
)
from khuevan.newsroom.choices import TranslationOrigin
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.release import is_file_public, is_public, public_stories
from khuevan.newsroom.rules import problems_of
from khuevan.people.choices import Role
from tests.factories.newsroom import home, let_out, picture, published, story
from tests.factories.people import PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def editor():
    person = UserFactory()
    PostFactory(person=person, role=Role.EDITOR)
    return person


def codes(page: StoryPage) -> list[str]:
    return [problem.code for problem in problems_of(page)]


def test_a_piece_goes_live_at_its_moment_and_not_before():
    moment = timezone.now() + timedelta(hours=1)
    piece = story(embargo_until=moment)
    let_out(piece.latest_revision)
    piece.refresh_from_db()
    assert (piece.live, piece.is_ready, list(public_stories(moment))) == (False, True, [])
    assert release_due(moment - timedelta(seconds=1)).published == 0
    with clock.stopped_at(moment):
        piece.go_live_at = None
        assert is_public(piece, moment) is False


def test_due_revisions_are_published_and_expired_pages_leave():
    past = timezone.now() - timedelta(minutes=1)
    piece = published(expire_at=timezone.now() + timedelta(seconds=1))
    assert release_due(timezone.now() + timedelta(seconds=2)).expired == 1
    piece.refresh_from_db()
    assert (piece.live, piece.expired) == (False, True)
    other = story(title="Another", slug="another")
    other.latest_revision.approved_go_live_at = past
    other.latest_revision.save(update_fields=["approved_go_live_at"])
    assert release_due(timezone.now()).published == 1
    other.refresh_from_db()
    assert other.live


def test_rules_keep_back_what_is_not_in_order():
    bare = picture(alternative="", credit="", basis="", consent="")
    piece = story(summary="", body=[], picture=bare)
    assert codes(piece) == ["NR-01", "NR-03", "NR-20", "NR-21", "NR-22", "NR-24"]
    with pytest.raises(ValidationError) as refused:
        let_out(piece.latest_revision)
    assert len(refused.value.messages) == 6
    piece.refresh_from_db()
    assert not piece.live


def test_a_machines_text_and_one_that_is_not_translated_stay_back():
    original = published()
    copy = original.copy_for_translation(home("fr").locale, copy_parents=True)
    copy.origin = TranslationOrigin.MACHINE
    copy.save_revision()
    assert codes(copy.get_latest_revision_as_object()) == ["NR-10", "NR-11"]


def test_required_languages_go_out_together():
    original = story(required_languages=["en", "fr"])
    assert codes(original) == ["NR-12"]
    french = original.copy_for_translation(home("fr").locale, copy_parents=True)
    french.title, french.origin = "Đống Đa ouvre ses archives", TranslationOrigin.PERSON
    french.go_live_at = timezone.now() + timedelta(days=1)
    french.required_languages = []
    let_out(french.save_revision())
    assert codes(original) == []


def test_translations_share_the_permanent_number():
    first, second = published(), published(title="Second", slug="second")
    french = first.copy_for_translation(home("fr").locale, copy_parents=True)
    assert (french.short_id == first.short_id, second.short_id == first.short_id + 1) == (True, True)


def test_a_withdrawn_piece_answers_with_its_sentence_alone(client):
    piece = published()
    assert client.get(piece.url).status_code == 200
    withdraw_piece(by=editor(), page=piece, text="The figures were wrong.")
    answer = client.get(piece.url)
    assert answer.status_code == 410
    assert "The figures were wrong." in answer.content.decode()
    assert "archive opens" not in answer.content.decode()
    piece.refresh_from_db()
    assert not is_public(piece, timezone.now())
    with pytest.raises(ValidationError):
        withdraw_piece(by=editor(), page=piece, text="Again.")


def test_a_correction_stands_on_the_page(client):
    piece = published()
    correct_piece(by=editor(), page=piece, text="An earlier version named the wrong street.")
    assert "An earlier version named the wrong street." in client.get(piece.url).content.decode()


def test_a_picture_is_public_only_where_something_public_shows_it():
    shown = picture()
    piece = story(picture=shown)
    now = timezone.now()
    assert not is_file_public(shown, now)
    let_out(piece.latest_revision)
    assert is_file_public(shown, now)
    StoryPage.objects.filter(pk=piece.pk).update(embargo_until=now + timedelta(hours=1))
    assert not is_file_public(shown, now)
    kept = picture(in_library=True, expires_date=clock.today() - timedelta(days=1))
    assert not is_file_public(kept, now)


def test_a_pass_opens_one_piece_until_it_ends_or_is_revoked():
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    piece = story(embargo_until=moment)
    let_out(piece.latest_revision)
    now = clock.now()
    made, secret = make_pass(
        by=editor(),
        page=piece,
        name="Reporter",
        outlet="Outlet",
        email="a@b.example",
        expires_at=now + timedelta(days=1),
    )
    found = piece_for_pass(secret, now)
    assert found is not None
    assert (found.pk, piece_for_pass("wrong", now)) == (piece.pk, None)
    assert piece_for_pass(secret, now + timedelta(days=2)) is None
    revoke_pass(by=editor(), embargo_pass=made)
    assert piece_for_pass(secret, now) is None
