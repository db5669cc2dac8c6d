"""A key file is opened, or refused with a sentence that holds nothing of the key."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime

import pytest

from khuevan.documents.signatures.errors import SigningRefused
from khuevan.documents.signatures.findings import Party
from khuevan.documents.signatures.keys import Pkcs12Key, TokenKey
from khuevan.documents.signatures.opened_keys import owner_of
from khuevan.documents.signatures.signing import sign_pdf
from tests.documents.signatures import authority, papers
from tests.documents.signatures.authority import PASSPHRASE, issued

NOT_FOR_SIGNING = "The certificate is not meant for signing documents: choose one for digital signatures."


@pytest.mark.parametrize(
    ("key", "told"),
    [
        (
            Pkcs12Key(authority.director().file().content, "sai mật khẩu"),
            "The passphrase does not open the key file: type it again.",
        ),
        (
            Pkcs12Key(authority.director().file().content, ""),
            "The passphrase does not open the key file: type it again.",
        ),
        (
            Pkcs12Key(b"no key at all", PASSPHRASE),
            "This is not a PKCS#12 key file (.p12 or .pfx): choose another.",
        ),
        (Pkcs12Key(b"", PASSPHRASE), "This is not a PKCS#12 key file (.p12 or .pfx): choose another."),
        (
            Pkcs12Key(authority.director().pem, PASSPHRASE),
            "This is not a PKCS#12 key file (.p12 or .pfx): choose another.",
        ),
        (
            issued("Hết hạn", last=datetime(2026, 11, 25, tzinfo=UTC)).file(),
            "The certificate expired on 25/11/2026: ask its certification authority for a new one.",
        ),
        (
            issued("Chưa đến hạn", first=datetime(2026, 12, 1, tzinfo=UTC)).file(),
            "The certificate is valid only from 01/12/2026: sign with the one that is valid now.",
        ),
        (issued("Để mã hóa", usage="encrypt").file(), NOT_FOR_SIGNING),
        (issued("Không nói để làm gì", usage="none").file(), NOT_FOR_SIGNING),
        (
            issued("Khóa ngắn", bits=1024).file(),
            "The key of the certificate is too short (1024 bits): ask for one of at least 2048 bits.",
        ),
    ],
    ids=["wrong", "without", "garbage", "empty", "pem", "expired", "early", "encrypt", "no usage", "short"],
)
def test_a_key_that_may_not_sign_is_refused_with_one_sentence(key: Pkcs12Key, told: str) -> None:
    with pytest.raises(SigningRefused) as refused:
        sign_pdf(papers.letter(), key=key, at=papers.AT)
    assert str(refused.value) == told


@pytest.mark.parametrize("usage", ["sign", "commit"])
def test_either_use_of_a_certificate_allows_signing(usage: str) -> None:
    key = issued("Có quyền ký", usage=usage).file()
    assert sign_pdf(papers.letter(), key=key, at=papers.AT).startswith(papers.letter())


def test_a_key_file_without_a_passphrase_opens() -> None:
    assert sign_pdf(papers.letter(), key=authority.director().file(""), at=papers.AT)


def test_whose_key_it_is_is_known_before_signing() -> None:
    assert owner_of(authority.director().file(), papers.AT) == Party(
        "Bạch Liên Hương", "Sở Văn hóa và Thể thao Hà Nội", "huong@example.invalid"
    )
    with pytest.raises(SigningRefused, match="The passphrase does not open the key file"):
        owner_of(Pkcs12Key(authority.director().file().content, "sai"), papers.AT)


def test_keys_show_nothing_of_themselves() -> None:
    token = TokenKey("/usr/lib/token.so", "Thẻ 1", "1234567", "Chữ ký")
    assert (repr(authority.director().file()), repr(token)) == (
        "<Pkcs12Key>",
        "<TokenKey 'Chữ ký' on 'Thẻ 1'>",
    )


def test_a_refusal_and_the_log_hold_no_passphrase_and_no_cause(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = "bí mật không được lộ"
    with pytest.raises(SigningRefused) as refused:
        sign_pdf(papers.letter(), key=Pkcs12Key(authority.director().file().content, wrong), at=papers.AT)
    sign_pdf(papers.letter(), key=authority.director().file(), at=papers.AT)

    shown = "".join(traceback.format_exception(refused.value)) + caplog.text
    assert (wrong in shown, PASSPHRASE in shown) == (False, False)
    assert (refused.value.__cause__, refused.value.__suppress_context__) == (None, True)
