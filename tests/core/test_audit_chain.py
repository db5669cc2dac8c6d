"""The chain over the audit trail: complete, in order, and broken by whatever is done behind the ORM's back."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction

from khuevan.background.failures import JobFailed
from khuevan.core.actions import action
from khuevan.core.audit_chain import (
    BATCH,
    chain_state,
    export_lines,
    findings_in_database,
    first_difference,
    holds,
    link_entries,
)
from khuevan.core.audit_links import AuditLink
from khuevan.core.jobs import link_audit_entries, verify_audit_chain
from khuevan.core.models import AuditEntry
from khuevan.people.models import Unit, User
from khuevan.plain.audit_chain import START
from khuevan.plain.audit_file import TrailFile
from tests.factories.people import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@action
def name_unit(*, by: User, unit: Unit, name: str) -> None:
    unit.name = name
    unit.save()


def write_entries(count: int, person: User | None = None) -> list[int]:
    """Renames a unit so many times; the keys of the entries."""
    unit, person = UnitFactory(name="Phòng 0"), person or UserFactory()
    for number in range(1, count + 1):
        name_unit(by=person, unit=unit, name=f"Phòng {number}")
    return list(AuditEntry.objects.order_by("pk").values_list("pk", flat=True))[-count:]


def positions() -> list[tuple[int, int]]:
    return list(AuditLink.objects.order_by("position").values_list("position", "entry_id"))


def breaks() -> list[str]:
    return [str(finding) for finding in findings_in_database()]


def exported() -> list[bytes]:
    return list(export_lines(chain_state(), made_by="a test"))


def trail_file(lines: list[bytes]) -> TrailFile:
    return TrailFile(io.BytesIO(b"".join(lines)))


def execute(sql: str, *parameters: object) -> None:
    """Writes behind Django's back, as somebody with the database's password could."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


