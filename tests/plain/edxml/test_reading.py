"""Messages of different programs, read whole."""

# ruff: noqa: E501 (sentences are quoted whole: a broken quotation is harder to compare than a long line)

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from khuevan.plain.edxml import (
    Business,
    BusinessType,
    Envelope,
    Organisation,
    Receiver,
    ReceiverChange,
    Replacement,
    ResponseFor,
    StatusMessage,
    Trace,
    read_edxml,
)
from khuevan.plain.edxml.envelope import VIETNAM

from .samples import (
    MINIMAL_READ,
    NATIONAL,
    NATIONAL_READ,
    OLDER,
    OLDER_READ,
    PROVINCE,
    PROVINCE_READ,
    STATUS,
    STATUS_READ,
    minimal,
)


@pytest.mark.parametrize(
    ("text", "message", "warnings"),
    [
        (NATIONAL, NATIONAL_READ, ()),
        (PROVINCE, PROVINCE_READ, ()),
        (STATUS, STATUS_READ, ()),
        (
            OLDER,
            OLDER_READ,
            (
                "The message is written in the namespace of the older edXML (e-doc.vn); its elements were read by"
                " name.",
                "The attachment “bao-cao.doc” is announced in the message but is not in it.",
                "The message does not say DocumentId.",
                "The message does not say PromulgationDate.",
            ),
        ),
    ],
)
def test_read_edxml_reads_what_programs_write(
    text: str, message: Envelope | StatusMessage, warnings: tuple[str, ...]
) -> None:
    read = read_edxml(text.encode())

    assert (read.message, read.warnings, read.signature) == (message, warnings, None)


@pytest.mark.parametrize(
    "data",
    [
        NATIONAL.encode("utf-8-sig"),
        NATIONAL.replace("UTF-8", "UTF-16").encode("utf-16"),
        NATIONAL.replace("UTF-8", "UTF-16").encode("utf-16-le"),
        NATIONAL.encode("utf-16-be"),
        NATIONAL.replace("\n", "\r\n").encode(),
        b"\n\n" + NATIONAL.encode(),
        NATIONAL.replace("edXML:", "e:").replace("xmlns:edXML", "xmlns:e").encode(),
        NATIONAL.replace("48-KH-SVHTT", "<![CDATA[48-KH]]>-<!-- số -->SVHTT<?x y?>").encode(),
        NATIONAL.replace("năm 2025", "n&#x103;m 2025").encode(),
    ],
    ids=[
        "bom",
        "utf-16",
        "utf-16 bare",
        "utf-16 unlabelled",
        "crlf",
        "blank lines",
        "prefix",
        "cdata",
        "reference",
    ],
)
def test_read_edxml_reads_the_same_however_it_is_written(data: bytes) -> None:
    read = read_edxml(data)

    assert (read.message, read.warnings) == (NATIONAL_READ, ())


def test_read_edxml_reads_decomposed_letters_as_composed() -> None:
    assert read_edxml(minimal("<Subject>Viê\u0323c</Subject>")).message == MINIMAL_READ


def test_read_edxml_keeps_a_status_in_a_soap_envelope() -> None:
    text = (
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Header>\n'
        '<edXML:Status xmlns:edXML="http://schemas.xmlsoap.org/soap/envelope/">\n'
        "<edXML:ResponseFor><edXML:Code>1/X</edXML:Code></edXML:ResponseFor>"
        "<edXML:From><edXML:OrganId>B</edXML:OrganId></edXML:From>"
        "<edXML:StatusCode>1</edXML:StatusCode><edXML:Timestamp>2025/03/06 08:15</edXML:Timestamp>"
        "</edXML:Status></S:Header><S:Body/></S:Envelope>"
    )

    read = read_edxml(text.encode())

    assert read.message == StatusMessage(
        sender=Organisation("B"),
        response=ResponseFor(code="1/X"),
        status="01",
        at=datetime(2025, 3, 6, 8, 15, tzinfo=VIETNAM),
    )
    assert read.warnings == (
        "Line 2: elements are not in the namespace of QCVN 102:2016; they were read by their names.",
    )


