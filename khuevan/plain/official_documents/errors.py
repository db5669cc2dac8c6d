"""Why a file cannot be read. Each message is one sentence for an officer: what, where, what to do."""

from __future__ import annotations


class UnreadableDocument(Exception):
    """The file cannot be read; the message says why and what to do. Never holds the file's text."""


class StateSecretDocument(UnreadableDocument):
    """The file bears a state-secret marking: refused, no copy kept, no text logged.

    Source: Law 29/2018/QH14 on the protection of state secrets, article 5.
    """


class MissingProgram(UnreadableDocument):
    """The file needs an optional program (LibreOffice, Tesseract) that is not installed here."""
