"""The private calendar address: the page on which a person makes, renews and revokes it, and what stands under it."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.programme.actions import open_deadline_feed, revoke_deadline_feed
from khuevan.programme.deadline_ics import deadlines_as_ics
from khuevan.programme.deadline_queries import (
    MOST_DEADLINES,
    DeadlineLine,
    deadlines_of,
    feed_in_force,
    feed_of,
)
from khuevan.programme.models import DeadlineFeed
from khuevan.programme.presenters.deadlines import deadline
from khuevan.programme.views.plan_pages import person_of, staff_page

CALENDAR_TYPE = "text/calendar; charset=utf-8"


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("secret", "url")
def deadline_feed(request: HttpRequest) -> HttpResponse:
    """The person's own address: whether there is one, how to add it, and to make, renew or revoke it.

    A new address is shown in the answer to the request that made it, and never again: only its digest is kept.
    """
    person = person_of(request)
    url = ""
    if request.method == "POST":
        if request.POST.get("deed") == "revoke":
            ended = revoke_deadline_feed(by=person)
            sentence = _("The address no longer works.") if ended else _("There was no address to revoke.")
            messages.success(request, sentence)
            return redirect("programme:deadline_feed")
        secret = open_deadline_feed(by=person)
        url = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('programme_deadlines', args=[secret])}"
    context = {
        "page_heading": _("Subscribe to deadlines"),
        "tab": "deadline_feed",
        "url": url,
        "webcal_url": f"webcal://{url.partition('://')[2]}" if url else "",
        "feed": feed_in_force(person),
    }
    crumb = (request.path, _("Subscribe to deadlines"))
    response = staff_page(request, "programme/planning/deadline_feed.html", context, crumb)
    response.headers["Cache-Control"] = "no-store, private"
    return response


@require_safe
@sensitive_variables("secret")
def deadlines(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar under a private address; 404 in the same words whatever the reason is."""
    today = clock.today()
    feed = feed_of(secret, today)
    if feed is None:
        return HttpResponseNotFound(
            "No calendar at this address.\n", content_type="text/plain; charset=utf-8"
        )
    # Outside the staff pages the language would be the public's.
    with translation.override(settings.STAFF_LANGUAGE):
        response = _calendar(request, feed, deadlines_of(feed.person, today))
    response.headers["Cache-Control"] = "private, max-age=600"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _calendar(request: HttpRequest, feed: DeadlineFeed, lines: list[DeadlineLine]) -> HttpResponse:
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    today = clock.today()
    entries = [deadline(line, today, host, _address) for line in lines]
    name = _("Deadlines – %(person)s") % {"person": feed.person}
    words = _("What your units owe, and what waits for you to accept it.")
    if len(entries) == MOST_DEADLINES:
        words += " " + _("Only the first %(most)s deadlines stand here.") % {"most": MOST_DEADLINES}
    data = deadlines_as_ics(name, words, entries)
    response: HttpResponse = HttpResponse(data, content_type=CALENDAR_TYPE)
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    changed = max((entry.changed for entry in entries), default=feed.created_at)
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    response.headers["Content-Disposition"] = 'inline; filename="khue-van.ics"'
    # The digest alone says that nothing changed: an entry that went leaves no later moment behind.
    answer = get_conditional_response(request, etag=etag, response=response)
    assert answer is not None
    return answer


def _address(line: DeadlineLine) -> str:
    name, key = ("programme:task", line.task) if line.step else ("programme:instalment", line.pk)
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=[key])}"
