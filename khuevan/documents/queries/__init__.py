"""Reads of official documents. `reading` holds what more than one page asks; each page's own has its module."""

from __future__ import annotations

from khuevan.documents.queries.reading import (
    books_on,
    correspondents_named,
    office_of,
    route_for,
    steps_waiting_for,
    types_on,
    visible_documents,
    visible_drafts,
)

__all__ = [
    "books_on",
    "correspondents_named",
    "office_of",
    "route_for",
    "steps_waiting_for",
    "types_on",
    "visible_documents",
    "visible_drafts",
]
