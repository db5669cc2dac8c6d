"""What stands around every public page: languages, the page that says what is not yet there, topics, own words."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Page

from khuevan.newsroom.actions import correct_piece, withdraw_piece
from khuevan.newsroom.models import StoryPage
from khuevan.people.choices import Role
from khuevan.people.queries import system_person
from khuevan.website.demonstration_site import create_demonstration_site
from khuevan.website.models import TextPage
from tests.factories.newsroom import TopicFactory, home, let_out, picture, published, section, story
from tests.factories.people import PostFactory, UserFactory

pytestmark = pytest.mark.django_db


class Markup(HTMLParser):
    """Every address and every element of a page that runs or paints."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.languages: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or (
            tag == "script" and not given.get("src") and "json" not in given.get("type", "")
        ):
            self.inline.append(tag)
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        for name in ("href", "src", "action", "poster"):
            if name in given:
                self.addresses.append(given[name])
        for one in given.get("srcset", "").split(","):
            self.addresses += one.split()[:1]
        if tag == "a" and "hreflang" in given:
            self.languages.setdefault(given["hreflang"], given["href"])


def editor():
    person = UserFactory()
    PostFactory(person=person, role=Role.EDITOR)
    return person


def translated(piece, code, title, slug):
    """The piece in another language, live."""
    copy = piece.copy_for_translation(home(code).locale, copy_parents=True)
    copy.title, copy.origin, copy.slug = title, "PERSON", slug
    let_out(copy.save_revision())
    return StoryPage.objects.get(pk=copy.pk)


def languages(client, path):
    return Markup(client.get(path).text).languages


def test_the_language_switch_leads_to_the_page_or_to_what_says_that_it_is_not_there(client):
    piece = published()
    french = translated(piece, "fr", "Les archives", "archives")
    home("ja")
    assert languages(client, piece.url) == {
        "en": piece.url, "fr": french.url, "ja": f"/ja/not-here/{piece.pk}/", "vi": "/quan-tri/",
    }  # fmt: skip
    alternates = client.get(piece.url).text
    assert alternates.count('rel="alternate" hreflang="fr"') == 1
    assert 'rel="alternate" hreflang="ja"' not in alternates


def test_what_is_not_there_yet_is_offered_in_the_languages_that_have_it(client):
    piece = published()
    french = translated(piece, "fr", "Les archives s’ouvrent", "archives")
    newest = published("vi", title="Bài tiếng Việt", slug="bai")
    answer = client.get(f"/vi/not-here/{piece.pk}/")
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "vi")
    for words in (
        '<html lang="vi">', '<meta name="robots" content="noindex">', piece.title, piece.url, french.title,
        french.url, newest.title, newest.url,
    ):  # fmt: skip
        assert words in answer.text
    assert "This" not in answer.text


def test_the_page_leads_on_once_the_piece_is_there(client):
    piece = published()
    assert client.get(f"/en/not-here/{piece.pk}/").url == piece.url
    french = translated(piece, "fr", "Les archives", "archives")
    assert client.get(f"/fr/not-here/{piece.pk}/").url == french.url


def test_nothing_is_said_of_a_page_that_the_public_may_not_have(client):
    """A draft, a piece under embargo, a withdrawn one and a number without a page answer alike."""
    home("fr")
    draft = story(title="Secret draft", slug="draft")
    waiting = story(title="Under embargo", slug="waiting", embargo_until=timezone.now() + timedelta(hours=1))
    let_out(waiting.latest_revision)
    # Had it gone live by mistake, its own moment would still hold it back.
    early = published(title="Too early", slug="early")
    StoryPage.objects.filter(pk=early.pk).update(embargo_until=timezone.now() + timedelta(hours=1))
    gone = published(title="Withdrawn words", slug="gone")
    withdraw_piece(by=editor(), page=gone, text="It was not so.")
    root = Page.objects.get(depth=1)
    answers = {
        client.get(f"/fr/not-here/{key}/").text
        for key in (draft.pk, waiting.pk, early.pk, gone.pk, root.pk, 999999, 10**17)
    }
    assert len(answers) == 1
    assert "Page introuvable" in answers.pop()
    assert client.get(f"/fr/not-here/{draft.pk}/").status_code == 404
    assert client.get(f"/ko/not-here/{published(slug='there').pk}/").status_code == 404, "no home in Korean"


