"""What pages tell machines in their heads: one address, cards with a picture, JSON-LD of what is shown."""

from __future__ import annotations

import importlib.util
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from lxml import html

from khuevan.newsroom.actions import correct_piece, withdraw_piece
from khuevan.newsroom.models import PressConferencePage, PressRoomPage
from khuevan.people.choices import Role
from tests.conformance.schema_org import faults, read_shapes
from tests.conformance.standards import standard
from tests.factories.newsroom import TopicFactory, home, let_out, picture, published, section
from tests.factories.people import PostFactory, UserFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def head(client, url):
    """The page's canonical address, its properties, its cards, and the things of its JSON-LD by their type."""
    page = html.fromstring(client.get(url).content)
    [data] = page.xpath("//head/script[@type='application/ld+json']/text()") or ["{}"]
    return (
        page.xpath("string(//link[@rel='canonical']/@href)"),
        [(m.get("property"), m.get("content")) for m in page.xpath("//meta[@property]")],
        {m.get("name"): m.get("content") for m in page.xpath("//meta[starts-with(@name, 'twitter:')]")},
        {thing["@type"]: thing for thing in json.loads(data).get("@graph", [])},
    )


def editor():
    person = UserFactory()
    PostFactory(person=person, role=Role.EDITOR)
    return person


def conference():
    room = PressRoomPage(title="Press room", slug="press", locale=home().locale)
    home().add_child(instance=room)
    room.save_revision().publish()
    begin = timezone.now() + timedelta(days=3)
    made = PressConferencePage(
        title="Opening", slug="opening", locale=home().locale, begins_at=begin, venue="47 Hàng Dầu",
        speakers="Nguyễn Văn Bình, director\n\nTrần Thị Hoa",
    )  # fmt: skip
    room.add_child(instance=made)
    let_out(made.save_revision())
    made.refresh_from_db()
    return made


def test_story_tells_its_article_its_picture_and_its_way(client):
    shown = picture(
        in_library=True, licence="CC BY 4.0", licence_url="https://creativecommons.org/licenses/by/4.0/"
    )
    piece = published(picture=shown, byline="Lan Anh", topics=[TopicFactory(media_topic="medtop:20000038")])
    canonical, properties, cards, things = head(client, f"{piece.url}?from=somewhere")
    address = f"http://testserver{piece.url}"
    article = things["NewsArticle"]
    assert canonical == address
    assert [article[name] for name in ("headline", "inLanguage", "isAccessibleForFree", "@id")] == [
        piece.title, "en", True, address,
    ]  # fmt: skip
    assert article["author"] == [{"@type": "Person", "name": "Lan Anh"}]
    [image] = article["image"]
    assert [image[name] for name in ("creditText", "license")] == [shown.credit, shown.licence_url]
    assert image["acquireLicensePage"] == f"http://testserver/en/library/pictures/{shown.pk}/"
    assert (image["width"]["value"], image["height"]["value"]) > (0, 0)
    assert [word.get("termCode") for word in article["keywords"]] == [None, "20000038"]
    assert [step["name"] for step in things["BreadcrumbList"]["itemListElement"]] == [
        home().title, "News", piece.title,
    ]  # fmt: skip
    told = dict(properties)
    assert (told["og:type"], told["og:image:alt"]) == ("article", shown.alternative)
    assert cards["twitter:card"] == "summary_large_image"
    assert cards["twitter:image"] == told["og:image"] == image["contentUrl"]


def test_correction_and_translation_are_told(client):
    piece = published()
    french = piece.copy_for_translation(home("fr").locale, copy_parents=True)
    french.title, french.origin, french.slug = "Les archives", "PERSON", "archives"
    let_out(french.save_revision())
    french.refresh_from_db()
    correct_piece(by=editor(), page=piece, text="The street was wrong.")
    article = head(client, piece.url)[3]["NewsArticle"]
    assert article["correction"]["text"] == "The street was wrong."
    assert [there["inLanguage"] for there in article["workTranslation"]] == ["fr"]
    made = head(client, french.url)[3]["NewsArticle"]
    assert made["translationOfWork"]["url"] == f"http://testserver{piece.url}"


def test_withdrawn_piece_tells_nothing(client):
    piece = published()
    withdraw_piece(by=editor(), page=piece, text="It was not so.")
    assert head(client, piece.url) == ("", [], {}, {})


def test_home_says_where_the_site_is_searched(client):
    published(picture=picture())
    canonical, properties, cards, things = head(client, "/en/")
    assert canonical == "http://testserver/en/"
    assert things["WebSite"]["potentialAction"]["target"]["urlTemplate"] == (
        "http://testserver/en/search/?q={q}"
    )
    assert (dict(properties)["og:type"], cards["twitter:card"]) == ("website", "summary_large_image")


def test_page_two_of_a_section_is_an_address_of_its_own(client):
    for number in range(21):
        published(title=f"Piece {number}", slug=f"piece-{number}")
    url = section().url
    assert head(client, f"{url}?page=2&from=x")[0] == f"http://testserver{url}?page=2"
    canonical, _properties, cards, things = head(client, f"{url}?page=1")
    assert (canonical, cards["twitter:card"]) == (f"http://testserver{url}", "summary")
    assert set(things) == {"CollectionPage", "BreadcrumbList"}


def test_press_conference_is_an_event(client):
    page = conference()
    thing = head(client, page.url)[3]["Event"]
    assert (thing["name"], thing["location"]["name"]) == ("Opening", "47 Hàng Dầu")
    assert [one["name"] for one in thing["performer"]] == ["Nguyễn Văn Bình, director", "Trần Thị Hoa"]


def test_what_people_write_ends_no_script(client):
    piece = published(title="</script><script>alert(1)</script>", byline="<!--")
    page = client.get(piece.url).text
    assert "<script>alert" not in page
    assert head(client, piece.url)[3]["NewsArticle"]["headline"] == piece.title


def test_everything_told_keeps_to_the_published_shapes(client):
    shapes = read_shapes(standard("schema-org/schemaorg-shapes.shacl"))
    piece = published(picture=picture(), topics=[TopicFactory()])
    for url in (piece.url, "/en/", section().url, conference().url):
        things = head(client, url)[3]
        assert things
        assert {kind: list(faults(thing, shapes)) for kind, thing in things.items()} == {
            kind: [] for kind in things
        }


def test_check_of_templates_lets_data_stand_and_nothing_else():
    spec = importlib.util.spec_from_file_location("check_templates", ROOT / "tools" / "check_templates.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    refused = [
        "<script>", '<script type="module">', '<script type="application/ld+json" async>', "<script data-x>",
        '<script type="text/javascript">', "<style>", '<p style="x">', '<p onclick="x">',
    ]  # fmt: skip
    assert [line for line in refused if tool.INLINE.search(line)] == refused
    assert tool.INLINE.search('<script type="application/ld+json">{{ data }}</script>') is None
    assert tool.INLINE.search('<script type="module" src="x"></script>') is None
