"""Cycles and the gathering page: what they show to whom, in which order, and how many queries they take."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.reports.actions import close_cycle, compose_report, open_cycle, open_period
from khuevan.reports.choices import ReportKind
from khuevan.reports.models import RuleReporter, UnitReport
from tests.factories.reports import RuleFactory
from tests.factories.work import at
from tests.reports.gathering_scenes import (
    AFTER,
    BEFORE,
    gatherer_officer,
    gathering,
    head_above,
    page,
    units_shown,
    url,
    with_wards,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(AFTER)):
        yield


# The list


def test_the_list_shows_open_cycles_with_how_many_have_sent(client):
    place, cycle = gathering()
    place.sent(cycle, place.office.lead)
    shown = page(client, place.office.planner, url("cycles"))
    assert "Báo cáo công tác thông tin đối ngoại quý II năm 2025" in shown
    assert "15/03/2025 – 14/06/2025 17/06/2025 còn 1 ngày 1/2 chưa có" in shown
    compose_report(by=place.office.planner, cycle=cycle)
    assert "1/2 Đang biên tập" in page(client, place.office.planner, url("cycles"))


def test_the_list_says_that_closed_cycles_are_elsewhere(client):
    place, cycle = gathering()
    close_cycle(by=place.office.planner, cycle=cycle)
    assert "Không có kỳ báo cáo nào đang mở" in page(client, place.office.planner, url("cycles"))
    assert "đóng ngày 16/06/2025 0/2" in page(client, place.office.planner, f"{url('cycles')}?state=CLOSED")
    assert cycle.name in page(client, place.office.planner, f"{url('cycles')}?state=")


def test_each_sees_the_cycles_that_are_theirs(client):
    place, cycle, wards = with_wards(("Phường Ba Đình",))
    office = place.office
    other = RuleFactory(code="khac", name="Báo cáo khác", gatherer=office.other, calls=[])
    with unaudited("reporters of a test"):
        RuleReporter.objects.create(rule=other, unit=wards[0])
    elsewhere = open_period(by=office.planner, rule=other, year=2025, number=2)
    seen = {
        name: [one.name in page(client, person, url("cycles")) for one in (cycle, elsewhere)]
        for name, person in {
            "planner": office.planner,
            "auditor": office.auditor,
            "gatherer": gatherer_officer(place),
            "officer of the other": office.other_officer,
            "head above": head_above(place),
            "head of a division": office.lead_head,
        }.items()
    }
    assert seen == {
        "planner": [True, True],
        "auditor": [True, True],
        "gatherer": [True, False],
        "officer of the other": [False, True],
        "head above": [True, False],
        "head of a division": [False, False],
    }
    # The head counts the two divisions below, not the ward.
    assert "0/2" in page(client, head_above(place), url("cycles"))


# One cycle


def test_who_has_not_sent_stands_first_and_late_ones_are_said(client):
    place, cycle, _wards = with_wards(("Phường Ba Đình", "Phường Hoàn Kiếm"))
    place.sent(cycle, place.office.lead)
    place.filled(cycle, place.office.support)
    assert units_shown(client, place.office.planner, cycle.get_absolute_url()) == [
        ("Phường Ba Đình", "Chưa nhập"),
        ("Phường Hoàn Kiếm", "Chưa nhập"),
        ("Phòng Truyền thông số", "Đang nhập"),
        ("Phòng Thông tin – Báo chí – Xuất bản", "Đã gửi"),
    ]
    shown = page(client, place.office.planner, cycle.get_absolute_url())
    assert "mỗi ngày nhiều nhất một thư. Phần mềm tự nhắc tiếp vào ngày 17/06/2025." in shown
    for words in ("4 đơn vị báo cáo", "1 đã gửi", "3 chưa gửi", "2 chưa nhập", "1 đang nhập", "(còn 1 ngày)"):
        assert words in shown
    assert "Phòng, ban và đơn vị khác đã gửi 1/2 Phường, xã đã gửi 0/2" in shown
    assert "quá hạn" not in shown
    with clock.stopped_at(at(date(2025, 6, 18))):
        place.sent(cycle, place.office.support)
        late = page(client, place.office.planner, cycle.get_absolute_url())
    assert ("3 quá hạn, gửi muộn" in late, late.count("Chưa nhập quá hạn"), "Đã gửi gửi muộn" in late) == (
        True,
        2,
        True,
    )


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        ("?state=OWED", ["Phường Ba Đình", "Phường Đống Đa", "Phòng Truyền thông số"]),
        ("?state=SENT", ["Phòng Thông tin – Báo chí – Xuất bản"]),
        ("?state=UNTOUCHED&group=WARDS", ["Phường Ba Đình", "Phường Đống Đa"]),
        ("?q=dong+da", ["Phường Đống Đa"]),
        ("?q=phuong&order=NAME", ["Phường Ba Đình", "Phường Đống Đa"]),
        ("?q=tts", ["Phòng Truyền thông số"]),
        (
            "?order=TIME",
            [
                "Phòng Thông tin – Báo chí – Xuất bản",
                "Phòng Truyền thông số",
                "Phường Ba Đình",
                "Phường Đống Đa",
            ],
        ),
        (
            "?state=NONSENSE&group=X&order=Y",
            [
                "Phường Ba Đình",
                "Phường Đống Đa",
                "Phòng Truyền thông số",
                "Phòng Thông tin – Báo chí – Xuất bản",
            ],
        ),
        ("?q=khong+co", []),
    ],
)
def test_the_list_of_units_is_narrowed_and_ordered(client, wish, names):
    place, cycle, _wards = with_wards(("Phường Ba Đình", "Phường Đống Đa"))
    with clock.stopped_at(at(AFTER, 8)):
        place.filled(cycle, place.office.support)
    place.sent(cycle, place.office.lead)
    shown = units_shown(client, place.office.planner, cycle.get_absolute_url() + wish)
    assert [name for name, _state in shown] == names


def test_the_head_above_sees_the_units_below_and_nobody_else_s(client):
    place, cycle, _wards = with_wards(("Phường Ba Đình",))
    head = head_above(place)
    assert units_shown(client, head, cycle.get_absolute_url()) == [
        ("Phòng Thông tin – Báo chí – Xuất bản", "Chưa nhập"),
        ("Phòng Truyền thông số", "Chưa nhập"),
    ]
    shown = page(client, head, cycle.get_absolute_url())
    assert "Anh/chị đang xem các đơn vị trực thuộc đơn vị mình." in shown
    assert "Nhắc 2 đơn vị chưa gửi" in shown
    client.force_login(place.office.lead_head)
    answer = client.get(cycle.get_absolute_url())
    assert answer.status_code == 403
    assert "người đứng đầu đơn vị cấp trên" in answer.content.decode()


def test_a_director_sees_all_units_and_reminds_those_below(client):
    place, cycle, _wards = with_wards(("Phường Ba Đình",))
    shown = page(client, place.office.director, cycle.get_absolute_url())
    assert ("3 đơn vị báo cáo" in shown, "Nhắc 2 đơn vị chưa gửi" in shown) == (True, True)
    auditor = page(client, place.office.auditor, cycle.get_absolute_url())
    assert ("3 đơn vị báo cáo" in auditor, "Nhắc 3" in auditor) == (True, False)
    assert url("cycle_call", cycle.pk) not in client.get(cycle.get_absolute_url()).content.decode()


# How many queries


def test_the_list_asks_as_often_for_three_cycles_as_for_one(client, django_assert_num_queries):
    place, _cycle = gathering()
    client.force_login(place.office.planner)
    client.get(url("cycles"))
    with django_assert_num_queries(13):
        client.get(url("cycles"))
    rule = RuleFactory(
        code="dot-xuat", kind=ReportKind.THEMATIC, frequency="", gatherer=place.rule.gatherer
    )  # fmt: skip
    for name in ("Một", "Hai"):
        open_cycle(
            by=place.office.planner, rule=rule, name=name, first_date=BEFORE, last_date=AFTER,
            units=[place.office.lead],
        )  # fmt: skip
    with django_assert_num_queries(13):
        client.get(url("cycles"))


@pytest.mark.parametrize(
    # The page of the cycle also asks which units may be taken in.
    ("name", "queries"), [("cycle", 16), ("cycle_figures", 15), ("cycle_matrix", 15)]
)  # fmt: skip
@pytest.mark.parametrize("wards", [1, 3])
def test_pages_of_a_cycle_ask_as_often_for_three_units_as_for_one(
    client, django_assert_num_queries, name, queries, wards
):
    place, cycle, _wards = with_wards(tuple(f"Phường {number}" for number in range(wards)))
    place.sent(cycle, place.office.lead)
    if wards > 1:
        place.sent(cycle, place.office.support)
    client.force_login(place.office.planner)
    client.get(url(name, cycle.pk))
    with django_assert_num_queries(queries):
        assert client.get(url(name, cycle.pk)).status_code == 200


def test_units_that_began_show_when_they_saved_last(client):
    place, cycle = gathering()
    with clock.stopped_at(at(AFTER, 10, 30)):
        place.filled(cycle, place.office.support)
    assert "Đang nhập 10:30 16/06/2025 Hoàng Thị Mạng" in page(
        client, place.office.planner, cycle.get_absolute_url()
    )
    # What is not sent is read by its own people alone: no link leads there.
    report = UnitReport.objects.get(cycle=cycle, unit=place.office.support)
    assert report.get_absolute_url() not in client.get(cycle.get_absolute_url()).content.decode()
