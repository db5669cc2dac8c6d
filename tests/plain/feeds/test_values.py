"""What values refuse, and which items of a feed stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings

from khuevan.plain.feeds import Feed, MediaFile, Translation, Withdrawal
from tests.plain.feeds import obvious, samples
from tests.plain.feeds.samples import EMPTY_FEED, FEED, FILM, KIT, PICTURE, RELEASE, STORY, WITHDRAWN


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: replace(STORY, address="/vi/tin/48"), "Not an absolute web address: '/vi/tin/48'."),
        (lambda: replace(STORY, licence_address="by"), "Not an absolute web address: 'by'."),
        (lambda: replace(STORY, id="48"), "Not a URI that could identify an item: '48'."),
        (lambda: replace(STORY, language="tiếng Việt"), "Not a language tag: 'tiếng Việt'."),
        (
            lambda: replace(STORY, published_at=datetime(2026, 1, 1)),
            "published_at has no time zone: 2026-01-01T00:00:00.",
        ),
        (lambda: replace(PICTURE, type="jpeg"), "Not a media type: 'jpeg'."),
        (lambda: replace(PICTURE, width=-1), f"A measure of {PICTURE.address} is below nought."),
        (lambda: replace(FEED, hubs=("hub",)), "Not an absolute web address: 'hub'."),
        (lambda: Translation(language="x", address=STORY.address), "Not a language tag: 'x'."),
        (lambda: replace(WITHDRAWN, id=""), "Not a URI that could identify an item: ''."),
    ],
)
def test_what_no_feed_could_write_is_refused(make: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011  (the whole sentence is compared)
        make()
    assert str(refused.value) == sentence


def test_medium_of_a_file_follows_its_type() -> None:
    files = (PICTURE, FILM, KIT, MediaFile(address=PICTURE.address, type="AUDIO/mpeg"))
    assert [file.medium for file in files] == ["image", "video", "document", "audio"]
    assert STORY.pictures == (PICTURE,)


def test_item_changes_when_it_is_corrected() -> None:
    assert STORY.correction is not None
    assert STORY.changed_at == STORY.correction.corrected_at
    assert replace(STORY, correction=None).changed_at == STORY.updated_at


def test_feed_changes_with_its_items_and_withdrawals() -> None:
    assert FEED.changed_at == RELEASE.changed_at
    assert EMPTY_FEED.changed_at == EMPTY_FEED.opened_at
    assert replace(EMPTY_FEED, withdrawals=(WITHDRAWN,)).changed_at == WITHDRAWN.withdrawn_at


def test_newest_stands_first_and_each_once_in_its_last_state() -> None:
    later = replace(STORY, title="Bản sau", updated_at=STORY.changed_at + timedelta(days=1))
    feed = replace(FEED, items=(STORY, RELEASE, later))
    assert feed.standing_items() == (RELEASE, later)


def test_withdrawn_item_is_gone_until_it_is_published_again() -> None:
    gone = Withdrawal(id=STORY.id, withdrawn_at=STORY.changed_at)
    feed = replace(FEED, items=(STORY,), withdrawals=(gone,))
    assert (feed.standing_items(), feed.standing_withdrawals()) == ((), (gone,))
    again = replace(STORY, updated_at=gone.withdrawn_at + timedelta(seconds=1))
    feed = replace(feed, items=(again,))
    assert (feed.standing_items(), feed.standing_withdrawals()) == ((again,), ())


@settings(deadline=None)
@given(samples.feeds)
def test_items_and_withdrawals_stand_as_told_one_by_one(feed: Feed) -> None:
    assert list(feed.standing_items()) == obvious.standing(feed)
    assert list(feed.standing_withdrawals()) == obvious.gone(feed)
