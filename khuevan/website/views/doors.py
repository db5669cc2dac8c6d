"""Where an address without a language leads: the site in the reader's language, a piece by its permanent number."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from wagtail.models import Page, Site

from khuevan.core import clock
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.release import public_pages, public_stories


def front_door(request: HttpRequest) -> HttpResponse:
    """Leads to the home page in the first language that the browser asks for and that the site has; else English."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    homes = public_pages(
        Page.objects.filter(translation_key=site.root_page.translation_key), clock.now()
    ).select_related("locale")
    return _leading_to({home.locale.language_code: home.specific_deferred for home in homes}, request)


def permanent(request: HttpRequest, short_id: int) -> HttpResponse:
    """Leads to the piece with the permanent number, in the reader's language where it has one."""
    pieces = public_stories(clock.now()).filter(short_id=short_id).select_related("locale")
    found: dict[str, Page] = {piece.locale.language_code: piece for piece in pieces}
    if not found:
        # A withdrawn piece's own address says so; its number leads there.
        withdrawn = StoryPage.objects.filter(short_id=short_id, public_changes__kind="WITHDRAWAL")
        found = {piece.locale.language_code: piece for piece in withdrawn.select_related("locale")}
    return _leading_to(found, request)


def _leading_to(pages: dict[str, Page], request: HttpRequest) -> HttpResponse:
    for code in [*_asked_for(request), settings.LANGUAGE_CODE, *sorted(pages)]:
        page = pages.get(code)
        if page is not None and (url := page.get_url(request)):
            response = HttpResponseRedirect(url)
            patch_vary_headers(response, ["Accept-Language"])
            return response
    raise Http404


def _asked_for(request: HttpRequest) -> list[str]:
    """The languages of the site that the browser asks for, the dearest first."""
    found: list[str] = []
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            found.append(get_supported_language_variant(code))
        except LookupError:
            continue
    return found
