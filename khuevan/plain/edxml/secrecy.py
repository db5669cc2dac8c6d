"""The state-secret marking of an envelope, which forbids keeping the message on a networked system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from khuevan.plain.edxml.envelope import Envelope, StatusMessage
from khuevan.plain.edxml.errors import StateSecretEnvelope
from khuevan.plain.official_documents.errors import StateSecretDocument
from khuevan.plain.official_documents.extraction.characters import clean
from khuevan.plain.official_documents.source import Line, Source
from khuevan.plain.official_documents.state_secrets import REFUSAL, refuse_state_secret

_BRACKETED: Final = re.compile(r"[(\[{<“\"]([^()\[\]{}<>“”\"]{1,40})[)\]}>”\"]")
_PARTS: Final = re.compile(r"\s[-–—:/]\s|[;:|]|\n")
_ENDING: Final = re.compile(r"\.\w{1,5}\Z", re.ASCII)
_SHORT: Final = 40
# Ten times what the standard allows a field; a marking stands at the head of a text.
_LOOKED_AT: Final = 5_000


def refuse_secret_message(message: Envelope | StatusMessage) -> None:
    """Nothing where the fields that describe a document bear no marking; else as `refuse_secret_texts`."""
    refuse_secret_texts(_fields(message))


def refuse_secret_texts(texts: Iterable[str]) -> None:
    """Nothing where no text bears a marking; raises StateSecretEnvelope where one does.

    A marking is the whole of a field, of a file's name or of a bracket, in any letters; or, in
    capitals, the words before or after a dash or colon. Text that speaks of secrecy is no marking.
    """
    for text in texts:
        # Each way of writing a marking has this letter; most texts of a long message are done with here.
        if "m" not in text and "M" not in text:
            continue
        for candidate in _candidates(clean(text[:_LOOKED_AT]).strip()):
            try:
                refuse_state_secret(Source("txt", (Line(candidate),), wrapped=False))
            except StateSecretDocument:
                raise StateSecretEnvelope(REFUSAL) from None


def _fields(message: Envelope | StatusMessage) -> Iterator[str]:
    if isinstance(message, StatusMessage):
        yield message.description
        return
    yield from (message.subject, message.content, message.code.notation, message.document_type.name)
    yield from (message.other.circulation, message.other.drafter, *message.other.annexes)
    yield from message.to_places
    if message.business is not None:
        yield message.business.reason
    for attachment in message.attachments:
        yield from (attachment.name, attachment.description)


def _candidates(text: str) -> Iterator[str]:
    """What may be a marking by itself, in capitals where its place alone says that it is one."""
    if not text:
        return
    if len(text) <= _SHORT:
        yield text.upper()
        yield _ENDING.sub("", text).upper()
    yield from (found.upper() for found in _BRACKETED.findall(text))
    parts = _PARTS.split(text)
    if len(parts) > 1:
        yield from (part for part in parts if len(part) <= _SHORT)
    # "Độ mật: Tối mật" falls apart at its colon; the whole line is looked at as well.
    yield from text.split("\n")
