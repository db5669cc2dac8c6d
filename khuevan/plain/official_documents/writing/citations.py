"""How one document cites another: in full the first time, by type and symbol afterwards.

Source: Decree 30/2020/ND-CP, annex I, part I, II.6: the first citation gives type, number and symbol, date, body
and subject, of laws and ordinances only type and name; later ones give type, number and symbol.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khuevan.plain.folding import fold
from khuevan.plain.official_documents.writing.arrangement import long_date

_BY_NAME = frozenset({"luat", "bo luat", "phap lenh"})
# What one rests on, and what one carries out.
_RESTED_ON = frozenset(
    {
        "luat", "bo luat", "phap lenh", "nghi dinh", "nghi quyet", "quyet dinh", "thong tu", "thong tu lien tich",
        "quy che", "quy dinh", "hien phap",
    }
)  # fmt: skip
# Subjects that say by their first word what the document does need no "về việc" before them.
_SAYS_WHAT_IT_DOES = (
    "ban hanh", "quy dinh", "huong dan", "sua doi", "bo sung", "ve ", "v/v", "bai bo", "phe duyet",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document as it is cited. `type` in sentence case; fields that it does not have are empty."""

    type: str
    symbol: str = ""
    date: date | None = None
    issuer: str = ""
    title: str = ""


def full_citation(document: CitedDocument) -> str:
    """Kế hoạch số 48/KH-UBND ngày 19 tháng 02 năm 2026 của UBND Thành phố về việc …; of a law Luật Báo chí."""
    title = " ".join(document.title.split())
    if fold(document.type) in _BY_NAME and title:
        return title if fold(title).startswith(fold(document.type)) else f"{document.type} {title}"
    parts = [document.type or "Văn bản"]
    if document.symbol:
        parts.append(f"số {document.symbol}")
    if document.date is not None:
        parts.append(long_date(document.date))
    if document.issuer:
        parts.append(f"của {document.issuer}")
    if title:
        parts.append(_subject(title))
    return " ".join(parts)


def short_citation(document: CitedDocument) -> str:
    """Kế hoạch số 48/KH-UBND; of a document without a symbol its type and day, of a law its name."""
    if fold(document.type) in _BY_NAME:
        return full_citation(document)
    if document.symbol:
        return f"{document.type or 'Văn bản'} số {document.symbol}"
    if document.date is not None:
        return f"{document.type or 'Văn bản'} {long_date(document.date)}"
    return full_citation(document)


def citation(document: CitedDocument, text_before: str) -> str:
    """The citation that belongs behind the text: short where the text has cited the document."""
    return short_citation(document) if is_cited(document, text_before) else full_citation(document)


def is_cited(document: CitedDocument, text: str) -> bool:
    """Whether the text cites the document: by its symbol, or by its name where that is how it is cited."""
    by_name = fold(document.type) in _BY_NAME or not document.symbol
    wanted = full_citation(document) if by_name else document.symbol
    return _squeezed(wanted) in _squeezed(text)


def legal_basis(document: CitedDocument) -> str:
    """The clause of the document among the legal bases: Căn cứ a law or decree, Thực hiện a plan or letter."""
    opening = "Căn cứ" if fold(document.type) in _RESTED_ON else "Thực hiện"
    return f"{opening} {full_citation(document)}"


def _subject(title: str) -> str:
    folded = fold(title)
    if folded.startswith("v/v"):
        return f"về việc {_lowered(title[3:].lstrip(' :.-'))}"
    if folded.startswith(_SAYS_WHAT_IT_DOES):
        return _lowered(title)
    return f"về việc {_lowered(title)}"


def _lowered(words: str) -> str:
    """The words as they go on in a sentence: a capital stays where a name or an abbreviation begins them."""
    first, _, rest = words.partition(" ")
    second = rest.partition(" ")[0]
    if first[1:] != first[1:].lower() or second[:1].isupper():
        return words
    return words[:1].lower() + words[1:]


def _squeezed(text: str) -> str:
    return "".join(fold(text).split())
