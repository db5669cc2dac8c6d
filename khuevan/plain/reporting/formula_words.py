"""A formula spelled out with figures in the place of codes, so that anybody can reckon it anew: 100 × 5 ÷ 8."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from khuevan.plain.reporting.charts import printed
from khuevan.plain.reporting.formulas import Negative, Operation, Term

_SIGNS: Final = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_BINDS: Final = {"+": 1, "-": 1, "*": 2, "/": 2}


def spelled(term: Term, words: Mapping[str, str]) -> str:
    """The formula with what `words` has for each code (else the code itself), brackets where they are needed."""
    return _spelled(term, words, 0)


def _spelled(term: Term, words: Mapping[str, str], outer: int) -> str:
    if isinstance(term, Decimal):
        return printed(term)
    if isinstance(term, str):
        return words.get(term) or term
    if isinstance(term, Negative):
        return f"−{_spelled(term.of, words, 3)}"
    binds = _BINDS[term.sign]
    # What stands right of − and ÷ needs brackets where it binds no tighter: 8 − (2 + 1).
    right = binds + 1 if term.sign in "-/" else binds
    words_of_it = (
        f"{_spelled(term.left, words, binds)} {_SIGNS[term.sign]} {_spelled(term.right, words, right)}"
    )
    return f"({words_of_it})" if binds < outer else words_of_it


def codes_in_order(term: Term) -> tuple[str, ...]:
    """The codes that the formula reads, each once, from left to right."""
    return tuple(dict.fromkeys(_codes(term)))


def _codes(term: Term) -> list[str]:
    if isinstance(term, Operation):
        return [*_codes(term.left), *_codes(term.right)]
    if isinstance(term, Negative):
        return _codes(term.of)
    return [term] if isinstance(term, str) else []
