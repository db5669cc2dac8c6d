"""Details of the feeds that a reader depends on and a round trip does not show."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

from khuevan.plain.feeds import (
    atom_feed,
    etag,
    json_feed,
    last_modified,
    link,
    rss_feed,
    write_atom,
    write_rss,
)
from tests.plain.feeds.readers import CONTENT, parsed, read_atom, read_json_feed, read_rss
from tests.plain.feeds.samples import ADDRESS, EMPTY_FEED, FEED, SITE, STORY

OLDER = f"{SITE}/vi/tin/feed?p=2"


class Counting(io.BytesIO):
    """A stream that remembers how often it was written to."""

    writes = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Counts, and writes."""
        self.writes += 1
        return super().write(data)


def test_older_items_are_linked() -> None:
    rss = read_rss(rss_feed(FEED, address=ADDRESS, next_address=OLDER))
    atom = read_atom(atom_feed(FEED, address=ADDRESS, next_address=OLDER))
    assert (rss["links"][-1], atom["links"][-1]) == (("next", OLDER), ("next", OLDER))
    assert read_json_feed(json_feed(FEED, address=ADDRESS, next_address=OLDER))["next_url"] == OLDER


def test_feeds_are_written_item_by_item() -> None:
    many = tuple(
        replace(STORY, id=f"{STORY.id}/{number}", published_at=STORY.published_at + timedelta(minutes=number))
        for number in range(30)
    )
    feed = replace(FEED, items=many)
    for write, whole in ((write_rss, rss_feed), (write_atom, atom_feed)):
        out = Counting()
        write(out, feed, address=ADDRESS)
        assert out.writes >= len(many)
        assert out.getvalue() == whole(feed, address=ADDRESS)


def test_same_feed_gives_the_same_bytes_in_any_order() -> None:
    turned = replace(FEED, items=FEED.items[::-1])
    assert rss_feed(turned, address=ADDRESS) == rss_feed(FEED, address=ADDRESS)
    assert atom_feed(turned, address=ADDRESS) == atom_feed(FEED, address=ADDRESS)
    assert json_feed(turned, address=ADDRESS) == json_feed(FEED, address=ADDRESS)


def test_description_of_rss_stands_before_the_content() -> None:
    item = parsed(rss_feed(FEED, address=ADDRESS)).findall("channel/item")[1]
    names = [child.tag for child in item]
    assert names.index("description") < names.index(f"{CONTENT}encoded")


def test_atom_declares_no_prefix_for_the_language() -> None:
    assert b"ns0" not in atom_feed(FEED, address=ADDRESS)


def test_feed_without_a_word_still_has_what_formats_require() -> None:
    home = EMPTY_FEED.home_address
    assert read_rss(rss_feed(EMPTY_FEED, address=ADDRESS)) == {
        "title": home,
        "link": home,
        "description": home,
        "language": "en",
        "rights": "",
        "changed_at": EMPTY_FEED.opened_at,
        "links": [("self", ADDRESS)],
        "items": [],
    }
    atom = read_atom(atom_feed(EMPTY_FEED, address=ADDRESS))
    assert (atom["title"], atom["changed_at"], atom["entries"]) == (home, EMPTY_FEED.opened_at, [])
    assert read_json_feed(json_feed(EMPTY_FEED, address=ADDRESS))["items"] == []


def test_tag_of_an_answer_changes_with_any_byte() -> None:
    assert etag(b"") == '"e3b0c44298fc1c149afbf4c8996fb924"'
    assert etag(b"a") != etag(b"b")


def test_last_change_is_told_in_greenwich_time() -> None:
    assert last_modified(FEED) == "Sat, 07 Mar 2026 00:00:30 GMT"


def test_hubs_and_the_feed_itself_stand_in_the_link_header() -> None:
    assert link(FEED, address=ADDRESS) == f'<https://hub.example.vn/>; rel="hub", <{ADDRESS}>; rel="self"'
    assert link(EMPTY_FEED, address=ADDRESS) == ""
