"""Evidence: a file handed out, and the search for records that can be named."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.programme.choices import EvidenceKind
from khuevan.programme.evidence_search import records_found
from khuevan.programme.permissions import can_read_reply
from khuevan.programme.reply_queries import evidence_seen
from khuevan.programme.views.access import says_why
from khuevan.programme.views.plan_pages import person_of
from khuevan.programme.views.reply_pages import nothing_here, sight_at


@require_safe
@says_why
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file, always as a download: a browser shall not open what it holds. A draft's is its unit's own."""
    today, sight = sight_at(request)
    item = evidence_seen(sight, pk)
    if (
        item is None
        or item.kind != EvidenceKind.FILE
        or not can_read_reply(person_of(request), item.reply, today)
    ):
        raise nothing_here()
    try:
        content = item.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("The file is missing from the disk: ask for it from the backup.")) from error
    response = FileResponse(content, as_attachment=True, filename=item.filename)
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@says_why
def records(request: HttpRequest) -> HttpResponse:
    """The records that the person sees and that hold the words, as ticks for the form of a report."""
    words = request.GET.get("words", "")
    context = {"words": words, "found": records_found(person_of(request), words)}
    return render(request, "programme/replies/records.html", context)
