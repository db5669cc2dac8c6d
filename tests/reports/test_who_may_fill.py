"""Every action on a unit's form × every person of the office: one table of who may write, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from khuevan.people.choices import Role
from khuevan.people.models import User
from khuevan.reports.actions import (
    UnitWords,
    close_cycle,
    return_unit_report,
    save_unit_report,
    send_unit_report,
)
from khuevan.reports.models import UnitReport
from tests.factories.people import PostFactory, UserFactory
from tests.factories.reports import ReportingOffice, reporting_office
from tests.reports.form_pages import BEFORE_CUT_OFF, on, report_of

pytestmark = pytest.mark.django_db
OWN = {"lead_head", "lead_officer", "head_above", "clerk"}


def save(report: UnitReport, by: User) -> Any:
    return save_unit_report(
        by=by,
        report=report,
        seen_version=report.version,
        figures={},
        words=UnitWords(proposals="Thêm người."),
    )


def send(report: UnitReport, by: User) -> Any:
    return send_unit_report(by=by, report=report, seen_version=report.version)


TABLE: dict[str, tuple[Callable[[UnitReport, User], Any], set[str]]] = {
    "save_unit_report": (save, OWN),
    "send_unit_report": (send, OWN),
}


def people_of(place: ReportingOffice) -> dict[str, User]:
    office = place.office
    named = (
        "planner", "director", "deputy", "auditor", "lead_head", "lead_officer", "support_head", "support_officer",
        "other_officer",
    )  # fmt: skip
    ended = PostFactory(role=Role.UNIT_OFFICER, unit=office.lead, to_date=date(2025, 6, 15)).person
    left = PostFactory(role=Role.UNIT_OFFICER, unit=office.lead, person=UserFactory(is_active=False)).person
    return {
        **{who: getattr(office, who) for who in named},
        "head_above": PostFactory(role=Role.UNIT_HEAD, unit=office.department).person,
        "clerk": PostFactory(role=Role.CLERK, unit=office.lead).person,
        "administrator": PostFactory(role=Role.ADMINISTRATOR, unit=office.lead).person,
        "post_ended": ended,
        "account_closed": left,
        "no_post": UserFactory(),
    }


@pytest.mark.parametrize("name", TABLE)
def test_action_is_open_to_exactly_these_people(name):
    place = reporting_office()
    report = report_of(place)
    deed, expected = TABLE[name]
    may = set()
    with on():
        report = place.filled(report.cycle, place.office.lead)
        for who, person in people_of(place).items():
            # Each tries on the same scene: what one did is undone before the next.
            with transaction.atomic():
                try:
                    deed(report, person)
                except PermissionDenied:
                    pass
                else:
                    may.add(who)
                transaction.set_rollback(True)
    assert may == expected


@pytest.mark.parametrize("name", TABLE)
def test_nobody_writes_into_what_was_sent_or_closed(name):
    place = reporting_office()
    report = report_of(place)
    deed, _people = TABLE[name]
    with on():
        sent = place.sent(report.cycle, place.office.lead)
        with pytest.raises(ValidationError):
            deed(sent, place.office.lead_head)
        back = return_unit_report(by=place.office.planner, report=sent, reason="Đếm lại.")
        assert deed(back, place.office.lead_head).version == back.version + 1
        close_cycle(by=place.office.planner, cycle=report.cycle)
        again = place.report_of(report.cycle, place.office.lead)
        with pytest.raises(ValidationError):
            deed(again, place.office.lead_head)


def test_a_report_is_sent_only_after_the_cut_off():
    place = reporting_office()
    report = report_of(place)
    with on(BEFORE_CUT_OFF):
        report = place.filled(report.cycle, place.office.lead)
        with pytest.raises(ValidationError):
            send(report, place.office.lead_officer)
    with on(report.cycle.last_date), pytest.raises(ValidationError):
        send(report, place.office.lead_officer)
    assert place.report_of(report.cycle, place.office.lead).sent_at is None
