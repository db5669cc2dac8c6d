"""The values of one document from which the fields of annex VI are filled."""

from __future__ import annotations

from typing import Any

from khuevan.documents.annex_vi import Filled, annex_vi, filled_fields
from khuevan.documents.choices import Direction
from khuevan.documents.models import Correspondent, Document
from khuevan.documents.presenters.register_rows import given_number
from khuevan.documents.queries import correspondents_named


def metadata_of(document: Document) -> tuple[Filled, ...]:
    """The document's metadata in the annex's order; empty fields are left out. Asks for organisation codes."""
    return filled_fields(annex_vi().fields(document.direction), _values(document))


def _values(document: Document) -> dict[str, Any]:
    day = document.issued_date if document.direction == Direction.OUT else document.received_date
    own = (
        Correspondent.objects.filter(unit=document.book.unit_id).values_list("organ_code", flat=True).first()
    )
    return {
        "own_organ_code": (own or "") if document.file_code else "",
        "year": day.year if day and document.file_code else None,
        "file_code": document.file_code,
        "type_name": document.type_name,
        "number": document.number,
        "notation": document.notation,
        "issued_date": document.issued_date,
        "issuer_name": document.issuer_name,
        "title": document.title,
        "language": document.language,
        "page_count": document.page_count,
        "summary": document.summary,
        "signer_position": document.signer_position,
        "signer_name": document.signer_name,
        "recipients": _recipients(document),
        "priority": annex_vi().priorities.get(document.urgency),
        "copy_count": document.copy_count,
        "due_date": document.due_date,
        "received_date": document.received_date,
        "arrival_number": given_number(document),
        "handling_unit": document.handling_unit.name if document.handling_unit else "",
        "handling": _handling(document),
    }


def _recipients(document: Document) -> list[dict[str, str]]:
    """Where the document was sent; before that, who is printed under Nơi nhận."""
    sent = list(document.dispatches.select_related("correspondent"))
    if sent:
        return [
            {
                "name": dispatch.name,
                "organ_code": dispatch.correspondent.organ_code if dispatch.correspondent else "",
            }
            for dispatch in sent
        ]
    names = [str(line).strip(" -;.") for line in document.recipient_lines]
    known = correspondents_named(names)
    return [
        {"name": name, "organ_code": known[name].organ_code if name in known else ""}
        for name in names
        if name
    ]


def _handling(document: Document) -> str:
    """What was ordered, and how far it is, a line each."""
    lines = [document.handling_words, str(document.get_state_display()), document.handled_words]
    return "\n".join(line for line in lines if line)
