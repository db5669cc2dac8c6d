"""Reads of the register: the list that somebody asks for, and what there is to choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q

from khuevan.core.search import search_folded
from khuevan.documents.choices import Direction, DocumentState
from khuevan.documents.models import Document, DocumentFile, DocumentQuerySet, IssuedNumber
from khuevan.documents.queries.reading import visible_documents
from khuevan.people.models import User

# A state that no row holds: work whose day has passed.
OVERDUE = "OVERDUE"
# More issuers than these are found by words.
MOST_ISSUERS = 300


@dataclass(frozen=True, slots=True)
class RegisterCriteria:
    """What is asked for; what is empty is not asked. Days are inclusive.

    `year` is the one in which the number counts. The days are those on which an outgoing document was issued and an
    incoming one came. `unit` drafted the one or deals with the other. `state` is one of DocumentState or OVERDUE.
    """

    direction: str = ""
    words: str = ""
    year: int | None = None
    type: int | None = None
    book: int | None = None
    issuer: str = ""
    state: str = ""
    urgency: str = ""
    unit: int | None = None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def chooses(self) -> bool:
        """Whether anything is asked for besides a direction and words."""
        return replace(self, direction="", words="") != RegisterCriteria()

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for besides a direction."""
        return replace(self, direction="") != RegisterCriteria()


def documents_asked_for(user: User, criteria: RegisterCriteria, day: date) -> DocumentQuerySet:
    """The documents that `user` may read on `day` and that meet the criteria, the last entered first."""
    documents = visible_documents(user, day)
    if criteria.direction:
        documents = documents.filter(direction=criteria.direction)
    if criteria.first_day is not None:
        documents = documents.filter(_on("gte", criteria.first_day))
    if criteria.last_day is not None:
        documents = documents.filter(_on("lte", criteria.last_day))
    exact = {
        "issued_number__year": criteria.year,
        "type": criteria.type,
        "book": criteria.book,
        "issuer_name": criteria.issuer,
        "urgency": criteria.urgency,
        "state": "" if criteria.state == OVERDUE else criteria.state,
    }
    documents = documents.filter(**{name: value for name, value in exact.items() if value})
    if criteria.state == OVERDUE:
        documents = documents.filter(
            direction=Direction.IN,
            due_date__lt=day,
            state__in=[DocumentState.REGISTERED, DocumentState.IN_HAND],
        )
    if criteria.unit is not None:
        documents = documents.filter(Q(drafting_unit=criteria.unit) | Q(handling_unit=criteria.unit))
    # A list shows no whole text; documents that were read hold one of many pages.
    found: DocumentQuerySet = search_folded(documents, criteria.words).defer("content", "reading")  # type: ignore[assignment]
    return found


def with_what_a_row_shows(documents: DocumentQuerySet) -> DocumentQuerySet:
    """The documents with their numbers, units and whether they have files, in the same query."""
    rows: DocumentQuerySet = (
        documents.defer("content", "reading")
        .select_related("issued_number", "drafting_unit", "handling_unit", "type", "book")
        .annotate(has_file=Exists(DocumentFile.objects.filter(document=OuterRef("pk"))))
    )
    return rows


def years_with_numbers() -> list[int]:
    """The years in which numbers were given, the latest first."""
    return list(IssuedNumber.objects.order_by("-year").values_list("year", flat=True).distinct())


def issuers_of(documents: DocumentQuerySet) -> list[str]:
    """The names of the bodies that issued the documents, as printed, at most MOST_ISSUERS."""
    names = documents.exclude(issuer_name="").order_by("issuer_name").values_list("issuer_name", flat=True)
    return list(names.distinct()[:MOST_ISSUERS])


def document_on_its_page(user: User, pk: int, day: date) -> Document | None:
    """The document with all that its page names; None where there is none that `user` may read on `day`."""
    found: Document | None = (
        visible_documents(user, day)
        .select_related(
            "book", "type", "issuer", "sender", "drafting_unit", "handling_unit", "answers", "replaced_by",
            "issued_number", "registered_by", "handled_by",
        )
        .filter(pk=pk)
        .first()
    )  # fmt: skip
    return found


def _on(comparison: str, day: date) -> Q:
    """Issued (outgoing) or received (incoming) before or after the day, inclusive."""
    return Q(**{"direction": Direction.OUT, f"issued_date__{comparison}": day}) | Q(
        **{"direction": Direction.IN, f"received_date__{comparison}": day}
    )
