"""Where the newsroom meets Wagtail: what is served, and to whom."""

from __future__ import annotations

import mimetypes
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from wagtail import hooks

from khuevan.core import clock
from khuevan.newsroom.release import is_file_public
from khuevan.people.models import User


@hooks.register("before_serve_document")
def serve_document(document: Any, request: HttpRequest) -> HttpResponseBase:
    """The document: for everybody once it may be had, for staff before, else as if it were not there.

    Always as a download: nothing that somebody uploaded is shown as a page of ours.
    """
    public = is_file_public(document, clock.now())
    if not public and not (
        isinstance(request.user, User) and request.user.has_perm("wagtailadmin.access_admin")
    ):
        raise Http404
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.filename,
        content_type=mimetypes.guess_type(document.filename)[0] or "application/octet-stream",
    )
    response.headers["Cache-Control"] = "public, max-age=3600" if public else "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
