"""What machines are told of the public library: heads of its pages, and its sitemaps."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from lxml import html
from wagtail.models import Collection, CollectionViewRestriction

from khuevan.newsroom.models import Picture, PictureRendition, Video
from khuevan.website import library_told
from tests.conformance.schema_org import faults, read_shapes
from tests.conformance.standards import standard
from tests.factories.library import film, offered_document, offered_picture
from tests.factories.newsroom import TopicFactory, home, picture
from tests.plain.feeds.readers import read_sitemap

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
CAPTIONS = {"vi": "WEBVTT\n", "en": "WEBVTT\n"}


def head(client, path):
    """The page's canonical address, its properties, and the things of its JSON-LD by their type."""
    page = html.fromstring(client.get(path).content)
    [data] = page.xpath("//head/script[@type='application/ld+json']/text()")
    return (
        page.xpath("string(//link[@rel='canonical']/@href)"),
        {meta.get("property"): meta.get("content") for meta in page.xpath("//meta[@property]")},
        {thing["@type"]: thing for thing in json.loads(data)["@graph"]},
    )


def sitemap(client, number=1):
    return read_sitemap(client.get(f"/sitemap-library-{number}.xml").content)


def url(made, size):
    return f"{SITE}{made.renditions.get(filter_spec=size).url}"


def test_page_of_a_picture_tells_how_it_may_be_used_in_the_language_of_the_page(client):
    home("fr")
    made = offered_picture(
        caption="The gate at dawn", licence="CC BY 4.0", licence_url="https://creativecommons.org/licenses/by/4.0/",
        basis="OPEN", rights_holder="Lan Anh", other_words={"fr": {"caption": "La porte", "alternative": "Porte"}},
    )  # fmt: skip
    made.topics.add(TopicFactory(names={"en": "Heritage", "fr": "Patrimoine"}))
    made.tags.add("gate")
    address = f"{SITE}/fr/library/pictures/{made.pk}/"
    canonical, properties, things = head(client, f"{address}?from=elsewhere")
    told = things["ImageObject"]
    assert canonical == told["url"] == told["acquireLicensePage"] == properties["og:url"] == address
    assert [told[name] for name in ("name", "description", "license", "creditText", "copyrightNotice")] == [
        "La porte", "La porte", made.licence_url, made.credit, "Lan Anh",
    ]  # fmt: skip
    assert "creator" not in told
    assert told["keywords"] == ["Patrimoine", "gate"]
    assert datetime.fromisoformat(told["uploadDate"]) == made.created_at.replace(microsecond=0)
    # The very files that the page shows.
    assert told["contentUrl"] == url(made, "format-jpeg|width-1440")
    assert told["thumbnailUrl"] == url(made, "format-jpeg|width-480")
    assert client.get(told["contentUrl"]).status_code == client.get(told["thumbnailUrl"]).status_code == 200
    assert (properties["og:image:alt"], properties["og:locale:alternate"]) == ("Porte", "en_US")
    assert [step["name"] for step in things["BreadcrumbList"]["itemListElement"]] == [
        home("fr").title, "Médiathèque", "La porte",
    ]  # fmt: skip


def test_page_of_a_film_tells_its_length_captions_transcript_and_picture(client):
    home()
    still = picture()
    made = film(still=still, captions=CAPTIONS, transcript="A bell rings.", duration=95)
    _canonical, properties, things = head(client, f"/en/library/videos/{made.pk}/")
    told = things["VideoObject"]
    assert [told[name] for name in ("name", "duration", "transcript", "contentUrl", "thumbnailUrl")] == [
        made.title, "PT95S", "A bell rings.", f"{SITE}{made.url}", url(still, "format-jpeg|fill-1200x630"),
    ]  # fmt: skip
    assert [(one["inLanguage"], one["contentUrl"]) for one in told["caption"]] == [
        (code, f"{SITE}{made.captions_url(code)}") for code in ("en", "vi")
    ]
    assert properties["og:image"] == told["thumbnailUrl"]
    assert told["creator"]["name"] == told["publisher"]["name"]


def test_page_of_a_document_tells_its_file(client):
    home()
    made = offered_document()
    _canonical, properties, things = head(client, f"/en/library/documents/{made.pk}/")
    told = things["DigitalDocument"]
    assert told["encoding"]["contentUrl"] == f"{SITE}{made.url}"
    assert (told["encoding"]["encodingFormat"], "og:image" in properties) == ("application/pdf", False)


def test_everything_told_keeps_to_the_published_shapes(client):
    home()
    shapes = read_shapes(standard("schema-org/schemaorg-shapes.shacl"))
    full = {"place": "Văn Miếu", "made_date": timezone.localdate(), "expires_date": timezone.localdate()}
    made = {
        "pictures": offered_picture(**full),
        "videos": film(still=picture(), captions=CAPTIONS, **full),
        "documents": offered_document(licence="By agreement", **full),
    }
    for kind, thing in made.items():
        things = head(client, f"/en/library/{kind}/{thing.pk}/")[2]
        assert [list(faults(one, shapes)) for one in things.values()] == [[], []], kind


