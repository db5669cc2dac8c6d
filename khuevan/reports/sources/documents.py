"""What reports count in the register of official documents."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.documents.choices import Direction, DocumentState
from khuevan.documents.models import Document, DocumentType
from khuevan.reports.counting import Answer, CountedRecord, CountingQuestion, CountingSource

LABEL = "documents.document"


def documents_issued(question: CountingQuestion) -> Answer:
    """Documents dated in the period that the unit drafted, whatever became of them later; by type if narrowed."""
    rows = Document.objects.filter(
        direction=Direction.OUT,
        issued_date__range=(question.first, question.last),
        drafting_unit__in=question.unit_ids,
    ).exclude(state=DocumentState.REVOKED)
    if question.detail:
        rows = rows.filter(type__name=question.detail)
    return _counted(rows, "drafting_unit", "issued_date")


def documents_handed(question: CountingQuestion) -> Answer:
    """Incoming documents received in the period that were handed to the unit."""
    rows = Document.objects.filter(
        direction=Direction.IN,
        received_date__range=(question.first, question.last),
        handling_unit__in=question.unit_ids,
    )
    return _counted(rows, "handling_unit", "received_date")


def _counted(rows: QuerySet[Any], unit: str, day: str) -> Answer:
    found: dict[int, list[CountedRecord]] = defaultdict(list)
    for key, pk, symbol, title, when in rows.order_by(day, "pk").values_list(
        unit, "pk", "symbol", "title", day
    ):
        words = f"{symbol} {title}".strip()
        found[key].append(CountedRecord(LABEL, pk, words if len(words) <= 200 else f"{words[:199]}…", when))
    return {key: tuple(records) for key, records in found.items()}


def url_of(record: CountedRecord) -> str:
    """The document's page in the register."""
    return reverse("documents:document", args=[record.pk]) if record.label == LABEL else ""


def _types() -> list[tuple[str, str]]:
    names = DocumentType.objects.order_by("name").values_list("name", flat=True).distinct()
    return [(name, name) for name in names]


SOURCES = (
    CountingSource(
        "documents.issued", _("Documents issued"), _("documents"), documents_issued, url_of, _types
    ),
    CountingSource(
        "documents.handed", _("Incoming documents to handle"), _("documents"), documents_handed, url_of
    ),
)  # fmt: skip
