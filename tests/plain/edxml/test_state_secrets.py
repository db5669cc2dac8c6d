"""A marked envelope is refused like a marked document, and no word of it is repeated."""

from __future__ import annotations

import dataclasses

import pytest

from khuevan.plain.edxml import (
    Attachment,
    EdxmlError,
    OtherInfo,
    StateSecretEnvelope,
    read_edxml,
    write_edxml,
    write_status,
)
from khuevan.plain.official_documents import StateSecretDocument
from khuevan.plain.official_documents.state_secrets import REFUSAL

from .samples import MINIMAL_READ, NATIONAL, STATUS_READ, minimal, with_file


@pytest.mark.parametrize(
    "header",
    [
        "<Subject>MẬT</Subject>",
        "<Subject>Tối mật</Subject>",
        "<Subject>(TUYỆT MẬT) Kế hoạch bảo vệ</Subject>",
        "<Subject>[Mật] Kế hoạch bảo vệ</Subject>",
        "<Subject>MẬT - Kế hoạch bảo vệ</Subject>",
        "<Subject>Kế hoạch bảo vệ: TỐI MẬT</Subject>",
        "<Subject>Độ mật: Tối mật</Subject>",
        "<Subject>M&#x1EAC;T</Subject>",
        "<Subject>M<![CDATA[Ậ]]>T</Subject>",
        "<Subject>M\u200bẬ\u00adT</Subject>",
        "<Subject>TUYỆT\u00a0MẬT</Subject>",
        "<Content>Kế hoạch\nTUYỆT MẬT\nnăm 2025</Content>",
        "<OtherInfo><TyperNotation>MẬT</TyperNotation></OtherInfo>",
        "<OtherInfo><SphereOfPromulgation>Mật</SphereOfPromulgation></OtherInfo>",
        "<OtherInfo><Appendixes><Appendix>Phụ lục (Mật)</Appendix></Appendixes></OtherInfo>",
        "<DocumentType><TypeName>Mật</TypeName></DocumentType>",
        "<Subject>MẬT</Subject><From></From>",
        "<DoMat>Mật</DoMat>",
        "<ToPlaces><Place>Nơi nhận (Tối mật)</Place></ToPlaces>",
        "<StatusCode>01</StatusCode><Description>Văn bản này: MẬT</Description>",
    ],
)
def test_read_edxml_refuses_a_marked_envelope(header: str) -> None:
    with pytest.raises(StateSecretEnvelope) as raised:
        read_edxml(minimal(header))

    assert str(raised.value) == REFUSAL
    assert (isinstance(raised.value, StateSecretDocument), isinstance(raised.value, EdxmlError)) == (
        True,
        True,
    )
    assert raised.value.__cause__ is None


def test_read_edxml_refuses_a_marked_file_before_it_names_one() -> None:
    with pytest.raises(StateSecretEnvelope) as raised:
        read_edxml(with_file("Kế hoạch (MẬT).exe", b"MZ\x00"))

    assert str(raised.value) == REFUSAL


def test_read_edxml_refuses_a_marked_file_that_is_only_announced() -> None:
    reference = "<Reference><AttachmentName>TỐI MẬT.pdf</AttachmentName></Reference>"
    with pytest.raises(StateSecretEnvelope) as raised:
        read_edxml(minimal(body=f"<edXMLManifest>{reference}</edXMLManifest>"))

    assert str(raised.value) == REFUSAL


@pytest.mark.parametrize(
    "subject",
    [
        "Về việc bảo vệ bí mật nhà nước",
        "Danh mục bí mật - mật mã và bảo mật",
        "TĂNG CƯỜNG CÔNG TÁC BẢO MẬT",
        "Tập huấn bảo vệ bí mật (bảo mật thông tin)",
        "Mật ong Hà Nội: kế hoạch quảng bá",
    ],
)
def test_read_edxml_reads_envelopes_that_speak_of_secrecy(subject: str) -> None:
    assert read_edxml(minimal(f"<Subject>{subject}</Subject>")).message == dataclasses.replace(
        MINIMAL_READ, subject=subject
    )


def test_read_edxml_reads_an_unmarked_sample() -> None:
    assert read_edxml(NATIONAL.encode()).warnings == ()


@pytest.mark.parametrize(
    "envelope",
    [
        dataclasses.replace(MINIMAL_READ, subject="[Mật] Việc"),
        dataclasses.replace(MINIMAL_READ, other=OtherInfo(circulation="Tối mật")),
        dataclasses.replace(MINIMAL_READ, attachments=(Attachment("MẬT.pdf", b"%PDF-"),)),
    ],
)
def test_write_edxml_refuses_a_marked_envelope(envelope: object) -> None:
    with pytest.raises(StateSecretEnvelope):
        write_edxml(envelope)  # type: ignore[arg-type]


def test_write_status_refuses_a_marked_status() -> None:
    with pytest.raises(StateSecretEnvelope):
        write_status(dataclasses.replace(STATUS_READ, description="(Mật)"))
