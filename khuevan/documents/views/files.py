"""Files of documents handed out: as a download, a PDF to look at, the text that was read, the signatures."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.documents.actions import open_document_file, open_document_text
from khuevan.documents.models import DocumentFile
from khuevan.documents.queries.reading import visible_documents
from khuevan.documents.signature_checks import signatures_of
from khuevan.documents.views.document import document_name, found_document
from khuevan.documents.views.frame import person_of, says_why, staff_page
from khuevan.plain.official_documents.document import from_stored

# A PDF that came from outside: it may draw itself, and load or run nothing. A sandbox would be stricter, but
# browsers then refuse to show a PDF at all.
PDF_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


@require_safe
@says_why
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file as a download; the trail notes who took it."""
    file = _file(request, pk)
    open_document_file(by=person_of(request), file=file)
    return _response(file, as_attachment=True, content_type="application/octet-stream")


@require_safe
@xframe_options_sameorigin
@says_why
def inline(request: HttpRequest, pk: int) -> FileResponse:
    """A PDF for the browser's own viewer; the trail notes who opened it. Any other file is a download only."""
    file = _file(request, pk)
    if file.content_type != "application/pdf" or b"%PDF-" not in _head(file):
        raise Http404(_("Only a PDF is shown in the browser: download the file."))
    open_document_file(by=person_of(request), file=file)
    response = _response(file, as_attachment=False, content_type="application/pdf")
    response.headers["Content-Security-Policy"] = PDF_POLICY
    return response


@require_safe
@says_why
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text that was read in a document; the trail notes who opened it."""
    found = found_document(request, pk)
    if not found.reading:
        raise Http404(_("No text was read in this document."))
    open_document_text(by=person_of(request), document=found)
    context = {"document": found, "paragraphs": from_stored(found.reading).paragraphs}
    crumbs = ((found.get_absolute_url(), document_name(found)), (request.path, _("Text")))
    return staff_page(request, "documents/register/text.html", context, *crumbs)


@require_safe
@says_why
def signatures(request: HttpRequest, pk: int) -> HttpResponse:
    """Who signed a PDF, when, and whether it was changed since. Looked at anew each time."""
    file = _file(request, pk)
    found = file.document
    context = {
        "document": found,
        "file": file,
        "checked": signatures_of(_bytes(file), at=clock.now(), zone=timezone.get_current_timezone()),
    }
    crumbs = ((found.get_absolute_url(), document_name(found)), (request.path, _("Digital signatures")))
    return staff_page(request, "documents/register/signatures.html", context, *crumbs)


def _file(request: HttpRequest, pk: int) -> DocumentFile:
    seen = visible_documents(person_of(request), clock.today()).order_by().values("pk")
    found = DocumentFile.objects.select_related("document").filter(pk=pk, document__in=seen).first()
    if found is None:
        raise Http404(_("There is no such file, or it is not your unit's."))
    return found


def _head(file: DocumentFile) -> bytes:
    try:
        with file.file.open("rb") as stream:
            return bytes(stream.read(1024))
    except FileNotFoundError as error:
        raise Http404(_("The file is missing from the disk: ask for it from the backup.")) from error


def _bytes(file: DocumentFile) -> bytes:
    try:
        with file.file.open("rb") as stream:
            return bytes(stream.read())
    except FileNotFoundError as error:
        raise Http404(_("The file is missing from the disk: ask for it from the backup.")) from error


def _response(file: DocumentFile, *, as_attachment: bool, content_type: str) -> FileResponse:
    try:
        content = file.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("The file is missing from the disk: ask for it from the backup.")) from error
    response = FileResponse(content, as_attachment=as_attachment, filename=file.filename)
    response.headers["Content-Type"] = content_type
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
