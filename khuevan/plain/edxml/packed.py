"""A file that an exchange packed in a ZIP archive, taken out of it again."""

from __future__ import annotations

import dataclasses
import io
import zipfile

from khuevan.plain.edxml import contents, messages
from khuevan.plain.edxml.envelope import Attachment
from khuevan.plain.edxml.limits import DEFAULT_LIMITS, Limits


def unpacked(attachment: Attachment, limits: Limits = DEFAULT_LIMITS) -> Attachment:
    """The attachment with the one file of its archive for content; itself where it is no such archive.

    Programs of the national exchange pack each file and keep its name: "ke-hoach.pdf" then holds a ZIP
    archive. Raises `EdxmlError` for an archive that is damaged, encrypted or too large when unpacked.
    """
    if contents.kind_of(attachment.data) != "ZIP" or attachment.name.lower().endswith(".zip"):
        return attachment
    entries = contents.zip_entries(attachment.data)
    if len(entries) != 1 or entries[0].is_dir():
        return attachment
    try:
        with zipfile.ZipFile(io.BytesIO(attachment.data)) as archive, archive.open(entries[0]) as opened:
            data = opened.read(limits.attachment_bytes + 1)
    except contents.BROKEN_ARCHIVE:
        raise messages.refused(messages.UNPACKABLE, name=attachment.name) from None
    if not data or len(data) > limits.attachment_bytes:
        raise messages.refused(messages.UNPACKABLE, name=attachment.name)
    if contents.is_program(attachment.name, data):
        raise messages.refused(messages.UNWRITABLE_PROGRAM, name=attachment.name)
    return dataclasses.replace(attachment, data=data)
