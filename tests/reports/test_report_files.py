"""The data behind a report as XLSX and CSV, noted in the trail; the page to partners."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.plain.official_documents.extraction.pdf_pages import PDFIUM
from khuevan.reports.actions import edit_english_summary, edit_passage
from khuevan.reports.models import Passage
from tests.factories.work import at
from tests.reports.composing_scenes import SENT, Scene, composed

pytestmark = pytest.mark.django_db

LEAD, SUPPORT = "Phòng Thông tin – Báo chí – Xuất bản", "Phòng Truyền thông số"
MEDIA, RESULTS = "Truyền thông đối ngoại", "Kết quả thực hiện nhiệm vụ"


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(SENT, 10)):
        yield


def table(client: Client, scene: Scene, code: str) -> list[list[str]]:
    """The rows of a table's CSV, its head left out."""
    client.force_login(scene.planner)
    answer = client.get(reverse("reports:report_csv", args=[scene.report.pk, code]))
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def test_figures_come_with_what_they_are_held_against(client):
    scene = composed(both=False, done=(2, "Giấy."), due=(3, "Giấy."))
    nothing = [""] * 7
    assert table(client, scene, "so-lieu") == [
        [RESULTS, "xong", "Nhiệm vụ hoàn thành", "nhiệm vụ", "2", *nothing, "", ""],
        [RESULTS, "den_han", "Nhiệm vụ đến hạn", "nhiệm vụ", "3", *nothing, "", ""],
        [RESULTS, "ty_le", "Tỷ lệ hoàn thành", "%", "66.67", *nothing, "100 * xong / den_han", ""],
        [MEDIA, "tin_bai", "Tin, bài đã đăng", "tin, bài", "5", *nothing, "", ""],
        [MEDIA, "kinh_phi", "Kinh phí đã sử dụng", "đồng", "", *nothing, "", LEAD],
    ]


def test_parts_say_what_each_unit_reported_and_why_it_differs(client):
    scene = composed(done=(2, "=Giấy"))
    rows = [row for row in table(client, scene, "don-vi") if row[0] in ("xong", "tin_bai")]
    assert rows == [
        ["xong", "Nhiệm vụ hoàn thành", LEAD, "2", "0", "'=Giấy", "0", "2025-06-16", "Lê Thị Viên"],
        ["xong", "Nhiệm vụ hoàn thành", SUPPORT, "0", "0", "", "0", "2025-06-16", "Hoàng Thị Mạng"],
        ["tin_bai", "Tin, bài đã đăng", LEAD, "5", "", "", "0", "2025-06-16", "Lê Thị Viên"],
        ["tin_bai", "Tin, bài đã đăng", SUPPORT, "2", "", "", "0", "2025-06-16", "Hoàng Thị Mạng"],
    ]


def test_words_stand_beside_what_became_of_them(client):
    scene = composed()
    lead, support = Passage.objects.filter(report=scene.report).select_related("report")
    edit_passage(by=scene.planner, passage=lead, text="Mở trang tin.", is_included=True)
    edit_passage(by=scene.planner, passage=support, text=support.text, is_included=False)
    question = "Kết quả nổi bật trong kỳ"
    assert table(client, scene, "loi-van") == [
        ["Trả lời câu hỏi", RESULTS, question, LEAD, "Đã mở trang tin.", "Mở trang tin.", "có"],
        ["Trả lời câu hỏi", RESULTS, question, SUPPORT, "Đã dịch 3 trang.", "", "không"],
    ]


def test_the_workbook_has_a_sheet_for_each_table_and_real_numbers_and_days(client):
    scene = composed()
    client.force_login(scene.planner)
    answer = client.get(reverse("reports:report_xlsx", args=[scene.report.pk]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bc-quy-2025-2-ban-1.xlsx"'
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == [
        "Số liệu và so sánh",
        "Số liệu theo đơn vị",
        "Các mục được đếm",
        "Ý kiến của đơn vị",
    ]
    row = next(one for one in book["Số liệu theo đơn vị"].iter_rows(values_only=True) if one[0] == "tin_bai")
    assert (row[3], row[7].date()) == (5, date(2025, 6, 16))


def test_each_taking_stands_in_the_trail_a_look_at_the_head_does_not(client):
    scene = composed()
    client.force_login(scene.place.office.auditor)
    xlsx = reverse("reports:report_xlsx", args=[scene.report.pk])
    client.head(xlsx)
    client.get(xlsx)
    client.get(reverse("reports:report_csv", args=[scene.report.pk, "ho-so"]))
    entries = AuditEntry.objects.filter(verb="note_export").order_by("pk")
    assert [(one.by, one.changes) for one in entries] == [
        (scene.place.office.auditor, {"file": [None, "bc-quy-2025-2-ban-1.xlsx"]}),
        (scene.place.office.auditor, {"file": [None, "bc-quy-2025-2-ban-1-ho-so.csv"]}),
    ]
    assert client.get(reverse("reports:report_csv", args=[scene.report.pk, "khac"])).status_code == 404


def test_the_page_to_partners_is_one_pdf_with_the_words_that_were_written(client):
    scene = composed()
    edit_english_summary(
        by=scene.planner,
        report=scene.report,
        issuer="Department of Culture and Sports",
        words="All went well.",
        contact="press@example.invalid",
    )
    client.force_login(scene.planner)
    address = reverse("reports:report_english_pdf", args=[scene.report.pk])
    answer = client.get(address)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bc-quy-2025-2-ban-1-en.pdf"'
    with PDFIUM:
        document = pypdfium2.PdfDocument(answer.content)
        words = document[0].get_textpage().get_text_bounded()
        pages = len(document)
        document.close()
    assert (pages, "All went well." in words, "Department of Culture and Sports" in words) == (1, True, True)
    # The same report gives the same bytes.
    assert client.get(address).content == answer.content


def test_a_sign_that_cannot_be_printed_is_named_on_the_report(client):
    scene = composed()
    edit_english_summary(
        by=scene.planner,
        report=scene.report,
        issuer="Department",
        words="All went well \U0001f389",
        contact="",
    )
    client.force_login(scene.planner)
    answer = client.get(reverse("reports:report_english_pdf", args=[scene.report.pk]), follow=True)
    assert answer.redirect_chain == [(scene.report.get_absolute_url(), 302)]
    [message] = answer.context["messages"]
    assert "\U0001f389" in str(message)