def test_languages_of_which_one_is_withdrawn_or_waits_are_not_offered(client):
    piece = published()
    french = translated(piece, "fr", "Les archives", "archives")
    withdraw_piece(by=editor(), page=french, text="Ce n’était pas exact.")
    home("ja")
    assert languages(client, piece.url)["fr"] == f"/fr/not-here/{piece.pk}/"
    page = client.get(f"/ja/not-here/{piece.pk}/").text
    assert (piece.title in page, "Les archives" in page) == (True, False)
    # From the withdrawn page one comes to what is there, and otherwise home.
    assert languages(client, french.url)["en"] == piece.url
    assert languages(client, french.url)["ja"] == "/ja/"


def test_a_topic_holds_its_public_pieces_and_turns_pages(client):
    topic = TopicFactory(slug="heritage")
    shown = [published(title=f"Piece {n}", slug=f"piece-{n}", topics=[topic]) for n in range(21)]
    story(title="Secret draft", slug="draft", topics=[topic])
    published(title="Without topic", slug="without")
    first, second = (client.get(f"/en/topics/heritage/?page={n}").text for n in (1, 2))
    assert [piece.title for piece in shown if f">{piece.title}<" in first] == [
        f"Piece {n}" for n in range(1, 21)
    ]
    assert [piece.title for piece in shown if f">{piece.title}<" in second] == ["Piece 0"]
    assert ("Secret draft" in first + second, "Without topic" in first + second) == (False, False)
    assert "?page=2" in first
    assert client.get("/en/topics/nowhere/").status_code == 404
    assert client.get("/ko/topics/heritage/").status_code == 404


def test_a_topic_without_pieces_in_the_language_says_so_and_is_not_listed(client):
    topic = TopicFactory(slug="heritage")
    published(topics=[topic])
    home("vi")
    page = client.get("/vi/topics/heritage/").text
    assert ("Di sản" in page, 'content="noindex"' in page, "Mục này chưa có bài nào." in page) == (
        True,
        True,
        True,
    )
    assert "/vi/topics/" not in client.get("/vi/").text
    assert languages(client, "/vi/topics/heritage/")["en"] == "/en/topics/heritage/"


def test_topic_pages_ask_the_same_whatever_they_hold(client, django_assert_num_queries):
    topic, shown = TopicFactory(slug="heritage"), picture()
    published(topics=[topic], picture=shown)
    client.get("/en/topics/heritage/")
    with django_assert_num_queries(9):
        client.get("/en/topics/heritage/")
    for number in range(2):
        published(title=f"Piece {number}", slug=f"piece-{number}", topics=[topic], picture=shown)
    client.get("/en/topics/heritage/")
    with django_assert_num_queries(9):
        client.get("/en/topics/heritage/")


def test_a_piece_names_its_corrections_its_languages_its_topics_and_what_to_read_next(client):
    topic = TopicFactory(slug="heritage")
    piece = published(topics=[topic], kind="STORY")
    other = published(title="Another of the topic", slug="another", topics=[topic])
    stranger = published(title="Of no topic", slug="stranger")
    french = translated(piece, "fr", "Les archives", "archives")
    correct_piece(by=editor(), page=piece, text="The street was wrong.")
    page = client.get(piece.url).text
    for words in (
        "The street was wrong.", 'href="/en/topics/heritage/"', f'href="{other.url}"', f'href="{french.url}"',
        f"testserver/s/{piece.short_id}/",
    ):  # fmt: skip
        assert words in page
    assert stranger.title not in page


