"""Cycles open and close by themselves, and units are called on the rule's working days, each call once."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from khuevan.background.failures import JobFailed
from khuevan.background.schedule import schedule
from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.outbox.models import OutgoingMail
from khuevan.people.queries import system_person
from khuevan.reports.actions import call_units, calling, return_unit_report
from khuevan.reports.actions.calling import Called, call_by_rule
from khuevan.reports.choices import CycleState, RuleState
from khuevan.reports.jobs import call_report_units, keep_report_cycles
from khuevan.reports.models import Cycle, RuleReporter, UnitReport
from tests.factories.people import PostFactory, UnitFactory, UserFactory
from tests.factories.reports import RuleFactory, reporting_office
from tests.factories.work import at

pytestmark = pytest.mark.django_db
# The second quarter of 2025: counted until Saturday 14 June, due on Tuesday 17, closes after Wednesday 2 July.
OPENS, CUT_OFF, DUE, CLOSES = date(2025, 6, 4), date(2025, 6, 14), date(2025, 6, 17), date(2025, 7, 2)


def morning(day: date, job=keep_report_cycles) -> str:
    """What the job says that it did on the morning of the day."""
    with clock.stopped_at(at(day, 7)):
        return job()


def cycles() -> list[tuple]:
    return list(
        Cycle.objects.order_by("last_date").values_list("year", "number", "state", "due_date", "closes_date")
    )


def mails() -> list[tuple[str, str]]:
    """Each mail's recipient and subject, in the order in which they were queued."""
    return list(OutgoingMail.objects.order_by("pk").values_list("person__full_name", "subject"))


def test_a_cycle_opens_on_its_day_and_once():
    reporting_office(opens_before=10)
    assert morning(date(2025, 6, 3)) == ""
    assert morning(OPENS) == "1 kỳ được mở, 0 kỳ được đóng"
    assert morning(OPENS) == ""
    assert cycles() == [(2025, 2, CycleState.OPEN, DUE, CLOSES)]
    cycle = Cycle.objects.get()
    assert (cycle.opened_by, cycle.unit_reports.count()) == (system_person(), 2)


def test_a_cycle_opens_also_where_nothing_ran_on_its_day_and_stays_shut_where_its_time_is_over():
    reporting_office()
    assert morning(date(2025, 6, 27)) == "1 kỳ được mở, 0 kỳ được đóng"
    assert cycles() == [(2025, 2, CycleState.OPEN, DUE, date(2025, 7, 12))]
    # Nothing ran while the third quarter's cycle would have been open: somebody opens it by hand, if it is wanted.
    assert morning(date(2025, 11, 3)) == "0 kỳ được mở, 1 kỳ được đóng"
    assert Cycle.objects.count() == 1


def test_a_cycle_closes_the_day_after_its_last():
    place = reporting_office()
    with clock.stopped_at(at(OPENS)):
        cycle = place.cycle()
    assert (morning(CLOSES), Cycle.objects.get().state) == ("", CycleState.OPEN)
    assert morning(date(2025, 7, 3)) == "0 kỳ được mở, 1 kỳ được đóng"
    cycle.refresh_from_db()
    assert (cycle.state, cycle.closed_by) == (CycleState.CLOSED, system_person())
    assert morning(date(2025, 7, 4)) == ""


def test_a_rule_that_nobody_reports_under_keeps_no_other_from_opening():
    place = reporting_office()
    RuleFactory(code="a-khong-don-vi", name="Báo cáo không ai gửi", gatherer=place.rule.gatherer)
    RuleFactory(
        code="b-chua-co-hieu-luc", gatherer=place.rule.gatherer, state=RuleState.WRITTEN, valid_from=None
    )
    with pytest.raises(JobFailed) as failure:
        morning(OPENS)
    assert str(failure.value) == (
        "Báo cáo không ai gửi quý II năm 2025: Quy định này chưa có đơn vị báo cáo nào: "
        "hãy ghi các đơn vị vào quy định trước."
    )
    assert [row[:2] for row in cycles()] == [(2025, 2)]


def test_units_are_called_on_the_days_of_the_rule_and_each_call_is_made_once():
    place = reporting_office(calls=[-2, 0, 1])
    office = place.office
    with clock.stopped_at(at(OPENS)):
        cycle = place.cycle()
    said = {}
    for day in (13, 14, 15, 16, 17, 17, 18, 18, 19, 20):
        if day == 16:
            with clock.stopped_at(at(date(2025, 6, 16), 6)):
                place.sent(cycle, office.lead)
        said.setdefault(day, []).append(morning(date(2025, 6, day), call_report_units))
    both = "Đã gửi thư cho 2 người của 2 đơn vị, trong 1 kỳ báo cáo"
    one = "Đã gửi thư cho 1 người của 1 đơn vị, trong 1 kỳ báo cáo"
    # Friday 13 June is two working days before Tuesday; on 14 and 15 nobody works.
    assert said == {
        13: [both],
        14: [""],
        15: [""],
        16: [""],
        17: [one, ""],
        18: [one, ""],
        19: [""],
        20: [""],
    }
    name = "Báo cáo công tác thông tin đối ngoại quý II năm 2025"
    assert mails() == [
        # Before the cut-off: nothing can be sent yet.
        (office.lead_officer.full_name, f"Đề nghị chuẩn bị: {name}"),
        (office.support_officer.full_name, f"Đề nghị chuẩn bị: {name}"),
        (office.support_officer.full_name, f"Đề nghị gửi: {name}"),
        (office.support_officer.full_name, f"Quá hạn: {name}"),
    ]


