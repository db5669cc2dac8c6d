"""What is written: the layout of the standard, the same bytes each time, nothing that may not leave."""

# ruff: noqa: E501 (sentences are quoted whole: a broken quotation is harder to compare than a long line)

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

import pytest
from lxml import etree

from khuevan.plain.edxml import (
    Attachment,
    Business,
    BusinessType,
    DocumentCode,
    EdxmlError,
    Envelope,
    Limits,
    Organisation,
    OtherInfo,
    Receiver,
    Replacement,
    ResponseFor,
    StatusCode,
    StatusMessage,
    Trace,
    document_id,
    read_edxml,
    write_edxml,
    write_status,
)

from .samples import MINIMAL_READ, NATIONAL_READ, PDF, PROVINCE_READ, STATUS_READ

COMPLETE = dataclasses.replace(NATIONAL_READ, traces=NATIONAL_READ.traces[:1])

GOLDEN = """\
<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">
  <edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">
    <edXML:edXMLHeader>
      <edXML:MessageHeader>
        <edXML:From>
          <edXML:OrganId>A</edXML:OrganId>
        </edXML:From>
        <edXML:To>
          <edXML:OrganId>B</edXML:OrganId>
        </edXML:To>
        <edXML:DocumentId>A,2025/01/02,1/X</edXML:DocumentId>
        <edXML:Code>
          <edXML:CodeNumber>1</edXML:CodeNumber>
          <edXML:CodeNotation>X</edXML:CodeNotation>
        </edXML:Code>
        <edXML:PromulgationInfo>
          <edXML:PromulgationDate>2025/01/02</edXML:PromulgationDate>
        </edXML:PromulgationInfo>
        <edXML:Subject>Việc &lt;1&gt; &amp; "2"</edXML:Subject>
        <edXML:OtherInfo>
          <edXML:Priority>0</edXML:Priority>
          <edXML:Direction>false</edXML:Direction>
        </edXML:OtherInfo>
      </edXML:MessageHeader>
      <edXML:TraceHeaderList>
        <edXML:TraceHeader>
          <edXML:OrganId>A</edXML:OrganId>
          <edXML:Timestamp>2025/01/03 06:30:00</edXML:Timestamp>
        </edXML:TraceHeader>
        <edXML:Bussiness>
          <edXML:BussinessDocType>0</edXML:BussinessDocType>
        </edXML:Bussiness>
      </edXML:TraceHeaderList>
    </edXML:edXMLHeader>
    <edXML:edXMLBody>
      <edXML:edXMLManifest version="1.0">
        <edXML:Reference>
          <edXML:ContentId>cid:attachment-1</edXML:ContentId>
          <edXML:ContentType>application/pdf</edXML:ContentType>
          <edXML:AttachmentName>kế hoạch.pdf</edXML:AttachmentName>
        </edXML:Reference>
      </edXML:edXMLManifest>
    </edXML:edXMLBody>
  </edXML:edXMLEnvelope>
  <AttachmentEncoded>
    <Attachment>
      <ContentId>cid:attachment-1</ContentId>
      <AttachmentName>kế hoạch.pdf</AttachmentName>
      <ContentType>application/pdf</ContentType>
      <ContentTransferEncoded>
JVBERi0xLjcKMSAwIG9iago8PCAvVHlwZSAvQ2F0YWxvZyA+PgplbmRvYmoKJSVFT0YK
</ContentTransferEncoded>
    </Attachment>
  </AttachmentEncoded>
</edXML>
"""


def test_write_edxml_has_the_layout_of_the_exchange() -> None:
    envelope = dataclasses.replace(
        MINIMAL_READ,
        subject='Việc <1> & "2"',
        other=OtherInfo(priority=0, direction=False),
        traces=(Trace("A", datetime(2025, 1, 2, 23, 30, tzinfo=UTC)),),
        business=Business(BusinessType.NEW),
        attachments=(Attachment("kế hoạch.pdf", PDF, "application/pdf"),),
    )

    assert write_edxml(envelope).decode() == GOLDEN


@pytest.mark.parametrize("envelope", [COMPLETE, PROVINCE_READ, MINIMAL_READ])
def test_write_edxml_gives_what_reads_back_equal(envelope: Envelope) -> None:
    read = read_edxml(write_edxml(envelope))

    assert (read.message, read.warnings, read.signature) == (envelope, (), None)


def test_write_edxml_writes_the_same_bytes_again() -> None:
    assert write_edxml(COMPLETE) == write_edxml(dataclasses.replace(COMPLETE))


def test_write_edxml_is_read_by_a_parser_that_knows_namespaces() -> None:
    root = etree.fromstring(write_edxml(COMPLETE))
    names = {"q": "http://www.mic.gov.vn/TBT/QCVN_102_2016"}

    header = "q:edXMLEnvelope/q:edXMLHeader/q:MessageHeader"
    assert root.findtext(f"{header}/q:From/q:OrganName", namespaces=names) == "Sở Văn hóa và Thể thao"
    assert [each.text for each in root.findall(f"{header}/q:To/q:OrganId", names)] == ["X26.05", "X26.06"]
    assert {etree.QName(each).namespace for each in root.iter(etree.Element)} == set(names.values())


def test_write_status_gives_what_reads_back_equal() -> None:
    written = write_status(STATUS_READ)

    assert read_edxml(written).message == STATUS_READ
    assert write_status(dataclasses.replace(STATUS_READ, status=StatusCode.RECEIVED)) == written


