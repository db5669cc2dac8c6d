"""Figures of a cycle so far: sums, what is missing, corrections; the table; both as files, noted in the trail."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.core.recording import unaudited
from khuevan.people.choices import UnitKind
from khuevan.reports.actions import UnitWords, save_unit_report, send_unit_report
from khuevan.reports.actions.filling import FigureEntry
from khuevan.reports.models import Cycle
from khuevan.reports.queries.cycle_data import cycle_data, sums_of
from khuevan.reports.queries.gathering import gathered
from tests.factories.reports import ReportingOffice
from tests.factories.work import at
from tests.reports.gathering_scenes import AFTER, gathering, head_above, page, url, with_wards

pytestmark = pytest.mark.django_db
REASON = "Một nhiệm vụ làm ngoài kế hoạch"


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(AFTER)):
        yield


def both_sent() -> tuple[ReportingOffice, Cycle]:
    """The lead corrected what was counted and left money open; the support gave both; a ward has not sent."""
    place, cycle, _wards = with_wards(("Phường Ba Đình",))
    place.sent(cycle, place.office.lead, stories=1200, answer="Mở trang tin.", done=(2, REASON))
    place.sent(cycle, place.office.support, stories=34, money=(12_500_000, ""))
    return place, cycle


def table(client: Client, cycle: Cycle) -> list[list[str]]:
    """The cells of the table of units and indicators, line by line."""
    text = client.get(f"{url('cycle_matrix', cycle.pk)}?section=all").content.decode()
    body = text.split('class="vb-table gt-matrix"', 1)[1]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_figures_so_far_say_what_is_missing_and_what_was_corrected(client):
    place, cycle = both_sent()
    shown = page(client, place.office.planner, url("cycle_figures", cycle.pk))
    assert "Cộng từ 2 trong 3 đơn vị đã gửi." in shown
    for line in (
        f"Nhiệm vụ hoàn thành 2 nhiệm vụ 2/2 đơn vị 1 đơn vị {place.office.lead.name} : "
        f"2, phần mềm đếm được 0. {REASON}",
        "Tỷ lệ hoàn thành tính từ các số cộng … % – –",
        "Tin, bài đã đăng 1.234 tin, bài 2/2 đơn vị –",
        f"Kinh phí đã sử dụng 12.500.000 đồng 1/2 đơn vị 1 đơn vị để trống {place.office.lead.name} –",
    ):
        assert line in shown


def test_the_table_holds_every_unit_and_says_why_a_cell_is_empty(client):
    place, cycle = both_sent()
    # Wards are not asked the part about the media.
    with unaudited("a form of a test"):
        place.media.asked_kinds = [UnitKind.DIVISION]
        place.media.save()
    client.force_login(place.office.planner)
    assert table(client, cycle) == [
        [
            "Đơn vị", "Nhiệm vụ hoàn thành nhiệm vụ", "Nhiệm vụ đến hạn nhiệm vụ", "Tỷ lệ hoàn thành %",
            "Tin, bài đã đăng tin, bài", "Kinh phí đã sử dụng đồng",
        ],
        [place.office.lead.name, "2*", "0", "…", "1.200", "…"],
        [place.office.support.name, "0", "0", "…", "34", "12.500.000"],
        ["Phường Ba Đình", "–", "–", "–", "", ""],
        ["Cộng của 2 đơn vị", "2", "0", "…", "1.234", "12.500.000"],
    ]  # fmt: skip
    one_part = page(client, place.office.planner, f"{url('cycle_matrix', cycle.pk)}?section={place.media.pk}")
    assert ("Tin, bài đã đăng" in one_part, "Nhiệm vụ đến hạn nhiệm vụ" in one_part) == (True, False)


def test_the_head_above_sees_sums_over_the_units_below(client):
    place, cycle, wards = with_wards(("Phường Ba Đình",))
    place.sent(cycle, place.office.lead, stories=5)
    officer = wards[0].posts.get().person
    report = place.report_of(cycle, wards[0])
    saved = save_unit_report(
        by=officer, report=report, seen_version=0, figures={place.stories.pk: FigureEntry(Decimal(7))},
        words=UnitWords(),
    )  # fmt: skip
    send_unit_report(by=officer, report=saved, seen_version=saved.version)
    seen = {
        name: page(client, person, url("cycle_figures", cycle.pk))
        for name, person in {"planner": place.office.planner, "head": head_above(place)}.items()
    }
    assert "Tin, bài đã đăng 12 tin, bài 2/2" in seen["planner"]
    assert "Tin, bài đã đăng 5 tin, bài 1/1" in seen["head"]
    client.force_login(head_above(place))
    rows = list(csv.reader(io.StringIO(_csv(client, cycle))))
    assert {row[0] for row in rows[1:]} == {place.office.lead.name, place.office.support.name}


def test_sums_are_those_that_the_report_is_composed_of():
    place, cycle = both_sent()
    composed = {
        one.indicator.code: (one.value, len(one.parts), len(one.missing)) for one in gathered(cycle).figures
    }
    so_far = {
        one.indicator.code: (one.value, len(one.given), len(one.missing))
        for one in sums_of(cycle_data(cycle))
    }
    assert so_far == composed
    assert place.office.lead.name in gathered(cycle).figures[0].parts[0]["name"]


def _csv(client: Client, cycle: Cycle) -> str:
    answer = client.get(url("cycle_csv", cycle.pk))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text: str = b"".join(answer.streaming_content).decode("utf-8-sig")
    return text


def test_all_data_of_a_cycle_as_csv(client):
    place, cycle = both_sent()
    client.force_login(place.office.planner)
    rows = list(csv.reader(io.StringIO(_csv(client, cycle))))
    assert rows[0] == [
        "Đơn vị", "Loại đơn vị", "Trạng thái", "Ngày gửi", "Phần", "Loại nội dung", "Mã", "Chỉ tiêu hoặc câu hỏi",
        "Đơn vị tính", "Số liệu", "Phần mềm đếm được", "Lý do khác số đếm", "Nội dung đơn vị viết",
        "Đề nghị giải quyết",
    ]  # fmt: skip
    lead, support = place.office.lead.name, place.office.support.name
    results, media = "Kết quả thực hiện nhiệm vụ", "Truyền thông đối ngoại"
    sent = ["Đã gửi", "2025-06-16"]
    assert [[row[0], *row[2:]] for row in rows[1:]] == [
        [lead, *sent, results, "Số liệu", "xong", "Nhiệm vụ hoàn thành", "nhiệm vụ", "2", "0", REASON, "", ""],
        [lead, *sent, results, "Số liệu", "den_han", "Nhiệm vụ đến hạn", "nhiệm vụ", "0", "0", "", "", ""],
        [lead, *sent, results, "Số liệu", "ty_le", "Tỷ lệ hoàn thành", "%", "", "", "", "", ""],
        [lead, *sent, media, "Số liệu", "tin_bai", "Tin, bài đã đăng", "tin, bài", "1200", "", "", "", ""],
        [lead, *sent, media, "Số liệu", "kinh_phi", "Kinh phí đã sử dụng", "đồng", "", "", "", "", ""],
        [lead, *sent, results, "Trả lời", "", "Kết quả nổi bật trong kỳ", "", "", "", "", "Mở trang tin.", ""],
        [support, *sent, results, "Số liệu", "xong", "Nhiệm vụ hoàn thành", "nhiệm vụ", "0", "0", "", "", ""],
        [support, *sent, results, "Số liệu", "den_han", "Nhiệm vụ đến hạn", "nhiệm vụ", "0", "0", "", "", ""],
        [support, *sent, results, "Số liệu", "ty_le", "Tỷ lệ hoàn thành", "%", "", "", "", "", ""],
        [support, *sent, media, "Số liệu", "tin_bai", "Tin, bài đã đăng", "tin, bài", "34", "", "", "", ""],
        [support, *sent, media, "Số liệu", "kinh_phi", "Kinh phí đã sử dụng", "đồng", "12500000", "", "", "", ""],
        ["Phường Ba Đình", "Chưa gửi", "", *[""] * 10],
    ]  # fmt: skip


def test_all_data_of_a_cycle_as_a_workbook(client):
    place, cycle = both_sent()
    client.force_login(place.office.auditor)
    answer = client.get(url("cycle_xlsx", cycle.pk))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheets = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
    assert list(sheets) == ["Bảng đơn vị × chỉ tiêu", "Số liệu", "Trả lời", "Khó khăn, đề xuất"]
    matrix = sheets["Bảng đơn vị × chỉ tiêu"]
    assert matrix[0][4:] == [
        "Nhiệm vụ hoàn thành (nhiệm vụ)", "Nhiệm vụ đến hạn (nhiệm vụ)", "Tỷ lệ hoàn thành (%)",
        "Tin, bài đã đăng (tin, bài)", "Kinh phí đã sử dụng (đồng)",
    ]  # fmt: skip
    assert [row[4:] for row in matrix[1:]] == [
        [2, 0, None, 1200, None],
        [0, 0, None, 34, 12_500_000],
        [None] * 5,
    ]
    assert len(sheets["Số liệu"]) == 1 + 2 * 5
    assert sheets["Trả lời"][1:] == [
        [place.office.lead.name, "Kết quả thực hiện nhiệm vụ", "Kết quả nổi bật trong kỳ", "Mở trang tin."]
    ]
    assert answer["Content-Disposition"] == (
        'attachment; filename="so-lieu-bao-cao-cong-tac-thong-tin-doi-ngoai-quy-ii-nam-2025-2025-06-16.xlsx"'
    )


def test_whoever_takes_the_data_along_stands_in_the_trail(client):
    place, cycle = both_sent()
    client.force_login(place.office.auditor)
    client.get(url("cycle_xlsx", cycle.pk))
    client.force_login(place.office.lead_head)
    assert client.get(url("cycle_csv", cycle.pk)).status_code == 403
    entries = AuditEntry.objects.about(cycle).filter(verb="export_cycle")
    assert [(entry.by, entry.kind, list(entry.changes)) for entry in entries] == [
        (place.office.auditor, AuditEntry.Kind.NOTED, ["file"])
    ]


@pytest.mark.parametrize("wards", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("cycle_csv", 17), ("cycle_xlsx", 17)])
def test_files_ask_as_often_for_three_units_as_for_one(
    client, django_assert_num_queries, name, queries, wards
):
    place, cycle, _wards = with_wards(tuple(f"Phường {number}" for number in range(wards)))
    place.sent(cycle, place.office.lead, answer="Mở trang tin.")
    if wards > 1:
        place.sent(cycle, place.office.support, answer="Xong.")
    client.force_login(place.office.planner)
    client.get(url(name, cycle.pk))
    with django_assert_num_queries(queries):
        b"".join(client.get(url(name, cycle.pk)).streaming_content)


def test_a_cycle_without_figures_says_so(client):
    place, cycle = gathering()
    with unaudited("a form of a test"):
        place.results.indicators.all().delete()
        place.media.indicators.all().delete()
    for name in ("cycle_figures", "cycle_matrix"):
        assert "Báo cáo này không có chỉ tiêu số liệu" in page(
            client, place.office.planner, url(name, cycle.pk)
        )
