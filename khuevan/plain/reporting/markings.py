"""State-secret markings in what is typed into a report, wherever in a text they stand.

Law 29/2018/QH14, article 5: nothing secret is written on a computer that has been on a network.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from khuevan.plain.edxml.errors import StateSecretEnvelope
from khuevan.plain.edxml.secrecy import refuse_secret_texts
from khuevan.plain.official_documents.errors import StateSecretDocument
from khuevan.plain.official_documents.extraction.characters import clean
from khuevan.plain.official_documents.source import Line, Source
from khuevan.plain.official_documents.state_secrets import refuse_state_secret

# The searches for markings look at the head of a text only: a long line is looked at piece by piece.
_PIECE: Final = 1_900
_STEP: Final = 1_800


def is_marked(text: str) -> bool:
    """Whether a marking fills a line or bracket of the text, in any letters, or stands in capitals by a dash.

    A text that speaks of secrecy ("bảo vệ bí mật nhà nước") is not marked.
    """
    return any(_is_marked_piece(piece) for line in _lines(text) for piece in _pieces(line))


def _lines(text: str) -> Iterator[str]:
    # Each way of writing a marking has this letter, in old fonts, too; wide letters become plain ones.
    for line in unicodedata.normalize("NFKC", clean(text)).split("\n"):
        if "m" in line or "M" in line:
            yield line.strip()


def _pieces(line: str) -> Iterator[str]:
    yield line[:_PIECE]
    for start in range(_STEP, len(line) - (_PIECE - _STEP), _STEP):
        yield line[start : start + _PIECE]


def _is_marked_piece(piece: str) -> bool:
    try:
        refuse_secret_texts((piece,))
        # By itself and in capitals, so that a marking is one anywhere and not only at the head of a page.
        refuse_state_secret(Source("txt", (Line(piece.upper()),), wrapped=False))
    except (StateSecretEnvelope, StateSecretDocument):
        return True
    return False
