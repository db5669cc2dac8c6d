"""What composing keeps: words edited, left out and moved; the records of a frozen figure; what a correction names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.core.recording import unaudited
from khuevan.reports.actions import (
    PassageChangedMeanwhile,
    UnitWords,
    compose_report,
    correct_report,
    discard_report,
    edit_english_summary,
    edit_passage,
    edit_report_words,
    gather_again,
    move_passage,
    note_export,
    return_unit_report,
    save_unit_report,
    send_unit_report,
)
from khuevan.reports.actions.passages import stamp_of
from khuevan.reports.choices import PassageKind, ReportState
from khuevan.reports.models import ComposedReport, Passage, ReportFigure
from khuevan.reports.presenters.version_changes import changes_between
from khuevan.reports.queries.composed import changes_since, composable_cycles
from khuevan.reports.queries.report_values import report_values
from tests.factories.work import at
from tests.reports.composing_scenes import SENT, Scene, composed
from tests.reports.test_quarter import done_by_the_lead

pytestmark = pytest.mark.django_db

LEAD, SUPPORT = "Phòng Thông tin – Báo chí – Xuất bản", "Phòng Truyền thông số"


def said(report: ComposedReport) -> list[tuple[str, str, bool]]:
    """Each passage: its unit, its words, whether the report says it."""
    rows = Passage.objects.filter(report=report).select_related("unit")
    return [(one.unit.name, one.text, one.is_included) for one in rows]


def sent_anew(scene: Scene, answer: str, hour: int = 11) -> None:
    """The lead's report returned at the hour, and sent again with another answer and 6 stories."""
    place = scene.place
    with clock.stopped_at(at(SENT, hour)):
        return_unit_report(
            by=scene.planner, report=place.report_of(scene.cycle, place.office.lead), reason="Xem lại."
        )
        place.sent(scene.cycle, place.office.lead, stories=6, answer=answer)


def passage_of(scene: Scene, unit: str) -> Passage:
    return Passage.objects.select_related("report").get(report=scene.report, unit__name=unit)


def test_edited_and_left_out_words_stay_so_when_figures_are_gathered_again():
    scene = composed()
    lead = passage_of(scene, LEAD)
    with clock.stopped_at(at(SENT, 10)):
        edit_passage(by=scene.planner, passage=lead, text="Mở trang tin.", is_included=True)
        edit_passage(
            by=scene.planner, passage=passage_of(scene, SUPPORT), text="Đã dịch 3 trang.", is_included=False
        )
        gather_again(by=scene.planner, report=scene.report)
    assert said(scene.report) == [(LEAD, "Mở trang tin.", True), (SUPPORT, "Đã dịch 3 trang.", False)]
    # The same rows: a page that a colleague has open still finds them.
    assert passage_of(scene, LEAD).pk == lead.pk
    assert passage_of(scene, LEAD).original == "Đã mở trang tin."


def test_words_edited_before_the_unit_changed_them_stay_and_say_so():
    scene = composed()
    lead = passage_of(scene, LEAD)
    with clock.stopped_at(at(SENT, 10)):
        edit_passage(by=scene.planner, passage=lead, text="Mở trang.", is_included=True)
        edit_passage(
            by=scene.planner, passage=passage_of(scene, SUPPORT), text="Đã dịch 3 trang.", is_included=True
        )
    sent_anew(scene, "Đã mở hai trang tin.")
    with clock.stopped_at(at(SENT, 12)):
        gather_again(by=scene.planner, report=scene.report)
        # Gathered once more nothing is forgotten.
        gather_again(by=scene.planner, report=scene.report)
    assert said(scene.report) == [(LEAD, "Mở trang.", True), (SUPPORT, "Đã dịch 3 trang.", True)]
    now = passage_of(scene, LEAD)
    assert (now.pk, now.original, now.edited_from) == (lead.pk, "Đã mở hai trang tin.", "Đã mở trang tin.")
    with clock.stopped_at(at(SENT, 13)):
        edit_passage(by=scene.planner, passage=now, text="Mở hai trang.", is_included=True)
    assert passage_of(scene, LEAD).edited_from == ""


def test_words_that_nobody_edited_come_as_the_unit_has_them():
    scene = composed()
    sent_anew(scene, "Đã mở hai trang tin.")
    with clock.stopped_at(at(SENT, 12)):
        gather_again(by=scene.planner, report=scene.report)
    assert said(scene.report) == [(LEAD, "Đã mở hai trang tin.", True), (SUPPORT, "Đã dịch 3 trang.", True)]
    assert passage_of(scene, LEAD).edited_from == ""