def test_calls_missed_by_a_standstill_are_made_up_for_by_one_on_a_working_day():
    place = reporting_office(calls=[-5, -3, -2, 0, 1, 9])
    with clock.stopped_at(at(OPENS)):
        cycle = place.cycle()
    # Nothing ran until Saturday 21 June: Monday has one call, not five.
    assert morning(date(2025, 6, 21), call_report_units) == ""
    assert morning(date(2025, 6, 23), call_report_units) != ""
    assert morning(date(2025, 6, 24), call_report_units) == ""
    cycle.refresh_from_db()
    assert (cycle.called_offset, len(mails())) == (1, 2)
    assert morning(date(2025, 6, 30), call_report_units) != ""
    cycle.refresh_from_db()
    assert (cycle.called_offset, len(mails())) == (9, 4)


def test_a_report_that_came_back_after_the_call_is_not_called_for_it():
    place = reporting_office(calls=[0])
    with clock.stopped_at(at(OPENS)):
        cycle = place.cycle()
    with clock.stopped_at(at(date(2025, 6, 16))):
        report = place.sent(cycle, place.office.lead)
    morning(DUE, call_report_units)
    assert [person for person, _subject in mails()] == [place.office.support_officer.full_name]
    with clock.stopped_at(at(DUE, 10)):
        return_unit_report(by=place.office.planner, report=report, reason="Thiếu số liệu.")
    assert morning(date(2025, 6, 18), call_report_units) == ""


def test_a_call_that_was_cut_off_in_between_is_made_whole_the_next_time(monkeypatch):
    place = reporting_office(calls=[0])
    with clock.stopped_at(at(OPENS)):
        cycle = place.cycle()
    written = calling.queue_mail

    def cut_off(**mail):
        if OutgoingMail.objects.exists():
            raise KeyboardInterrupt
        return written(**mail)

    monkeypatch.setattr(calling, "queue_mail", cut_off)
    with pytest.raises(KeyboardInterrupt):
        morning(DUE, call_report_units)
    monkeypatch.undo()
    cycle.refresh_from_db()
    assert (mails(), cycle.called_offset) == ([], None)
    assert morning(DUE, call_report_units) == "Đã gửi thư cho 2 người của 2 đơn vị, trong 1 kỳ báo cáo"


def test_a_unit_that_was_reminded_by_hand_in_the_morning_is_left_in_peace_by_the_rule():
    place = reporting_office(calls=[0])
    office = place.office
    with clock.stopped_at(at(OPENS)):
        cycle = place.cycle()
    with clock.stopped_at(at(DUE, 7)):
        assert call_units(by=office.planner, cycle=cycle, units=[office.lead]) == Called(1, 1)
        assert call_by_rule(by=system_person(), cycle=cycle) == Called(1, 1, earlier=1)
    assert len(mails()) == 2


def test_a_call_says_which_units_nobody_can_be_written_to():
    place = reporting_office(calls=[0])
    office = place.office
    silent = PostFactory(person=UserFactory(email="")).unit
    deserted = UnitFactory(name="Trung tâm không người")
    with unaudited("units of a test"):
        for unit in (silent, deserted):
            RuleReporter.objects.create(rule=place.rule, unit=unit)
    with clock.stopped_at(at(OPENS)):
        cycle = place.cycle()
    with clock.stopped_at(at(DUE, 7)):
        called = call_units(by=office.planner, cycle=cycle)
    assert called == Called(2, 2, 0, (silent.name,), (deserted.name,))
    reached = UnitReport.objects.filter(called_at__isnull=False).values_list("unit", flat=True)
    assert set(reached) == {office.lead.pk, office.support.pk}
    assert morning(DUE, call_report_units) == (
        "Đã gửi thư cho 0 người của 0 đơn vị, trong 1 kỳ báo cáo; 2 đơn vị không có ai để gửi thư"
    )


def test_the_page_of_background_work_names_the_jobs_in_vietnamese():
    with override("vi"):
        titles = [str(schedule()[name].title) for name in ("keep_report_cycles", "call_report_units")]
    assert titles == ["Mở và đóng các kỳ báo cáo", "Nhắc các đơn vị gửi báo cáo"]


def test_before_the_cut_off_units_are_asked_to_prepare_what_they_cannot_send_yet():
    place = reporting_office()
    with clock.stopped_at(at(OPENS)):
        cycle = place.cycle()
    written = []
    for day in (CUT_OFF, date(2025, 6, 15)):
        with clock.stopped_at(at(day, 8)):
            call_units(by=place.office.planner, cycle=cycle, units=[place.office.lead])
        mail = OutgoingMail.objects.order_by("pk").last()
        written.append(
            (mail.subject, "gửi được từ ngày 15/06/2025, chậm nhất là ngày 17/06/2025" in mail.text)
        )
    assert written == [
        (f"Đề nghị chuẩn bị: {cycle.name}", True),
        (f"Đề nghị gửi: {cycle.name}", False),
    ]


def test_one_cycle_that_cannot_be_called_keeps_no_other_from_its_call(monkeypatch):
    place = reporting_office(calls=[0])
    with clock.stopped_at(at(OPENS)):
        broken, whole = place.cycle(2025, 1), place.cycle()
    called = []

    def calls(*, by, cycle):
        called.append(cycle)
        if cycle == broken:
            raise RuntimeError("Broken.")

    monkeypatch.setattr("khuevan.reports.actions.mornings.call_by_rule", calls)
    with pytest.raises(RuntimeError):
        morning(DUE, call_report_units)
    assert set(called) == {broken, whole}
    assert len(called) == 2
