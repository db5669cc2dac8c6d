"""The API gives what is public and nothing else, as its own description says."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from khuevan.newsroom.actions import correct_piece, withdraw_piece
from khuevan.newsroom.choices import StoryKind
from khuevan.newsroom.jobs import make_sizes
from khuevan.newsroom.models import LibraryDocument, Picture, StoryPage
from khuevan.people.choices import Role
from khuevan.website.api.limits import PLACES, Counters, place_of
from tests.factories.library import film
from tests.factories.newsroom import TopicFactory, home, let_out, picture, published, story
from tests.factories.people import PostFactory, UserFactory

pytestmark = pytest.mark.django_db
DESCRIPTION = "/api/v1/openapi.json"


def editor():
    person = UserFactory()
    PostFactory(person=person, role=Role.EDITOR)
    return person


def ask(client, path, expected=200, **headers):
    answer = client.get(f"/api/v1/{path}", headers=headers)
    assert answer.status_code == expected, answer.content
    return json.loads(answer.content)


def ids(client, path):
    return [item["id"] for item in ask(client, path)["items"]]


def validator(client, name):
    """What holds an answer against a schema of the API's own description."""
    document = json.loads(client.get(DESCRIPTION).content)
    dialect = {"$id": "urn:api", "$schema": "https://json-schema.org/draft/2020-12/schema"}
    registry = Registry().with_resource("urn:api", Resource.from_contents({**dialect, **document}))
    return Draft202012Validator(
        {"$ref": f"urn:api#/components/schemas/{name}"},
        registry=registry,
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def faults(client, name, answer):
    return [f"{list(fault.path)}: {fault.message}" for fault in validator(client, name).iter_errors(answer)]


def full_story():
    """A piece with everything that a piece may have."""
    shown = picture(
        in_library=True, licence="CC BY 4.0", licence_url="https://creativecommons.org/licenses/by/4.0/"
    )
    document = LibraryDocument(
        title="Facts", credit="Department", basis="OWN", file=ContentFile(b"Facts.", name="facts.txt")
    )
    document.save()
    return published(
        picture=shown,
        byline="Lan Anh",
        topics=[TopicFactory(slug="heritage", media_topic="medtop:20000038")],
        body=[
            ("text", '<p>It opens <a href="/en/">here</a>.</p>'),
            ("picture", {"picture": shown, "caption": "The gate"}),
            (
                "gallery",
                {"pictures": [{"picture": shown, "caption": ""}, {"picture": shown, "caption": "Two"}]},
            ),
            ("quote", {"quote": "Come.", "speaker": "Bình", "post": ""}),
            ("exchange", {"question": "When?", "answer": "<p>Monday.</p>"}),
            ("facts", {"title": "", "facts": [{"name": "Books", "value": "40,000", "source": ""}]}),
            ("file", {"document": document, "description": "All figures"}),
        ],
    )


def test_description_is_made_of_schemas_and_names_every_address(client):
    document = json.loads(client.get(DESCRIPTION).content)
    assert document["openapi"] == "3.1.0"
    assert sorted(document["paths"]) == [
        "/documents/", "/documents/{id}/", "/pictures/", "/pictures/{id}/", "/stories/", "/stories/{id}/",
        "/videos/", "/videos/{id}/", "/withdrawals/",
    ]  # fmt: skip
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_answers_keep_to_the_description(client):
    piece = full_story()
    correct_piece(by=editor(), page=piece, text="The street was wrong.")
    gone = published(title="Gone", slug="gone")
    withdraw_piece(by=editor(), page=gone, text="It was not so.")
    offered = LibraryDocument(
        title="Map", file=ContentFile(b"Map.", name="map.txt"), in_library=True, credit="Office", basis="OWN"
    )
    offered.save()
    shown = Picture.objects.get()
    moving = film(still=shown, captions={"en": "WEBVTT\n"}, other_words={"fr": {"transcript": "Une voix."}})
    checks = [
        ("StoryList", "stories/", 200),
        ("StoryList", "stories/?fields=*", 200),
        ("StoryList", "stories/?fields=_,title", 200),
        ("Story", f"stories/{piece.pk}/", 200),
        ("ListedStory", f"stories/{piece.pk}/?fields=_,title,body", 200),
        ("Tombstone", f"stories/{gone.pk}/", 410),
        ("Problem", "stories/999999/", 404),
        ("Problem", "stories/?colour=red", 400),
        ("LibraryPictureList", "pictures/", 200),
        ("LibraryPicture", f"pictures/{shown.pk}/", 200),
        ("LibraryVideoList", "videos/", 200),
        ("LibraryVideoList", "videos/?fields=*", 200),
        ("LibraryVideo", f"videos/{moving.pk}/", 200),
        ("LibraryDocumentList", "documents/", 200),
        ("LibraryDocument", f"documents/{offered.pk}/", 200),
        ("WithdrawalList", "withdrawals/", 200),
    ]
    found = {path: faults(client, name, ask(client, path, status)) for name, path, status in checks}
    assert found == {path: [] for _name, path, _status in checks}
    lists = ("stories", "pictures", "videos", "documents", "withdrawals")
    assert [ids(client, f"{name}/") for name in lists] == [
        [piece.pk], [shown.pk], [moving.pk], [offered.pk], [gone.pk],
    ]  # fmt: skip


def test_description_finds_what_is_wrong(client):
    piece = full_story()
    answer = ask(client, f"stories/{piece.pk}/")
    assert faults(client, "Story", {**answer, "embargo_until": None})
    assert faults(client, "Story", {name: value for name, value in answer.items() if name != "corrections"})
    assert faults(client, "Story", {**answer, "published_at": "yesterday"})
    answer["body"][0] = {"type": "quote", "html": "x"}
    assert faults(client, "Story", answer)


def test_story_is_given_whole(client):
    piece = full_story()
    make_sizes.func(piece.pk)
    french = piece.copy_for_translation(home("fr").locale, copy_parents=True)
    french.title, french.origin, french.slug = "Les archives", "PERSON", "archives"
    let_out(french.save_revision())
    answer = ask(client, f"stories/{piece.pk}/")
    assert [answer[name] for name in ("title", "kind", "language", "byline", "origin")] == [
        piece.title, "STORY", "en", "Lan Anh", "ORIGINAL",
    ]  # fmt: skip
    assert answer["meta"]["html_url"] == f"http://testserver{piece.url}"
    assert answer["meta"]["permanent_url"] == f"http://testserver/s/{piece.short_id}/"
    assert answer["identifier"] == f"tag:testserver,2025:piece-{piece.pk}"
    assert answer["topics"] == [{"slug": "heritage", "name": "Heritage"}]
    assert [(one["code"], one["name"]) for one in answer["media_topics"]] == [("20000038", "culture")]
    assert [(one["language"], one["is_original"]) for one in answer["translations"]] == [
        ("en", True), ("fr", False),
    ]  # fmt: skip
    assert [block["type"] for block in answer["body"]] == [
        "text", "picture", "gallery", "quote", "exchange", "facts", "file",
    ]  # fmt: skip
    assert answer["body"][0]["html"] == '<p>It opens <a href="http://testserver/en/">here</a>.</p>'
    assert answer["body"][1]["picture"]["credit"] == "Department of Culture and Sports"
    [rendition, *_more] = answer["picture"]["renditions"]
    assert client.get(rendition["url"]).status_code == 200
    assert "It opens" in answer["body_html"]


def test_nothing_is_there_before_its_minute_nor_after_its_withdrawal(client):
    moment = timezone.now() + timedelta(hours=1)
    shown = picture()
    piece = story(embargo_until=moment, picture=shown, title="Secret")
    let_out(piece.latest_revision)
    paths = (
        "stories/",
        "stories/?fields=*",
        "pictures/",
        "stories/?language=en&search=secret",
        "withdrawals/",
    )

    def told():
        return [b"Secret" in client.get(f"/api/v1/{path}").content for path in paths]

    assert told() == [False] * 5
    assert client.get(f"/api/v1/stories/{piece.pk}/").status_code == 404
    # Had it gone live by mistake, its own moment would still hold it back.
    StoryPage.objects.filter(pk=piece.pk).update(live=True, first_published_at=timezone.now())
    assert told() == [False] * 5
    assert client.get(f"/api/v1/stories/{piece.pk}/").status_code == 404
    other = published("fr", title="Public", slug="public", origin="PERSON")
    StoryPage.objects.filter(pk=other.pk).update(translation_key=piece.translation_key)
    # One embargo holds for all languages, whichever went out by mistake.
    assert client.get(f"/api/v1/stories/{other.pk}/").status_code == 404
    past = timezone.now() - timedelta(seconds=1)
    StoryPage.objects.filter(pk=piece.pk).update(embargo_until=past, go_live_at=None)
    piece.refresh_from_db()
    let_out(piece.save_revision())
    assert told() == [True, True, False, True, False]
    withdraw_piece(by=editor(), page=piece, text="It was not so.")
    assert [b"Secret" in client.get(f"/api/v1/{path}").content for path in paths] == [False] * 5
    [tombstone] = ask(client, "withdrawals/")["items"]
    assert (tombstone["id"], tombstone["reason"]) == (piece.pk, "It was not so.")
    assert ask(client, f"stories/{piece.pk}/", 410)["reason"] == "It was not so."


def test_lists_are_narrowed(client):
    heritage = TopicFactory(slug="heritage")
    one = published(topics=[heritage])
    two = published(title="A release", slug="release", kind=StoryKind.PRESS_RELEASE)
    three = published("vi", title="Đống Đa mở kho lưu trữ", slug="tin")
    assert ids(client, "stories/") == [three.pk, two.pk, one.pk]
    assert ids(client, "stories/?language=vi") == [three.pk]
    assert ids(client, "stories/?kind=PRESS_RELEASE") == [two.pk]
    assert ids(client, "stories/?topic=heritage") == [one.pk]
    assert ids(client, "stories/?topic=nothing") == []
    assert ids(client, "stories/?search=luu+tru&language=vi") == [three.pk]
    assert ids(client, "stories/?limit=1&offset=1") == [two.pk]
    StoryPage.objects.exclude(pk=two.pk).update(last_published_at=timezone.now() - timedelta(days=9))
    since = (timezone.now() - timedelta(days=1)).isoformat()
    assert ids(client, f"stories/?since={since.replace('+', '%2B')}") == [two.pk]
    assert ids(client, f"stories/?since={since}") == [two.pk]
    correct_piece(by=editor(), page=one, text="The street was wrong.")
    assert ids(client, f"stories/?since={since[:10]}") == [two.pk, one.pk]
    assert ids(client, "withdrawals/?since=2020-01-01") == []


@pytest.mark.parametrize(
    "query",
    [
        "language=xx", "kind=story", "since=soon", "since=2026-13-45", "search=x", "limit=0", "limit=51", "limit=²",
        "offset=10001", "offset=-1", "fields=secret", "embargo_until=x", f"topic={'x' * 201}", "fields=body(",
    ],
)  # fmt: skip
def test_wrong_parameters_are_refused_with_a_sentence(client, query):
    published()
    assert ask(client, f"stories/?{query}", 400)["message"]


@pytest.mark.parametrize("fields", ["body(" * 3000, "(" * 3, "-" * 601, "title," * 101, "*(_,title(_))(("])
def test_fields_that_nobody_means_are_refused_before_they_are_read(client, fields):
    piece = published()
    for path in ("stories/", f"stories/{piece.pk}/"):
        answer = client.get(f"/api/v1/{path}", {"fields": fields})
        assert (answer.status_code, "opening brackets" in answer.json()["message"]) == (400, True)


def test_library_gives_only_what_is_offered_today(client):
    offered = picture(in_library=True)
    picture()
    picture(in_library=True, expires_date=timezone.localdate() - timedelta(days=1))
    picture(in_library=True, credit="")
    assert ids(client, "pictures/") == [offered.pk]
    hidden = Picture.objects.exclude(pk=offered.pk)
    assert {client.get(f"/api/v1/pictures/{one.pk}/").status_code for one in hidden} == {404}
    [answer] = ask(client, "pictures/")["items"]
    assert answer["words"] == {}
    assert (answer["credit"], answer["alternative_text"]) == (offered.credit, offered.alternative)


def test_page_of_a_list_names_the_next(client):
    for number in range(3):
        published(title=f"Piece {number}", slug=f"piece-{number}")
    first = ask(client, "stories/?limit=2&language=en")
    assert first["meta"]["total_count"] == 3
    assert first["meta"]["next"] == "http://testserver/api/v1/stories/?limit=2&language=en&offset=2"
    second = json.loads(client.get(first["meta"]["next"]).content)
    assert (second["meta"]["next"], len(second["items"])) == (None, 1)


def test_answers_are_asked_again_by_their_tag_from_any_origin(client):
    published()
    first = client.get("/api/v1/stories/", headers={"origin": "https://partner.example"})
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert (first.headers["Cache-Control"], "Vary" in first.headers, first.cookies) == ("no-cache", False, {})
    again = client.get("/api/v1/stories/", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    published(title="Another", slug="another")
    assert client.get("/api/v1/stories/", headers={"if-none-match": first.headers["ETag"]}).status_code == 200
    before = client.options("/api/v1/stories/")
    assert (before.status_code, before.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    for method in (client.post, client.put, client.delete):
        assert method("/api/v1/stories/").status_code == 405
    assert client.head("/api/v1/stories/").status_code == 200


def test_kept_answers_are_the_same_for_everybody(client):
    published()
    assert client.get("/api/v1/stories/").headers["X-Keep"] == "20"
    assert "X-Keep" not in client.get("/api/v1/stories/?limit=0").headers


def test_too_many_requests_are_sent_away_until_the_minute_is_over(client, settings, tmp_path):
    published()
    settings.API_REQUESTS_A_MINUTE, settings.API_COUNTERS = 2, tmp_path / "counters"
    answers = [client.get("/api/v1/stories/", REMOTE_ADDR="203.0.113.7") for _ in range(9)]
    codes = [answer.status_code for answer in answers]
    # A minute may end between two of the requests.
    assert codes[:2] == [200, 200]
    assert codes.count(429) >= 5
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert "X-Keep" not in refused.headers
    assert client.get("/api/v1/stories/", REMOTE_ADDR="203.0.113.8").status_code == 200
    assert b"203.0.113" not in (tmp_path / "counters").read_bytes()


def test_counters_are_shared_by_processes_and_begin_anew_each_minute(tmp_path):
    now = [120.0]
    one, two = (Counters(tmp_path / "counters", clock=lambda: now[0]) for _ in range(2))
    assert [one.seconds_to_wait(7, 3), two.seconds_to_wait(7, 3), one.seconds_to_wait(7, 3)] == [0, 0, 0]
    now[0] = 150.0
    assert (two.seconds_to_wait(7, 3), one.seconds_to_wait(8, 3)) == (30, 0)
    now[0] = 180.0
    assert two.seconds_to_wait(7, 3) == 0
    one.close()
    two.close()


def test_an_ipv6_network_is_one_connection(settings):
    assert place_of("2001:db8:1:2::1") == place_of("2001:db8:1:2:ffff::9")
    assert place_of("2001:db8:1:3::1") != place_of("2001:db8:1:2::1")
    assert place_of("203.0.113.7") != place_of("203.0.113.8")
    assert 0 <= place_of("not an address") < PLACES


@pytest.mark.parametrize("query", ["", "?fields=*"])
def test_list_asks_the_same_whatever_it_holds(
    client, query, django_assert_num_queries, django_assert_max_num_queries
):
    def add(number):
        shown = [picture(title=f"{number}-{place}") for place in range(3)]
        blocks = [("picture", {"picture": one, "caption": ""}) for one in shown]
        slug = f"piece-{number}"
        published(title=slug, slug=slug, picture=shown[0], body=blocks, topics=[TopicFactory()])
        client.get(f"/api/v1/stories/{query}")

    add(1)
    client.get(f"/api/v1/stories/{query}")
    with django_assert_max_num_queries(25) as counted:
        client.get(f"/api/v1/stories/{query}")
        number_of_queries = len(counted)
    for number in (2, 3):
        add(number)
    with django_assert_num_queries(number_of_queries):
        client.get(f"/api/v1/stories/{query}")


def test_page_explains_every_list_parameter_and_field(client):
    published()
    page = client.get("/en/api/").text
    document = json.loads(client.get(DESCRIPTION).content)
    for path, methods in document["paths"].items():
        if "{id}" not in path:
            assert f"/api/v1{path}" in page
            assert [
                p["name"] for p in methods["get"]["parameters"] if f"<code>{p['name']}</code>" not in page
            ] == []
    names = document["components"]["schemas"]["Story"]["properties"]
    assert [name for name in names if name != "meta" and f"<code>{name}</code>" not in page] == []
