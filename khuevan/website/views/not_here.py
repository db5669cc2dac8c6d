"""The page that says that another is not there yet in the reader's language."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language_info
from django.views.decorators.http import require_safe
from wagtail.models import Page

from khuevan.core import clock
from khuevan.newsroom.release import public_stories
from khuevan.website.frame import Tongue, homes_of, public_translations

NEWEST: Final = 3


@require_safe
def not_here(request: HttpRequest, language: str, page_id: str) -> HttpResponse:
    """In which languages the page is, and what is newest in this one; leads to the page once it is there.

    Answers 200: what stands at this address is the sentence itself, and it is there; search engines are told not to
    list it. A page that the public may not have answers 404, the same as a number that no page ever had.
    """
    now = clock.now()
    homes = homes_of(request)
    page = Page.objects.filter(pk=int(page_id), depth__gt=1).first()
    there = public_translations(page, now) if page is not None else {}
    if page is None or language not in homes or page.pk not in {other.pk for other in there.values()}:
        raise Http404
    if language in there:
        return HttpResponseRedirect(there[language].get_url(request) or "/")
    texts = [
        (Tongue(code, get_language_info(code)["name_local"], there[code].get_url(request) or "/", False, True),
         there[code].title)
        for code, _name in settings.LANGUAGES
        if code in there
    ]  # fmt: skip
    newest = (
        public_stories(now)
        .filter(locale__language_code=language)
        .select_related("picture", "locale")
        .prefetch_related("picture__renditions")
    )
    return render(request, "website/not_here.html", {"texts": texts, "newest": newest[:NEWEST]})
