"""What is refused, with the sentence that an officer sees: which line, what, what to do."""

# ruff: noqa: E501 (sentences are quoted whole: a broken quotation is harder to compare than a long line)

from __future__ import annotations

import socket
import threading
from dataclasses import replace

import pytest

from khuevan.plain.edxml import DEFAULT_LIMITS, EdxmlError, Limits, read_edxml

from .samples import NATIONAL, PDF, minimal, with_file

AGAIN = "ask the sender to export the message again."


def refusal(data: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    """The sentence with which a message is refused."""
    with pytest.raises(EdxmlError) as raised:
        read_edxml(data, limits)
    return str(raised.value)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty: ask the sender to send the message again."),
        (b"\xef\xbb\xbf \n", "The file is empty: ask the sender to send the message again."),
        (b"PK\x03\x04", "The file is not XML, so it is no edXML message: choose the file that the sender exported."),
        (b"<html>\n</html>", "Line 1: the file is XML but no edXML message: choose the file that the sender exported."),
        (b"\n<edXML>\n</edXML>", "Line 2: the message has no MessageHeader: ask the sender to export it again."),
        (
            b'<?xml version="1.0" encoding="TCVN"?>\n<edXML/>',
            "Line 1: the file is written in TCVN: ask the sender for a message in UTF-8.",
        ),
        ("<edXML/>".encode("utf-32"), "Line 1: the file is written in UTF-32: ask the sender for a message in UTF-8."),
        (
            b"<edXML>\n\xe1\xba</edXML>",
            "Line 2: there are bytes that are no text: ask the sender to export the message again in UTF-8.",
        ),
        (
            "<edXML>\n\n".encode("utf-16") + b"\x00\xdc<\x00",
            "Line 3: there are bytes that are no text: ask the sender to export the message again in UTF-8.",
        ),
        (b"<edXML>\n\n&ocirc;</edXML>", f"Line 3: an entity is used that was never declared: {AGAIN}"),
        (b"<edXML>\n\x07</edXML>", f"Line 2: there is a character that XML does not allow: {AGAIN}"),
        (b"<edXML>\n&#7;</edXML>", f"Line 2: there is a character that XML does not allow: {AGAIN}"),
        (b"<edXML>\na < b</edXML>", f"Line 2: a sign “<” or “&” stands in the text by itself: {AGAIN}"),
        (b"<edXML>\na & b</edXML>", f"Line 2: a sign “<” or “&” stands in the text by itself: {AGAIN}"),
        (b"<edXML>\n<b c=1/></edXML>", f"Line 2: the file is not well-formed XML here: {AGAIN}"),
        (b"<edXML/>\n<edXML/>", f"Line 2: the file is not well-formed XML here: {AGAIN}"),
        (
            b"<edXML>\n<Mat>\n</edXML>",
            f"Line 3: another element is closed while that of line 2 is still open: {AGAIN}",
        ),
        (
            b"<edXML>\n<From>\n<From>\n</From>\n<To/>\n</edXML>",
            f"Line 6: another element is closed while <From> of line 2 is still open: {AGAIN}",
        ),
        (
            b"<edXML>\n<From>\n",
            "Line 3: the file ends in the middle of the message: it arrived incomplete, ask the sender to send it again.",
        ),
    ],
)  # fmt: skip
def test_read_edxml_refuses_what_is_no_message(data: bytes, sentence: str) -> None:
    assert refusal(data) == sentence


def test_read_edxml_names_the_line_of_an_element_that_was_not_closed() -> None:
    # As the sample of the exchange itself: a second From opened in the first, and only one closed.
    lines = NATIONAL.split("\n")
    at = next(index for index, line in enumerate(lines) if "<edXML:From>" in line)
    broken = "\n".join([*lines[: at + 1], "<edXML:From>", *lines[at + 1 :]])
    closed = broken[: broken.index("</edXML:MessageHeader>")].count("\n") + 1

    assert refusal(broken.encode()) == (
        f"Line {closed}: another element is closed while <From> of line {at + 1} is still open: {AGAIN}"
    )


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("<From></From>", "From/OrganId"),
        ("<To><OrganName>B</OrganName></To>", "To/OrganId"),
        ("<To></To>", "To/OrganId"),
        ("<Code><CodeNumber>1</CodeNumber></Code>", "Code/CodeNotation"),
        ("<Code></Code><Subject> </Subject>", "Code/CodeNumber, Code/CodeNotation, Subject"),
        (
            "<StatusCode>01</StatusCode><From></From>",
            "From/OrganId, ResponseFor",
        ),
    ],
)
def test_read_edxml_names_the_necessary_fields_that_are_missing(header: str, fields: str) -> None:
    assert refusal(minimal(header)) == (
        f"Line 4: the message lacks what the standard requires ({fields}): ask the sender to fill it in and send"
        " the message again."
    )


@pytest.mark.parametrize(
    ("encoded", "line", "problem"),
    [
        ("\nJVBERi0x\nLjc$", 9, "the attachment is not encoded in base64"),
        ("${__StringFromFile(test.txt,,,)}", 7, "the attachment is not encoded in base64"),
        ("\nJVBERi0x\nLjc\u1ea5", 9, "the attachment is not encoded in base64"),
        ("\nJVB=Ri0x", 8, "the attachment is not encoded in base64"),
        ("JVBERg==\nJVBE", 8, "the attachment is not encoded in base64"),
        ("JVBE-_0x", 7, "the attachment is not encoded in base64"),
        ("JVBE<b/>", 7, "the attachment is not encoded in base64"),
    ],
)
def test_read_edxml_names_the_line_of_what_is_no_base64(encoded: str, line: int, problem: str) -> None:
    assert refusal(with_file("a.pdf", b"", encoded=encoded)) == f"Line {line}: {problem}: {AGAIN}"


