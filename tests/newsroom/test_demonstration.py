"""The demonstration: thirty pieces that say what they are, in three languages each, with pictures of our own."""

from __future__ import annotations

import hashlib
import io
from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings
from PIL import Image
from wagtail.models import Page

from khuevan.newsroom.choices import ChangeKind, StoryKind
from khuevan.newsroom.demonstration_drawings import DRAWINGS
from khuevan.newsroom.demonstration_pictures import all_drawn, drawn
from khuevan.newsroom.demonstration_pieces import (
    LANGUAGES,
    blocks_of,
    picture_names,
    read_about,
    read_picture_words,
    read_pieces,
)
from khuevan.newsroom.demonstration_stories import DRAWN, DRAWN_BY, create_demonstration_stories
from khuevan.newsroom.models import Picture, PublicChange, ServedTask, StoryPage
from khuevan.newsroom.rules import SUMMARY_LONGEST, TITLE_LONGEST, problems_of
from khuevan.people.choices import Role
from khuevan.people.queries import system_person
from tests.factories.newsroom import picture
from tests.factories.people import PostFactory, UserFactory


def test_there_are_thirty_pieces_of_every_written_kind():
    pieces = read_pieces()
    assert Counter(piece.kind for piece in pieces) == {
        StoryKind.STORY: 19,
        StoryKind.PRESS_RELEASE: 4,
        StoryKind.FACT_SHEET: 2,
        StoryKind.INTERVIEW: 2,
        StoryKind.PICTURES: 2,
        StoryKind.VIDEO: 1,
    }
    changed = [
        [p.key for p in pieces if given(p)] for given in (lambda p: p.correction, lambda p: p.withdrawal)
    ]
    assert changed == [["04-long-bien"], ["26-night-market"]]
    assert [p.key for p in pieces if p.embargo_days is not None] == ["29-release-autumn-of-crafts"]


def test_texts_are_as_long_as_readers_and_lists_bear():
    texts = [text for piece in read_pieces() for text in piece.texts.values()]
    assert [text.title for text in texts if not 120 <= len(text.body.split()) <= 350] == []
    assert [t.title for t in texts if len(t.title) > TITLE_LONGEST or len(t.summary) > SUMMARY_LONGEST] == []


def test_pieces_name_what_there_is():
    about, words = read_about(), read_picture_words()
    assert words.keys() == DRAWINGS.keys()
    assert [list(row) for row in words.values()] == [list(LANGUAGES)] * len(DRAWINGS)
    sections = {row["key"] for row in about["section"]}
    topics = {row["slug"] for row in about["topic"]}
    for piece in read_pieces():
        shown = {name for text in piece.texts.values() for name in picture_names(text.body)}
        assert ({piece.section} - sections, set(piece.topics) - topics) == (set(), set())
        assert ({piece.picture} | shown) - DRAWINGS.keys() == set()


def test_a_body_becomes_blocks_in_its_order():
    body = """First & *leaning*.

## Heading

- one
- two

? Why?

Because.

> So it is. — Somebody, guide

= Table
| What | 1 | Source
| Other | 2 |

[picture: a]

[pictures: a, b]

Last."""
    assert blocks_of(body, {"a": 1, "b": 2}) == [
        ("text", "<p>First &amp; <i>leaning</i>.</p><h2>Heading</h2><ul><li>one</li><li>two</li></ul>"),
        ("exchange", {"question": "Why?", "answer": "<p>Because.</p>"}),
        ("quote", {"quote": "So it is.", "speaker": "Somebody, guide", "post": ""}),
        (
            "facts",
            {
                "title": "Table",
                "facts": [
                    {"name": "What", "value": "1", "source": "Source"},
                    {"name": "Other", "value": "2", "source": ""},
                ],
            },
        ),
        ("picture", {"picture": 1, "caption": ""}),
        ("gallery", {"pictures": [{"picture": 1, "caption": ""}, {"picture": 2, "caption": ""}]}),
        ("text", "<p>Last.</p>"),
    ]


