"""A piece is translated by paragraphs into a draft that meets the same review; nothing live is touched before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from khuevan.core import clock
from khuevan.newsroom.actions import review_translation
from khuevan.newsroom.actions.translation_work import (
    begin_translations,
    submit_for_review,
    take_new_source,
    write_machine_translation,
    write_paragraphs,
)
from khuevan.newsroom.choices import LanguageStanding, TranslationOrigin
from khuevan.newsroom.models import ServedTask, StoryPage
from khuevan.newsroom.page_groups import keep_groups_of, make_groups
from khuevan.newsroom.queries.translations import source_state
from khuevan.newsroom.reviews import make_reviews
from khuevan.newsroom.rules import problems_of
from khuevan.newsroom.translation.paragraphs import paragraphs_of
from khuevan.newsroom.translation.sources import translation_of
from khuevan.people.choices import Role
from tests.factories.newsroom import TopicFactory, home, let_out, picture, published, story
from tests.factories.people import PostFactory, UserFactory
from tests.factories.work import office

pytestmark = pytest.mark.django_db

BODY = [
    (
        "text",
        '<h2>The archive</h2><p>It <b>opens</b> on Monday. <a href="https://example.org/">Book</a>.</p>',
    ),
    ("quote", {"quote": "Come and read.", "speaker": "Nguyễn Thị Lan", "post": "Head of the archive"}),
]


def writer(role: Role = Role.UNIT_OFFICER):
    person = UserFactory()
    PostFactory(person=person, role=role)
    make_groups()
    keep_groups_of(person)
    return person


def begun(code="fr", by=None, **values) -> StoryPage:
    home(code)
    original = published(**{"body": BODY, **values})
    return begin_translations(by=by or writer(), page=original, languages=[code])[0]


def units(page):
    fresh = StoryPage.objects.get(pk=page.pk)
    return {one.unit.key: one.unit for one in paragraphs_of(translation_of(fresh), fresh)}


def latest(page) -> StoryPage:
    return StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_a_language_begins_as_a_draft_in_the_originals_words():
    french = begun()
    assert (french.live, latest(french).origin, french.origin) == (
        False, TranslationOrigin.PERSON, TranslationOrigin.PERSON,
    )  # fmt: skip
    assert [unit.source for unit in units(french).values()] == [
        "Đống Đa opens its archive",
        "The archive of the battle is open to readers from abroad.",
        "The archive",
        'It <b>opens</b> on Monday. <a id="a1">Book</a>.',
        "Come and read.",
        "Nguyễn Thị Lan",
        "Head of the archive",
    ]
    assert {unit.target for unit in units(french).values()} == {""}
    assert source_state(french).standing == LanguageStanding.DRAFT
    with pytest.raises(ValidationError):
        begin_translations(by=writer(), page=french, languages=["fr"])


def test_only_those_who_write_translate():
    french = begun()
    for role in (Role.AUDITOR, Role.DIRECTOR):
        with pytest.raises(PermissionDenied):
            write_paragraphs(by=writer(role), page=french, texts={"title:1": "X"}, name="")


def test_paragraphs_become_a_version_of_the_page():
    by = writer()
    french = begun(by=by, picture=picture())
    body = next(key for key in units(french) if key.startswith("body") and key.endswith(":2"))
    write_paragraphs(
        by=by,
        page=french,
        texts={
            "title:1": "Đống Đa ouvre ses archives",
            body: 'Elles <b>ouvrent</b> lundi. <a id="a1">Ici</a>.',
        },
        name="Camille",
    )
    text = latest(french)
    assert (text.title, text.slug, text.translated_by, text.picture_id is not None) == (
        "Đống Đa ouvre ses archives", "dong-da-ouvre-ses-archives", "Camille", True,
    )  # fmt: skip
    assert str(text.body[0].value).count('<b>ouvrent</b> lundi. <a href="https://example.org/">Ici</a>') == 1
    assert StoryPage.objects.get(pk=french.pk).title == "Đống Đa opens its archive"


def test_what_was_mended_in_the_whole_page_is_kept():
    by = writer()
    french = begun(by=by)
    write_paragraphs(by=by, page=french, texts={"title:1": "Les archives"}, name="")
    page = latest(french)
    page.title = "Les archives ouvrent"
    page.save_revision(user=by)
    assert units(french)["title:1"].target == "Les archives ouvrent"
    write_paragraphs(by=by, page=french, texts={"summary:1": "Ouvertes à tous."}, name="")
    assert (latest(french).title, latest(french).summary) == ("Les archives ouvrent", "Ouvertes à tous.")


def test_writing_a_live_translation_leaves_what_readers_see():
    by = writer()
    french = begun(by=by)
    write_paragraphs(by=by, page=french, texts={"title:1": "Les archives ouvrent"}, name="")
    let_out(latest(french).get_latest_revision())
    write_paragraphs(by=by, page=french, texts={"title:1": "Autre titre"}, name="")
    live = StoryPage.objects.get(pk=french.pk)
    assert (live.live, live.title, live.slug, latest(french).title) == (
        True, "Les archives ouvrent", "les-archives-ouvrent", "Autre titre",
    )  # fmt: skip
    assert latest(french).slug == "les-archives-ouvrent"


@pytest.mark.parametrize(
    ("code", "title"),
    [("ja", "ドンダーの文書館が開く"), ("zh-hans", "栋多档案馆开放"), ("ko", "기록관 개관")],
)
def test_a_title_without_latin_letters_keeps_the_originals_address(code, title):
    by = writer()
    page = begun(code, by=by)
    write_paragraphs(by=by, page=page, texts={"title:1": title}, name="")
    assert latest(page).slug == "dong-da-opens-its-archive"
    let_out(latest(page).get_latest_revision())
    assert StoryPage.objects.get(pk=page.pk).live


def test_embargo_topics_and_tasks_follow_the_original():
    by = writer()
    moment = timezone.now().replace(microsecond=0) + timedelta(days=2)
    original = story(embargo_until=moment)
    original.topics = [TopicFactory()]
    original.served_tasks = [ServedTask(task=office().task)]
    original.save_revision()
    home("vi")
    page = begin_translations(by=by, page=original, languages=["vi"])[0]
    write_paragraphs(by=by, page=page, texts={"title:1": "Kho lưu trữ mở cửa"}, name="")
    let_out(latest(page).get_latest_revision())
    text = latest(page)
    assert (text.embargo_until, text.go_live_at, list(text.topics.all()), text.served_tasks.count()) == (
        moment, moment, list(original.topics.all()), 1,
    )  # fmt: skip
    # What waits for its moment is locked, as every page is: the schedule is taken back first.
    with pytest.raises(ValidationError):
        write_paragraphs(by=by, page=page, texts={"summary:1": "Mở cửa."}, name="")
    assert StoryPage.objects.get(pk=page.pk).live is False


def test_a_page_that_serves_a_task_is_published_again_and_again():
    by = writer()
    original = published(served_tasks=[ServedTask(task=office().task)])
    home("vi")
    page = begin_translations(by=by, page=original, languages=["vi"])[0]
    for title in ("Kho lưu trữ mở cửa", "Kho lưu trữ mở cửa đón khách"):
        write_paragraphs(by=by, page=page, texts={"title:1": title}, name="")
        let_out(latest(page).get_latest_revision())
        live = StoryPage.objects.get(pk=page.pk)
        assert (live.live, live.title, live.served_tasks.count()) == (True, title, 1)


def test_a_machines_text_is_marked_and_stays_back_until_a_person_vouches():
    by = writer()
    french = begun(by=by)
    keys = list(units(french))
    write_machine_translation(
        by=by, page=french, texts={key: f"Machine {key}" for key in keys[:3]}, machine="Fake"
    )
    assert (latest(french).origin, [unit.is_machine for unit in units(french).values()][:4]) == (
        TranslationOrigin.MACHINE, [True, True, True, False],
    )  # fmt: skip
    write_paragraphs(by=by, page=french, texts={keys[0]: "Titre d'une personne"}, name="")
    assert latest(french).origin == TranslationOrigin.MACHINE
    assert "NR-10" in [problem.code for problem in problems_of(latest(french))]
    # A colleague vouches: whoever let the machine write would read what is expected there.
    with pytest.raises(ValidationError, match="You let the machine translate"):
        review_translation(by=by, page=StoryPage.objects.get(pk=french.pk))
    review_translation(by=writer(), page=StoryPage.objects.get(pk=french.pk))
    assert latest(french).origin == TranslationOrigin.REVIEWED
    let_out(latest(french).get_latest_revision())
    assert StoryPage.objects.get(pk=french.pk).live


def test_a_colleague_who_only_saved_the_paragraphs_may_vouch_and_who_asked_the_machine_may_not():
    asked, saved = writer(), writer()
    french = begun(by=asked)
    write_machine_translation(by=asked, page=french, texts={"title:1": "Machine"}, machine="Fake")
    write_paragraphs(by=saved, page=french, texts={"title:1": "Machine"}, name="")
    with pytest.raises(ValidationError, match="You let the machine translate"):
        review_translation(by=asked, page=french)
    review_translation(by=saved, page=french)
    assert (latest(french).origin, latest(french).reviewed_by) == (TranslationOrigin.REVIEWED, saved)


def test_nobody_vouches_for_a_text_that_is_locked_for_them():
    french = begun(by=writer())
    write_machine_translation(by=writer(), page=french, texts={"title:1": "Machine"}, machine="Fake")
    page = StoryPage.objects.get(pk=french.pk)
    page.locked, page.locked_by, page.locked_at = True, writer(), clock.now()
    page.save(clean=False)
    with pytest.raises(ValidationError, match="locked"):
        review_translation(by=writer(), page=page)
    assert latest(french).origin == TranslationOrigin.MACHINE


@pytest.mark.parametrize(
    ("by_machine", "origin"), [(True, TranslationOrigin.MACHINE), (False, TranslationOrigin.PERSON)]
)
def test_what_was_vouched_for_is_vouched_for_anew_once_it_has_paragraphs_that_nobody_read(by_machine, origin):
    by = writer()
    french = begun(by=by)
    texts = {key: f"Texte {key}" for key in units(french)}
    write_machine_translation(by=by, page=french, texts=texts, machine="Fake")
    review_translation(by=writer(), page=french)
    if not by_machine:
        write_paragraphs(by=by, page=french, texts={key: f"Mieux {key}" for key in texts}, name="")
    assert latest(french).origin == TranslationOrigin.REVIEWED
    # Nothing of the words has changed: what was vouched for still is.
    take_new_source(by=by, page=french)
    assert latest(french).origin == TranslationOrigin.REVIEWED
    original = StoryPage.objects.get(
        translation_key=french.translation_key, origin=TranslationOrigin.ORIGINAL
    )
    original.summary = "The archive is open until 2030."
    let_out(original.save_revision())
    take_new_source(by=by, page=french)
    text = latest(french)
    assert (text.origin, text.reviewed_by, text.reviewed_at) == (origin, None, None)


def test_a_file_with_a_persons_words_for_all_is_a_persons():
    by = writer()
    french = begun(by=by)
    write_machine_translation(by=by, page=french, texts={"title:1": "Machine"}, machine="Fake")
    write_paragraphs(by=by, page=french, texts={"title:1": "Une personne"}, name="Camille", by_file=True)
    assert (latest(french).origin, latest(french).translated_by) == (TranslationOrigin.PERSON, "Camille")


def test_a_new_version_of_the_original_is_taken_and_changed_paragraphs_wait():
    by = writer()
    french = begun(by=by)
    texts = {key: f"Texte {key}" for key in units(french) if key in ("title:1", "summary:1")}
    write_paragraphs(by=by, page=french, texts=texts, name="")
    original = StoryPage.objects.get(
        translation_key=french.translation_key, origin=TranslationOrigin.ORIGINAL
    )
    original.summary = "The archive is open until 2030."
    let_out(original.save_revision())
    assert source_state(french).is_changed
    take_new_source(by=by, page=french)
    found = {one.unit.key: (one.unit.source, one.unit.target, one.former) for one in paragraphs_of(
        translation_of(french), StoryPage.objects.get(pk=french.pk))}  # fmt: skip
    assert found["title:1"] == ("Đống Đa opens its archive", "Texte title:1", "")
    assert found["summary:1"] == ("The archive is open until 2030.", "", "Texte summary:1")
    assert (source_state(french).is_changed, latest(french).summary) == (
        False,
        "The archive is open until 2030.",
    )


def test_a_translation_passes_the_same_review_and_is_locked_meanwhile():
    make_reviews()
    by, editor = writer(), writer(Role.EDITOR)
    french = begun(by=by)
    write_paragraphs(by=by, page=french, texts={"title:1": "Les archives ouvrent"}, name="")
    submit_for_review(by=by, page=french)
    assert source_state(french).standing == LanguageStanding.IN_REVIEW
    with pytest.raises(ValidationError):
        write_paragraphs(by=by, page=french, texts={"title:1": "Autre"}, name="")
    write_paragraphs(by=editor, page=french, texts={"title:1": "Mieux"}, name="")
    with pytest.raises(ValidationError):
        submit_for_review(by=editor, page=french)
    page = StoryPage.objects.get(pk=french.pk)
    page.current_workflow_task_state.reject(user=editor, comment="Trop long.")
    submit_for_review(by=by, page=StoryPage.objects.get(pk=french.pk))
    assert source_state(french).standing == LanguageStanding.IN_REVIEW
