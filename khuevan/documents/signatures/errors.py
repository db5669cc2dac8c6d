"""Why something cannot be signed or verified: one sentence for an officer, never a key or a passphrase."""

from __future__ import annotations

from django.utils.functional import Promise


class Refusal(Exception):
    """A sentence with its values, translated when it is shown: it may be raised in a thread of its own."""

    def __init__(self, sentence: str | Promise, **values: object) -> None:
        super().__init__(sentence)
        self._sentence = sentence
        self._values = values

    def __str__(self) -> str:
        return str(self._sentence).format(**self._values) if self._values else str(self._sentence)


class SigningRefused(Refusal):
    """The document was not signed; the message says why and what to do."""


class UnreadableSignature(Refusal):
    """The signatures of a file cannot be judged: it is damaged, too large, too slow or no PDF."""


class UnusableTrustRoot(Refusal):
    """What was given as the certificate of a certification authority is none."""
