"""Files that leave the installation: who took which stands in the trail, and only where one was taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.people.choices import Role
from khuevan.reports.actions import export_unit_report
from tests.factories.people import PostFactory
from tests.factories.work import at
from tests.reports.composing_scenes import SENT, Scene, composed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(SENT, 10)):
        yield


@pytest.fixture
def scene() -> Scene:
    return composed(both=False)


def entries(target: Any) -> list[tuple[str, str, Any]]:
    """Who took what of the target, by verb and change."""
    noted = AuditEntry.objects.about(target).filter(kind=AuditEntry.Kind.NOTED).order_by("pk")
    return [(one.verb, one.by.full_name, one.changes) for one in noted]


def test_a_units_form_taken_by_others_is_noted_and_by_its_own_people_not(
    client: Client, scene: Scene
) -> None:
    office = scene.place.office
    report = scene.place.report_of(scene.cycle, office.lead)
    address = reverse("reports:form_sheet", args=[report.pk])
    for own in (office.lead_officer, office.lead_head):
        client.force_login(own)
        assert client.get(address).status_code == 200
    assert entries(report) == []
    client.force_login(office.auditor)
    assert client.head(address).status_code == 200
    assert entries(report) == []
    assert client.get(address).status_code == 200
    assert entries(report) == [
        (
            "export_unit_report",
            office.auditor.full_name,
            {"file": [None, "bieu-mau-ttbcxb-bao-cao-cong-tac-thong-tin-doi-ngoai-quy-ii-nam-2025.xlsx"]},
        )
    ]


def test_a_form_that_was_not_sent_is_taken_by_nobody_else(client: Client, scene: Scene) -> None:
    office = scene.place.office
    report = scene.place.report_of(scene.cycle, office.support)
    client.force_login(office.auditor)
    assert client.get(reverse("reports:form_sheet", args=[report.pk])).status_code == 404
    stranger = PostFactory(role=Role.UNIT_HEAD, unit=office.other).person
    for person in (office.auditor, stranger):
        with pytest.raises(PermissionDenied):
            export_unit_report(by=person, report=report, file="a.xlsx")
    assert entries(report) == []


def test_only_a_file_that_is_taken_is_noted_not_its_head(client: Client, scene: Scene) -> None:
    client.force_login(scene.planner)
    for target, names in (
        (scene.cycle, ("cycle_csv", "cycle_xlsx")),
        (scene.report, ("report_xlsx",)),
    ):
        for name in names:
            address = reverse(f"reports:{name}", args=[target.pk])
            before = len(entries(target))
            assert client.head(address).status_code == 200
            assert len(entries(target)) == before
            assert client.get(address).status_code == 200
            assert len(entries(target)) == before + 1


def test_the_head_of_a_file_is_refused_like_the_file(client: Client, scene: Scene) -> None:
    client.force_login(scene.place.office.other_officer)
    for name in ("cycle_csv", "cycle_xlsx"):
        address = reverse(f"reports:{name}", args=[scene.cycle.pk])
        assert (client.head(address).status_code, client.get(address).status_code) == (403, 403)
