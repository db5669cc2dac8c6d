"""Search that does not mind diacritics: records that can be found, and how to find them."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from wagtail.search import index
from wagtail.search.backends import get_search_backend, get_search_backends_with_name

from khuevan.core.models import Record
from khuevan.plain.folding import fold

AnyModel = TypeVar("AnyModel", bound=models.Model)

_NOT_A_WORD = re.compile(r"[^\w]+")


def folded_words(text: str) -> str:
    """The words of the text in lower case without diacritics, one space between them."""
    return _NOT_A_WORD.sub(" ", fold(text)).strip()


class SearchableRecord(index.Indexed, Record):
    """A record that search finds by the fields named in `folded_fields`, in any spelling of diacritics.

    `folded_fields` names attributes or methods without arguments that give text.
    """

    folded_fields: ClassVar[tuple[str, ...]] = ()

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("folded_text"),
        index.AutocompleteField("folded_text"),
    ]

    class Meta:
        abstract = True

    def folded_text(self) -> str:
        """What search looks through: the text of `folded_fields`, folded."""
        values = (getattr(self, name) for name in self.folded_fields)
        return folded_words(" ".join(str((value() if callable(value) else value) or "") for value in values))

    @classmethod
    def after_bulk_create(cls, records: list[Self]) -> None:
        """Indexes records created in bulk."""
        for _name, backend in get_search_backends_with_name(with_auto_update=True):
            for start in range(0, len(records), 100):
                backend.add_bulk(cls, records[start : start + 100])


def search_folded(queryset: models.QuerySet[AnyModel], query: str) -> models.QuerySet[AnyModel]:
    """The rows of the queryset that hold every word of the query, the last word perhaps unfinished.

    Keeps the queryset's own filters and order, and can be chained. A query without words selects all.
    """
    if not folded_words(query):
        return queryset
    found = get_search_backend().autocomplete(
        query, queryset.model._default_manager.all(), order_by_relevance=False
    )
    keys = (
        found.get_queryset().order_by().values("pk")
        if hasattr(found, "get_queryset")
        else [r.pk for r in found]
    )
    return queryset.filter(pk__in=keys)