def test_pictures_are_light_and_always_the_same():
    pictures = all_drawn()
    assert pictures.keys() == DRAWINGS.keys()
    assert [name for name, jpeg in pictures.items() if len(jpeg) > 250_000] == []
    assert {Image.open(io.BytesIO(jpeg)).size for jpeg in pictures.values()} == {(1800, 1200)}
    assert len({hashlib.sha256(jpeg).hexdigest() for jpeg in pictures.values()}) == len(DRAWINGS)
    assert drawn("lotus") == pictures["lotus"]


@pytest.fixture
def editor(db):
    person = UserFactory(username="bientap")
    PostFactory(person=person, role=Role.EDITOR)
    return person


def test_pieces_go_out_in_three_languages_and_once_only(editor):
    by = system_person()
    assert create_demonstration_stories(by=by) == 90
    assert create_demonstration_stories(by=by) == 0
    by_language = Counter(StoryPage.objects.values_list("locale__language_code", flat=True))
    assert by_language == {"en": 30, "vi": 30, "fr": 30}
    assert len(set(StoryPage.objects.values_list("short_id", flat=True))) == 30
    hidden = StoryPage.objects.filter(live=False).order_by("short_id", "locale")
    assert sorted({piece.short_id for piece in hidden}) == [26, 29]
    assert {piece.is_ready for piece in hidden if piece.short_id == 29} == {True}
    # Advice to translators (names that a translation says otherwise) keeps nothing back.
    problems = [(p.title, problem) for p in StoryPage.objects.all() for problem in problems_of(p)]
    assert [(title, problem) for title, problem in problems if problem.blocks] == []
    assert Counter(PublicChange.objects.values_list("kind", flat=True)) == {
        ChangeKind.CORRECTION: 3,
        ChangeKind.WITHDRAWAL: 3,
    }
    assert ServedTask.objects.count() == 0, "without a plan there is nothing to serve"
    assert Picture.objects.count() == len(DRAWINGS)
    drawing = Picture.objects.get(title="lotus")
    assert (drawing.width, drawing.height, drawing.licence, drawing.in_library) == (
        1800,
        1200,
        "CC BY 4.0",
        True,
    )
    assert drawing.word_in("fr", "credit") == "Dessin du projet Khuê Văn"
    assert drawing.word_in("ja", "caption") == drawing.caption == "Lotus of West Lake"


def test_every_page_answers_and_speaks_one_language(editor, client):
    # Small ones in place of the drawings: their many sizes would be made anew for this test alone.
    for name, words in read_picture_words().items():
        others = {code: {**words[code], "credit": "Dessin"} for code in ("vi", "fr")}
        picture(title=name, rights_holder=DRAWN_BY, made_date=DRAWN, other_words=others, **words["en"])
    create_demonstration_stories(by=system_person())
    live = Page.objects.filter(live=True, depth__gt=1)
    assert Counter(client.get(page.get_url()).status_code for page in live) == {200: 3 + 12 + 84}
    hidden = StoryPage.objects.filter(live=False).order_by("short_id", "locale")
    assert [client.get(page.get_url()).status_code for page in hidden] == [410] * 3 + [404] * 3
    piece = StoryPage.objects.get(short_id=6, locale__language_code="fr")
    page = client.get(piece.get_url()).text
    for words in (
        '<html lang="fr">', "Entretien", "8 mai 2025", "À partager", "Patrimoine", "Arts de la scène",
        'alt="Un luth à caisse carrée et long manche', "Dessin",
    ):  # fmt: skip
        assert words in page
    for words in ("Interview", "To pass on", "Heritage", "Department of Culture"):
        assert words not in page


@override_settings(DEMO=False)
def test_a_demonstration_is_refused_where_none_may_be(editor):
    with pytest.raises(PermissionDenied):
        create_demonstration_stories(by=system_person())
    assert StoryPage.objects.count() == 0
