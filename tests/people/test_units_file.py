"""The units of the sample plan, from their file into the register."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest

from khuevan.people.choices import UnitKind
from khuevan.people.demonstration import ACCOUNTS, PASSWORD, create_demonstration_accounts
from khuevan.people.models import Post, Unit, User
from khuevan.people.queries import roles_of, system_person, unit_by_name
from khuevan.people.units_file import HANOI_UNITS, import_units, read_units_file


def test_file_holds_the_divisions_of_the_plan_and_thirty_districts():
    lines = read_units_file(HANOI_UNITS)
    kinds = Counter(line.kind for line in lines)
    assert kinds[UnitKind.DISTRICT] == 30
    assert {line.valid_to for line in lines if line.kind == UnitKind.DISTRICT} == {datetime.date(2025, 6, 30)}
    assert [line.name for line in lines if line.parent == "so"] == [
        "Phòng Thông tin – Báo chí – Xuất bản",
        "Phòng Truyền thông số",
        "Văn phòng Sở",
        "Phòng Tổ chức – Pháp chế",
        "Trung tâm Thông tin Triển lãm Hà Nội",
        "Các phòng, đơn vị thuộc Sở",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[unit]]\nname = "A"\nkind = "SHIP"\n', "wrong or missing field"),
        ('[[unit]]\nkind = "CITY"\n', "wrong or missing field"),
        ('[[unit]]\nname = "A"\nkind = "CITY"\ncolour = "red"\n', "wrong or missing field"),
        ('[[unit]]\nname = "A"\nkind = "CITY"\nparent = "b"\n', "does not stand before it"),
        ('[[unit]]\nname = "A"\nkind = "CITY"\n[[unit]]\nname = "A"\nkind = "CITY"\n', "stands twice"),
    ],
)
def test_wrong_file_names_what_is_wrong(tmp_path, text, message):
    path = tmp_path / "units.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_units_file(path)


@pytest.mark.django_db
def test_import_adds_every_unit_once():
    by = system_person()
    added = import_units(by=by)
    assert len(added) == Unit.objects.count() == len(read_units_file(HANOI_UNITS))
    assert import_units(by=by) == []
    day = datetime.date(2025, 3, 1)
    assert unit_by_name("Phòng Tổ chức - Pháp chế", day) == Unit.objects.get(short_name="TCPC")
    assert unit_by_name("UBND Thành phố", day) == Unit.objects.get(kind=UnitKind.CITY)
    assert Unit.objects.get(short_name="TTBCXB").depth == 2


@pytest.mark.django_db
def test_demonstration_has_one_account_a_role_that_can_sign_in(client):
    by = system_person()
    import_units(by=by)
    create_demonstration_accounts(by=by)
    day = datetime.date(2025, 7, 1)
    held = {a.username: roles_of(User.objects.get(username=a.username), day) for a in ACCOUNTS}
    assert held == {account.username: {account.role} for account in ACCOUNTS}
    assert all(client.login(username=account.username, password=PASSWORD) for account in ACCOUNTS)
    assert create_demonstration_accounts(by=by) == []
    assert Post.objects.count() == len(ACCOUNTS)
