"""Documents entered in the register: numbers, duplicates, files, and what a clerk is told."""

from __future__ import annotations

import logging
from datetime import date, datetime
from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents.actions import (
    PossibleDuplicate,
    discard_incoming_file,
    issue_document,
    keep_incoming_file,
    register_incoming,
    register_outgoing_paper,
    revoke_document,
)
from khuevan.documents.choices import Direction, DocumentState, FileRole
from khuevan.documents.details import DocumentDetails
from khuevan.documents.models import Document, DocumentFile, IncomingFile, IssuedNumber
from khuevan.documents.received_files import looked_through, read_received
from khuevan.plain.official_documents.writing.arrangement import number_line
from khuevan.plain.official_documents.writing.composition_form import from_plain
from tests.factories.documents import (
    DAY,
    approved_draft,
    came_in,
    letter_details,
    registry,
    text_file,
    type_named,
)
from tests.factories.work import at

pytestmark = pytest.mark.django_db

MARKED = (
    "SỞ TƯ PHÁP\nSố: 12/STP-VP\n\nTỐI MẬT\n\nHà Nội, ngày 05 tháng 3 năm 2025\n\nBÁO CÁO\nChuyện bí ẩn Zyx\n"
)


def numbers() -> list[int]:
    return list(IssuedNumber.objects.order_by("pk").values_list("number", flat=True))


def test_incoming_document_keeps_what_was_entered_and_gets_the_next_arrival_number():
    office = registry()
    with clock.stopped_at(at(DAY, 14, 30)):
        came_in(office)
        document = came_in(office, details=letter_details(symbol=" 0124 / KH-UBND "))
    document = Document.objects.get(pk=document.pk)
    assert document.issued_number.number == 2
    assert (document.number, document.notation, document.symbol) == (124, "KH-UBND", "0124 / KH-UBND")
    assert (document.type_name, document.state, document.direction) == ("Công văn", "REGISTERED", "IN")
    assert document.registered_at == at(DAY, 14, 30)
    assert [(file.role, file.filename, file.size) for file in document.files.all()] == [
        (FileRole.RECEIVED, "van-ban.txt", len("Nội dung văn bản.".encode()))
    ]


def test_numbers_begin_anew_on_the_first_of_january():
    office = registry()
    for moment, number, year in (
        (datetime(2025, 12, 31, 23, 59, 59), 1, 2025),
        (datetime(2026, 1, 1, 0, 0, 0), 1, 2026),
        (datetime(2026, 1, 1, 0, 0, 1), 2, 2026),
    ):
        with clock.stopped_at(timezone.make_aware(moment)):
            document = came_in(office, received_date=date(2025, 12, 31))
        assert (document.issued_number.number, document.issued_number.year) == (number, year)


def test_outgoing_numbers_begin_anew_on_the_first_of_january_and_go_by_type():
    office = registry()
    plan, report = type_named("Kế hoạch"), type_named("Báo cáo")
    found = []
    for moment, kind in (
        (datetime(2025, 12, 31, 22, 0), plan),
        (datetime(2025, 12, 31, 23, 0), report),
        (datetime(2025, 12, 31, 23, 59), plan),
        (datetime(2026, 1, 1, 0, 0), plan),
    ):
        with clock.stopped_at(timezone.make_aware(moment)):
            document = issue_document(by=office.again(office.clerk), draft=approved_draft(office, type=kind))
        number = document.issued_number
        found.append((number.year, number.series, number.number, document.issued_date))
    assert found == [
        (2025, "KH", 1, date(2025, 12, 31)),
        (2025, "BC", 1, date(2025, 12, 31)),
        (2025, "KH", 2, date(2025, 12, 31)),
        (2026, "KH", 1, date(2026, 1, 1)),
    ]


def test_a_refused_document_leaves_no_gap():
    office = registry()
    with clock.stopped_at(at(DAY)):
        came_in(office)
        for details in (letter_details(), letter_details(title="Đôn đốc", symbol="x" * 81)):
            with pytest.raises(ValidationError):
                came_in(office, details=details, allow_duplicate=False)
        came_in(office)
    assert numbers() == [1, 2]


