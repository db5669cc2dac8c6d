"""A figure opened: its units, its records, the reasons of corrections, its formula, what it is held against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.models import User
from khuevan.reports.actions import compose_report, gather_again, return_unit_report
from khuevan.reports.counting import CountedRecord
from khuevan.reports.models import ReportFigure, Target
from khuevan.reports.presenters.figure_page import sum_words
from tests.factories.reports import CODE
from tests.factories.work import at
from tests.reports.composing_scenes import SENT, Scene, composed, issued
from tests.reports.test_quarter import done_by_the_lead

pytestmark = pytest.mark.django_db

LEAD, SUPPORT = "Phòng Thông tin – Báo chí – Xuất bản", "Phòng Truyền thông số"


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(SENT, 10)):
        yield


def figure_url(scene: Scene, code: str) -> str:
    return reverse("reports:figure", args=[scene.report.pk, code])


def page(client: Client, person: User, address: str) -> str:
    """What is seen there, without tags, in one line."""
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    main = answer.content.decode().split('<div class="vb">', 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def stored(report_id: int, code: str, **fields: Any) -> None:
    """The figure as a test wants it stored."""
    with unaudited("a test's own data"):
        figure = ReportFigure.objects.get(report=report_id, code=code)
        for name, value in fields.items():
            setattr(figure, name, value)
        figure.save()


def records(count: int, unit: str) -> list[list[object]]:
    return [
        CountedRecord("documents.document", key, f"Văn bản {key} của {unit}", date(2025, 4, 1)).as_stored()
        for key in range(1, count + 1)
    ]


def counted(scene: Scene, lead: int, support: int) -> list[dict[str, object]]:
    """Parts of a counted figure, with as many records as they say."""
    office = scene.place.office
    return [
        {
            "unit": unit.pk,
            "name": unit.name,
            "value": f"{count}.00",
            "known": f"{count}.00",
            "reason": "",
            "records": records(count, unit.short_name),
            "sent_at": at(SENT, 8).isoformat(),
            "sent_by": "Lê Thị Viên",
        }
        for unit, count in ((office.lead, lead), (office.support, support))
    ]


def test_an_entered_figure_says_who_sent_it_when_and_how_it_adds_up(client):
    scene = composed()
    shown = page(client, scene.planner, figure_url(scene, "tin_bai"))
    assert "Tin, bài đã đăng 7 tin, bài Đơn vị nhập" in shown
    assert "Theo đơn vị 5 + 2 = 7" in shown
    assert (
        f"{LEAD} 5 08:00 16/06/2025 Lê Thị Viên {SUPPORT} 2 08:00 16/06/2025 Hoàng Thị Mạng Cộng 7" in shown
    )


def test_a_counted_figure_lists_what_it_counts_with_links_to_it(client):
    scene = composed()
    # Work of the lead, reported done within the period and counted when it sent.
    done_by_the_lead(scene.place, date(2025, 6, 10))
    place = scene.place
    with clock.stopped_at(at(SENT, 11)):
        return_unit_report(
            by=scene.planner, report=place.report_of(scene.cycle, place.office.lead), reason="Xem lại."
        )
        place.sent(scene.cycle, place.office.lead, stories=5)
        gather_again(by=scene.planner, report=scene.report)
    client.force_login(scene.planner)
    text = client.get(figure_url(scene, "xong")).content.decode()
    address = reverse("programme:instalment", args=[place.office.lead_instalment.pk])
    assert re.findall(rf'<a href="{address}">([^<]+)</a>', text) == [
        "Tổ chức tuần phim Việt Nam giới thiệu Hà Nội với bạn bè quốc tế."
    ]
    shown = page(client, scene.planner, figure_url(scene, "xong"))
    assert f"Các mục được đếm 1 mục {LEAD} 10/06/2025 Tổ chức tuần phim" in shown


def test_a_unit_that_says_another_figure_is_shown_with_its_reason(client):
    scene = composed(done=(2, "Hai việc báo bằng giấy."))
    shown = page(client, scene.planner, figure_url(scene, "xong"))
    assert f"{LEAD} Đơn vị sửa lại Hai việc báo bằng giấy. 2 0 –" in shown
    assert "Theo đơn vị 2 + 0 = 2" in shown


def test_hundreds_of_records_come_a_hundred_a_page_and_unit_by_unit(client):
    scene = composed()
    stored(scene.report.pk, "xong", value=Decimal(250), parts=counted(scene, 130, 120))
    client.force_login(scene.planner)
    address = figure_url(scene, "xong")
    pages = [client.get(f"{address}?page={number}").context for number in (1, 2, 3)]
    assert [len(one["records"]) for one in pages] == [100, 100, 50]
    assert [row.record.title for row in pages[1]["records"]][29:31] == [
        "Văn bản 130 của TTBCXB",
        "Văn bản 1 của TTS",
    ]
    support = scene.place.office.support.pk
    of_one = client.get(f"{address}?don-vi={support}&page=2").context
    assert [row.record.pk for row in of_one["records"]] == list(range(101, 121))
    text = client.get(f"{address}?don-vi={support}").content.decode()
    assert f'href="?don-vi={support}&amp;page=2#records"' in text


def test_a_page_of_records_asks_as_much_for_a_hundred_as_for_one(client, django_assert_max_num_queries):
    scene = composed()
    client.force_login(scene.planner)
    address = figure_url(scene, "xong")

    def asked() -> int:
        with django_assert_max_num_queries(30) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    stored(scene.report.pk, "xong", value=Decimal(1), parts=counted(scene, 1, 0))
    asked()
    for_one = asked()
    stored(scene.report.pk, "xong", value=Decimal(100), parts=counted(scene, 60, 40))
    assert asked() == for_one


def test_a_computed_figure_spells_its_formula_with_the_figures_that_it_reads(client):
    scene = composed(done=(2, "Giấy."), due=(3, "Giấy."))
    shown = page(client, scene.planner, figure_url(scene, "ty_le"))
    assert "100 × [Nhiệm vụ hoàn thành] ÷ [Nhiệm vụ đến hạn] 100 × 2 ÷ 3 = 66,67" in shown
    assert "Nhiệm vụ hoàn thành : 2 Nhiệm vụ đến hạn : 3" in shown
    client.force_login(scene.planner)
    text = client.get(figure_url(scene, "ty_le")).content.decode()
    assert f'<a href="{figure_url(scene, "den_han")}">Nhiệm vụ đến hạn</a>' in text


def test_a_computed_figure_without_value_says_why(client):
    scene = composed()
    shown = page(client, scene.planner, figure_url(scene, "ty_le"))
    assert "Chưa tính được: thiếu một số liệu trong công thức, hoặc phải chia cho 0." in shown


def test_units_without_the_figure_are_named(client):
    scene = composed(both=False)
    shown = page(client, scene.planner, figure_url(scene, "kinh_phi"))
    assert "Chưa đơn vị nào cung cấp số liệu này." in shown
    assert f"1 đơn vị gửi báo cáo nhưng bỏ trống số liệu này {LEAD}" in shown
    assert f"1/2 đơn vị chưa gửi {SUPPORT}" in shown


def test_what_it_is_held_against_leads_to_the_report_in_which_it_stands(client):
    scene = composed()
    first = issued(scene)
    with unaudited("a target of a test"):
        Target.objects.create(
            rule_code=CODE, indicator_code="tin_bai", year=2025, value=Decimal(40), source="KH 48"
        )
    with clock.stopped_at(at(date(2025, 9, 16))):
        cycle = scene.place.cycle(2025, 3)
        scene.place.sent(cycle, scene.place.office.lead, stories=9)
        report = compose_report(by=scene.planner, cycle=cycle)
    address = reverse("reports:figure", args=[report.pk, "tin_bai"])
    shown = page(client, scene.planner, address)
    # The first quarter was never reported: there is no sum of the year.
    assert "So sánh Kỳ trước 7 Kế hoạch năm 40 KH 48" in shown
    text = client.get(address).content.decode()
    assert f'<a href="{reverse("reports:figure", args=[first.pk, "tin_bai"])}">7</a>' in text


def test_a_code_that_the_report_does_not_have_is_not_there(client):
    scene = composed()
    client.force_login(scene.planner)
    assert client.get(figure_url(scene, "khong_co")).status_code == 404


def test_the_sum_is_what_the_parts_come_to():
    parts = [{"value": "1200000.00"}, {"value": "0.50"}, {"value": "0.00"}]
    figure = ReportFigure(value=Decimal("1200000.50"), parts=parts)
    assert sum_words(figure) == "1.200.000 + 0,5 + 0 = 1.200.000,5"
    assert sum_words(ReportFigure(value=None, parts=[])) == ""
