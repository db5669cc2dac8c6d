"""Any envelope that may be written is read back equal."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuevan.plain.edxml import (
    Attachment,
    Business,
    BusinessType,
    DocumentCode,
    DocumentType,
    Envelope,
    Organisation,
    OtherInfo,
    Receiver,
    Replacement,
    ResponseFor,
    Signer,
    StaffInfo,
    StatusCode,
    StatusMessage,
    Trace,
    read_edxml,
    write_edxml,
    write_status,
)
from khuevan.plain.edxml.contents import is_program
from khuevan.plain.edxml.errors import StateSecretEnvelope
from khuevan.plain.edxml.secrecy import refuse_secret_texts

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyẬẶỄỘỚỰàảãáạ ,.;:-–()/“”"
XML = "<>&'\"]]><![CDATA[<!--?>"
characters = st.one_of(
    st.sampled_from(VIETNAMESE + XML + "\t\n\u00a0\u2028e\u0301"),
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"),
)


def texts(maximum: int, *, minimum: int = 0) -> st.SearchStrategy[str]:
    """Texts of any letters; a text with a minimum has at least a letter that is no space."""
    text = st.text(characters, max_size=maximum)
    return (text.map(lambda drawn: f"x{drawn}"[:maximum]) if minimum else text).filter(is_unmarked)


def is_unmarked(text: str) -> bool:
    """Whether no reader refuses `text` as a state-secret marking; Hypothesis draws those it finds in our code."""
    try:
        refuse_secret_texts([text])
    except StateSecretEnvelope:
        return False
    return True


days = st.dates(date(1945, 1, 1), date(9999, 12, 31))
instants = st.datetimes(datetime(1946, 1, 1), datetime(9998, 12, 30), timezones=st.just(UTC))
numbers = st.none() | st.integers(-999_999_999, 999_999_999)
# Normalising to NFC can lengthen a text, so the drawn ones stay well below the standard's lengths.
organisations = st.builds(
    Organisation,
    texts(10, minimum=1),
    name=texts(60),
    in_charge=texts(20),
    address=texts(20),
    email=texts(20),
    telephone=texts(20),
    fax=texts(20),
    website=texts(20),
)
responses = st.builds(ResponseFor, texts(10), texts(20), texts(20, minimum=1), st.none() | days)
staff = st.builds(StaffInfo, texts(20), texts(20), texts(20), texts(20))
businesses = st.builds(
    Business,
    type=st.sampled_from(BusinessType),
    reason=texts(40),
    document_id=texts(20, minimum=1),
    paper=numbers,
    information_changes=numbers,
    recipient_changes=numbers,
    receivers=st.lists(st.builds(Receiver, texts(10, minimum=1), st.sampled_from((0, 1))), max_size=2).map(
        tuple
    ),
    replacements=st.lists(
        st.builds(Replacement, texts(20, minimum=1), st.lists(texts(10), max_size=2).map(tuple)),
        min_size=1,
        max_size=2,
    ).map(tuple),
    staff=staff,
)
attachments = st.builds(
    Attachment,
    texts(30, minimum=1).map(lambda name: name.replace("/", "-").replace("\\", "-")),
    st.binary(min_size=1, max_size=300),
    texts(20, minimum=1),
    texts(30),
).filter(lambda attachment: not is_program(attachment.name, attachment.data))
envelopes = st.builds(
    Envelope,
    sender=organisations,
    receivers=st.lists(organisations, min_size=1, max_size=3).map(tuple),
    code=st.builds(DocumentCode, texts(3, minimum=1), texts(8, minimum=1)),
    subject=texts(150, minimum=1),
    document_id=texts(40, minimum=1),
    place=texts(20),
    promulgation_date=days,
    document_type=st.builds(DocumentType, numbers, numbers, texts(25)),
    content=texts(150),
    signer=st.builds(Signer, texts(15), texts(30), texts(20)),
    due_date=st.none() | days,
    other=st.builds(
        OtherInfo,
        st.none() | st.integers(0, 4),
        texts(20),
        texts(20),
        numbers,
        numbers,
        st.none() | st.booleans(),
        st.lists(texts(20), max_size=3).map(tuple),
    ),
    responses=st.lists(responses, max_size=2).map(tuple),
    steering=st.none() | st.integers(0, 3),
    to_places=st.lists(texts(20), max_size=3).map(tuple),
    traces=st.lists(st.builds(Trace, texts(10, minimum=1), instants), max_size=3).map(tuple),
    business=st.none() | businesses,
    attachments=st.lists(attachments, max_size=3).map(tuple),
)
statuses = st.builds(
    StatusMessage, organisations, responses, st.sampled_from(StatusCode), texts(100), instants, staff
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(envelopes)
def test_an_envelope_that_was_written_is_read_back_equal(envelope: Envelope) -> None:
    written = write_edxml(envelope)

    read = read_edxml(written)

    assert read.message == envelope
    assert write_edxml(envelope) == written


@settings(max_examples=100, deadline=None)
@given(statuses)
def test_a_status_that_was_written_is_read_back_equal(status: StatusMessage) -> None:
    read = read_edxml(write_status(status))

    assert (read.message, read.warnings) == (status, ())


def test_attachments_take_no_more_than_five_times_their_size() -> None:
    size = 6_000_000
    envelope = Envelope(
        sender=Organisation("A"),
        receivers=(Organisation("B"),),
        code=DocumentCode("1", "X"),
        subject="Việc",
        document_id="A,2025/01/02,1/X",
        promulgation_date=date(2025, 1, 2),
        attachments=(Attachment("a.dat", bytes(range(250)) * (size // 250)),),
    )
    write_edxml(envelope)
    tracemalloc.start()
    try:
        written = write_edxml(envelope)
        of_writing = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        read = read_edxml(written)
        of_reading = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert read.message == envelope
    assert (of_writing < 5 * size, of_reading < 5 * size) == (True, True)
