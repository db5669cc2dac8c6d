"""A small certification authority and what it issues: real keys, made once a run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from khuevan.documents.signatures.keys import Pkcs12Key

PASSPHRASE = "Mật khẩu 2026"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate with its key and the certificate of its authority."""

    key: Key
    certificate: x509.Certificate
    issuer: x509.Certificate

    @property
    def pem(self) -> bytes:
        """The certificate in PEM."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        """The certificate in DER."""
        return self.certificate.public_bytes(Encoding.DER)

    def file(self, passphrase: str = PASSPHRASE) -> Pkcs12Key:
        """The key file, as an authority hands it out."""
        protection = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        content = pkcs12.serialize_key_and_certificates(
            b"signer", self.key, self.certificate, [self.issuer], protection
        )
        return Pkcs12Key(content, passphrase)

    @property
    def key_der(self) -> bytes:
        """The key, unprotected, in DER."""
        return self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _name(common_name: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _usage(
    *, sign: bool = False, commit: bool = False, encrypt: bool = False, issue: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=sign, content_commitment=commit, key_encipherment=encrypt, data_encipherment=False,
        key_agreement=False, key_cert_sign=issue, crl_sign=issue, encipher_only=False, decipher_only=False,
    )  # fmt: skip


@cache
def root(name: str = "CA thử nghiệm") -> Issued:
    """The authority itself."""
    key = rsa.generate_private_key(65537, 2048)
    subject = _name(name, "Cơ quan thử nghiệm")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
        .add_extension(_usage(issue=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Issued(key, certificate, certificate)


@cache
def issued(
    common_name: str,
    organisation: str = "Sở Văn hóa và Thể thao Hà Nội",
    *,
    email: str = "",
    usage: str = "sign",
    first: datetime = datetime(2025, 1, 1, tzinfo=UTC),
    last: datetime = datetime(2028, 1, 1, tzinfo=UTC),
    kind: str = "rsa",
    bits: int = 2048,
) -> Issued:
    """A certificate of the authority. `usage`: sign, commit, encrypt, none (no such extension), time_stamp."""
    authority = root()
    key: Key = (
        rsa.generate_private_key(65537, bits) if kind == "rsa" else ec.generate_private_key(ec.SECP384R1())
    )
    assert isinstance(authority.key, rsa.RSAPrivateKey)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(common_name, organisation))
        .issuer_name(authority.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    usages = {
        "sign": _usage(sign=True, commit=True),
        "commit": _usage(commit=True),
        "encrypt": _usage(encrypt=True),
        "time_stamp": _usage(sign=True),
    }
    if usage in usages:
        builder = builder.add_extension(usages[usage], critical=True)
    if usage == "time_stamp":
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
    if email:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(email)]), critical=False)
    return Issued(key, builder.sign(authority.key, hashes.SHA256()), authority.certificate)


def director() -> Issued:
    """The key of the one who signs."""
    return issued("Bạch Liên Hương", email="huong@example.invalid")


def agency() -> Issued:
    """The key of the agency's seal."""
    return issued("Sở Văn hóa và Thể thao", "Ủy ban nhân dân thành phố Hà Nội")


def time_stamp_authority() -> Issued:
    """The key of the time stamp authority."""
    return issued("TSA thử nghiệm", "Cơ quan thử nghiệm", usage="time_stamp")
