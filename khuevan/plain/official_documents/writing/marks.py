r"""Bold and italics typed in a line: `**bold**`, `__italic__`, `**__both__**`, and a backslash before a mark
that is meant as itself.

A mark is exactly two signs: one asterisk, and the row of underscores that a form leaves to be filled in, are
themselves. So is a mark that nothing closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from khuevan.plain.official_documents.writing.composition import Run

_TOKEN = re.compile(r"\\[\\*_]|\*+|_+|\\|[^\\*_]+")
_BOLD, _ITALIC = "**", "__"
_SIGNS = re.compile(r"\*+|_+|\\(?=[\\*_]|\Z)")


def runs_of(text: str) -> tuple[Run, ...]:
    """The runs that the marked text says, none of them empty, neighbours different in style."""
    tokens = _TOKEN.findall(text)
    left = {mark: tokens.count(mark) // 2 * 2 for mark in (_BOLD, _ITALIC)}
    on = {_BOLD: False, _ITALIC: False}
    runs: list[Run] = []
    for token in tokens:
        if left.get(token, 0):
            left[token] -= 1
            on[token] = not on[token]
        else:
            words = token[1:] if token[0] == "\\" and len(token) == 2 else token
            runs.append(Run(words, bold=on[_BOLD], italic=on[_ITALIC]))
    return joined_runs(runs)


def marked(runs: Iterable[Run]) -> str:
    """The text that `runs_of` reads as these runs."""
    bold = italic = False
    text = ""
    whole = joined_runs(runs)
    for place, run in enumerate(whole):
        opens = (_BOLD if run.bold != bold else "") + (_ITALIC if run.italic != italic else "")
        bold, italic = run.bold, run.italic
        closes = place + 1 < len(whole) or bold or italic
        text += opens + _escaped(run.text, after_mark=bool(opens), before_mark=closes)
    return text + (_BOLD if bold else "") + (_ITALIC if italic else "")


def joined_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs without empty ones, neighbours in the same style as one."""
    joined: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if joined and (joined[-1].bold, joined[-1].italic) == (run.bold, run.italic):
            joined[-1] = Run(joined[-1].text + run.text, run.bold, run.italic)
        else:
            joined.append(run)
    return tuple(joined)


def _escaped(text: str, *, after_mark: bool, before_mark: bool) -> str:
    """The text with a backslash before every sign that would be read as a mark, or would join one."""

    def escape(match: re.Match[str]) -> str:
        signs = match[0]
        touches = (after_mark and match.start() == 0) or (before_mark and match.end() == len(text))
        if signs == "\\":
            return "\\\\" if match.end() < len(text) or before_mark else signs
        return "".join(f"\\{sign}" for sign in signs) if len(signs) == 2 or touches else signs

    return _SIGNS.sub(escape, text)
