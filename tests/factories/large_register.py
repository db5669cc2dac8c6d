"""A register of many years: thousands of documents in and out, their numbers, files, units; for measuring pages."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from django.utils import timezone

from khuevan.core.recording import unaudited
from khuevan.documents.choices import Direction, DocumentState, FileRole, Urgency
from khuevan.documents.models import Document, DocumentFile, DocumentType, IssuedNumber
from khuevan.plain.folding import slug
from tests.factories.documents import Registry
from tests.factories.work import at

_BODIES = (
    "Ủy ban nhân dân thành phố Hà Nội", "Bộ Văn hóa, Thể thao và Du lịch", "Thông tấn xã Việt Nam",
    "Công an thành phố Hà Nội", "Sở Du lịch", "Sở Ngoại vụ", "Sở Tài chính", "Báo Hà Nội mới",
    "Ủy ban nhân dân phường Hoàn Kiếm", "Ủy ban nhân dân xã Sóc Sơn", "Đài Truyền hình Việt Nam",
)  # fmt: skip
_SUBJECTS = (
    "công tác thông tin đối ngoại", "lễ hội truyền thống", "quảng bá hình ảnh Thủ đô", "tập huấn nghiệp vụ",
    "cung cấp tin, bài tiếng Anh", "trang trí, cổ động trực quan", "kinh phí bản tin", "đón đoàn phóng viên",
)  # fmt: skip
_WORDS = "Đề nghị các đơn vị phối hợp triển khai, báo cáo kết quả trước ngày làm việc cuối cùng của tháng. "
# Two hundred working days a year, eighty documents each.
_FIRST = date(2023, 1, 3)


def large_register(office: Registry, documents: int) -> list[int]:
    """The keys of the documents made: half came in, half went out, over three years, in the search index too."""
    types = list(DocumentType.objects.filter(name__in=["Công văn", "Kế hoạch", "Báo cáo", "Quyết định"]))
    units = [office.division, office.other]
    counts: dict[tuple[str, int, str], int] = {}
    with unaudited("documents to measure pages with"):
        made = Document.objects.bulk_create(
            _document(office, place, documents, types, units, counts) for place in range(documents)
        )
        IssuedNumber.objects.bulk_create(_number(document) for document in made)
        DocumentFile.objects.bulk_create(_file(document) for document in made)
    return [document.pk for document in made]


def _document(office, place, documents, types, units, counts):  # type: ignore[no-untyped-def]
    incoming = place % 2 == 0
    day = _FIRST + timedelta(days=place * 1060 // documents)
    kind = types[place // 2 % len(types)]
    body, subject = _BODIES[place % len(_BODIES)], _SUBJECTS[place % len(_SUBJECTS)]
    series = ("IN", day.year, "") if incoming else ("OUT", day.year, kind.code or kind.name)
    counts[series] = counts.get(series, 0) + 1
    own = counts[series]
    notation = f"{slug(body)[:6].upper()}-VX" if incoming else f"{kind.code or 'SVHTT'}-SVHTT"
    document = Document(
        direction=Direction.IN if incoming else Direction.OUT,
        book=office.incoming if incoming else office.outgoing,
        state=DocumentState.IN_HAND if incoming and place % 3 else DocumentState.REGISTERED,
        type=kind,
        type_name=kind.name,
        number=place % 3000 + 1 if incoming else own,
        notation=notation,
        symbol=f"{place % 3000 + 1 if incoming else own}/{notation}",
        issued_date=day,
        title=f"Về việc {subject} đợt {place} năm {day.year}",
        issuer_name=body if incoming else office.department.name,
        signer_name="Nguyễn Văn Mẫu",
        urgency=Urgency.URGENT if place % 20 == 0 else Urgency.NORMAL,
        due_date=day + timedelta(days=14) if incoming else None,
        received_date=day if incoming else None,
        handling_unit=units[place % 2] if incoming else None,
        drafting_unit=None if incoming else units[place // 2 % 2],
        reading={"paragraphs": [f"{subject} {word} {_WORDS * 4}" for word in _SUBJECTS]},
        recipient_lines=["- UBND Thành phố;", "- Lưu: VT."],
        registered_at=at(day),
        registered_by=office.clerk,
    )
    document.given = (series, own)  # type: ignore[attr-defined]
    return document


def _number(document: Document) -> IssuedNumber:
    (_direction, year, series), number = document.given  # type: ignore[attr-defined]
    return IssuedNumber(
        book=document.book,
        year=year,
        series=series,
        number=number,
        document=document,
        issued_at=document.registered_at,
        issued_by=document.registered_by,
    )


_digests = itertools.count(1)


def _file(document: Document) -> DocumentFile:
    digest = f"{next(_digests):064x}"
    return DocumentFile(
        document=document,
        role=FileRole.RECEIVED,
        file=f"documents/{digest[:2]}/{digest}",
        filename="van-ban.pdf",
        content_type="application/pdf",
        size=120_000,
        sha256=digest,
        page_count=3,
        added_at=timezone.now(),
        added_by=document.registered_by,
    )
