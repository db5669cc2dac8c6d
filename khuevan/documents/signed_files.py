"""A PDF signed with a person's key or the body's seal: where the signature stands, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.documents.models import Document, DocumentFile, SignatureImage
from khuevan.documents.signatures.errors import SigningRefused
from khuevan.documents.signatures.pictures import Picture, checked_picture
from khuevan.documents.signatures.placement import Placement
from khuevan.documents.signatures.verifying import verify_pdf
from khuevan.documents.signing_setup import (
    names_authorities,
    seal_key,
    seal_picture,
    time_stamp_url,
    trust_roots,
)
from khuevan.plain.folding import fold

if TYPE_CHECKING:
    from khuevan.documents.signatures.keys import SigningKey  # Types only.


# What authorities print with a name; any other word beside it is somebody else's name.
_ADDRESSES = frozenset(
    {
        *("", "ong", "ba", "ths", "ts", "pgs ts", "gs ts"),
        *("giam doc", "pho giam doc", "chu tich", "pho chu tich"),
        *("chanh van phong", "pho chanh van phong", "truong phong", "pho truong phong"),
    }
)


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """A file with one more signature, the digest of the file that it went into, and whose certificate it is."""

    data: bytes
    base_sha256: str
    signer_name: str
    certificate: str
    common_names: tuple[str, ...] = ()


def signed_by_person(
    document: Document, base: DocumentFile, *, key: SigningKey, image: SignatureImage
) -> SignedPdf:
    """The file signed with the signer's key, the picture of the signature between post and name.

    Raises SigningRefused with one sentence; a key that names somebody else, or that no trusted authority issued,
    is refused.
    """
    # Imported where it is used: pyHanko takes two seconds and 50 MB.
    from khuevan.documents.signatures.appearance import PictureAppearance
    from khuevan.documents.signatures.signing import sign_pdf

    pdf = _bytes_of(base)
    picture = checked_picture(_bytes_of(image))
    place = _signature_place(pdf, document, picture)
    signed = sign_pdf(
        pdf,
        key=key,
        at=clock.now(),
        appearance=PictureAppearance(picture, place),
        time_stamp_url=time_stamp_url(),
        tooltip=_("Signature of %(name)s") % {"name": document.signer_name},
    )
    made = _with_certificate(signed, base)
    if not _is_named(document.signer_name, made.common_names):
        raise SigningRefused(
            _("The certificate is {owner}'s, but {signer} signs this document: choose the right key."),
            owner=made.signer_name,
            signer=document.signer_name,
        )
    return _traced(made)


def signed_by_seal(
    document: Document, base: DocumentFile, *, signer_image: SignatureImage | None
) -> SignedPdf:
    """The file with the body's digital seal, over the left third of the signature where a picture is set up."""
    # Imported where it is used: pyHanko takes two seconds and 50 MB.
    from khuevan.documents.signatures.appearance import PictureAppearance
    from khuevan.documents.signatures.signing import sign_pdf
    from khuevan.documents.signatures.signing_place import seal_placement

    pdf = _bytes_of(base)
    seal = seal_picture()
    appearance = None
    if seal is not None and signer_image is not None:
        signature = _signature_place(pdf, document, checked_picture(_bytes_of(signer_image)))
        appearance = PictureAppearance(seal, seal_placement(signature, seal))
    signed = sign_pdf(
        pdf,
        key=seal_key(),
        at=clock.now(),
        appearance=appearance,
        time_stamp_url=time_stamp_url(),
        tooltip=_("Seal of %(body)s") % {"body": document.issuer_name},
    )
    return _traced(_with_certificate(signed, base))


def _traced(made: SignedPdf) -> SignedPdf:
    """The same file; refused where the office names its authorities and the certificate leads to none of them."""
    if not names_authorities():
        return made
    newest = verify_pdf(made.data, trust_roots=trust_roots(), at=clock.now())[-1]
    if not newest.is_trusted:
        raise SigningRefused(
            _(
                "No authority that the office trusts vouches for the certificate of {owner}: choose another key."
            ),
            owner=made.signer_name,
        )
    return made


def _is_named(signer: str, common_names: Sequence[str]) -> bool:
    """Whether a common name is the signer's: the same words, a form of address before or behind them at most."""
    wanted = _words(signer)
    return bool(wanted) and any(
        words[at : at + len(wanted)] == wanted
        and " ".join(words[:at]) in _ADDRESSES
        and " ".join(words[at + len(wanted) :]) in _ADDRESSES
        for words in map(_words, common_names)
        for at in range(len(words))
    )


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", fold(name))


def _signature_place(pdf: bytes, document: Document, picture: Picture) -> Placement:
    from khuevan.documents.signatures.signing_place import find_signing_place, signature_placement

    return signature_placement(find_signing_place(pdf, document.signer_name), picture)


def _with_certificate(signed: bytes, base: DocumentFile) -> SignedPdf:
    import io

    from pyhanko.pdf_utils.reader import PdfFileReader

    newest = PdfFileReader(io.BytesIO(signed), strict=False).embedded_signatures[-1]
    subject = newest.signer_cert.subject
    names = subject.native.get("common_name", "")
    common_names = (names,) if isinstance(names, str) else tuple(names)
    return SignedPdf(
        signed,
        base.sha256,
        ", ".join(common_names) or subject.human_friendly,
        subject.human_friendly[:500],
        common_names,
    )


def _bytes_of(row: DocumentFile | SignatureImage) -> bytes:
    with row.file.open("rb") as stream:
        return bytes(stream.read())
