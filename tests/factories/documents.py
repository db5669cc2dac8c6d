"""An office that keeps a register: its people, its books of numbers, documents that come and go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import factory

from khuevan.documents.actions import register_incoming
from khuevan.documents.choices import Direction, DraftState
from khuevan.documents.details import DocumentDetails
from khuevan.documents.models import (
    CitedName,
    Correspondent,
    Document,
    DocumentType,
    Draft,
    NumberBook,
    folded_names,
)
from khuevan.documents.received_files import ReceivedFile, looked_through
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Unit, User
from tests.factories.people import PostFactory, RecordFactory, UnitFactory, UserFactory

DAY = date(2025, 6, 12)


class CorrespondentFactory(RecordFactory):
    """A body that one writes to, found under its names as `keep_correspondent` keeps them."""

    class Meta:
        model = Correspondent

    name = factory.Sequence(lambda n: f"Sở số {n}")

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Any:
        made = super()._create(model_class, *args, **kwargs)
        CitedName.objects.bulk_create(
            CitedName(correspondent=made, folded=folded) for folded in sorted(folded_names(made))
        )
        return made


class NumberBookFactory(RecordFactory):
    """The book of outgoing documents of a department, each type counted for itself."""

    class Meta:
        model = NumberBook

    name = factory.Sequence(lambda n: f"Sổ văn bản đi {n}")
    direction = Direction.OUT
    unit = factory.SubFactory(UnitFactory, kind=UnitKind.DEPARTMENT)
    body_code = "SVHTT"


@dataclass(frozen=True)
class Registry:
    """A department that keeps a register; `division` and `other` are divisions of it."""

    department: Unit
    division: Unit
    other: Unit
    clerk: User
    director: User
    auditor: User
    administrator: User
    division_head: User
    division_officer: User
    other_officer: User
    outgoing: NumberBook
    incoming: NumberBook

    def again(self, user: User) -> User:
        """The person read anew, without what an earlier question remembered."""
        return User.objects.get(pk=user.pk)


def registry() -> Registry:
    """The department with its people and its two books; nothing is registered yet."""
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

    return Registry(
        department=department,
        division=division,
        other=other,
        clerk=person("Phạm Thị Văn Thư", Role.CLERK, office),
        director=person("Vũ Thị Giám", Role.DIRECTOR, department),
        auditor=person("Bùi Thị Kiểm", Role.AUDITOR, department),
        administrator=person("Đỗ Văn Quản", Role.ADMINISTRATOR, office),
        division_head=person("Trần Văn Trưởng", Role.UNIT_HEAD, division),
        division_officer=person("Lê Thị Viên", Role.UNIT_OFFICER, division),
        other_officer=person("Lê Thị Khác", Role.UNIT_OFFICER, other),
        outgoing=NumberBookFactory(name="Sổ văn bản đi", unit=department),
        incoming=NumberBookFactory(
            name="Sổ văn bản đến", unit=department, direction=Direction.IN, per_type=False, body_code=""
        ),
    )


def type_named(name: str) -> DocumentType:
    """One of the decree's types, which the migrations brought."""
    found: DocumentType = DocumentType.objects.get(name=name)
    return found


def text_file(name: str = "van-ban.txt", words: str = "Nội dung văn bản.") -> ReceivedFile:
    """A small file that may be kept."""
    return looked_through(name, BytesIO(words.encode()))


def letter_details(**values: Any) -> DocumentDetails:
    """What a letter of the city's committee says about itself."""
    given: dict[str, Any] = {
        "title": "Đôn đốc báo cáo công tác thông tin đối ngoại 6 tháng đầu năm 2025",
        "type": type_named("Công văn"),
        "symbol": "1234/UBND-KGVX",
        "issued_date": date(2025, 6, 10),
        "issuer_name": "Ủy ban nhân dân thành phố Hà Nội",
    }
    return DocumentDetails(**{**given, **values})


def came_in(office: Registry, **values: Any) -> Document:
    """A letter of the city's committee, registered by the clerk; `values` go to the action, `details` among them."""
    given: dict[str, Any] = {
        "book": office.incoming,
        "received_date": DAY,
        "details": letter_details(),
        "files": [text_file()],
        "allow_duplicate": True,
    }
    return register_incoming(by=office.again(office.clerk), **{**given, **values})


def plan_content(**values: Any) -> dict[str, Any]:
    """A small plan as `composition_form` stores it, without number and date."""
    return {
        "form": "khuevan-composition-1",
        "type": "Kế hoạch",
        "number": None,
        "notation": "KH-SVHTT",
        "parent_body": "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
        "issuer": "SỞ VĂN HÓA VÀ THỂ THAO",
        "place": "Hà Nội",
        "date": None,
        "title": "Tổ chức tuần lễ giới thiệu Thăng Long với bạn bè quốc tế",
        "enacting_authority": "",
        "addressees": [],
        "legal_bases": ["Căn cứ Quyết định số 16/2020/QĐ-UBND ngày 17/8/2020 của UBND Thành phố"],
        "sections": [
            {"label": "I", "heading": "MỤC ĐÍCH", "blocks": ["Giới thiệu di sản."], "children": []},
        ],
        "recipients": [{"name": "UBND Thành phố", "purpose": "để báo cáo"}],
        "signatory": {"authority": None, "position": "GIÁM ĐỐC", "name": "Vũ Thị Giám"},
        "urgency": "",
        "circulation": "",
        "drafter_mark": "",
        "contact": "",
        "annexes": [],
        **values,
    }


class DraftFactory(RecordFactory):
    """A plan that its unit is writing; pass `state` and `approved_version` for one that was approved."""

    class Meta:
        model = Draft

    type = factory.LazyFunction(lambda: type_named("Kế hoạch"))
    book = factory.SubFactory(NumberBookFactory)
    title = "Tổ chức tuần lễ giới thiệu Thăng Long với bạn bè quốc tế"
    unit = factory.SubFactory(UnitFactory)
    drafter = factory.SubFactory(UserFactory)
    content = factory.LazyFunction(plan_content)


def approved_draft(office: Registry, **values: Any) -> Draft:
    """A plan of the division that was approved as it stands."""
    draft: Draft = DraftFactory(
        book=office.outgoing,
        unit=office.division,
        drafter=office.division_officer,
        state=DraftState.APPROVED,
        approved_version=1,
        **values,
    )
    return draft
