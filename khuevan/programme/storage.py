"""Where signed files lie."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="khuevan.programme.storage.PrivateStorage")
class PrivateStorage(FileSystemStorage):
    """A folder beside the media folder, not in it, so that no web server hands its files out."""

    def __init__(self) -> None:
        super().__init__(location=Path(settings.MEDIA_ROOT).parent / "private")

    def url(self, name: str | None) -> str:
        """Never an address: these files are only opened by code that has asked who may."""
        raise ValueError("A private file has no address.")
