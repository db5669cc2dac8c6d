"""edXML files that we made, kept with their document."""

from __future__ import annotations

import hashlib

from khuevan.core import clock
from khuevan.documents.choices import FileRole
from khuevan.documents.dispatch_files import symbol_as_name
from khuevan.documents.file_keeping import kept_name
from khuevan.documents.models import Document, DocumentFile
from khuevan.people.models import User

EDXML_TYPE = "application/xml"


def keep_envelope(document: Document, data: bytes, by: User, prefix: str = "") -> DocumentFile:
    """The edXML file as one of the document's; must be called inside an action."""
    sha256 = hashlib.sha256(data).hexdigest()
    name = "-".join(part for part in (prefix, symbol_as_name(document)) if part)
    kept = DocumentFile(
        document=document,
        role=FileRole.ENVELOPE,
        file=kept_name(sha256, data),
        filename=f"{name}.edxml",
        content_type=EDXML_TYPE,
        size=len(data),
        sha256=sha256,
        added_at=clock.now(),
        added_by=by,
    )
    kept.save()
    return kept
