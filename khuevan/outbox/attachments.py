"""The files that a mail carries: bounded when it is queued, kept by their digest, the same bytes when it leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.core.private_files import private_storage
from khuevan.outbox import acceptance
from khuevan.outbox.acceptance import UnfitMail
from khuevan.outbox.models import MailAttachment, OutgoingMail, attachment_path

MEGABYTE = 1_000_000
# In base64 that is 20 MB, which the mail servers of offices take.
MOST_BYTES = 15 * MEGABYTE
MOST_FILES = 20
# A name of Vietnamese letters becomes nine times as long in the mail's head, whose lines end at 998 characters.
LONGEST_NAME = 80


@dataclass(frozen=True)
class Attached:
    """A file of a mail: its name for the reader, its type, its bytes. One for many mails is digested once."""

    filename: str
    content_type: str
    data: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        """The digest under which the file is kept."""
        return hashlib.sha256(self.data).hexdigest()


def fits(sizes: Sequence[int]) -> bool:
    """Whether files of these sizes, in bytes, may go along with one mail."""
    return len(sizes) <= MOST_FILES and sum(sizes) <= MOST_BYTES


def checked(files: Sequence[Attached]) -> tuple[Attached, ...]:
    """The files with names that a mail can carry; raises UnfitMail for what it cannot."""
    if len(files) > MOST_FILES:
        raise UnfitMail(
            ngettext("A mail carries at most %d file.", "A mail carries at most %d files.", MOST_FILES)
            % MOST_FILES
        )
    if not fits([len(file.data) for file in files]):
        raise UnfitMail(_("The files of a mail are at most %d MB together.") % (MOST_BYTES // MEGABYTE))
    return tuple(_checked(file) for file in files)


def keep(mail: OutgoingMail, files: Sequence[Attached]) -> None:
    """Keeps the files with the mail, in their order; joins the caller's transaction."""
    for order, file in enumerate(files):
        row = MailAttachment(
            mail=mail,
            order=order,
            filename=file.filename,
            content_type=file.content_type,
            size=len(file.data),
            sha256=file.sha256,
        )
        row.file.name = _kept_name(row, file.data)
        row.save()


def attached_to(mail: OutgoingMail) -> tuple[Attached, ...]:
    """The files of the mail as they were when it was queued; raises UnfitMail where one is no longer the same."""
    return tuple(_as_kept(row) for row in mail.attachments.all()) if mail.pk else ()


def _checked(file: Attached) -> Attached:
    name = acceptance.one_line(file.filename, _("The name of a file"), 255)
    if not name or "/" in name or "\\" in name or not file.data:
        raise UnfitMail(_("A file of a mail has a name and is not empty."))
    if not file.content_type.isascii() or file.content_type.count("/") != 1:
        raise UnfitMail(_("A file of a mail has a type such as application/pdf."))
    fit = replace(file, filename=_short(name), content_type=acceptance.one_line(file.content_type, "", 100))
    return file if fit == file else fit


def _short(name: str) -> str:
    """The name with its ending, cut in the middle where it is too long for a mail's head."""
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST_NAME:
        return name
    ending = f"{dot}{ending}" if dot and len(ending) <= 10 else ""
    return f"{(stem or name)[: LONGEST_NAME - len(ending) - 1].rstrip()}…{ending}"


def _kept_name(row: MailAttachment, data: bytes) -> str:
    """The file's name in the storage, written there unless it is there whole; a file without a row does no harm."""
    name, storage = attachment_path(row, ""), private_storage()
    if storage.exists(name) and storage.size(name) == len(data):
        return name
    kept: str = storage.save(name, ContentFile(data))
    return kept


def _as_kept(row: MailAttachment) -> Attached:
    with private_storage().open(str(row.file.name)) as stream:
        data = stream.read()
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise UnfitMail(_("The file “%s” is no longer as it was when the mail was written.") % row.filename)
    return Attached(row.filename, row.content_type, data)
