"""Judges the signatures of a PDF with pyHanko. Runs in a process of its own (`judging_process`)."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

from khuevan.documents.signatures.findings import (
    Chain,
    Change,
    Integrity,
    Kind,
    Party,
    SignatureReport,
    Stamp,
)
from khuevan.documents.signatures.parties import on_one_line, party_of

# Of a signature that cannot be placed among the others.
_LAST: Final = 1 << 30
_USES: Final = frozenset({"digital_signature", "non_repudiation"})
_LEVELS: Final = {
    "NONE": Change.NONE,
    "LTA_UPDATES": Change.VALIDATION_DATA,
    "FORM_FILLING": Change.SIGNATURES_OR_FORMS,
    "ANNOTATIONS": Change.COMMENTS,
    "OTHER": Change.OTHER,
}
_CHAINS: Final = {
    "NO_CERTIFICATE_CHAIN_FOUND": Chain.UNKNOWN,
    "EXPIRED": Chain.EXPIRED,
    "NOT_YET_VALID": Chain.EXPIRED,
    "OUT_OF_BOUNDS_NO_POE": Chain.EXPIRED,
    "OUT_OF_BOUNDS_NOT_REVOKED": Chain.EXPIRED,
    "CHAIN_CONSTRAINTS_FAILURE": Chain.UNSUITABLE,
    "SIG_CONSTRAINTS_FAILURE": Chain.UNSUITABLE,
    "CRYPTO_CONSTRAINTS_FAILURE": Chain.WEAK,
    "CRYPTO_CONSTRAINTS_FAILURE_NO_POE": Chain.WEAK,
}


class Unreadable(Exception):
    """The file as a whole cannot be judged; the message is a code (DAMAGED, ENCRYPTED, TOO_MANY)."""


def judge(pdf: bytes, roots: Sequence[bytes], at: datetime, most: int) -> list[SignatureReport]:
    """A report of each signature, in the order of signing; `roots` are certificates in DER, trusted at `at`.

    Raises Unreadable, and nothing else, for a file that cannot be read or has more than `most` signatures.
    """
    # Not at the top of the module: the caller bounds the process before it loads anything.
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    try:
        # Not strict: Word writes hybrid files, and they are signed and sent.
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        if reader.encrypted:
            raise Unreadable("ENCRYPTED")
        fields = list(islice(enumerate_sig_fields(reader, filled_status=True), most + 1))
    except Unreadable:
        raise
    except Exception:
        # A hostile file may make pyHanko say anything, RecursionError included.
        raise Unreadable("DAMAGED") from None
    if len(fields) > most:
        raise Unreadable("TOO_MANY")
    return [report for _order, report in sorted(
        (_report(reader, name, field, roots, at) for name, _value, field in fields), key=lambda entry: entry[0]
    )]  # fmt: skip


def _report(
    reader: Any, name: object, field: Any, roots: Sequence[bytes], at: datetime
) -> tuple[int, SignatureReport]:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    label = on_one_line(name)
    try:
        value = field.get_object()["/V"]
        subfilter = str(value["/SubFilter"]) if "/SubFilter" in value else ""
        if subfilter not in ("/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/PBAD.PAdES", "/ETSI.RFC3161"):
            return _LAST, _without_signer(label, Integrity.UNKNOWN)
        embedded = EmbeddedPdfSignature(reader, field, label)
        if embedded.sig_object_type == "/DocTimeStamp":
            return embedded.signed_revision, _of_time_stamp(embedded, label, roots, at)
        return embedded.signed_revision, _of_signature(embedded, label, roots, at)
    except Exception:
        # One signature that cannot be read is a broken one; the others may still hold.
        return _LAST, _without_signer(label, Integrity.BROKEN)


def _of_signature(embedded: Any, label: str, roots: Sequence[bytes], at: datetime) -> SignatureReport:
    status = _status(embedded, roots, at)
    chain, stamp, stamped_at = _chain(status), Stamp.NONE, None
    if (token := status.timestamp_validity) is not None:
        stamp = _stamp(token)
        stamped_at = token.timestamp if stamp is not Stamp.BROKEN else None
    if chain is Chain.EXPIRED and stamp is Stamp.TRUSTED and stamped_at is not None:
        # An authority that the office trusts saw the signature while the certificate was in its time.
        chain = _chain(_status(embedded, roots, at, signed_at=stamped_at))
    integrity, change = _integrity(embedded, status)
    return SignatureReport(
        field_name=label,
        kind=Kind.SIGNATURE,
        **_parties(embedded.signer_cert),
        integrity=integrity,
        change=change,
        covers_whole_file=integrity is not Integrity.BROKEN and embedded.coverage.name == "ENTIRE_FILE",
        stamp=stamp,
        stamped_at=stamped_at,
        claimed_at=_aware(status.signer_reported_dt),
        chain=chain,
    )


def _of_time_stamp(embedded: Any, label: str, roots: Sequence[bytes], at: datetime) -> SignatureReport:
    from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_timestamp

    status = asyncio.run(async_validate_pdf_timestamp(embedded, _context(roots, at)))
    stamp = _stamp(status)
    integrity, change = _integrity(embedded, status)
    return SignatureReport(
        field_name=label,
        kind=Kind.TIME_STAMP,
        **_parties(embedded.signer_cert),
        integrity=integrity,
        change=change,
        covers_whole_file=integrity is not Integrity.BROKEN and embedded.coverage.name == "ENTIRE_FILE",
        stamp=stamp,
        stamped_at=status.timestamp if stamp is not Stamp.BROKEN else None,
        claimed_at=None,
        chain=_chain(status),
    )


def _status(embedded: Any, roots: Sequence[bytes], at: datetime, signed_at: datetime | None = None) -> Any:
    from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    return asyncio.run(
        async_validate_pdf_signature(
            embedded,
            signer_validation_context=_context(roots, signed_at or at),
            ts_validation_context=_context(roots, at),
            key_usage_settings=KeyUsageConstraints(key_usage=set(_USES), match_all_key_usages=False),
        )
    )


def _context(roots: Sequence[bytes], at: datetime) -> Any:
    from asn1crypto import x509
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.registry import SimpleTrustManager

    # The authorities are the office's own list and never the machine's; nothing is fetched.
    trusted = SimpleTrustManager.build([x509.Certificate.load(root) for root in roots])
    return ValidationContext(trust_manager=trusted, moment=at, allow_fetching=False)


def _integrity(embedded: Any, status: Any) -> tuple[Integrity, Change]:
    if not (status.intact and status.valid):
        return Integrity.BROKEN, Change.NONE
    # A suspicious modification has no level of its own; it is the worst.
    level = getattr(embedded.diff_result, "modification_level", None)
    change = _LEVELS.get(level.name, Change.OTHER) if level is not None else Change.OTHER
    if change is Change.NONE and _nothing_follows(embedded):
        return Integrity.INTACT, change
    if change is Change.NONE:
        # Bytes that pyHanko sees no object in; another reader may make something of them.
        return Integrity.CHANGED, Change.OTHER
    allowed = change is not Change.OTHER and getattr(status, "docmdp_ok", True)
    return (Integrity.EXTENDED if allowed else Integrity.CHANGED), change


def _nothing_follows(embedded: Any) -> bool:
    """Whether the file ends where the signed part ends, but for line ends."""
    _start, _length, second, rest = (int(each) for each in embedded.byte_range)
    embedded.reader.stream.seek(second + rest)
    return not embedded.reader.stream.read().strip(b"\r\n\t \0")


def _chain(status: Any) -> Chain:
    if not (status.intact and status.valid):
        return Chain.NOT_JUDGED
    if status.trusted:
        return Chain.TRUSTED
    problem = status.trust_problem_indic
    return _CHAINS.get(problem.name, Chain.UNKNOWN) if problem is not None else Chain.UNKNOWN


def _stamp(token: Any) -> Stamp:
    if not (token.intact and token.valid):
        return Stamp.BROKEN
    return Stamp.TRUSTED if token.trusted else Stamp.UNKNOWN_AUTHORITY


def _parties(certificate: Any) -> dict[str, Any]:
    return {
        "signer": party_of(certificate.subject, certificate),
        "issuer": party_of(certificate.issuer),
        "certificate_from": certificate.not_valid_before,
        "certificate_until": certificate.not_valid_after,
    }


def _aware(moment: datetime | None) -> datetime | None:
    """A claimed time with its zone; one without a zone is worth nothing."""
    return moment if moment is not None and moment.tzinfo is not None else None


def _without_signer(label: str, integrity: Integrity) -> SignatureReport:
    return SignatureReport(
        label, Kind.SIGNATURE, Party(), Party(), None, None, integrity, Change.NONE, False, Stamp.NONE, None, None,
        Chain.NOT_JUDGED,
    )  # fmt: skip
