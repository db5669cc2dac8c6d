"""No state secret on a networked system: Law 29/2018/QH14, article 5."""

from __future__ import annotations

from collections.abc import Iterator

from khuevan.plain.official_documents.checks.facts import Facts
from khuevan.plain.official_documents.checks.findings import Found, Severity, rule
from khuevan.plain.official_documents.checks.texts import all_texts
from khuevan.plain.official_documents.errors import StateSecretDocument
from khuevan.plain.official_documents.source import Line, Source
from khuevan.plain.official_documents.state_secrets import refuse_state_secret
from khuevan.plain.official_documents.writing.composition import Composition

# A marking fills a line of its own; longer words are none.
_LONGEST_MARKING = 120


@rule("SS1", Severity.ERROR)
def no_secret_marking(composition: Composition, facts: Facts) -> Iterator[Found]:
    """The document bears no state-secret marking.

    Secret documents are not written on a networked system: take this draft out of it and write the
    document on the machine that is set apart for them.
    """
    before = ""
    for text in all_texts(composition):
        for line in text.words.split("\n"):
            words = line.strip()
            if not words or len(words) > _LONGEST_MARKING:
                before = ""
                continue
            if _is_marking(before, words):
                # The words themselves are repeated nowhere.
                yield Found(text.place, "")
                words = ""
            before = words


def _is_marking(before: str, words: str) -> bool:
    lines = tuple(Line(line) for line in (before, words) if line)
    try:
        refuse_state_secret(Source(kind="txt", blocks=lines, wrapped=False))
    except StateSecretDocument:
        return True
    return False
