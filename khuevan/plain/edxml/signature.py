"""The digital signature of a message, told as present: nothing here verifies it."""

from __future__ import annotations

import base64
import binascii
import warnings
from dataclasses import dataclass
from typing import Final

from cryptography import x509

from khuevan.plain.edxml import texts
from khuevan.plain.edxml.parsing import Element

_SHA_1: Final = ("#rsa-sha1", "#dsa-sha1")
_CERTIFICATE_CHARACTERS: Final = 20_000


@dataclass(frozen=True, slots=True)
class SignatureSeen:
    """That a message is signed, by whom its certificate says, and whether with SHA-1. Never verified.

    `subject` is empty where no certificate can be read and the message names none.
    """

    subject: str
    weak: bool


def signature_in(frame: Element | None, algorithms: tuple[str, ...]) -> SignatureSeen | None:
    """The signature of a message by its Signature element; None where there is none or it is empty."""
    if frame is None:
        return None
    certificates = _named(frame, "X509Certificate")
    values = [value for value in _named(frame, "SignatureValue") if value]
    if not values and not any(certificates):
        return None
    named = next((name for name in _named(frame, "X509SubjectName") if name), "")
    subject = next((name for name in map(_subject_of, certificates) if name), named)
    weak = any(algorithm.endswith(_SHA_1) for algorithm in algorithms)
    return SignatureSeen(texts.one_line(subject)[:500], weak)


def _named(element: Element, name: str) -> list[str]:
    """The texts of all elements of that name, at any depth."""
    found = [element.text.strip()] if element.name == name else []
    for child in element.children:
        found += _named(child, name)
    return found


def _subject_of(certificate: str) -> str:
    """Whom a certificate in base64 names; empty where it cannot be read."""
    if not certificate or len(certificate) > _CERTIFICATE_CHARACTERS:
        return ""
    try:
        data = base64.b64decode("".join(certificate.split()), validate=True)
        with warnings.catch_warnings():
            # Old certificates break rules that matter to who verifies; here only the name is shown.
            warnings.simplefilter("ignore")
            return x509.load_der_x509_certificate(data).subject.rfc4514_string()
    except (ValueError, TypeError, binascii.Error, x509.InvalidVersion, x509.UnsupportedGeneralNameType):
        return ""
