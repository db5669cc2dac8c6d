"""Why an edXML message is refused. Each message is one sentence for an officer: where, what, what to do."""

from __future__ import annotations

from khuevan.plain.official_documents.errors import StateSecretDocument, UnreadableDocument


class EdxmlError(UnreadableDocument):
    """The message cannot be read or written; the sentence says why and what to do."""


class StateSecretEnvelope(EdxmlError, StateSecretDocument):
    """The envelope bears a state-secret marking: refused, no copy kept, no text of it in the sentence.

    Source: Law 29/2018/QH14 on the protection of state secrets, article 5.
    """
