"""A form that comes back as a file: what it would change is shown, and nothing is written before somebody says so."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from khuevan.core.actions import unaudited
from khuevan.plain.reporting.form_sheet import FIGURES
from khuevan.reports.models import UnitDifficulty, UnitFigure, UnitReport
from tests.factories.reports import reporting_office
from tests.reports.form_pages import fields_of, main_text, on, report_of
from tests.reports.test_quarter import done_by_the_lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    office = reporting_office()
    done_by_the_lead(office, date(2025, 6, 10))
    return office


@pytest.fixture
def report(place, client):
    client.force_login(place.office.lead_officer)
    return report_of(place)


def taken(client, report):
    """The form as a workbook, as the unit takes it away."""
    with on():
        answer = client.get(reverse("reports:form_sheet", args=[report.pk]))
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="bieu-mau-ttbcxb-bao-cao-cong-tac-thong-tin-doi-ngoai-quy-ii-nam-2025.xlsx"'
    )
    return load_workbook(io.BytesIO(answer.content))


def brought(client, report, content, name: str = "bieu-mau.xlsx"):
    """The page after the workbook (or bytes) was brought back."""
    if not isinstance(content, bytes):
        stream = io.BytesIO()
        content.save(stream)
        content = stream.getvalue()
    with on():
        return client.post(
            reverse("reports:form_upload", args=[report.pk]), {"file": SimpleUploadedFile(name, content)}
        )


def cell_of(sheet, code: str, column: str):
    """The cell of the row with the code."""
    return next(sheet[f"{column}{row[0].row}"] for row in sheet.iter_rows(min_row=5) if row[0].value == code)


def rows_of(page) -> list[tuple[str, str, str]]:
    """Label, now and new of each change on the page."""
    text = page.content.decode().split("uf-changes", 1)[1].split("</table>", 1)[0]
    rows = re.findall(
        r'<th scope="row">(.*?)</th>.*?<td[^>]*>(.*?)</td>.*?<td[^>]*>(.*?)</td>', text, re.DOTALL
    )
    return [tuple(" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in row) for row in rows]


def confirmed(client, report, page):
    """Presses the page's button."""
    fields: dict[str, object] = {"do": "save"}
    form = page.content.decode().split(f'action="{report.get_absolute_url()}"', 1)[1].split("</form>", 1)[0]
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form):
        if name.startswith("difficulty-"):
            fields.setdefault(name, []).append(unescape(value))
        else:
            fields[name] = unescape(value)
    with on():
        return client.post(report.get_absolute_url(), fields, follow=True)


def test_a_filled_file_changes_the_form_once_somebody_confirms(place, report, client):
    book = taken(client, report)
    sheet = book[FIGURES]
    assert cell_of(sheet, "xong", "D").value == cell_of(sheet, "xong", "E").value == 1
    cell_of(sheet, "tin_bai", "E").value = 1234
    cell_of(sheet, "kinh_phi", "E").value = "12.500.000"
    cell_of(sheet, "xong", "E").value = 4
    cell_of(sheet, "xong", "F").value = "Ba việc chưa ghi."
    book["Câu hỏi"]["C5"] = "Dòng một.\nDòng hai."
    book["Câu hỏi"]["C6"] = "Thêm kinh phí."
    book["Khó khăn"]["A5"], book["Khó khăn"]["B6"] = "Thiếu người.", "Mua máy."
    page = brought(client, report, book)
    assert page.status_code == 200
    assert rows_of(page) == [
        ("Nhiệm vụ hoàn thành", "như phần mềm đếm: 1", "4"),
        ("Nhiệm vụ hoàn thành – vì sao khác", "không có gì", "Ba việc chưa ghi."),
        ("Tin, bài đã đăng", "còn trống", "1.234"),
        ("Kinh phí đã sử dụng", "còn trống", "12.500.000"),
        ("Kết quả nổi bật trong kỳ", "không có gì", "Dòng một. Dòng hai."),
        ("Khó khăn, vướng mắc", "không có gì", "Thiếu người. Mua máy."),
        ("Đề xuất, kiến nghị", "không có gì", "Thêm kinh phí."),
    ]
    assert not UnitFigure.objects.exists()
    assert UnitReport.objects.get(pk=report.pk).version == 0
    done = confirmed(client, report, page)
    assert "Đã lưu lúc 09:00" in main_text(done)
    shown = fields_of(done)
    assert (shown[f"figure-{place.done.pk}"], shown[f"figure-{place.stories.pk}"]) == ("4", "1.234")
    assert shown[f"answer-{place.question.pk}"] == "Dòng một.\nDòng hai."
    assert list(UnitDifficulty.objects.values_list("text", "asks_for")) == [
        ("Thiếu người.", ""),
        ("", "Mua máy."),
    ]


