"""A department in which drafts are reviewed: the people of every seat, a route, a draft that passes the checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from khuevan.core.recording import unaudited
from khuevan.documents.choices import Seat, SigningAuthority
from khuevan.documents.models import (
    DocumentType,
    Draft,
    DraftVersion,
    LegalBasis,
    NumberBook,
    Route,
    RouteStep,
)
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Unit, User
from tests.factories.documents import NumberBookFactory, type_named
from tests.factories.people import ChargeFactory, PostFactory, UnitFactory, UserFactory

DAY = date(2025, 6, 12)
STANDARD = (Seat.DRAFTING_HEAD, Seat.OFFICE, Seat.DEPUTY, Seat.DIRECTOR, Seat.SIGNER)
BASIS = (
    "Căn cứ Quyết định số 16/2020/QĐ-UBND ngày 17/8/2020 của UBND Thành phố về việc ban hành Quy chế quản lý hoạt "
    "động thông tin đối ngoại của thành phố Hà Nội"
)


def at(day: date, hour: int = 9) -> datetime:
    """A moment of the day, in the office's time."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


@dataclass(frozen=True)
class House:
    """The department, its divisions, and whoever sits on a seat. `deputy` has the division in charge."""

    department: Unit
    office: Unit
    division: Unit
    clerk: User
    director: User
    deputy: User
    auditor: User
    administrator: User
    office_head: User
    head: User
    officer: User
    other_officer: User
    book: NumberBook
    route: Route

    def again(self, user: User) -> User:
        """The person read anew, without what an earlier question remembered."""
        return User.objects.get(pk=user.pk)


def house(seats: tuple[str, ...] = STANDARD) -> House:
    """The department with its people; the route is for all types."""
    department = UnitFactory(
        name="Sở Văn hóa và Thể thao thành phố Hà Nội", kind=UnitKind.DEPARTMENT, short_name="SVHTT"
    )
    office = UnitFactory(name="Văn phòng Sở", parent=department, kind=UnitKind.OFFICE, short_name="VPS")
    division = UnitFactory(
        name="Phòng Thông tin – Báo chí – Xuất bản", parent=department, short_name="TTBCXB"
    )
    other = UnitFactory(name="Phòng Truyền thông số", parent=department, short_name="TTS")

    def person(full_name: str, role: Role, unit: Unit) -> User:
        user: User = UserFactory(full_name=full_name)
        PostFactory(person=user, unit=unit, role=role)
        return user

    deputy = person("Đặng Văn Phó", Role.DEPUTY_DIRECTOR, department)
    ChargeFactory(person=deputy, unit=division)
    return House(
        department=department,
        office=office,
        division=division,
        clerk=person("Phạm Thị Văn Thư", Role.CLERK, office),
        director=person("Vũ Thị Giám", Role.DIRECTOR, department),
        deputy=deputy,
        auditor=person("Bùi Thị Kiểm", Role.AUDITOR, department),
        administrator=person("Đỗ Văn Quản", Role.ADMINISTRATOR, office),
        office_head=person("Ngô Văn Chánh", Role.UNIT_HEAD, office),
        head=person("Trần Văn Trưởng", Role.UNIT_HEAD, division),
        officer=person("Lê Thị Viên", Role.UNIT_OFFICER, division),
        other_officer=person("Lê Thị Khác", Role.UNIT_OFFICER, other),
        book=NumberBookFactory(name="Sổ văn bản đi", unit=department),
        route=route_with(*seats),
    )


def route_with(
    *seats: str, name: str = "Quy trình chung", document_type: DocumentType | None = None
) -> Route:
    """A route of these seats, in use for ever."""
    with unaudited("a test's own route"):
        route = Route.objects.create(name=name, type=document_type)
        for order, seat in enumerate(seats, start=1):
            RouteStep.objects.create(route=route, order=order, seat=seat)
    return route


def content(**values: Any) -> dict[str, Any]:
    """A plan in which the checks find nothing, as `composition_form` stores it."""
    return {
        "form": "khuevan-composition-1",
        "type": "Kế hoạch",
        "number": None,
        "notation": "KH-SVHTT",
        "parent_body": "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
        "issuer": "SỞ VĂN HÓA VÀ THỂ THAO",
        "place": "Hà Nội",
        "date": None,
        "title": "Tổ chức Tuần văn hóa Hà Nội",
        "enacting_authority": "",
        "addressees": [],
        "legal_bases": [BASIS],
        "sections": [
            {"label": "I", "heading": "MỤC ĐÍCH", "blocks": ["Giới thiệu Thủ đô."], "children": []},
        ],
        "recipients": [
            {"name": "UBND Thành phố", "purpose": "để báo cáo"},
            {"name": "Lưu: VT, TTBCXB", "purpose": None},
        ],
        "signatory": {"authority": None, "position": "GIÁM ĐỐC", "name": "Vũ Thị Giám"},
        "urgency": "",
        "circulation": "",
        "drafter_mark": "",
        "contact": "",
        "annexes": [],
        **values,
    }


def draft_in(work: House, *, drafter: User | None = None, signer: User | None = None, **values: Any) -> Draft:
    """A plan of the division that its officer has written, its one legal basis confirmed; signed by the director.

    `values` are fields of the draft; `text` changes its content.
    """
    by = drafter or work.officer
    text = content(**values.pop("text", {}))
    signing = signer or work.director
    if signing == work.deputy:
        text["signatory"] = {"authority": "KT. GIÁM ĐỐC", "position": "PHÓ GIÁM ĐỐC", "name": "Đặng Văn Phó"}
        values.setdefault("authority", SigningAuthority.DEPUTY)
    with unaudited("a test's own draft"):
        draft: Draft = Draft.objects.create(
            type=values.pop("type", None) or type_named("Kế hoạch"),
            book=work.book,
            title=text["title"],
            unit=values.pop("unit", work.division),
            drafter=by,
            signer=signing,
            content=text,
            **values,
        )
        DraftVersion.objects.create(draft=draft, number=1, content=text, saved_at=at(DAY), saved_by=by)
        for order, words in enumerate(text["legal_bases"], start=1):
            LegalBasis.objects.create(
                draft=draft, order=order, words=words, confirmed_at=at(DAY), confirmed_by=by
            )
    return draft
