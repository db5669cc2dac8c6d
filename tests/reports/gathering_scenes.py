"""A cycle that is being gathered: the second quarter of 2025, with as many units as a test wants."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.outbox.models import OutgoingMail
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Unit, User
from khuevan.reports.models import Cycle, RuleReporter
from tests.factories.people import PostFactory, UnitFactory, UserFactory
from tests.factories.reports import ReportingOffice, reporting_office
from tests.factories.work import at

# The cycle opens, its data is counted until 14 June, units send by Tuesday 17 June.
BEFORE, AFTER, DUE = date(2025, 6, 5), date(2025, 6, 16), date(2025, 6, 17)


def gathering(**rule: Any) -> tuple[ReportingOffice, Cycle]:
    """The office and its open cycle, in which two divisions report; nobody has begun."""
    place = reporting_office(**rule)
    with clock.stopped_at(at(BEFORE)):
        return place, place.cycle()


def with_wards(names: tuple[str, ...], **rule: Any) -> tuple[ReportingOffice, Cycle, list[Unit]]:
    """As `gathering`, with wards that report too, each with an officer."""
    place = reporting_office(**rule)
    wards = [reporter(place, name) for name in names]
    with clock.stopped_at(at(BEFORE)):
        return place, place.cycle(), wards


def reporter(place: ReportingOffice, name: str, kind: str = UnitKind.WARD) -> Unit:
    """One more unit that reports under the rule, with an officer."""
    unit: Unit = UnitFactory(name=name, kind=kind)
    PostFactory(unit=unit, person=UserFactory(full_name=f"Cán bộ {name}"))
    with unaudited("a unit of a test"):
        RuleReporter.objects.create(rule=place.rule, unit=unit)
    return unit


def head_above(place: ReportingOffice) -> User:
    """A head of the department, below which both divisions stand."""
    person: User = PostFactory(
        role=Role.UNIT_HEAD, unit=place.office.department, person=UserFactory(full_name="Ngô Thị Đứng Đầu")
    ).person
    return person


def gatherer_officer(place: ReportingOffice) -> User:
    """An officer of the division that gathers."""
    person: User = PostFactory(role=Role.UNIT_OFFICER, unit=place.rule.gatherer).person
    return person


def url(name: str, *pk: int) -> str:
    """The address of a page of reports."""
    return reverse(f"reports:{name}", args=pk)


def page(client: Client, person: User, address: str) -> str:
    """What the person sees there, without tags, in one line."""
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    main = answer.content.decode().split('<div class="vb">', 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def units_shown(client: Client, person: User, address: str) -> list[tuple[str, str]]:
    """Each unit's name with its state, in the order of the page."""
    client.force_login(person)
    text = client.get(address).content.decode()
    rows = re.findall(
        r'id="ten-\d+" class="gt-name">(?:<a[^>]*>)?([^<]+)<.*?class="vb-tag[^"]*">([^<]+)<', text, re.DOTALL
    )
    return [(name.strip(), state.strip()) for name, state in rows]


def said(answer: Any) -> list[str]:
    """What the page that comes will say above."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


def recipients() -> list[str]:
    """To whom mails go, by name."""
    return sorted(OutgoingMail.objects.values_list("person__full_name", flat=True))
