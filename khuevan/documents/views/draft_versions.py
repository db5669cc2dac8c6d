"""Versions of a draft: what each changed, any two beside each other, an earlier one taken up again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.core.refusals import takes_only_posts
from khuevan.documents.actions import restore_version
from khuevan.documents.draft_content import composition_of
from khuevan.documents.models import DraftVersion
from khuevan.documents.permissions import can_write_draft
from khuevan.documents.presenters.draft_editor import shown_changes
from khuevan.documents.views.draft_access import draft_crumb, draft_of, drafts_crumb, number, tell
from khuevan.documents.views.frame import person_of, says_why, staff_page
from khuevan.plain.official_documents.draft_changes import changed_only, changes


@require_safe
@says_why
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions, the last first, and the difference of two: those of `?from=` and `?to=`, else the last two."""
    subject = draft_of(request, pk)
    rows = list(
        DraftVersion.objects.filter(draft=subject)
        .select_related("saved_by")
        .defer("content")
        .order_by("-number")
    )
    numbers = [row.number for row in rows]
    wanted = number(request.GET.get("to")), number(request.GET.get("from"))
    new = wanted[0] if wanted[0] in numbers else numbers[0]
    earlier = [one for one in numbers if one < new]
    old = wanted[1] if wanted[1] in numbers else (earlier[0] if earlier else new)
    texts = {
        row.number: row
        for row in DraftVersion.objects.filter(draft=subject, number__in=[old, new]).select_related(
            "saved_by"
        )
    }
    found = changes(composition_of(texts[old].content), composition_of(texts[new].content))
    whole = "whole" in request.GET
    context = {
        "draft": subject,
        "versions": rows,
        "old": texts[old],
        "new": texts[new],
        "whole": whole,
        "changed": sum(line.kind not in ("same", "renumbered") for line in found),
        "lines": shown_changes(found if whole else changed_only(found)),
        "can_write": can_write_draft(person_of(request), subject, clock.today()),
    }
    return staff_page(
        request,
        "documents/drafts/versions.html",
        context,
        drafts_crumb(),
        draft_crumb(subject),
        ("", _("Versions")),
    )


@takes_only_posts
@says_why
def restore(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes an earlier version up again, as a new one."""
    subject = draft_of(request, pk)
    wanted = number(request.POST.get("version")) or 0
    try:
        saved = restore_version(
            by=person_of(request),
            draft=subject,
            seen_version=number(request.POST.get("seen_version")) or 0,
            number=wanted,
        )
    except ValidationError as error:
        tell(request, error)
        return redirect("documents:draft_versions", pk)
    messages.success(
        request,
        _("Version %(old)s is taken up again as version %(new)s.") % {"old": wanted, "new": saved.version},
    )
    return redirect(saved)
