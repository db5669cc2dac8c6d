"""The demonstration's press room: in three languages, whole, and nobody's."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from khuevan.core import clock
from khuevan.newsroom.demonstration_press import create_demonstration_press
from khuevan.newsroom.models import AccreditationRequest, Contact, PressConferencePage, PressRoomPage
from khuevan.outbox.models import OutgoingMail
from khuevan.people.demonstration import create_demonstration_accounts
from khuevan.people.queries import system_person
from khuevan.people.units_file import import_units
from tests.factories.newsroom import home

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True
    by = system_person()
    import_units(by=by)
    create_demonstration_accounts(by=by)
    for code in ("vi", "fr"):
        home(code)
    return create_demonstration_press(by=by)


def test_press_room_stands_in_three_languages_once(demonstration, client):
    assert (demonstration, create_demonstration_press(by=system_person())) == (12, 0)
    rooms = {room.locale.language_code: room for room in PressRoomPage.objects.live()}
    assert sorted(rooms) == ["en", "fr", "vi"]
    for code, room in rooms.items():
        said = client.get(room.url).content.decode()
        assert ("88/2012/NĐ-CP" in said, f'<html lang="{code}"' in said) == (True, True), code
    assert sorted(AccreditationRequest.objects.values_list("state", flat=True)) == [
        "APPROVED",
        "ASKED",
        "DECLINED",
    ]


def test_conferences_lie_around_the_day_of_the_demonstration(demonstration):
    today = clock.today()
    days = {(page.begins_at.date() - today) for page in PressConferencePage.objects.all()}
    assert days == {timedelta(days=14), timedelta(days=-21)}


def test_nobody_can_be_reached_by_mistake(demonstration):
    numbers = Contact.objects.values_list("telephone", flat=True)
    assert [number for number in numbers if not re.fullmatch(r"\+84 24 0\d{3} \d{4}", number)] == []
    addresses = [
        *Contact.objects.values_list("email", flat=True),
        *OutgoingMail.objects.values_list("to_address", flat=True),
    ]
    assert {address.rpartition("@")[2] for address in addresses} == {"example.org", "example.invalid"}


def test_production_refuses_it(settings):
    settings.DEMO = False
    with pytest.raises(PermissionDenied):
        create_demonstration_press(by=system_person())
