"""What a clerk is told of the digital signatures of a PDF that came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from khuevan.documents.signatures.errors import Refusal
from khuevan.documents.signatures.findings import SignatureReport
from khuevan.documents.signatures.sentences import sentences_of
from khuevan.documents.signatures.verifying import verify_pdf
from khuevan.documents.signing_setup import trust_roots


@dataclass(frozen=True, slots=True)
class CheckedSignature:
    """One signature in sentences; `look` says how good it is: good, unsure or bad."""

    sentences: tuple[str, ...]
    look: str


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The signatures of a file, in the order of signing; or why they could not be checked."""

    signatures: tuple[CheckedSignature, ...] = ()
    trouble: str = ""
    authorities: int = 0


def signatures_of(pdf: bytes, *, at: datetime, zone: tzinfo) -> CheckedFile:
    """What is to be said of each signature for the moment `at`; takes a second or two."""
    try:
        roots = trust_roots()
        reports = verify_pdf(pdf, trust_roots=roots, at=at)
    except Refusal as error:
        return CheckedFile(trouble=str(error))
    checked = tuple(CheckedSignature(sentences_of(report, zone), _look(report)) for report in reports)
    return CheckedFile(checked, authorities=len(roots))


def _look(report: SignatureReport) -> str:
    if not report.holds:
        return "bad"
    return "good" if report.is_trusted else "unsure"
