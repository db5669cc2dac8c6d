"""Films in the API: what the public library offers today, with captions, transcript and still."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from khuevan.newsroom.models import StoryPage, Video
from tests.factories.library import film
from tests.factories.newsroom import TopicFactory, home, let_out, picture, story

pytestmark = pytest.mark.django_db
CAPTIONS = {"en": "WEBVTT\n\n00:00.000 --> 00:01.000\nBells", "vi": "WEBVTT\n"}


def ask(client, path):
    return json.loads(client.get(f"/api/v1/{path}").content)


def ids(client, path):
    return [item["id"] for item in ask(client, path)["items"]]


def test_a_film_is_given_with_everything_that_is_known_of_it(client):
    home()
    still = picture()
    made = film(
        b"moving", title="Bells", caption="Bells at dawn", still=still, duration=95, width=1280, height=720,
        captions=CAPTIONS, transcript="A bell rings.", other_words={"fr": {"title": "Cloches", "transcript": "Une"}},
    )  # fmt: skip
    made.topics.add(TopicFactory(slug="heritage"))
    answer = ask(client, f"videos/{made.pk}/")
    assert answer["meta"] == {
        "type": "newsroom.Video",
        "detail_url": f"http://testserver/api/v1/videos/{made.pk}/",
        "download_url": f"http://testserver/downloads/videos/{made.pk}/original/",
    }
    assert {name: answer[name] for name in (
        "title", "caption", "url", "content_type", "size", "seconds", "width", "height", "captions", "transcript",
        "topics", "words",
    )} == {
        "title": "Bells", "caption": "Bells at dawn", "url": f"http://testserver{made.url}",
        "content_type": made.content_type, "size": 6, "seconds": 95, "width": 1280, "height": 720,
        "captions": [{"language": code, "text": text} for code, text in CAPTIONS.items()],
        "transcript": "A bell rings.", "topics": ["heritage"],
        "words": {"fr": {"title": "Cloches", "transcript": "Une"}},
    }  # fmt: skip
    assert (answer["still"]["id"], answer["still"]["credit"]) == (still.pk, still.credit)
    # Long texts are for whoever asks for them.
    [listed] = ask(client, "videos/")["items"]
    assert set(answer) - set(listed) == {"captions", "transcript"}
    assert (
        client.get(answer["url"]).status_code == client.get(answer["meta"]["download_url"]).status_code == 200
    )


def test_only_films_that_are_offered_today_are_listed(client):
    home()
    today = timezone.localdate()
    shown = film(b"1", expires_date=today)
    film(b"2", in_library=False)
    film(b"3", expires_date=today - timedelta(days=1))
    film(b"4", credit="")
    film(b"5", consent="")
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    film(b"6", collection=private)
    assert ids(client, "videos/") == [shown.pk]
    hidden = Video.objects.exclude(pk=shown.pk)
    assert {client.get(f"/api/v1/videos/{one.pk}/").status_code for one in hidden} == {404}


def test_a_film_of_a_piece_under_embargo_comes_with_the_piece(client):
    moment = timezone.now() + timedelta(hours=1)
    made = film()
    piece = story(embargo_until=moment, video=made)
    let_out(piece.latest_revision)
    assert (ids(client, "videos/"), client.get(f"/api/v1/videos/{made.pk}/").status_code) == ([], 404)
    StoryPage.objects.filter(pk=piece.pk).update(embargo_until=moment - timedelta(hours=2), go_live_at=None)
    piece.refresh_from_db()
    let_out(piece.save_revision())
    assert (ids(client, "videos/"), client.get(f"/api/v1/videos/{made.pk}/").status_code) == ([made.pk], 200)


def test_a_still_that_may_not_be_shown_is_not_given(client):
    home()
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    stills = [
        picture(expires_date=timezone.localdate() - timedelta(days=1)), picture(credit=""),
        picture(collection=private), picture(),
    ]  # fmt: skip
    made = [film(bytes([number]), still=still) for number, still in enumerate(stills)]
    given = [ask(client, f"videos/{one.pk}/")["still"] for one in made]
    assert [still and still["id"] for still in given] == [None, None, None, stills[-1].pk]


def test_films_are_narrowed_and_paged(client):
    home()
    one, two, three = (film(bytes([number]), title=f"Bells {number}") for number in range(3))
    two.topics.add(TopicFactory(slug="heritage"))
    two.title = "Trống đồng"
    two.save()
    long_ago = timezone.now() - timedelta(days=9)
    Video.objects.filter(pk=one.pk).update(created_at=long_ago)
    assert ids(client, "videos/") == [three.pk, two.pk, one.pk]
    assert ids(client, "videos/?topic=heritage") == [two.pk]
    assert ids(client, "videos/?search=trong+dong") == [two.pk]
    assert ids(client, f"videos/?since={timezone.localdate() - timedelta(days=1)}") == [three.pk, two.pk]
    page = ask(client, "videos/?limit=1&offset=1")
    assert ([item["id"] for item in page["items"]], page["meta"]) == (
        [two.pk], {"total_count": 3, "next": "http://testserver/api/v1/videos/?limit=1&offset=2"},
    )  # fmt: skip
    assert [client.get(f"/api/v1/videos/?{query}").status_code for query in ("limit=51", "kind=x", "since=x")] == [
        400, 400, 400,
    ]  # fmt: skip


def test_list_asks_the_same_whatever_it_holds(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    home()

    def add(number):
        film(bytes([number]), still=picture(title=f"{number}")).topics.add(TopicFactory())
        client.get("/api/v1/videos/?fields=*")

    add(1)
    with django_assert_max_num_queries(12) as counted:
        client.get("/api/v1/videos/?fields=*")
        number_of_queries = len(counted)
    for number in (2, 3):
        add(number)
    with django_assert_num_queries(number_of_queries):
        client.get("/api/v1/videos/?fields=*")
