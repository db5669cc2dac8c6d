"""The public search page of a language."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from khuevan.plain.search_words import LONGEST_QUERY
from khuevan.website.search import search


@require_safe
def search_page(request: HttpRequest, language: str) -> HttpResponse:
    """What the query finds; without a query the field alone."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    query = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
    page = request.GET.get("page", "1")
    results = search(query, language, int(page) if page.isdecimal() and len(page) < 5 else 1)
    context = {"results": results, "query": query, "language": language}
    return render(request, "website/search.html", context)
