"""Links of pages to other sites: gathered, asked when they are due, told to writers and on the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from khuevan.newsroom.actions import withdraw_piece
from khuevan.newsroom.hints import hints_of
from khuevan.newsroom.link_checks import CheckedLinks, check_links
from khuevan.newsroom.link_collecting import CollectedLinks, collect_links
from khuevan.newsroom.link_jobs import ask_links, gather_links
from khuevan.newsroom.models import LinkCheck, LinkUse, PressRoomPage
from khuevan.newsroom.queries.broken_links import broken_links
from khuevan.newsroom.web_links import WebLink, links_of_html, links_of_value
from khuevan.people.choices import Role
from tests.factories.links import NOW, dead, text
from tests.factories.newsroom import home, let_out, published, story
from tests.factories.people import person_with_role
from tests.fakes.link_server import Page, running_site

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ABC = tuple(f"https://{name}.example/" for name in "abc")


@pytest.fixture(autouse=True)
def links_are_checked(settings):
    settings.CHECK_LINKS, settings.LINKS_LOOPBACK = True, True
    settings.WAGTAILADMIN_BASE_URL = "https://doingoai.example.vn"


@pytest.fixture
def site():
    with running_site() as found:
        yield found


def addresses() -> list[str]:
    return sorted(LinkCheck.objects.values_list("address", flat=True))


def uses() -> list[tuple[str, str, bool]]:
    rows = LinkUse.objects.order_by("page_id", "link__address")
    return [(use.page.title, use.link.address, use.is_published) for use in rows]


def check(days: float = 0) -> CheckedLinks:
    return check_links(NOW + days * DAY)


def hints(piece) -> list[tuple[str, str]]:
    return [(hint.code, hint.sentence) for hint in hints_of(piece) if hint.code in ("NR-37", "NR-38")]


def test_links_are_read_as_they_are_stored():
    html = (
        '<p>See <a href="HTTPS://Vi.Example.ORG:443/wiki/Hà Nội?a=1&amp;b=2#top"> the <b>old</b> page </a>,'
        '<a linktype="page" id="3">ours</a> <a href="mailto:x@example.org">mail</a> <a href="/en/">home</a>'
        '<a href="https://name:secret@example.org/">secret</a> <a href="https://doingoai.example.vn/vi/">us</a>'
        '<a href="https://khuê.example/">name</a><a href="http://[::1]:81/x">six</a><a href="http://x:y/">odd</a></p>'
    )
    assert links_of_html(html) == [
        WebLink(
            "https://vi.example.org/wiki/H%C3%A0%20N%E1%BB%99i?a=1&b=2",
            "HTTPS://Vi.Example.ORG:443/wiki/Hà Nội?a=1&b=2#top",
            "the old page",
        ),
        WebLink("https://xn--khu-hma.example/", "https://khuê.example/", "name"),
        WebLink("http://[::1]:81/x", "http://[::1]:81/x", "six"),
    ]
    blocks = [{"type": "any", "value": {"items": [{"answer": '<a href="http://a.example#1">one</a>'}, html]}}]
    twice = [*blocks, '<a href="http://a.example/">again</a>']
    assert [link.words for link in links_of_value(twice)] == ["one", "the old page", "name", "six"]


def test_links_are_gathered_from_what_is_published_and_what_is_written():
    piece = published(title="Published", body=[*text("https://a.example/1"), ("exchange", {
        "question": "Where?", "answer": '<a href="https://b.example/">There</a>',
    })])  # fmt: skip
    piece.body = text("https://a.example/1", "https://c.example/")
    piece.save_revision()
    story(title="Draft", slug="draft", body=text("https://a.example/1"))
    story(title="None", slug="none")
    room = PressRoomPage(
        title="Room", slug="room", locale=piece.locale, working_here=text("https://d.example/")[0][1]
    )
    home().add_child(instance=room)
    assert collect_links(NOW) == CollectedLinks(new=4)
    assert uses() == [
        ("Published", "https://a.example/1", True),
        ("Published", "https://b.example/", True),
        ("Published", "https://c.example/", False),
        ("Draft", "https://a.example/1", False),
        ("Room", "https://d.example/", True),
    ]
    before = set(LinkUse.objects.values_list("pk", flat=True))
    assert collect_links(NOW + DAY) == CollectedLinks()
    assert set(LinkUse.objects.values_list("pk", flat=True)) == before
    assert set(LinkCheck.objects.values_list("next_at", flat=True)) == {NOW}


def test_what_is_used_nowhere_any_more_is_forgotten():
    piece = published(title="Published", body=text("https://a.example/", "https://b.example/"))
    gone = story(title="Draft", slug="draft", body=text("https://a.example/", "https://c.example/"))
    collect_links(NOW)
    gone.delete()
    assert collect_links(NOW) == CollectedLinks(forgotten=1)
    piece.refresh_from_db()
    piece.body = text("https://b.example/")
    draft = piece.save_revision()
    assert collect_links(NOW) == CollectedLinks()
    let_out(draft)
    assert collect_links(NOW) == CollectedLinks(forgotten=1)
    assert uses() == [("Published", "https://b.example/", True)]
    withdraw_piece(by=person_with_role(Role.EDITOR), page=piece, text="It was not so.")
    assert (collect_links(NOW), addresses()) == (CollectedLinks(forgotten=1), [])


def test_what_is_under_embargo_tells_nobody():
    later = story(title="Later", embargo_until=NOW + DAY, body=text("https://a.example/"))
    translation = later.copy_for_translation(home("fr").locale, copy_parents=True)
    translation.title, translation.embargo_until, translation.go_live_at = "Plus tard", None, None
    translation.body = text("https://b.example/")
    translation.save_revision()
    assert (collect_links(NOW), addresses()) == (CollectedLinks(), [])
    assert collect_links(NOW + 2 * DAY) == CollectedLinks(new=2)


def test_embargo_that_only_the_newest_draft_names_tells_nobody_either():
    later = story(title="Later", body=text("https://a.example/"))
    later.embargo_until = NOW + DAY
    later.save_revision()
    assert type(later).objects.get(pk=later.pk).embargo_until is None
    assert (collect_links(NOW), addresses()) == (CollectedLinks(), [])
    assert collect_links(NOW + 2 * DAY) == CollectedLinks(new=1)


def test_each_link_is_asked_when_it_is_due_and_each_host_once_in_a_run(site):
    site.pages["/lost"] = Page(404)
    published(body=text(f"{site.url}/well", f"{site.url}/lost"))
    collect_links(NOW)
    assert [check(), check(), check()] == [CheckedLinks(1), CheckedLinks(1), CheckedLinks()]
    assert site.asked == [("HEAD", "/lost"), ("GET", "/lost"), ("HEAD", "/well")]
    site.asked.clear()
    assert [check(0.9), check(1), check(1), check(6.9), check(6.9)] == [
        CheckedLinks(), CheckedLinks(1), CheckedLinks(), CheckedLinks(1), CheckedLinks(),
    ]  # fmt: skip
    assert {path for _way, path in site.asked} == {"/lost"}
    assert check(7) == CheckedLinks(1)
    assert site.asked[-1] == ("HEAD", "/well")
    assert LinkCheck.objects.filter(address__endswith="/lost").values_list(
        "finding", "status", "failures", "failed_days", "failing_since"
    ).get() == ("GONE", 404, 3, 3, NOW)
    site.pages.clear()
    assert check(8) == CheckedLinks(1)
    assert set(LinkCheck.objects.values_list("finding", "failures", "failing_since")) == {("GOOD", 0, None)}


def test_run_asks_no_more_than_it_may(site, settings):
    settings.LINKS_A_RUN = 1
    other = site.url.replace("127.0.0.1", "localhost")
    published(body=text(f"{site.url}/", f"{other}/"))
    collect_links(NOW)
    assert [check(), check(), check()] == [CheckedLinks(1), CheckedLinks(1), CheckedLinks()]


def test_slow_site_costs_the_run_its_time_and_others_only_their_turn(site, settings):
    settings.LINK_RUN_SECONDS = 0.7
    site.pages["/slow"] = Page(silent=True)
    other = site.url.replace("127.0.0.1", "localhost")
    published(body=text(f"{site.url}/slow", f"{other}/well"))
    collect_links(NOW)
    assert check() == CheckedLinks(is_offline=True)
    assert site.asked == [("HEAD", "/slow")]
    settings.LINK_RUN_SECONDS = 20
    site.pages.clear()
    # Nobody knew whether it was the site or our network: it waits, and holds up nobody.
    assert [check(0.001), check(0.01), check(0.01), check(0.1)] == [
        CheckedLinks(), CheckedLinks(1), CheckedLinks(), CheckedLinks(1),
    ]  # fmt: skip


def test_silence_counts_only_while_others_answer(site):
    with running_site() as fallen:
        pass
    fallen_url = fallen.url.replace("127.0.0.1", "localhost")
    published(body=text(f"{fallen_url}/"))
    collect_links(NOW)
    assert check() == CheckedLinks(is_offline=True)
    assert LinkCheck.objects.values_list("failures", "asked_at", "next_at").get() == (
        0, None, NOW + timedelta(hours=1),
    )  # fmt: skip
    # One that was well is asked for a witness.
    published(title="Witness", slug="witness", body=text(f"{site.url}/"))
    collect_links(NOW)
    check()
    assert check(1) == CheckedLinks(1)
    assert site.asked == [("HEAD", "/"), ("HEAD", "/")]
    assert set(LinkCheck.objects.values_list("finding", "failures", "next_at")) == {
        ("TROUBLED", 1, NOW + 2 * DAY), ("GOOD", 0, NOW + 8 * DAY),
    }  # fmt: skip


def test_writer_is_told_of_what_died_and_what_moved(site):
    site.pages |= {"/dead": Page(404), "/moved": Page(301, "/new"), "/wall": Page(403), "/weak": Page(503)}
    piece = published(
        body=text(*(f"{site.url}{path}" for path in ("/dead#2", "/moved", "/wall", "/weak", "/ok")))
    )
    collect_links(NOW)
    for _run in range(5):
        check()
    moved = ("NR-38", f"{site.url}/moved has moved for good to {site.url}/new: link to that.")
    assert hints(piece) == [moved]
    for day in (1, 1, 2, 2, 3, 3):
        check(day)
    died = "has led nowhere since 26/11/2026."
    assert hints(piece) == [
        ("NR-37", f"The link to {site.url}/dead#2 {died}"),
        ("NR-37", f"The link to {site.url}/weak {died}"),
        moved,
    ]
    assert all(not hint.blocks for hint in hints_of(piece) if hint.code in ("NR-37", "NR-38"))


def test_hints_need_as_many_queries_for_three_links_as_for_one():
    one = published(title="One piece of news", body=text("https://a.example/"))
    three = published(title="Another piece of news", slug="three", body=text(*ABC))
    collect_links(NOW)
    for link in LinkCheck.objects.all():
        dead(link)
    counts = []
    for piece in (one, three):
        with CaptureQueriesContext(connection) as asked:
            assert len(hints(piece)) == (1 if piece is one else 3)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_without_the_setting_nothing_is_gathered_asked_or_told(site, settings):
    piece = published(body=text(f"{site.url}/"))
    collect_links(NOW)
    dead(LinkCheck.objects.get())
    settings.CHECK_LINKS = False
    assert (collect_links(NOW), check(30), site.asked) == (CollectedLinks(), CheckedLinks(), [])
    assert (hints(piece), list(broken_links())) == ([], [])


def test_jobs_say_what_they_did(site):
    assert (gather_links(), ask_links()) == ("", "")
    published(body=text(f"{site.url}/"))
    assert (gather_links(), ask_links()) == ("New links: 1, forgotten: 0", "1 link asked")
    assert (gather_links(), ask_links(), len(site.asked)) == ("", "", 1)
