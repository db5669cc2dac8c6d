"""The form of a line and its digest: one way to write each value, nothing that a database or a rename changes."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.audit_chain import (
    START,
    LinkedEntry,
    body,
    canonical,
    digest,
    end,
    entry_line,
    header,
    moment,
)

ENTRY = LinkedEntry(
    position=1,
    linked_at=datetime(2025, 11, 24, 1, 40, tzinfo=UTC),
    entry=17,
    at=datetime(2025, 11, 24, 8, 30, 0, 5, tzinfo=timezone(timedelta(hours=7))),
    by=3,
    by_username="kehoach",
    by_name="Nguyễn Thị Đào",
    verb="rename_unit",
    kind="CHANGED",
    target_model="people.unit",
    target=12,
    target_label="Phòng A",
    changes={"name": ["Phòng “B”", "Phòng A"], "order": [None, 2]},
    batch="11111111-2222-3333-4444-555555555555",
)
WRITTEN = (
    '{"at":"2025-11-24T01:30:00.000005Z","batch":"11111111-2222-3333-4444-555555555555",'
    '"by":{"id":3,"name":"Nguyễn Thị Đào","username":"kehoach"},'
    '"changes":{"name":["Phòng “B”","Phòng A"],"order":[null,2]},"entry":17,"form":1,"kind":"CHANGED",'
    '"linked_at":"2025-11-24T01:40:00.000000Z","position":1,"previous":"' + "0" * 64 + '",'
    '"target":{"id":12,"label":"Phòng A","model":"people.unit"},"type":"entry","verb":"rename_unit"}'
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=20,
)


def test_line_of_form_1_is_written_so_for_ever():
    assert canonical(body(ENTRY, START)).decode() == WRITTEN


def test_digest_is_the_sha256_of_what_is_written():
    """Read from the bytes by hand, as somebody without this program would."""
    line = entry_line(body(ENTRY, START), digest(body(ENTRY, START)))
    said = json.loads(line).pop("digest")
    assert line.endswith(b"}\n")
    assert hashlib.sha256(line[:-1].replace(b',"digest":"' + said.encode() + b'"', b"")).hexdigest() == said
    assert said == hashlib.sha256(WRITTEN.encode()).hexdigest()


def test_form_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="Form 2 is not known"):
        body(ENTRY, START, form=2)


def test_header_and_end_name_each_other():
    first = header(
        entries=2, installation="https://doingoai.example.vn", made_at=ENTRY.linked_at, made_by="A (a)"
    )
    assert first == {
        "type": "header",
        "format": "khuevan-audit-trail",
        "form": 1,
        "installation": "https://doingoai.example.vn",
        "made_at": "2025-11-24T01:40:00.000000Z",
        "made_by": "A (a)",
        "entries": 2,
    }
    assert end(first, entries=2, head="ab") == {
        "type": "end",
        "form": 1,
        "entries": 2,
        "head": "ab",
        "header": digest(first),
    }


def exactly(text: str | bytes) -> object:
    """What a JSON text says, with every number as the decimal number that is written, told apart from True."""

    def number(digits: str) -> tuple[str, Decimal]:
        return "number", Decimal(digits)

    return json.loads(text, parse_float=number, parse_int=number)


@given(json_values)
def test_canonical_form_says_the_same_value_in_one_line(value):
    written = canonical(value)
    assert exactly(written) == exactly(json.dumps(value))
    assert b"\n" not in written
    written.decode("utf-8")


@given(json_values)
def test_canonical_form_is_a_fixed_point(value):
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(st.dictionaries(st.text(), st.integers(), min_size=2))
def test_canonical_form_does_not_depend_on_the_order_of_keys(value):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@given(json_values, json_values)
def test_two_values_are_written_alike_only_if_they_are_one(one, other):
    assert (canonical(one) == canonical(other)) == (exactly(json.dumps(one)) == exactly(json.dumps(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [(1.0, 1), (1e16, 10**16), (-0.0, 0), (1e300, 10**300), ({"a": [2.0]}, {"a": [2]}), ((1, 2), [1, 2])],
)
def test_values_that_databases_confuse_are_written_alike(one, other):
    """PostgreSQL gives whole numbers back without a fraction, SQLite as they were written."""
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize("half", ["\ud800", "a\udfffb", {"\ud83d": "\udc4d x"}])
def test_half_a_surrogate_pair_has_a_form_too(half):
    """SQLite keeps what PostgreSQL refuses; an entry that cannot be digested would stop the chain for good."""
    assert json.loads(canonical(half).decode("utf-8")) == half


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf")]])
def test_what_json_cannot_say_is_refused(value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(value)


@given(st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29), timezones=st.timezones()))
def test_moment_does_not_depend_on_the_time_zone(value):
    assert moment(value) == moment(value.astimezone(UTC))
    assert datetime.fromisoformat(moment(value)) == value.astimezone(UTC)
    assert len(moment(value)) == 27
