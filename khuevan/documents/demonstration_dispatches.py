"""Dispatch to try: a signed invitation on its way to its recipients, and an edXML message that waits.

Done by the same actions as people's clicks, on a day of 2025. Every document is invented and says so.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from khuevan.core import clock
from khuevan.documents.actions import (
    confirm_receipt,
    keep_edxml_message,
    prepare_dispatches,
    register_outgoing_paper,
    send_dispatches,
    sign_on_paper,
)
from khuevan.documents.choices import Channel, Direction
from khuevan.documents.details import DocumentDetails
from khuevan.documents.edxml_reading import checked_message
from khuevan.documents.models import Document, DocumentType, EdxmlMessage, NumberBook
from khuevan.documents.received_files import ReceivedFile
from khuevan.people.demonstration import check_demonstration_is_allowed
from khuevan.people.models import Unit, User
from khuevan.plain import edxml
from khuevan.plain.official_documents.writing.composition_form import from_plain
from khuevan.plain.official_documents.writing.layout_rules import rules_on

CLERK, UNIT_OFFICER = "vanthu", "canbo"
DEPARTMENT = "Sở Văn hóa và Thể thao thành phố Hà Nội"
DAY = date(2025, 6, 2)
TITLE = "Dự họp báo giới thiệu Tuần lễ Thăng Long – Hà Nội với bạn bè quốc tế"
RECIPIENTS: list[dict[str, Any]] = [
    {"name": "UBND Thành phố", "purpose": "để b/c"},
    {"name": "Thông tấn xã Việt Nam", "purpose": None},
    {"name": "Phòng Truyền thông số", "purpose": "để p/h"},
    {"name": "Trung tâm Thông tin Triển lãm Hà Nội", "purpose": None},
]


def create_demonstration_dispatches(*, by: User) -> int:
    """How many documents were made to be sent; a second call adds nothing. Refused where demonstrations are."""
    check_demonstration_is_allowed()
    if Document.objects.outgoing().filter(title=TITLE).exists():
        return 0
    clerk = User.objects.get(username=CLERK)
    with clock.stopped_at(timezone.make_aware(datetime(2025, 6, 2, 9, 0))):  # noqa: DTZ001
        document = _issued(clerk)
        prepare_dispatches(by=clerk, document=document)
    with clock.stopped_at(timezone.make_aware(datetime(2025, 6, 2, 14, 30))):  # noqa: DTZ001
        going = [
            row for row in document.dispatches.all() if row.channel in {Channel.PRINTED, Channel.INTERNAL}
        ]
        if going:
            send_dispatches(by=clerk, document=document, dispatches=going)
    with clock.stopped_at(timezone.make_aware(datetime(2025, 6, 3, 8, 15))):  # noqa: DTZ001
        officer = User.objects.get(username=UNIT_OFFICER)
        own = document.dispatches.filter(
            channel=Channel.INTERNAL, correspondent__unit__posts__person=officer
        ).first()
        if own is not None:
            confirm_receipt(by=officer, dispatch=own, words="Đã nhận, sẽ cử phóng viên.")
        if not EdxmlMessage.objects.exists():
            keep_edxml_message(by=clerk, checked=checked_message("tu-truc-lien-thong.edxml", _message()))
    return 1


def _issued(clerk: User) -> Document:
    invitation = DocumentType.objects.get(name="Giấy mời")
    department = Unit.objects.get(name=DEPARTMENT)
    division = Unit.objects.get(name="Phòng Thông tin – Báo chí – Xuất bản")
    book = NumberBook.objects.filter(direction=Direction.OUT, unit=department).order_by("pk")[0]
    document = register_outgoing_paper(
        by=clerk,
        book=book,
        issued_date=DAY,
        details=DocumentDetails(
            title=TITLE,
            type=invitation,
            place="Hà Nội",
            issuer_name=department.name,
            issuer=department,
            signer_name="Vũ Thị Giám",
            signer_position="Giám đốc",
            summary="Văn bản minh họa, không có thật.",
            recipient_lines=tuple(_line(each) for each in RECIPIENTS),
        ),
        drafting_unit=division,
    )
    pdf = _pdf(document)
    scan = ReceivedFile(
        "giay-moi-da-ky.pdf", pdf, hashlib.sha256(pdf).hexdigest(), "application/pdf", 1
    )  # fmt: skip
    sign_on_paper(
        by=clerk, document=document, signer_name="Vũ Thị Giám", signed_at=clock.now(), scan=scan
    )  # fmt: skip
    return document


def _line(recipient: dict[str, Any]) -> str:
    purpose = f" ({recipient['purpose']})" if recipient["purpose"] else ""
    return f"- {recipient['name']}{purpose};"


def _pdf(document: Document) -> bytes:
    """The invitation as our own writer sets it; it stands for the scan of the signed paper."""
    # The typesetter is large and is loaded only where somebody writes a document.
    from khuevan.plain.official_documents.writing.pdf import write_pdf

    content: dict[str, Any] = {
        "form": "khuevan-composition-1",
        "type": "Giấy mời",
        "number": document.number,
        "notation": document.notation,
        "parent_body": "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
        "issuer": "SỞ VĂN HÓA VÀ THỂ THAO",
        "place": "Hà Nội",
        "date": DAY.isoformat(),
        "title": TITLE,
        "enacting_authority": "",
        "addressees": [],
        "legal_bases": [],
        "sections": [
            {
                "label": "",
                "heading": "",
                "blocks": [
                    "Sở Văn hóa và Thể thao trân trọng kính mời đại diện quý cơ quan dự họp báo giới thiệu Tuần "
                    "lễ Thăng Long – Hà Nội với bạn bè quốc tế. Văn bản minh họa, không có thật.",
                ],
                "children": [],
            }
        ],
        "recipients": RECIPIENTS,
        "signatory": {"authority": None, "position": "GIÁM ĐỐC", "name": "Vũ Thị Giám"},
        "urgency": "",
        "circulation": "",
        "drafter_mark": "",
        "contact": "",
        "annexes": [],
    }
    composition = from_plain(content, pictures={})
    pdf: bytes = write_pdf(composition, rules=rules_on(DAY), created=clock.now())
    return pdf


def _message() -> bytes:
    """A letter of an invented body, as its program would send it."""
    return edxml.write_edxml(
        edxml.Envelope(
            sender=edxml.Organisation("Z99.01", "Cơ quan minh họa"),
            receivers=(edxml.Organisation("Z99.02", DEPARTMENT),),
            code=edxml.DocumentCode("215", "CQMH-TT"),
            subject="Phối hợp cung cấp ảnh tư liệu về Hà Nội (văn bản minh họa)",
            document_id="Z99.01,2025/06/02,215/CQMH-TT",
            place="Hà Nội",
            promulgation_date=DAY,
            document_type=edxml.DocumentType(code=18, name="Công văn"),
            signer=edxml.Signer("Nguyễn Văn Mẫu", "Chánh Văn phòng", "TL."),
            due_date=date(2025, 6, 20),
            business=edxml.Business(type=edxml.BusinessType.NEW),
            attachments=(edxml.Attachment("215-CQMH-TT.txt", "Văn bản minh họa.\n".encode(), "text/plain"),),
        )
    )
