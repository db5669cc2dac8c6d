"""An issued document: its files made once, signed on paper or with a key, sealed; who may, and what is refused."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.utils import translation
from PIL import Image

from khuevan.core import clock
from khuevan.core.private_files import private_storage
from khuevan.core.recording import unaudited
from khuevan.documents import actions
from khuevan.documents.choices import DraftState, FileRole, Seat, SignatureKind
from khuevan.documents.models import Document, DocumentFile, DraftPicture, Signature, SignatureImage
from khuevan.documents.queries.signed import documents_to_sign, file_to_sign, is_signed
from khuevan.documents.received_files import looked_through
from khuevan.documents.signatures.errors import SigningRefused
from khuevan.documents.signatures.findings import Chain
from khuevan.documents.signatures.keys import Pkcs12Key
from khuevan.documents.signatures.verifying import verify_pdf
from khuevan.documents.signed_files import SignedPdf, _is_named, signed_by_person, signed_by_seal
from khuevan.plain.official_documents import read_bytes
from tests.documents.signatures import authority
from tests.documents.signatures.papers import seal_png, signature_png
from tests.factories.reviews import DAY, House, at, draft_in, house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day():
    with clock.stopped_at(at(DAY)), translation.override("vi"):
        yield


def issued(work: House, **values) -> Document:
    with unaudited("approved as it stands"):
        draft = draft_in(work, state=DraftState.APPROVED, approved_version=1, **values)
    return actions.issue_document(by=work.again(work.clerk), draft=draft)


def with_files(work: House, **values) -> Document:
    document = issued(work, **values)
    actions.make_document_files(by=work.again(work.clerk), document=document)
    return document


def contents(file: DocumentFile) -> bytes:
    with file.file.open("rb") as stream:
        return bytes(stream.read())


def key_of(name: str) -> Pkcs12Key:
    return authority.issued(name).file()


def image_of(work: House) -> SignatureImage:
    return actions.keep_signature_image(
        by=work.again(work.director), person=work.director, content=signature_png()
    )


def test_files_of_a_document_say_what_was_approved_and_are_made_once():
    work = house((Seat.SIGNER,))
    document = issued(work)
    first = actions.make_document_files(by=work.again(work.clerk), document=document)
    with clock.stopped_at(at(DAY) + timedelta(days=40)):
        second = actions.make_document_files(by=work.again(work.clerk), document=document)
    assert [file.pk for file in first] == [file.pk for file in second]
    assert [(file.role, file.filename, file.page_count) for file in first] == [
        (FileRole.EDITABLE, "01-KH-SVHTT.docx", 1),
        (FileRole.PRINTED, "01-KH-SVHTT.pdf", 1),
    ]
    assert [file.sha256 for file in first] == [hashlib.sha256(contents(file)).hexdigest() for file in first]
    assert Document.objects.get(pk=document.pk).page_count == 1
    for file in first:
        read = read_bytes(contents(file), file.filename)
        assert (read.symbol, read.date, read.title, read.signatory.name) == (
            "01/KH-SVHTT", DAY, "Tổ chức Tuần văn hóa Hà Nội", "Vũ Thị Giám",
        )  # fmt: skip


def test_files_show_the_pictures_of_the_draft():
    work = house((Seat.SIGNER,))
    block = {"picture": "anh-1", "alternative": "Cờ hoa", "caption": "", "width": 0.5}
    sections = [{"label": "I", "heading": "ẢNH", "blocks": ["Ảnh:", block], "children": []}]
    document = issued(work, text={"sections": sections})
    picture = BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(picture, "PNG")
    with unaudited("a picture of the draft"):
        row = DraftPicture(
            draft=document.draft,
            name="anh-1",
            filename="a.png",
            size=len(picture.getvalue()),
            sha256="a" * 64,
        )
        row.file.save("a.png", ContentFile(picture.getvalue()))
        row.save()
    word, pdf = actions.make_document_files(by=work.again(work.clerk), document=document)
    assert b"/Image" in contents(pdf)
    assert b"word/media/" in contents(word)


def test_number_stays_given_when_the_files_cannot_be_made():
    work = house((Seat.SIGNER,))
    block = {"picture": "khong-co", "alternative": "Không có", "caption": "", "width": 0.5}
    sections = [{"label": "I", "heading": "ẢNH", "blocks": [block], "children": []}]
    document = issued(work, text={"sections": sections})
    with pytest.raises(Exception, match="khong-co|there"):
        actions.make_document_files(by=work.again(work.clerk), document=document)
    assert (document.symbol, document.files.count()) == ("01/KH-SVHTT", 0)


def test_paper_signature_is_registered_once_with_its_scan():
    work = house((Seat.SIGNER,))
    document = issued(work)
    clerk = work.again(work.clerk)
    assert not is_signed(document)
    scan = looked_through("ky.png", BytesIO(signature_png()))
    signature = actions.sign_on_paper(
        by=clerk, document=document, signer_name=" Vũ Thị  Giám ", signed_at=at(DAY), scan=scan
    )
    assert (signature.kind, signature.signer_name, signature.file.role) == ("PAPER", "Vũ Thị Giám", "SCANNED")
    assert is_signed(document)
    with pytest.raises(ValidationError, match="đã được ghi nhận"):
        actions.sign_on_paper(by=clerk, document=document, signer_name="Vũ Thị Giám", signed_at=at(DAY))


def test_paper_signature_in_the_future_or_with_another_kind_of_scan_is_refused():
    work = house((Seat.SIGNER,))
    document = issued(work)
    clerk = work.again(work.clerk)
    with pytest.raises(ValidationError):
        actions.sign_on_paper(
            by=clerk, document=document, signer_name="Vũ Thị Giám", signed_at=at(date(2025, 6, 13))
        )
    text = looked_through("ky.txt", BytesIO(b"abc"))
    with pytest.raises(ValidationError):
        actions.sign_on_paper(
            by=clerk, document=document, signer_name="Vũ Thị Giám", signed_at=at(DAY), scan=text
        )
    assert Signature.objects.count() == 0


def test_document_is_signed_with_the_signers_key_and_sealed(settings, tmp_path):
    work = house((Seat.SIGNER,))
    document = with_files(work)
    base = file_to_sign(document)
    signed = signed_by_person(document, base, key=key_of("Vũ Thị Giám"), image=image_of(work))
    signature = actions.keep_digital_signature(
        by=work.again(work.director), document=document, kind=SignatureKind.DIGITAL, signed=signed
    )
    assert (signature.signer_name, signature.file.role) == ("Vũ Thị Giám", FileRole.SIGNED)
    assert "Vũ Thị Giám" in signature.certificate
    assert contents(signature.file).startswith(contents(base))
    assert is_signed(document)
    settings.SEAL_KEY, settings.SEAL_PASSPHRASE = tmp_path / "seal.p12", authority.PASSPHRASE
    settings.SEAL_PICTURE = tmp_path / "seal.png"
    settings.SEAL_KEY.write_bytes(key_of("Sở Văn hóa và Thể thao").content)
    settings.SEAL_PICTURE.write_bytes(seal_png())
    sealed = signed_by_seal(document, signature.file, signer_image=image_of(work))
    seal = actions.keep_digital_signature(
        by=work.again(work.clerk), document=document, kind=SignatureKind.SEAL, signed=sealed
    )
    reports = verify_pdf(contents(seal.file), trust_roots=[authority.root().pem], at=at(DAY))
    assert [(report.signer.common_name, report.holds, report.chain) for report in reports] == [
        ("Vũ Thị Giám", True, Chain.TRUSTED),
        ("Sở Văn hóa và Thể thao", True, Chain.TRUSTED),
    ]


def test_key_of_somebody_else_is_refused():
    work = house((Seat.SIGNER,))
    document = with_files(work)
    with pytest.raises(SigningRefused, match="Đặng Văn Phó"):
        signed_by_person(document, file_to_sign(document), key=key_of("Đặng Văn Phó"), image=image_of(work))


@pytest.mark.parametrize(
    ("signer", "names", "is_theirs"),
    [
        ("Nguyễn Văn An", ["Nguyễn Văn An"], True),
        ("Nguyễn Văn An", ["NGUYEN VAN AN"], True),
        ("Nguyễn Văn An", ["Giám đốc: Nguyễn Văn An"], True),
        ("Nguyễn Văn An", ["Sở Văn hóa", "Nguyễn Văn An (ThS.)"], True),
        ("Nguyễn Văn An", ["Nguyễn Văn Anh"], False),
        ("Nguyễn Văn An", ["Nguyễn Văn An Bình"], False),
        ("Nguyễn Văn An", ["Lê Nguyễn Văn An"], False),
        ("Nguyễn Văn An", [], False),
        ("", ["Nguyễn Văn An"], False),
        (" . ", ["Nguyễn Văn An"], False),
    ],
)
def test_certificate_names_the_signer_and_nobody_of_a_longer_name(signer, names, is_theirs):
    assert _is_named(signer, names) is is_theirs


def test_key_that_no_trusted_authority_issued_is_refused(settings, tmp_path):
    work = house((Seat.SIGNER,))
    document = with_files(work)
    base, image, key = file_to_sign(document), image_of(work), key_of("Vũ Thị Giám")
    settings.TRUST_ROOTS = tmp_path
    (tmp_path / "ca.pem").write_bytes(authority.root("CA khác").pem)
    with pytest.raises(SigningRefused, match="Vũ Thị Giám"):
        signed_by_person(document, base, key=key, image=image)
    (tmp_path / "ca.pem").write_bytes(authority.root().pem)
    assert signed_by_person(document, base, key=key, image=image).signer_name == "Vũ Thị Giám"


def test_seal_without_signature_and_file_signed_meanwhile_are_refused():
    work = house((Seat.SIGNER,))
    document = with_files(work)
    base = file_to_sign(document)
    signed = signed_by_person(document, base, key=key_of("Vũ Thị Giám"), image=image_of(work))
    director, clerk = work.again(work.director), work.again(work.clerk)
    with pytest.raises(ValidationError, match="chưa có ai ký số"):
        actions.keep_digital_signature(by=clerk, document=document, kind=SignatureKind.SEAL, signed=signed)
    actions.keep_digital_signature(by=director, document=document, kind=SignatureKind.DIGITAL, signed=signed)
    with pytest.raises(ValidationError, match="đã có chữ ký này"):
        actions.keep_digital_signature(
            by=director, document=document, kind=SignatureKind.DIGITAL, signed=signed
        )
    with pytest.raises(ValidationError, match="người khác ký"):
        actions.keep_digital_signature(by=clerk, document=document, kind=SignatureKind.SEAL, signed=signed)


@pytest.mark.parametrize("who", ["clerk", "deputy", "head", "officer", "auditor", "administrator"])
def test_only_the_chosen_signer_signs(who):
    work = house((Seat.SIGNER,))
    document = issued(work)
    # Who may is asked before the file is looked at.
    signed = SignedPdf(b"", "", "Vũ Thị Giám", "")
    with pytest.raises(PermissionDenied):
        actions.keep_digital_signature(
            by=work.again(getattr(work, who)), document=document, kind=SignatureKind.DIGITAL, signed=signed
        )


def test_picture_of_a_signature_is_its_owners_alone():
    work = house((Seat.SIGNER,))
    image = image_of(work)
    assert (image.person, image.size > 0) == (work.director, True)
    for person in (work.clerk, work.administrator, work.deputy):
        with pytest.raises(PermissionDenied):
            actions.keep_signature_image(by=work.again(person), person=work.director, content=signature_png())
        with pytest.raises(PermissionDenied):
            actions.remove_signature_image(by=work.again(person), image=image)
    with pytest.raises(PermissionDenied):
        actions.keep_signature_image(
            by=work.again(work.officer), person=work.officer, content=signature_png()
        )
    with pytest.raises(ValidationError):
        actions.keep_signature_image(
            by=work.again(work.director), person=work.director, content=b"no picture"
        )
    actions.remove_signature_image(by=work.again(work.director), image=image)
    assert SignatureImage.objects.count() == 0


def test_picture_that_gave_way_is_no_longer_on_the_disk(django_capture_on_commit_callbacks):
    work = house((Seat.SIGNER,))
    first = str(image_of(work).file.name)
    with django_capture_on_commit_callbacks(execute=True):
        image_of(work)
    assert private_storage().exists(first)
    with django_capture_on_commit_callbacks(execute=True):
        second = actions.keep_signature_image(
            by=work.again(work.director), person=work.director, content=seal_png()
        )
    assert (private_storage().exists(first), private_storage().exists(second.file.name)) == (False, True)


def test_documents_wait_for_their_signer_and_for_the_clerk():
    work = house((Seat.SIGNER,))
    document = issued(work)
    assert list(documents_to_sign(work.again(work.director), DAY)) == [document]
    assert list(documents_to_sign(work.again(work.clerk), DAY)) == [document]
    assert list(documents_to_sign(work.again(work.deputy), DAY)) == []
    actions.sign_on_paper(
        by=work.again(work.clerk), document=document, signer_name="Vũ Thị Giám", signed_at=at(DAY)
    )
    assert list(documents_to_sign(work.again(work.clerk), DAY)) == []
