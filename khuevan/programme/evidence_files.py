"""An uploaded file that shall prove work, looked at before anything is kept of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.plain.official_documents import UnreadableDocument
from khuevan.plain.official_documents.errors import StateSecretDocument
from khuevan.plain.official_documents.extraction import extract
from khuevan.plain.official_documents.extraction.file_kinds import FileKind, kind_of
from khuevan.plain.official_documents.limits import MEGABYTE, Limits
from khuevan.plain.official_documents.state_secrets import refuse_state_secret

MOST_BYTES = 50 * MEGABYTE
# What offices exchange. Programs, scripts and web pages are not evidence.
ALLOWED = (
    "pdf", "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp",
    "jpg", "jpeg", "png", "gif", "webp", "heic", "mp3", "mp4", "mov", "zip", "eml", "msg",
)  # fmt: skip
# A marking is looked for in the text of documents; pages are not recognised from pictures within a request.
_LIMITS = Limits(file_bytes=MOST_BYTES, ocr_pages=0, seconds=20.0, program_seconds=15.0)
_WITH_TEXT = frozenset({FileKind.DOCX, FileKind.PDF, FileKind.TEXT})


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: of an allowed kind and size, and without a state-secret marking in its text."""

    filename: str
    data: bytes
    sha256: str


def checked_file(filename: str, stream: IO[bytes]) -> CheckedFile:
    """The file, read whole; raises ValidationError with one sentence and then keeps and logs nothing.

    The name is only ever shown, never used as a path. What the file claims to be is not believed: it is handed
    out as a download only.
    """
    name = Path(filename.replace("\\", "/")).name.strip()[-255:]
    ending = name.rpartition(".")[2].lower()
    if "." not in name or ending not in ALLOWED:
        raise ValidationError(
            _("“%(name)s” is not of a kind that is kept as evidence: use %(kinds)s.")
            % {"name": name, "kinds": ", ".join(ALLOWED)}
        )
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than %(most)s MB: send a smaller copy, or name its web address.")
            % {"name": name, "most": MOST_BYTES // MEGABYTE}
        )
    if not data:
        raise ValidationError(_("“%(name)s” is empty: choose the file again.") % {"name": name})
    _refuse_marked(name, data)
    return CheckedFile(name, data, hashlib.sha256(data).hexdigest())


def _refuse_marked(name: str, data: bytes) -> None:
    try:
        if kind_of(data) in _WITH_TEXT:
            refuse_state_secret(extract(data, name, limits=_LIMITS))
    except StateSecretDocument:
        raise ValidationError(
            _(
                "“%(name)s” bears a state-secret marking: it may not be on a networked system, and no copy has "
                "been kept."
            )
            % {"name": name}
        ) from None
    except UnreadableDocument:
        # A broken or encrypted file, a sheet, a scan: nothing to read a marking from.
        return
