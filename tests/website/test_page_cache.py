"""Pages from memory: the right one, to the right people, gone when something is published."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable
from typing import Any

import pytest

from khuevan.website.kept_pages import ENTRY_BYTES, Shelf, prepared, takes_gzip
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


COOKIES = frozenset({"sessionid", "csrftoken", "messages"})


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
    made = PageCache(site, stamp=stamp, cookies=COOKIES, proxied=True, clock=lambda: now[0])
    made.now = now
    return made


def get(cache, path="/en/", method="GET", query="", **headers):
    """Status, headers and body of an answer."""
    heard: list[Any] = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "site",
        "wsgi.url_scheme": "http",
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }  # fmt: skip
    body = b"".join(cache(environ, lambda status, sent, *rest: heard.append((status, dict(sent)))))
    return (*heard[-1], body)


def touch(stamp):
    os.utime(stamp, ns=(1, stamp.stat().st_mtime_ns + 1))


def test_a_page_is_asked_for_once_and_never_shows_our_own_word(cache, site):
    first, second = get(cache), get(cache)
    assert (site.asked, first, "X-Keep" in first[1]) == (1, second, False)
    assert first[2].decode() == f"{site.words}/en/"


@pytest.mark.parametrize(
    "change", [{"path": "/vi/"}, {"host": "other"}, {"query": "page=2"}, {"x_forwarded_proto": "https"}]
)
def test_pages_differ_by_host_scheme_path_and_query(cache, site, change):
    get(cache)
    get(cache, **change)
    get(cache, **change)
    assert site.asked == 2


def test_a_made_up_host_gets_what_the_site_says_to_it_and_nobody_else_does(cache, site):
    site.status, site.headers, site.words = "400 Bad Request", [("Content-Type", "text/html")], "No such host"
    assert get(cache, host="evil.example")[0] == "400 Bad Request"
    site.status, site.headers, site.words = "200 OK", Site().headers, "The page "
    assert get(cache, host="site")[2] == b"The page /en/"
    assert site.asked == 2


def test_hosts_that_anybody_can_invent_push_out_no_page(site, stamp):
    cache = PageCache(site, stamp=stamp, cookies=COOKIES, hosts=frozenset({"site"}))
    get(cache)
    for port in range(1, 6):
        get(cache, host=f"site:{port}")
    assert (len(cache._pages.entries), len(cache._invented.entries)) == (1, 5)


def test_an_address_that_nobody_has_is_passed_on_and_what_is_kept_counts_with_its_address(cache, site):
    for _twice in range(2):
        get(cache, path="/" + "x" * 1000)
        get(cache, host="x" * 300)
    assert (site.asked, cache._pages.size) == (4, 0)
    get(cache, path="/en/")
    short = cache._pages.size
    get(cache, path="/en/" + "x" * 900)
    assert cache._pages.size - short > short + 900
    cache._pages.clear()
    assert cache._pages.size == 0


def test_a_scheme_that_nobody_vouches_for_makes_no_second_page(site, stamp):
    cache = PageCache(site, stamp=stamp, cookies=COOKIES)
    get(cache)
    for made_up in ("https", "gopher", "x" * 500):
        get(cache, x_forwarded_proto=made_up)
    assert site.asked == 1


def test_a_compressed_page_is_the_same_page_under_another_tag(cache, site):
    plain, packed = get(cache), get(cache, accept_encoding="gzip, br")
    assert gzip.decompress(packed[2]) == plain[2]
    assert (packed[1]["Content-Encoding"], "Content-Encoding" in plain[1]) == ("gzip", False)
    assert (packed[1]["Vary"], plain[1]["Vary"]) == ("Accept-Encoding", "Accept-Encoding")
    assert packed[1]["ETag"] != plain[1]["ETag"]
    assert site.asked == 1


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        ("gzip", True), ("br, GZIP;q=0.5", True), ("deflate, *", True), ("gzip;q=1.0", True),
        ("", False), ("br", False), ("gzip;q=0", False), ("gzip; q=0.000, *;q=1", False), ("*;q=0", False),
        ("identity", False), ("gzipped", False), (";;,=,q=", False),
    ],
)  # fmt: skip
def test_only_who_takes_gzip_gets_it(accepted, wanted):
    assert takes_gzip(accepted) == wanted


def test_small_pages_and_pictures_are_not_compressed(cache, site):
    site.words = "Short"
    assert "Content-Encoding" not in get(cache, accept_encoding="gzip")[1]
    site.words, site.headers = "x" * 5000, [("Content-Type", "image/avif"), ("X-Keep", "20")]
    answer = get(cache, path="/a.avif", accept_encoding="gzip")
    assert ("Content-Encoding" in answer[1], "Vary" in answer[1]) == (False, False)


def test_who_has_the_page_gets_304_and_head_gets_no_body(cache, site):
    whole = get(cache)
    tag = whole[1]["ETag"]
    status, headers, body = get(cache, if_none_match=f'"other", W/{tag}')
    assert (status, headers["ETag"], body) == ("304 Not Modified", tag, b"")
    assert headers.keys() & {"Content-Length", "Content-Type", "Content-Encoding"} == set()
    assert get(cache, method="HEAD") == (whole[0], whole[1], b"")
    assert get(cache, method="HEAD", if_none_match="*")[0] == "304 Not Modified"
    assert site.asked == 1


def test_the_tag_of_one_coding_is_no_other_codings(cache):
    plain, packed = get(cache)[1]["ETag"], get(cache, accept_encoding="gzip")[1]["ETag"]
    assert get(cache, if_none_match=packed)[0] == "200 OK"
    assert get(cache, if_none_match=plain, accept_encoding="gzip")[0] == "200 OK"
    assert get(cache, if_none_match=packed, accept_encoding="gzip")[0] == "304 Not Modified"


def test_a_head_first_keeps_the_page_for_a_get(cache, site):
    asked_first = get(cache, method="HEAD")
    whole = get(cache)
    assert (asked_first[1], asked_first[2], whole[2] != b"", site.asked) == (whole[1], b"", True, 1)


def test_a_server_that_adds_to_the_headers_adds_to_no_other_answer(cache):
    def careless(status, headers, *rest):
        headers.append(("X-Request", "1"))

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/en/", "HTTP_HOST": "site", "QUERY_STRING": ""}
    list(cache(dict(environ), careless))
    list(cache(dict(environ), careless))
    assert "X-Request" not in get(cache)[1]


def test_publication_empties_the_cache_at_once(cache, site, stamp):
    get(cache)
    site.words = "Mới "
    assert get(cache)[2].startswith(b"Trang tin")
    touch(stamp)
    assert get(cache)[2].decode() == "Mới /en/"


def test_publication_is_seen_by_every_process_at_its_next_request(stamp):
    sites = [Site(), Site()]
    caches = [PageCache(site, stamp=stamp, cookies=COOKIES) for site in sites]
    for cache, site in zip(caches, sites, strict=True):
        get(cache)
        site.words = "Mới "
    touch(stamp)
    assert [get(cache)[2].decode() for cache in caches] == ["Mới /en/", "Mới /en/"]


def test_a_stamp_that_vanishes_empties_the_cache(cache, site, stamp):
    get(cache)
    stamp.unlink()
    get(cache)
    assert site.asked == 2


def test_what_was_asked_before_a_publication_is_not_kept_after_it(site, stamp):
    def publishes_meanwhile(environ, start_response):
        touch(stamp)
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
        {"cookie": "sessionid=abc"}, {"cookie": "a=b; csrftoken=x"}, {"cookie": "messages=W10"},
        {"authorization": "Basic x"}, {"range": "bytes=0-"}, {"cache_control": "no-cache"},
        {"method": "POST"}, {"method": "OPTIONS"}, {"method": "PURGE"}, {"method": "get"},
    ],
)  # fmt: skip
def test_who_may_see_more_is_never_answered_from_memory(cache, site, change):
    get(cache)
    first, second = get(cache, **change), get(cache, **change)
    assert (site.asked, "X-Keep" in first[1], "X-Keep" in second[1]) == (3, False, False)


def test_what_somebody_with_a_cookie_was_shown_is_shown_to_nobody_else(cache, site):
    site.words = "For the staff "
    get(cache, cookie="sessionid=abc")
    site.words = "For everybody "
    assert get(cache)[2] == b"For everybody /en/"


def test_a_strangers_cookie_does_not_matter(cache, site):
    get(cache)
    get(cache, cookie="_ga=1; theme=dark; xsessionid=1")
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


@pytest.mark.parametrize("invented", ["query", "missing address"])
def test_what_anybody_can_invent_pushes_out_no_page(cache, site, monkeypatch, invented):
    cache._invented = Shelf(20_000)
    get(cache)
    if invented == "missing address":
        site.status = "404 Not Found"
    for number in range(50):
        made_up = {"query": f"q={number}"} if invented == "query" else {"path": f"/en/{number}/"}
        get(cache, **made_up)
    assert cache._invented.size <= 20_000
    site.status = "200 OK"
    get(cache)
    assert site.asked == 51


def test_an_endless_query_is_answered_and_not_kept(cache, site):
    get(cache, query="q=" + "x" * 5_000)
    get(cache, query="q=" + "x" * 5_000)
    assert (site.asked, cache._invented.size, cache._pages.size) == (2, 0, 0)


def test_memory_is_bounded_and_what_is_asked_for_stays():
    def entry(number):
        return ("site", False, f"/en/{number:02}/", "")

    kept = prepared("200 OK", [], b"x" * 100, 0)
    assert kept.size == ENTRY_BYTES + 200
    # An address of eleven signs, of four bytes at most.
    each = kept.size + 44
    shelf = Shelf(5 * each)
    for number in range(20):
        shelf.put(entry(number), kept)
        shelf.find(entry(0))
    assert (shelf.size, [key[2] for key in shelf.entries]) == (
        5 * each, ["/en/16/", "/en/17/", "/en/18/", "/en/19/", "/en/00/"],
    )  # fmt: skip
    shelf.put(entry(0), kept)
    assert shelf.size == 5 * each
    shelf.clear()
    assert (shelf.size, shelf.find(entry(0))) == (0, None)


def test_a_body_that_is_a_file_is_not_kept(cache, site, monkeypatch):
    monkeypatch.setattr("khuevan.website.page_cache.LARGEST_BODY", 100)
    get(cache)
    get(cache)
    assert site.asked == 2
