"""Feeds and sitemaps hold what is public and nothing else, before and after each moment."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import etree

from khuevan.newsroom.actions import correct_piece, withdraw_piece
from khuevan.newsroom.models import StoryPage
from khuevan.people.choices import Role
from tests.factories.newsroom import TopicFactory, home, picture, published, story
from tests.factories.people import PostFactory, UserFactory

pytestmark = pytest.mark.django_db
FORMS = ("rss", "atom", "json")


def feed(client, form="json", path="/en/feeds"):
    answer = client.get(f"{path}/{form}/")
    assert answer.status_code == 200
    return json.loads(answer.content) if form == "json" else etree.fromstring(answer.content)


def titles(client):
    return [item["title"] for item in feed(client)["items"]]


def editor():
    person = UserFactory()
    PostFactory(person=person, role=Role.EDITOR)
    return person


def test_a_piece_stands_in_every_form_with_its_picture_and_topics(client):
    piece = published(picture=picture(), byline="Desk", topics=[TopicFactory()])
    [item] = feed(client)["items"]
    assert (item["title"], item["url"], item["tags"]) == (
        piece.title, f"http://testserver{piece.url}", ["Story", "Heritage"],
    )  # fmt: skip
    assert [
        form for form in FORMS if piece.title.encode() in client.get(f"/en/feeds/{form}/").content
    ] == list(FORMS)
    assert b"media:content" in client.get("/en/feeds/rss/").content


def test_sections_and_languages_have_feeds_of_their_own(client):
    published()
    published("vi", title="Tin tiếng Việt", slug="tin")
    home("fr")
    assert [item["title"] for item in feed(client, path="/vi/feeds")["items"]] == ["Tin tiếng Việt"]
    assert len(feed(client, path="/en/news/feeds")["items"]) == 1
    assert feed(client, path="/fr/feeds")["items"] == []
    assert client.get("/en/nowhere/feeds/rss/").status_code == 404
    assert client.get("/xx/feeds/rss/").status_code == 404


def test_nothing_under_embargo_is_in_a_feed_or_sitemap_before_its_moment(client):
    moment = timezone.now() + timedelta(hours=1)
    piece = story(embargo_until=moment)
    piece.latest_revision.publish()
    assert titles(client) == []
    for path in ("/sitemap-1.xml", "/sitemap-news.xml", *(f"/en/feeds/{form}/" for form in FORMS)):
        answer = client.get(path)
        assert b"its-archive" not in answer.content, path
    # Had it gone live by mistake, its own moment would still hold it back.
    StoryPage.objects.filter(pk=piece.pk).update(live=True, first_published_at=timezone.now())
    assert titles(client) == []
    StoryPage.objects.filter(pk=piece.pk).update(embargo_until=timezone.now() - timedelta(seconds=1))
    assert titles(client) == [piece.title]


def test_a_correction_and_a_withdrawal_reach_readers_of_feeds(client):
    piece = published()
    correct_piece(by=editor(), page=piece, text="The street was wrong.")
    assert b"The street was wrong." in client.get("/en/feeds/json/").content
    withdraw_piece(by=editor(), page=piece, text="It was not so.")
    assert titles(client) == []
    assert b"deleted-entry" in client.get("/en/feeds/atom/").content
    assert piece.slug.encode() not in client.get("/sitemap-1.xml").content


def test_sitemap_names_languages_and_robots_name_the_sitemap(client):
    piece = published()
    french = piece.copy_for_translation(home("fr").locale, copy_parents=True)
    french.title, french.origin, french.slug = "Les archives", "PERSON", "archives"
    french.save_revision().publish()
    content = client.get("/sitemap-1.xml").content
    assert content.count(b'hreflang="fr"') >= 2
    assert b"<loc>http://testserver/sitemap-1.xml</loc>" in client.get("/sitemap.xml").content
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text
    assert b"news:title" in client.get("/sitemap-news.xml").content


def test_permanent_address_leads_to_the_readers_language(client):
    piece = published()
    french = piece.copy_for_translation(home("fr").locale, copy_parents=True)
    french.title, french.origin, french.slug = "Les archives", "PERSON", "archives"
    french.save_revision().publish()
    french = StoryPage.objects.get(pk=french.pk)
    asked = client.get(f"/s/{piece.short_id}/", headers={"accept-language": "fr-CA, en;q=0.5"})
    assert (asked.status_code, asked.url) == (302, french.url)
    assert client.get(f"/s/{piece.short_id}/", headers={"accept-language": "ko"}).url == piece.url
    assert client.get("/s/999999/").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_feeds_ask_the_same_whatever_they_hold(client, form, django_assert_max_num_queries):
    shown = picture()
    for number in range(3):
        published(title=f"Piece {number}", slug=f"piece-{number}", picture=shown)
    client.get(f"/en/feeds/{form}/")
    with django_assert_max_num_queries(20):
        client.get(f"/en/feeds/{form}/")
