"""Pictures, films and documents of the library, sent to whoever may have them at this moment."""

from __future__ import annotations

import hashlib
import mimetypes
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.core.private_files import private_storage
from khuevan.newsroom.actions.counting import count_download
from khuevan.newsroom.library_downloads import download_of, name_for
from khuevan.newsroom.models import LibraryDocument, Picture, PictureRendition, Video
from khuevan.newsroom.release import is_file_public, is_offered
from khuevan.people.models import User
from khuevan.website.readers import is_a_reader
from khuevan.website.views.ranges import sent_file

Thing = Picture | LibraryDocument | Video
# Set by the view of passes alone: whoever holds a good pass sees the piece's files as staff do.
OPENED_BY_PASS: Final = "khuevan.opened_by_pass"  # noqa: S105  (a name, no secret)
# A picture that was let out stays as it is; one that is withdrawn is gone within the hour, one that expires in time.
SECONDS_KEPT: Final = 3600
# Nothing in a file acts, whatever somebody managed to hide in it; a drawing keeps its own styles.
FILE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
KINDS: Final[dict[str, type[Thing]]] = {"pictures": Picture, "documents": LibraryDocument, "videos": Video}


@require_safe
def rendition(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """One size of a picture: for everybody once it is public, for staff before, else 404 as if it were not there."""
    found = (
        PictureRendition.objects.select_related("image").filter(image=pk, file__endswith=f"/{name}").first()
    )
    if found is None:
        raise Http404
    public = _is_public(request, found.image)
    return _sent(request, found.image, found.file, name, etag=f"{pk}/{name}", public=public)


@require_safe
def document(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """A document of the library, as `rendition`; always as a download: nothing uploaded is shown as our page."""
    found = LibraryDocument.objects.filter(pk=pk).first()
    if found is None or found.filename != name:
        raise Http404
    public = _is_public(request, found)
    if public and is_a_reader(request):
        count_download(found, "original")
    return _sent(request, found, found.file, name, etag=_etag_of(found), public=public, as_attachment=True)


@require_safe
def video(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """A film as it is watched, in the parts that the player asks for."""
    found = Video.objects.filter(pk=pk).first()
    if found is None or found.filename != name:
        raise Http404
    public = _is_public(request, found)
    return _sent(
        request, found, found.file, name, etag=found.sha256, public=public, content_type=found.content_type
    )


@require_safe
def captions(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """What is said in a film, in WebVTT, for whoever may watch it."""
    found = Video.objects.filter(pk=pk).first()
    words = found.captions.get(language) if found is not None and isinstance(found.captions, dict) else None
    if found is None or not words:
        raise Http404
    public = _is_public(request, found)
    response = HttpResponse(words, content_type="text/vtt; charset=utf-8")
    response.headers["Cache-Control"] = _kept(found, public=public)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def download(request: HttpRequest, kind: str, pk: int, size: str) -> HttpResponseBase:
    """A thing of the library to take away, in one size; counted, and whoever took it is not known."""
    model = KINDS.get(kind)
    thing: Thing | None = None if model is None else model._default_manager.filter(pk=pk).first()
    if thing is None:
        raise Http404
    # A piece that shows a picture does not offer it for download: the library does.
    public = is_offered(thing)
    if not public and not _is_staff(request):
        raise Http404
    if isinstance(thing, Picture):
        made = download_of(thing, size)
        if made is None:
            raise Http404
        file, name, kind_of_file = private_storage().open(made.path), made.name, made.content_type
        etag, length = made.etag, made.length
    else:
        if size != "original":
            raise Http404
        name = name_for(thing, thing.filename.rpartition(".")[2].lower())
        kind_of_file = mimetypes.guess_type(name)[0] or "application/octet-stream"
        etag, length = _etag_of(thing), thing.file.size
        file = thing.file.open("rb")
    response = sent_file(
        request, file, size=length, etag=etag, content_type=kind_of_file, name=name, as_attachment=True
    )
    if public and is_a_reader(request) and response.status_code in (200, 206):
        count_download(thing, size)
    # Asked each time, so that what is counted is what is taken, and what has ended is gone.
    response.headers["Cache-Control"] = "private, no-cache" if public else "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return _safe(response)


def _sent(
    request: HttpRequest,
    thing: Thing,
    file: Any,
    name: str,
    *,
    etag: str,
    public: bool,
    as_attachment: bool = False,
    content_type: str = "",
) -> HttpResponseBase:
    response = sent_file(
        request,
        file.open("rb"),
        size=file.size,
        etag=hashlib.sha256(etag.encode()).hexdigest()[:20],
        content_type=content_type or mimetypes.guess_type(name)[0] or "application/octet-stream",
        name=name,
        as_attachment=as_attachment,
    )
    response.headers["Cache-Control"] = _kept(thing, public=public)
    return _safe(response)


def _safe(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def _kept(thing: Thing, *, public: bool) -> str:
    """How long others may keep the file: no longer than it may be shown."""
    if not public:
        return "private, no-store"
    seconds = SECONDS_KEPT
    if thing.expires_date is not None:
        end = clock.end_of(thing.expires_date)
        seconds = max(0, min(seconds, int((end - clock.now()).total_seconds())))
    return f"public, max-age={seconds}"


def _is_public(request: HttpRequest, thing: Thing) -> bool:
    """Whether everybody may have it; 404 as if it were not there for whoever may not."""
    public = is_file_public(thing, clock.now())
    if not public and not _is_staff(request):
        raise Http404
    return public


def _is_staff(request: HttpRequest) -> bool:
    if OPENED_BY_PASS in request.META:
        return True
    return isinstance(request.user, User) and request.user.has_perm("wagtailadmin.access_admin")


def _etag_of(thing: LibraryDocument | Video) -> str:
    return thing.sha256 if isinstance(thing, Video) else str(thing.get_file_hash())