def test_read_edxml_names_the_line_far_down_in_an_attachment() -> None:
    encoded = "\n" + "QUJD" * 19 + "\n"
    data = with_file("a.txt", b"", encoded=encoded.replace("\n", "\r\n") + "QUJD\n" * 100_000 + "!")

    assert refusal(data) == f"Line 100009: the attachment is not encoded in base64: {AGAIN}"


def test_read_edxml_refuses_base64_that_was_cut_off() -> None:
    assert refusal(with_file("a.pdf", b"", encoded="\nJVBERi0x\nLjc")) == (
        "Line 9: the base64 of the attachment is incomplete: ask the sender to send the message again."
    )


FILES = "".join(
    f"<Attachment>\n<ContentTransferEncoded>{'QUJD' * 250_000}</ContentTransferEncoded></Attachment>"
    for _ in range(2)
)


@pytest.mark.parametrize(
    ("data", "bound", "sentence"),
    [
        (
            minimal(),
            {"file_bytes": 100},
            "The file is larger than 0 MB: ask the sender to divide the attachments among messages.",
        ),
        (
            minimal("<a>" * 37 + "</a>" * 37 + "\n"),
            {},
            "Line 5: elements are nested more than 40 deep: ask the sender to export the message again.",
        ),
        (
            minimal("<ToPlaces>" + "\n<Place>P</Place>" * 90 + "</ToPlaces>"),
            {"elements": 80},
            "Line 81: the message has more than 80 elements: ask the sender to export it again.",
        ),
        (
            minimal("\n<Content>" + "a" * 4_000_000 + "</Content>"),
            {},
            "Line 6: the message holds more than 2 MB beside its attachments: ask the sender to export it again.",
        ),
        (
            minimal("\n<Content " + "".join(f' a{number}=""' for number in range(300_000)) + "/>"),
            {},
            "Line 6: the message holds more than 2 MB beside its attachments: ask the sender to export it again.",
        ),
        (
            minimal(files=f"<AttachmentEncoded>\n{FILES}</AttachmentEncoded>"),
            {"attachments": 1},
            "Line 9: the message has more than 1 attachments: ask the sender to divide them among messages.",
        ),
        (
            minimal(files=f"<AttachmentEncoded>\n{FILES}</AttachmentEncoded>"),
            {"attachment_bytes": 700_000},
            "Line 9: an attachment is larger than 0 MB: ask the sender to make it smaller.",
        ),
        (
            minimal(files=f"<AttachmentEncoded>\n{FILES}</AttachmentEncoded>"),
            {"attachments_bytes": 1_000_000},
            "Line 10: the attachments are larger than 1 MB together: ask the sender to divide them among messages.",
        ),
    ],
    ids=["file", "depth", "elements", "text", "attributes", "count", "one", "together"],
)
def test_read_edxml_refuses_what_goes_over_a_bound(data: bytes, bound: dict[str, int], sentence: str) -> None:
    assert refusal(data, replace(DEFAULT_LIMITS, **bound)) == sentence


def test_read_edxml_reads_to_the_bound() -> None:
    depth = minimal("<a>" * 36 + "</a>" * 36)

    assert read_edxml(depth).warnings == (
        "Line 5: there is an element that the standard does not have; it was not read.",
    )


DOCTYPE = (
    "the file declares a document type (DOCTYPE), which is not allowed in edXML: ask the sender to export the"
    " message without it."
)


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE edXML>",
        '<!DOCTYPE edXML [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE edXML [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE edXML PUBLIC "x" "http://127.0.0.1:{port}/public.dtd">',
        '<!DOCTYPE edXML SYSTEM "http://127.0.0.1:{port}/system.dtd">',
        '<!DOCTYPE edXML [<!ENTITY % a SYSTEM "http://127.0.0.1:{port}/entity.dtd">%a;]>',
        '<!DOCTYPE edXML [<!ENTITY a SYSTEM "http://127.0.0.1:{port}/a">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_read_edxml_refuses_a_document_type_and_fetches_nothing(declaration: str, encoding: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        reached: list[object] = []

        def listen() -> None:
            try:
                reached.append(server.accept()[1])
            except TimeoutError:
                return

        listener = threading.Thread(target=listen)
        listener.start()
        declared = declaration.replace("{port}", str(server.getsockname()[1]))
        body = minimal().decode().removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n')
        text = f"\n{declared}\n{body.replace('Việc', '&a;')}"

        assert refusal(text.encode(encoding)) == f"Line 2: {DOCTYPE}"
        listener.join()
        assert reached == []


@pytest.mark.parametrize(
    "reference",
    [
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>',
        '<?xml-stylesheet href="http://127.0.0.1:1/x.xsl"?>',
    ],
)
def test_read_edxml_follows_no_reference_out_of_the_file(reference: str) -> None:
    read = read_edxml(minimal(f"<Subject>Việc {reference}</Subject>"))

    assert read.message == read_edxml(minimal("<Subject>Việc</Subject>")).message


def test_read_edxml_refuses_a_program_with_the_line_of_its_attachment() -> None:
    assert refusal(with_file("ke-hoach.pdf", b"MZ\x90\x00" + PDF)) == (
        "Line 7: the attachment “ke-hoach.pdf” is a program or holds one: ask the sender for documents only."
    )
