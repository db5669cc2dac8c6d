"""The mail by which a document goes to a recipient, and the one that calls it back."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from khuevan.documents.dispatch_files import LINKS_LAST, data_of, link_to, outward_name
from khuevan.documents.models import Dispatch, Document, DocumentFile
from khuevan.outbox.actions import UnfitMail, queue_mail
from khuevan.outbox.attachments import Attached, fits

KIND = "DISPATCH"
# Mails to offices are in their language, whoever presses the button.
_LANGUAGE = "vi"


def attached_files(document: Document, files: Sequence[DocumentFile]) -> tuple[Attached, ...]:
    """The files as the mails to all recipients carry them, read once; none where they are too large for a mail."""
    if not fits([file.size for file in files]):
        return ()
    return tuple(
        Attached(outward_name(document, file, first=place == 0), file.content_type, data_of(file))
        for place, file in enumerate(files)
    )


def queue_document_mail(
    dispatch: Dispatch, files: Sequence[DocumentFile], attached: Sequence[Attached], key: str
) -> None:
    """Queues the mail with the attached files; without any, with links to `files`.

    Raises ValidationError where the outbox cannot carry it.
    """
    document = dispatch.document
    with override(_LANGUAGE):
        words = {
            "body": document.issuer_name,
            "document": _named(document),
            "title": document.title,
            "recipient": dispatch.name,
        }
        subject = _("%(body)s sends %(document)s: %(title)s") % words
        text = _("To: %(recipient)s\n\n%(body)s sends you %(document)s: %(title)s.") % words
        if dispatch.purpose:
            text += "\n" + _("For: %s") % dispatch.purpose
        if attached:
            text += "\n\n" + _("The document is attached.")
        else:
            text += (
                "\n\n"
                + _("The files are too large for a mail. They can be fetched here for %d days:")
                % LINKS_LAST.days
            )
            for place, file in enumerate(files):
                name = outward_name(document, file, first=place == 0)
                text += f"\n- {name}\n  {link_to(dispatch, file)}"
        if document.due_date:
            text += "\n\n" + _("An answer is asked for by %s.") % f"{document.due_date:%d/%m/%Y}"
        text += "\n\n" + _("Please confirm to the records office that you received it.")
        reason = _("Recipient of %s.") % _named(document)
    _queue(dispatch, key, subject, text, reason, attached)


def queue_recall_mail(dispatch: Dispatch, reason_of_recall: str) -> None:
    """Queues the mail that calls the document back; raises ValidationError where the outbox cannot carry it."""
    document = dispatch.document
    with override(_LANGUAGE):
        words = {"body": document.issuer_name, "document": _named(document), "reason": reason_of_recall}
        subject = _("%(body)s recalls %(document)s") % words
        text = (
            _(
                "%(body)s recalls %(document)s, which was sent to you, for this reason: %(reason)s\n\n"
                "Please do not use it any more."
            )
            % words
        )
        reason = _("Recipient of %s.") % _named(document)
    _queue(dispatch, f"recall:{dispatch.pk}", subject, text, reason, ())


def _named(document: Document) -> str:
    return f"{document.type_name or _('Document')} {document.symbol}".strip()


def _queue(
    dispatch: Dispatch, key: str, subject: str, text: str, reason: str, attached: Sequence[Attached]
) -> None:
    try:
        queue_mail(
            key=key,
            kind=KIND,
            subject=_one_line(subject, 300),
            text=text,
            reason=_one_line(reason, 300),
            to_name=_one_line(dispatch.name, 150),
            to_address=dispatch.address,
            attachments=attached,
        )
    except UnfitMail as error:
        raise ValidationError(f"{dispatch.name}: {error}") from error


def _one_line(words: str, longest: int) -> str:
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