def test_a_revoked_document_keeps_its_number():
    office = registry()
    with clock.stopped_at(at(DAY)):
        first = came_in(office)
        revoke_document(by=office.clerk, document=first, reason="Vào sổ nhầm")
        came_in(office)
    assert numbers() == [1, 2]
    first.refresh_from_db()
    assert (first.state, first.revoked_reason, first.issued_number.number) == (
        DocumentState.REVOKED, "Vào sổ nhầm", 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "likeness"),
    [
        ({"details": {"symbol": "01234/ubnd-kgvx", "issuer_name": "UỶ BAN nhân dân Thành phố Hà Nội"}}, "SYMBOL"),
        ({"details": {"symbol": "1234/UBND-KGVX", "issuer_name": ""}}, "SYMBOL"),
        ({"details": {"symbol": "", "title": "ĐÔN ĐỐC báo cáo công tác thông tin đối ngoại 6 tháng đầu năm 2025."}},
         "TITLE"),
        ({"details": {"symbol": "77/X", "title": "Khác hẳn"}, "files": "same"}, "FILE"),
        ({"details": {"symbol": "1234/UBND-KGVX", "issued_date": date(2024, 6, 10), "title": "Khác"}}, None),
        ({"details": {"symbol": "1234/UBND-KGVX", "issuer_name": "Bộ Nội vụ"}}, None),
        ({"details": {"symbol": "", "title": "Đôn đốc báo cáo công tác thông tin đối ngoại 9 tháng đầu năm 2025"}},
         None),
    ],
    ids=["symbol", "no-issuer", "title", "file", "last-year", "other-issuer", "other-number-in-title"],
)  # fmt: skip
def test_a_document_that_is_there_is_warned_of_unless_allowed(values, likeness):
    office = registry()
    with clock.stopped_at(at(DAY)):
        there = came_in(office)
        given = {
            "by": office.clerk,
            "book": office.incoming,
            "received_date": DAY,
            "details": letter_details(**values["details"]),
            "files": [text_file()] if values.get("files") else [],
        }
        if likeness is None:
            assert register_incoming(**given).issued_number.number == 2
            return
        with pytest.raises(PossibleDuplicate) as refused:
            register_incoming(**given)
        assert [(item.document, item.likeness) for item in refused.value.duplicates] == [(there, likeness)]
        assert register_incoming(**given, allow_duplicate=True).issued_number.number == 2


def test_a_revoked_document_is_no_duplicate():
    office = registry()
    with clock.stopped_at(at(DAY)):
        revoke_document(by=office.clerk, document=came_in(office), reason="Nhầm")
        assert came_in(office, allow_duplicate=False).issued_number.number == 2


def test_a_document_on_paper_takes_the_next_number_with_its_scan():
    office = registry()
    details = DocumentDetails(title="Mời họp báo", type=type_named("Công văn"), signer_name="Vũ Thị Giám")
    with clock.stopped_at(at(DAY)):
        document = register_outgoing_paper(
            by=office.clerk,
            book=office.outgoing,
            issued_date=date(2025, 6, 11),
            details=details,
            drafting_unit=office.division,
            files=[text_file("scan.txt"), text_file("phu-luc.txt", "Phụ lục")],
        )
    assert (document.symbol, document.number, document.issued_date) == (
        "01/SVHTT-TTBCXB", 1, date(2025, 6, 11),
    )  # fmt: skip
    assert (document.issuer, document.issuer_name) == (office.department, office.department.name)
    assert [file.role for file in document.files.all()] == [FileRole.SCANNED, FileRole.ATTACHMENT]


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 6, 13)])
def test_a_document_on_paper_is_of_this_year_until_today(day):
    office = registry()
    with clock.stopped_at(at(DAY)), pytest.raises(ValidationError) as refused:
        register_outgoing_paper(
            by=office.clerk,
            book=office.outgoing,
            issued_date=day,
            details=letter_details(symbol=""),
            drafting_unit=office.division,
        )
    assert list(refused.value.message_dict) == ["issued_date"]
    assert numbers() == []


def test_an_incoming_document_cannot_take_a_number_of_an_outgoing_book():
    office = registry()
    with clock.stopped_at(at(DAY)), pytest.raises(ValidationError) as refused:
        came_in(office, book=office.outgoing)
    assert list(refused.value.message_dict) == ["book"]


