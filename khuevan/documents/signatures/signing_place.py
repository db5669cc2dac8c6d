"""Where a leader signs: between the post and the name, found by the letters of the finished PDF."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from khuevan.documents.signatures.errors import SigningRefused
from khuevan.documents.signatures.pictures import Picture
from khuevan.documents.signatures.placement import Placement
from khuevan.documents.signatures.rules import signature_rules
from khuevan.plain.official_documents.errors import UnreadableDocument
from khuevan.plain.official_documents.extraction.page_geometry import Page, Piece
from khuevan.plain.official_documents.extraction.pdf_pages import read_pages
from khuevan.plain.official_documents.extraction.pdf_safety import is_plain, read_pages_apart
from khuevan.plain.official_documents.limits import Deadline, Limits

_LIMITS: Final = Limits(seconds=60.0)
_SAME_CENTRE: Final = 12.0
_HIGHEST_SPACE: Final = 220.0
_LOWEST_SPACE: Final = 24.0
# How far letters reach above and below their baseline, as a share of the size: stacked accents included.
_ABOVE: Final = 1.0
_BELOW: Final = 0.28


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """The empty space between the post and the name, in points from the top left corner of the page as shown.

    `page` counts from 1; `centre` is the middle of the name; `baseline` the name's baseline.
    """

    page: int
    centre: float
    top: float
    bottom: float
    baseline: float


def find_signing_place(pdf: bytes, name: str) -> SigningPlace:
    """Where `name` stands alone on a line for the last time under a post with space for a signature between.

    Raises SigningRefused where there is none: the caller then asks for the place.
    """
    try:
        read = read_pages if is_plain(pdf, _LIMITS) else read_pages_apart
        pages, _warnings = read(pdf, _LIMITS, Deadline.after(_LIMITS.seconds))
    except UnreadableDocument:
        raise SigningRefused(_("The PDF cannot be read: make it again from its draft.")) from None
    wanted = _folded(name)
    for page in reversed(pages):
        for piece in sorted(page.pieces, key=lambda piece: -piece.y):
            if wanted and _folded(piece.text) == wanted:
                place = _space_over(piece, page)
                if place is not None:
                    return place
    raise SigningRefused(
        _(
            "The name «{name}» does not stand under a post with space for a signature: choose the place yourself."
        ),
        name=name,
    )


def signature_placement(place: SigningPlace, picture: Picture) -> Placement:
    """The place of the signature's picture: centred between post and name, as large as the space allows."""
    rules = signature_rules()
    height = (place.bottom - place.top) * rules.share_of_space
    width = height * picture.ratio
    if width > rules.widest_signature:
        width, height = rules.widest_signature, rules.widest_signature / picture.ratio
    middle = (place.top + place.bottom) / 2
    return Placement(place.page, place.centre - width / 2, middle - height / 2, width, height)


def seal_placement(signature: Placement, seal: Picture, *, width: float | None = None) -> Placement:
    """The place of the agency's seal: in real size, over about a third of the signature, on its left.

    `width` in points; without it the size that the picture's own resolution states.
    """
    if width is not None:
        size = (width, width / seal.ratio)
    elif seal.real_size is not None:
        size = seal.real_size
    else:
        raise SigningRefused(
            _(
                "The picture of the seal does not say how large it is on paper: enter its width in millimetres."
            )
        )
    right = signature.left + signature.width * signature_rules().seal_over_signature
    middle = signature.top + signature.height / 2
    return Placement(signature.page, right - size[0], middle - size[1] / 2, size[0], size[1])


def _space_over(name: Piece, page: Page) -> SigningPlace | None:
    """The space between a name and the nearest line over it; None unless that shares its middle, as a post does."""
    over = [
        piece
        for piece in page.pieces
        if piece.y < name.y - 1 and piece.left < name.right and piece.right > name.left
    ]
    if not over:
        return None
    post = max(over, key=lambda piece: piece.y)
    if abs(post.centre - name.centre) > _SAME_CENTRE:
        return None
    top, bottom = post.y + _BELOW * post.size, name.y - _ABOVE * name.size
    if not _LOWEST_SPACE <= bottom - top <= _HIGHEST_SPACE:
        return None
    return SigningPlace(page.number, name.centre, top, bottom, name.y)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
