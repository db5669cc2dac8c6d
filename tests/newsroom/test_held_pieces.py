"""A piece that cannot go out at its moment holds up no other, and those who answer for it are told once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from khuevan.newsroom.actions import release_due
from khuevan.newsroom.review_mails import HELD
from khuevan.outbox.models import OutgoingMail
from khuevan.people.choices import Role
from tests.factories.newsroom import let_out, picture, story
from tests.factories.people import person_with_role

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def scheduled(**values):
    """A piece that waits for a moment that is now over."""
    piece = story(go_live_at=timezone.now() + HOUR, **values)
    let_out(piece.latest_revision)
    past = timezone.now() - HOUR
    revision = piece.latest_revision
    revision.approved_go_live_at, revision.content["go_live_at"] = past, past.isoformat()
    revision.save()
    return piece


def test_what_is_refused_is_told_once_and_stands_at_the_desk(client):
    writer, shown = person_with_role(Role.UNIT_OFFICER), picture()
    held = scheduled(title="Held back", slug="held", picture=shown, owner=writer)
    shown.credit = ""
    shown.save()
    other = scheduled(title="Other", slug="other")
    assert [release_due(timezone.now()).published for _time in range(3)] == [1, 0, 0]
    held.refresh_from_db()
    other.refresh_from_db()
    assert (held.live, other.live) == (False, True)
    [mail] = OutgoingMail.objects.filter(kind=HELD)
    assert mail.person == writer
    client.force_login(writer)
    page = client.get(reverse("newsroom_desk:waiting")).content.decode()
    assert ("Không đăng được" in page, "Held back" in page) == (True, True)


def test_an_error_of_one_piece_holds_up_no_other(client):
    writer = person_with_role(Role.UNIT_OFFICER)
    broken = scheduled(title="Broken", slug="broken", owner=writer)
    revision = broken.latest_revision
    # What an older version of the program may have stored.
    revision.content["body"] = "[{"
    revision.content["go_live_at"] = "no moment"
    revision.save()
    other = scheduled(title="Other", slug="other")
    done = release_due(timezone.now())
    other.refresh_from_db()
    assert (done.published, [key for key, _why in done.refused], other.live) == (1, [revision.pk], True)
    assert OutgoingMail.objects.filter(kind=HELD).count() == 1
    client.force_login(writer)
    assert "Broken" in client.get(reverse("newsroom_desk:waiting")).content.decode()
