"""What the head of a unit that reports is told by the pages of an issued report, and what not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents.choices import Direction
from khuevan.documents.models import Document, NumberBook
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Unit, User
from khuevan.programme.models import Difficulty, Reply
from khuevan.reports.actions import correct_report, return_unit_report
from khuevan.reports.counting import CountedRecord, visible_records
from khuevan.reports.models import ComposedReport, ReportFigure, RuleReporter, UnitReport
from tests.factories.documents import NumberBookFactory, type_named
from tests.factories.people import PostFactory, UnitFactory
from tests.factories.work import at
from tests.reports.composing_scenes import SENT, Scene, composed, issued

pytestmark = pytest.mark.django_db
DAY = SENT


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(SENT, 10)):
        yield


def document(title: str, unit: Unit) -> Document:
    """A document that the unit drafted."""
    book: NumberBook = NumberBookFactory(unit=UnitFactory(kind=UnitKind.DEPARTMENT))
    with unaudited("a test's own data"):
        made: Document = Document.objects.create(
            book=book, direction=Direction.OUT, type=type_named("Công văn"), title=title, issued_date=DAY,
            registered_at=at(DAY), registered_by=PostFactory().person, drafting_unit=unit,
        )  # fmt: skip
    return made


@pytest.fixture
def scene() -> Scene:
    """The report issued; of a figure the lead counted its own task and a document, the support another document."""
    found = composed()
    office = found.place.office
    parts = []
    for unit, reason in (
        (office.lead, "Lý do của phòng chủ trì."),
        (office.support, "Lý do của phòng phối hợp."),
    ):
        own = document(f"Công văn của {unit.short_name}", unit)
        foreign = document(f"Hồ sơ khác của {unit.short_name}", office.other)
        records = [CountedRecord("documents.document", one.pk, one.title, DAY) for one in (own, foreign)]
        parts.append(
            {
                "unit": unit.pk, "name": unit.name, "value": "3", "known": "2", "reason": reason,
                "records": [one.as_stored() for one in records],
                "sent_at": at(SENT, 8).isoformat(), "sent_by": f"Người gửi {unit.short_name}",
            }
        )  # fmt: skip
    with unaudited("a test's own data"):
        figure = ReportFigure.objects.get(report=found.report, code="xong")
        figure.value, figure.parts = Decimal(6), parts
        figure.save()
    found.report = issued(found)
    return found


def head_of_a_ward(scene: Scene) -> User:
    """Who heads a unit that reports in the cycle, too, and sent nothing."""
    ward = UnitFactory(name="Phường Xa", kind=UnitKind.WARD)
    with unaudited("a test's own data"):
        RuleReporter.objects.create(rule=scene.place.rule, unit=ward)
        UnitReport.objects.create(cycle=scene.cycle, unit=ward)
    head: User = PostFactory(unit=ward, role=Role.UNIT_HEAD).person
    return head


def seen(client: Client, person: User, report: ComposedReport, code: str = "xong", more: str = "") -> str:
    client.force_login(person)
    answer = client.get(f"{reverse('reports:figure', args=[report.pk, code])}{more}")
    assert answer.status_code == 200
    return unescape(answer.content.decode().split("<main", 1)[1])


def test_a_head_sees_the_sum_the_own_part_and_of_its_records_those_that_open(client, scene):
    shown = seen(client, scene.place.office.lead_head, scene.report)
    assert "<strong>6</strong>" in shown
    for told in (
        "Lý do của phòng chủ trì.",
        "Người gửi TTBCXB",
        "Công văn của TTBCXB",
        "Cộng tất cả các đơn vị",
    ):
        assert told in shown, told
    for hidden in (
        "Hồ sơ khác của TTBCXB", "Công văn của TTS", "Hồ sơ khác của TTS", "Lý do của phòng phối hợp.",
        "Người gửi TTS", "3 + 3 = 6",
    ):  # fmt: skip
        assert hidden not in shown, hidden
    other = scene.place.office.support.pk
    assert "Công văn của TTS" not in seen(
        client, scene.place.office.lead_head, scene.report, more=f"?don-vi={other}"
    )


def test_a_head_whose_unit_gave_nothing_sees_the_sum_alone(client, scene):
    shown = seen(client, head_of_a_ward(scene), scene.report)
    assert "<strong>6</strong>" in shown
    assert "Đơn vị của bạn không có số liệu ở mục này." in shown
    for hidden in ("Công văn", "Hồ sơ khác", "Lý do của", "Người gửi"):
        assert hidden not in shown, hidden


def test_those_who_see_the_cycle_see_all_of_it(client, scene):
    for person in (scene.planner, scene.place.office.director, scene.place.office.auditor):
        shown = seen(client, person, scene.report)
        for told in ("Hồ sơ khác của TTBCXB", "Công văn của TTS", "Lý do của phòng phối hợp.", "3 + 3 = 6"):
            assert told in shown, told


def test_which_records_open_is_what_the_apps_themselves_decide():
    scene = composed()
    office = scene.place.office
    with unaudited("a test's own data"):
        reply = Reply.objects.create(
            instalment=office.lead_instalment,
            text="x",
            state="SENT",
            sent_at=at(SENT),
            sent_by=office.lead_officer,
            written_by=office.lead_officer,
        )
        told = Difficulty.objects.create(reply=reply, text="Thiếu người")
        draft = Reply.objects.create(
            instalment=office.support_instalment, text="x", written_by=office.support_officer
        )
        untold = Difficulty.objects.create(reply=draft, text="Thiếu máy")
    own = document("Của phòng", office.lead)
    records = [
        CountedRecord("programme.instalment", office.lead_instalment.pk, "Việc", DAY),
        CountedRecord("programme.difficulty", told.pk, "Khó khăn", DAY),
        CountedRecord("programme.difficulty", untold.pk, "Chưa gửi", DAY),
        CountedRecord("programme.evidence", 10**6, "Đã xóa", DAY),
        CountedRecord("documents.document", own.pk, "Của phòng", DAY),
        CountedRecord("nobody.knows", 1, "Ứng dụng khác", DAY),
    ]
    stranger = head_of_a_ward(scene)

    def titles(person: Any) -> set[str]:
        return {one.title for one in visible_records(person, DAY, records)}

    assert titles(office.lead_head) == {"Việc", "Khó khăn", "Của phòng"}
    assert titles(stranger) == set()
    assert titles(office.director) == {"Việc", "Khó khăn", "Của phòng"}


def test_what_differs_from_a_version_that_was_never_issued_is_not_told_to_heads(client):
    scene = composed(stories=777)
    place = scene.place
    frozen = scene.frozen()
    return_unit_report(
        by=scene.planner, report=place.report_of(scene.cycle, place.office.lead), reason="Xem lại."
    )
    place.sent(scene.cycle, place.office.lead, stories=5)
    newer = correct_report(by=scene.planner, report=frozen, reason="Đếm lại.")
    second = Scene(place, scene.cycle, newer, NumberBookFactory(unit=place.office.lead))
    newer = issued(second)
    address = reverse("reports:report_changes", args=[newer.pk])
    client.force_login(place.office.lead_head)
    assert client.get(newer.get_absolute_url()).status_code == 200
    assert client.get(frozen.get_absolute_url()).status_code == 403
    refused = client.get(address)
    assert refused.status_code == 403
    assert "777" not in refused.content.decode()
    client.force_login(scene.planner)
    assert "779" in client.get(address).content.decode()
