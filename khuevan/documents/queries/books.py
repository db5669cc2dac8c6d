"""Reads for the printed books of the register: the documents of one book, year and time, and where they went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Min
from django.utils.timezone import localdate

from khuevan.core.models import AuditEntry
from khuevan.documents.choices import Direction, DispatchState
from khuevan.documents.models import Dispatch, Document, DocumentQuerySet, NumberBook
from khuevan.documents.queries.reading import visible_documents
from khuevan.people.models import User

# A printed book of more lines than this is printed in parts: a browser sets no more on its own.
MOST_LINES = 2_000


def lines_of_book(
    user: User, book: NumberBook, first: date, last: date, day: date
) -> tuple[list[Document], bool]:
    """The book's documents numbered from `first` to `last` that `user` reads on `day`; whether that is all of them.

    In the order of their numbers; those of one year and series together.
    """
    documents: DocumentQuerySet = (
        visible_documents(user, day)
        .filter(book=book, registered_at__date__gte=first, registered_at__date__lte=last)
        .select_related("issued_number", "handling_unit", "drafting_unit", "replaced_by")
        .defer("content", "reading", "replaced_by__content", "replaced_by__reading")
        .order_by("issued_number__year", "issued_number__series", "issued_number__number")
    )
    found = list(documents[: MOST_LINES + 1])
    return found[:MOST_LINES], len(found) <= MOST_LINES


def handed_on(documents: Collection[Document]) -> dict[int, date]:
    """The day on which each document was sent first (outgoing) or handed to a unit last (incoming), by its key."""
    keys = [document.pk for document in documents]
    outgoing = [document.pk for document in documents if document.direction == Direction.OUT]
    found: dict[int, date] = {}
    if outgoing:
        sent = Dispatch.objects.filter(document__in=outgoing, sent_at__isnull=False)
        leaving = sent.exclude(state=DispatchState.FAILED).order_by().values("document")
        found |= {row["document"]: localdate(row["at"]) for row in leaving.annotate(at=Min("sent_at"))}
    if len(outgoing) < len(keys):
        given = AuditEntry.objects.filter(
            target_type=ContentType.objects.get_for_model(Document),
            target_id__in=keys,
            verb__in=["give_to_unit", "register_incoming"],
            changes__has_key="handling_unit",
        )
        handed = given.order_by().values("target_id").annotate(last=Max("at"))
        found |= {row["target_id"]: localdate(row["last"]) for row in handed}
    return found


def answers_to(documents: Collection[Document]) -> dict[int, list[str]]:
    """The symbols of the outgoing documents that answer each, by its key."""
    found: dict[int, list[str]] = defaultdict(list)
    keys = [document.pk for document in documents]
    rows = Document.objects.filter(answers__in=keys, direction=Direction.OUT).in_force().order_by("pk")
    for key, symbol in rows.values_list("answers", "symbol"):
        found[key].append(symbol)
    return dict(found)