def test_edited_words_wait_while_their_unit_mends_its_report():
    scene = composed()
    place, lead = scene.place, passage_of(scene, LEAD)
    with clock.stopped_at(at(SENT, 10)):
        edit_passage(by=scene.planner, passage=lead, text="Hai giờ biên tập.", is_included=True)
        return_unit_report(
            by=scene.planner, report=place.report_of(scene.cycle, place.office.lead), reason="Sửa số."
        )
        gather_again(by=scene.planner, report=scene.report)
        gone = passage_of(scene, LEAD)
        assert (gone.text, gone.is_gone) == ("Hai giờ biên tập.", True)
        # The report does not say what its unit does not say.
        assert [words.text for part in report_values(scene.report).parts for answered in part.answered
                for words in answered.words] == ["Đã dịch 3 trang."]  # fmt: skip
        # Its page offers no tick: what is saved of it keeps its place in the report.
        edit_passage(by=scene.planner, passage=gone, text=gone.text, is_included=False)
    with clock.stopped_at(at(SENT, 11)):
        place.sent(scene.cycle, place.office.lead, stories=6, answer="Đã mở trang tin.")
        gather_again(by=scene.planner, report=scene.report)
    back = passage_of(scene, LEAD)
    assert (back.pk, back.text, back.is_gone, back.edited_from) == (lead.pk, "Hai giờ biên tập.", False, "")
    assert said(scene.report) == [(LEAD, "Hai giờ biên tập.", True), (SUPPORT, "Đã dịch 3 trang.", True)]


def test_difficulties_that_read_the_same_are_all_kept():
    scene = composed(both=False)
    place = scene.place
    with clock.stopped_at(at(SENT, 10)):
        report = place.filled(scene.cycle, place.office.support, stories=2)
        words = UnitWords(difficulties=[("Thiếu người.", ""), ("Thiếu người.", ""), ("Thiếu tiền.", "")])
        officer = place.office.support_officer
        report = save_unit_report(
            by=officer, report=report, seen_version=report.version, figures={}, words=words
        )
        send_unit_report(by=officer, report=report, seen_version=report.version)
        gather_again(by=scene.planner, report=scene.report)
        first, second, _third = Passage.objects.filter(report=scene.report, kind=PassageKind.DIFFICULTY)
        edit_passage(by=scene.planner, passage=second, text="Thiếu người dịch.", is_included=True)
        gather_again(by=scene.planner, report=scene.report)
    rows = Passage.objects.filter(report=scene.report, kind=PassageKind.DIFFICULTY)
    assert [(one.text, one.edited_from) for one in rows] == [
        ("Thiếu người.", ""),
        ("Thiếu người dịch.", ""),
        ("Thiếu tiền.", ""),
    ]
    assert [one.pk for one in rows][:2] == [first.pk, second.pk]


def test_words_moved_stay_in_their_place_and_new_ones_come_behind():
    scene = composed()
    with clock.stopped_at(at(SENT, 10)):
        move_passage(by=scene.planner, passage=passage_of(scene, SUPPORT), up=True)
        assert [unit for unit, _text, _in in said(scene.report)] == [SUPPORT, LEAD]
        move_passage(by=scene.planner, passage=passage_of(scene, SUPPORT), up=True)
        assert [unit for unit, _text, _in in said(scene.report)] == [SUPPORT, LEAD]
    sent_anew(scene, "Đã mở hai trang tin.")
    with clock.stopped_at(at(SENT, 12)):
        gather_again(by=scene.planner, report=scene.report)
        assert [unit for unit, _text, _in in said(scene.report)] == [SUPPORT, LEAD]
        move_passage(by=scene.planner, passage=passage_of(scene, SUPPORT), up=False)
    assert [unit for unit, _text, _in in said(scene.report)] == [LEAD, SUPPORT]


def test_words_that_are_left_out_have_no_place():
    scene = composed()
    lead = passage_of(scene, LEAD)
    with clock.stopped_at(at(SENT, 10)):
        edit_passage(by=scene.planner, passage=lead, text=lead.text, is_included=False)
        with pytest.raises(ValidationError):
            move_passage(by=scene.planner, passage=lead, up=False)


