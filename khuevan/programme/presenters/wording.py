"""Words for small things: a task's short title, a section's name, a deadline."""

from __future__ import annotations

import re
from datetime import date

from django.utils.formats import date_format

from khuevan.programme.choices import Recurrence

_SENTENCE_END = re.compile(r"[.;:!?](?=\s)")
_PAUSE = re.compile(r"[,;:](?=\s)|\s[–-]\s")
TITLE_LENGTH = 110
# A title cut at a comma must still say something.
LEAST_TITLE = 40


def short_title(text: str, length: int = TITLE_LENGTH) -> str:
    """The first sentence of a text where it is short enough, else its first words up to a pause and "…".

    Never cuts a word, and never is longer than `length` and the sign.
    """
    line = " ".join(text.split())
    end = _SENTENCE_END.search(line)
    first = line[: end.start()] if end else line.rstrip(".;: ")
    if LEAST_TITLE <= len(first) <= length or (len(line) <= length and first == line.rstrip(".;: ")):
        return first
    if len(line) <= length:
        return line.rstrip(".;: ")
    # One more character, so that a word that just fits is kept.
    window = line[: length + 1]
    pauses = [match.start() for match in _PAUSE.finditer(window) if match.start() >= LEAST_TITLE]
    cut = pauses[-1] if pauses else window.rfind(" ")
    return f"{line[: cut if cut > 0 else length].rstrip(' ,;:–-')}…"


def section_title(label: str, heading: str) -> str:
    """The heading after its label: "II.1. …", "a) …"; one of them where the other is missing."""
    mark = "" if label in {"-", "+", "–", "•"} else label
    if not mark or not heading:
        return heading or mark
    return f"{mark} {heading}" if mark[-1] in ".):" else f"{mark}. {heading}"


def day(value: date | None) -> str:
    """The day as offices write it, 15/11/2025; empty for none."""
    return "" if value is None else date_format(value, "d/m/Y")


def recurrence_label(code: str) -> str:
    """What the screens call a recurrence; empty for none."""
    return str(Recurrence(code).label) if code else ""
