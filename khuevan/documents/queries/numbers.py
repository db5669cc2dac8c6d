"""Reads of numbers: which one comes next, so that a clerk sees it before giving it."""

from __future__ import annotations

from datetime import date

from khuevan.documents.models import DocumentType, NumberBook, NumberCounter


def number_forecast(book: NumberBook, document_type: DocumentType | None, day: date) -> int:
    """The number that the series would give next on the day; another clerk may take it before."""
    counter = NumberCounter.objects.filter(
        book=book, year=day.year, series=book.series_of(document_type)
    ).first()
    return (counter.last if counter is not None else 0) + 1
