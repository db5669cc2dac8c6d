"""Pictures, films and documents of the library, sent to whoever may have them at this moment."""

from __future__ import annotations

import mimetypes
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.newsroom.models import LibraryDocument, Picture, PictureRendition
from khuevan.newsroom.release import is_file_public
from khuevan.people.models import User

# A picture that was let out stays as it is; one that is withdrawn or expires is gone within the hour.
SECONDS_KEPT = 3600


@require_safe
def rendition(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """One size of a picture: for everybody once it is public, for staff before, else 404 as if it were not there."""
    found = (
        PictureRendition.objects.select_related("image").filter(image=pk, file__endswith=f"/{name}").first()
    )
    if found is None:
        raise Http404
    return _sent(request, found.image, found.file, name)


@require_safe
def document(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """A document of the library, as `rendition`; always as a download: nothing uploaded is shown as our page."""
    found = LibraryDocument.objects.filter(pk=pk).first()
    if found is None or found.filename != name:
        raise Http404
    return _sent(request, found, found.file, name, as_attachment=True)


def _sent(
    request: HttpRequest,
    thing: Picture | LibraryDocument,
    file: Any,
    name: str,
    *,
    as_attachment: bool = False,
) -> HttpResponseBase:
    public = is_file_public(thing, clock.now())
    if not public and not _is_staff(request):
        raise Http404
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(file.open("rb"), as_attachment=as_attachment, filename=name, content_type=kind)
    response.headers["Cache-Control"] = f"public, max-age={SECONDS_KEPT}" if public else "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _is_staff(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.has_perm("wagtailadmin.access_admin")
