"""The clauses of Căn cứ: known, in force, named once, older than the document."""

from __future__ import annotations

from collections.abc import Iterator

from khuevan.plain.official_documents.checks.facts import Basis, Facts, KnownDocument
from khuevan.plain.official_documents.checks.findings import Found, Severity, rule
from khuevan.plain.official_documents.checks.symbols import known_by, same_symbol
from khuevan.plain.official_documents.checks.texts import Text, basis_texts
from khuevan.plain.official_documents.phrases.references import FoundReference, find_references
from khuevan.plain.official_documents.writing.composition import Composition

_SHOWN = 160


def _clauses(
    composition: Composition, facts: Facts
) -> Iterator[tuple[Text, Basis, FoundReference | None, KnownDocument | None]]:
    """Each clause with what is known of it, the document that it cites, and the register's own of that symbol."""
    for position, text in enumerate(basis_texts(composition)):
        basis = facts.bases[position] if position < len(facts.bases) else Basis()
        cited = next(iter(find_references(text.words)), None)
        yield text, basis, cited, None if cited is None else known_by(cited, facts)


@rule("LB1", Severity.ERROR)
def basis_known(composition: Composition, facts: Facts) -> Iterator[Found]:
    """Each legal basis is a document of the register, or somebody confirmed it.

    Pick the document from the register, register it, or confirm the clause after looking at the document.
    """
    for text, basis, _cited, known in _clauses(composition, facts):
        if not (basis.in_register or basis.confirmed or known is not None):
            yield Found(text.place, text.words[:_SHOWN])


@rule("LB2", Severity.ERROR)
def basis_in_force(composition: Composition, facts: Facts) -> Iterator[Found]:
    """Each legal basis is in force: neither revoked nor replaced.

    Cite the document that took its place, or leave the clause out.
    """
    for text, basis, cited, known in _clauses(composition, facts):
        ended = basis.ended or (known.ended if known is not None else "")
        if ended:
            successor = basis.replaced_by or (known.replaced_by if known is not None else "")
            yield Found(text.place, cited.text if cited is not None else text.words[:_SHOWN], successor)


@rule("LB3", Severity.WARNING)
def basis_named_once(composition: Composition, facts: Facts) -> Iterator[Found]:
    """No legal basis is named twice.

    Take out the clause that is too many.
    """
    seen: list[str] = []
    for text, _basis, cited, _known in _clauses(composition, facts):
        name = " ".join(text.words.casefold().split()) if cited is None else str(cited.symbol)
        if any(same_symbol(name, other) for other in seen):
            yield Found(text.place, cited.text if cited is not None else text.words[:_SHOWN])
        seen.append(name)


@rule("LB4", Severity.ERROR)
def basis_older(composition: Composition, facts: Facts) -> Iterator[Found]:
    """No document that is cited is dated after this one.

    Correct the date of the document that is cited.
    """
    day = composition.date or facts.today
    for text, _basis, cited, _known in _clauses(composition, facts):
        if cited is not None and cited.date is not None and cited.date > day:
            yield Found(text.place, cited.text)
