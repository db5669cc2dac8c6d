"""Whatever becomes of a message, there is a value or a refusal of one sentence: never another error."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.plain.edxml import EdxmlError, Limits, read_edxml
from khuevan.plain.edxml.messages import template_of
from khuevan.plain.edxml.reading import ReadMessage
from khuevan.plain.edxml.warnings import template_of_warning
from khuevan.plain.official_documents.state_secrets import REFUSAL

from .samples import ALL, NATIONAL, minimal

BYTES = [text.encode() for text in ALL]
LIMITS = Limits(file_bytes=1_000_000)


def read(data: bytes) -> None:
    """A value whose warnings are sentences, or a refusal that is one."""
    found = outcome(data)
    if isinstance(found, str):
        assert found == REFUSAL or template_of(found) is not None
        assert "\n" not in found
    else:
        assert [warning for warning in found.warnings if template_of_warning(warning) is None] == []


def outcome(data: bytes) -> ReadMessage | str:
    """What was read, or the sentence of the refusal."""
    try:
        return read_edxml(data, LIMITS)
    except EdxmlError as refusal:
        return str(refusal)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, removed, doubled or put in."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed))
        length = chance.choice((1, 1, 2, 8, 40))
        match chance.randrange(5):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = chance.randbytes(length)
            case 3:
                changed[at:at] = changed[at : at + length]
            case _:
                changed[at:at] = chance.choice(
                    (
                        b"<",
                        b">",
                        b"&",
                        b"]]>",
                        b"<![CDATA[",
                        b"<!--",
                        b"<?",
                        b'"',
                        b"\x00",
                        b"</edXML:To>",
                        b"\xff\xfe",
                    )
                )
    return bytes(changed)


@pytest.mark.parametrize("seed", range(300))
def test_a_damaged_message_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = chance.choice(BYTES)
    if chance.random() < 0.1:
        data = data.decode().encode("utf-16")
    read(damaged(data, chance))


@pytest.mark.parametrize("data", BYTES, ids=["national", "province", "older", "status"])
def test_a_message_that_was_cut_off_anywhere_is_refused(data: bytes) -> None:
    for end in range(0, data.rindex(b"</"), 37):
        with pytest.raises(EdxmlError):
            read_edxml(data[:end])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    read(data)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(NATIONAL.split("<")), max_size=60))
def test_tags_in_any_order_are_read_or_refused(pieces: list[str]) -> None:
    read(("<edXML><" + "<".join(pieces)).encode())


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(("Subject", "DueDate", "SteeringType", "OtherInfo", "Code", "To")), st.text(max_size=40)
)
def test_any_text_in_a_field_is_read_or_refused(name: str, text: str) -> None:
    shown = text.encode("utf-8", "surrogatepass").replace(b"&", b"&amp;").replace(b"<", b"&lt;")
    read(minimal(f"<{name}>TEXT</{name}>").replace(b"TEXT", shown))
