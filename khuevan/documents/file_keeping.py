"""Files of documents in the private storage, each under its own digest."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.db import transaction

from khuevan.core.private_files import private_storage
from khuevan.documents.models import DocumentFile, DraftPicture, IncomingFile, SignatureImage, file_path


def kept_name(sha256: str, data: bytes) -> str:
    """The name in the storage under which the bytes lie, written there unless they are there already."""
    name = file_path(IncomingFile(sha256=sha256), "")
    storage = private_storage()
    if storage.exists(name) and storage.size(name) == len(data):
        # Somebody who takes the last row of these bytes away may sweep them before this row is there.
        transaction.on_commit(lambda: None if storage.exists(name) else storage.save(name, ContentFile(data)))
        return name
    return storage.save(name, ContentFile(data))


def forget_file(name: str) -> None:
    """Takes the file away once the transaction has ended, unless a row still names it."""

    def sweep() -> None:
        named = (
            model.objects.filter(file=name).exists()
            for model in (DocumentFile, IncomingFile, DraftPicture, SignatureImage)
        )
        if not any(named):
            private_storage().delete(name)

    # Only once no row names it: a file without a row can be swept, the reverse cannot be mended.
    transaction.on_commit(sweep)
