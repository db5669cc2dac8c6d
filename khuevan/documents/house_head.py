"""What the head and foot of a new draft say before anybody has written a word."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from khuevan.documents.models import DocumentType, NumberBook
from khuevan.documents.queries.drafting import head_post_of, last_of_book, possible_signers
from khuevan.documents.symbols import usual_notation
from khuevan.people.models import Unit
from khuevan.plain.official_documents.document import Recipient
from khuevan.plain.official_documents.writing.composition import Composition
from khuevan.plain.official_documents.writing.layout_rules import rules_on

_CITY = re.compile(r"\s+(?:thành phố|tỉnh|TP\.?)\s+(?P<name>\S.*)$", re.IGNORECASE)


def empty_composition(
    *, document_type: DocumentType, book: NumberBook, unit: Unit, title: str, day: date
) -> Composition:
    """A document with head, signer's post and recipients as the book's last draft had them, else as they follow.

    Below a body that names its province the own name is printed without it (Decree 30/2020, annex I).
    """
    head = _last_head(book) or _head_of(book.unit)
    enacting = rules_on(day).enacting
    signers = possible_signers(book.unit, day)
    authority = f"{head_post_of(book.unit, signers)} {head['issuer']}".upper()
    kept = Recipient(f"Lưu: VT, {unit.short_name}" if unit.short_name else "Lưu: VT", None)
    return Composition(
        type=document_type.name,
        number=None,
        notation=usual_notation(book, document_type, unit),
        date=None,
        title=title,
        legal_bases=(),
        sections=(),
        recipients=(Recipient("Như trên", None), kept) if document_type.is_letter else (kept,),
        signatory=None,
        enacting_authority=authority if document_type.name in enacting else "",
        **head,
    )


def _last_head(book: NumberBook) -> dict[str, Any] | None:
    last = last_of_book(book)
    if last is None or not isinstance(last.content, dict):
        return None
    return {name: str(last.content.get(name) or "") for name in ("parent_body", "issuer", "place", "contact")}


def _head_of(body: Unit) -> dict[str, Any]:
    parent = body.parent
    city = _CITY.search(body.name) or (_CITY.search(parent.name) if parent else None)
    issuer = _CITY.sub("", body.name) if parent is not None else body.name
    return {
        "parent_body": parent.name.upper() if parent else "",
        "issuer": issuer.upper(),
        "place": city["name"] if city else "",
        "contact": "",
    }
