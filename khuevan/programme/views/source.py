"""A plan's signed text as it was read, and the signed file itself."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.plain.official_documents import from_stored
from khuevan.programme.models import PlanVersion
from khuevan.programme.permissions import check_can_read_source
from khuevan.programme.presenters.source_html import source_html
from khuevan.programme.source_text import marked_paragraphs
from khuevan.programme.views.access import says_why


def _version(request: HttpRequest, plan: int, number: int | None) -> PlanVersion:
    assert isinstance(request.user, User)  # the staff frame has signed the person in
    check_can_read_source(request.user, clock.today())
    versions = PlanVersion.objects.filter(plan=plan).select_related("plan", "imported_by").order_by("-number")
    if number is not None:
        versions = versions.filter(number=number)
    return get_object_or_404(versions[:1])


@require_safe
@says_why
def text(request: HttpRequest, plan: int, number: int | None = None) -> HttpResponse:
    """The whole text of a version, the newest where none is named; #p12 is a paragraph, #at-t3 a task."""
    version = _version(request, plan, number)
    context = {
        "version": version,
        "source": source_html(marked_paragraphs(from_stored(version.reading))),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": version.plan.get_absolute_url(), "label": version.plan.title},
            {"url": request.path, "label": _("Source text")},
        ],
    }
    return render(request, "programme/import/source.html", context)


@require_safe
@says_why
def file(request: HttpRequest, plan: int, number: int) -> FileResponse:
    """The signed file as it was uploaded, always as a download: a browser shall not open what it holds."""
    version = _version(request, plan, number)
    try:
        content = version.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("The signed file is missing from the disk: ask for it from the backup.")) from error
    response = FileResponse(content, as_attachment=True, filename=version.filename)
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
