"""What those who gather do on their pages: remind in one click, return, close, open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.outbox.models import OutgoingMail
from khuevan.people.models import User
from khuevan.reports.actions import close_cycle
from khuevan.reports.choices import CycleState, ReportKind, UnitReportState
from khuevan.reports.models import Cycle, RuleReporter
from tests.factories.reports import CODE, RuleFactory, reporting_office
from tests.factories.work import at
from tests.reports.gathering_scenes import (
    AFTER,
    DUE,
    gatherer_officer,
    gathering,
    head_above,
    page,
    recipients,
    said,
    url,
    with_wards,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(AFTER)):
        yield


# Reminders


def test_all_that_have_not_sent_are_reminded_in_one_click(client):
    place, cycle, _wards = with_wards(("Phường Ba Đình", "Phường Đống Đa"))
    place.sent(cycle, place.office.lead)
    client.force_login(place.office.planner)
    answer = client.post(f"{url('cycle_call', cycle.pk)}?state=OWED", {"which": "all"})
    assert (answer.status_code, answer.url) == (302, f"{cycle.get_absolute_url()}?state=OWED")
    assert said(answer) == ["Đã gửi thư nhắc cho 3 người của 3 đơn vị."]
    assert recipients() == ["Cán bộ Phường Ba Đình", "Cán bộ Phường Đống Đa", "Hoàng Thị Mạng"]
    again = client.post(url("cycle_call", cycle.pk), {"which": "all"})
    assert said(again)[-1] == "3 đơn vị đã được nhắc trong hôm nay nên không nhắc lại."
    assert len(recipients()) == 3
    assert "nhắc lúc 09:00 16/06/2025" in page(client, place.office.planner, cycle.get_absolute_url())


def test_one_unit_or_the_ticked_ones_are_reminded(client):
    place, cycle, wards = with_wards(("Phường Ba Đình", "Phường Đống Đa", "Phường Tây Hồ"))
    client.force_login(place.office.planner)
    client.post(url("cycle_call", cycle.pk), {"only": wards[0].pk, "units": [wards[1].pk]})
    assert recipients() == ["Cán bộ Phường Ba Đình"]
    client.post(
        url("cycle_call", cycle.pk), {"which": "chosen", "units": [wards[1].pk, wards[2].pk, "x", "9" * 30]}
    )
    assert recipients() == ["Cán bộ Phường Ba Đình", "Cán bộ Phường Tây Hồ", "Cán bộ Phường Đống Đa"]
    nothing = client.post(url("cycle_call", cycle.pk), {"which": "chosen"})
    assert said(nothing)[-1] == "Hãy chọn đơn vị cần nhắc trước."


def test_who_cannot_be_written_to_is_said_and_marked(client):
    place, cycle, wards = with_wards(("Phường Ba Đình", "Phường Đống Đa"))
    User.objects.filter(posts__unit=wards[0]).update(email="")
    with unaudited("nobody is left"):
        wards[1].posts.all().delete()
    client.force_login(place.office.planner)
    shown = page(client, place.office.planner, cycle.get_absolute_url())
    assert shown.count("chưa có người nhận thư") == 2
    answer = client.post(url("cycle_call", cycle.pk), {"which": "all"})
    assert said(answer) == [
        "Đã gửi thư nhắc cho 2 người của 2 đơn vị.",
        "Người phụ trách chưa có địa chỉ thư: Phường Ba Đình. Đề nghị nhắc qua điện thoại.",
        "Chưa có người phụ trách: Phường Đống Đa. Quản trị viên có thể bổ sung người.",
    ]


def test_the_head_above_reminds_only_units_below(client):
    place, cycle, wards = with_wards(("Phường Ba Đình",))
    client.force_login(head_above(place))
    refused = client.post(url("cycle_call", cycle.pk), {"only": wards[0].pk})
    assert (refused.status_code, recipients()) == (403, [])
    answer = client.post(url("cycle_call", cycle.pk), {"which": "all"})
    assert said(answer) == ["Đã gửi thư nhắc cho 2 người của 2 đơn vị."]
    assert recipients() == ["Hoàng Thị Mạng", "Lê Thị Viên"]


def test_nobody_is_reminded_in_a_closed_cycle(client):
    place, cycle = gathering()
    close_cycle(by=place.office.planner, cycle=cycle)
    client.force_login(place.office.planner)
    assert url("cycle_call", cycle.pk) not in client.get(cycle.get_absolute_url()).content.decode()
    answer = client.post(url("cycle_call", cycle.pk), {"which": "all"})
    assert said(answer) == [
        "Kỳ báo cáo đã đóng, các đơn vị không gửi được nữa: hãy mở lại kỳ trước."
    ]  # fmt: skip
    assert recipients() == []


def test_the_reminder_tells_the_day_and_leads_to_the_form(client):
    place, cycle = gathering()
    client.force_login(place.office.planner)
    client.post(url("cycle_call", cycle.pk), {"only": place.office.lead.pk})
    mail = OutgoingMail.objects.get()
    report = place.report_of(cycle, place.office.lead)
    assert (mail.subject, mail.reason) == (
        "Đề nghị gửi: Báo cáo công tác thông tin đối ngoại quý II năm 2025",
        "Anh/chị phụ trách báo cáo của Phòng Thông tin – Báo chí – Xuất bản.",
    )
    assert mail.text.split("\n\n")[:-1] == [
        "Kính gửi anh/chị Lê Thị Viên,",
        "Phòng Thông tin – Báo chí – Xuất bản chưa gửi báo cáo sau:",
        "Báo cáo công tác thông tin đối ngoại quý II năm 2025",
        "Số liệu tính từ ngày 15/03/2025 đến ngày 14/06/2025.",
        "Còn 1 ngày: hạn gửi báo cáo là 17/06/2025.",
        "Những số liệu phần mềm đếm được đã điền sẵn: đề nghị xác nhận, hoặc sửa và ghi lý do.",
    ]
    assert mail.text.rstrip().endswith(report.get_absolute_url())


# Return, close, open


def test_a_sent_report_is_returned_with_a_reason(client):
    place, cycle = gathering()
    report = place.sent(cycle, place.office.lead)
    client.force_login(place.office.planner)
    address = url("return_unit_report", report.pk)
    assert address in client.get(cycle.get_absolute_url()).content.decode()
    empty = client.post(address, {"reason": " "})
    assert (empty.status_code, "Hãy ghi nội dung đơn vị cần chỉnh sửa." in empty.content.decode()) == (
        422,
        True,
    )
    answer = client.post(address, {"reason": "Đếm lại tin, bài."})
    assert answer.url == cycle.get_absolute_url()
    report.refresh_from_db()
    assert (report.state, report.returned_reason) == (UnitReportState.RETURNED, "Đếm lại tin, bài.")
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Trả lại: Báo cáo công tác thông tin đối ngoại quý II năm 2025"
    # The reason stands at the report: whoever looks after the outbox reads every mail.
    assert mail.text.split("\n\n")[:-1] == [
        "Kính gửi anh/chị Lê Thị Viên,",
        "Nguyễn Thị Kế Hoạch đã trả lại báo cáo của Phòng Thông tin – Báo chí – Xuất bản:",
        "Báo cáo công tác thông tin đối ngoại quý II năm 2025",
        "Đề nghị chỉnh sửa và gửi lại trước hết ngày 17/06/2025.",
    ]
    assert "Chỉ trả lại được báo cáo đã gửi." in page(client, place.office.planner, address)


def test_a_cycle_is_closed_and_opened_again_by_hand(client):
    place, cycle = gathering()
    client.force_login(place.office.planner)
    assert "Còn 2 đơn vị chưa gửi." in page(client, place.office.planner, url("cycle_close", cycle.pk))
    client.post(url("cycle_close", cycle.pk))
    assert Cycle.objects.get().state == CycleState.CLOSED
    past = client.post(url("cycle_reopen", cycle.pk), {"until": "2025-06-10"})
    assert (past.status_code, "Ngày này đã qua" in past.content.decode()) == (422, True)
    client.post(url("cycle_reopen", cycle.pk), {"until": "2025-06-30"})
    cycle = Cycle.objects.get()
    assert (cycle.state, cycle.closes_date) == (CycleState.OPEN, date(2025, 6, 30))


def test_a_period_is_opened_by_hand(client):
    place = reporting_office()
    client.force_login(place.office.planner)
    shown = page(client, place.office.planner, url("open_period"))
    assert "quý I năm 2025 (chốt số liệu 14/03/2025, hạn gửi 18/03/2025)" in shown
    wrong = client.post(url("open_period"), {"period": f"{place.rule.pk}-2025-9"})
    assert wrong.status_code == 422
    answer = client.post(url("open_period"), {"period": f"{place.rule.pk}-2025-1"})
    cycle = Cycle.objects.get()
    assert answer.url == cycle.get_absolute_url()
    # Its deadline has passed: it stays open from today for as long as units may be late.
    assert (cycle.rule_code, cycle.number, cycle.due_date, cycle.closes_date) == (
        CODE,
        1,
        date(2025, 3, 18),
        date(2025, 7, 1),
    )
    assert "quý I năm 2025 (" not in page(client, place.office.planner, url("open_period"))


def test_an_ad_hoc_report_is_opened_for_chosen_units_or_for_those_of_the_rule(client):
    place, _cycle, wards = with_wards(("Phường Ba Đình", "Phường Đống Đa"))
    rule = RuleFactory(
        code="dot-xuat", name="Báo cáo đột xuất", kind=ReportKind.AD_HOC, frequency="", gatherer=place.rule.gatherer
    )  # fmt: skip
    with unaudited("reporters of a test"):
        RuleReporter.objects.create(rule=rule, unit=place.office.lead)
    client.force_login(gatherer_officer(place))
    form = {
        "rule": rule.pk,
        "name": "Tuần phim Việt Nam",
        "first_date": "2025-06-01",
        "last_date": "2025-06-15",
    }
    backwards = client.post(url("open_cycle"), {**form, "first_date": "2025-06-20"})
    assert (backwards.status_code, "Ngày chốt số liệu không thể" in backwards.content.decode()) == (422, True)
    client.post(url("open_cycle"), {**form, "units": [ward.pk for ward in wards]})
    client.post(url("open_cycle"), {**form, "name": "Theo quy định", "due_date": "2025-06-20"})
    found = {
        cycle.name: (cycle.due_date, [report.unit.name for report in cycle.unit_reports.all()])
        for cycle in Cycle.objects.filter(rule=rule)
    }
    assert found == {
        "Tuần phim Việt Nam": (DUE, ["Phường Ba Đình", "Phường Đống Đa"]),
        "Theo quy định": (date(2025, 6, 20), ["Phòng Thông tin – Báo chí – Xuất bản"]),
    }


def test_whoever_gathers_nothing_of_that_sort_is_told_so(client):
    place, _cycle = gathering()
    shown = page(client, place.office.planner, url("open_cycle"))
    assert "Chưa có quy định nào về báo cáo chuyên đề, đột xuất" in shown
    client.force_login(place.office.lead_head)
    assert client.get(url("open_period")).status_code == 403
