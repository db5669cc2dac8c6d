"""Incoming documents that are perhaps in the register already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from khuevan.core.search import folded_words
from khuevan.documents.choices import Direction, DocumentState
from khuevan.documents.details import DocumentDetails
from khuevan.documents.models import Document
from khuevan.documents.symbols import folded_symbol, split_symbol
from khuevan.plain.title_likeness import titles_are_alike

# Somebody sends a document again, or by another way, within some weeks.
TITLE_WINDOW = timedelta(days=45)
MOST_COMPARED = 2_000
MOST_SHOWN = 5


class Likeness(StrEnum):
    """Why a document may be the same; the surest first."""

    FILE = "FILE"
    IDENTIFIER = "IDENTIFIER"
    SYMBOL = "SYMBOL"
    TITLE = "TITLE"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A registered document that may be the one at hand, and why."""

    document: Document
    likeness: Likeness


def possible_duplicates(
    details: DocumentDetails,
    *,
    received_date: date,
    hashes: Collection[str] = (),
    edxml_id: str = "",
    except_for: Document | None = None,
) -> list[Duplicate]:
    """Registered incoming documents that may be this one, the surest first, at most MOST_SHOWN. Four queries.

    The same file; the same identifier; the same symbol of the same year and issuer (Decree 30/2020, annex VI,
    part I, III.1.h); nearly the same title from the same issuer within some weeks, unless symbol and day both tell
    them apart. Case, diacritics and leading zeros do not count. Where one side names no issuer or no year, that
    does not tell them apart.
    """
    incoming = (
        Document.objects.incoming()
        .exclude(state=DocumentState.REVOKED)
        .select_related("issued_number", "handling_unit")
        .defer("content", "reading")
    )
    if except_for is not None:
        incoming = incoming.exclude(pk=except_for.pk)
    found: dict[int, Duplicate] = {}

    def add(documents: Collection[Document] | QuerySet[Document], likeness: Likeness) -> None:
        for document in documents:
            found.setdefault(document.pk, Duplicate(document, likeness))

    if hashes:
        add(incoming.filter(files__sha256__in=list(hashes)).distinct()[:MOST_SHOWN], Likeness.FILE)
    if edxml_id:
        add(incoming.filter(edxml_id=edxml_id)[:MOST_SHOWN], Likeness.IDENTIFIER)
    add(_of_the_same_symbol(incoming, details), Likeness.SYMBOL)
    add(_of_a_near_title(incoming, details, received_date), Likeness.TITLE)
    return list(found.values())[:MOST_SHOWN]


def _of_the_same_symbol(incoming: QuerySet[Document], details: DocumentDetails) -> list[Document]:
    number, notation = split_symbol(details.symbol)
    if not notation:
        return []
    # The number is the index's; the rest of the symbol is compared folded.
    candidates = incoming.filter(direction=Direction.IN, number=number)
    if number is None:
        candidates = candidates.filter(notation__iexact=notation)
    if details.issued_date is not None:
        candidates = candidates.filter(
            Q(issued_date__isnull=True) | Q(issued_date__year=details.issued_date.year)
        )
    wanted = folded_symbol(details.symbol)
    return [
        document
        for document in candidates[:MOST_COMPARED]
        if folded_symbol(document.symbol) == wanted and _same_issuer(document, details, unknown=True)
    ]


def _of_a_near_title(
    incoming: QuerySet[Document], details: DocumentDetails, received_date: date
) -> list[Document]:
    near = incoming.filter(
        received_date__gte=received_date - TITLE_WINDOW, received_date__lte=received_date + TITLE_WINDOW
    )
    # Names first, which are cheap to compare; the titles only of what is left.
    rows = near.order_by("-pk").values_list("pk", "issuer_name", "issuer", "title", "symbol", "issued_date")[
        :MOST_COMPARED
    ]
    issuer = folded_words(details.issuer_name or (details.issuer.name if details.issuer else ""))
    wanted = folded_symbol(details.symbol)
    keys = [
        pk
        for pk, name, unit, title, symbol, day in rows
        if (unit is not None and details.issuer is not None and unit == details.issuer.pk)
        or (issuer and folded_words(name) == issuer)
        if not (wanted and symbol and folded_symbol(symbol) != wanted and day != details.issued_date)
        if titles_are_alike(title, details.title)
    ]
    return list(incoming.filter(pk__in=keys[:MOST_SHOWN])) if keys else []


def _same_issuer(document: Document, details: DocumentDetails, *, unknown: bool) -> bool:
    """Whether both come from one body; `unknown` is the answer where one of them does not say."""
    if document.issuer_id is not None and details.issuer is not None:
        return document.issuer_id == details.issuer.pk
    one = folded_words(document.issuer_name)
    other = folded_words(details.issuer_name or (details.issuer.name if details.issuer else ""))
    return one == other if one and other else unknown
