"""Hubs are told of every change that readers of a feed would see, once, and until they have heard it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from khuevan.newsroom.actions import correct_piece, release_due, withdraw_piece
from khuevan.newsroom.jobs import make_sizes
from khuevan.newsroom.models import StoryPage
from khuevan.people.choices import Role
from khuevan.website.jobs import tell_waiting_hubs
from khuevan.website.models import HubNotice
from khuevan.website.websub import LONGEST_PAUSE, MOST_TRIES, SOON, ToldHubs, tell_hubs
from tests.factories.newsroom import TopicFactory, let_out, picture, published, section, story
from tests.factories.people import PostFactory, UserFactory
from tests.fakes.hub_server import running_hub

pytestmark = pytest.mark.django_db
SITE = "https://news.example.vn"
FORMS = ("rss", "atom", "json")


@pytest.fixture
def hub(settings):
    """A hub that is set, and may be asked though it is on this machine."""
    section()
    with running_hub() as running:
        settings.WEBSUB_HUBS, settings.WEBSUB_LOOPBACK = [running.url], True
        settings.WAGTAILADMIN_BASE_URL = SITE
        yield running


def editor():
    person = UserFactory()
    PostFactory(person=person, role=Role.EDITOR)
    return person


def tell(later=timedelta(seconds=1)):
    return tell_hubs(timezone.now() + later)


def feeds(*paths):
    return sorted(f"{SITE}/en/{path}feeds/{form}/" for path in paths for form in FORMS)


def test_publication_correction_and_withdrawal_are_told_of_every_feed_that_changed(hub):
    piece = published(topics=[TopicFactory(slug="heritage")])
    all_of_them = feeds("", "news/", "topics/heritage/")
    assert tell() == ToldHubs(told=9)
    assert sorted(hub.told) == all_of_them
    assert (tell(), hub.asked) == (ToldHubs(), 9)
    for change in (correct_piece, withdraw_piece):
        hub.told.clear()
        change(by=editor(), page=StoryPage.objects.get(pk=piece.pk), text="It was not so.")
        tell()
        assert sorted(hub.told) == all_of_them


def test_nothing_is_told_before_the_minute(hub):
    moment = timezone.now() + timedelta(hours=1)
    piece = story(embargo_until=moment)
    let_out(piece.latest_revision)
    assert (tell(), HubNotice.objects.count(), hub.asked) == (ToldHubs(), 0, 0)
    StoryPage.objects.filter(pk=piece.pk).update(embargo_until=timezone.now(), go_live_at=None)
    piece.refresh_from_db()
    let_out(piece.save_revision())
    assert release_due(timezone.now()).refused == ()
    tell()
    assert sorted(hub.told) == feeds("", "news/")


def test_many_changes_are_one_word(hub):
    for number in range(3):
        published(title=f"Piece {number}", slug=f"piece-{number}")
    assert tell() == ToldHubs(told=6)
    assert sorted(hub.told) == feeds("", "news/")


def test_hub_that_is_down_hears_it_later_and_is_left_in_peace(hub):
    published()
    hub.status = 503
    assert (tell(), hub.asked) == (ToldHubs(postponed=6), 1)
    assert (tell(), hub.asked) == (ToldHubs(), 1)
    assert set(HubNotice.objects.values_list("failure", "tries")) == {("HTTP 503", 1)}
    hub.status = 202
    assert tell(SOON * 2) == ToldHubs(told=6)
    assert set(HubNotice.objects.values_list("failure", "tries")) == {("", 0)}


def test_pauses_grow_and_end(hub):
    published()
    hub.status = 500
    now, pauses = timezone.now() + timedelta(seconds=1), []
    while True:
        done = tell_hubs(now)
        if done.given_up:
            break
        following = HubNotice.objects.first().next_try_at
        pauses.append(following - now)
        now = following
    assert (pauses[:3], pauses[-1], len(pauses)) == (
        [SOON, SOON * 2, SOON * 4],
        LONGEST_PAUSE,
        MOST_TRIES - 1,
    )
    assert tell_hubs(now + timedelta(days=1)) == ToldHubs()
    # The next change begins anew.
    hub.status = 200
    published(title="Another", slug="another")
    assert tell() == ToldHubs(told=6)


def test_hub_hears_once_more_when_the_pictures_of_a_piece_are_made(hub):
    piece = published(picture=picture())
    tell()
    hub.told.clear()
    for _time in range(2):
        make_sizes.func(piece.pk)
        tell()
    assert sorted(hub.told) == feeds("", "news/")


def test_hub_inside_the_office_is_not_asked_unless_allowed(hub, settings):
    settings.WEBSUB_LOOPBACK = False
    published()
    assert (tell(), hub.asked) == (ToldHubs(postponed=6), 0)


def test_a_hub_on_this_machine_lets_no_other_machine_inside_be_asked(hub, settings):
    settings.WEBSUB_HUBS = ["http://10.1.2.3/hub"]
    published()
    assert tell() == ToldHubs(postponed=6)
    assert set(HubNotice.objects.values_list("failure", flat=True)) == {
        "10.1.2.3 lies inside a private network: only public addresses are asked."
    }


def test_hub_that_was_taken_out_is_forgotten(hub, settings):
    published()
    settings.WEBSUB_HUBS = []
    assert (tell(), HubNotice.objects.count()) == (ToldHubs(), 0)


def test_without_a_hub_nothing_is_kept(settings):
    settings.WEBSUB_HUBS = []
    published()
    assert (HubNotice.objects.count(), tell_waiting_hubs()) == (0, "")
