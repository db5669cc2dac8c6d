"""Lists of the newsroom: what waits for whom, pieces by what is asked, in as many queries for three as for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from khuevan.core import clock
from khuevan.newsroom.actions import withdraw_piece
from khuevan.newsroom.choices import LanguageStanding, StoryKind, TranslationOrigin
from khuevan.newsroom.models import ServedTask, StoryPage
from khuevan.newsroom.presenters.language_cells import cell_of
from khuevan.newsroom.queries.language_states import with_standings
from khuevan.newsroom.queries.pieces import RETURNED, PieceCriteria, lines_of, pieces_asked_for
from khuevan.newsroom.queries.translations import language_states
from khuevan.newsroom.queries.waiting import (
    counts_for,
    machine_translations,
    pieces_returned,
    pieces_to_decide,
    scheduled_on,
    translations_behind,
)
from khuevan.newsroom.reviews import EDITOR, HEAD, make_reviews
from khuevan.people.choices import Role
from tests.factories.newsroom import TopicFactory, home, let_out, published, section, story
from tests.factories.people import person_with_role
from tests.factories.work import office

pytestmark = pytest.mark.django_db


def translated(original: StoryPage, code: str = "fr", **values) -> StoryPage:
    copy = original.copy_for_translation(home(code).locale, copy_parents=True)
    given = {
        "title": "Les archives", "origin": TranslationOrigin.PERSON,
        "source_revision": original.latest_revision_id, **values,
    }  # fmt: skip
    for name, value in given.items():
        setattr(copy, name, value)
    copy.save()
    copy.save_revision()
    return copy


def submitted(by, title: str = "Submitted", **values) -> StoryPage:
    make_reviews()
    piece = story(title=title, slug=title.lower().replace(" ", "-"), owner=by, **values)
    piece.get_workflow().start(piece, by)
    return piece


def titles(criteria: PieceCriteria) -> list[str]:
    return [line.head.title for line in lines_of(list(pieces_asked_for(criteria)))]


def test_what_waits_follows_the_steps_and_leaves_out_the_own_text():
    writer, editor, other = (person_with_role(role) for role in (Role.UNIT_OFFICER, Role.EDITOR, Role.EDITOR))
    head = person_with_role(Role.UNIT_HEAD)
    day = clock.today()
    piece, own = submitted(writer), submitted(editor, "Own")
    waits = {
        name: [(line.story.title, line.step, line.submitted_by) for line in pieces_to_decide(person, day)]
        for name, person in (("editor", editor), ("other", other), ("head", head))
    }
    assert waits == {
        "editor": [("Submitted", EDITOR, str(writer))],
        "other": [("Submitted", EDITOR, str(writer)), ("Own", EDITOR, str(editor))],
        "head": [],
    }
    piece.current_workflow_task_state.approve(user=editor)
    assert [(line.story.title, line.step) for line in pieces_to_decide(head, day)] == [("Submitted", HEAD)]
    own.current_workflow_task_state.reject(user=other, comment="Thiếu nguồn.")
    assert [(line.story.title, line.words, line.returned_by) for line in pieces_returned(editor)] == [
        ("Own", "Thiếu nguồn.", str(other))
    ]
    assert [counts_for(person, day) for person in (writer, editor, other, head)] == [
        (0, 0), (0, 1), (0, 0), (1, 0),
    ]  # fmt: skip


def test_translations_wait_where_a_machine_made_them_or_the_original_went_out_anew():
    original = published()
    translated(original, "fr", origin=TranslationOrigin.MACHINE)
    translated(original, "ja")
    assert [page.locale.language_code for page in machine_translations()] == ["fr"]
    assert list(translations_behind()) == []
    original.summary = "With a new reading room."
    draft = original.save_revision()
    assert list(translations_behind()) == []
    let_out(draft)
    assert sorted(page.locale.language_code for page in translations_behind()) == ["fr", "ja"]


def test_what_goes_out_on_a_day_is_told_by_its_moment():
    noon = clock.now().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)
    later, sooner, _other = (
        story(title=title, slug=title.lower(), embargo_until=moment)
        for title, moment in (
            ("Later", noon),
            ("Sooner", noon - timedelta(hours=4)),
            ("Next", noon + timedelta(days=1)),
        )
    )
    for piece in StoryPage.objects.all():
        let_out(piece.latest_revision)
    assert [(line.story.pk, line.at) for line in scheduled_on(noon.date())] == [
        (sooner.pk, noon - timedelta(hours=4)), (later.pk, noon),
    ]  # fmt: skip


def test_pieces_are_narrowed_by_everything_that_is_asked():
    writer, topic, task = person_with_role(Role.UNIT_OFFICER), TopicFactory(), office().task
    first = published(title="Đống Đa mở kho lưu trữ", slug="first", owner=writer)
    second = story(title="Second", slug="second", kind=StoryKind.PRESS_RELEASE)
    second.topics = [topic]
    second.served_tasks = [ServedTask(task=task)]
    second.save()
    elsewhere = section(title="Heritage", slug="heritage")
    third = StoryPage(title="Third", slug="third", live=False, locale=elsewhere.locale)
    elsewhere.add_child(instance=third)
    third.save_revision()
    translated(first)
    found = {
        "all": titles(PieceCriteria()),
        "words": titles(PieceCriteria(words="dong da")),
        "kind": titles(PieceCriteria(kind=StoryKind.PRESS_RELEASE)),
        "author": titles(PieceCriteria(author=writer.pk)),
        "topic": titles(PieceCriteria(topic=topic.pk)),
        "task": titles(PieceCriteria(task=task.pk)),
        "section": titles(PieceCriteria(section=elsewhere.translation_key)),
        "language": titles(PieceCriteria(language="fr")),
        "published": titles(PieceCriteria(state=LanguageStanding.PUBLISHED)),
        "draft in French": titles(PieceCriteria(state=LanguageStanding.DRAFT, language="fr")),
        "no French": titles(PieceCriteria(state=LanguageStanding.MISSING, language="fr")),
        "nothing": titles(PieceCriteria(state=LanguageStanding.WITHDRAWN)),
    }
    name = "Đống Đa mở kho lưu trữ"
    assert found == {
        "all": [name, "Third", "Second"],
        "words": [name],
        "kind": ["Second"],
        "author": [name],
        "topic": ["Second"],
        "task": ["Second"],
        "section": ["Third"],
        "language": [name],
        "published": [name],
        "draft in French": [name],
        "no French": ["Third", "Second"],
        "nothing": [],
    }


def test_what_was_returned_is_found_as_such_and_says_so():
    writer = person_with_role(Role.UNIT_OFFICER)
    piece = submitted(writer)
    piece.current_workflow_task_state.reject(user=person_with_role(Role.EDITOR), comment="Nguồn?")
    story(title="Other", slug="other")
    assert titles(PieceCriteria(state=RETURNED)) == ["Submitted"]
    page = with_standings(StoryPage.objects.filter(pk=piece.pk)).get()
    cell = cell_of("en", page)
    assert (cell.sign, cell.more, cell.page) == (RETURNED, (), piece.pk)


def test_the_database_and_the_states_in_hand_agree_on_every_standing():
    make_reviews()
    editor = person_with_role(Role.EDITOR)
    original = published(title="Original", slug="original")
    pages = [original]
    machine = translated(original, "fr", origin=TranslationOrigin.MACHINE)
    waiting = translated(original, "ja", body=[("text", "<p>月曜日。</p>")])
    waiting.go_live_at = timezone.now() + timedelta(days=1)
    let_out(waiting.save_revision())
    reviewed = translated(original, "ko", body=[("text", "<p>월요일.</p>")])
    reviewed.get_workflow().start(reviewed, editor)
    withdrawn = published(title="Withdrawn", slug="withdrawn")
    withdraw_piece(by=editor, page=withdrawn, text="Wrong.")
    draft = story(title="Draft", slug="draft")
    behind = translated(original, "vi", body=[("text", "<p>Thứ Hai.</p>")])
    let_out(behind.save_revision())
    # What its newest text says differs from what is published.
    redone = translated(original, "zh-hans", body=[("text", "<p>星期一。</p>")])
    let_out(redone.save_revision())
    redone = StoryPage.objects.get(pk=redone.pk)
    redone.origin = TranslationOrigin.MACHINE
    redone.save_revision()
    pages += [machine, waiting, reviewed, withdrawn, draft, behind, redone]
    for changed in (False, True):
        if changed:
            original.summary = "Anew."
            let_out(original.save_revision())
        found = {page.pk: page.standing for page in with_standings(StoryPage.objects.all())}
        in_hand = {
            state.page: str(state.standing)
            for states in language_states(pages).values()
            for state in states.values()
            if state.page is not None
        }
        assert found == in_hand
        assert found[redone.pk] == LanguageStanding.MACHINE


@pytest.mark.parametrize("view", ["pieces", "waiting"])
def test_lists_ask_the_database_as_often_for_three_as_for_one(view, client):
    editor, writer = person_with_role(Role.EDITOR), person_with_role(Role.UNIT_OFFICER)
    client.force_login(editor)

    def one_more(number: int) -> None:
        original = published(title=f"Piece {number}", slug=f"piece-{number}", owner=writer)
        translated(original, "fr", origin=TranslationOrigin.MACHINE)
        submitted(writer, f"Submitted {number}")
        submitted(editor, f"Own {number}").current_workflow_task_state.reject(user=writer, comment="Nguồn?")
        due = story(
            title=f"Due {number}", slug=f"due-{number}", embargo_until=timezone.now() + timedelta(seconds=60)
        )
        let_out(due.latest_revision)

    def queries() -> int:
        # What Wagtail remembers for good is asked before.
        client.get(reverse(f"newsroom_desk:{view}"))
        with CaptureQueriesContext(connection) as counted:
            answer = client.get(reverse(f"newsroom_desk:{view}"))
        assert answer.status_code == 200
        return len(counted)

    one_more(1)
    first = queries()
    one_more(2)
    one_more(3)
    assert queries() == first
