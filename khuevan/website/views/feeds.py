"""Feeds of a language or a section, sitemaps, and what machines are told of the site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from khuevan.core import clock
from khuevan.newsroom.models import SectionPage, Topic
from khuevan.newsroom.release import public_pages
from khuevan.plain.feeds.atom import atom_feed
from khuevan.plain.feeds.http_headers import last_modified, link
from khuevan.plain.feeds.json_feed import json_feed
from khuevan.plain.feeds.rss import rss_feed
from khuevan.plain.feeds.sitemap import NEWS, PAGES, SitemapFile, fresh_news, sitemap_files, sitemap_index
from khuevan.website.feed_addresses import feed_address
from khuevan.website.library_told import number_of_files, sitemap_pages_of_library
from khuevan.website.syndication import feed_of, sitemap_pages

# The form's name in the address, its writer, and its media type.
FORMS: Final[dict[str, tuple[Callable[..., bytes], str]]] = {
    "rss": (rss_feed, "application/rss+xml; charset=utf-8"),
    "atom": (atom_feed, "application/atom+xml; charset=utf-8"),
    "json": (json_feed, "application/feed+json; charset=utf-8"),
}
XML: Final = "application/xml; charset=utf-8"


@require_safe
def feed(request: HttpRequest, language: str, form: str, section: str = "", topic: str = "") -> HttpResponse:
    """The feed of a language, of one of its sections or of a topic, in one of the three forms."""
    locale = Locale.objects.filter(language_code=language).first()
    if locale is None or form not in FORMS:
        raise Http404
    found = None
    if section:
        found = public_pages(SectionPage.objects.filter(locale=locale, slug=section), clock.now()).first()
        if found is None:
            raise Http404
    about = Topic.objects.filter(slug=topic).first() if topic else None
    if topic and about is None:
        raise Http404
    values = feed_of(request, locale, found, about)
    writer, kind = FORMS[form]
    # A hub knows a feed by one address, whatever host a reader came by.
    address = feed_address(request.path) if values.hubs else request.build_absolute_uri(request.path)
    response = HttpResponse(writer(values, address=address), content_type=kind)
    response.headers["Last-Modified"] = last_modified(values)
    if links := link(values, address=address):
        response.headers["Link"] = links
    return response


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the sitemaps."""
    count = sum(1 for _file in sitemap_files(sitemap_pages(request), PAGES))
    files = [
        SitemapFile(address=request.build_absolute_uri(reverse("sitemap_file", args=[number])))
        for number in range(1, count + 1)
    ]
    files.append(SitemapFile(address=request.build_absolute_uri(reverse("sitemap_news"))))
    files += [
        SitemapFile(address=request.build_absolute_uri(reverse("sitemap_library", args=[number])))
        for number in range(1, number_of_files() + 1)
    ]
    return HttpResponse(sitemap_index(files), content_type=XML)


@require_safe
def sitemap_file(request: HttpRequest, number: int) -> HttpResponse:
    """One sitemap of pages, from 1."""
    for place, content in enumerate(sitemap_files(sitemap_pages(request), PAGES), start=1):
        if place == number:
            return HttpResponse(content, content_type=XML)
    raise Http404


@require_safe
def sitemap_news(request: HttpRequest) -> HttpResponse:
    """The pieces of the last two days, for news search."""
    fresh = fresh_news(sitemap_pages(request), now=clock.now())
    content = next(iter(sitemap_files(fresh, NEWS)), b"")
    return HttpResponse(content, content_type=XML)


@require_safe
def sitemap_library(request: HttpRequest, number: int) -> HttpResponse:
    """One sitemap of the public library's things, from 1."""
    if not 1 <= number <= max(1, number_of_files()):
        raise Http404
    pages = sitemap_pages_of_library(request, number)
    return HttpResponse(next(sitemap_files(pages, PAGES)), content_type=XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may look at: everything public, and where the sitemap is."""
    lines = [
        "User-agent: *",
        f"Disallow: {settings.STAFF_PREFIX}",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
