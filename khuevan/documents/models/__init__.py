"""The records of official documents: types and numbers, the register, drafts, what leaves the house."""

from __future__ import annotations

from khuevan.documents.models.checking import CheckConfirmation
from khuevan.documents.models.drafts import (
    Comment,
    Draft,
    DraftPicture,
    DraftTemplate,
    DraftVersion,
    LegalBasis,
    ReviewStep,
    Route,
    RouteStep,
)
from khuevan.documents.models.exchange import EdxmlMessage, EdxmlStatus
from khuevan.documents.models.kinds import DocumentType, IssuedNumber, NumberBook, NumberCounter
from khuevan.documents.models.leaving import Dispatch, DispatchEvent, Signature
from khuevan.documents.models.register import (
    CitedName,
    Correspondent,
    Document,
    DocumentFile,
    DocumentQuerySet,
    IncomingFile,
    file_path,
    folded_names,
)
from khuevan.documents.models.signature_images import SignatureImage

__all__ = [
    "CheckConfirmation",
    "CitedName",
    "Comment",
    "Correspondent",
    "Dispatch",
    "DispatchEvent",
    "Document",
    "DocumentFile",
    "DocumentQuerySet",
    "DocumentType",
    "Draft",
    "DraftPicture",
    "DraftTemplate",
    "DraftVersion",
    "EdxmlMessage",
    "EdxmlStatus",
    "IncomingFile",
    "IssuedNumber",
    "LegalBasis",
    "NumberBook",
    "NumberCounter",
    "ReviewStep",
    "Route",
    "RouteStep",
    "Signature",
    "SignatureImage",
    "file_path",
    "folded_names",
]
