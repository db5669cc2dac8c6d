"""Feeds and the API make no picture while a reader waits: they speak of what is there, and ask for the rest."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from khuevan.newsroom.jobs import make_sizes
from khuevan.newsroom.library_jobs import make_missing_sizes
from khuevan.newsroom.missing_sizes import TRIED_AGAIN, queue_missing_sizes
from khuevan.newsroom.models import Picture, PictureRendition
from khuevan.newsroom.rendering import CARD, SYNDICATED, filters
from tests.factories.library import film
from tests.factories.newsroom import picture, published

pytestmark = pytest.mark.django_db
ANSWERS = (
    "/en/feeds/rss/", "/en/feeds/atom/", "/en/feeds/json/", "/api/v1/stories/?fields=*", "/api/v1/pictures/",
    "/api/v1/videos/",
)  # fmt: skip


@pytest.fixture
def stamp(settings, tmp_path):
    settings.PAGE_STAMP = tmp_path / "stamp"
    settings.PAGE_STAMP.touch()
    return lambda: settings.PAGE_STAMP.stat().st_mtime_ns


def asked_for():
    """The pictures whose sizes are on their way, as often as they are queued."""
    tasks = DBTaskResult.objects.filter(task_path=make_missing_sizes.module_path)
    return sorted(given["args"][0] for given in tasks.values_list("args_kwargs", flat=True))


def cold_piece():
    """A piece with a picture at its head, one in its text and two in a gallery, none of which has a size."""
    leading, in_text, *others = (picture(title=f"{number}", in_library=number < 2) for number in range(4))
    gallery = [{"picture": one, "caption": ""} for one in others]
    return published(
        picture=leading,
        body=[("picture", {"picture": in_text, "caption": "The gate"}), ("gallery", {"pictures": gallery})],
    )


def item_of(client):
    [item] = json.loads(client.get("/en/feeds/json/").content)["items"]
    return item


def renditions_of(client, piece):
    return json.loads(client.get(f"/api/v1/stories/{piece.pk}/").content)["picture"]["renditions"]


def test_answers_make_no_size_and_ask_for_each_picture_once(client):
    cold_piece()
    still = picture(title="Still")
    film(still=still)
    for _time in range(2):
        for address in ANSWERS:
            assert client.get(address).status_code == 200
    assert PictureRendition.objects.count() == 0
    assert asked_for() == sorted(Picture.objects.values_list("pk", flat=True))


def test_what_was_made_meanwhile_stands_in_the_next_answer(client, stamp, django_capture_on_commit_callbacks):
    piece = cold_piece()
    before = item_of(client)
    # The words that are seen stand for the picture, as wherever it cannot be shown.
    assert ("attachments" in before, "<img" in before["content_html"]) == (False, False)
    assert before["content_html"].count("A red pavilion over a pond") == 3
    assert renditions_of(client, piece) == []
    seen = stamp()
    with django_capture_on_commit_callbacks(execute=True):
        for key in asked_for():
            make_missing_sizes.func(key)
    # Whatever was kept without them is outdated.
    assert stamp() > seen
    after = item_of(client)
    assert [one["mime_type"] for one in after["attachments"]] == ["image/jpeg"]
    assert (after["content_html"].count("<picture"), after["content_html"].count("image/avif")) == (3, 3)
    assert len(renditions_of(client, piece)) == 4
    assert PictureRendition.objects.count() == 4 * len(filters())
    assert len(asked_for()) == 4


def test_another_size_stands_in_for_the_one_that_is_missing(client):
    piece = cold_piece()
    made = [one.get_rendition("format-jpeg|width-480") for one in Picture.objects.all()]
    item = item_of(client)
    address = f"http://testserver{piece.picture.get_rendition('format-jpeg|width-480').url}"
    assert [one["url"] for one in item["attachments"]] == [address]
    assert [one["url"] for one in renditions_of(client, piece)] == [address]
    assert item["content_html"].count("<img src=") == 3
    assert PictureRendition.objects.count() == len(made)


def test_a_job_that_failed_is_not_queued_again_for_a_day(client):
    thing = picture()
    assert (queue_missing_sizes([thing, thing]), queue_missing_sizes([thing])) == (1, 0)
    failed_at = timezone.now()
    DBTaskResult.objects.update(status="FAILED", finished_at=failed_at)
    assert queue_missing_sizes([thing]) == 0
    DBTaskResult.objects.update(finished_at=failed_at - TRIED_AGAIN - timedelta(minutes=1))
    assert queue_missing_sizes([thing]) == 1


def test_a_picture_whose_sizes_went_after_its_job_is_asked_for_again():
    thing = picture()
    queue_missing_sizes([thing])
    make_missing_sizes.func(thing.pk)
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=timezone.now())
    assert queue_missing_sizes([thing]) == 0
    PictureRendition.objects.filter(filter_spec=CARD).delete()
    assert queue_missing_sizes([Picture.objects.get()]) == 1


def test_pictures_with_their_sizes_cost_no_question(django_assert_num_queries):
    thing = picture()
    thing.get_renditions(*SYNDICATED)
    [thing] = Picture.objects.prefetch_related("renditions")
    with django_assert_num_queries(0):
        assert queue_missing_sizes([thing]) == 0


def test_a_picture_that_is_gone_needs_no_sizes(stamp):
    before = stamp()
    make_missing_sizes.func(999_999)
    assert (PictureRendition.objects.count(), stamp()) == (0, before)


def test_sizes_that_were_there_outdate_nothing(stamp, django_capture_on_commit_callbacks):
    piece = published(picture=picture())
    seen = [stamp()]
    for job, key in ((make_sizes, piece.pk), (make_sizes, piece.pk), (make_missing_sizes, piece.picture_id)):
        with django_capture_on_commit_callbacks(execute=True):
            job.func(key)
        seen.append(stamp())
    assert [one > seen[0] for one in seen] == [False, True, True, True]
    assert seen[1:] == [seen[1]] * 3


def test_the_card_of_a_page_is_there_at_its_first_view(client):
    piece = published(picture=picture())
    for address in (piece.url, piece.get_parent().url):
        PictureRendition.objects.all().delete()
        assert b'property="og:image"' in client.get(address).content
