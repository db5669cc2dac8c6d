"""One page of a long list of a desk: of rows in the database or already at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from khuevan.programme.presenters.directing import grouped

ROWS_A_PAGE = 50


def sheet_of(request: HttpRequest, rows: Sequence[Any] | QuerySet[Any]) -> dict[str, Any]:
    """The page that the address asks for: `sheet`, how many rows there are in all, the links to other pages."""
    paginator = Paginator(rows, ROWS_A_PAGE)
    sheet = paginator.get_page(request.GET.get("page"))
    wishes = request.GET.copy()

    def address(number: int | str) -> str:
        wishes["page"] = str(number)
        return f"?{wishes.urlencode()}"

    return {
        "sheet": sheet,
        "count": paginator.count,
        "count_words": grouped(paginator.count),
        "page_links": [
            {"number": number, "url": address(number)}
            for number in paginator.get_elided_page_range(sheet.number, on_each_side=2, on_ends=1)
        ],
    }
