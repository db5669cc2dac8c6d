"""Why a document cannot be written. Each message is one sentence for an officer: what, where, what to do."""

from __future__ import annotations


class UnwritableDocument(Exception):
    """The document cannot be written; the message says why and what to do."""
