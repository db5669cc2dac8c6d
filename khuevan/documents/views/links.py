"""A file of a document for a recipient who got its address by mail."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from khuevan.documents.choices import DispatchState, DocumentState
from khuevan.documents.dispatch_files import file_of_link, outward_name
from khuevan.documents.models import Dispatch
from khuevan.documents.queries.dispatching import files_to_send


@never_cache
@require_safe
def file(request: HttpRequest, token: str) -> FileResponse:
    """The file as a download, while the link is young, the document in force, and its mail the last one.

    The address itself is the right to read: it is signed, names one recipient, and ends.
    """
    named = file_of_link(token)
    if named is None:
        raise _nothing_here()
    dispatch_pk, file_pk, mail_key = named
    dispatch = (
        Dispatch.objects.select_related("document")
        .exclude(state__in=[DispatchState.RECALLED, DispatchState.PREPARED, DispatchState.FAILED])
        .exclude(document__state__in=[DocumentState.REVOKED, DocumentState.REPLACED])
        .exclude(mail_key="")
        .filter(pk=dispatch_pk, mail_key=mail_key)
        .first()
    )
    files = files_to_send(dispatch.document) if dispatch is not None else []
    found = next((each for each in files if each.pk == file_pk), None)
    if dispatch is None or found is None:
        raise _nothing_here()
    name = outward_name(dispatch.document, found, first=found == files[0])
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = found.content_type
    response["X-Robots-Tag"] = "noindex"
    return response


def _nothing_here() -> Http404:
    return Http404(_("This link has ended, or the document was recalled: ask its sender."))
