"""The register's pages: what is listed for whom, what an address selects, how a document is entered."""

from __future__ import annotations

import json
import logging
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.documents.actions import (
    give_to_unit,
    issue_document,
    keep_incoming_file,
    mark_handled,
    revoke_document,
)
from khuevan.documents.choices import FileRole
from khuevan.documents.models import Document, IncomingFile
from khuevan.documents.received_files import ReceivedFile, read_received
from khuevan.people.choices import Role
from tests.factories.documents import (
    DAY,
    approved_draft,
    came_in,
    letter_details,
    registry,
    text_file,
    type_named,
)
from tests.factories.people import PostFactory
from tests.factories.work import at

pytestmark = pytest.mark.django_db

LETTER = """ỦY BAN NHÂN DÂN
THÀNH PHỐ HÀ NỘI

Số: 77/UBND-KGVX

Hà Nội, ngày 05 tháng 6 năm 2025

CÔNG VĂN

Đôn đốc cung cấp tin, bài cho Vietnam.vn

Đề nghị các đơn vị gửi tin, bài hằng tuần.

PHÓ CHỦ TỊCH

Nguyễn Văn Mẫu
"""
SECRET = "SỞ TƯ PHÁP\nSố: 12/STP\n\nTUYỆT MẬT\n\nBÁO CÁO\nChuyện bí ẩn Zyx\n"


@pytest.fixture
def office():
    return registry()


@pytest.fixture(autouse=True)
def day():
    with clock.stopped_at(at(DAY)):
        yield


def listed(client, url):
    """The titles that the list shows, in its order."""
    return [row.document.title for row in client.get(url).context["rows"]]


def queries_of(client, url, django_assert_max_num_queries, most):
    with django_assert_max_num_queries(most) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", ["outgoing", "incoming", "all_documents"])
def test_a_list_asks_as_much_for_three_documents_as_for_one(
    client, office, name, django_assert_max_num_queries
):
    client.force_login(office.clerk)
    url = reverse(f"documents:{name}")

    def add():
        came_in(office, handling_unit=office.division)
        issue_document(by=office.clerk, draft=approved_draft(office))

    add()
    client.get(url)
    for_one = queries_of(client, url, django_assert_max_num_queries, 19)
    add()
    add()
    assert queries_of(client, url, django_assert_max_num_queries, 19) == for_one


def test_a_document_page_asks_as_much_for_three_files_as_for_one(
    client, office, django_assert_max_num_queries
):
    client.force_login(office.clerk)
    one = came_in(office)
    three = came_in(office, files=[text_file(f"{place}.txt", str(place)) for place in range(3)])
    client.get(one.get_absolute_url())
    found = [
        queries_of(client, document.get_absolute_url(), django_assert_max_num_queries, 19)
        for document in (one, three)
    ]
    assert found[0] == found[1]


def test_filters_of_the_address_select(client, office):
    client.force_login(office.clerk)
    first = came_in(office, details=letter_details(title="Một", urgency="URGENT", due_date=date(2025, 6, 1)))
    second = came_in(
        office, details=letter_details(title="Hai", issuer_name="Bộ Nội vụ", type=type_named("Kế hoạch"))
    )
    give_to_unit(by=office.clerk, document=second, unit=office.division)
    PostFactory(person=office.clerk, role=Role.CLERK, from_date=date(2024, 1, 1))
    with clock.stopped_at(at(date(2024, 12, 31))):
        came_in(office, received_date=date(2024, 12, 31), details=letter_details(title="Ba năm trước"))
    url = reverse("documents:incoming")
    cases = {
        "": ["Hai", "Một", "Ba năm trước"],
        "?q=ba+nam": ["Ba năm trước"],
        "?year=2024": ["Ba năm trước"],
        "?state=OVERDUE": ["Một"],
        "?state=IN_HAND": ["Hai"],
        "?urgency=URGENT": ["Một"],
        "?issuer=B%E1%BB%99+N%E1%BB%99i+v%E1%BB%A5": ["Hai"],
        f"?type={type_named('Kế hoạch').pk}": ["Hai"],
        f"?unit={office.division.pk}": ["Hai"],
        "?first=2025-06-12&last=2025-06-12": ["Hai", "Một"],
        "?last=01/01/2025": ["Ba năm trước"],
        "?year=bao-gio": ["Hai", "Một", "Ba năm trước"],
    }
    assert {address: sorted(listed(client, url + address)) for address in cases} == {
        address: sorted(titles) for address, titles in cases.items()
    }
    assert first.state == "REGISTERED"


