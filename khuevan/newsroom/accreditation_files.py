"""Papers that strangers send along: small, a PDF or a picture, and nothing hidden in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from khuevan.plain.media import messages
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.kinds import CONTENT_TYPES, Kind, inspect
from khuevan.plain.media.limits import DEFAULT_LIMITS, MEGABYTE, MEGAPIXEL
from khuevan.plain.media.raster import reencoded
from khuevan.plain.official_documents import StateSecretDocument, UnreadableDocument
from khuevan.plain.official_documents.extraction import extract
from khuevan.plain.official_documents.limits import Limits
from khuevan.plain.official_documents.state_secrets import refuse_state_secret

# A scan of a card or a letter; a telephone's picture of one.
MOST_BYTES: Final = 8 * MEGABYTE
_PICTURES: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
_LIMITS: Final = replace(
    DEFAULT_LIMITS, picture_bytes=MOST_BYTES, document_bytes=MOST_BYTES, pixels=60 * MEGAPIXEL, frames=1
)
_TOO_LARGE: Final = (
    messages.TOO_BIG,
    messages.PICTURE_TOO_BIG,
    messages.PICTURE_PIXELS,
    messages.PICTURE_SIDE,
)
# Whoever sends a paper is not known: it may not keep the machine busy. No page is recognised from a picture.
_READING: Final = Limits(file_bytes=MOST_BYTES, ocr_pages=0, seconds=5.0, program_seconds=5.0)


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    """A paper that may be kept. `data` of a picture is written anew: without its details, its place, its rests."""

    filename: str
    data: bytes
    content_type: str


def checked_paper(file: UploadedFile) -> CheckedPaper:  # type: ignore[type-arg]
    """The paper; raises ValidationError with one sentence, and then nothing of it was kept or logged."""
    name = (file.name or "paper").replace("\\", "/").rpartition("/")[2][-255:]
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than %(most)d MB: send a smaller scan.")
            % {"name": name, "most": MOST_BYTES // MEGABYTE}
        )
    data = file.read()
    try:
        found = inspect(data, name=name, declared=file.content_type or "", limits=_LIMITS)
        if found.kind in _PICTURES:
            written = reencoded(data, _LIMITS)
            return CheckedPaper(name, written.data, written.content_type)
    except MediaError as refused:
        raise ValidationError(_sentence(refused, name)) from refused
    if found.kind is not Kind.PDF:
        raise ValidationError(_("“%(name)s”: send a PDF, or a picture as JPEG or PNG.") % {"name": name})
    _refuse_marked(name, data)
    return CheckedPaper(name, data, CONTENT_TYPES[Kind.PDF][0])


def _sentence(refused: MediaError, name: str) -> str:
    """What a reporter is told; the library's own sentences speak to officers of formats that are not taken here."""
    if refused.template == messages.EMPTY:
        return _("“%(name)s” is empty: choose the file again.") % {"name": name}
    if refused.template in _TOO_LARGE:
        return _("“%(name)s” is a larger picture than a scan needs: send a smaller one.") % {"name": name}
    return _(
        "“%(name)s” is not a whole PDF, JPEG or PNG, or something else hides in it: scan it anew and send that."
    ) % {"name": name}


def _refuse_marked(name: str, data: bytes) -> None:
    try:
        refuse_state_secret(extract(data, name, limits=_READING))
    except StateSecretDocument:
        raise ValidationError(
            _(
                "“%(name)s” bears a state-secret marking: it may not be on a networked system, and no copy has "
                "been kept."
            )
            % {"name": name}
        ) from None
    except UnreadableDocument:
        # A scan without text, an encrypted file: no marking to be read. Staff get it as a download only.
        return
