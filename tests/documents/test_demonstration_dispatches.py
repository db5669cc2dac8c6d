"""The documents to try dispatch with: made once, by the actions of the people who would make them."""

from __future__ import annotations

import pytest

from khuevan.documents.demonstration_dispatches import create_demonstration_dispatches
from khuevan.documents.demonstration_register import create_demonstration_register
from khuevan.documents.models import Dispatch, EdxmlMessage
from khuevan.people.demonstration import create_demonstration_accounts
from khuevan.people.queries import system_person
from khuevan.people.units_file import import_units

pytestmark = pytest.mark.django_db


def test_invitation_is_on_its_way_once_however_often_it_is_asked_for(settings):
    settings.DEMO = True
    by = system_person()
    import_units(by=by)
    create_demonstration_accounts(by=by)
    create_demonstration_register(by=by)
    assert [create_demonstration_dispatches(by=by), create_demonstration_dispatches(by=by)] == [1, 0]
    assert list(Dispatch.objects.values_list("name", "channel", "state")) == [
        ("UBND Thành phố", "PRINTED", "SENT"),
        ("Thông tấn xã Việt Nam", "PRINTED", "SENT"),
        ("Phòng Truyền thông số", "INTERNAL", "RECEIVED"),
        ("Trung tâm Thông tin Triển lãm Hà Nội", "INTERNAL", "SENT"),
    ]
    assert list(EdxmlMessage.objects.values_list("state", "symbol")) == [("WAITING", "215/CQMH-TT")]
