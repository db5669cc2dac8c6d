"""What an officer reads of a signature says no more than was checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils import translation

from khuevan.documents.signatures.errors import SigningRefused
from khuevan.documents.signatures.findings import (
    Chain,
    Change,
    Integrity,
    Kind,
    Party,
    SignatureReport,
    Stamp,
)
from khuevan.documents.signatures.sentences import sentences_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
REPORT = SignatureReport(
    field_name="Signature1",
    kind=Kind.SIGNATURE,
    signer=Party("Bạch Liên Hương", "Sở Văn hóa và Thể thao", "huong@example.invalid"),
    issuer=Party("CA thử nghiệm"),
    certificate_from=datetime(2025, 1, 1, tzinfo=UTC),
    certificate_until=datetime(2028, 1, 1, tzinfo=UTC),
    integrity=Integrity.INTACT,
    change=Change.NONE,
    covers_whole_file=True,
    stamp=Stamp.NONE,
    stamped_at=None,
    claimed_at=datetime(2026, 11, 26, 2, 5, 7, tzinfo=UTC),
    chain=Chain.TRUSTED,
)


def in_vietnamese(report: SignatureReport) -> tuple[str, ...]:
    with translation.override("vi"):
        return sentences_of(report, ZONE)


def test_a_good_signature_in_vietnamese() -> None:
    assert in_vietnamese(REPORT) == (
        "Người ký: Bạch Liên Hương, Sở Văn hóa và Thể thao, huong@example.invalid.",
        "Ký ngày 26/11/2026 09:05:07, theo giờ máy của người ký.",
        "Văn bản không bị thay đổi sau khi ký.",
        "Chứng thư số được cấp bởi tổ chức chứng thực mà cơ quan tin cậy.",
        "Chưa kiểm tra chứng thư số có bị thu hồi hay không: việc này cần kết nối mạng.",
    )


def test_an_unknown_authority_in_vietnamese() -> None:
    assert in_vietnamese(replace(REPORT, chain=Chain.UNKNOWN))[3] == (
        "Chữ ký hợp lệ nhưng chưa xác minh được tổ chức chứng thực."
    )


def test_a_broken_signature_names_nobody_as_its_signer() -> None:
    broken = replace(REPORT, integrity=Integrity.BROKEN, chain=Chain.NOT_JUDGED, covers_whole_file=False)
    assert in_vietnamese(broken) == (
        "Ghi tên: Bạch Liên Hương, Sở Văn hóa và Thể thao, huong@example.invalid.",
        "Ký ngày 26/11/2026 09:05:07, theo giờ máy của người ký.",
        "Chữ ký không hợp lệ: nội dung đã ký bị thay đổi, hoặc đây không phải là chữ ký.",
    )


def test_the_time_of_an_authority_is_told_apart_from_the_signers_own() -> None:
    stamped = replace(REPORT, stamped_at=datetime(2026, 11, 26, 2, 5, 9, tzinfo=UTC))
    assert [
        in_vietnamese(replace(stamped, stamp=stamp))[1] for stamp in (Stamp.TRUSTED, Stamp.UNKNOWN_AUTHORITY)
    ] == [
        "Ký chậm nhất vào 26/11/2026 09:05:09, theo xác nhận của tổ chức cấp dấu thời gian tin cậy.",
        "Dấu thời gian 26/11/2026 09:05:09, của tổ chức chưa xác minh được.",
    ]


def test_every_finding_has_its_own_sentence() -> None:
    added = [Change.VALIDATION_DATA, Change.SIGNATURES_OR_FORMS, Change.COMMENTS]
    told = [
        sentences_of(replace(REPORT, integrity=integrity, change=change), ZONE)[2]
        for integrity, change in [
            (Integrity.INTACT, Change.NONE),
            *((Integrity.EXTENDED, change) for change in added),
            *((Integrity.CHANGED, change) for change in (*added, Change.OTHER)),
            (Integrity.BROKEN, Change.NONE),
            (Integrity.UNKNOWN, Change.NONE),
        ]
    ]
    chains = [chain for chain in Chain if chain is not Chain.NOT_JUDGED]
    told += [sentences_of(replace(REPORT, chain=chain), ZONE)[3] for chain in chains]
    assert (len(told), len(set(told))) == (15, 15)


def test_a_refusal_is_translated_when_it_is_shown() -> None:
    from django.utils.translation import gettext_lazy as _

    refusal = SigningRefused(
        _("The reply of the time stamp authority {host} is too long."), host="tsa.example"
    )
    with translation.override("vi"):
        vietnamese = str(refusal)
    assert (vietnamese, str(refusal)) == (
        "Trả lời của tổ chức cấp dấu thời gian tsa.example quá dài.",
        "The reply of the time stamp authority tsa.example is too long.",
    )