def test_an_officer_sees_the_own_units_documents_only(client, office):
    came_in(office, details=letter_details(title="Của phòng khác"), handling_unit=office.other)
    theirs = came_in(office, details=letter_details(title="Của phòng"), handling_unit=office.division)
    client.force_login(office.division_officer)
    assert listed(client, reverse("documents:incoming")) == ["Của phòng"]
    assert client.get(theirs.get_absolute_url()).status_code == 200
    client.force_login(office.other_officer)
    assert client.get(theirs.get_absolute_url()).status_code == 404
    for name in ("file", "file_inline", "file_signatures"):
        assert client.get(reverse(f"documents:{name}", args=[theirs.files.get().pk])).status_code == 404


def test_a_unit_ends_its_own_work_and_another_is_told_why_not(client, office):
    document = came_in(office, handling_unit=office.division)
    url = reverse("documents:handled", args=[document.pk])
    client.force_login(office.auditor)
    refused = client.get(url)
    assert (refused.status_code, "văn thư" in refused.content.decode()) == (403, True)
    client.force_login(office.division_officer)
    assert client.post(url, {"words": ""}).status_code == 422
    assert client.post(url, {"words": "Đã báo cáo"}).url == document.get_absolute_url()
    assert Document.objects.get(pk=document.pk).state == "HANDLED"


def upload(client, name, text):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("documents:incoming_upload"), {"file": file})


def test_an_uploaded_letter_fills_the_form_and_gets_its_number(client, office):
    client.force_login(office.clerk)
    answer = upload(client, "cong-van.txt", LETTER)
    waiting = IncomingFile.objects.get()
    assert answer.url == reverse("documents:incoming_file", args=[waiting.pk])
    page = client.get(answer.url)
    form = page.context["form"]
    assert {name: form.initial[name] for name in ("symbol", "issued_date", "title", "signer_name")} == {
        "symbol": "77/UBND-KGVX",
        "issued_date": date(2025, 6, 5),
        "title": "Đôn đốc cung cấp tin, bài cho Vietnam.vn",
        "signer_name": "Nguyễn Văn Mẫu",
    }
    assert "Đề nghị các đơn vị gửi tin, bài hằng tuần." in page.content.decode()
    saved = client.post(
        answer.url,
        {
            "book": office.incoming.pk, "received_date": "2025-06-12", "symbol": "77/UBND-KGVX",
            "title": "Đôn đốc cung cấp tin, bài", "urgency": "NORMAL", "handling_unit": office.division.pk,
            "attachments": [SimpleUploadedFile("phu-luc.txt", "Phụ lục".encode())],
        },
    )  # fmt: skip
    document = Document.objects.get()
    assert saved.url == document.get_absolute_url()
    assert (document.issued_number.number, document.number, document.handling_unit) == (
        1,
        77,
        office.division,
    )
    assert [file.role for file in document.files.order_by("pk")] == [FileRole.RECEIVED, FileRole.ATTACHMENT]
    assert not IncomingFile.objects.exists()


def test_a_marked_upload_is_refused_without_a_trace(client, office, caplog):
    client.force_login(office.clerk)
    before = {path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()}
    entries = AuditEntry.objects.count()
    with caplog.at_level(logging.DEBUG):
        answer = upload(client, "bao-cao.txt", SECRET)
    assert answer.status_code == 422
    assert "không giữ bản sao nào" in answer.content.decode() or "không lưu" in answer.content.decode()
    assert "Zyx" not in answer.content.decode()
    assert "Zyx" not in caplog.text
    assert {path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()} == before
    assert (IncomingFile.objects.count(), AuditEntry.objects.count()) == (0, entries)


def test_a_marked_attachment_is_refused_and_takes_no_number(client, office):
    client.force_login(office.clerk)
    answer = client.post(
        reverse("documents:incoming_new"),
        {
            "book": office.incoming.pk, "received_date": "2025-06-12", "title": "Có tệp kèm", "urgency": "NORMAL",
            "attachments": [SimpleUploadedFile("mat.txt", SECRET.encode())],
        },
    )  # fmt: skip
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["attachments"])
    assert not Document.objects.exists()


