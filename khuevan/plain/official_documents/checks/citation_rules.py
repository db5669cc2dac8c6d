"""Documents that the text names: the same symbol always with the same date and body, and as the register knows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from khuevan.plain.likeness import likeness, words
from khuevan.plain.official_documents.checks.facts import Facts, KnownDocument
from khuevan.plain.official_documents.checks.findings import Found, Severity, rule
from khuevan.plain.official_documents.checks.symbols import of_symbol, same_body, symbol_key
from khuevan.plain.official_documents.checks.texts import Text, basis_texts, body_texts
from khuevan.plain.official_documents.phrases.references import FoundReference, find_references
from khuevan.plain.official_documents.writing.composition import Composition

_SUBJECT = re.compile(r"\s*,?\s*(?:về\s+việc|về|v/v)\s+(?P<subject>.+)", re.IGNORECASE | re.DOTALL)
# Subjects are shortened and reworded; where so little is left in common, another document is meant.
_LEAST_LIKENESS = 0.35
_FEWEST_WORDS = 4
_SHOWN = 160


def _citations(composition: Composition) -> Iterator[tuple[Text, FoundReference]]:
    for texts in (basis_texts(composition), body_texts(composition)):
        for text in texts:
            for cited in find_references(text.words):
                if cited.symbol:
                    yield text, cited


def cited_symbols(composition: Composition) -> frozenset[str]:
    """Every symbol that legal bases and text cite, as printed."""
    return frozenset(cited.symbol for _text, cited in _citations(composition) if cited.symbol)


@rule("CI1", Severity.ERROR)
def one_date_a_symbol(composition: Composition, facts: Facts) -> Iterator[Found]:
    """The same document is cited with the same date and type throughout.

    Correct the place that is wrong; where two bodies gave the same number, name the body at both places.
    """
    first: dict[str, list[FoundReference]] = {}
    for text, cited in _citations(composition):
        before = first.setdefault(symbol_key(cited.symbol or ""), [])
        for other in before:
            if same_body(cited.issuer, other.issuer) is False:
                continue
            dates_differ = None not in (cited.date, other.date) and cited.date != other.date
            types_differ = None not in (cited.type, other.type) and not _same_type(cited.type, other.type)
            if dates_differ or types_differ:
                yield Found(text.place, cited.text, other.text)
                break
        before.append(cited)


def _same_type(one: str | None, other: str | None) -> bool:
    # “Văn bản số …” stands for a document of any type.
    general = {"văn bản", "công văn"}
    first, second = (one or "").casefold(), (other or "").casefold()
    return first == second or first in general or second in general or first in second or second in first


def _shown_date(known: Iterable[KnownDocument]) -> str:
    days = [item.issued_date for item in known if item.issued_date is not None and item.readable]
    return max(days).strftime("%d/%m/%Y") if days else ""


@rule("CI2", Severity.ERROR)
def date_as_registered(composition: Composition, facts: Facts) -> Iterator[Found]:
    """A document of the register is cited with the date under which it is registered.

    Look at the document and correct the date here, or in the register.
    """
    for text, cited in _citations(composition):
        known = of_symbol(cited.symbol or "", facts)
        own = [item for item in known if same_body(cited.issuer, item.issuer_name)]
        days = {item.issued_date for item in own if item.issued_date is not None}
        if cited.date is not None and days and cited.date not in days:
            yield Found(text.place, cited.text, _shown_date(own))


@rule("CI3", Severity.WARNING)
def date_perhaps_as_registered(composition: Composition, facts: Facts) -> Iterator[Found]:
    """A symbol that the register knows is cited with the register's date.

    The register has a document of this symbol with another date, perhaps another body's: look at it.
    """
    for text, cited in _citations(composition):
        known = of_symbol(cited.symbol or "", facts)
        unsure = [item for item in known if same_body(cited.issuer, item.issuer_name) is None]
        days = {item.issued_date for item in known if item.issued_date is not None}
        if cited.date is not None and unsure and days and cited.date not in days:
            yield Found(text.place, cited.text, _shown_date(known))


@rule("CI4", Severity.WARNING)
def subject_as_registered(composition: Composition, facts: Facts) -> Iterator[Found]:
    """A legal basis says what the document is about as the register does.

    Compare the words with the title of the document; perhaps the symbol is another's.
    """
    for text in basis_texts(composition):
        for cited in find_references(text.words):
            subject = _SUBJECT.match(text.words, cited.end)
            if subject is None:
                continue
            said = words(subject["subject"])
            for known in of_symbol(cited.symbol or "", facts):
                title = words(known.title)
                if known.issued_date != cited.date or min(len(said), len(title)) < _FEWEST_WORDS:
                    continue
                if likeness(said, title) < _LEAST_LIKENESS:
                    shown = known.title[:_SHOWN] if known.readable else ""
                    yield Found(text.place, subject["subject"][:_SHOWN], shown)


@rule("CI5", Severity.WARNING)
def one_body_a_symbol(composition: Composition, facts: Facts) -> Iterator[Found]:
    """A document of one number and date is cited as the same body's throughout.

    Correct the body at the place that is wrong.
    """
    first: dict[tuple[str, object], FoundReference] = {}
    for text, cited in _citations(composition):
        if cited.date is None or cited.issuer is None:
            continue
        other = first.setdefault((symbol_key(cited.symbol or ""), cited.date), cited)
        if same_body(cited.issuer, other.issuer) is False:
            yield Found(text.place, cited.text, other.text)
