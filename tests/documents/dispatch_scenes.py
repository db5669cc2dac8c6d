"""A signed document with its recipients, and the other side of an exchange."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents.actions import add_received_file, register_outgoing_paper
from khuevan.documents.choices import Channel, FileRole, SignatureKind
from khuevan.documents.models import Correspondent, Document, Signature
from khuevan.documents.received_files import ReceivedFile
from khuevan.people.models import User
from khuevan.plain.edxml import Business, BusinessType, DocumentCode, Envelope, Organisation, write_edxml
from tests.factories.documents import CorrespondentFactory, Registry, letter_details, registry, type_named
from tests.factories.work import at

DAY = date(2025, 6, 12)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/MediaBox[0 0 595 842]/Parent 2 0 R>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\n"
    b"startxref\n164\n%%EOF\n"
)
RECIPIENTS = [
    "- UBND Thành phố (để b/c);",
    "- Sở Du lịch;",
    "- Báo Hà Nội Mới;",
    "- Phòng Truyền thông số;",
    "- Lưu: VT, TTBCXB.",
]


@dataclass(frozen=True)
class Scene:
    """An office, and bodies that it writes to by each channel."""

    office: Registry
    committee: Correspondent
    tourism: Correspondent
    paper: Correspondent

    @property
    def clerk(self) -> User:
        return self.office.again(self.office.clerk)


def scene() -> Scene:
    """The committee gets edXML, the department of tourism mails, the newspaper paper, the division this software."""
    office = registry()
    committee = CorrespondentFactory(
        name="Ủy ban nhân dân thành phố Hà Nội",
        other_names="UBND Thành phố",
        organ_code="X26",
        channel=Channel.EDXML,
    )
    tourism = CorrespondentFactory(
        name="Sở Du lịch", email="vanthu@dulich.example.invalid", channel=Channel.EMAIL
    )
    paper = CorrespondentFactory(name="Báo Hà Nội Mới", address="44 Lê Thái Tổ, Hà Nội")
    CorrespondentFactory(name="Phòng Truyền thông số", unit=office.other, channel=Channel.INTERNAL)
    return Scene(office, committee, tourism, paper)


def pdf_file(name: str = "van-ban-da-ky.pdf", extra: bytes = b"") -> ReceivedFile:
    """A small PDF that may be kept."""
    data = PDF + extra
    return ReceivedFile(name, data, hashlib.sha256(data).hexdigest(), "application/pdf", 1)


def issued(a: Scene, *, signed: bool = True, scan: bool = True, **details: Any) -> Document:
    """A plan of the division, number 1 of its series, signed on paper with its scan."""
    given: dict[str, Any] = {
        "title": "Tổ chức tuần lễ giới thiệu Thăng Long với bạn bè quốc tế",
        "type": type_named("Kế hoạch"),
        "symbol": "KH-SVHTT",
        "issued_date": None,
        "place": "Hà Nội",
        "issuer_name": "Sở Văn hóa và Thể thao thành phố Hà Nội",
        "signer_name": "Vũ Thị Giám",
        "signer_position": "Giám đốc",
        "recipient_lines": tuple(RECIPIENTS),
    }
    document = register_outgoing_paper(
        by=a.clerk,
        book=a.office.outgoing,
        issued_date=DAY,
        details=letter_details(**{**given, **details}),
        drafting_unit=a.office.division,
    )
    if signed:
        sign(a, document, scan=scan)
    return Document.objects.get(pk=document.pk)


def sign(a: Scene, document: Document, *, scan: bool = True) -> None:
    """The signature of the director on paper, with the scan where there is one."""
    file = None
    if scan:
        file = add_received_file(by=a.clerk, document=document, file=pdf_file(), role=FileRole.SCANNED)
    with unaudited("a signature of the test"):
        Signature.objects.create(
            document=document,
            kind=SignatureKind.PAPER,
            signer_name="Vũ Thị Giám",
            signed_at=clock.now(),
            recorded_by=a.clerk,
            file=file,
        )


@contextmanager
def at_the_day() -> Iterator[None]:
    """The office's clock stands at the day of the scene."""
    with clock.stopped_at(at(DAY)):
        yield


def revoking_message(edxml_id: str) -> str:
    """A message by which its sender calls a document back."""
    return write_edxml(
        Envelope(
            sender=Organisation("000.00.01.X26", "Sở Văn hóa và Thể thao"),
            receivers=(Organisation("X26.05"),),
            code=DocumentCode("48", "KH-SVHTT"),
            subject="Thu hồi kế hoạch",
            document_id=f"{edxml_id}-thu-hoi",
            promulgation_date=DAY,
            business=Business(type=BusinessType.REVOKE, document_id=edxml_id, reason="Sai số liệu"),
        )
    ).decode()