def test_a_press_release_says_when_and_who_answers(client):
    piece = published(kind="PRESS_RELEASE", contact="press@example.invalid")
    page = client.get(piece.url).text
    for words in (
        "For release",
        "Hà Nội time (UTC+7)",
        "Contact for the press",
        "mailto:press@example.invalid",
    ):
        assert words in page
    assert "For release" not in client.get(published(slug="story").url).text


def test_a_home_without_pieces_shows_those_of_english_and_says_so(client):
    piece = published()
    home("ja")
    page = client.get("/ja/").text
    assert '<html lang="ja">' in page
    assert f'lang="en"><a href="{piece.url}"' in page
    assert "以下は英語です" in page
    published("ja", title="日本語の記事", slug="nihongo")
    assert "以下は英語です" not in client.get("/ja/").text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "The address leads nowhere."), ("vi", "Địa chỉ này không dẫn đến đâu."),
        ("fr", "Cette adresse ne mène nulle part."), ("zh-hans", "此地址没有对应的页面"),
        ("ja", "このアドレスのページはありません"), ("ko", "이 주소에는 페이지가 없습니다"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_in_the_readers_language(client, code, words):
    home(code)
    home("vi")
    page = client.get(f"/{code}/nowhere/at-all/")
    assert (page.status_code, words in page.text, f'<html lang="{code}">' in page.text) == (404, True, True)
    assert languages(client, f"/{code}/nowhere/at-all/")[code] == f"/{code}/"


def test_a_text_page_has_an_address_for_each_part_and_stands_in_the_foot(client):
    page = TextPage(
        title="About this site",
        slug="about",
        introduction="Who speaks here.",
        body="<h2>Cách làm việc</h2><p>Words.</p><h2>Corrections &amp; more</h2><p>Words.</p>",
    )
    home().add_child(instance=page)
    let_out(page.save_revision())
    text = client.get("/en/about/").text
    for words in ('<h2 id="cach-lam-viec">', 'href="#corrections-more">Corrections &amp; more</a>'):
        assert words in text
    assert 'href="/en/about/">About this site</a>' in client.get("/en/").text


def test_no_page_holds_anything_inline_or_from_elsewhere(client):
    topic, shown = TopicFactory(slug="heritage"), picture()
    piece = published(picture=shown, topics=[topic], body=[
        ("text", "<p>Text.</p>"),
        ("picture", {"picture": shown, "caption": ""}),
        ("facts", {"title": "", "facts": [{"name": "a", "value": "b", "source": ""}]}),
        ("quote", {"quote": "Yes.", "speaker": "A", "post": ""}),
        ("exchange", {"question": "Why?", "answer": "<p>So.</p>"}),
    ])  # fmt: skip
    gone = published(title="Gone", slug="gone")
    withdraw_piece(by=editor(), page=gone, text="It was not so.")
    home("fr")
    for path in (
        "/en/", section().url, piece.url, gone.url, "/en/topics/heritage/", f"/fr/not-here/{piece.pk}/",
        "/en/search/", "/en/search/?q=archive", "/en/search/?q=xyzzy", "/en/nowhere/",
    ):  # fmt: skip
        found = Markup(client.get(path).text)
        foreign = [
            one
            for one in found.addresses
            if ("://" in one and not one.startswith("http://testserver/")) or one.startswith("//")
        ]
        assert (found.inline, foreign) == ([], []), path


@override_settings(DEMO=True)
def test_the_demonstration_speaks_chinese_japanese_and_korean_and_says_who_it_is(client):
    home("vi")
    home("fr")
    assert create_demonstration_site(by=system_person()) == 9
    assert create_demonstration_site(by=system_person()) == 0
    for path, words in (
        ("/zh-hans/", "河内，由河内讲述"), ("/ja/", "ハノイ、みずから語る"), ("/ko/", "하노이가 들려주는 하노이"),
        ("/en/about-this-site/", 'id="corrections"'), ("/vi/ve-trang-nay/", 'id="dinh-chinh"'),
        ("/fr/accessibilite-et-vie-privee/", 'id="vie-privee"'),
    ):  # fmt: skip
        assert words in client.get(path).text
    assert "will be published here" not in client.get("/en/").text