def test_document_id_joins_body_date_and_number() -> None:
    assert document_id("000.00.01.X26", date(2025, 3, 5), DocumentCode("48", "KH-SVHTT")) == (
        "000.00.01.X26,2025/03/05,48/KH-SVHTT"
    )


def test_values_are_tidy_from_the_start() -> None:
    assert Organisation(" A ", "Sở\n Văn  hóa") == Organisation("A", "Sở Văn hóa")
    assert OtherInfo(annexes=("Phụ lục", " ")) == OtherInfo(annexes=("Phụ lục",))
    with pytest.raises(ValueError, match="time zone"):
        Trace("A", datetime(2025, 1, 2))


def changed(**fields: Any) -> Envelope:
    """The minimal envelope with other fields."""
    return dataclasses.replace(MINIMAL_READ, **fields)


@pytest.mark.parametrize(
    ("envelope", "sentence"),
    [
        (changed(subject=""), "The message cannot be written without Subject: fill it in."),
        (
            changed(receivers=(), document_id="", promulgation_date=None),
            "The message cannot be written without To/OrganId, DocumentId, PromulgationInfo/PromulgationDate:"
            " fill it in.",
        ),
        (changed(responses=(ResponseFor(),)), "The message cannot be written without ResponseFor/DocumentId: fill it in."),
        (changed(traces=(Trace("A"),)), "The message cannot be written without TraceHeader/OrganId, TraceHeader/Timestamp: fill it in."),
        (changed(business=Business()), "The message cannot be written without Bussiness/BussinessDocType: fill it in."),
        (changed(business=Business(BusinessType.REVOKE)), "The message cannot be written without Bussiness/DocumentId: fill it in."),
        (changed(business=Business(BusinessType.REPLACE)), "The message cannot be written without Bussiness/ReplacementInfoList: fill it in."),
        (
            changed(business=Business(BusinessType.UPDATE, document_id="D", receivers=(Receiver("C"),))),
            "The message cannot be written without Receiver/OrganId, Receiver/ReceiverType: fill it in.",
        ),
        (
            changed(business=Business(BusinessType.REPLACE, replacements=(Replacement(""),))),
            "The message cannot be written without ReplacementInfo/DocumentId: fill it in.",
        ),
        (changed(attachments=(Attachment("a.txt", b"a", ""),)), "The message cannot be written without ContentType: fill it in."),
        (changed(subject="a" * 501), "Subject is longer than 500 characters: shorten it."),
        (changed(content="a" * 501), "Content is longer than 500 characters: shorten it."),
        (changed(code=DocumentCode("123456789012", "X")), "CodeNumber is longer than 11 characters: shorten it."),
        (changed(sender=Organisation("A", "a" * 201)), "OrganName is longer than 200 characters: shorten it."),
        (changed(subject="Việc\x0b 1"), "Subject holds a control character: delete it and type the text again."),
        (changed(subject="Việc\ud800"), "Subject holds a control character: delete it and type the text again."),
        (changed(to_places=("Nơi\x9f",)), "Place holds a control character: delete it and type the text again."),
        (changed(other=OtherInfo(priority=5)), "Priority has a code that the standard does not have (5): choose one of its list."),
        (changed(business=Business(4)), "BussinessDocType has a code that the standard does not have (4): choose one of its list."),
        (changed(other=OtherInfo(pages=10**9)), "PageAmount is too large a number (1000000000): enter the right one."),
        (changed(due_date=date(1924, 1, 2)), "DueDate lies too far back (1924-01-02): enter the right date."),
        (changed(attachments=(Attachment("a/b.txt", b"a"),)), "The name of attachment 1 cannot be a file name: give the file another name."),
        (changed(attachments=(Attachment("..", b"a"),)), "The name of attachment 1 cannot be a file name: give the file another name."),
        (changed(attachments=(Attachment("a.txt", b""),)), "The attachment “a.txt” is empty: attach the file again."),
        (changed(attachments=(Attachment("a.exe", b"a"),)), "The attachment “a.exe” is a program or holds one: attach documents only."),
        (changed(attachments=(Attachment("a.txt", b"a"),) * 51), "The message has more than 50 attachments: divide them among several messages."),
    ],
)  # fmt: skip
def test_write_edxml_refuses_what_may_not_leave(envelope: Envelope, sentence: str) -> None:
    with pytest.raises(EdxmlError) as raised:
        write_edxml(envelope)

    assert str(raised.value) == sentence


def test_write_edxml_refuses_attachments_above_the_bound() -> None:
    envelope = changed(attachments=(Attachment("a.txt", bytes(700_000)), Attachment("b.txt", bytes(700_000))))

    with pytest.raises(EdxmlError) as raised:
        write_edxml(envelope, Limits(attachments_bytes=1_000_000))

    assert str(raised.value) == (
        "The attachments are larger than 1 MB together: divide them among several messages."
    )


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (dataclasses.replace(STATUS_READ, at=None), "The message cannot be written without Timestamp: fill it in."),
        (dataclasses.replace(STATUS_READ, response=ResponseFor()), "The message cannot be written without ResponseFor: fill it in."),
        (
            dataclasses.replace(STATUS_READ, status="07"),
            "StatusCode has a code that the standard does not have (07): choose one of its list.",
        ),
    ],
)  # fmt: skip
def test_write_status_refuses_what_may_not_leave(status: StatusMessage, sentence: str) -> None:
    with pytest.raises(EdxmlError) as raised:
        write_status(status)

    assert str(raised.value) == sentence
