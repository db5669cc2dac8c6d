"""A signature is told as present, with the name in its certificate, and never as valid."""

# ruff: noqa: E501 (sentences are quoted whole: a broken quotation is harder to compare than a long line)

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from khuevan.plain.edxml import SignatureSeen, read_edxml

from .samples import minimal

SHA_1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
SHA_256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
UNVERIFIED = "The message bears a digital signature, which was not verified."
WEAK = "The message bears a digital signature made with SHA-1, which is no longer safe; it was not verified."


def certificate() -> str:
    """A certificate of an office, in base64 on lines as messages carry it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sở Văn hóa và Thể thao")])
    start = datetime(2025, 1, 1, tzinfo=UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    return base64.encodebytes(built.public_bytes(serialization.Encoding.DER)).decode()


def signature(method: str, data: str, value: str = "QUJD") -> str:
    """The frame of a signature as messages have it."""
    return (
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>'
        f'<SignatureMethod Algorithm="{method}"/></SignedInfo><SignatureValue>{value}</SignatureValue>'
        f"<KeyInfo><X509Data>{data}</X509Data></KeyInfo></Signature>"
    )


@pytest.mark.parametrize(
    ("frame", "seen", "warnings"),
    [
        (
            signature(SHA_256, f"<X509SubjectName>CN=khác</X509SubjectName><X509Certificate>\n{certificate()}</X509Certificate>"),
            SignatureSeen("CN=Sở Văn hóa và Thể thao", weak=False),
            (UNVERIFIED,),
        ),
        (
            signature(SHA_1, "<X509SubjectName>CN=user05</X509SubjectName><X509Certificate>MIIFqTCCBJG</X509Certificate>"),
            SignatureSeen("CN=user05", weak=True),
            (WEAK,),
        ),
        (signature(SHA_1, "<X509SubjectName/><X509Certificate>$</X509Certificate>"), SignatureSeen("", weak=True), (WEAK,)),
        (signature(SHA_256, "<X509SubjectName>CN=a</X509SubjectName>", value=""), None, ()),
        ("<DigitalSignature/>", None, ()),
        ("", None, ()),
    ],
    ids=["certificate", "name", "unreadable", "empty frame", "province", "none"],
)  # fmt: skip
def test_read_edxml_tells_who_signed(
    frame: str, seen: SignatureSeen | None, warnings: tuple[str, ...]
) -> None:
    read = read_edxml(minimal(beside=frame))

    assert (read.signature, read.warnings) == (seen, warnings)
