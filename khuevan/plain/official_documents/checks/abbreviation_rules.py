"""Abbreviations that the document uses without saying what they stand for (Decree 30/2020, annex I, II.6)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from khuevan.plain.official_documents.checks.facts import Facts
from khuevan.plain.official_documents.checks.findings import Found, Severity, rule
from khuevan.plain.official_documents.checks.texts import body_texts
from khuevan.plain.official_documents.phrases.letters import UPPER
from khuevan.plain.official_documents.phrases.references import find_references
from khuevan.plain.official_documents.structure.blocks import is_capitals
from khuevan.plain.official_documents.writing.composition import Composition

_SHORT = re.compile(rf"(?<![\w/.&@-])[{UPPER}]{{2,8}}(?:&[{UPPER}]{{1,6}})?(?![\w/@]|-\d|\.\w)")
_ROMAN = re.compile(r"[IVXLC]+")
_DATA = Path(__file__).parent / "data" / "abbreviations.toml"
# What stands in capitals for its own sake is a word, not an abbreviation.
_VOWELS = re.compile(r"[AEIOUYĂÂÊÔƠƯÀ-Ỹ]")


@cache
def usual_abbreviations() -> frozenset[str]:
    """Abbreviations that need no explanation in any house."""
    return frozenset(tomllib.loads(_DATA.read_text(encoding="utf-8"))["usual"])


@rule("AB1", Severity.WARNING)
def abbreviations_explained(composition: Composition, facts: Facts) -> Iterator[Found]:
    """An abbreviation is explained where it first stands.

    Write the words out at the first place, with the abbreviation in brackets behind them.
    """
    usual = usual_abbreviations() | facts.abbreviations
    texts = [text for text in body_texts(composition) if not is_capitals(text.words)]
    whole = "\n".join((composition.title, *composition.legal_bases, *(text.words for text in texts)))
    told: set[str] = set()
    for text in texts:
        words = text.words
        for cited in find_references(words):
            words = words[: cited.start] + " " * (cited.end - cited.start) + words[cited.end :]
        for match in _SHORT.finditer(words):
            short = match[0]
            if short in told or short in usual or _ROMAN.fullmatch(short) or _in_capitals(words, match):
                continue
            told.add(short)
            if not _explained(short, whole):
                yield Found(text.place, short)


def _explained(short: str, whole: str) -> bool:
    name = re.escape(short)
    return bool(
        re.search(rf"\((?:[^()]{{0,60}}\W)?{name}(?:\W[^()]{{0,20}})?\)", whole)
        or re.search(rf"(?:viết tắt|gọi tắt|gọi chung)[^.;]{{0,40}}\W{name}(?!\w)", whole)
        or re.search(rf"(?<!\w){name}\s*(?:\([^()]{{0,20}}[^\W\d_]{{3,}}|:\s+[^\W\d_])", whole)
    )


def _in_capitals(words: str, match: re.Match[str]) -> bool:
    """Whether the words beside it stand in capitals too, as in a slogan."""
    before = re.search(r"([^\W\d_]+)\W*$", words[: match.start()])
    after = re.match(r"\W*([^\W\d_]+)", words[match.end() :])
    return any(
        found is not None and len(found[1]) > 1 and found[1].isupper() and _VOWELS.search(found[1])
        for found in (before, after)
    )
