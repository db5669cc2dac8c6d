"""Wagtail's database search with every indexed word and every query folded, on SQLite and PostgreSQL.

Folding here, below all models, means that pages, images, documents, accounts and our own records are all
found by "le hoi" as by "lễ hội", and that no new model can forget it. FTS5's `remove_diacritics` handles
all Vietnamese letters but đ; PostgreSQL handles none without an extension; folding before both is the same
on both.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.index import AutocompleteField, RelatedFields, SearchField
from modelsearch.query import Fuzzy, Phrase, PlainText, SearchQuery

from khuevan.core.search import folded_words


def folded_value(value: Any) -> Any:
    """The value of an indexed field with its text folded, at any depth of lists and dicts."""
    if isinstance(value, str):
        return folded_words(value)
    if isinstance(value, list | tuple):
        return [folded_value(item) for item in value]
    if isinstance(value, dict):
        return {key: folded_value(item) for key, item in value.items()}
    return value


def folded_field(field: Any) -> Any:
    """A copy of a search field that hands folded values to the index."""
    copied = copy.copy(field)
    if isinstance(field, RelatedFields):
        copied.fields = [folded_field(inner) for inner in field.fields]
        copied.get_value = lambda record: field.get_value(_bare(record))
    elif isinstance(field, SearchField | AutocompleteField):
        copied.get_value = lambda record: folded_value(field.get_value(_bare(record)))
    return copied


class FoldedRecord:
    """Stands before the index for a record; gives the same fields with folded values."""

    def __init__(self, record: models.Model) -> None:
        self.record = record
        self.pk = record.pk

    def get_search_fields(self) -> list[Any]:
        """The record's search fields, folding."""
        return [folded_field(field) for field in self.record.get_search_fields()]  # type: ignore[attr-defined]


def _bare(record: Any) -> Any:
    return record.record if isinstance(record, FoldedRecord) else record


def folded_query(query: SearchQuery | str) -> SearchQuery | str:
    """The query with its words folded; quotation marks and other signs of the query language are dropped."""
    if isinstance(query, str):
        return folded_words(query)
    copied = copy.copy(query)
    if isinstance(copied, PlainText | Phrase | Fuzzy):
        copied.query_string = folded_words(copied.query_string)
    elif hasattr(copied, "subqueries"):
        copied.subqueries = [folded_query(subquery) for subquery in copied.subqueries]
    elif hasattr(copied, "subquery"):
        copied.subquery = folded_query(copied.subquery)
    return copied


def _folding(backend: type[BaseSearchBackend]) -> type[BaseSearchBackend]:
    """The database backend, folding on the way in and on the way out."""

    class FoldingIndex(backend.index_class):  # type: ignore[name-defined]
        """Folds records before they are indexed."""

        def add_items(self, model: type[models.Model], objs: Iterable[models.Model]) -> None:
            """Indexes the records under their folded words."""
            super().add_items(model, [FoldedRecord(record) for record in objs])

    class FoldingBackend(backend):
        """Folds records and queries."""

        index_class = FoldingIndex

        def search(self, query: SearchQuery | str, *args: Any, **kwargs: Any) -> Any:
            """The records that hold the folded words of the query."""
            return super().search(folded_query(query), *args, **kwargs)

        def autocomplete(self, query: SearchQuery | str, *args: Any, **kwargs: Any) -> Any:
            """The records that hold the folded words of the query, the last word perhaps unfinished."""
            return super().autocomplete(folded_query(query), *args, **kwargs)

    return FoldingBackend


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:  # noqa: N802  (the name Wagtail looks for)
    """The folding backend for the database in use."""
    # Each module imports models of its own database only, so they cannot both be imported above.
    if connection.vendor == "postgresql":
        from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend

        return _folding(PostgresSearchBackend)(params)
    if connection.vendor == "sqlite":
        from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend

        return _folding(SQLiteSearchBackend)(params)
    raise ImproperlyConfigured("Search needs SQLite with FTS5 or PostgreSQL.")
