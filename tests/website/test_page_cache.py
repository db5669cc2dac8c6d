"""Pages from memory: the right one, to the right people, gone when something is published."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable
from typing import Any

import pytest

from khuevan.website.page_cache import PageCache


class Site:
    """An application that counts how often it is asked, and says what it is told to say."""

    def __init__(self) -> None:
        self.asked = 0
        self.status = "200 OK"
        self.headers = [("Content-Type", "text/html; charset=utf-8"), ("X-Keep", "20")]
        self.words = "Trang tin " * 100

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        start_response(self.status, list(self.headers))
        return [f"{self.words}{environ['PATH_INFO']}".encode()]


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def stamp(tmp_path):
    path = tmp_path / "stamp"
    path.touch()
    return path


@pytest.fixture
def cache(site, stamp):
    now = [0.0]
    made = PageCache(site, stamp=stamp, cookies=frozenset({"sessionid", "csrftoken"}), clock=lambda: now[0])
    made.now = now
    return made


def get(cache, path="/en/", method="GET", **headers):
    """Status, headers and body of an answer."""
    heard: list[Any] = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "site",
        "wsgi.url_scheme": "http",
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }  # fmt: skip
    body = b"".join(cache(environ, lambda status, sent, *rest: heard.append((status, dict(sent)))))
    return (*heard[-1], body)


def test_a_page_is_asked_for_once_and_never_shows_our_own_word(cache, site):
    first, second = get(cache), get(cache)
    assert (site.asked, first, "X-Keep" in first[1]) == (1, second, False)
    assert first[2].decode() == f"{site.words}/en/"


def test_pages_differ_by_host_path_query_and_coding(cache, site):
    get(cache)
    for change in ({"path": "/vi/"}, {"host": "other"}, {"accept_encoding": "gzip, br"}):
        get(cache, **change)
    assert site.asked == 4


def test_a_compressed_page_is_the_same_page_under_another_tag(cache):
    plain, packed = get(cache), get(cache, accept_encoding="gzip")
    assert gzip.decompress(packed[2]) == plain[2]
    assert (packed[1]["Content-Encoding"], packed[1]["Vary"]) == ("gzip", "Accept-Encoding")
    assert packed[1]["ETag"] != plain[1]["ETag"]


def test_who_has_the_page_gets_304_and_head_gets_no_body(cache, site):
    tag = get(cache)[1]["ETag"]
    status, headers, body = get(cache, if_none_match=f'"other", W/{tag}')
    assert (status, headers["ETag"], body) == ("304 Not Modified", tag, b"")
    status, headers, body = get(cache, method="HEAD")
    assert (status, int(headers["Content-Length"]) > 900, body, site.asked) == ("200 OK", True, b"", 1)


def test_publication_empties_the_cache_at_once(cache, site, stamp):
    get(cache)
    site.words = "Mới "
    assert get(cache)[2].startswith(b"Trang tin")
    os.utime(stamp, ns=(1, stamp.stat().st_mtime_ns + 1))
    assert get(cache)[2].decode() == "Mới /en/"


def test_what_was_asked_before_a_publication_is_not_kept_after_it(site, stamp):
    def publishes_meanwhile(environ, start_response):
        os.utime(stamp, ns=(1, stamp.stat().st_mtime_ns + 1))
        return site(environ, start_response)

    cache = PageCache(publishes_meanwhile, stamp=stamp, cookies=frozenset())
    get(cache)
    get(cache)
    assert site.asked == 2


def test_a_page_is_not_kept_longer_than_it_says(cache, site):
    get(cache)
    cache.now[0] = 19.9
    get(cache)
    assert site.asked == 1
    cache.now[0] = 20.1
    get(cache)
    assert site.asked == 2


@pytest.mark.parametrize(
    "change",
    [
        {"cookie": "sessionid=abc"}, {"cookie": "a=b; csrftoken=x"}, {"authorization": "Basic x"},
        {"range": "bytes=0-"}, {"method": "POST"},
    ],
)  # fmt: skip
def test_who_may_see_more_is_never_answered_from_memory(cache, site, change):
    get(cache)
    get(cache, **change)
    get(cache, **change)
    assert site.asked == 3


def test_a_strangers_cookie_does_not_matter(cache, site):
    get(cache)
    get(cache, cookie="_ga=1; theme=dark")
    assert site.asked == 1


@pytest.mark.parametrize(
    "headers",
    [[("Content-Type", "text/html")], [("X-Keep", "20"), ("Set-Cookie", "a=b")], [("X-Keep", "for ever")]],
)
def test_nothing_is_kept_that_does_not_say_so(cache, site, headers):
    site.headers = headers
    assert "X-Keep" not in get(cache)[1]
    get(cache)
    assert site.asked == 2


def test_a_withdrawn_page_is_kept_with_its_status(cache, site):
    site.status = "410 Gone"
    assert (get(cache)[0], get(cache)[0], site.asked) == ("410 Gone", "410 Gone", 1)
    tag = get(cache)[1]["ETag"]
    assert get(cache, if_none_match=tag)[0] == "410 Gone"


def test_memory_is_bounded(cache, site, monkeypatch):
    monkeypatch.setattr("khuevan.website.page_cache.MOST_BYTES", 5_000)
    for number in range(20):
        get(cache, path=f"/en/{number}/")
    assert cache._size <= 5_000
    get(cache, path="/en/19/")
    assert site.asked == 20
