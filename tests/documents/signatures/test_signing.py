"""A signature is made, holds for others too, and leaves what stood in the file as it was."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pypdf import PdfWriter

from khuevan.documents.signatures.appearance import PictureAppearance
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
from khuevan.documents.signatures.pictures import checked_picture
from khuevan.documents.signatures.placement import Placement
from khuevan.documents.signatures.signing import sign_pdf
from khuevan.documents.signatures.verifying import verify_pdf
from tests.documents.signatures import authority, papers

PLACE = Placement(1, 350, 340, 150, 60)


def signed(pdf: bytes | None = None) -> bytes:
    return sign_pdf(
        papers.letter() if pdf is None else pdf,
        key=authority.director().file(),
        at=papers.AT,
        appearance=PictureAppearance(checked_picture(papers.signature_png()), PLACE),
        reason="Ký ban hành",
        location="Hà Nội",
    )


def test_a_signed_letter_is_reported_whole() -> None:
    reports = verify_pdf(signed(), trust_roots=[authority.root().pem], at=papers.AT)

    assert reports == (
        SignatureReport(
            field_name="Signature1",
            kind=Kind.SIGNATURE,
            signer=Party("Bạch Liên Hương", "Sở Văn hóa và Thể thao Hà Nội", "huong@example.invalid"),
            issuer=Party("CA thử nghiệm", "Cơ quan thử nghiệm"),
            certificate_from=datetime(2025, 1, 1, tzinfo=UTC),
            certificate_until=datetime(2028, 1, 1, tzinfo=UTC),
            integrity=Integrity.INTACT,
            change=Change.NONE,
            covers_whole_file=True,
            stamp=Stamp.NONE,
            stamped_at=None,
            claimed_at=papers.AT,
            chain=Chain.TRUSTED,
        ),
    )
    assert reports[0].is_trusted


def test_signing_appends_and_changes_nothing_before() -> None:
    once = signed()
    twice = sign_pdf(once, key=authority.agency().file(), at=papers.AT)

    assert once.startswith(papers.letter())
    assert twice.startswith(once)


def test_the_form_of_the_signature_is_pades_with_a_digest_of_at_least_sha256() -> None:
    [embedded] = PdfFileReader(io.BytesIO(signed())).embedded_signatures
    attributes = {each["type"].native for each in embedded.signer_info["signed_attrs"]}

    assert str(embedded.sig_object["/SubFilter"]) == "/ETSI.CAdES.detached"
    assert embedded.md_algorithm == "sha256"
    # PAdES baseline: the certificate is bound in, the claimed time stands in the PDF and not in the CMS.
    assert attributes == {"content_type", "message_digest", "signing_certificate_v2"}
    assert str(embedded.sig_object["/Reason"]) == "Ký ban hành"
    assert str(embedded.sig_object["/Location"]) == "Hà Nội"


def test_a_key_on_a_longer_curve_signs_with_a_longer_digest() -> None:
    issued = authority.issued("Khóa đường cong", kind="ec")
    assert isinstance(issued.key, ec.EllipticCurvePrivateKey)
    pdf = sign_pdf(papers.letter(), key=issued.file(), at=papers.AT)

    [embedded] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    [report] = verify_pdf(pdf, trust_roots=[authority.root().pem], at=papers.AT)
    assert embedded.md_algorithm == "sha384"
    assert report.is_trusted


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_finds_the_signature_good(tmp_path: Path) -> None:
    pdf = signed()
    [embedded] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    _zero, first, second, rest = (int(each) for each in embedded.byte_range)
    (tmp_path / "content").write_bytes(pdf[:first] + pdf[second : second + rest])
    (tmp_path / "signature").write_bytes(embedded.pkcs7_content)
    (tmp_path / "root.pem").write_bytes(authority.root().pem)

    ended = subprocess.run(
        ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "signature", "-content", "content",
         "-CAfile", "root.pem", "-purpose", "any", "-attime", str(int(papers.AT.timestamp())), "-out", "verified"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip

    assert (ended.returncode, b"Verification successful" in ended.stderr) == (0, True)
    assert (tmp_path / "verified").read_bytes() == (tmp_path / "content").read_bytes()


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler's pdfsig is not installed")
def test_pdfsig_finds_both_signatures_good(tmp_path: Path) -> None:
    (tmp_path / "signed.pdf").write_bytes(sign_pdf(signed(), key=authority.agency().file(), at=papers.AT))

    ended = subprocess.run(
        ["pdfsig", "-nocert", "signed.pdf"], cwd=tmp_path, capture_output=True, check=False, text=True
    )

    assert re.findall(r"Signature Validation: (.*)\.", ended.stdout) == ["Signature is Valid"] * 2


def test_the_agencys_seal_after_the_leaders_signature_leaves_both_good() -> None:
    pdf = sign_pdf(signed(), key=authority.agency().file(), at=papers.AT)

    leader, agency = verify_pdf(pdf, trust_roots=[authority.root().pem], at=papers.AT)

    assert (leader.field_name, leader.integrity, leader.change, leader.covers_whole_file) == (
        "Signature1", Integrity.EXTENDED, Change.SIGNATURES_OR_FORMS, False,
    )  # fmt: skip
    assert (agency.field_name, agency.integrity, agency.change, agency.covers_whole_file) == (
        "Signature2", Integrity.INTACT, Change.NONE, True,
    )  # fmt: skip
    assert (leader.is_trusted, agency.is_trusted) == (True, True)


def test_field_names_that_are_taken_are_passed_over() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(papers.letter()))
    append_signature_field(writer, SigFieldSpec("Signature1"))
    saved = io.BytesIO()
    writer.write(saved)

    pdf = sign_pdf(saved.getvalue(), key=authority.director().file(), at=papers.AT)

    assert [report.field_name for report in verify_pdf(pdf, trust_roots=[], at=papers.AT)] == ["Signature2"]


@pytest.mark.parametrize(
    ("pdf", "told"),
    [
        (b"", "The PDF is damaged or protected and cannot be signed: make it again from its draft."),
        (
            b"%PDF-1.7\nnothing",
            "The PDF is damaged or protected and cannot be signed: make it again from its draft.",
        ),
    ],
)
def test_what_is_no_pdf_is_refused(pdf: bytes, told: str) -> None:
    with pytest.raises(SigningRefused) as refused:
        sign_pdf(pdf, key=authority.director().file(), at=papers.AT)
    assert str(refused.value) == told


def test_a_protected_pdf_is_refused() -> None:
    locked = PdfWriter(io.BytesIO(papers.letter()))
    locked.encrypt("b", "a", algorithm="AES-256")
    saved = io.BytesIO()
    locked.write(saved)
    with pytest.raises(SigningRefused) as refused:
        sign_pdf(saved.getvalue(), key=authority.director().file(), at=papers.AT)
    assert str(refused.value) == (
        "The PDF is protected by a password: save it without the password and retry."
    )


@pytest.mark.parametrize("page", [0, 2])
def test_a_page_that_is_not_there_is_refused(page: int) -> None:
    picture = checked_picture(papers.signature_png())
    with pytest.raises(SigningRefused) as refused:
        sign_pdf(
            papers.letter(), key=authority.director().file(), at=papers.AT,
            appearance=PictureAppearance(picture, Placement(page, 10, 10, 50, 20)),
        )  # fmt: skip
    assert str(refused.value) == (
        f"The document has no page {page}: it has 1. Choose another place for the signature."
    )


def test_a_place_outside_of_the_page_is_refused() -> None:
    picture = checked_picture(papers.signature_png())
    with pytest.raises(SigningRefused) as refused:
        sign_pdf(
            papers.letter(), key=authority.director().file(), at=papers.AT,
            appearance=PictureAppearance(picture, Placement(1, 500, 10, 150, 20)),
        )  # fmt: skip
    assert str(refused.value) == "The place of the signature lies outside of page 1: choose another."


def test_a_time_without_a_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        sign_pdf(papers.letter(), key=authority.director().file(), at=papers.AT.replace(tzinfo=None))
