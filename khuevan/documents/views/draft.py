"""The page on which a draft is written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.core.refusals import sentences, takes_only_posts
from khuevan.documents.actions import DraftChangedMeanwhile, save_draft
from khuevan.documents.draft_content import composition_of
from khuevan.documents.draft_editing import DraftEditing, pasted_rows
from khuevan.documents.forms.draft_rows import Row
from khuevan.documents.models import Draft, DraftVersion
from khuevan.documents.permissions import (
    can_comment_on,
    can_write_draft,
    check_can_write_draft,
)
from khuevan.documents.presenters.draft_editor import editor_context, shown_changes, shown_rows
from khuevan.documents.template_permissions import can_keep_as_template
from khuevan.documents.views.draft_access import draft_crumb, draft_of, drafts_crumb
from khuevan.documents.views.draft_pages import pages_context
from khuevan.documents.views.frame import person_of, says_why, staff_page
from khuevan.plain.official_documents.draft_changes import changed_only, changes


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def draft(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The draft with its fields, its lines and its pages as printed; a POST saves, or does what a button asks for."""
    subject = draft_of(request, pk)
    person, day = person_of(request), clock.today()
    if request.method != "POST":
        return _shown(request, DraftEditing(subject, person, day))
    check_can_write_draft(person, subject, day)
    editing = DraftEditing(subject, person, day, request.POST)
    button = request.POST.get("do", "save")
    if button != "save":
        try:
            editing.press(button, request.POST, request.FILES)
        except ValidationError as error:
            return _shown(request, editing, problem=sentences(error), status=422)
        return _shown(request, editing, unsaved=True)
    return _save(request, editing)


def _save(request: HttpRequest, editing: DraftEditing) -> HttpResponse:
    by_script = request.headers.get("Accept") == "application/json"
    if not editing.form.is_valid():
        errors = {name: [str(one) for one in found] for name, found in editing.form.errors.items()}
        if by_script:
            return JsonResponse({"problem": _unsaved(), "errors": errors}, status=422)
        return _shown(request, editing, problem=_unsaved(), status=422)
    try:
        # What a wrong clause wrote before it was found is undone.
        with transaction.atomic():
            saved = save_draft(
                by=editing.person,
                draft=editing.draft,
                seen_version=editing.seen_version,
                contents=editing.contents(),
                note=request.POST.get("note", "").strip(),
            )
    except DraftChangedMeanwhile as conflict:
        if by_script:
            return JsonResponse({"problem": sentences(conflict), "conflict": True}, status=409)
        return _shown(request, editing, conflict=conflict.draft, status=409)
    except ValidationError as error:
        if by_script:
            return JsonResponse({"problem": sentences(error), "errors": {}}, status=422)
        return _shown(request, editing, problem=sentences(error), status=422)
    changed = saved.version != editing.seen_version
    if by_script:
        return JsonResponse({"version": saved.version, "said": _said(saved.version, changed)})
    messages.success(request, _said(saved.version, changed))
    return redirect(saved)


def _said(version: int, changed: bool) -> str:
    if changed:
        return _("Saved as version %(version)s at %(time)s.") % {
            "version": version,
            "time": clock.now().strftime("%H:%M"),
        }
    return _("Saved: nothing of what is printed has changed.")


def _unsaved() -> str:
    return _("Not saved yet: please mend what is marked. Nothing that you wrote is lost.")


def _shown(
    request: HttpRequest,
    editing: DraftEditing,
    *,
    problem: str = "",
    unsaved: bool = False,
    conflict: Draft | None = None,
    status: int = 200,
) -> HttpResponse:
    subject, person, day = editing.draft, editing.person, editing.day
    comments = list(
        subject.comments.select_related("written_by", "settled_by", "parent").order_by("written_at", "id")
    )
    context: dict[str, Any] = {
        **editor_context(editing, comments),
        **pages_context(subject),
        "draft": subject,
        "can_write": can_write_draft(person, subject, day),
        "can_comment": can_comment_on(person, subject, day),
        "can_keep_template": can_keep_as_template(person, subject, day),
        "problem": problem,
        "unsaved": unsaved,
        "threads": _threads(comments),
        "open_comments": sum(one.settled_at is None and one.parent_id is None for one in comments),
        "version_count": subject.version,
    }
    if conflict is not None:
        context |= _conflict(editing, conflict)
    return staff_page(
        request,
        "documents/drafts/draft.html",
        context,
        drafts_crumb(),
        ("", draft_crumb(subject)[1]),
        status=status,
    )


def _threads(comments: list[Any]) -> list[dict[str, Any]]:
    """First comments with their answers, open ones first."""
    found = [
        {
            "comment": first,
            "answers": [one for one in comments if one.parent_id == first.pk],
        }
        for first in comments
        if first.parent_id is None
    ]
    return sorted(found, key=lambda thread: thread["comment"].settled_at is not None)


def _conflict(editing: DraftEditing, now: Draft) -> dict[str, Any]:
    """Both texts: what was saved meanwhile, and what one's own would change in that."""
    theirs = composition_of(now.content)
    mine = editing.composition()
    seen = DraftVersion.objects.filter(draft=now, number=editing.seen_version).first()
    last = DraftVersion.objects.filter(draft=now, number=now.version).select_related("saved_by").first()
    base = composition_of(seen.content) if seen is not None else theirs
    return {
        "conflict": last,
        # Whoever saves now has seen both.
        "seen_version": now.version,
        "theirs": shown_changes(changed_only(changes(base, theirs), around=0)),
        "mine": shown_changes(changed_only(changes(theirs, mine), around=0)),
    }


@takes_only_posts
@says_why
def paste(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The lines of the editor that a pasted text makes, as HTML that its script puts in; saves nothing."""
    subject = draft_of(request, pk)
    check_can_write_draft(person_of(request), subject, clock.today())
    taken = [Row(key) for key in request.POST.getlist("row")]
    try:
        rows = pasted_rows(request.POST.get("paste-text", ""), taken)
    except ValidationError as error:
        return JsonResponse({"problem": sentences(error)}, status=422)
    context = {"rows": shown_rows(rows), "can_write": True, "draft": subject}
    return render(request, "documents/drafts/rows.html", context)


@require_safe
@says_why
def bases_found(request: HttpRequest, pk: int) -> HttpResponse:
    """Documents of the register that hold the words, each with the clause in which it is cited."""
    subject = draft_of(request, pk)
    editing = DraftEditing(subject, person_of(request), clock.today())
    editing.words = request.GET.get("basis-words", "").strip()[:300]
    editing.search()
    return render(
        request, "documents/drafts/found.html", {"found": editing.found, "basis_words": editing.words}
    )