def test_bad_cells_are_named_and_the_others_are_taken(place, report, client):
    book = taken(client, report)
    sheet = book[FIGURES]
    stories, money, done = (cell_of(sheet, code, "E") for code in ("tin_bai", "kinh_phi", "xong"))
    stories.value, money.value, done.value = "ba mươi", 1.5, "=1+1"
    book["Câu hỏi"]["C6"] = "Thêm kinh phí."
    page = brought(client, report, book)
    words = main_text(page)
    assert "Có 3 ô không dùng được" in words
    assert sorted(words.index(f"ô {one.coordinate}:") for one in (done, stories, money)) == [
        words.index(f"ô {one.coordinate}:") for one in (done, stories, money)
    ]
    assert f"Trang “Số liệu”, ô {stories.coordinate}: “ba mươi” không phải là số." in words
    assert f"Trang “Số liệu”, ô {money.coordinate}: “1,5”: hãy ghi số nguyên." in words
    assert f"Trang “Số liệu”, ô {done.coordinate}: chứa công thức" in words
    assert [row[0] for row in rows_of(page)] == ["Đề xuất, kiến nghị"]


def test_an_untouched_file_changes_nothing_though_more_is_counted_now(place, report, client):
    support = report_of(place, place.office.support)
    client.force_login(place.office.support_officer)
    with on():
        answer = client.get(reverse("reports:form_sheet", args=[support.pk]))
    with unaudited("work that became due meanwhile"):
        instalment = place.office.support_instalment
        instalment.due_date = date(2025, 6, 1)
        instalment.save()
    assert "Tệp không thay đổi gì" in main_text(brought(client, support, answer.content))


def test_what_a_colleague_changed_since_the_file_was_taken_is_marked(place, report, client):
    book = taken(client, report)
    with on():
        place.filled(report.cycle, place.office.lead, stories=8)
    cell_of(book[FIGURES], "tin_bai", "E").value = 5
    page = brought(client, report, book)
    assert rows_of(page) == [("Tin, bài đã đăng Đồng nghiệp đã sửa mục này sau khi tải tệp.", "8", "5")]
    # A file that leaves the field alone leaves the colleague's figure alone.
    cell_of(book[FIGURES], "tin_bai", "E").value = None
    assert "Tệp không thay đổi gì" in main_text(brought(client, report, book))
    confirmed(client, report, page)
    assert UnitFigure.objects.get(report=report, indicator=place.stories).value == Decimal(5)


def test_the_form_of_another_unit_or_cycle_or_version_is_refused_by_name(place, report, client):
    with on():
        other_unit = report_of(place, place.office.support)
        client.force_login(place.office.support_officer)
        foreign = client.get(reverse("reports:form_sheet", args=[other_unit.pk])).content
        client.force_login(place.office.lead_officer)
        other_cycle = place.report_of(place.cycle(2025, 1), place.office.lead)
        earlier = client.get(reverse("reports:form_sheet", args=[other_cycle.pk])).content
        own = client.get(reverse("reports:form_sheet", args=[report.pk])).content
    page = brought(client, report, foreign)
    assert page.status_code == 422
    assert "Đây là biểu mẫu của Phòng Truyền thông số, không phải của Phòng Thông tin" in main_text(page)
    assert "quý I năm 2025”, không phải “" in main_text(brought(client, report, earlier))
    with unaudited("a newer version"):
        place.rule.version = 2
        place.rule.save()
    assert "hãy tải biểu mẫu mới rồi điền" in main_text(brought(client, report, own))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xls", b"x", "không phải tệp XLSX"),
        ("../a.exe", b"x", "“a.exe” không phải tệp XLSX"),
        ("a.xlsx", b"", "Tệp trống"),
        ("a.xlsx", b"PK\x03\x04 hong", "Không đọc được “a.xlsx”"),
        ("a.xlsx", bytes(3_000_001), "lớn hơn mức của một biểu mẫu"),
    ],
)
def test_a_file_that_is_no_form_is_refused_with_a_sentence(place, report, client, name, content, sentence):
    page = brought(client, report, content, name)
    assert page.status_code == 422
    assert sentence in main_text(page)


def test_a_marked_file_is_refused(place, report, client):
    book = taken(client, report)
    book["Câu hỏi"]["C5"] = "MẬT"
    page = brought(client, report, book)
    assert page.status_code == 422
    assert "có dấu độ mật" in main_text(page)


def test_no_file_and_a_sent_report_say_what_to_do(place, report, client):
    address = reverse("reports:form_upload", args=[report.pk])
    with on():
        assert "Hãy chọn tệp biểu mẫu đã điền." in main_text(client.post(address, {}))
        book = taken(client, report)
        place.sent(report.cycle, place.office.lead)
    assert "Báo cáo đã gửi" in main_text(brought(client, report, book))
