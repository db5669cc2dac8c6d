"""What a document says about itself, as a clerk enters it: the metadata of Decree 30/2020, annex VI."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.documents.choices import Urgency
from khuevan.documents.models import Correspondent, Document, DocumentType
from khuevan.documents.symbols import split_symbol
from khuevan.people.models import Unit
from khuevan.plain.official_documents.errors import StateSecretDocument
from khuevan.plain.official_documents.source import Line, Source
from khuevan.plain.official_documents.state_secrets import refuse_state_secret


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDetails:
    """Fields of `Document` under their own names. `symbol` is whole, as printed; its halves follow from it."""

    title: str
    type: DocumentType | None = None
    type_name: str = ""
    symbol: str = ""
    place: str = ""
    issued_date: date | None = None
    issuer_name: str = ""
    issuer: Unit | None = None
    sender: Correspondent | None = None
    signer_name: str = ""
    signer_position: str = ""
    urgency: str = Urgency.NORMAL
    circulation: str = ""
    language: str = "Tiếng Việt"
    page_count: int | None = None
    copy_count: int | None = None
    due_date: date | None = None
    summary: str = ""
    file_code: str = ""
    answers: Document | None = None
    recipient_lines: tuple[str, ...] = field(default=())

    def values(self) -> dict[str, Any]:
        """The fields as the model holds them, the symbol taken apart, the type's name filled in."""
        held = {each.name: getattr(self, each.name) for each in fields(self)}
        held["recipient_lines"] = list(self.recipient_lines)
        held["title"] = " ".join(self.title.split())
        held["symbol"] = " ".join(self.symbol.split())
        held["number"], held["notation"] = split_symbol(held["symbol"])
        held["type_name"] = self.type_name.strip() or (self.type.name if self.type else "")
        held["issuer_name"] = self.issuer_name.strip() or (self.issuer.name if self.issuer else "")
        return held


def details_of(document: Document) -> DocumentDetails:
    """What is entered for the document now."""
    held = {each.name: getattr(document, each.name) for each in fields(DocumentDetails)}
    return DocumentDetails(**{**held, "recipient_lines": tuple(document.recipient_lines)})


def refuse_marked_details(details: DocumentDetails) -> None:
    """Raises ValidationError where a state-secret marking was entered: such a document is not registered here."""
    for name in ("title", "circulation", "summary", "symbol"):
        entered = str(getattr(details, name))
        lines = tuple(Line(line.upper()) for line in entered.splitlines() if line.strip())
        try:
            refuse_state_secret(Source("txt", lines, wrapped=False))
        except StateSecretDocument:
            raise ValidationError(
                {
                    name: _(
                        "Documents marked Mật, Tối mật or Tuyệt mật are not registered on a networked system."
                    )
                }
            ) from None