def test_what_people_write_ends_no_script(client):
    home()
    made = offered_picture(caption="</script><script>alert(1)</script>")
    path = f"/en/library/pictures/{made.pk}/"
    assert "<script>alert" not in client.get(path).text
    assert head(client, path)[2]["ImageObject"]["description"] == made.caption


def test_sitemap_names_each_thing_in_each_language_with_its_picture_or_film(client):
    home("fr")
    today = timezone.localdate()
    seen, still, paper = offered_picture(), picture(), offered_document()
    moving = film(still=still, caption="Bells at dawn", expires_date=today, duration=95)
    for one in (seen, still):
        one.get_renditions("format-jpeg|width-1440", "format-jpeg|fill-1200x630")
    pages = sitemap(client)
    things = [("pictures", seen), ("documents", paper), ("videos", moving)]
    assert [page["loc"] for page in pages] == [
        f"{SITE}/{language}/library/{kind}/{thing.pk}/" for kind, thing in things for language in ("en", "fr")
    ]
    assert pages[0]["alternates"] == [
        (language, f"{SITE}/{language}/library/pictures/{seen.pk}/") for language in ("en", "fr")
    ]
    assert [page["images"] for page in pages] == [[url(seen, "format-jpeg|width-1440")]] * 2 + [[]] * 4
    assert [len(page["films"]) for page in pages] == [0, 0, 0, 0, 1, 1]
    [entry] = pages[4]["films"]
    assert entry == {
        "thumbnail_loc": url(still, "format-jpeg|fill-1200x630"),
        "title": moving.title,
        "description": "Bells at dawn",
        "content_loc": f"{SITE}{moving.url}",
        "duration": 95,
        "expiration_date": timezone.make_aware(datetime(today.year, today.month, today.day))
        + timedelta(days=1),
        "publication_date": moving.created_at.astimezone(UTC).replace(microsecond=0),
    }
    for page in pages:
        assert client.get(page["loc"]).status_code == 200


def test_sitemap_makes_no_size_and_names_no_film_without_a_picture(client):
    home()
    offered_picture()
    film(b"1", still=picture())
    film(b"2")
    assert [(page["images"], page["films"]) for page in sitemap(client)] == [([], [])] * 3
    assert PictureRendition.objects.count() == 0


def test_sitemap_holds_only_what_may_be_shown_now(client):
    home()
    today = timezone.localdate()
    shown = offered_picture(expires_date=today)
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    for number, values in enumerate(
        (
            {"in_library": False},
            {"expires_date": today - timedelta(days=1)},
            {"credit": ""},
            {"collection": private},
        )
    ):
        offered_picture(**values)
        film(bytes([number]), **values)
        offered_document(**values)
    assert [page["loc"] for page in sitemap(client)] == [f"{SITE}/en/library/pictures/{shown.pk}/"]
    for thing, kind in ((Picture, "pictures"), (Video, "videos")):
        for one in thing.objects.exclude(pk=shown.pk):
            assert client.get(f"/en/library/{kind}/{one.pk}/").status_code == 404


def test_index_names_the_librarys_sitemaps_as_they_fill(client, monkeypatch):
    home()
    monkeypatch.setattr(library_told, "THINGS_A_FILE", 2)

    def named():
        return client.get("/sitemap.xml").text.count("sitemap-library-")

    assert (named(), sitemap(client)) == (0, [])
    made = [offered_picture(), film(), offered_document()]
    assert named() == 2
    assert [[page["loc"].split("/")[-2] for page in sitemap(client, number)] for number in (1, 2)] == [
        [str(made[0].pk), str(made[1].pk)], [str(made[2].pk)],
    ]  # fmt: skip
    assert [client.get(f"/sitemap-library-{number}.xml").status_code for number in (0, 3, 10**30)] == [
        404
    ] * 3


def test_sitemap_asks_the_same_whatever_it_holds(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    home("fr")

    def add(number):
        offered_picture()
        offered_document()
        film(bytes([number]), still=picture())
        client.get("/sitemap-library-1.xml")

    add(1)
    with django_assert_max_num_queries(16) as counted:
        client.get("/sitemap-library-1.xml")
        number_of_queries = len(counted)
    for number in (2, 3):
        add(number)
    with django_assert_num_queries(number_of_queries):
        client.get("/sitemap-library-1.xml")


def test_pages_of_the_library_name_their_other_languages_and_a_lost_one_none(client):
    home(), home("fr")
    made = picture(in_library=True)
    for way in ("", f"pictures/{made.pk}/"):
        page = client.get(f"/fr/library/{way}")
        assert page.status_code == 200
        for code in ("en", "fr"):
            assert f'rel="alternate" hreflang="{code}" href="{SITE}/{code}/library/{way}"' in page.text
    lost = client.get("/fr/library/pictures/999999/")
    assert (lost.status_code, 'rel="alternate" hreflang' in lost.text) == (404, False)
