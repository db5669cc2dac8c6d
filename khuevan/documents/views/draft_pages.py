"""A draft as it will be printed: its pages as pictures, the files to take along, the pictures that it shows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from khuevan.core.refusals import sentences
from khuevan.documents.draft_printing import draft_filename, draft_pdf, draft_word, page_count, page_picture
from khuevan.documents.models import Draft, DraftVersion
from khuevan.documents.views.draft_access import draft_of, tell
from khuevan.documents.views.frame import says_why

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def pages_context(draft: Draft) -> dict[str, Any]:
    """The pages of the saved draft for its preview; `unprintable` says why there are none."""
    try:
        count = page_count(draft_pdf(draft))
    except ValidationError as error:
        return {"pages": [], "unprintable": sentences(error)}
    return {
        "pages": [
            {
                "number": number,
                "url": reverse("documents:draft_page", args=[draft.pk, draft.version, number]),
            }
            for number in range(1, count + 1)
        ],
        "unprintable": "",
    }


@require_safe
@says_why
def pages(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview alone, for the script that puts it in after saving."""
    subject = draft_of(request, pk)
    return render(request, "documents/drafts/pages.html", {"draft": subject, **pages_context(subject)})


@require_safe
@says_why
def page(request: HttpRequest, pk: int, version: int, number: int) -> HttpResponse:
    """One page of a version as PNG."""
    subject = draft_of(request, pk)
    content = None
    if version != subject.version:
        content = get_object_or_404(DraftVersion, draft=subject, number=version).content
    try:
        picture = page_picture(draft_pdf(subject, content), number)
    except ValidationError:
        raise Http404 from None
    if picture is None:
        raise Http404
    response = HttpResponse(picture, content_type="image/png")
    # A version never changes; the day that is printed beside the blank may, so not for ever.
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@require_safe
@says_why
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The saved draft as PDF or Word, named as a draft."""
    subject = draft_of(request, pk)
    try:
        if kind == "pdf":
            data, content_type = draft_pdf(subject), "application/pdf"
        else:
            data, content_type = draft_word(subject), WORD
    except ValidationError as error:
        tell(request, error)
        return HttpResponse(status=302, headers={"Location": subject.get_absolute_url()})
    response = HttpResponse(data, content_type=content_type)
    name = draft_filename(subject, "pdf" if kind == "pdf" else "docx")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@says_why
def picture(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A picture that the draft shows."""
    subject = draft_of(request, pk)
    row = subject.pictures.filter(name=name).first()
    if row is None:
        raise Http404
    with row.file.open("rb") as stream:
        data = stream.read()
    response = HttpResponse(data, content_type="image/png" if name.endswith(".png") else "image/jpeg")
    response.headers["Cache-Control"] = "private, max-age=86400"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
