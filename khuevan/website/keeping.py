"""Which answers may be kept for everybody, and what makes them outdated."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from khuevan.core import clock
from khuevan.website.page_cache import KEEP_HEADER

# Kept no longer than this even where nothing was published: what ends by the clock ends in time.
SECONDS: Final = 20


class KeepingMiddleware:
    """Says of each answer whether it is the same for everybody; the cache around the application believes it alone.

    Kept are public pages, feeds and lists, also a 404 and a 410; never anything of the staff pages, of a signed-in
    person, of a form, of a preview, or with a cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_same_for_everybody(request, response):
            seconds = _seconds_until_it_differs(response)
            if seconds:
                response.headers[KEEP_HEADER] = str(seconds)
            # Browsers and proxies may keep it too, and ask each time whether it is still so: a 304 costs nothing.
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


def _is_same_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    if request.method not in ("GET", "HEAD") or response.status_code not in (200, 404, 410):
        return False
    if request.path_info.startswith(settings.STAFF_PREFIX) or getattr(request, "is_preview", False):
        return False
    # Whoever has a session may see more than others; asking for the user would open one.
    if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies or response.streaming:
        return False
    # The cache knows codings and no other difference between readers: not Cookie, not Accept-Language, not Accept.
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    if not varies <= {"", "accept-encoding"}:
        return False
    said = response.headers.get("Cache-Control", "")
    return "private" not in said and "no-store" not in said


def _seconds_until_it_differs(response: HttpResponse) -> int:
    """How many whole seconds the page says the same: until it expires, or a press conference's form closes."""
    page = (getattr(response, "context_data", None) or {}).get("page")
    now = clock.now()
    seconds = SECONDS
    for name in ("expire_at", "accreditation_until", "begins_at", "ends_at"):
        moment = getattr(page, name, None)
        if moment is not None and moment > now:
            seconds = min(seconds, int((moment - now).total_seconds()))
    return seconds


def outdate(**kwargs: Any) -> None:
    """Empties every process's cache once the transaction in progress is done: a signal's receiver."""
    transaction.on_commit(touch_stamp)


def touch_stamp() -> None:
    """Changes the stamp now."""
    settings.PAGE_STAMP.parent.mkdir(parents=True, exist_ok=True)
    with settings.PAGE_STAMP.open("ab"):
        # There from now on; opened like this its time stays as it is.
        pass
    # Two publications within the grain of the file system's clock must not look like one.
    moment = max(time.time_ns(), settings.PAGE_STAMP.stat().st_mtime_ns + 1)
    os.utime(settings.PAGE_STAMP, ns=(moment, moment))


def connect_signals() -> None:
    """Makes whatever the public sees outdate the caches when it changes; called when the apps are ready."""
    # Models can be imported only once all apps are loaded.
    from django.db.models.signals import post_delete, post_save
    from wagtail.models import CollectionViewRestriction, Locale, Page, PageViewRestriction, Site
    from wagtail.signals import page_published, page_unpublished, post_page_move

    from khuevan.newsroom import models
    from khuevan.newsroom.rendering import sizes_made

    # A draft that is saved changes nothing that the public sees: of pages, only these.
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(outdate, dispatch_uid="website-pages")
    # Feeds and the API left out what was not there yet.
    sizes_made.connect(outdate, dispatch_uid="website-sizes")
    post_delete.connect(outdate, sender=Page, dispatch_uid="website-pages")
    for model in (
        Locale, Site, PageViewRestriction, CollectionViewRestriction, models.PublicChange, models.Topic,
        models.Contact, models.Picture, models.LibraryDocument, models.Video,
    ):  # fmt: skip
        for signal in (post_save, post_delete):
            signal.connect(outdate, sender=model, dispatch_uid=f"website-{model.__name__}")
