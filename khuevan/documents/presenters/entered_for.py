"""What the reader read in a file, as the first entries of the registering form."""

from __future__ import annotations

from datetime import date
from typing import Any

from khuevan.documents.models import DocumentType, IncomingFile
from khuevan.people.queries import unit_by_name
from khuevan.plain.folding import fold
from khuevan.plain.official_documents.document import OfficialDocument, Recipient, from_stored


def reading_of(waiting: IncomingFile | None) -> OfficialDocument | None:
    """What was read in the file, if it could be read."""
    return from_stored(waiting.reading) if waiting is not None and waiting.reading else None


def entered_for(waiting: IncomingFile | None, day: date) -> dict[str, Any]:
    """The form's first values: what was read, today as the day on which it came."""
    entered: dict[str, Any] = {"received_date": day, "urgency": "NORMAL", "language": "Tiếng Việt"}
    read = reading_of(waiting)
    if waiting is None or read is None:
        return entered
    issuer = read.issuer or ""
    unit = unit_by_name(issuer, day) if issuer else None
    signatory = read.signatory
    return entered | {
        "symbol": read.symbol or "",
        "issued_date": read.date,
        "type": _type_of(read.type, day),
        "title": read.title or "",
        "issuer_name": unit.name if unit else issuer,
        "signer_name": (signatory.name if signatory else "") or "",
        "signer_position": _readable((signatory.position if signatory else "") or ""),
        "place": read.place or "",
        "recipients": "\n".join(map(_line, read.recipients)),
        "page_count": waiting.page_count,
    }


def _type_of(name: str | None, day: date) -> DocumentType | None:
    if not name:
        return None
    wanted = fold(name)
    return next((kind for kind in DocumentType.objects.on(day) if fold(kind.name) == wanted), None)


def _line(recipient: Recipient) -> str:
    return f"{recipient.name} ({recipient.purpose})" if recipient.purpose else recipient.name


def _readable(text: str) -> str:
    """A post as sentences write it, Giám đốc; a head prints it in capitals, which shout in a list."""
    return text.capitalize() if text.isupper() else text
