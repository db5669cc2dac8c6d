"""One link is asked as a browser would get it, over real HTTP: moved, walled, slow, endless, led astray."""

from __future__ import annotations

import time

import pytest

from khuevan.core.outgoing import Obstacle
from khuevan.newsroom.link_asking import ROUND, LinkAnswer, answer_of_link
from khuevan.plain.link_health import Finding
from tests.fakes.link_server import Page, running_site


@pytest.fixture
def site(settings):
    settings.LINKS_LOOPBACK = True
    settings.WAGTAILADMIN_BASE_URL = "https://doingoai.example.vn"
    with running_site() as found:
        yield found


def ask(site, path: str, seconds: float = 30) -> LinkAnswer | None:
    return answer_of_link(f"{site.url}{path}", time.monotonic() + seconds)


@pytest.mark.parametrize(
    ("page", "finding", "status", "ways"),
    [
        (Page(200), Finding.GOOD, 200, "HEAD"),
        (Page(404), Finding.GONE, 404, "HEAD GET"),
        (Page(410), Finding.GONE, 410, "HEAD"),
        (Page(503), Finding.TROUBLED, 503, "HEAD GET"),
        (Page(403), Finding.UNCHECKED, 403, "HEAD GET"),
        (Page(401), Finding.UNCHECKED, 401, "HEAD"),
        (Page(429), Finding.UNCHECKED, 429, "HEAD"),
        # What is refused to HEAD alone is no page's death.
        (Page(200, head=405), Finding.GOOD, 200, "HEAD GET"),
        (Page(200, head=501), Finding.GOOD, 200, "HEAD GET"),
        (Page(200, head=404), Finding.GOOD, 200, "HEAD GET"),
        (Page(200, head=0), Finding.GOOD, 200, "HEAD GET"),
        (Page(200, head=405, endless=True), Finding.GOOD, 200, "HEAD GET"),
        # A redirect that names no place says nothing.
        (Page(302), Finding.UNCHECKED, 302, "HEAD"),
    ],
)
def test_answers_say_what_a_reader_would_get(site, page, finding, status, ways):
    site.pages["/page"] = page
    assert ask(site, "/page") == LinkAnswer(finding, status, reached=True)
    assert site.asked == [(way, "/page") for way in ways.split()]


def test_whoever_asks_says_who_it_is(site):
    ask(site, "/")
    assert site.agents == {"KhueVan-links/1.0 (+https://doingoai.example.vn; checks links of this site)"}


def test_what_moved_for_good_is_told_as_far_as_it_moved_for_good(site):
    site.pages |= {
        "/old": Page(301, "/newer"), "/newer": Page(308, "/new"), "/new": Page(302, "/today"),
        "/away": Page(302, "/old"), "/lost": Page(301, "/gone"), "/gone": Page(404),
        "/accents": Page(301, "/Hà Nội".encode().decode("latin-1")),
    }  # fmt: skip
    assert ask(site, "/old") == LinkAnswer(Finding.GOOD, 200, moved_to=f"{site.url}/new", reached=True)
    assert ask(site, "/newer") == LinkAnswer(Finding.GOOD, 200, moved_to=f"{site.url}/new", reached=True)
    assert ask(site, "/new") == LinkAnswer(Finding.GOOD, 200, reached=True)
    assert ask(site, "/lost") == LinkAnswer(Finding.GONE, 404, reached=True)
    assert ask(site, "/accents").moved_to == f"{site.url}/H%C3%A0%20N%E1%BB%99i"
    # Four redirects are one too many.
    assert ask(site, "/away") == LinkAnswer(Finding.UNCHECKED, obstacle=ROUND, reached=True)


def test_redirects_without_end_say_nothing(site):
    site.pages |= {"/here": Page(302, "/there"), "/there": Page(302, "/here")}
    assert ask(site, "/here") == LinkAnswer(Finding.UNCHECKED, obstacle=ROUND, reached=True)
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    ("location", "obstacle"),
    [
        ("http://10.0.0.7/files", Obstacle.PRIVATE),
        ("http://169.254.169.254/latest", Obstacle.PRIVATE),
        ("http://[fd00::1]/", Obstacle.PRIVATE),
        ("http://name:secret@example.vn/", Obstacle.ADDRESS),
        ("file:///etc/passwd", Obstacle.ADDRESS),
        ("http://example.vn:99999/", Obstacle.ADDRESS),
    ],
)
def test_redirect_that_leads_astray_is_not_followed(site, location, obstacle):
    site.pages["/page"] = Page(302, location)
    assert ask(site, "/page") == LinkAnswer(Finding.UNCHECKED, obstacle=obstacle.name, reached=True)


def test_this_machine_is_asked_in_tests_alone(site, settings):
    settings.LINKS_LOOPBACK = False
    assert ask(site, "/page") == LinkAnswer(Finding.UNCHECKED, obstacle=Obstacle.PRIVATE.name)
    assert site.asked == []


def test_silent_server_takes_no_more_than_the_time_there_is(site):
    site.pages["/silent"] = Page(silent=True)
    assert ask(site, "/silent", 0.7) is None
    assert ask(site, "/", 0.1) is None


def test_server_that_is_down_and_name_that_is_gone(site):
    with running_site() as other:
        pass
    assert ask(other, "/") == LinkAnswer(Finding.TROUBLED, obstacle=Obstacle.UNREACHABLE.name)
    gone = answer_of_link("http://no-such-name.invalid/", time.monotonic() + 30)
    assert gone == LinkAnswer(Finding.GONE, obstacle=Obstacle.NOT_FOUND.name)
    site.pages["/page"] = Page(301, "http://no-such-name.invalid/")
    assert ask(site, "/page") == LinkAnswer(Finding.GONE, obstacle=Obstacle.NOT_FOUND.name, reached=True)