@contextmanager
def undone() -> Iterator[None]:
    """Takes back what is done inside: a database that refers to nothing would fail the test's own end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_entries_are_linked_in_their_order_without_gaps():
    keys = write_entries(3)
    assert link_entries() == 3
    assert positions() == list(enumerate(keys, start=1))
    assert link_entries() == 0
    more = write_entries(2)
    assert link_entries() == 2
    assert positions() == list(enumerate([*keys, *more], start=1))
    assert breaks() == []


def test_nothing_to_link_makes_no_chain():
    assert (link_entries(), positions(), breaks()) == (0, [], [])
    state = chain_state()
    assert (state.length, state.head, state.linked_at, state.waiting) == (0, START, None, 0)


def test_more_entries_than_one_batch_are_linked_at_once():
    person, unit = UserFactory(), UnitFactory()
    target_type = ContentType.objects.get_for_model(Unit)
    AuditEntry.objects.bulk_create(
        AuditEntry(by=person, verb="x", kind="NOTED", target_type=target_type, target_id=unit.pk, batch=batch)
        for batch in (uuid.uuid4() for _ in range(2 * BATCH + 1))
    )
    assert link_entries() == 2 * BATCH + 1
    assert [position for position, _entry in positions()] == list(range(1, 2 * BATCH + 2))
    assert breaks() == []
    assert list(trail_file(exported()).findings()) == []


def test_entry_that_comes_late_is_linked_later():
    """On PostgreSQL a transaction that began first may end last, and its entry then has the lower key."""
    [key] = write_entries(1)
    first = AuditEntry.objects.get()
    entry_with_key(key + 7, first).save()
    link_entries()
    entry_with_key(key + 3, first).save()
    assert link_entries() == 1
    assert positions() == [(1, key), (2, key + 7), (3, key + 3)]
    assert breaks() == []


def test_state_says_how_far_the_chain_reaches():
    write_entries(2)
    link_entries()
    last = AuditLink.objects.get(position=2)
    write_entries(1)
    state = chain_state()
    assert (state.length, state.head, state.linked_at, state.waiting) == (2, last.digest, last.linked_at, 1)


def test_later_names_of_people_and_records_break_nothing():
    person = UserFactory(username="cu", full_name="Tên Cũ")
    write_entries(2, person)
    link_entries()
    User.objects.filter(pk=person.pk).update(username="moi", full_name="Tên Mới")
    assert breaks() == []
    line = json.loads(exported()[1])
    assert line["by"] == {"id": person.pk, "username": "cu", "name": "Tên Cũ"}
    write_entries(1, User.objects.get(pk=person.pk))
    link_entries()
    assert breaks() == []
    assert json.loads(exported()[3])["by"] == {"id": person.pk, "username": "moi", "name": "Tên Mới"}


def test_kind_of_record_that_a_migration_renames_breaks_nothing():
    write_entries(2)
    link_entries()
    kind = ContentType.objects.get_for_model(Unit)
    execute("UPDATE django_content_type SET model = 'body' WHERE id = %s", kind.pk)
    ContentType.objects.clear_cache()
    try:
        assert breaks() == []
        link_entries()
        assert json.loads(exported()[2])["target"]["model"] == "people.unit"
    finally:
        ContentType.objects.clear_cache()


def test_entry_moved_to_another_kind_of_record_is_found():
    keys = write_entries(3)
    link_entries()
    other = ContentType.objects.get_for_model(User)
    execute("UPDATE core_auditentry SET target_type_id = %s WHERE id = %s", other.pk, keys[1])
    assert breaks() == ["Position 2 is about a people.unit in the chain, and about a people.user now."]


CHANGED_2 = "Position 2 was changed: what it says does not give the digest that it bears."
NOT_BUILT_3 = "Position 3 does not build on the line before it: one of the two was exchanged."
CHANGED_3 = "Position 3 was changed: what it says does not give the digest that it bears."


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "other"),
        ("kind", "DELETED"),
        ("target_id", 999_999),
        ("target_label", "Phòng X"),
        ("changes", '{"name": ["Phòng 1", "Phòng X"]}'),
        ("at", datetime(2025, 1, 1, tzinfo=UTC)),
        ("batch", uuid.UUID(int=5).hex),
    ],
)
def test_changed_entry_is_found(column, value):
    keys = write_entries(3)
    link_entries()
    execute(f"UPDATE core_auditentry SET {column} = %s WHERE id = %s", value, keys[1])
    assert breaks() == [CHANGED_2]
    assert [str(finding) for finding in trail_file(exported()).findings()] == [CHANGED_2]


def test_entry_given_to_another_person_is_found():
    keys = write_entries(3)
    link_entries()
    execute("UPDATE core_auditentry SET by_id = %s WHERE id = %s", UserFactory().pk, keys[1])
    assert breaks() == [CHANGED_2]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("by_username", "other"),
        ("by_name", "Other"),
        ("target_model", "people.user"),
        ("linked_at", datetime(2025, 1, 1, tzinfo=UTC)),
        ("previous", "ab" * 32),
    ],
)
def test_changed_link_is_found(column, value):
    write_entries(3)
    link_entries()
    execute(f"UPDATE core_auditlink SET {column} = %s WHERE position = 2", value)
    assert CHANGED_2 in breaks()


def test_changed_digest_is_found_where_it_stands_and_where_it_is_built_on():
    write_entries(4)
    link_entries()
    execute("UPDATE core_auditlink SET digest = %s WHERE position = 2", "ab" * 32)
    assert breaks() == [CHANGED_2, NOT_BUILT_3]


def test_link_in_an_unknown_form_is_found():
    write_entries(4)
    link_entries()
    execute("UPDATE core_auditlink SET form = 9 WHERE position = 2")
    assert breaks() == ["Position 2 is written in form 9, which this version does not know."]


def test_entries_that_changed_places_are_found():
    keys = write_entries(3)
    link_entries()
    execute("UPDATE core_auditlink SET entry_id = %s WHERE position = 2", keys[2] + 1_000_000)
    execute("UPDATE core_auditlink SET entry_id = %s WHERE position = 3", keys[1])
    execute("UPDATE core_auditlink SET entry_id = %s WHERE position = 2", keys[2])
    assert breaks() == [CHANGED_2, CHANGED_3]


def test_missing_link_is_found_and_its_entry_counts_as_waiting():
    write_entries(5)
    link_entries()
    execute("DELETE FROM core_auditlink WHERE position IN (2, 3)")
    assert breaks() == ["Positions 2 to 3 are missing."]
    assert [str(finding) for finding in trail_file(exported()).findings()] == [
        "Positions 2 to 3 are missing."
    ]


def test_missing_entry_is_found():
    keys = write_entries(3)
    link_entries()
    with undone():
        execute("DELETE FROM core_auditentry WHERE id = %s", keys[1])
        assert breaks() == [f"Position 2: its entry, number {keys[1]}, is gone or cannot be read."]
        assert [str(finding) for finding in trail_file(exported()).findings()] == ["Position 2 is missing."]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite takes any value into any column")
@pytest.mark.parametrize(
    ("column", "value"),
    [("changes", "{no json"), ("batch", "no uuid"), ("at", "no moment"), ("verb", b"\xff")],
)
def test_value_that_no_entry_can_hold_is_found(column, value):
    keys = write_entries(3)
    link_entries()
    with undone():
        execute("PRAGMA ignore_check_constraints = ON")
        execute(f"UPDATE core_auditentry SET {column} = %s WHERE id = %s", value, keys[1])
        assert [finding.position for finding in findings_in_database()] == [2]
        assert [finding.position for finding in trail_file(exported()).findings()] == [2]
    execute("PRAGMA ignore_check_constraints = OFF")


def test_export_round_trip():
    person = UserFactory(username="kehoach", full_name="Nguyễn Thị Đào")
    keys = write_entries(2, person)
    link_entries()
    lines = exported()
    file = trail_file(lines)
    assert (file.made_by, file.installation) == ("a test", "http://127.0.0.1:8000")
    assert list(file.findings()) == []
    assert (file.entries, file.head) == (2, chain_state().head)
    entry = AuditEntry.objects.get(pk=keys[1])
    content = json.loads(lines[2])
    assert datetime.fromisoformat(content.pop("at")) == entry.at
    assert datetime.fromisoformat(content.pop("linked_at")) == entry.link.linked_at
    assert content == {
        "type": "entry",
        "form": 1,
        "position": 2,
        "previous": json.loads(lines[1])["digest"],
        "digest": chain_state().head,
        "entry": keys[1],
        "by": {"id": person.pk, "username": "kehoach", "name": "Nguyễn Thị Đào"},
        "verb": "name_unit",
        "kind": "CHANGED",
        "target": {"model": "people.unit", "id": entry.target_id, "label": "Phòng 2"},
        "changes": {"name": ["Phòng 1", "Phòng 2"]},
        "batch": str(entry.batch),
    }


def test_export_holds_what_the_state_says_though_the_chain_grows():
    write_entries(2)
    link_entries()
    lines = export_lines(chain_state(), made_by="a test")
    first = next(lines)
    write_entries(3)
    link_entries()
    file = trail_file([first, *lines])
    assert list(file.findings()) == []
    assert file.entries == 2


@pytest.mark.parametrize("entries", [1, 3])
def test_export_and_verification_ask_the_same_whatever_the_length(entries, django_assert_num_queries):
    write_entries(entries)
    link_entries()
    state = chain_state()
    with django_assert_num_queries(3):
        list(export_lines(state, made_by="a test"))
    with django_assert_num_queries(4):
        assert breaks() == []


def test_chain_that_grew_does_not_differ_from_an_older_file():
    write_entries(2)
    link_entries()
    lines = exported()
    write_entries(2)
    link_entries()
    assert first_difference(trail_file(lines).digests()) is None


def test_shortened_trail_is_sound_in_itself_and_differs_from_an_older_file():
    keys = write_entries(4)
    link_entries()
    lines = exported()
    execute("DELETE FROM core_auditlink WHERE position > 2")
    execute("DELETE FROM core_auditentry WHERE id IN (%s, %s)", *keys[2:])
    assert breaks() == []
    assert str(first_difference(trail_file(lines).digests())) == (
        "From position 3 on the file holds what is no longer in this installation's chain."
    )


def test_trail_rewritten_from_the_middle_is_sound_in_itself_and_differs_from_an_older_file():
    keys = write_entries(4)
    link_entries()
    lines = exported()
    execute("DELETE FROM core_auditlink WHERE position > 1")
    execute("UPDATE core_auditentry SET verb = 'other' WHERE id = %s", keys[2])
    link_entries()
    assert breaks() == []
    assert list(trail_file(exported()).findings()) == []
    # Linked anew at another moment, position 2 already has another digest.
    assert str(first_difference(trail_file(lines).digests())) == (
        "From position 2 on this installation's chain is another than the file's."
    )


def test_noted_digest_is_found_at_its_position():
    write_entries(3)
    link_entries()
    assert holds(AuditLink.objects.get(position=2).digest) == 2
    assert holds("ab" * 32) is None


def entry_with_key(key: int, like: AuditEntry) -> AuditEntry:
    """Another entry, not yet saved, that would take the key."""
    return AuditEntry(
        pk=key,
        by=like.by,
        verb="x",
        kind="NOTED",
        target_type=like.target_type,
        target_id=1,
        batch=like.batch,
    )


def test_links_and_entries_are_added_and_never_changed_through_the_orm():
    write_entries(2)
    link_entries()
    link, entry = AuditLink.objects.get(position=1), AuditEntry.objects.order_by("pk")[0]
    unlinked = AuditLink(entry=entry, position=1, linked_at=link.linked_at, digest="x")
    over = entry_with_key(entry.pk, entry)
    for model, change in (
        (AuditLink, link.save),
        (AuditLink, link.delete),
        (AuditLink, AuditLink.objects.all().delete),
        (AuditLink, lambda: AuditLink.objects.update(digest="x")),
        (AuditLink, lambda: AuditLink.objects.bulk_update([link], ["digest"])),
        (
            AuditLink,
            lambda: AuditLink.objects.bulk_create(
                [unlinked], update_conflicts=True, update_fields=["digest"], unique_fields=["position"]
            ),
        ),
        (AuditEntry, lambda: AuditEntry.objects.bulk_create([over], ignore_conflicts=True)),
        (AuditEntry, lambda: over.save(force_update=True)),
        (AuditEntry, lambda: over.save(update_fields=["verb"])),
    ):
        with pytest.raises(TypeError, match=f"{model.kept_as} cannot be"), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        over.save()
    assert breaks() == []


def test_jobs_link_and_verify():
    assert link_audit_entries() == ""
    keys = write_entries(2)
    assert link_audit_entries() == "2 entries tied in"
    assert verify_audit_chain() == "The chain is whole"
    execute("UPDATE core_auditentry SET verb = 'other' WHERE id = %s", keys[1])
    with pytest.raises(JobFailed, match="broken at position 2: run `khuevan audit verify`"):
        verify_audit_chain()
