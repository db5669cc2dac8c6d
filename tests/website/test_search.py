"""The public search finds what is public, in every language, whatever marks are typed."""

from __future__ import annotations

import pytest

from khuevan.newsroom.actions import withdraw_piece
from khuevan.people.choices import Role
from khuevan.website.models import SearchEntry
from khuevan.website.search import search
from tests.factories.newsroom import home, published, story
from tests.factories.people import PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def titles(query: str, language: str = "en") -> list[str]:
    return [found.page.title for found in search(query, language).found]


@pytest.mark.parametrize("query", ["dong da", "Đống Đa", "ĐỐNG ĐA", "archive dong", "arch", "mondays OR", ""])
def test_words_are_found_without_marks_and_unfinished(query):
    piece = published()
    wanted = [] if query in ("mondays OR", "") else [piece.title]
    assert titles(query) == wanted


@pytest.mark.parametrize(
    ("code", "title", "query", "other"),
    [
        ("zh-hans", "河内市的秋天", "河内", "北京"),
        ("ja", "ハノイの秋の夜", "秋の夜", "大阪"),
        ("ko", "하노이의 가을밤", "하노이", "서울"),
        ("fr", "L'été à Hanoï", "ete", "hiver"),
    ],
)
def test_each_language_is_searched_by_itself(code, title, query, other):
    published(code, title=title, slug="a")
    assert (titles(query, code), titles(other, code), titles(query, "en")) == ([title], [], [])


def test_titles_come_before_bodies_and_words_are_marked():
    published(title="Something else", slug="b", body=[("text", "<p>Lotus in the text</p>")])
    published(title="Lotus in a pond", slug="c")
    results = search("lotus", "en")
    assert [found.page.title for found in results.found] == ["Lotus in a pond", "Something else"]
    assert [part.text for part in results.found[0].title if part.is_hit] == ["Lotus"]
    assert [part.text for part in results.found[1].excerpt if part.is_hit] == ["Lotus"]


def test_drafts_and_withdrawn_pieces_are_not_found():
    story()
    assert titles("dong da") == []
    piece = published(title="Second archive", slug="d")
    assert titles("second") == ["Second archive"]
    person = UserFactory()
    PostFactory(person=person, role=Role.EDITOR)
    withdraw_piece(by=person, page=piece, text="Wrong.")
    assert (titles("second"), SearchEntry.objects.filter(page=piece).count()) == ([], 0)


def test_page_of_the_search_speaks_of_what_it_found(client):
    home()
    published()
    page = client.get("/en/search/?q=dong+da")
    assert "<mark>Đống</mark> <mark>Đa</mark>" in page.text or "<mark>Đống</mark>" in page.text
    assert "Nothing was found" in client.get("/en/search/?q=zzz").text
    for hostile in ('"', "a*b", "NEAR(", "') OR 1=1 --", "\x00", "x" * 5000):
        assert client.get("/en/search/", {"q": hostile, "page": "-1"}).status_code == 200


def test_search_asks_the_same_whatever_it_finds(django_assert_num_queries):
    for number in range(3):
        published(title=f"Lantern {number}", slug=f"lantern-{number}")
    with django_assert_num_queries(4):
        assert len(search("lantern", "en").found) == 3


def test_a_language_that_begins_like_another_is_no_other():
    piece = published(title="Lantern", slug="lantern")
    SearchEntry.objects.filter(page=piece).update(language="pt-br")
    assert (titles("lantern", "pt"), titles("lantern", "pt-br"), titles("lantern")) == ([], ["Lantern"], [])


def test_of_many_pages_the_newest_are_found_and_titles_stay_first(monkeypatch):
    monkeypatch.setattr("khuevan.website.search.MOST_FOUND", 3)
    published(title="Lotus of long ago", slug="old")
    for number in range(5):
        published(title=f"Pond {number}", slug=f"pond-{number}", body=[("text", "<p>A lotus</p>")])
    assert titles("lotus") == ["Lotus of long ago", "Pond 4", "Pond 3"]
