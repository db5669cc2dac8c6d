"""Feeds and sitemaps hold what is public and nothing else, before and after each moment."""

from __future__ import annotations

import json
from datetime import UTC, timedelta

import pytest
from django.utils import timezone
from lxml import etree

from khuevan.newsroom.actions import correct_piece, withdraw_piece
from khuevan.newsroom.jobs import make_sizes
from khuevan.newsroom.models import StoryPage, Video
from khuevan.people.choices import Role
from khuevan.website.syndication import MEDIA_TOPICS
from tests.factories.newsroom import TopicFactory, home, let_out, picture, published, story
from tests.factories.people import PostFactory, UserFactory

pytestmark = pytest.mark.django_db
FORMS = ("rss", "atom", "json")
ATOM_LINK = "{http://www.w3.org/2005/Atom}link"


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
    make_sizes.func(piece.pk)
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
    let_out(piece.latest_revision)
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
    let_out(french.save_revision())
    content = client.get("/sitemap-1.xml").content
    assert content.count(b'hreflang="fr"') >= 2
    assert b"<loc>http://testserver/sitemap-1.xml</loc>" in client.get("/sitemap.xml").content
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text
    assert b"news:title" in client.get("/sitemap-news.xml").content


def test_permanent_address_leads_to_the_readers_language(client):
    piece = published()
    french = piece.copy_for_translation(home("fr").locale, copy_parents=True)
    french.title, french.origin, french.slug = "Les archives", "PERSON", "archives"
    let_out(french.save_revision())
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


def test_topics_have_feeds_of_their_own_with_their_code(client):
    heritage = TopicFactory(slug="heritage", media_topic="medtop:20000038")
    piece = published(topics=[heritage])
    other = published(title="Another", slug="another")
    gone = published(title="Gone", slug="gone", topics=[heritage])
    withdraw_piece(by=editor(), page=gone, text="It was not so.")
    path = "/en/topics/heritage/feeds"
    assert [item["title"] for item in feed(client, path=path)["items"]] == [piece.title]
    assert feed(client, path=path)["title"] == "Hà Nội – Heritage"
    atom = feed(client, "atom", path)
    categories = [dict(one.attrib) for one in atom.iter("{http://www.w3.org/2005/Atom}category")]
    assert {"term": "20000038", "scheme": MEDIA_TOPICS, "label": "culture"} in categories
    assert len(list(atom.iter("{http://purl.org/atompub/tombstones/1.0}deleted-entry"))) == 1
    assert other.title not in client.get(f"{path}/rss/").text
    assert client.get("/en/topics/nothing/feeds/rss/").status_code == 404
    assert client.get("/vi/topics/heritage/feeds/json/").status_code == 404


def test_film_of_a_piece_is_enclosed_and_a_correction_moves_its_day(client):
    film = Video(
        title="The gate", filename="gate.mp4", sha256="0" * 64, size=9_000, content_type="video/mp4", duration=95,
        credit="Office", caption="The gate opens", basis="OWN", consent="NONE_SHOWN",
    )  # fmt: skip
    film.save()
    piece = published(picture=picture(), video=film, kind="VIDEO")
    make_sizes.func(piece.pk)
    atom = feed(client, "atom")
    enclosed = [
        link for link in atom.iter("{http://www.w3.org/2005/Atom}link") if link.get("rel") == "enclosure"
    ]
    assert [(link.get("type"), link.get("length")) for link in enclosed] == [
        ("image/jpeg", None), ("video/mp4", "9000"),
    ]  # fmt: skip
    [rss] = feed(client, "rss").iter("enclosure")
    assert (rss.get("url"), rss.get("length")) == (f"http://testserver{film.url}", "9000")
    before = next(atom.iter("{http://www.w3.org/2005/Atom}entry")).findtext(
        "{http://www.w3.org/2005/Atom}updated"
    )
    change = correct_piece(by=editor(), page=piece, text="The street was wrong.")
    entry = next(feed(client, "atom").iter("{http://www.w3.org/2005/Atom}entry"))
    after = entry.findtext("{http://www.w3.org/2005/Atom}updated")
    assert before <= after == change.made_at.astimezone(UTC).replace(microsecond=0).isoformat()
    assert "The street was wrong." in entry.findtext("{http://www.w3.org/2005/Atom}content")


def test_feed_names_its_hubs_and_its_one_address(client, settings):
    published()
    settings.WEBSUB_HUBS = ["https://hub.example/"]
    settings.WAGTAILADMIN_BASE_URL = "https://news.example.vn"
    answer = client.get("/en/feeds/atom/")
    own = "https://news.example.vn/en/feeds/atom/"
    assert answer.headers["Link"] == f'<https://hub.example/>; rel="hub", <{own}>; rel="self"'
    links = {one.get("rel"): one.get("href") for one in etree.fromstring(answer.content).findall(ATOM_LINK)}
    assert (links["hub"], links["self"]) == ("https://hub.example/", own)
    assert feed(client)["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


@pytest.mark.parametrize("form", FORMS)
def test_feed_asks_the_same_with_one_piece_and_with_three(
    client, form, django_assert_num_queries, django_assert_max_num_queries
):
    def add(number):
        shown = [picture(title=f"{number}-{place}") for place in range(3)]
        pictures = [{"picture": one, "caption": ""} for one in shown]
        body = [("picture", pictures[0]), ("gallery", {"pictures": pictures})]
        slug = f"piece-{number}"
        published(title=slug, slug=slug, picture=shown[0], body=body, topics=[TopicFactory()])
        # The sizes are made once.
        client.get(f"/en/feeds/{form}/")

    add(1)
    with django_assert_max_num_queries(20) as counted:
        client.get(f"/en/feeds/{form}/")
        number_of_queries = len(counted)
    add(2)
    add(3)
    with django_assert_num_queries(number_of_queries):
        client.get(f"/en/feeds/{form}/")
