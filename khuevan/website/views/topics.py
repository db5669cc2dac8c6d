"""What the site holds on a topic, in one language."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.newsroom.models import Topic
from khuevan.newsroom.models.stories import PIECES_A_PAGE
from khuevan.newsroom.release import public_stories
from khuevan.website.frame import homes_of


@require_safe
def topic(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The pieces that bear the topic, the newest first; a topic that waits for its first piece says so."""
    if language not in homes_of(request):
        raise Http404
    found = get_object_or_404(Topic, slug=slug)
    # Wagtail's own queries of pages have no types.
    pieces: Any = public_stories(clock.now()).filter(locale__language_code=language, topics=found)
    pieces = pieces.select_related("picture", "locale").prefetch_related("picture__renditions")
    context = {
        "topic": found,
        "stories": Paginator(pieces, PIECES_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "website/topic.html", context)
