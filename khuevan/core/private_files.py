"""Where files lie that no address serves: signed documents, evidence, drafts' pictures."""

from __future__ import annotations

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """The storage of private files; views hand them out after asking who may."""
    return storages["private"]
