"""Files of the library: what is written into them, who gets them when, in which parts, and how they are counted."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from khuevan.core import clock
from khuevan.core.private_files import private_storage
from khuevan.newsroom.models import DownloadCount, Picture
from khuevan.people.choices import Role
from khuevan.plain.media.metadata import read_metadata
from khuevan.plain.media.picture_metadata import ByLanguage
from khuevan.website.page_cache import ASKED_AS, PageCache
from khuevan.website.views.ranges import LONGEST_PART, Part, asked_part
from tests.factories.library import film, offered_document, offered_picture
from tests.factories.newsroom import TopicFactory, jpeg, let_out, published, story
from tests.factories.people import person_with_role
from tests.newsroom.test_library import placed
from tests.plain.media import samples

pytestmark = pytest.mark.django_db


def address(thing, size: str = "original") -> str:
    kind = {"Picture": "pictures", "Video": "videos", "LibraryDocument": "documents"}[type(thing).__name__]
    return reverse("newsroom:download", kwargs={"kind": kind, "pk": thing.pk, "size": size})


def content(response) -> bytes:
    return b"".join(response.streaming_content)


def kept_files(key: int) -> list[str]:
    return sorted(private_storage().listdir(f"downloads/{key}")[1])


def counted() -> dict[tuple[str, str], int]:
    return {(row.kind, row.size): row.count for row in DownloadCount.objects.all()}


def test_a_downloaded_picture_says_what_the_library_says(client):
    picture = offered_picture(
        2400, 1600, place="Hà Nội", made_date=date(2025, 10, 10), rights_holder="The city",
        other_words={"vi": {"caption": "Khuê Văn Các", "alternative": "Gác đỏ"}, "zh-hans": {"caption": "奎文阁"}},
    )  # fmt: skip
    picture.tags.add("autumn")
    for size, width in (("small", 960), ("medium", 1920), ("original", 2400)):
        response = client.get(address(picture, size))
        data = content(response)
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
        assert Image.open(io.BytesIO(data)).size == (width, width * 2 // 3)
        assert int(response["Content-Length"]) == len(data)
        said = read_metadata(data).metadata
        assert said.description == ByLanguage(
            (("en", "Khuê Văn Các in Văn Miếu"), ("vi", "Khuê Văn Các"), ("zh-Hans", "奎文阁"))
        )
        assert (said.alt_text.in_language("vi"), said.credit_line, said.rights_holders, said.location) == (
            "Gác đỏ", "Desk", ("The city",), "Hà Nội",
        )  # fmt: skip
        assert (said.license_url, said.usage_terms.default, said.date_created, said.keywords) == (
            "https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", "2025-10-10", ("autumn",),
        )  # fmt: skip


def test_the_original_keeps_its_pixels_and_loses_its_place(client):
    data = placed(jpeg(80, 60))
    picture = offered_picture(data=data)
    kept = content(client.get(address(picture)))
    assert read_metadata(data).position is not None
    assert read_metadata(kept).position is None
    assert kept[kept.rindex(b"\xff\xda") :] == data[data.rindex(b"\xff\xda") :]
    assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(data)).tobytes()
    Picture.objects.filter(pk=picture.pk).update(keeps_position=True)
    assert read_metadata(content(client.get(address(picture)))).position == read_metadata(data).position


def test_an_original_in_avif_carries_its_details_unless_it_has_some_of_its_own(client):
    plain, told = samples.avif(), samples.avif(xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    pictures = [offered_picture(data=data, place="Hà Nội") for data in (plain, told)]
    answers = [client.get(address(picture)) for picture in pictures]
    assert [answer["Content-Type"] for answer in answers] == ["image/avif"] * 2
    written, untouched = map(content, answers)
    said = read_metadata(written).metadata
    assert (said.credit_line, said.location) == (pictures[0].credit, "Hà Nội")
    assert Image.open(io.BytesIO(written)).tobytes() == Image.open(io.BytesIO(plain)).tobytes()
    assert untouched == told


def test_a_changed_word_changes_the_file_and_the_former_goes(client):
    picture = offered_picture()
    first = client.get(address(picture))
    assert b"Elsewhere" not in content(first)
    names = kept_files(picture.pk)
    assert client.get(address(picture))["ETag"] == first["ETag"]
    assert kept_files(picture.pk) == names
    picture.place = "Elsewhere"
    picture.save()
    second = client.get(address(picture))
    assert b"Elsewhere" in content(second)
    assert second["ETag"] != first["ETag"]
    assert (len(kept_files(picture.pk)), kept_files(picture.pk) != names) == (1, True)
    key = picture.pk
    picture.delete()
    assert kept_files(key) == []


def test_only_sizes_that_are_smaller_are_offered(client):
    picture = offered_picture(1000, 10)
    found = {
        size: client.get(address(picture, size)).status_code
        for size in ("small", "medium", "original", "huge")
    }
    assert found == {"small": 200, "medium": 404, "original": 200, "huge": 404}
    assert client.get(address(offered_document(), "small")).status_code == 404
    assert client.get("/downloads/secrets/1/original/").status_code == 404


def test_downloads_are_counted_by_day_thing_and_size_and_nothing_else(client):
    picture, document, video = offered_picture(1200, 800), offered_document(), film()
    with clock.stopped_at(timezone.now() - timedelta(days=1)):
        client.get(address(picture, "small"))
    for url in (
        address(picture, "small"),
        address(picture),
        address(picture),
        address(document),
        document.url,
    ):
        assert client.get(url).status_code == 200
    client.get(address(video), headers={"range": "bytes=0-99"})
    rows = DownloadCount.objects.order_by("day", "kind", "object_id", "size")
    today = clock.today()
    assert [(row.day, row.kind, row.object_id, row.size, row.count) for row in rows] == [
        (today - timedelta(days=1), "PICTURE", picture.pk, "small", 1),
        (today, "DOCUMENT", document.pk, "original", 2),
        (today, "PICTURE", picture.pk, "original", 2),
        (today, "PICTURE", picture.pk, "small", 1),
        (today, "VIDEO", video.pk, "original", 1),
    ]
    names = {field.name for field in DownloadCount._meta.get_fields()}
    assert names == {"id", "day", "kind", "object_id", "size", "count"}


@pytest.mark.parametrize(
    "headers",
    [
        {"range": "bytes=100-"},
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"user-agent": "facebookexternalhit/1.1"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
    ],
)
def test_what_is_no_reader_is_not_counted(client, headers):
    picture = offered_picture()
    assert client.get(address(picture), headers=headers).status_code in (200, 206)
    assert counted() == {}


def test_a_look_at_the_head_and_a_file_that_is_there_already_are_not_counted(client):
    picture = offered_picture()
    tag = client.head(address(picture))["ETag"]
    assert client.get(address(picture), headers={"if-none-match": tag}).status_code == 304
    # The cache around the application asks for a page where somebody looked at its head.
    client.get(address(picture), **{ASKED_AS: "HEAD"})
    assert counted() == {}


def test_the_page_cache_tells_how_it_was_asked_and_hides_no_download(tmp_path):
    asked: list[tuple[str, str]] = []

    def application(environ, start_response):
        asked.append((environ["REQUEST_METHOD"], environ[ASKED_AS]))
        start_response("200 OK", [("Cache-Control", "private, no-cache")])
        return [b"file"]

    cached = PageCache(application, stamp=tmp_path / "stamp", cookies=frozenset())
    for method in ("HEAD", "GET", "GET"):
        list(cached({"REQUEST_METHOD": method, "PATH_INFO": "/downloads/"}, lambda *args: None))
    assert asked == [("GET", "HEAD"), ("GET", "GET"), ("GET", "GET")]


def test_downloads_are_asked_for_each_time_and_found_by_no_search_engine(client):
    response = client.get(address(offered_picture()))
    assert {name: response[name] for name in ("Cache-Control", "X-Robots-Tag", "X-Content-Type-Options")} == {
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex, nofollow",
        "X-Content-Type-Options": "nosniff",
    }
    assert response.has_header("X-Keep") is False
    assert response["Content-Disposition"].startswith('attachment; filename="khue-van-cac-')


@pytest.mark.parametrize(
    "lacking", [{"in_library": False}, {"credit": ""}, {"consent": ""}, {"alternative": ""}]
)
def test_what_is_not_offered_is_for_staff_only(client, lacking):
    picture = offered_picture(**lacking)
    assert client.get(address(picture)).status_code == 404
    client.force_login(person_with_role(Role.EDITOR))
    response = client.get(address(picture))
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert counted() == {}


def test_an_embargoed_pictures_bytes_are_refused_before_the_minute_and_sent_after_it(client):
    scheduled = offered_picture(title="scheduled", in_library=False)
    piece = story(picture=scheduled, embargo_until=timezone.now() + timedelta(hours=1))
    let_out(piece.latest_revision)
    assert client.get(scheduled.get_rendition("width-32").url).status_code == 404
    # Live already, as if a job had run early or a clock had been set wrong.
    shown, moment = offered_picture(title="shown", in_library=False), timezone.now() - timedelta(minutes=1)
    assert published(title="Live", slug="live", picture=shown, embargo_until=moment).live
    url = shown.get_rendition("width-32").url
    with clock.stopped_at(moment - timedelta(seconds=1)):
        assert client.get(url).status_code == 404
    with clock.stopped_at(moment):
        response = client.get(url)
        assert (response.status_code, content(response)[:3]) == (200, b"\xff\xd8\xff")


def test_a_file_is_kept_by_others_no_longer_than_it_may_be_shown(client):
    last = clock.today()
    picture = offered_picture(expires_date=last)
    url = picture.get_rendition("width-32").url
    midnight = clock.now().replace(hour=23, minute=59, second=30, microsecond=0)
    with clock.stopped_at(midnight):
        assert client.get(url)["Cache-Control"] == "public, max-age=30"
        assert client.get(address(picture)).status_code == 200
    with clock.stopped_at(midnight + timedelta(seconds=30)):
        assert [client.get(each).status_code for each in (url, address(picture))] == [404, 404]


def test_an_ended_picture_leaves_its_piece_and_the_piece_stays(client):
    last = clock.now()
    leading = offered_picture(title="leading", alternative="Leading", expires_date=last.date())
    inner = offered_picture(title="inner", alternative="Inner", expires_date=last.date())
    stays = offered_picture(title="stays", alternative="Stays")
    body = [
        ("text", "<p>The archive opens.</p>"),
        ("picture", {"picture": inner, "caption": ""}),
        ("gallery", {"pictures": [{"picture": inner, "caption": ""}, {"picture": stays, "caption": ""}]}),
        (
            "file",
            {"document": offered_document(title="Figures", expires_date=last.date()), "description": ""},
        ),
    ]
    piece = published(picture=leading, body=body)
    before = client.get(piece.url).content.decode()
    assert [before.count(f'alt="{word}"') for word in ("Leading", "Inner", "Stays")] == [1, 2, 1]
    assert "Figures" in before
    with clock.stopped_at(last + timedelta(days=1)):
        after = client.get(piece.url).content.decode()
        listed = client.get(piece.get_parent().url).content.decode()
        feed = client.get(reverse("feed", kwargs={"language": "en", "form": "rss"})).content.decode()
    assert [after.count(f'alt="{word}"') for word in ("Leading", "Inner", "Stays")] == [0, 0, 1]
    assert "The archive opens." in after
    assert "Figures" not in after
    for page in (after, listed, feed):
        assert f"/pictures/{leading.pk}/" not in page
        assert f"/pictures/{inner.pk}/" not in page


def test_a_drawing_is_sent_with_a_policy_that_lets_nothing_act(client):
    document = offered_document()
    response = client.get(document.url)
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
    )
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", Part(0, 999)), ("bytes=0-0", Part(0, 0)), ("bytes=990-5000", Part(990, 999)),
        ("bytes=-10", Part(990, 999)), ("bytes=-5000", Part(0, 999)), ("bytes=5-3", None), ("bytes=-", None),
        ("bytes=0-1,5-6", None), ("items=0-1", None), ("bytes=a-b", None), ("", None),
    ],
)  # fmt: skip
def test_one_part_is_understood_and_everything_else_is_the_whole(header, part):
    assert asked_part(header, 1000) == part


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-1001", "bytes=-0"])
def test_a_part_that_is_not_there_is_none(header):
    with pytest.raises(ValueError, match="bytes="):
        asked_part(header, 1000)


def test_a_film_is_sent_in_the_part_that_the_player_asks_for(client):
    data = bytes(range(256)) * 20_000
    video = film(data)
    whole = client.get(video.url)
    assert (whole.status_code, whole["Accept-Ranges"], content(whole)) == (200, "bytes", data)
    part = client.get(video.url, headers={"range": "bytes=1000-1999"})
    assert (part.status_code, part["Content-Range"], part["Content-Length"]) == (
        206, f"bytes 1000-1999/{len(data)}", "1000",
    )  # fmt: skip
    assert content(part) == data[1000:2000]
    bounded = client.get(video.url, headers={"range": "bytes=1000-"})
    assert content(bounded) == data[1000 : 1000 + LONGEST_PART]
    beyond = client.get(video.url, headers={"range": f"bytes={len(data)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(data)}")
    changed = client.get(video.url, headers={"range": "bytes=0-9", "if-range": '"another"'})
    assert (changed.status_code, content(changed)) == (200, data)
    same = client.get(video.url, headers={"range": "bytes=0-9", "if-range": whole["ETag"]})
    assert content(same) == data[:10]
    # Watching is no download.
    assert counted() == {}


def test_captions_are_there_for_whoever_may_watch(client):
    video = film(captions={"vi": "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nĐèn lồng\n"})
    response = client.get(video.captions_url("vi"))
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    assert response.content.decode() == video.captions["vi"]
    assert client.get(video.captions_url("fr")).status_code == 404
    type(video).objects.update(in_library=False)
    assert client.get(video.captions_url("vi")).status_code == 404


def test_the_library_shows_each_kind_and_each_thing_with_its_licence_first(client):
    topic = TopicFactory()
    picture = offered_picture(1200, 800, expires_date=clock.today())
    picture.topics.add(topic)
    video = film(still=picture, transcript="Nobody speaks.", captions={"en": "WEBVTT\n"})
    document = offered_document(other_words={"vi": {"title": "Số liệu"}})
    page = client.get(f"/en/library/?topic={topic.slug}").content.decode()
    assert (page.count('class="offer '), "1 item<" in page, "Khuê Văn Các in Văn Miếu" in page) == (
        1,
        True,
        True,
    )
    assert (
        client.get("/en/library/?q=van+mieu&kind=pictures&page=7").content.decode().count('class="offer ')
        == 1
    )
    assert "Nothing was found" in client.get("/en/library/?q=nowhere").content.decode()
    item = client.get(f"/en/library/pictures/{picture.pk}/").content.decode()
    assert item.index("CC BY 4.0") < item.index("1200 × 800 pixels") < item.index(address(picture))
    watched = client.get(f"/en/library/videos/{video.pk}/").content.decode()
    for part in (
        '<video controls preload="none"',
        "poster=",
        f'src="{video.captions_url("en")}"',
        "Nobody speaks.",
    ):
        assert part in watched
    assert (
        f"/documents/{document.pk}/original/"
        in client.get(f"/en/library/documents/{document.pk}/").content.decode()
    )
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert client.get(f"/en/library/pictures/{picture.pk}/").status_code == 404
    assert [client.get(f"/{path}").status_code for path in ("xx/library/", "en/library/secrets/1/")] == [
        404,
        404,
    ]
