"""The audit trail: written by itself, complete, and not to be changed."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from khuevan.core.actions import UnrecordedWrite, action, note, unaudited
from khuevan.core.models import AuditEntry
from khuevan.core.queries import history_of
from khuevan.people.choices import UnitKind
from khuevan.people.models import Unit, UnitAlias, User
from tests.factories.people import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@action
def write(*, by: User, name: str) -> Unit:
    unit = Unit(name=name, kind=UnitKind.DIVISION)
    unit.save()
    return unit


@action
def rename(*, by: User, unit: Unit, name: str) -> None:
    unit.name = name
    unit.save()


@action
def write_two(*, by: User) -> list[Unit]:
    return [write(by=by, name="Phòng A"), write(by=by, name="Phòng B")]


@action
def order_all(*, by: User, order: int) -> int:
    return Unit.objects.update(order=order)


@action
def remove(*, by: User, unit: Unit) -> None:
    unit.delete()


def entries() -> list[tuple[str, str, str, dict[str, list[object]]]]:
    return [(e.verb, e.kind, e.target_label, e.changes) for e in AuditEntry.objects.all()]


def test_creation_is_recorded_with_every_field_that_holds_something():
    person = UserFactory()
    unit = write(by=person, name="Phòng A")
    entry = history_of(unit).get()
    assert (entry.by, entry.verb, entry.kind, entry.target_label) == (person, "write", "CREATED", "Phòng A")
    assert entry.changes == {"kind": [None, "DIVISION"], "name": [None, "Phòng A"], "order": [None, 0]}


def test_change_is_recorded_as_the_difference():
    unit = UnitFactory(name="Phòng A")
    rename(by=UserFactory(), unit=unit, name="Phòng B")
    rename(by=UserFactory(), unit=unit, name="Phòng C")
    assert entries() == [
        ("rename", "CHANGED", "Phòng B", {"name": ["Phòng A", "Phòng B"]}),
        ("rename", "CHANGED", "Phòng C", {"name": ["Phòng B", "Phòng C"]}),
    ]


def test_save_that_changes_nothing_leaves_no_entry():
    unit = UnitFactory(name="Phòng A")
    rename(by=UserFactory(), unit=unit, name="Phòng A")
    assert entries() == []


def test_save_of_some_fields_records_those_fields_only():
    unit = Unit.objects.get(pk=UnitFactory(name="Phòng A").pk)

    @action
    def save_order(*, by: User) -> None:
        unit.order, unit.name = 7, "unsaved"
        unit.save(update_fields=["order"])
        unit.save()

    save_order(by=UserFactory())
    assert [entry[3] for entry in entries()] == [{"order": [0, 7]}, {"name": ["Phòng A", "unsaved"]}]


def test_update_of_a_queryset_records_each_row_that_changed():
    UnitFactory(name="Phòng A", order=3)
    UnitFactory(name="Phòng B", order=5)
    assert order_all(by=UserFactory(), order=5) == 2
    assert entries() == [("order_all", "CHANGED", "Phòng A", {"order": [3, 5]})]


def test_bulk_writes_are_recorded():
    person = UserFactory()

    @action
    def write_many(*, by: User) -> None:
        units = Unit.objects.bulk_create([Unit(name=n, kind="WARD") for n in ("Láng", "Giảng Võ")])
        for position, unit in enumerate(units, start=1):
            unit.order = position
        Unit.objects.bulk_update(units, ["order"])

    write_many(by=person)
    assert entries() == [
        (
            "write_many",
            "CREATED",
            "Láng",
            {"kind": [None, "WARD"], "name": [None, "Láng"], "order": [None, 0]},
        ),
        (
            "write_many",
            "CREATED",
            "Giảng Võ",
            {"kind": [None, "WARD"], "name": [None, "Giảng Võ"], "order": [None, 0]},
        ),
        ("write_many", "CHANGED", "Láng", {"order": [0, 1]}),
        ("write_many", "CHANGED", "Giảng Võ", {"order": [0, 2]}),
    ]


def test_deletion_records_what_went_with_it():
    unit = UnitFactory(name="Phòng A")
    with unaudited("a test's own data"):
        UnitAlias(unit=unit, name="Phòng cũ").save()
    remove(by=UserFactory(), unit=unit)
    assert sorted((kind, label) for _verb, kind, label, _changes in entries()) == [
        ("DELETED", "Phòng A"),
        ("DELETED", "Phòng cũ"),
    ]


def test_actions_called_by_an_action_share_its_batch_and_keep_their_own_verbs():
    write_two(by=UserFactory())
    assert {entry[0] for entry in entries()} == {"write"}
    assert AuditEntry.objects.values("batch").distinct().count() == 1
    write(by=UserFactory(), name="Phòng C")
    assert AuditEntry.objects.values("batch").distinct().count() == 2


def test_failed_action_leaves_neither_records_nor_entries():
    @action
    def fail(*, by: User) -> None:
        Unit(name="Phòng A", kind="WARD").save()
        raise ValidationError("no")

    with pytest.raises(ValidationError):
        fail(by=UserFactory())
    assert (Unit.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_entries_of_an_undone_savepoint_go_with_it():
    @action
    def try_once(*, by: User) -> None:
        try:
            with transaction.atomic():
                Unit(name="Phòng A", kind="WARD").save()
                raise ValidationError("no")
        except ValidationError:
            Unit(name="Phòng B", kind="WARD").save()

    try_once(by=UserFactory())
    assert [entry[2] for entry in entries()] == ["Phòng B"]


@pytest.mark.parametrize(
    "write_outside",
    [
        lambda unit: unit.save(),
        lambda unit: unit.delete(),
        lambda unit: Unit.objects.filter(pk=unit.pk).update(order=1),
        lambda unit: Unit.objects.filter(pk=unit.pk).delete(),
        lambda unit: Unit.objects.bulk_create([Unit(name="x", kind="WARD")]),
        lambda unit: Unit.objects.bulk_update([unit], ["order"]),
        lambda unit: Unit.objects.create(name="x", kind="WARD"),
        lambda unit: Unit.objects.get_or_create(name="x", kind="WARD"),
    ],
)
def test_writing_outside_an_action_is_refused(write_outside):
    unit = UnitFactory()
    with pytest.raises(UnrecordedWrite, match="outside an action|Deleting a Unit"), transaction.atomic():
        write_outside(unit)
    assert Unit.objects.count() == 1


def test_unaudited_needs_a_reason():
    with pytest.raises(ValueError, match="Say why"), unaudited(" "):
        pass


def test_action_needs_a_saved_person_and_keywords():
    with pytest.raises(UnrecordedWrite, match="needs by="):
        write(by=User(username="x"), name="Phòng A")

    with pytest.raises(TypeError, match="keywords only"):

        @action
        def positional(unit: Unit, *, by: User) -> None:
            """Never runs."""

    with pytest.raises(TypeError, match="keywords only"):

        @action
        def nobody(*, unit: Unit) -> None:
            """Never runs."""


def test_entries_cannot_be_changed_or_deleted():
    write(by=UserFactory(), name="Phòng A")
    entry = AuditEntry.objects.get()
    entry.verb = "other"
    for change in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(TypeError, match="Audit entries cannot"):
            change()
    with pytest.raises(TypeError, match="Audit entries cannot"):
        AuditEntry.objects.update(verb="other")
    assert AuditEntry.objects.get().verb == "write"


def test_note_tells_of_what_is_no_record():
    person = UserFactory(full_name="Lê A")

    @action
    def praise(*, by: User) -> None:
        note(person, {"praise": [None, "yes"]})

    praise(by=person)
    assert entries() == [("praise", "NOTED", "Lê A", {"praise": [None, "yes"]})]


def test_history_asks_two_queries_whatever_its_length(django_assert_num_queries):
    unit = UnitFactory(name="Phòng 0")
    for length in (1, 3):
        for number in range(length):
            rename(by=UserFactory(), unit=unit, name=f"Phòng {length}{number}")
        history_of(unit).count()
        with django_assert_num_queries(1):
            assert [entry.by.full_name != "" for entry in history_of(unit)] == [True] * (
                1 if length == 1 else 4
            )
