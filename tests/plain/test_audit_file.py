"""Verification of an exported trail: every kind of break is found and named, and no bytes make it fail."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.audit_chain import START, LinkedEntry, body, canonical, digest, end, entry_line, header
from khuevan.plain.audit_file import TrailFile, UnreadableTrail

MOMENT = datetime(2025, 11, 24, 1, 40, tzinfo=UTC)


def linked(position: int, label: str = "Phòng") -> LinkedEntry:
    return LinkedEntry(
        position=position,
        linked_at=MOMENT,
        entry=position + 100,
        at=MOMENT,
        by=3,
        by_username="kehoach",
        by_name="Nguyễn Thị Đào",
        verb="rename_unit",
        kind="CHANGED",
        target_model="people.unit",
        target=12,
        target_label=f"{label} {position}",
        changes={"name": [f"Phòng {position - 1}", f"Phòng {position}"]},
        batch="11111111-2222-3333-4444-555555555555",
    )


def trail(length: int, label: str = "Phòng") -> list[bytes]:
    """The lines of a sound export."""
    first = header(entries=length, installation="https://a.example", made_at=MOMENT, made_by="A (a)")
    lines, head = [canonical(first) + b"\n"], START
    for position in range(1, length + 1):
        content = body(linked(position, label), head)
        head = digest(content)
        lines.append(entry_line(content, head))
    return [*lines, canonical(end(first, entries=length, head=head)) + b"\n"]


def found(lines: list[bytes] | bytes, longest_line: int = 10_000) -> list[str]:
    content = lines if isinstance(lines, bytes) else b"".join(lines)
    return [str(finding) for finding in TrailFile(io.BytesIO(content), longest_line).findings()]


def rewritten(line: bytes, *, forged: bool = False, **changed: object) -> bytes:
    """The line with other values; with a digest that fits them where it is forged well."""
    content = json.loads(line) | changed
    if forged:
        content["digest"] = digest(content)
    return canonical(content) + b"\n"


@pytest.mark.parametrize("length", [0, 1, 5])
def test_sound_trail_has_no_findings(length):
    file = TrailFile(io.BytesIO(b"".join(trail(length))))
    assert (file.installation, file.made_at, file.made_by) == (
        "https://a.example",
        "2025-11-24T01:40:00.000000Z",
        "A (a)",
    )
    assert list(file.findings()) == []
    assert file.entries == length
    assert file.head == json.loads(trail(length)[-1])["head"]


def test_digests_are_those_of_the_lines():
    lines = trail(3)
    assert list(TrailFile(io.BytesIO(b"".join(lines))).digests()) == [
        (position, json.loads(lines[position])["digest"]) for position in (1, 2, 3)
    ]


CHANGED_3 = "Position 3 was changed: what it says does not give the digest that it bears."
NOT_BUILT_4 = "Position 4 does not build on the line before it: one of the two was exchanged."


def test_changed_entry_is_named():
    lines = trail(5)
    lines[3] = rewritten(lines[3], verb="other")
    assert found(lines) == [CHANGED_3]


@pytest.mark.parametrize("name", list(body(linked(1), START)))
def test_no_value_of_an_entry_can_change(name):
    lines = trail(1)
    value = json.loads(lines[1])[name]
    lines[1] = rewritten(lines[1], **{name: value + 1 if isinstance(value, int) else f"{value}x"})
    assert found(lines) != []


def test_added_value_is_found():
    lines = trail(5)
    lines[3] = rewritten(lines[3], note="harmless")
    assert found(lines) == [CHANGED_3]


def test_changed_entry_with_a_digest_that_fits_is_found_by_the_next():
    lines = trail(5)
    lines[3] = rewritten(lines[3], forged=True, verb="other")
    assert found(lines) == [NOT_BUILT_4]


def test_last_entry_changed_with_a_digest_that_fits_is_found_by_the_end():
    lines = trail(5)
    lines[5] = rewritten(lines[5], forged=True, verb="other")
    assert found(lines) == ["The last line names another digest than position 5 bears."]


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [
        (slice(1, 2), "Position 1 is missing."),
        (slice(3, 4), "Position 3 is missing."),
        (slice(2, 5), "Positions 2 to 4 are missing."),
        (slice(5, 6), "The file ends at position 4, but its last line says 5."),
    ],
)
def test_missing_entries_are_named(gone, sentence):
    lines = trail(5)
    del lines[gone]
    assert found(lines) == [sentence]


def test_inserted_entry_is_found_by_what_comes_after():
    lines = trail(5)
    inserted = rewritten(lines[3], forged=True, verb="inserted")
    assert found([*lines[:3], inserted, *lines[3:]]) == [
        "Position 3 stands after position 3: it was inserted, doubled or moved.",
        NOT_BUILT_4,
    ]


def test_doubled_and_moved_entries_are_named():
    lines = trail(4)
    assert found([*lines[:3], lines[2], *lines[3:]]) == [
        "Position 2 stands after position 2: it was inserted, doubled or moved."
    ]
    lines[2], lines[3] = lines[3], lines[2]
    assert found(lines) == [
        "Position 2 is missing.",
        "Position 2 stands after position 3: it was inserted, doubled or moved.",
    ]


def test_entry_of_another_trail_is_found():
    lines = trail(5)
    lines[3] = trail(5, "Ban")[3]
    assert found(lines) == [
        "Position 3 does not build on the line before it: one of the two was exchanged.",
        NOT_BUILT_4,
    ]


def test_file_cut_anywhere_is_found():
    content = b"".join(trail(3))
    first = content.index(b"\n") + 1
    for length in range(first, len(content)):
        position = content[:length].count(b"\n") - 1
        assert found(content[:length]) == [
            f"The file is cut after position {position}: the line that ends a trail is not there."
        ]


def test_what_stands_behind_the_end_is_found():
    lines = trail(2)
    assert found([*lines, lines[1]]) == ["Line 5 stands behind the end of the trail."]
    assert found([*lines, b"\n"]) == ["Line 5 stands behind the end of the trail."]


def test_changed_header_is_found():
    lines = trail(2)
    lines[0] = rewritten(lines[0], made_by="Somebody else")
    assert found(lines) == ["The first line was changed: it is not the one that the last line names."]


def test_header_that_promises_more_is_found():
    first = header(entries=9, installation="", made_at=MOMENT, made_by="")
    last = end(first, entries=0, head=START)
    assert found([canonical(first) + b"\n", canonical(last) + b"\n"]) == [
        "The first line promises 9 entries, the last says 0."
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"\xff\xfe\n", "is not UTF-8."),
        (b"nothing\n", "is not JSON."),
        (b"\n", "is not JSON."),
        (b'{"a":NaN}\n', "is not JSON."),
        (b"[" * 5000 + b"\n", "is not JSON."),
        (b"9" * 5000 + b"\n", "is not JSON."),
        (b"[]\n", "is not a JSON object."),
        (b'{"a":1,"a":1}\n', "is not written in the form of a trail."),
        (b'{"a":1}\r\n', "is not written in the form of a trail."),
        (b'{"a": 1}\n', "is not written in the form of a trail."),
        (b"{}\n", "is no line of a trail: “type” is missing or not what it should be."),
        (b'{"type":"end"}\n', "is no line of a trail: “form” is missing or not what it should be."),
        (b"x" * 20_000 + b"\n", "is longer than the 10000 bytes that a line may have."),
        (b"x" * 30_003 + b"\n", "is longer than the 10000 bytes that a line may have."),
    ],
    ids=range(14),
)
def test_line_that_cannot_be_read_is_told_once_and_passed_over(line, why):
    lines = trail(5)
    lines[3] = line
    assert found(lines) == [f"Line 4, after position 2, {why}"]


def test_breaks_behind_a_line_that_cannot_be_read_are_found_too():
    lines = trail(6)
    lines[2] = lines[3] = b"{}\n"
    lines[5] = rewritten(lines[5], verb="other")
    why = "is no line of a trail: “type” is missing or not what it should be."
    assert found(lines) == [
        f"Line 3, after position 1, {why}",
        f"Line 4, after position 1, {why}",
        "Position 5 was changed: what it says does not give the digest that it bears.",
    ]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"position": True}, "position"),
        ({"position": -1}, "position"),
        ({"position": 2**63}, "position"),
        ({"position": "3"}, "position"),
        ({"previous": None}, "previous"),
        ({"digest": 5}, "digest"),
        ({"type": "note"}, "type"),
    ],
)
def test_value_of_the_wrong_kind_is_named(values, name):
    lines = trail(5)
    lines[3] = rewritten(lines[3], **values)
    assert found(lines) == [
        f"Line 4, after position 2, is no line of a trail: “{name}” is missing or not what it should be."
    ]


def test_line_in_a_later_form_is_named():
    lines = trail(3)
    lines[2] = rewritten(lines[2], forged=True, form=2)
    assert found(lines)[0] == (
        "Line 3, after position 1, is written in form 2, which this version does not know."
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty."),
        (b"\x00\x01" * 500, "line 1 is cut"),
        (b"\xff\n", "line 1 is not UTF-8."),
        (b'{"a":1}\n', "line 1 is not the first line of an audit trail."),
        (b"x" * 20_000, "line 1 is longer than the 10000 bytes"),
        (b'{"form":2,"format":"khuevan-audit-trail"}\n', "a newer Khuê Văn than this one made it."),
        (b'{"form":1,"format":"khuevan-audit-trail"}\n', "“type” is missing"),
    ],
)
def test_file_that_is_no_trail_is_unreadable(content, why):
    with pytest.raises(UnreadableTrail, match=why):
        found(content)


def test_long_lines_are_read_in_pieces():
    class Counting(io.BytesIO):
        largest = 0

        def readline(self, size=-1, /):
            piece = super().readline(size)
            Counting.largest = max(Counting.largest, len(piece))
            return piece

    lines = trail(2)
    file = Counting(b"".join([*lines[:2], b"x" * 500_000 + b"\n", *lines[2:]]))
    assert len(list(TrailFile(file, 1000).findings())) == 1
    assert Counting.largest == 1001


SOUND = b"".join(trail(4))


@given(st.data())
def test_no_bytes_make_verification_fail(data):
    """Bytes changed, taken out and put in: something is found, or the bytes are the sound ones."""
    content = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(st.binary(max_size=12) | st.sampled_from([b"\n", b"}", b'"', b"1", b"null", b"-"]))
        content[place : place + data.draw(st.integers(0, 12))] = piece
    try:
        sentences = found(bytes(content))
    except UnreadableTrail as error:
        sentences = [str(error)]
    assert (sentences == []) == (bytes(content) == SOUND)


@given(st.binary(max_size=300))
def test_any_bytes_behind_a_header_are_read(content):
    assert found(trail(0)[0] + content) != []