def test_read_edxml_reads_an_update_and_a_replacement() -> None:
    business = (
        "<TraceHeaderList><Bussiness><DocumentId>A,2024/01/01,9/X</DocumentId>"
        "<BussinessDocType>2</BussinessDocType><BussinessDocReason>Sửa nơi nhận</BussinessDocReason>"
        "<BussinessDocumentInfo><DocumentInfo>0</DocumentInfo><DocumentReceiver>1</DocumentReceiver><ReceiverList>"
        "<Receiver><OrganId>C</OrganId><ReceiverType>0</ReceiverType></Receiver>"
        "<Receiver><OrganId>D</OrganId><ReceiverType>1</ReceiverType></Receiver>"
        "</ReceiverList></BussinessDocumentInfo><ReplacementInfoList><ReplacementInfo>"
        "<DocumentId>A,2023/01/01,8/X</DocumentId>"
        "<OrganIdList><OrganId>C</OrganId><OrganId>D</OrganId></OrganIdList></ReplacementInfo>"
        "</ReplacementInfoList></Bussiness></TraceHeaderList>"
    )

    read = read_edxml(minimal(beside=business))

    assert read.message == dataclasses.replace(
        MINIMAL_READ,
        business=Business(
            type=BusinessType.UPDATE,
            reason="Sửa nơi nhận",
            document_id="A,2024/01/01,9/X",
            information_changes=0,
            recipient_changes=1,
            receivers=(Receiver("C", ReceiverChange.REMOVED), Receiver("D", ReceiverChange.ADDED)),
            replacements=(Replacement("A,2023/01/01,8/X", ("C", "D")),),
        ),
    )
    assert read.warnings == ()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025/01/02", date(2025, 1, 2)),
        ("2025-1-2", date(2025, 1, 2)),
        ("2025/01/02 00:00:00", date(2025, 1, 2)),
        ("2025/01-02", None),
        ("02/01/2025", None),
        ("2025/02/30", None),
        ("0001/01/01", None),
        ("2025/01/02 17:30:00", None),
        ("٢٠٢٥/٠١/٠٢", None),
        ("ngày 2", None),
    ],
)
def test_read_edxml_reads_dates_and_guesses_none(written: str, read: date | None) -> None:
    found = read_edxml(minimal(f"<DueDate>{written}</DueDate>\n"))

    assert found.message == dataclasses.replace(MINIMAL_READ, due_date=read)
    assert found.warnings == (
        ()
        if read is not None
        else ("Line 5: DueDate is not a date of the form yyyy/MM/dd; it was left out.",)
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025/03/05 16:30:05", datetime(2025, 3, 5, 16, 30, 5, tzinfo=VIETNAM)),
        ("2025-03-05T09:30:05.250Z", datetime(2025, 3, 5, 16, 30, 5, tzinfo=VIETNAM)),
        ("2025-03-05T16:30:05+07:00", datetime(2025, 3, 5, 16, 30, 5, tzinfo=VIETNAM)),
        ("2025/03/05", None),
        ("2025/03/05 24:30:05", None),
        ("2025/03/05 16:30:05 PM", None),
        ("9999/12/31 23:59:59", None),
        ("2025/03/05 16:30:05+99:99", None),
    ],
)
def test_read_edxml_reads_instants_and_guesses_none(written: str, read: datetime | None) -> None:
    trace = f"<TraceHeader><OrganId>A</OrganId><Timestamp>{written}</Timestamp></TraceHeader>"
    found = read_edxml(minimal(beside=f"<TraceHeaderList>{trace}</TraceHeaderList>"))

    assert found.message == dataclasses.replace(MINIMAL_READ, traces=(Trace("A", read),))
    assert found.warnings == (
        ()
        if read is not None
        else ("Line 5: Timestamp is not a time of the form yyyy/MM/dd HH:mm:ss; it was left out.",)
    )


@pytest.mark.parametrize(
    ("header", "warning"),
    [
        (
            '<Subject xmlns="urn:x">Việc</Subject>\n',
            "Line 5: elements are not in the namespace of QCVN 102:2016; they were read by their names.",
        ),
        ('<Subject xlink:href="">Việc</Subject>\n', "Line 5: a prefix is used that was never declared; it was passed over."),
        ("\n<e:Subject>Việc</e:Subject><Subject>Việc</Subject>\n", "Line 6: a prefix is used that was never declared; it was passed over."),
        ("<Subject>Việc</Subject>\n<Subject>Khác</Subject>", "Line 6: Subject stands more than once; only the first was read."),
        ("<Ghi>chú</Ghi>\n", "Line 5: there is an element that the standard does not have; it was not read."),
        ("<DocumentType><Type>Mười</Type></DocumentType>\n", "Line 5: Type is not a number; it was left out."),
        ("<OtherInfo><Direction>có</Direction></OtherInfo>\n", "Line 5: Direction is neither true nor false; it was left out."),
    ],
)  # fmt: skip
def test_read_edxml_warns_of_what_is_odd(header: str, warning: str) -> None:
    read = read_edxml(minimal(header))

    assert read.message == MINIMAL_READ
    assert warning in read.warnings


def test_read_edxml_keeps_unknown_codes_and_long_texts_with_a_warning() -> None:
    read = read_edxml(
        minimal(
            f"<Subject>{'Việc ' * 101}</Subject>\n<OtherInfo><Priority>9</Priority></OtherInfo>"
            "<SteeringType>8</SteeringType>"
        )
    )

    assert isinstance(read.message, Envelope)
    assert (len(read.message.subject), read.message.other.priority, read.message.steering) == (504, 9, 8)
    assert read.warnings == (
        "Line 6: Priority has a code that the standard does not have; it was kept.",
        "Line 6: SteeringType has a code that the standard does not have; it was kept.",
        "Subject is longer than the 500 characters of the standard; it was kept.",
    )
