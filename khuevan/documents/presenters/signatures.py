"""A document's signatures as its page shows them, and what the person may do about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khuevan.documents.choices import Direction, DocumentState, SignatureKind
from khuevan.documents.models import Document, DocumentFile, Signature
from khuevan.documents.permissions import can_keep_register
from khuevan.documents.queries.signed import SIGNS, file_to_sign, signature_image_of, signatures_of
from khuevan.documents.signing_permissions import can_sign
from khuevan.documents.signing_setup import has_seal, names_authorities
from khuevan.people.models import User


@dataclass(frozen=True, slots=True)
class SignaturesView:
    """Everything that the panel shows. `file`: into which the next signature goes.

    `is_traced`: a digital signature is taken only from an authority that the office trusts.
    """

    document: Document
    signatures: tuple[Signature, ...]
    file: DocumentFile | None
    is_signed: bool
    is_digital: bool
    may_make_files: bool
    may_sign: bool
    has_image: bool
    may_seal: bool
    may_register_paper: bool
    is_traced: bool

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to see or do: only documents of the own office are signed here."""
        return self.document.direction == Direction.OUT


def signatures_view(document: Document, user: User, day: date) -> SignaturesView:
    """The signatures as the person sees them on the day."""
    signatures = tuple(signatures_of(document))
    kinds = {signature.kind for signature in signatures}
    file = file_to_sign(document)
    ended = document.state in {DocumentState.REVOKED, DocumentState.REPLACED}
    keeps = can_keep_register(user, day) and not ended and document.direction == Direction.OUT
    digital = SignatureKind.DIGITAL in kinds
    signs = not digital and not ended and file is not None and can_sign(user, document, day)
    return SignaturesView(
        document=document,
        signatures=signatures,
        file=file,
        is_signed=not SIGNS.isdisjoint(kinds),
        is_digital=digital or SignatureKind.SEAL in kinds,
        may_make_files=keeps and file is None and document.content is not None,
        may_sign=signs,
        has_image=signs and signature_image_of(user) is not None,
        may_seal=keeps and digital and SignatureKind.SEAL not in kinds and has_seal(),
        may_register_paper=keeps and SignatureKind.PAPER not in kinds,
        is_traced=names_authorities(),
    )
