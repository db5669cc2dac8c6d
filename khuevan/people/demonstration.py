"""One account for each role, to try the software with. Their password is public, so production refuses them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.core.actions import action
from khuevan.people.actions import appoint, create_person
from khuevan.people.choices import Role
from khuevan.people.models import Unit, User

PASSWORD = "thu-khue-van-2025"  # noqa: S105  (public by purpose)
SINCE = datetime.date(2025, 3, 1)


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """An account to try one role with; `unit` is the name of the unit in which it holds its post."""

    username: str
    full_name: str
    role: Role
    unit: str
    title: str


_DEPARTMENT = "Sở Văn hóa và Thể thao thành phố Hà Nội"
_PRESS_DIVISION = "Phòng Thông tin – Báo chí – Xuất bản"

# Invented names; nobody of the department is meant.
ACCOUNTS: tuple[DemonstrationAccount, ...] = (
    DemonstrationAccount(
        "kehoach", "Nguyễn Thị Kế Hoạch", Role.PLANNING_OFFICER, _PRESS_DIVISION, "Chuyên viên tổng hợp"
    ),
    DemonstrationAccount("truongphong", "Trần Văn Trưởng", Role.UNIT_HEAD, _PRESS_DIVISION, "Trưởng phòng"),
    DemonstrationAccount("canbo", "Lê Thị Cán Bộ", Role.UNIT_OFFICER, "Phòng Truyền thông số", "Chuyên viên"),
    DemonstrationAccount("vanthu", "Phạm Thị Văn Thư", Role.CLERK, "Văn phòng Sở", "Văn thư"),
    DemonstrationAccount("bientap", "Hoàng Văn Biên", Role.EDITOR, _PRESS_DIVISION, "Biên tập viên"),
    DemonstrationAccount("giamdoc", "Vũ Thị Giám", Role.DIRECTOR, _DEPARTMENT, "Giám đốc"),
    DemonstrationAccount("phogiamdoc", "Đặng Văn Phó", Role.DEPUTY_DIRECTOR, _DEPARTMENT, "Phó Giám đốc"),
    DemonstrationAccount("kiemtra", "Bùi Thị Kiểm", Role.AUDITOR, _DEPARTMENT, "Thanh tra viên"),
    DemonstrationAccount("quantri", "Đỗ Văn Quản", Role.ADMINISTRATOR, "Văn phòng Sở", "Quản trị hệ thống"),
)


def check_demonstration_is_allowed() -> None:
    """Raises PermissionDenied unless the settings allow demonstrations."""
    if not settings.DEMO:
        raise PermissionDenied(_("Demonstration accounts have a public password and are refused here."))


@action
def create_demonstration_accounts(*, by: User) -> list[User]:
    """The accounts that were missing; raises PermissionDenied unless the settings allow demonstrations."""
    check_demonstration_is_allowed()
    created: list[User] = []
    for account in ACCOUNTS:
        if User.objects.filter(username=account.username).exists():
            continue
        person = create_person(
            by=by,
            username=account.username,
            full_name=account.full_name,
            email=f"{account.username}@example.invalid",
            password=PASSWORD,
            is_superuser=account.role == Role.ADMINISTRATOR,
        )
        appoint(
            by=by,
            person=person,
            unit=Unit.objects.get(name=account.unit),
            role=account.role,
            from_date=SINCE,
            title=account.title,
        )
        created.append(person)
    return created
