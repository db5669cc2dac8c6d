"""What an edXML message says, as values: the envelope of a document, and the status that answers it.

Every text is kept in NFC without space around it, on one line but for `content`, `reason` and
`description`, so that a message that is written and read again gives the equal value. Instants have a
time zone and whole seconds; a message means the time of Vietnam.

Source: QCVN 102:2016/BTTTT. The standard's own element stands beside each field whose name differs.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

from khuevan.plain.edxml import texts

VIETNAM: Final = timezone(timedelta(hours=7))
NO_TYPE: Final = "application/octet-stream"
_LINES: Final = {"lines": True}


class _Tidy:
    """A value whose texts and instants are brought into the one form in which messages carry them."""

    __slots__ = ()

    def __post_init__(self) -> None:
        """Tidies the fields; raises ValueError for an instant without a time zone."""
        for each in dataclasses.fields(self):  # type: ignore[arg-type]
            value = getattr(self, each.name)
            tidied = _tidied(value, keeps_lines="lines" in each.metadata)
            if tidied is not value:
                object.__setattr__(self, each.name, tidied)


def _tidied(value: Any, *, keeps_lines: bool) -> Any:
    if isinstance(value, str):
        return texts.lines(value) if keeps_lines else texts.one_line(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        return value.astimezone(VIETNAM).replace(microsecond=0)
    if isinstance(value, tuple):
        items = (_tidied(item, keeps_lines=keeps_lines) for item in value)
        return tuple(item for item in items if item != "")
    return value


@dataclass(frozen=True, slots=True)
class Organisation(_Tidy):
    """A sender or recipient; `code` is the OrganId that the exchange knows it by."""

    code: str
    name: str = ""
    in_charge: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class DocumentCode(_Tidy):
    """The number and the notation of a document: 48 and KH-UBND."""

    number: str
    notation: str

    @property
    def text(self) -> str:
        """The number and notation as the document prints them: 48/KH-UBND."""
        return f"{self.number}/{self.notation}" if self.notation else self.number


@dataclass(frozen=True, slots=True)
class DocumentType(_Tidy):
    """The type of the document: its code (see `codes`), the finer code that some exchanges add, its name."""

    code: int | None = None
    detail: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Signer(_Tidy):
    """Who signed: authority (TM., KT., TL. …, Competence), post, full name."""

    full_name: str = ""
    position: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class OtherInfo(_Tidy):
    """Priority, circulation, drafter's notation, number of copies and pages, names of the annexes."""

    priority: int | None = None
    circulation: str = ""  # SphereOfPromulgation
    drafter: str = ""  # TyperNotation
    copies: int | None = None  # PromulgationAmount
    pages: int | None = None  # PageAmount
    direction: bool | None = None
    annexes: tuple[str, ...] = ()  # Appendixes/Appendix


@dataclass(frozen=True, slots=True)
class ResponseFor(_Tidy):
    """The document that is answered; `code` is its number and notation in one, as printed."""

    organisation: str = ""
    code: str = ""
    document_id: str = ""
    promulgation_date: date | None = None


@dataclass(frozen=True, slots=True)
class Trace(_Tidy):
    """One organisation through which the message went, and when."""

    organisation: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StaffInfo(_Tidy):
    """The person who handles the message at its sender."""

    department: str = ""
    staff: str = ""
    email: str = ""
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class Receiver(_Tidy):
    """A recipient whom an update removes or adds (see `codes.ReceiverChange`)."""

    organisation: str
    change: int | None = None


@dataclass(frozen=True, slots=True)
class Replacement(_Tidy):
    """A document that this one replaces, and the organisations that hold it."""

    document_id: str
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Business(_Tidy):
    """What the message does with a document: new, revoke, update, replace (see `codes.BusinessType`).

    `document_id` is the document that is revoked or updated; `information_changes` and
    `recipient_changes` are the two marks of an update (DocumentInfo, DocumentReceiver).
    """

    type: int | None = None
    reason: str = field(default="", metadata=_LINES)
    document_id: str = ""
    paper: int | None = None
    information_changes: int | None = None
    recipient_changes: int | None = None
    receivers: tuple[Receiver, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    staff: StaffInfo = field(default_factory=StaffInfo)


@dataclass(frozen=True, slots=True)
class Attachment(_Tidy):
    """A file that comes with the message, decoded."""

    name: str
    data: bytes = field(repr=False)
    content_type: str = NO_TYPE
    description: str = field(default="", metadata=_LINES)


@dataclass(frozen=True, slots=True)
class Envelope(_Tidy):
    """A document on its way: who sends it to whom, what it is, and its files."""

    sender: Organisation
    receivers: tuple[Organisation, ...]
    code: DocumentCode
    subject: str
    document_id: str = ""
    place: str = ""
    promulgation_date: date | None = None
    document_type: DocumentType = field(default_factory=DocumentType)
    content: str = field(default="", metadata=_LINES)
    signer: Signer = field(default_factory=Signer)
    due_date: date | None = None
    other: OtherInfo = field(default_factory=OtherInfo)
    responses: tuple[ResponseFor, ...] = ()
    steering: int | None = None
    to_places: tuple[str, ...] = ()
    traces: tuple[Trace, ...] = ()
    business: Business | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusMessage(_Tidy):
    """What a recipient reports of a document: `status` is one of `codes.StatusCode`."""

    sender: Organisation
    response: ResponseFor
    status: str
    description: str = field(default="", metadata=_LINES)
    at: datetime | None = None
    staff: StaffInfo = field(default_factory=StaffInfo)


def document_id(organisation: str, day: date, code: DocumentCode) -> str:
    """The identity of a document: the code of its body, its date, its number and notation.

    `000.00.00.G22,2015/09/30,7816/VPCP-TTĐT`; exchanges also take a UUID.
    """
    return f"{organisation},{day:%Y/%m/%d},{code.text}"
