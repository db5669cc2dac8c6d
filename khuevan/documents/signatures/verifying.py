"""Verifies the signatures of a PDF that somebody sent: who, when, whether changed. Asks no network."""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from khuevan.documents.signatures.errors import UnreadableSignature, UnusableTrustRoot
from khuevan.documents.signatures.findings import (
    Chain,
    Change,
    Integrity,
    Kind,
    Party,
    SignatureReport,
    Stamp,
)
from khuevan.plain.official_documents.extraction import programs

_HEAD_BYTES: Final = 1_024
_LEFT_OUT: Final = b"ByteRange"
# A name may write its letters as numbers: /Byte#52ange.
_NAME_OF_NINE_LETTERS: Final = re.compile(rb"/((?:[A-Za-z]|#[0-9A-Fa-f]{2}){9})(?![A-Za-z#])")
_MOST_NAMES: Final = 20_000
_PROCESS: Final = "khuevan.documents.signatures.judging_process"
_MOMENTS: Final = ("certificate_from", "certificate_until", "stamped_at", "claimed_at")


@dataclass(frozen=True, slots=True)
class VerificationLimits:
    """Bounds of one file: bytes, signatures, wall-clock seconds, bytes of memory."""

    file_bytes: int = 50_000_000
    signatures: int = 40
    seconds: float = 30.0
    memory: int = 2_000_000_000


DEFAULT_LIMITS: Final = VerificationLimits()


def verify_pdf(
    pdf: bytes,
    *,
    trust_roots: Sequence[bytes],
    at: datetime,
    limits: VerificationLimits = DEFAULT_LIMITS,
) -> tuple[SignatureReport, ...]:
    """What is to be said of each signature, in the order of signing; empty where the file has none.

    `trust_roots`: certificates of authorities, PEM or DER; a PEM may hold several. `at`: the moment for which
    certificates are judged. Raises UnreadableSignature for a file that cannot be judged within the limits,
    UnusableTrustRoot for a root that is no certificate.

    pyHanko, which no limit inside Python stops, works in a process of its own that ends with its time.
    """
    if at.tzinfo is None:
        raise ValueError("The moment of a verification needs a time zone")
    roots = [encoded for given in trust_roots for encoded in _certificates(given)]
    if len(pdf) > limits.file_bytes:
        raise UnreadableSignature(
            _("The PDF is larger than {megabytes} MB: its signatures are not checked."),
            megabytes=limits.file_bytes // 1_000_000,
        )
    if b"%PDF-" not in pdf[:_HEAD_BYTES]:
        raise UnreadableSignature(_("This is not a PDF file: it has no signatures to check."))
    if not _may_be_signed(pdf):
        return ()
    told = {
        "roots": [base64.b64encode(root).decode() for root in roots],
        "at": at.isoformat(),
        "signatures": limits.signatures,
        "seconds": limits.seconds,
    }
    ended = programs.run(
        [sys.executable, "-m", _PROCESS],
        seconds=limits.seconds,
        given=json.dumps(told).encode() + b"\n" + pdf,
        # Where this process finds its modules, the other does as well.
        environment={"PYTHONPATH": os.pathsep.join(sys.path)},
        memory=limits.memory,
    )
    if ended is None:
        raise UnreadableSignature(
            _("Checking the signatures took longer than {seconds} seconds: the file is refused."),
            seconds=round(limits.seconds),
        )
    try:
        answer = json.loads(ended.output)
        refused = answer.get("refused")
    except (ValueError, AttributeError):
        refused = "DAMAGED"
    if refused is not None:
        raise _refusal(refused, limits)
    return tuple(_report(stored) for stored in answer["reports"])


def _may_be_signed(pdf: bytes) -> bool:
    """Whether the word is there that tells what a signature leaves out: it cannot be packed, since it is outside."""
    if _LEFT_OUT in pdf:
        return True
    for number, found in enumerate(_NAME_OF_NINE_LETTERS.finditer(pdf)):
        letters = re.sub(rb"#(..)", lambda code: bytes.fromhex(code[1].decode()), found[1])
        if letters == _LEFT_OUT or number == _MOST_NAMES:
            # A file with that many names of nine letters is judged where judging is bounded.
            return True
    return False


def _certificates(given: bytes) -> list[bytes]:
    """The certificates of a PEM or DER file, each in DER."""
    # Not at the top of the module: needed only where a file is verified.
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        if b"-----BEGIN" in given:
            found = x509.load_pem_x509_certificates(given)
        else:
            found = [x509.load_der_x509_certificate(given)]
    except ValueError:
        raise UnusableTrustRoot(
            _("A certificate of a trusted authority cannot be read: give it as PEM or DER.")
        ) from None
    return [certificate.public_bytes(Encoding.DER) for certificate in found]


def _refusal(code: str, limits: VerificationLimits) -> UnreadableSignature:
    if code == "ENCRYPTED":
        return UnreadableSignature(_("The PDF is protected by a password: its signatures cannot be checked."))
    if code == "TOO_MANY":
        return UnreadableSignature(
            _("The PDF has more than {most} signatures: they are not checked."), most=limits.signatures
        )
    return UnreadableSignature(
        _("The PDF is damaged: its signatures cannot be checked. Ask for the file again.")
    )


def _report(stored: dict[str, Any]) -> SignatureReport:
    moments = {name: datetime.fromisoformat(stored[name]) if stored[name] else None for name in _MOMENTS}
    return SignatureReport(
        field_name=stored["field_name"],
        kind=Kind(stored["kind"]),
        signer=Party(**stored["signer"]),
        issuer=Party(**stored["issuer"]),
        integrity=Integrity(stored["integrity"]),
        change=Change(stored["change"]),
        covers_whole_file=stored["covers_whole_file"],
        stamp=Stamp(stored["stamp"]),
        chain=Chain(stored["chain"]),
        revocation_checked=stored["revocation_checked"],
        **moments,
    )
