"""A piece under embargo for the one reporter who holds a pass, and its files through that pass alone.

Nothing of it is kept by anybody: not by our page cache, not by a proxy, not by a search engine; and the private
address is told to no page that the reporter goes on to.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final, TypeVar
from urllib.parse import unquote

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.newsroom.actions.passes import open_pass
from khuevan.newsroom.models import EmbargoPass, StoryPage
from khuevan.website.views.files import OPENED_BY_PASS

Response = TypeVar("Response", bound=HttpResponseBase)
# An address of a file that got into other hands opens no longer than this, whatever the pass.
FILES_OPEN: Final = timedelta(hours=1)
SALT: Final = "khuevan.newsroom.pass.file"
# What a pass opens beside the page: sizes of pictures, films with their captions, documents. No downloads.
FILE_VIEWS: Final = frozenset(
    {"newsroom:rendition", "newsroom:document", "newsroom:video", "newsroom:captions"}
)
_FILE: Final = re.compile(r"(?<![\w/-])/(?:pictures|files|videos)/[0-9]{1,18}/[^\"'\s,<>&?#]+")


@require_safe
def opened(request: HttpRequest, secret: str) -> HttpResponse:
    """The piece, with a banner that names its embargo; once that is over, the way to the public page.

    404, as if there were no such address, for a pass that has ended or was revoked.
    """
    now = clock.now()
    found = open_pass(secret, now)
    if found is None:
        raise Http404
    if found.piece is None:
        return _unkept(HttpResponseRedirect(found.page.get_url(request) or "/"))
    with translation.override(found.page.locale.language_code):
        html = _page(request, found.piece, found.embargo_pass)
    return _unkept(HttpResponse(html))


@require_safe
def opened_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """A file of the piece, at an address that was signed for the pass and ends within the hour."""
    now = clock.now()
    try:
        said: dict[str, Any] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise Http404 from None
    found = EmbargoPass.objects.filter(pk=said["pass"]).first()
    if found is None or not found.is_good_at(now) or now.timestamp() >= said["until"]:
        raise Http404
    match = resolve(said["file"])
    # Only a request that comes this way bears the mark: no client can set it.
    request.META[OPENED_BY_PASS] = "1"
    response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return _unkept(response)


def _page(request: HttpRequest, piece: StoryPage, embargo_pass: EmbargoPass) -> str:
    context = piece.get_context(request)
    html = render_to_string(
        "newsroom/piece_under_pass.html", {**context, "embargo_pass": embargo_pass}, request
    )
    until = min(embargo_pass.expires_at, clock.now() + FILES_OPEN).timestamp()
    signed: dict[str, str] = {}

    def through_the_pass(match: re.Match[str]) -> str:
        path = match[0]
        if path not in signed:
            signed[path] = _signed(path, embargo_pass.pk, until)
        return signed[path]

    return _FILE.sub(through_the_pass, html)


def _signed(path: str, key: int, until: float) -> str:
    """The address by which the pass opens the file; the path itself where it is no file of the library.

    `path` is as it stands in the page: a name with Vietnamese letters is percent-encoded there, and not where
    addresses are looked up.
    """
    path_info = unquote(path)
    try:
        name = resolve(path_info).view_name
    except Resolver404:
        return path
    if name not in FILE_VIEWS:
        return path
    token = signing.dumps({"pass": key, "file": path_info, "until": until}, salt=SALT, compress=True)
    return reverse("newsroom:pass_file", args=[token])


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
