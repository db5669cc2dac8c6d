"""Each language of a piece says where it stands, in as many queries for three pieces as for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from khuevan.newsroom.actions import withdraw_piece
from khuevan.newsroom.choices import LanguageStanding, TranslationOrigin
from khuevan.newsroom.queries.translations import language_states, source_state
from khuevan.newsroom.reviews import make_reviews
from khuevan.people.choices import Role
from tests.factories.newsroom import home, let_out, published
from tests.factories.people import PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def translated(original, code="fr", **values):
    copy = original.copy_for_translation(home(code).locale, copy_parents=True)
    given = {
        "title": "Đống Đa ouvre ses archives",
        "origin": TranslationOrigin.PERSON,
        "source_revision": original.latest_revision_id,
        **values,
    }
    for name, value in given.items():
        setattr(copy, name, value)
    copy.save_revision()
    return copy


def standings(page) -> dict[str, str]:
    return {code: state.standing for code, state in language_states([page])[page.translation_key].items()}


def test_every_language_of_the_site_has_its_standing():
    original = published()
    translated(original)
    assert standings(original) == {
        "en": LanguageStanding.PUBLISHED,
        "vi": LanguageStanding.MISSING,
        "fr": LanguageStanding.DRAFT,
        "zh-hans": LanguageStanding.MISSING,
        "ja": LanguageStanding.MISSING,
        "ko": LanguageStanding.MISSING,
    }


def test_a_translation_goes_from_machine_to_review_to_waiting_to_published_and_withdrawn():
    make_reviews()
    editor = UserFactory()
    PostFactory(person=editor, role=Role.EDITOR)
    original = published()
    french = translated(original, origin=TranslationOrigin.MACHINE)
    assert standings(original)["fr"] == LanguageStanding.MACHINE
    french.origin = TranslationOrigin.PERSON
    french.save_revision()
    assert standings(original)["fr"] == LanguageStanding.DRAFT
    french.get_workflow().start(french, editor)
    assert standings(original)["fr"] == LanguageStanding.IN_REVIEW
    french.current_workflow_state.cancel(user=editor)
    french.body = [("text", "<p>Les archives ouvrent lundi.</p>")]
    french.go_live_at = timezone.now() + timedelta(days=1)
    let_out(french.save_revision())
    assert standings(original)["fr"] == LanguageStanding.WAITING
    french.go_live_at = None
    let_out(french.save_revision())
    assert standings(original)["fr"] == LanguageStanding.PUBLISHED
    withdraw_piece(by=editor, page=french, text="Wrong figures.")
    assert standings(original)["fr"] == LanguageStanding.WITHDRAWN


def test_a_translation_says_that_its_source_was_published_anew():
    original = published()
    french = translated(original)
    first = original.latest_revision_id
    original.summary = "The archive opens, with a new reading room."
    draft = original.save_revision()
    assert not source_state(french).is_changed
    let_out(draft)
    state = source_state(french)
    assert (state.standing, state.made_from, state.newest_source) == (
        LanguageStanding.CHANGED, first, draft.pk,
    )  # fmt: skip
    french.source_revision = draft.pk
    french.save_revision()
    assert source_state(french).standing == LanguageStanding.DRAFT


def test_three_pieces_take_as_many_queries_as_one(django_assert_num_queries):
    originals = [published(title=f"Piece {n}", slug=f"piece-{n}") for n in range(3)]
    for original in originals:
        translated(original)
    ContentType.objects.clear_cache()
    with django_assert_num_queries(2):
        assert len(language_states(originals[:1])) == 1
    ContentType.objects.clear_cache()
    with django_assert_num_queries(2):
        assert len(language_states(originals)) == 3
