"""A plan in which nothing is to be mended, and how to change one part of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.official_documents.checks import Basis, Body, Facts, KnownDocument, Signer, check
from khuevan.plain.official_documents.document import Recipient, Signatory
from khuevan.plain.official_documents.writing.composition import Composition, Section, paragraph

TODAY = date(2025, 9, 15)
BASIS = (
    "Căn cứ Kế hoạch số 48/KH-UBND ngày 19/02/2025 của UBND Thành phố về việc tổ chức hoạt động thông tin đối ngoại"
    " thành phố Hà Nội năm 2025"
)
KNOWN = KnownDocument(
    symbol="48/KH-UBND",
    issued_date=date(2025, 2, 19),
    type_name="Kế hoạch",
    title="Tổ chức hoạt động thông tin đối ngoại thành phố Hà Nội năm 2025",
    issuer_name="Ủy ban nhân dân Thành phố",
)
FACTS = Facts(
    today=TODAY,
    bases=(Basis(in_register=True),),
    known=(KNOWN,),
    bodies=(
        Body("Sở Văn hóa và Thể thao thành phố Hà Nội", ("Sở VHTT",), "DEPARTMENT"),
        Body("Phòng Thông tin – Báo chí – Xuất bản", ("TTBCXB",), "DIVISION", inside=True),
        Body("Trung tâm Thông tin Triển lãm Hà Nội", (), "CENTRE", inside=True),
        Body("Sở Du lịch thành phố Hà Nội", ("Sở Du lịch",), "DEPARTMENT"),
        Body("Ban Tuyên giáo và Dân vận Thành ủy", (), "PARTY"),
        Body("Ủy ban nhân dân phường Tây Hồ", (), "WARD"),
    ),
    drafting_unit=("Phòng Thông tin – Báo chí – Xuất bản", "TTBCXB"),
    signer=Signer("Vũ Thị Giám", is_director=True),
    type_code="KH",
    abbreviations=frozenset({"SVHTT", "TTBCXB"}),
    calendar=vietnamese_working_calendar(),
)
PLAN = Composition(
    type="Kế hoạch",
    number=None,
    notation="KH-SVHTT",
    parent_body="Ủy ban nhân dân thành phố Hà Nội",
    issuer="Sở Văn hóa và Thể thao",
    place="Hà Nội",
    date=None,
    title="Tổ chức Tuần văn hóa Hà Nội tại nước ngoài",
    legal_bases=(BASIS,),
    sections=(
        Section("", None, (paragraph("Sở Văn hóa và Thể thao thành phố Hà Nội ban hành Kế hoạch như sau:"),)),
        Section("I", "MỤC ĐÍCH", (paragraph("Quảng bá hình ảnh Thủ đô."),)),
        Section(
            "II",
            "TỔ CHỨC THỰC HIỆN",
            (),
            (
                Section(
                    "1",
                    "Phòng Thông tin – Báo chí – Xuất bản",
                    (),
                    (Section("-", None, (paragraph("Hoàn thành báo cáo trước ngày 31/10/2025."),)),),
                ),
                Section("2", "Trung tâm Thông tin Triển lãm Hà Nội", (paragraph("Trưng bày ảnh."),)),
            ),
        ),
    ),
    recipients=(
        Recipient("UBND Thành phố", "để b/c"),
        Recipient("Các phòng, đơn vị thuộc Sở", None),
        Recipient("Lưu: VT, TTBCXB", None),
    ),
    signatory=Signatory(None, "GIÁM ĐỐC", "Vũ Thị Giám"),
)
LETTER = replace(
    PLAN,
    type="Công văn",
    notation="SVHTT-TTBCXB",
    title="Phối hợp tổ chức Tuần văn hóa Hà Nội",
    sections=PLAN.sections[:1],
    addressees=("Sở Du lịch",),
    recipients=(Recipient("Như trên", None), Recipient("Lưu: VT, TTBCXB", None)),
)


def saying(*texts: str, paper: Composition = PLAN) -> Composition:
    """The paper with further paragraphs of running text in its first section."""
    first = paper.sections[0]
    said = replace(first, blocks=(*first.blocks, *(paragraph(text) for text in texts)))
    return replace(paper, sections=(said, *paper.sections[1:]))


def found(paper: Composition, facts: Facts = FACTS) -> list[tuple[str, str, str, str]]:
    """What the checks find: code, place, words, what is meant."""
    return [
        (item.rule.code, item.found.place, item.found.shown, item.found.meant) for item in check(paper, facts)
    ]


def with_facts(**changes: Any) -> Facts:
    """The facts with some of them changed."""
    return replace(FACTS, **changes)