def test_a_duplicate_is_shown_and_registered_with_a_tick(client, office):
    client.force_login(office.clerk)
    there = came_in(office)
    given = {
        "book": office.incoming.pk, "received_date": "2025-06-12", "symbol": "1234/ubnd-kgvx", "urgency": "NORMAL",
        "title": "Đôn đốc báo cáo", "issuer_name": "Ủy ban nhân dân thành phố Hà Nội", "issued_date": "2025-06-10",
    }  # fmt: skip
    url = reverse("documents:incoming_new")
    refused = client.post(url, given)
    assert refused.status_code == 422
    assert there.get_absolute_url() in refused.content.decode()
    assert "allow_duplicate" in refused.context["form"].fields
    saved = client.post(url, {**given, "allow_duplicate": "on"})
    assert (saved.status_code, Document.objects.count()) == (302, 2)


def test_a_file_that_is_registered_already_is_shown_before_anything_is_typed(client, office):
    client.force_login(office.clerk)
    file = read_received("cong-van.txt", BytesIO(LETTER.encode()))
    there = came_in(office, files=[file])
    waiting, _is_new = keep_incoming_file(by=office.clerk, file=file)
    page = client.get(reverse("documents:incoming_file", args=[waiting.pk]))
    assert [document for document, _why in page.context["duplicates"]] == [there]


def test_a_document_on_paper_gets_its_number_on_saving(client, office):
    client.force_login(office.clerk)
    saved = client.post(
        reverse("documents:paper_new"),
        {
            "book": office.outgoing.pk, "type": type_named("Báo cáo").pk, "issued_date": "2025-06-12",
            "title": "Báo cáo tuần", "urgency": "NORMAL", "drafting_unit": office.division.pk,
            "recipients": "- UBND Thành phố;\n- Lưu: VT, TTBCXB.", "language": "Tiếng Việt",
            "scans": [SimpleUploadedFile("quet.txt", "Bản quét".encode())],
        },
    )  # fmt: skip
    document = Document.objects.get()
    assert saved.url == document.get_absolute_url()
    assert (document.symbol, document.recipient_lines) == (
        "01/BC-SVHTT", ["- UBND Thành phố;", "- Lưu: VT, TTBCXB."],
    )  # fmt: skip


def test_a_download_is_an_attachment_and_is_noted(client, office):
    document = came_in(office, files=[text_file("công văn.txt", "Chữ")])
    file = document.files.get()
    client.force_login(office.auditor)
    answer = client.get(reverse("documents:file", args=[file.pk]))
    assert b"".join(answer.streaming_content) == "Chữ".encode()
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert [entry.by for entry in AuditEntry.objects.about(file).filter(kind="NOTED")] == [office.auditor]


def test_only_a_pdf_is_shown_in_the_browser_and_may_load_nothing(client, office):
    pdf = ReceivedFile("quet.pdf", b"%PDF-1.7\n%%EOF\n", f"{8:064d}", "application/pdf")
    liar = ReceivedFile("gia.pdf", b"<html><script>", f"{9:064d}", "application/pdf")
    document = came_in(office, files=[pdf, liar])
    client.force_login(office.auditor)
    answers = [
        client.get(reverse("documents:file_inline", args=[file.pk])) for file in document.files.order_by("pk")
    ]
    assert [answer.status_code for answer in answers] == [200, 404]
    assert answers[0].headers["Content-Type"] == "application/pdf"
    assert answers[0].headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answers[0].headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_pdf_without_signature_says_so(client, office):
    pdf = ReceivedFile("quet.pdf", b"%PDF-1.7\n%%EOF\n", f"{8:064d}", "application/pdf")
    document = came_in(office, files=[pdf])
    client.force_login(office.auditor)
    page = client.get(reverse("documents:file_signatures", args=[document.files.get().pk]))
    assert page.context["checked"].signatures == ()
    assert "Tệp này không có chữ ký số" in page.content.decode()


def test_metadata_bears_the_names_of_annex_vi(client, office):
    client.force_login(office.auditor)
    document = came_in(
        office,
        details=letter_details(
            title="Trích yếu " * 60, urgency="EXPRESS", signer_name="Ký", signer_position="PCT"
        ),
        handling_unit=office.division,
        handling_words="Tham mưu",
    )
    root = ET.fromstring(client.get(reverse("documents:metadata_xml", args=[document.pk])).content)
    assert {child.tag: (child.text or "").strip() for child in root} == {
        "TypeName": "Công văn",
        "CodeNumber": "1234",
        "CodeNotation": "UBND-KGVX",
        "IssuedDate": "2025-06-10",
        "OrganName": "Ủy ban nhân dân thành phố Hà Nội",
        "Subject": ("Trích yếu " * 60).strip(),
        "Language": "Tiếng Việt",
        "ArrivalDate": "2025-06-12",
        "ArrivalNumber": "1",
        "SignerInfo": "",
        "Priority": "3",
        "ToPlaces": office.division.name,
        "TraceHeaderList": "Tham mưu\nĐang xử lý",
    }
    assert root.find("Subject").get("maxLength") == "500"
    told = json.loads(client.get(reverse("documents:metadata_json", args=[document.pk])).content)
    assert (told["ArrivalNumber"], told["SignerInfo"], told["longerThanAllowed"]) == (
        1, {"Position": "PCT", "FullName": "Ký"}, ["Subject"],
    )  # fmt: skip


