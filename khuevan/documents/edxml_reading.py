"""An edXML message read whole before anything is kept of it, and its files as the register takes them."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.documents.choices import Urgency
from khuevan.documents.details import DocumentDetails
from khuevan.documents.edxml_sentences import edxml_sentence
from khuevan.documents.models import Correspondent, Document, DocumentType
from khuevan.documents.reading_sentences import refusal_sentence
from khuevan.documents.received_files import (
    CONTENT_TYPES,
    ReceivedFile,
    looked_through,
    read_received,
    safe_name,
)
from khuevan.plain.edxml import (
    Attachment,
    EdxmlError,
    Envelope,
    ReadMessage,
    StateSecretEnvelope,
    StatusMessage,
    contents,
    read_edxml,
    unpacked,
)
from khuevan.plain.official_documents import StateSecretDocument, UnreadableDocument
from khuevan.plain.official_documents.extraction.file_kinds import FileKind, kind_of
from khuevan.plain.official_documents.limits import MEGABYTE

_URGENCIES = {
    0: Urgency.NORMAL,
    1: Urgency.URGENT,
    2: Urgency.MORE_URGENT,
    3: Urgency.EXPRESS,
    4: Urgency.SCHEDULED,
}
# Read in this order: the signed PDF is the document, the others go with it.
_MAIN_KINDS = ("pdf", "docx", "doc")

# Under which ending a file is looked through that has none which is kept.
_ENDING_OF = {
    FileKind.TEXT: "txt",
    FileKind.DOCX: "docx",
    FileKind.PDF: "pdf",
    FileKind.LEGACY_WORD: "doc",
    FileKind.PICTURE: "png",
}
# An honest archive of a plan with its annexes is smaller by far; a larger one would keep the reader busy for hours.
MOST_PACKED_FILES = 30
MOST_PACKED_BYTES = 200 * MEGABYTE
MOST_ARCHIVES_DEEP = 2
# Archives that no program of the house opens.
_SEALED_ARCHIVES = frozenset({"RAR", "7Z", "GZ"})


class UnfitMessage(ValidationError):
    """The message is refused; `secret` says that it bears a state-secret marking, so that nothing of it is kept."""

    def __init__(self, sentence: str, *, secret: bool = False) -> None:
        super().__init__(sentence)
        self.secret = secret


@dataclass(frozen=True, slots=True)
class CheckedMessage:
    """A message that may be kept: read, of an allowed size, without a state-secret marking in it or its files."""

    filename: str
    data: bytes
    sha256: str
    read: ReadMessage

    @property
    def message(self) -> Envelope | StatusMessage:
        """What the message says."""
        return self.read.message


def checked_message(filename: str, data: bytes) -> CheckedMessage:
    """The message; raises UnfitMessage with one sentence, which names the line for a malformed one."""
    name = safe_name(filename) or "message.edxml"
    try:
        read = read_edxml(data)
    except StateSecretEnvelope as error:
        raise UnfitMessage(refusal_sentence(error), secret=True) from None
    except EdxmlError as error:
        raise UnfitMessage(edxml_sentence(str(error))) from None
    if isinstance(read.message, Envelope):
        for attachment in read.message.attachments:
            _refuse_marked(attachment)
    return CheckedMessage(name, data, hashlib.sha256(data).hexdigest(), read)


def received_files_of(envelope: Envelope) -> list[ReceivedFile]:
    """The files of the envelope for the register, the document itself first and read as far as it can be.

    A file of a kind that the register does not keep stays in the envelope alone.
    """
    files = [_unpacked(attachment) for attachment in envelope.attachments]
    kept = [file for file in files if _ending(file.name) in CONTENT_TYPES and file.data]
    ranked = sorted(kept, key=lambda file: _rank(file.name))
    received: list[ReceivedFile] = []
    for place, file in enumerate(ranked):
        stream = BytesIO(file.data)
        if place == 0:
            try:
                received.append(read_received(file.name, stream))
                continue
            except ValidationError:
                stream.seek(0)
        received.append(looked_through(file.name, stream))
    return received


def details_from(envelope: Envelope) -> DocumentDetails:
    """What the register enters for the document, as its envelope tells it."""
    sender = Correspondent.objects.filter(organ_code=envelope.sender.code).exclude(organ_code="").first()
    code = envelope.document_type.code
    types = DocumentType.objects.filter(name__iexact=envelope.document_type.name or "?")
    known = types.first() or (
        DocumentType.objects.filter(edxml_type=str(code)).first() if code is not None else None
    )
    answered = [each.document_id for each in envelope.responses if each.document_id]
    return DocumentDetails(
        title=envelope.subject,
        type=known,
        type_name=envelope.document_type.name,
        symbol=envelope.code.text,
        place=envelope.place[:100],
        issued_date=envelope.promulgation_date,
        issuer_name=(envelope.sender.name or (sender.name if sender else ""))[:255],
        issuer=sender.unit if sender else None,
        sender=sender,
        signer_name=envelope.signer.full_name[:150],
        signer_position=envelope.signer.position[:200],
        urgency=_URGENCIES.get(envelope.other.priority or 0, Urgency.NORMAL),
        circulation=envelope.other.circulation[:60],
        page_count=envelope.other.pages,
        copy_count=envelope.other.copies,
        due_date=envelope.due_date,
        answers=Document.objects.outgoing().filter(edxml_id__in=answered).first() if answered else None,
        recipient_lines=tuple(f"- {place};" for place in envelope.to_places),
    )


def _refuse_marked(attachment: Attachment) -> None:
    """Raises UnfitMessage where a file of the message, or one packed in it, bears a state-secret marking.

    What a file is, its bytes say: a name without an ending, or with another one, hides nothing.
    """
    for file in _packed_files(_unpacked(attachment)):
        try:
            ending = _ENDING_OF[kind_of(file.data)]
        except UnreadableDocument:
            # A sheet, a program's own file: nothing that the reader reads.
            continue
        name = file.name if _ending(file.name) in CONTENT_TYPES else f"{file.name}.{ending}"
        try:
            looked_through(name, BytesIO(file.data))
        except ValidationError as error:
            sentence = " ".join(error.messages)
            # A file that is merely too large must not be destroyed as a secret one is.
            raise UnfitMessage(
                sentence, secret=sentence == refusal_sentence(StateSecretDocument(""))
            ) from None


def _packed_files(file: Attachment, depth: int = 0) -> Iterator[Attachment]:
    """The file, and the files in it where it is an archive; raises UnfitMessage for one that hides what it holds."""
    if not file.data:
        return
    yield file
    kind = contents.kind_of(file.data)
    if kind in _SEALED_ARCHIVES:
        raise _not_looked_through(file)
    if kind != "ZIP":
        return
    entries = [entry for entry in contents.zip_entries(file.data) if not entry.is_dir()]
    if (
        not 0 < len(entries) <= MOST_PACKED_FILES
        or sum(entry.file_size for entry in entries) > MOST_PACKED_BYTES
        or depth == MOST_ARCHIVES_DEEP
    ):
        raise _not_looked_through(file)
    with zipfile.ZipFile(BytesIO(file.data)) as archive:
        for entry in entries:
            try:
                with archive.open(entry) as opened:
                    # Never more than the directory says, whatever follows.
                    data = opened.read(entry.file_size + 1)
            except contents.BROKEN_ARCHIVE:
                raise _not_looked_through(file) from None
            yield from _packed_files(Attachment(name=entry.filename, data=data), depth + 1)


def _not_looked_through(file: Attachment) -> UnfitMessage:
    return UnfitMessage(
        _("The archive “%s” cannot be looked through: ask the sender for the files themselves.") % file.name
    )


def _unpacked(attachment: Attachment) -> Attachment:
    try:
        return unpacked(attachment)
    except StateSecretDocument:
        raise
    except EdxmlError:
        # A damaged archive stays as it came, in the envelope.
        return attachment


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _rank(name: str) -> int:
    ending = _ending(name)
    return _MAIN_KINDS.index(ending) if ending in _MAIN_KINDS else len(_MAIN_KINDS)