def test_words_that_are_emptied_are_left_out():
    scene = composed()
    with clock.stopped_at(at(SENT, 10)):
        done = edit_passage(by=scene.planner, passage=passage_of(scene, LEAD), text="  ", is_included=True)
    assert (done.text, done.is_included, done.original) == ("", False, "Đã mở trang tin.")


def test_two_who_edit_the_same_words_lose_nothing():
    scene = composed()
    lead = passage_of(scene, LEAD)
    seen = stamp_of(lead)
    with clock.stopped_at(at(SENT, 10)):
        edit_passage(by=scene.planner, passage=lead, text="Một.", is_included=True, seen=seen)
        with pytest.raises(PassageChangedMeanwhile) as refused:
            edit_passage(by=scene.planner, passage=lead, text="Hai.", is_included=True, seen=seen)
    assert refused.value.passage.text == "Một."
    assert passage_of(scene, LEAD).text == "Một."


def test_difficulties_and_proposals_are_gathered_with_their_units():
    scene = composed(both=False)
    place = scene.place
    with clock.stopped_at(at(SENT, 10)):
        report = place.filled(scene.cycle, place.office.support, stories=2)
        words = UnitWords(
            difficulties=[("Thiếu người biên dịch.", "thêm kinh phí")], proposals="Mở lớp tiếng Pháp."
        )
        report = save_unit_report(
            by=place.office.support_officer,
            report=report,
            seen_version=report.version,
            figures={},
            words=words,
        )
        send_unit_report(by=place.office.support_officer, report=report, seen_version=report.version)
        gather_again(by=scene.planner, report=scene.report)
    rows = Passage.objects.filter(report=scene.report, unit=place.office.support)
    assert [(one.kind, one.text) for one in rows] == [
        (PassageKind.DIFFICULTY, "Thiếu người biên dịch.\nĐề nghị: thêm kinh phí"),
        (PassageKind.PROPOSAL, "Mở lớp tiếng Pháp."),
    ]


def test_a_frozen_figure_keeps_its_records_whatever_happens_to_them_afterwards():
    scene = composed()
    done_by_the_lead(scene.place, date(2025, 6, 10))
    sent_anew(scene, "Đã mở trang tin.")
    with clock.stopped_at(at(SENT, 12)):
        gather_again(by=scene.planner, report=scene.report)
        frozen = scene.frozen()
    before = ReportFigure.objects.get(report=frozen, code="xong").parts
    assert [len(part["records"]) for part in before] == [1, 0]
    # Accepted in another period: counted anew it is none.
    with unaudited("a test's own change"):
        instalment = scene.place.office.lead_instalment
        instalment.done_at = at(date(2025, 3, 1))
        instalment.save()
    sent_anew(scene, "Khác hẳn.", hour=13)
    with clock.stopped_at(at(SENT, 14)):
        new = correct_report(by=scene.planner, report=frozen, reason="Phòng đếm lại.")
    assert ReportFigure.objects.get(report=frozen, code="xong").parts == before
    assert [len(part["records"]) for part in ReportFigure.objects.get(report=new, code="xong").parts] == [
        0,
        0,
    ]
    assert ReportFigure.objects.get(report=frozen, code="tin_bai").value == Decimal(8)
    assert (new.corrects, new.correction_reason) == (frozen, "Phòng đếm lại.")
    assert said(frozen)[0] == (LEAD, "Đã mở trang tin.", True)
    assert said(new)[0] == (LEAD, "Khác hẳn.", True)


def test_a_frozen_report_names_units_as_they_were_called():
    scene = composed()
    with clock.stopped_at(at(SENT, 10)):
        scene.frozen()
    with unaudited("a unit with another name"):
        scene.place.office.lead.name = "Đơn vị tên mới"
        scene.place.office.lead.save()
    [words] = [words for part in report_values(scene.report).parts for words in part.answered]
    assert [one.unit for one in words.words] == [LEAD, SUPPORT]


