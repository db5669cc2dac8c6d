"""Uploaded documents stay in memory until somebody has looked at them.

Django writes what is larger than 2.5 MB into the machine's folder of temporary files while it still arrives. A
document that bears a state-secret marking would leave a copy there before its marking was read.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile

MEGABYTE = 1_000_000
# More than the largest file that any of these pages takes; what is larger is dropped as it arrives.
MOST_BYTES = 80 * MEGABYTE


class DocumentUploadHandler(MemoryFileUploadHandler):
    """Keeps files in memory on the pages that take official documents; elsewhere Django's own handlers work."""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Says by the address whether this handler is meant, and whether the request is not too large for it."""
        address = str(meta.get("PATH_INFO", ""))
        self._is_meant = address.startswith(tuple(settings.UPLOADS_IN_MEMORY))
        self.activated = self._is_meant and content_length <= MOST_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begins a file; one that is too large for memory is dropped, never written to disk."""
        if self._is_meant and not self.activated:
            raise SkipFile
        super().new_file(*args, **kwargs)
