"""The list of one's own reports: what waits first, for a head of many units too."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from khuevan.core.actions import unaudited
from khuevan.people.choices import Role, UnitKind
from khuevan.reports.actions import close_cycle, return_unit_report
from khuevan.reports.models import UnitReport
from khuevan.reports.queries.own_reports import (
    OwnReportsAsked,
    OwnReportsCount,
    own_reports,
    own_reports_count,
)
from tests.factories.people import PostFactory, UnitFactory
from tests.factories.reports import reporting_office
from tests.reports.form_pages import IN_TIME, main_text, on, report_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return reporting_office()


def listed(client, **wishes: str) -> str:
    page = client.get(reverse("reports:my_reports"), wishes)
    assert page.status_code == 200
    return main_text(page)


def names(person, **wishes) -> list[tuple[str, str]]:
    found = own_reports(person, IN_TIME, OwnReportsAsked(**wishes))
    return [(one.unit.short_name, one.cycle.name.rsplit(" quý ")[-1]) for one in found]


def test_open_ones_come_first_then_sent_ones_then_earlier_cycles(place):
    head = PostFactory(role=Role.UNIT_HEAD, unit=place.office.department).person
    with on(date(2025, 3, 16)):
        earlier = place.cycle(2025, 1)
        place.sent(earlier, place.office.lead)
        close_cycle(by=place.office.planner, cycle=earlier)
    report = report_of(place)
    with on():
        place.sent(report.cycle, place.office.lead)
    assert names(head) == [
        ("TTS", "II năm 2025"),
        ("TTBCXB", "II năm 2025"),
        ("TTBCXB", "I năm 2025"),
        ("TTS", "I năm 2025"),
    ]
    assert own_reports_count(head, IN_TIME) == OwnReportsCount(owed=1, late=0)
    assert own_reports_count(head, date(2025, 6, 18)) == OwnReportsCount(owed=1, late=1)
    assert names(head, words="truyen thong") == [("TTS", "II năm 2025"), ("TTS", "I năm 2025")]
    assert names(head, state="SENT") == [("TTBCXB", "II năm 2025"), ("TTBCXB", "I năm 2025")]
    assert names(head, cycle=earlier.pk, state="WAITING") == [("TTS", "I năm 2025")]
    assert names(place.office.support_officer) == [("TTS", "II năm 2025"), ("TTS", "I năm 2025")]
    assert names(place.office.auditor) == []


def test_list_says_how_long_is_left_and_who_touched_it_last(place, client):
    report = report_of(place)
    client.force_login(place.office.lead_officer)
    with on():
        assert "17/06/2025 còn 1 ngày Chưa nhập –" in listed(client)
        place.filled(report.cycle, place.office.lead)
        assert "17/06/2025 còn 1 ngày Đang nhập Lê Thị Viên 09:00 16/06/2025" in listed(client)
    with on(date(2025, 6, 20)):
        assert "Còn 1 báo cáo phải gửi. 1 báo cáo quá hạn" in listed(client)
        assert "17/06/2025 quá hạn 3 ngày" in listed(client)
        place.sent(report.cycle, place.office.lead)
        assert "Đã gửi, kỳ còn mở" in listed(client)
        return_unit_report(by=place.office.planner, report=report, reason="Đếm lại.")
        assert "17/06/2025 quá hạn 3 ngày Bị trả lại Lê Thị Viên" in listed(client)


def test_empty_lists_say_why(place, client):
    client.force_login(place.office.other_officer)
    with on():
        assert "Đơn vị bạn chưa có báo cáo nào" in listed(client)
        assert "Không có báo cáo nào khớp bộ lọc" in listed(client, q="không có tên này")
        client.force_login(place.office.auditor)
        assert "Bạn không điền báo cáo của đơn vị nào" in listed(client)


def many_units(place, count: int) -> None:
    """More units below the department that report."""
    with unaudited("a large department"):
        cycle = report_of(place).cycle
        units = [
            UnitFactory(name=f"Phường {n}", parent=place.office.department, kind=UnitKind.WARD)
            for n in range(count)
        ]
        UnitReport.objects.bulk_create([UnitReport(cycle=cycle, unit=unit) for unit in units])


def test_a_head_of_hundreds_of_units_turns_pages(place, client, django_assert_num_queries):
    report_of(place)
    head = PostFactory(role=Role.UNIT_HEAD, unit=place.office.department).person
    client.force_login(head)
    address = reverse("reports:my_reports")
    with on():
        client.get(address)
        with django_assert_num_queries(14) as few:
            client.get(address)
        many_units(place, 200)
        with django_assert_num_queries(len(few)):
            page = client.get(address, {"page": "2"})
    words = main_text(page)
    assert "Còn 202 báo cáo phải gửi." in words
    assert page.content.decode().count('<th scope="row"><a') == 30
    assert "?page=7" in page.content.decode()
