"""What was withdrawn is a tombstone in Atom, a line in JSON Feed, and nowhere else a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.plain.feeds import Feed, Withdrawal, atom_feed, json_feed, rss_feed
from tests.plain.feeds import samples
from tests.plain.feeds.readers import read_atom, read_json_feed, read_rss
from tests.plain.feeds.samples import ADDRESS, FEED, PUBLISHER, RELEASE, STORY

TAKEN_BACK = replace(
    FEED,
    items=(STORY, RELEASE),
    withdrawals=(
        Withdrawal(
            id=STORY.id, withdrawn_at=STORY.changed_at + timedelta(hours=1), reason="Gỡ vì nhầm ngày."
        ),
    ),
)


def test_withdrawn_item_is_left_out_of_rss() -> None:
    data = rss_feed(TAKEN_BACK, address=ADDRESS)
    assert [item["id"] for item in read_rss(data)["items"]] == [RELEASE.id]
    assert STORY.id.encode() not in data


def test_withdrawn_item_is_a_tombstone_in_atom() -> None:
    data = atom_feed(TAKEN_BACK, address=ADDRESS)
    read = read_atom(data)
    assert [entry["id"] for entry in read["entries"]] == [RELEASE.id]
    assert read["graves"] == [
        {
            "id": STORY.id,
            "when": STORY.changed_at + timedelta(hours=1),
            "links": [],
            "by": [(PUBLISHER.name, PUBLISHER.address)],
            "comment": "Gỡ vì nhầm ngày.",
        }
    ]
    assert "Hồ nhỏ hơn".encode() not in data


def test_withdrawn_item_is_named_in_json_feed() -> None:
    data = json_feed(TAKEN_BACK, address=ADDRESS)
    read = read_json_feed(data)
    assert [item["id"] for item in read["items"]] == [RELEASE.id]
    assert read["_khuevan"]["withdrawn"] == [
        {"id": STORY.id, "date": "2026-03-06T09:00:00+07:00", "reason": "Gỡ vì nhầm ngày."}
    ]
    assert "Hồ nhỏ hơn".encode() not in data


@settings(deadline=None, max_examples=60)
@given(samples.feeds, st.sets(samples.identifiers))
def test_no_reader_finds_an_item_that_was_withdrawn_last(feed: Feed, taken_back: set[str]) -> None:
    later = feed.changed_at + timedelta(days=1)
    withdrawals = tuple(Withdrawal(id=one, withdrawn_at=later) for one in sorted(taken_back))
    feed = replace(feed, withdrawals=feed.withdrawals + withdrawals)
    atom = read_atom(atom_feed(feed, address=ADDRESS))
    in_atom = {entry["id"] for entry in atom["entries"]}
    in_rss = {item["id"] for item in read_rss(rss_feed(feed, address=ADDRESS))["items"]}
    in_json = {item["id"] for item in read_json_feed(json_feed(feed, address=ADDRESS))["items"]}
    assert in_atom == in_rss == in_json
    assert not in_atom & taken_back
    assert taken_back <= {grave["id"] for grave in atom["graves"]}
