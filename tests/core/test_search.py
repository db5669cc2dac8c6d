"""Search that does not mind diacritics. Runs on SQLite here, and on PostgreSQL in test_search_postgresql."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from khuevan.core.actions import action
from khuevan.core.search import folded_words, search_folded
from khuevan.people.actions import add_alias, create_unit, rename_unit
from khuevan.people.models import Unit, User
from khuevan.people.queries import system_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def units() -> dict[str, Unit]:
    by = system_person()
    names = ("Quận Đống Đa", "Ban Tổ chức lễ hội", "Văn phòng UBND thành phố Hà Nội", "Phường Láng")
    return {name: create_unit(by=by, name=name, kind="OUTSIDE") for name in names}


def found(query: str) -> set[str]:
    return set(search_folded(Unit.objects.all(), query).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("ha noi", "Văn phòng UBND thành phố Hà Nội"),
        ("Hà Nội", "Văn phòng UBND thành phố Hà Nội"),
        ("HÀ NỘI", "Văn phòng UBND thành phố Hà Nội"),
        ("le hoi", "Ban Tổ chức lễ hội"),
        ("lễ hội", "Ban Tổ chức lễ hội"),
        ("le ho", "Ban Tổ chức lễ hội"),
        ("dong da", "Quận Đống Đa"),
        ("đống đa", "Quận Đống Đa"),
        ("ĐỐNG ĐA", "Quận Đống Đa"),
        ("dong d", "Quận Đống Đa"),
        ("đống", "Quận Đống Đa"),
        ("Đống Đa", "Quận Đống Đa"),  # decomposed letters, as macOS types them
        ("lang", "Phường Láng"),
        ("phuong-lang", "Phường Láng"),
    ],
)
def test_search_finds_with_and_without_diacritics(units, query, name):
    assert found(query) == {name}


@pytest.mark.parametrize(
    "query", ["ong da", "da dong xyz", "hoi le x", '"', "* OR a", "'); DROP", "%s", "NEAR("]
)
def test_search_finds_nothing_for_other_words_and_never_fails(units, query):
    expected = set(units) if not folded_words(query) else set()
    assert found(query) == expected


def test_search_keeps_filters_order_and_chains(units):
    queryset = Unit.objects.exclude(name="Quận Đống Đa").order_by("-name")
    assert [unit.name for unit in search_folded(queryset, "pho")] == ["Văn phòng UBND thành phố Hà Nội"]
    assert list(search_folded(queryset, "  ").values_list("name", flat=True)) == sorted(
        set(units) - {"Quận Đống Đa"}, reverse=True
    )
    assert search_folded(queryset, "le hoi").filter(kind="WARD").count() == 0


def test_search_follows_a_new_name_and_another_name(units):
    by = system_person()
    unit = units["Phường Láng"]
    rename_unit(by=by, unit=unit, name="Phường Ô Chợ Dừa", day=datetime.date(2025, 7, 1))
    add_alias(by=by, unit=unit, name="Xóm Đình")
    assert found("o cho dua") == found("phuong lang") == found("xom dinh") == {"Phường Ô Chợ Dừa"}


def test_records_created_in_bulk_are_found():
    @action
    def write(*, by: User) -> None:
        Unit.objects.bulk_create([Unit(name=f"Xã Đại Thanh {n}", kind="COMMUNE") for n in range(3)])

    write(by=system_person())
    assert found("dai thanh") == {"Xã Đại Thanh 0", "Xã Đại Thanh 1", "Xã Đại Thanh 2"}


def test_pages_are_found_folded():
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=Page(title="Lễ hội Đống Đa", slug="le-hoi-dong-da"))
    for query in ("le hoi dong da", "LỄ HỘI", "đống đa"):
        assert [p.title for p in Page.objects.search(query)] == ["Lễ hội Đống Đa"]
        assert [p.title for p in Page.objects.autocomplete(query[:-1])] == ["Lễ hội Đống Đa"]
    assert page.content_type == ContentType.objects.get_for_model(Page)


def test_words_of_a_text_are_folded():
    assert folded_words(" Phòng Tổ chức – Pháp chế (TCPC) ") == "phong to chuc phap che tcpc"
