"""A frozen report whose document was not issued is replaced in silence; one that was issued is corrected openly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents.choices import DraftState
from khuevan.documents.models import Draft
from khuevan.people.choices import Role
from khuevan.plain.reporting.narrative import narrative
from khuevan.reports.actions import compose_report, correct_report, discard_report, gather_again
from khuevan.reports.choices import ReportState
from khuevan.reports.models import ComposedReport, ReportFigure
from khuevan.reports.queries.gathering import figures_of_period
from khuevan.reports.queries.report_values import report_values
from tests.factories.documents import NumberBookFactory
from tests.factories.people import PostFactory
from tests.factories.reports import CODE
from tests.factories.work import at
from tests.reports.composing_scenes import SENT, Scene, composed, issued

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(SENT, 10)):
        yield


def stored(report: ComposedReport) -> ComposedReport:
    found: ComposedReport = ComposedReport.objects.select_related("draft", "corrects").get(pk=report.pk)
    return found


def opening(report: ComposedReport) -> str:
    return " ".join(one.text for one in narrative(report_values(stored(report)))[0].paragraphs)


def draft_in(scene: Scene, state: str) -> ComposedReport:
    """The report frozen, its draft in the state."""
    frozen = scene.frozen()
    with unaudited("a test's own data"):
        draft = Draft.objects.get(pk=frozen.draft_id)
        draft.state = state
        draft.approved_version = draft.version if state == DraftState.APPROVED else None
        draft.save()
    return stored(frozen)


def corrected(
    scene: Scene, report: ComposedReport, reason: str = "Phòng đếm lại tin, bài."
) -> ComposedReport:
    new: ComposedReport = correct_report(by=scene.planner, report=report, reason=reason)
    return new


@pytest.mark.parametrize("state", [DraftState.DRAFTING, DraftState.RETURNED])
def test_what_was_not_issued_is_replaced_without_a_word_and_its_draft_is_given_up(state):
    scene = composed()
    frozen = draft_in(scene, state)
    new = corrected(scene, frozen)
    assert "đính chính" not in opening(new)
    assert (new.corrects, new.correction_reason) == (frozen, "Phòng đếm lại tin, bài.")
    old = stored(frozen)
    assert (old.state, old.draft.state) == (ReportState.FROZEN, DraftState.ABANDONED)
    assert old.draft.abandoned_reason == "Replaced by a newer version of the report: Phòng đếm lại tin, bài."


def test_a_long_reason_fits_the_draft():
    scene = composed()
    frozen = scene.frozen()
    corrected(scene, frozen, "Đếm lại. " * 100)
    assert len(stored(frozen).draft.abandoned_reason) == 500


def test_a_draft_that_was_given_up_already_is_no_obstacle():
    scene = composed()
    frozen = draft_in(scene, DraftState.RETURNED)
    with unaudited("a test's own data"):
        Draft.objects.filter(pk=frozen.draft_id).update(
            state=DraftState.ABANDONED, abandoned_reason="Không cần nữa."
        )
    assert "đính chính" not in opening(corrected(scene, frozen))
    assert stored(frozen).draft.abandoned_reason == "Không cần nữa."


@pytest.mark.parametrize("state", [DraftState.IN_REVIEW, DraftState.APPROVED])
def test_a_draft_in_the_hands_of_others_is_taken_back_first(state):
    scene = composed()
    frozen = draft_in(scene, state)
    with pytest.raises(ValidationError, match="takes it back first"):
        corrected(scene, frozen)
    assert (ComposedReport.objects.count(), stored(frozen).draft.state) == (1, state)


def test_the_draft_of_another_unit_is_given_up_by_its_people_first():
    scene = composed()
    frozen = scene.frozen()
    with unaudited("a test's own data"):
        draft = Draft.objects.get(pk=frozen.draft_id)
        draft.unit = scene.place.office.other
        draft.save()
    with pytest.raises(ValidationError, match="Văn phòng Sở: its people give it up first"):
        corrected(scene, frozen)
    assert ComposedReport.objects.count() == 1


def test_what_was_issued_is_corrected_by_its_number_and_its_document_stays():
    scene = composed()
    old = stored(issued(scene))
    new = corrected(scene, old)
    assert f"đính chính và thay thế Báo cáo số {old.draft.document.symbol} ngày 16/6/2025." in opening(
        new
    ).replace("ngày 16 tháng 6 năm 2025", "ngày 16/6/2025")
    assert "Lý do đính chính: Phòng đếm lại tin, bài." in opening(new)
    assert stored(old).draft.state == DraftState.ISSUED


def test_a_correction_that_was_replaced_itself_still_names_what_was_issued_and_why():
    scene = composed()
    first = stored(issued(scene))
    second = corrected(scene, first)
    scene.frozen(second)
    third = corrected(scene, stored(second), "Sửa lời văn.")
    assert (third.version, third.corrects) == (3, second)
    assert f"Báo cáo số {first.draft.document.symbol}" in opening(third)
    assert "Lý do đính chính: Phòng đếm lại tin, bài." in opening(third)
    assert "Sửa lời văn." not in opening(third)


def test_a_replacement_that_is_discarded_leaves_the_place_to_another():
    scene = composed()
    frozen = scene.frozen()
    discard_report(by=scene.planner, report=corrected(scene, frozen))
    again = corrected(scene, stored(frozen), "Lần nữa.")
    assert (again.version, "đính chính" in opening(again)) == (3, False)


def test_only_issued_versions_are_held_against():
    scene = composed()
    assert figures_of_period(CODE, 2025, 2) == {}
    frozen = scene.frozen()
    assert figures_of_period(CODE, 2025, 2) == {}
    with clock.stopped_at(at(date(2025, 9, 16))):
        cycle = scene.place.cycle(2025, 3)
        scene.place.sent(cycle, scene.place.office.lead, stories=9)
        third = compose_report(by=scene.planner, cycle=cycle)
        assert ReportFigure.objects.get(report=third, code="tin_bai").before is None
        newer = Scene(
            scene.place,
            scene.cycle,
            corrected(scene, stored(frozen)),
            NumberBookFactory(unit=scene.book.unit),
        )
        issued(newer)
        gather_again(by=scene.planner, report=third)
        assert ReportFigure.objects.get(report=third, code="tin_bai").before == Decimal(7)
        # A correction counts from the day of its own document.
        scene.frozen(corrected(scene, stored(newer.report), "Đếm nữa."))
        with unaudited("a test's own data"):
            ReportFigure.objects.filter(report__version=3, code="tin_bai").update(value=Decimal(70))
        assert figures_of_period(CODE, 2025, 2)["tin_bai"] == Decimal(7)


def words(client: Any, person: Any, address: str) -> str:
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode().split("<main", 1)[1]).split())


def test_the_pages_say_replace_before_the_document_is_issued(client):
    scene = composed()
    frozen = scene.frozen()
    assert "Thay báo cáo" in words(client, scene.planner, frozen.get_absolute_url())
    address = reverse("reports:correct", args=[frozen.pk])
    asked = words(client, scene.planner, address)
    assert "Văn bản chưa được ban hành: dự thảo sẽ được bỏ." in asked
    assert "Ghi ở đầu" not in asked
    with unaudited("a test's own data"):
        Draft.objects.filter(pk=frozen.draft_id).update(state=DraftState.IN_REVIEW)
    refused = client.post(address, {"reason": "Đếm lại."})
    assert (refused.status_code, "người soạn cần rút dự thảo về trước" in refused.content.decode()) == (
        422,
        True,
    )
    with unaudited("a test's own data"):
        Draft.objects.filter(pk=frozen.draft_id).update(state=DraftState.DRAFTING)
    new = client.post(address, {"reason": "Đếm lại."}).url
    assert "Thay bản 1 chưa ban hành: Đếm lại." in words(client, scene.planner, new)
    assert "Bản này chưa ban hành, đã có bản mới thay." in words(
        client, scene.planner, frozen.get_absolute_url()
    )
    head = PostFactory(role=Role.UNIT_HEAD, unit=scene.place.office.lead).person
    newest = Scene(scene.place, scene.cycle, ComposedReport.objects.get(version=2), scene.book)
    told = words(client, head, issued(newest).get_absolute_url())
    assert "Đếm lại." not in told
