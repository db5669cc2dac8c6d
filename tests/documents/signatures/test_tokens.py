"""Signing with a key that stays on its token: SoftHSM, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from khuevan.documents.signatures.errors import SigningRefused
from khuevan.documents.signatures.keys import TokenKey
from khuevan.documents.signatures.signing import sign_pdf
from khuevan.documents.signatures.verifying import verify_pdf
from tests.documents.signatures import authority, papers

LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
MODULE = next((path for path in LIBRARIES if Path(path).exists()), "")
PIN = "246813"

needs_softhsm = pytest.mark.skipif(
    not MODULE or shutil.which("softhsm2-util") is None, reason="softhsm2 is not installed"
)


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TokenKey]:
    """A token with the director's key and certificate; the library keeps its settings for the whole process."""
    pkcs11 = pytest.importorskip("pkcs11", reason="the extra pkcs11 is not installed")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n"
    )
    patch = pytest.MonkeyPatch()
    patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
    (folder / "key.pem").write_bytes(_pem(authority.director().key_der))
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", "Khue Van", "--pin", PIN, "--so-pin", "13579135"],
        check=True, capture_output=True,
    )  # fmt: skip
    subprocess.run(
        ["softhsm2-util", "--import", str(folder / "key.pem"), "--token", "Khue Van", "--label", "giam-doc",
         "--id", "01", "--pin", PIN],
        check=True, capture_output=True,
    )  # fmt: skip
    with pkcs11.lib(MODULE).get_token(token_label="Khue Van").open(rw=True, user_pin=PIN) as session:
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.LABEL: "giam-doc",
                pkcs11.Attribute.ID: b"\x01",
                pkcs11.Attribute.SUBJECT: authority.director().certificate.subject.public_bytes(),
                pkcs11.Attribute.VALUE: authority.director().der,
            }
        )
    yield TokenKey(MODULE, "Khue Van", PIN, "giam-doc")
    patch.undo()


def _pem(der: bytes) -> bytes:
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        load_der_private_key,
    )

    key = load_der_private_key(der, None)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@needs_softhsm
def test_a_key_on_a_token_signs(token: TokenKey) -> None:
    pdf = sign_pdf(papers.letter(), key=token, at=papers.AT)

    [report] = verify_pdf(pdf, trust_roots=[authority.root().pem], at=papers.AT)
    assert (report.signer.common_name, report.is_trusted) == ("Bạch Liên Hương", True)


@needs_softhsm
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"pin": "999999"},
            "The PIN of the token is wrong: check it before trying again, after a few times it locks.",
        ),
        (
            {"token_label": "Khác"},
            "There is no token «Khác», or more than one: plug in the right one.",
        ),
        (
            {"certificate_label": "khac"},
            "The token holds no key with its certificate called «khac»: check the label.",
        ),
        (
            {"module_path": "/usr/lib/khong-co.so"},
            "The token's library /usr/lib/khong-co.so cannot be loaded: check the path in the settings.",
        ),
    ],
)
def test_what_is_wrong_with_a_token_is_told(token: TokenKey, changed: dict[str, str], told: str) -> None:
    fields = ("module_path", "token_label", "pin", "certificate_label")
    wrong = TokenKey(**({field: getattr(token, field) for field in fields} | changed))
    with pytest.raises(SigningRefused) as refused:
        sign_pdf(papers.letter(), key=wrong, at=papers.AT)
    assert str(refused.value) == told


def test_without_the_extra_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    # What Python does where a package is not installed: its import fails.
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(SigningRefused) as refused:
        sign_pdf(papers.letter(), key=TokenKey("/usr/lib/a.so", "a", "1", "b"), at=papers.AT)
    assert str(refused.value) == (
        "Signing with a token needs the extra «pkcs11»: install khuevan[pkcs11] on the server."
    )
