"""What reports count in the register of official documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.documents.choices import Direction, DocumentState
from khuevan.documents.models import Document, DocumentType
from khuevan.documents.queries.reading import visible_documents
from khuevan.people.models import User
from khuevan.reports.counting import (
    Answer,
    CountedRecord,
    CountedRow,
    CountingQuestion,
    CountingSource,
    answer_from,
)

LABEL = "documents.document"
Rows = list[CountedRow]


def documents_issued(question: CountingQuestion) -> Rows:
    """Documents dated in the period that the unit drafted; by type if narrowed.

    One that was replaced counts, and one that was revoked after the cut-off day, as the trail has it: it was in
    force on that day. One that was revoked before does not, nor one of whose revocation the trail knows no day.
    """
    rows = Document.objects.filter(
        ~Q(state=DocumentState.REVOKED) | _revoked_after(question.last),
        direction=Direction.OUT,
        issued_date__range=(question.first, question.last),
        drafting_unit__in=question.unit_ids,
    )
    if question.detail:
        rows = rows.filter(type__name=question.detail)
    return _rows(rows, "drafting_unit", "issued_date")


def _revoked_after(day: date) -> Exists:
    midnight = clock.end_of(day)
    return Exists(
        AuditEntry.objects.filter(
            target_type__app_label="documents", target_type__model="document", target_id=OuterRef("pk"),
            verb="revoke_document", at__gte=midnight,
        )
    )  # fmt: skip


def documents_handed(question: CountingQuestion) -> Rows:
    """Incoming documents received in the period that were handed to the unit."""
    rows = Document.objects.filter(
        direction=Direction.IN,
        received_date__range=(question.first, question.last),
        handling_unit__in=question.unit_ids,
    )
    return _rows(rows, "handling_unit", "received_date")


def _rows(documents: QuerySet[Any], unit: str, day: str) -> Rows:
    found = []
    for key, pk, symbol, title, when, kind in documents.order_by(day, "pk").values_list(
        unit, "pk", "symbol", "title", day, "type__name"
    ):
        words = f"{symbol} {title}".strip()
        record = CountedRecord(LABEL, pk, words if len(words) <= 200 else f"{words[:199]}…", when)
        found.append(CountedRow(key, record, detail=kind or ""))
    return found


def url_of(record: CountedRecord) -> str:
    """The document's page in the register."""
    return reverse("documents:document", args=[record.pk]) if record.label == LABEL else ""


def visible(user: User, day: date, records: Sequence[CountedRecord]) -> frozenset[CountedRecord]:
    """The documents that the person reads in the register. One query."""
    keys = [one.pk for one in records if one.label == LABEL]
    seen = set(visible_documents(user, day).filter(pk__in=keys).order_by().values_list("pk", flat=True))
    return frozenset(one for one in records if one.label == LABEL and one.pk in seen)


def _types() -> list[tuple[str, str]]:
    names = DocumentType.objects.order_by("name").values_list("name", flat=True).distinct()
    return [(name, name) for name in names]


def _source(
    key: str,
    label: Any,
    measure: Any,
    rows: Callable[[CountingQuestion], Rows],
    details: Callable[[], list[tuple[str, str]]] = list,
) -> CountingSource:
    def count(question: CountingQuestion) -> Answer:
        # Documents stand in no section of a plan.
        return answer_from(rows(question), replace(question, plan_ref=""))

    def count_all(questions: Sequence[CountingQuestion]) -> Sequence[Answer]:
        if len(questions) == 1:
            return [count(questions[0])]
        found = rows(replace(questions[0], detail=""))
        return [answer_from(found, replace(question, plan_ref="")) for question in questions]

    return CountingSource(key, label, measure, count, url_of, details, count_all=count_all, visible=visible)


SOURCES = (
    _source("documents.issued", _("Documents issued"), _("documents"), documents_issued, _types),
    _source("documents.handed", _("Incoming documents to handle"), _("documents"), documents_handed),
)