def test_a_frozen_report_is_edited_by_nothing():
    scene = composed()
    lead = passage_of(scene, LEAD)
    with clock.stopped_at(at(SENT, 10)):
        frozen = scene.frozen()
        lead = Passage.objects.select_related("report").get(pk=lead.pk)
        for deed in (
            lambda: edit_passage(by=scene.planner, passage=lead, text="Khác.", is_included=True),
            lambda: move_passage(by=scene.planner, passage=lead, up=False),
            lambda: edit_report_words(
                by=scene.planner, report=frozen, title="Khác", opening="", assessment="", next_steps=""
            ),
            lambda: gather_again(by=scene.planner, report=frozen),
            lambda: discard_report(by=scene.planner, report=frozen),
        ):
            with pytest.raises(ValidationError):
                deed()
        # The page to partners is no part of the document.
        done = edit_english_summary(
            by=scene.planner, report=frozen, issuer=" Department ", words="All went well.", contact=""
        )
    assert (done.english_issuer, done.english_words) == ("Department", "All went well.")


def test_a_correction_needs_a_reason_and_there_is_one_at_a_time():
    scene = composed()
    with clock.stopped_at(at(SENT, 10)):
        with pytest.raises(ValidationError):
            correct_report(by=scene.planner, report=scene.report, reason="Chưa chốt.")
        frozen = scene.frozen()
        with pytest.raises(ValidationError):
            correct_report(by=scene.planner, report=frozen, reason="  ")
        with pytest.raises(ValidationError):
            compose_report(by=scene.planner, cycle=scene.cycle)
        new = correct_report(by=scene.planner, report=frozen, reason="Đếm lại.")
        with pytest.raises(ValidationError):
            correct_report(by=scene.planner, report=frozen, reason="Lần nữa.")
        # A correction that is given up leaves the place to another.
        discard_report(by=scene.planner, report=new)
        again = correct_report(by=scene.planner, report=frozen, reason="Lần nữa.")
    assert (again.version, again.corrects) == (3, frozen)


def test_the_changes_of_a_correction_are_told_figure_by_figure():
    scene = composed(both=False)
    with clock.stopped_at(at(SENT, 10)):
        frozen = scene.frozen()
    sent_anew(scene, "Đã mở trang tin.")
    with clock.stopped_at(at(SENT, 12)):
        scene.place.sent(scene.cycle, scene.place.office.support, stories=2)
        new = correct_report(by=scene.planner, report=frozen, reason="Đếm lại.")
    told = changes_between(frozen, new)
    assert [(one.code, one.old, one.new, one.change) for one in told.figures] == [("tin_bai", "5", "8", "+3")]
    assert (told.same, told.came, told.went) == (4, (SUPPORT,), ())


def test_what_units_did_since_is_told():
    scene = composed()
    assert changes_since(scene.report) == ()
    place = scene.place
    with clock.stopped_at(at(SENT, 11)):
        return_unit_report(
            by=scene.planner, report=place.report_of(scene.cycle, place.office.support), reason="Xem lại."
        )
    sent_anew(scene, "Khác.", hour=12)
    assert [(one.unit, one.sent) for one in changes_since(scene.report)] == [(LEAD, True), (SUPPORT, False)]
    with clock.stopped_at(at(SENT, 13)):
        gather_again(by=scene.planner, report=scene.report)
    assert changes_since(ComposedReport.objects.get(pk=scene.report.pk)) == ()


def test_a_cycle_waits_for_its_report_until_there_is_one():
    scene = composed()
    planner = scene.planner
    assert composable_cycles(planner, SENT) == []
    with clock.stopped_at(at(SENT, 10)):
        discard_report(by=planner, report=scene.report)
    assert composable_cycles(planner, SENT) == [scene.cycle]
    assert composable_cycles(scene.place.office.director, SENT) == []
    with clock.stopped_at(at(SENT, 11)):
        again = compose_report(by=planner, cycle=scene.cycle)
    assert (again.version, again.state) == (2, ReportState.COMPOSED)


def test_nothing_is_composed_of_nothing():
    scene = composed()
    with clock.stopped_at(at(SENT, 10)):
        cycle = scene.place.cycle(2025, 3)
        with pytest.raises(ValidationError):
            compose_report(by=scene.planner, cycle=cycle)


def test_taking_the_data_along_stands_in_the_trail():
    scene = composed()
    with clock.stopped_at(at(SENT, 10)):
        note_export(by=scene.place.office.auditor, report=scene.report, file="bc-quy.xlsx")
    entry = AuditEntry.objects.filter(verb="note_export").get()
    assert (entry.by, entry.target_id, entry.changes) == (
        scene.place.office.auditor,
        scene.report.pk,
        {"file": [None, "bc-quy.xlsx"]},
    )
