"""Verification says what was checked, and no file makes it say anything else or run on."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfWriter

from khuevan.documents.signatures import judging
from khuevan.documents.signatures.errors import UnreadableSignature, UnusableTrustRoot
from khuevan.documents.signatures.findings import Chain, Change, Integrity, SignatureReport
from khuevan.documents.signatures.signing import sign_pdf
from khuevan.documents.signatures.verifying import VerificationLimits, verify_pdf
from tests.documents.signatures import authority, papers

DAMAGED = "The PDF is damaged: its signatures cannot be checked. Ask for the file again."


@cache
def signed() -> bytes:
    return sign_pdf(papers.letter(), key=authority.director().file(), at=papers.AT)


def verified(pdf: bytes) -> tuple[SignatureReport, ...]:
    return verify_pdf(pdf, trust_roots=[authority.root().pem], at=papers.AT)


def test_a_file_without_signatures_has_no_reports() -> None:
    assert verified(papers.letter()) == ()


def test_a_signature_whose_words_are_disguised_is_not_passed_over() -> None:
    disguised = signed().replace(b"/ByteRange", b"/Byte#52ange")
    assert [report.integrity for report in verified(disguised)] == [Integrity.BROKEN]


def test_a_changed_byte_breaks_the_signature() -> None:
    pdf = bytearray(signed())
    # A byte within the compressed text of the page: pyHanko still finds its way.
    place = pdf.index(b"stream") + 40
    pdf[place] ^= 1

    [report] = verified(bytes(pdf))

    assert (report.integrity, report.chain, report.holds) == (Integrity.BROKEN, Chain.NOT_JUDGED, False)
    assert report.signer.common_name == "Bạch Liên Hương"


def test_words_drawn_over_the_page_afterwards_are_a_change() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed()))
    words = writer.add_object(generic.StreamObject(stream_data=b"0 0 300 300 re f"))
    writer.add_stream_to_page(0, words)
    changed = io.BytesIO()
    writer.write(changed)

    [report] = verified(changed.getvalue())

    assert (report.integrity, report.change, report.covers_whole_file) == (
        Integrity.CHANGED,
        Change.OTHER,
        False,
    )
    assert not report.is_trusted


def test_bytes_added_at_the_end_are_no_longer_the_signed_file() -> None:
    [report] = verified(signed() + b"\n%% something\n")
    assert (report.integrity, report.change, report.covers_whole_file) == (
        Integrity.CHANGED, Change.OTHER, False,
    )  # fmt: skip


def test_a_line_end_added_by_a_mail_program_is_no_change() -> None:
    [report] = verified(signed() + b"\r\n")
    assert (report.integrity, report.covers_whole_file) == (Integrity.INTACT, False)


@pytest.mark.parametrize(
    ("roots", "chain"),
    [
        ([], Chain.UNKNOWN),
        ([authority.root("Người khác").pem], Chain.UNKNOWN),
        ([authority.root().der], Chain.TRUSTED),
        ([authority.root("Người khác").pem + authority.root().pem], Chain.TRUSTED),
    ],
    ids=["none", "another", "der", "bundle"],
)
def test_who_vouches_for_the_signer_depends_on_the_offices_own_roots(
    roots: list[bytes], chain: Chain
) -> None:
    [report] = verify_pdf(signed(), trust_roots=roots, at=papers.AT)
    assert (report.integrity, report.chain, report.revocation_checked) == (Integrity.INTACT, chain, False)


def test_a_certificate_out_of_its_time_is_said_to_be() -> None:
    [report] = verify_pdf(signed(), trust_roots=[authority.root().pem], at=datetime(2030, 1, 1, tzinfo=UTC))
    assert (report.integrity, report.chain) == (Integrity.INTACT, Chain.EXPIRED)


def test_a_certificate_for_something_else_is_said_to_be() -> None:
    # Our own signing refuses such a key; others do not.
    key = authority.issued("Để mã hóa", usage="encrypt")
    [report] = verified(_signed_by_others(key))
    assert (report.integrity, report.chain) == (Integrity.INTACT, Chain.UNSUITABLE)


def test_an_old_digest_is_said_to_be_weak() -> None:
    [report] = verified(_signed_by_others(authority.director(), digest="sha1"))
    assert (report.integrity, report.chain) == (Integrity.INTACT, Chain.WEAK)


def _signed_by_others(issued: authority.Issued, digest: str = "sha256") -> bytes:
    """A signature in the older way (adbe.pkcs7.detached), as other programs make it."""
    from asn1crypto import keys, x509
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    chain = SimpleCertificateStore()
    chain.register(x509.Certificate.load(authority.root().der))
    signer = signers.SimpleSigner(
        x509.Certificate.load(issued.der), keys.PrivateKeyInfo.load(issued.key_der), chain
    )
    meta = signers.PdfSignatureMetadata(field_name="Khác", md_algorithm=digest)
    # In a thread of its own: a browser test before this one may have left its event loop in ours.
    with ThreadPoolExecutor(1) as thread:
        unsigned = IncrementalPdfFileWriter(io.BytesIO(papers.letter()))
        return bytes(thread.submit(signers.sign_pdf, unsigned, meta, signer).result().getvalue())


def test_names_from_a_certificate_are_shown_on_one_line_and_bounded() -> None:
    key = authority.issued("Dòng một\nDòng hai\u202e\x07", "Cơ quan")
    [report] = verified(_signed_by_others(key))
    assert report.signer.common_name == "Dòng một Dòng hai"


@pytest.mark.parametrize(
    ("pdf", "limits", "told"),
    [
        (b"", VerificationLimits(), "This is not a PDF file: it has no signatures to check."),
        (b"PK\x03\x04", VerificationLimits(), "This is not a PDF file: it has no signatures to check."),
        (b"%PDF-1.7 /ByteRange", VerificationLimits(), DAMAGED),
        (bytes(1_000_001), VerificationLimits(file_bytes=1_000_000),
         "The PDF is larger than 1 MB: its signatures are not checked."),
    ],
    ids=["empty", "zip", "nothing", "large"],
)  # fmt: skip
def test_a_file_that_cannot_be_judged_is_refused(pdf: bytes, limits: VerificationLimits, told: str) -> None:
    with pytest.raises(UnreadableSignature) as refused:
        verify_pdf(pdf, trust_roots=[], at=papers.AT, limits=limits)
    assert str(refused.value) == told


def test_more_signatures_than_allowed_are_refused() -> None:
    twice = sign_pdf(signed(), key=authority.agency().file(), at=papers.AT)
    with pytest.raises(UnreadableSignature) as refused:
        verify_pdf(twice, trust_roots=[], at=papers.AT, limits=VerificationLimits(signatures=1))
    assert str(refused.value) == "The PDF has more than 1 signatures: they are not checked."


def test_a_protected_file_is_refused() -> None:
    locked = PdfWriter(io.BytesIO(signed()))
    locked.encrypt("b", "a", algorithm="AES-256")
    saved = io.BytesIO()
    locked.write(saved)
    with pytest.raises(UnreadableSignature) as refused:
        verified(saved.getvalue() + b"%ByteRange")
    assert str(refused.value) == "The PDF is protected by a password: its signatures cannot be checked."


def test_the_time_limit_ends_the_process() -> None:
    with pytest.raises(UnreadableSignature) as refused:
        verify_pdf(signed(), trust_roots=[], at=papers.AT, limits=VerificationLimits(seconds=0.05))
    assert str(refused.value) == "Checking the signatures took longer than 0 seconds: the file is refused."


def test_the_memory_limit_ends_the_process() -> None:
    with pytest.raises(UnreadableSignature) as refused:
        verify_pdf(signed(), trust_roots=[], at=papers.AT, limits=VerificationLimits(memory=30_000_000))
    assert str(refused.value) == DAMAGED


def test_a_root_that_is_no_certificate_is_refused() -> None:
    with pytest.raises(UnusableTrustRoot) as refused:
        verify_pdf(signed(), trust_roots=[b"-----BEGIN CERTIFICATE-----\nx\n"], at=papers.AT)
    assert str(refused.value) == "A certificate of a trusted authority cannot be read: give it as PEM or DER."


def test_the_judging_process_reaches_no_network() -> None:
    ended = subprocess.run(
        [sys.executable, "-c",
         "import socket\n"
         "from khuevan.documents.signatures.judging_process import _bound\n"
         "_bound(20)\n"
         "for reach in (lambda: socket.create_connection(('127.0.0.1', 9)),\n"
         "              lambda: socket.getaddrinfo('localhost', 80)):\n"
         "    try:\n"
         "        reach()\n"
         "    except PermissionError as error:\n"
         "        print(error)\n"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert ended.stdout.split() == ["socket.getaddrinfo", "socket.getaddrinfo"]


def test_judging_loads_no_django() -> None:
    # It would cost a second more for every file.
    ended = subprocess.run(
        [sys.executable, "-c",
         "import sys, khuevan.documents.signatures.judging_process\n"
         "print('django' in sys.modules, 'pyhanko' in sys.modules)"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert ended.stdout.split() == ["False", "False"]


def test_signing_and_verifying_are_imported_without_pyhanko() -> None:
    # Two seconds and 50 MB that a web worker spends only when somebody signs.
    ended = subprocess.run(
        [sys.executable, "-c",
         "import sys, khuevan.documents.signatures.signing, khuevan.documents.signatures.verifying\n"
         "print([name for name in ('pyhanko', 'aiohttp', 'asn1crypto', 'PIL', 'typst') if name in sys.modules])"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert ended.stdout.strip() == "[]"


def judged(pdf: bytes) -> str:
    """What judging a file ends in: the states of its signatures, or why there are none. Nothing else may come."""
    try:
        # In a thread of its own: pyHanko starts an event loop, and a browser test may have left its own in ours.
        with ThreadPoolExecutor(1) as thread:
            reports = thread.submit(judging.judge, pdf, [authority.root().der], papers.AT, 40).result()
    except judging.Unreadable as error:
        return str(error)
    return ",".join(report.integrity for report in reports)


def test_flipped_bytes_anywhere_end_in_a_report_or_a_refusal() -> None:
    chance = random.Random(4)
    intact = signed()
    ends = set()
    for _round in range(120):
        pdf = bytearray(intact)
        for _flip in range(chance.choice((1, 1, 3, 20, 200))):
            pdf[chance.randrange(len(pdf))] = chance.randrange(256)
        ends.add(judged(bytes(pdf)))
    assert ends <= {"", "DAMAGED", "ENCRYPTED", "BROKEN", "CHANGED", "INTACT", "UNKNOWN", "EXTENDED"}
    assert {"BROKEN", "DAMAGED"} <= ends


def test_a_byte_flipped_in_what_was_signed_is_never_reported_intact() -> None:
    intact = signed()
    gap = intact.index(b"/Contents<") if b"/Contents<" in intact else intact.index(b"/Contents <")
    chance = random.Random(7)
    for _round in range(60):
        pdf = bytearray(intact)
        place = chance.randrange(gap)
        pdf[place] ^= 1 << chance.randrange(8)
        assert judged(bytes(pdf)) not in {"INTACT", "EXTENDED", "CHANGED"}


def test_a_file_cut_anywhere_ends_in_a_report_or_a_refusal() -> None:
    intact = signed()
    ends = {judged(intact[: len(intact) * part // 40]) for part in range(40)}
    assert ends <= {"", "DAMAGED", "BROKEN"}


def _field(value: bytes) -> bytes:
    """A file whose only signature field has the value that is given."""
    body = (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]/SigFlags 3>>>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n3 0 obj\n" + value + b"\nendobj\n"
    )
    places = [body.index(b"%d 0 obj" % number) for number in (1, 2, 3)]
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 4\n0000000000 65535 f \n" + table + end


@pytest.mark.parametrize(
    ("pdf", "end"),
    [
        (_field(b"<</FT/Sig/T(a)/V<</ByteRange[0 1 2 3]/Contents<00>/SubFilter/ETSI.CAdES.detached>>>>"), "BROKEN"),
        (_field(b"<</FT/Sig/T(a)/V<</ByteRange[0 1]/SubFilter/adbe.pkcs7.detached>>>>"), "BROKEN"),
        (_field(b"<</FT/Sig/T(a)/V<</ByteRange[0 1]/SubFilter/adbe.x509.rsa_sha1>>>>"), "UNKNOWN"),
        (_field(b"<</FT/Sig/T(a)/V<</ByteRange[0 1]>>>>"), "UNKNOWN"),
        (_field(b"<</FT/Sig/T(a)/V 3 0 R>>"), "UNKNOWN"),
        (_field(b"<</FT/Sig/T(a)/V 99999999 0 R/ByteRange 1>>"), "BROKEN"),
        (_field(b"<</T(a)/Kids[3 0 R]>>%ByteRange"), "DAMAGED"),
        (_field(b"<</FT/Sig/T(a)/V " + b"[" * 5_000 + b"]" * 5_000 + b">>"), "DAMAGED"),
        (_field(b"<</FT/Sig/T(a)/V " + b"<</a" * 5_000 + b" 1" + b">>" * 5_000 + b">>"), "DAMAGED"),
        (_field(b"3 0 R"), "DAMAGED"),
        (b"%PDF-1.7\nxref\n0 99999999\ntrailer<</Size 99999999/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF", "DAMAGED"),
        (b"%PDF-1.7\nstartxref\n" + b"9" * 5_000 + b"\n%%EOF", "DAMAGED"),
    ],
    ids=["no cms", "no contents", "old", "no filter", "itself", "huge number", "circle", "deep array",
         "deep dictionary", "loop", "circular table", "huge place"],
)  # fmt: skip
def test_hostile_structures_end_in_a_report_or_a_refusal(pdf: bytes, end: str) -> None:
    assert judged(pdf) == end