def test_the_printed_books_have_the_columns_of_annex_iv(client, office):
    client.force_login(office.clerk)
    document = came_in(office, handling_unit=office.division)
    answer = issue_document(by=office.clerk, draft=approved_draft(office))
    mark_handled(by=office.clerk, document=document, answer=answer)
    revoke_document(by=office.clerk, document=came_in(office), reason="Nhầm")
    url = reverse("documents:book_page")
    printed = client.get(f"{url}?direction=IN").context["printed"]
    assert printed.rows == (
        ("12/06/2025", "1", "Ủy ban nhân dân thành phố Hà Nội", "1234/UBND-KGVX", "10/06/2025",
         "Công văn: Đôn đốc báo cáo công tác thông tin đối ngoại 6 tháng đầu năm 2025", office.division.name,
         "12/06/2025", "", ""),
        ("12/06/2025", "2", "Ủy ban nhân dân thành phố Hà Nội", "1234/UBND-KGVX", "10/06/2025",
         "Công văn: Đôn đốc báo cáo công tác thông tin đối ngoại 6 tháng đầu năm 2025", "", "", "",
         "Đã thu hồi: Nhầm"),
    )  # fmt: skip
    follow_up = client.get(f"{url}?direction=IN&kind=follow-up").context["printed"]
    assert follow_up.rows[0][2:6] == (office.division.name, "", "Đã xử lý 12/06/2025", "01/KH-SVHTT")
    outgoing = client.get(url).context["printed"]
    assert outgoing.rows[0][:6] == (
        "01/KH-SVHTT", "12/06/2025",
        "Kế hoạch: Tổ chức tuần lễ giới thiệu Thăng Long với bạn bè quốc tế", "Vũ Thị Giám",
        "- UBND Thành phố (để báo cáo)", "VT, TTBCXB",
    )  # fmt: skip


def test_the_list_goes_along_as_csv_and_xlsx(client, office):
    client.force_login(office.clerk)
    came_in(office, details=letter_details(title="=1+1", issuer_name="Bộ Nội vụ"))
    came_in(office)
    address = "?direction=IN&issuer=B%E1%BB%99+N%E1%BB%99i+v%E1%BB%A5"
    lines = b"".join(client.get(reverse("documents:register_csv") + address).streaming_content).decode(
        "utf-8-sig"
    )
    # Made while it is sent, when the request's language is gone.
    assert lines.splitlines()[1].endswith("Thường,Vào sổ,,,")
    assert lines.splitlines()[1].split(",")[:7] == [
        "1", "2025-06-12", "1234/UBND-KGVX", "2025-06-10", "Công văn", "'=1+1", "Bộ Nội vụ",
    ]  # fmt: skip
    book = load_workbook(
        BytesIO(b"".join(client.get(reverse("documents:register_xlsx") + address).streaming_content))
    )
    rows = list(book.active.iter_rows(values_only=True))
    assert (len(rows), rows[1][0], rows[1][5]) == (2, 1, "=1+1")


def test_the_page_of_a_document_tells_what_happened(client, office):
    client.force_login(office.clerk)
    document = came_in(office)
    give_to_unit(by=office.clerk, document=document, unit=office.division, words="Tham mưu")
    deeds = [
        line.deed for _day, lines in client.get(document.get_absolute_url()).context["days"] for line in lines
    ]
    assert deeds[0] == "Chuyển văn bản đến cho đơn vị"
    assert sorted(deeds[1:]) == ["Thêm tệp vào văn bản", "Vào sổ văn bản đến"]


def test_whoever_opens_the_text_is_noted(client, office):
    file = read_received("cong-van.txt", BytesIO(LETTER.encode()))
    document = came_in(office, files=[file])
    client.force_login(office.auditor)
    page = client.get(reverse("documents:text", args=[document.pk]))
    assert "Đề nghị các đơn vị gửi tin, bài hằng tuần." in page.content.decode()
    noted = AuditEntry.objects.about(document).filter(kind="NOTED")
    assert [(entry.by, entry.verb) for entry in noted] == [(office.auditor, "open_document_text")]
