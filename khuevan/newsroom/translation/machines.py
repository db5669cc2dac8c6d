"""Machine translation by whatever program or service the office sets up; without one there is none.

What leaves the house is the text of the paragraphs that are not translated yet, and nothing else: no names of
officers, no addresses of pages, no embargo. See docs/howto/translate-a-piece.md for the protocol.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from khuevan.core.outgoing import OutgoingRefused, OutgoingRules, asked
from khuevan.plain.translation_files.inline import BrokenMarks, canonical, differing_marks

MOST_LETTERS = 200_000


class TranslationFailed(Exception):
    """Nothing was translated: the sentence says why."""


class Machine(Protocol):
    """A program that translates. `name` is what officers read beside each paragraph that it made."""

    name: str

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """As many texts as were given, in their order, marks kept; raises TranslationFailed."""


class HttpMachine:
    """A translator behind an address that speaks our small protocol (JSON over HTTP)."""

    def __init__(self) -> None:
        self.name: str = settings.MACHINE_TRANSLATION_NAME
        self._url: str = settings.MACHINE_TRANSLATION_URL
        self._key: str = settings.MACHINE_TRANSLATION_KEY
        self._rules = OutgoingRules(
            seconds=60.0, answer_bytes=4_000_000, inside=settings.MACHINE_TRANSLATION_INSIDE
        )

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """The texts as the service translates them; raises TranslationFailed."""
        question = {"source": source, "target": target, "format": "html", "texts": list(texts)}
        headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        try:
            answer = asked(
                self._url,
                method="POST",
                content=json.dumps(question).encode(),
                headers=headers,
                rules=self._rules,
            )
        except OutgoingRefused as refused:
            raise TranslationFailed(str(refused)) from None
        if answer.status != 200:
            raise TranslationFailed(
                _("%(machine)s refused (status %(status)s).")
                % {"machine": self.name, "status": answer.status}
            )
        try:
            found: Any = json.loads(answer.content)["texts"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise TranslationFailed(
                _("The answer of %(machine)s cannot be read.") % {"machine": self.name}
            ) from None
        if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
            raise TranslationFailed(_("The answer of %(machine)s cannot be read.") % {"machine": self.name})
        return found


def machine() -> Machine | None:
    """The machine that the installation uses; None where none is set up."""
    if settings.MACHINE_TRANSLATOR:
        made: Machine = import_string(settings.MACHINE_TRANSLATOR)()
        return made
    return HttpMachine() if settings.MACHINE_TRANSLATION_URL else None


def translated_by(using: Machine, sources: dict[str, str], source: str, target: str) -> dict[str, str]:
    """The translations by the keys of their sources; those whose marks came back broken are left out.

    Raises TranslationFailed; then there is none at all.
    """
    if sum(map(len, sources.values())) > MOST_LETTERS:
        raise TranslationFailed(_("The piece is too long to be sent to a machine at once."))
    answers = using.translate(list(sources.values()), source, target)
    if len(answers) != len(sources):
        raise TranslationFailed(
            _("%(machine)s gave back another number of paragraphs than it got.") % {"machine": using.name}
        )
    found = {
        key: canonical(text)
        for (key, said), text in zip(sources.items(), answers, strict=True)
        if text.strip() and _keeps_marks(said, text)
    }
    if sources and not found:
        raise TranslationFailed(_("%(machine)s translated nothing.") % {"machine": using.name})
    return found


def _keeps_marks(source: str, text: str) -> bool:
    try:
        return differing_marks(source, text) == ([], [])
    except BrokenMarks:
        return False
