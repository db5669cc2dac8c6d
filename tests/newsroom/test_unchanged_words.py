"""Only other words of the original make its translations out of date."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision

from khuevan.newsroom.actions.translation_work import begin_translations, write_paragraphs
from khuevan.newsroom.choices import LanguageStanding
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.queries.language_states import with_standings
from khuevan.newsroom.queries.translations import source_state
from khuevan.newsroom.translation.sources import translation_of, version_of
from khuevan.people.choices import Role
from tests.factories.newsroom import TopicFactory, home, let_out, section, story
from tests.factories.people import person_with_role

pytestmark = pytest.mark.django_db
MOMENT = timezone.now().replace(microsecond=0) + timedelta(days=2)


def scheduled_with_french(by) -> tuple[StoryPage, StoryPage]:
    home("fr"), section("fr")
    piece = story(embargo_until=MOMENT)
    let_out(piece.latest_revision)
    [french] = begin_translations(by=by, page=piece, languages=["fr"])
    write_paragraphs(by=by, page=french, texts={"title:1": "Les archives"}, name="")
    return piece, french


def out_anew(piece: StoryPage, **changes: object) -> Revision:
    draft = StoryPage.objects.get(pk=piece.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    revision = draft.save_revision()
    let_out(revision)
    return revision


def test_a_moved_embargo_and_other_topics_leave_translations_up_to_date():
    by = person_with_role(Role.UNIT_OFFICER)
    piece, french = scheduled_with_french(by)
    revision = out_anew(
        piece, embargo_until=MOMENT + timedelta(hours=3), go_live_at=None, topics=[TopicFactory()]
    )
    fresh = StoryPage.objects.get(pk=french.pk)
    state = source_state(fresh)
    assert (state.is_changed, state.made_from, state.standing) == (False, revision.pk, LanguageStanding.DRAFT)
    assert [row.standing for row in with_standings(StoryPage.objects.filter(pk=french.pk))] == ["DRAFT"]
    # What was mended in the whole page is kept, and the embargo follows.
    draft = fresh.get_latest_revision_as_object()
    draft.summary = "Ouvertes à tous."
    draft.save_revision()
    assert version_of(translation_of(fresh).source) == revision.pk
    write_paragraphs(by=by, page=french, texts={"title:1": "Les archives ouvrent"}, name="")
    text = StoryPage.objects.get(pk=french.pk).get_latest_revision_as_object()
    assert (text.title, text.summary, text.embargo_until, text.source_revision) == (
        "Les archives ouvrent", "Ouvertes à tous.", MOMENT + timedelta(hours=3), revision.pk,
    )  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [{"summary": "Open to everybody."}, {"body": [("text", "<p>The archive opens on Friday.</p>")]}],
)
def test_other_words_make_them_out_of_date(changes):
    by = person_with_role(Role.UNIT_OFFICER)
    piece, french = scheduled_with_french(by)
    out_anew(piece, **changes)
    assert source_state(StoryPage.objects.get(pk=french.pk)).standing == LanguageStanding.CHANGED
    # And stay so, whatever is moved afterwards.
    out_anew(piece, embargo_until=MOMENT + timedelta(hours=1))
    assert source_state(StoryPage.objects.get(pk=french.pk)).standing == LanguageStanding.CHANGED