def test_a_file_waits_once_and_becomes_the_documents_own():
    office = registry()
    file = read_received("cong-van.txt", BytesIO("CÔNG VĂN\n\nSố: 5/UBND-VX\n\nNội dung.\n".encode()))
    with clock.stopped_at(at(DAY)):
        waiting, is_new = keep_incoming_file(by=office.clerk, file=file)
        again, is_new_again = keep_incoming_file(by=office.clerk, file=file)
        assert again == waiting
        document = came_in(office, waiting=waiting, files=[text_file("kem-theo.txt", "Kèm theo")])
    assert (is_new, is_new_again) == (True, False)
    assert not IncomingFile.objects.exists()
    assert document.reading == file.reading
    kept = document.files.get(role=FileRole.RECEIVED)
    assert kept.file.read() == file.data
    assert list(document.files.values_list("role", flat=True)) == ["RECEIVED", "ATTACHMENT"]


def test_a_discarded_file_leaves_nothing(django_capture_on_commit_callbacks):
    office = registry()
    file = text_file("bo.txt", "Tệp sẽ bỏ đi.")
    with clock.stopped_at(at(DAY)), django_capture_on_commit_callbacks(execute=True):
        waiting, _is_new = keep_incoming_file(by=office.clerk, file=file)
        storage, name = waiting.file.storage, waiting.file.name
        discard_incoming_file(by=office.clerk, waiting=waiting)
    assert not storage.exists(name)
    assert not IncomingFile.objects.exists()


def test_a_discarded_file_stays_where_a_document_has_the_same(django_capture_on_commit_callbacks):
    office = registry()
    with clock.stopped_at(at(DAY)), django_capture_on_commit_callbacks(execute=True):
        document = came_in(office)
        waiting, _is_new = keep_incoming_file(by=office.clerk, file=text_file())
        discard_incoming_file(by=office.clerk, waiting=waiting)
    assert document.files.get().file.read() == "Nội dung văn bản.".encode()


def stored_files() -> set[str]:
    return {str(path) for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()}


@pytest.mark.parametrize("read", [read_received, looked_through])
def test_a_marked_file_is_refused_and_neither_kept_nor_logged(read, caplog):
    before = stored_files()
    with caplog.at_level(logging.DEBUG), pytest.raises(ValidationError) as refused:
        read("bao-cao.txt", BytesIO(MARKED.encode()))
    assert "Zyx" not in str(refused.value)
    assert [record.getMessage() for record in caplog.records if "Zyx" in record.getMessage()] == []
    assert stored_files() == before
    assert not DocumentFile.objects.exists()


@pytest.mark.parametrize("field", ["title", "circulation", "summary"])
def test_a_marking_cannot_be_entered(field):
    office = registry()
    with clock.stopped_at(at(DAY)), pytest.raises(ValidationError) as refused:
        came_in(office, details=letter_details(**{field: "Tối mật"}))
    assert list(refused.value.message_dict) == [field]


def test_programs_and_empty_files_are_refused():
    for name, data in (
        ("cai-dat.exe", b"MZ"),
        ("trang.html", b"<html>"),
        ("rong.pdf", b""),
        ("khong-duoi", b"a"),
    ):
        with pytest.raises(ValidationError):
            looked_through(name, BytesIO(data))


def test_search_finds_a_document_by_its_own_words_without_diacritics():
    from khuevan.core.search import search_folded

    office = registry()
    file = read_received(
        "kh.txt",
        BytesIO("KẾ HOẠCH\nTổ chức lễ hội\n\nI. MỤC ĐÍCH\n\nQuảng bá đường hoa Nhật Tân.\n".encode()),
    )
    with clock.stopped_at(at(DAY)):
        document = came_in(office, files=[file])
    for words in ("duong hoa nhat tan", "1234/ubnd", "uy ban nhan dan", "don doc bao cao"):
        assert list(search_folded(Document.objects.all(), words)) == [document]
    assert list(search_folded(Document.objects.all(), "hoa dao")) == []


def test_direction_is_told_apart():
    office = registry()
    with clock.stopped_at(at(DAY)):
        came_in(office)
        issue_document(by=office.clerk, draft=approved_draft(office))
    assert [document.direction for document in Document.objects.order_by("pk")] == [
        Direction.IN,
        Direction.OUT,
    ]


def test_number_is_padded_to_the_digits_of_its_book():
    office = registry()
    with unaudited("a body that numbers with four digits"):
        office.outgoing.width = 4
        office.outgoing.save()
    document = issue_document(by=office.clerk, draft=approved_draft(office))
    assert (document.number, document.symbol) == (1, "0001/KH-SVHTT")
    assert number_line(from_plain(document.content)) == "Số: 0001/KH-SVHTT"
