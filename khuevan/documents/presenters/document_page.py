"""One document as its page shows it: groups of facts, its files, what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.template.defaultfilters import filesizeformat
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from khuevan.core.models import AuditEntry
from khuevan.core.presenters import TrailLine, days_of_trail
from khuevan.documents.choices import Direction, FileRole
from khuevan.documents.models import Document, DocumentFile
from khuevan.documents.presenters.register_rows import given_number


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value, perhaps of several lines."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that belong together, under a heading."""

    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class FileItem:
    """A file: what it is, how large, its hash in groups to be compared by eye."""

    file: DocumentFile
    role: str
    size: str
    digest: tuple[str, ...]
    is_pdf: bool


def groups(document: Document) -> list[Group]:
    """The document's metadata in groups; what nobody entered is left out."""
    made = [
        Group(_("The document"), _facts(*_identity(document))),
        Group(
            _("Arrival") if document.direction == Direction.IN else _("Numbering"), _facts(*_given(document))
        ),
        Group(_("Who issued and signed it"), _facts(*_origin(document))),
        Group(_("Who gets it"), _facts((_("Recipients"), tuple(map(str, document.recipient_lines))))),
        Group(_("Size and keeping"), _facts(*_size(document))),
    ]
    return [group for group in made if group.facts]


Entry = tuple[str, object]


def _identity(document: Document) -> list[Entry]:
    return [
        (_("Number and symbol"), document.symbol),
        (pgettext("official document", "Type"), document.type_name),
        (_("Dated"), document.issued_date),
        (pgettext("official document", "Place"), document.place),
        (_("Urgency"), document.get_urgency_display()),
        (_("Circulation"), document.circulation),
        (_("Language"), document.language),
    ]


def _given(document: Document) -> list[Entry]:
    incoming = document.direction == Direction.IN
    return [
        (_("Arrival number") if incoming else _("Number given"), given_number(document)),
        (_("Received on"), document.received_date),
        (_("Book of numbers"), document.book.name),
        (_("Registered"), _by_and_at(str(document.registered_by), document.registered_at)),
        (_("Drafting unit"), document.drafting_unit and document.drafting_unit.name),
        (_("To be answered by"), None if incoming else document.due_date),
    ]


def _origin(document: Document) -> list[Entry]:
    return [
        (_("Issued by"), document.issuer_name),
        (_("Sent by"), document.sender and document.sender.name),
        (_("Signed by"), document.signer_name),
        (_("Post of the signer"), document.signer_position),
    ]


def _size(document: Document) -> list[Entry]:
    return [
        (_("Pages"), document.page_count),
        (_("Copies"), document.copy_count),
        (_("Code of the case file"), document.file_code),
        (_("Identifier in edXML"), document.edxml_id),
        (_("Remarks"), tuple(document.summary.splitlines())),
    ]


def _facts(*entries: Entry) -> tuple[Fact, ...]:
    facts = []
    for label, value in entries:
        if value in (None, "", ()):
            continue
        if isinstance(value, tuple):
            facts.append(Fact(label, value))
        elif isinstance(value, date):
            facts.append(Fact(label, (f"{value:%d/%m/%Y}",)))
        else:
            facts.append(Fact(label, (str(value),)))
    return tuple(facts)


def _by_and_at(person: str, moment: datetime) -> str:
    return _("%(person)s, at %(moment)s") % {
        "person": person,
        "moment": f"{localtime(moment):%H:%M %d/%m/%Y}",
    }


def file_items(files: Sequence[DocumentFile]) -> list[FileItem]:
    """The files, those that are the document itself first."""
    order = {role: place for place, role in enumerate(_ROLE_ORDER)}
    return [
        FileItem(
            file=file,
            role=str(file.get_role_display()),
            size=_size_in_words(file),
            digest=tuple(file.sha256[start : start + 8] for start in range(0, 64, 8)),
            is_pdf=file.content_type == "application/pdf",
        )
        for file in sorted(files, key=lambda file: (order.get(FileRole(file.role), 99), file.pk))
    ]


_ROLE_ORDER = (
    FileRole.SIGNED, FileRole.SCANNED, FileRole.PRINTED, FileRole.RECEIVED, FileRole.EDITABLE,
    FileRole.ENVELOPE, FileRole.ATTACHMENT,
)  # fmt: skip


def _size_in_words(file: DocumentFile) -> str:
    size = filesizeformat(file.size)
    if file.page_count is None:
        return size
    pages = ngettext("%(count)d page", "%(count)d pages", file.page_count) % {"count": file.page_count}
    return f"{pages}, {size}"


def history(entries: Sequence[AuditEntry]) -> list[tuple[date, list[TrailLine]]]:
    """What happened to the document and its files, the latest day first, as the audit trail tells it.

    What was entered first is on the page itself: only changes are told field by field.
    """
    for entry in entries:
        if entry.kind != AuditEntry.Kind.CHANGED:
            entry.changes = {}
    return days_of_trail(entries)
