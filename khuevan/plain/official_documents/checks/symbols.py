"""Symbols as they are compared, and the register's own document of a symbol that is cited."""

from __future__ import annotations

import re

from khuevan.plain.official_documents.checks.facts import Facts, KnownDocument
from khuevan.plain.official_documents.checks.names import holds, name_words
from khuevan.plain.official_documents.phrases.references import FoundReference

_NUMBER = re.compile(r"^0+(?=\d)")


def symbol_key(symbol: str) -> str:
    """The symbol without padding and spaces: 05/KH-SVHTT and 5/KH-SVHTT are the same."""
    return _NUMBER.sub("", "".join(symbol.split()).replace("–", "-")).casefold()


def same_symbol(one: str, other: str) -> bool:
    """Whether two printed symbols are the same."""
    return symbol_key(one) == symbol_key(other)


def spellings(symbol: str) -> frozenset[str]:
    """How a register may have written the symbol: with the number as printed, padded to two digits, to three."""
    bare = _NUMBER.sub("", "".join(symbol.split()).replace("–", "-"))
    match = re.match(r"\d+", bare)
    if match is None:
        return frozenset({symbol})
    rest = bare[match.end() :]
    return frozenset({symbol, bare, *(match[0].zfill(width) + rest for width in (2, 3, 4))})


def of_symbol(symbol: str, facts: Facts) -> list[KnownDocument]:
    """The register's documents that bear the symbol: bodies of one kind may share it."""
    return [known for known in facts.known if same_symbol(known.symbol, symbol)]


def same_body(one: str | None, other: str | None) -> bool | None:
    """Whether two printed names mean one body; None where one of them is missing."""
    first, second = name_words(one or ""), name_words(other or "")
    if not first or not second:
        return None
    return holds(first, second) or holds(second, first)


def known_by(cited: FoundReference, facts: Facts) -> KnownDocument | None:
    """The register's document that is meant: its symbol, and its date where one is printed."""
    for known in of_symbol(cited.symbol or "", facts):
        if cited.date is not None and cited.date == known.issued_date:
            return known
    return None
