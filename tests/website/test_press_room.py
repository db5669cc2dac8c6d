"""The press room: who answers today, what is announced, what may be taken away."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from khuevan.core import clock
from khuevan.core.actions import unaudited
from khuevan.newsroom import kit_archive
from khuevan.newsroom.choices import StoryKind
from khuevan.newsroom.models import Contact, DownloadCount, PressKitItem, StoryPage
from tests.factories.newsroom import let_out, picture, published, story
from tests.factories.people import RecordFactory
from tests.factories.press import conference, kit, library_document, press_room

pytestmark = pytest.mark.django_db

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


class ContactFactory(RecordFactory):
    """Somebody whom reporters may reach."""

    class Meta:
        model = Contact

    name = "Lê Thị Phát Ngôn"
    post = "Người phát ngôn của Sở"
    english_post = "Spokesperson"
    telephone = "+84 (24) 0000 0001"
    email = "spokesperson@example.org"
    languages = ["vi", "en"]


def archive_of(client, made):
    answer = client.get(reverse("press_kit_archive", args=[made.locale.language_code, made.pk]))
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_room_shows_the_contacts_of_today_in_the_readers_language(client):
    ContactFactory()
    ContactFactory(name="Ended", until_date=clock.today() - timedelta(days=1))
    english, vietnamese = (client.get(press_room(code).url).content.decode() for code in ("en", "vi"))
    assert ("Ended" in english, "Answers in: Vietnamese, English" in english) == (False, True)
    assert 'href="tel:+842400000001"' in english
    assert 'href="mailto:spokesperson@example.org"' in english
    assert ("Người phát ngôn của Sở" in vietnamese, "Spokesperson" in vietnamese) == (True, False)


def test_room_shows_only_public_pieces_for_the_press_of_its_language(client):
    release = published(kind=StoryKind.PRESS_RELEASE, title="A release")
    published(title="A story")
    story(kind=StoryKind.FACT_SHEET, title="A draft")
    published("vi", kind=StoryKind.PRESS_RELEASE, title="Thông cáo")
    secret = story(
        kind=StoryKind.PRESS_RELEASE, title="Secret", embargo_until=clock.now() + timedelta(days=1)
    )
    let_out(secret.latest_revision)
    room = client.get(press_room().url).context["room"]
    assert [piece.pk for piece in room.releases] == [release.pk]


def test_conference_moves_from_coming_to_past_when_it_ends(client):
    begins = clock.now() + timedelta(days=1)
    page = conference(begins_at=begins, ends_at=begins + timedelta(hours=2))
    conference(live=False, title="Not announced")
    seen = {}
    for name, moment in (("during", begins + timedelta(hours=1)), ("after", begins + timedelta(hours=3))):
        with clock.stopped_at(moment):
            room = client.get(press_room().url).context["room"]
        seen[name] = ([each.pk for each in room.coming], [each.pk for each in room.past])
    assert seen == {"during": ([page.pk], []), "after": ([], [page.pk])}


def test_conference_says_the_hour_in_hanoi_and_the_difference_from_utc(client):
    begins = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)
    page = conference(
        begins_at=begins,
        ends_at=begins + timedelta(minutes=90),
        accreditation_until=datetime(2026, 12, 7, 17, 0, tzinfo=HANOI),
        languages=["en", "fr"],
        speakers="Lê Thị Phát Ngôn\nTrần Văn Báo Chí",
    )
    with clock.stopped_at(datetime(2026, 12, 1, 9, 0, tzinfo=HANOI)):
        said = client.get(page.url).content.decode()
    for words in (
        "Thursday, 10 December 2026",
        "09:00–10:30, Hà Nội time (UTC+7)",
        "until Monday, 7 December 2026, 17:00, Hà Nội time (UTC+7)",
        "English, French",
        "Lê Thị Phát Ngôn<br>Trần Văn Báo Chí",
    ):
        assert words in said, words


def test_calendar_file_says_the_same_in_utc(client):
    begins = datetime(2026, 12, 10, 9, 0, tzinfo=HANOI)
    page = conference(
        begins_at=begins,
        ends_at=begins + timedelta(minutes=90),
        title="Crafts; what, where",
        venue="Room 1, Hà Nội",
    )
    answer = client.get(reverse("press_conference_calendar", args=["en", page.pk]))
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (answer.headers["Content-Type"], str(event["SUMMARY"]), str(event["LOCATION"])) == (
        "text/calendar; charset=utf-8",
        "Crafts; what, where",
        "Room 1, Hà Nội",
    )
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        datetime(2026, 12, 10, 2, 0, tzinfo=UTC),
        datetime(2026, 12, 10, 3, 30, tzinfo=UTC),
    )
    assert str(event["URL"]) == f"http://testserver{page.url}"
    assert str(event["UID"]) == f"press-conference-{page.translation_key}@testserver"
    assert (
        client.get(reverse("press_conference_calendar", args=["en", conference(live=False).pk])).status_code
        == 404
    )


def test_archive_holds_what_is_public_with_its_credits(client):
    shown = picture(
        title="Pavilion", credit="Department", licence="CC BY 4.0", licence_url="https://example.org/by"
    )
    text = published(title="A release", summary="What is new.")
    made = kit(
        items=[PressKitItem(picture=shown), PressKitItem(document=library_document(title="Facts; figures"))],
        stories=[text],
    )
    archive = archive_of(client, made)
    assert archive.testzip() is None
    assert archive.namelist() == [
        "CREDITS.txt",
        "texts/01-a-release.txt",
        "pictures/01-pavilion.jpg",
        "documents/02-facts-figures.pdf",
    ]
    said = archive.read("CREDITS.txt").decode()
    for words in (
        "pictures/01-pavilion.jpg",
        "Credit: Department",
        "Licence: CC BY 4.0 https://example.org/by",
    ):
        assert words in said, words
    words = archive.read("texts/01-a-release.txt").decode()
    assert ("What is new." in words, f"http://testserver{text.url}" in words) == (True, True)
    assert archive.read("pictures/01-pavilion.jpg")[:3] == b"\xff\xd8\xff"
    assert sum(DownloadCount.objects.values_list("count", flat=True)) == 2


def test_archive_holds_nothing_under_embargo_withdrawn_expired_or_in_draft(client):
    embargo = story(title="Secret", embargo_until=clock.now() + timedelta(days=1))
    let_out(embargo.latest_revision)
    embargo.refresh_from_db()
    gone = published(title="Gone")
    gone.unpublish()
    expired = picture(title="Expired")
    made = kit(
        items=[PressKitItem(picture=expired), PressKitItem(picture=picture(title="Good"))],
        stories=[embargo, gone, story(title="Draft"), published(title="Public")],
    )
    expired.expires_date = clock.today() - timedelta(days=1)
    expired.save()
    # What somebody is adding to the kit now is no part of it before it is published.
    made.items = [*made.items.all(), PressKitItem(picture=picture(title="Tomorrow"))]
    made.save_revision()
    assert archive_of(client, made).namelist() == [
        "CREDITS.txt",
        "texts/01-public.txt",
        "pictures/01-good.jpg",
    ]
    page = client.get(made.url).content.decode()
    assert [word for word in ("Secret", "Gone", "Draft", "Tomorrow", "Expired") if word in page] == []
    # Also where a clock that was wrong has let it go live: the moment itself decides.
    StoryPage.objects.filter(pk=embargo.pk).update(live=True, first_published_at=clock.now())
    seen = []
    for moment in (embargo.embargo_until - timedelta(seconds=1), embargo.embargo_until):
        with clock.stopped_at(moment):
            seen.append("texts/01-secret.txt" in archive_of(client, made).namelist())
    assert seen == [False, True]


def test_archive_of_a_kit_that_is_not_public_empty_or_too_large_is_not_there(client, monkeypatch):
    draft, empty = kit(stories=[published()], live=False), kit()
    large = kit(items=[PressKitItem(picture=picture())])
    for made in (draft, empty):
        assert client.get(reverse("press_kit_archive", args=["en", made.pk])).status_code == 404
    monkeypatch.setattr(kit_archive, "MOST_BYTES", 10)
    assert client.get(reverse("press_kit_archive", args=["en", large.pk])).status_code == 404
    assert b".zip" not in client.get(large.url).content


def test_archive_is_never_kept(client):
    made = kit(stories=[published()])
    answer = client.get(reverse("press_kit_archive", args=["en", made.pk]))
    assert ("X-Keep" in answer.headers, answer.headers["Cache-Control"], answer.streaming) == (
        False,
        "no-store",
        True,
    )


@pytest.mark.parametrize("number", [1, 3])
def test_room_asks_as_much_for_three_as_for_one(client, django_assert_num_queries, number):
    room = press_room()
    for place in range(number):
        ContactFactory(name=f"Contact {place}")
        published(kind=StoryKind.PRESS_RELEASE, title=f"Release {place}")
        conference()
        kit(stories=[])
    client.get(room.url)
    with django_assert_num_queries(18):
        answer = client.get(room.url)
    assert [len(each) for each in (answer.context["room"].contacts, answer.context["room"].coming)] == [
        number
    ] * 2


def test_kept_room_is_outdated_when_a_contact_ends(
    client, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.PAGE_STAMP = tmp_path / "stamp"
    contact = ContactFactory()
    with django_capture_on_commit_callbacks(execute=True):
        contact.until_date = date(2020, 1, 1)
        with unaudited("a test's own data"):
            contact.save()
    assert settings.PAGE_STAMP.exists()
