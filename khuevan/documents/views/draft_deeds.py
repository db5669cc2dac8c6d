"""What is done to a draft beside writing it: comments, giving it up, keeping it as a template."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from khuevan.core import clock
from khuevan.core.refusals import sentences, takes_only_posts
from khuevan.documents.actions import (
    abandon_draft,
    comment_on_draft,
    keep_template,
    settle_comment,
)
from khuevan.documents.models import Comment
from khuevan.documents.permissions import check_can_write_draft
from khuevan.documents.template_permissions import can_keep_template_for, check_can_keep_as_template
from khuevan.documents.views.draft_access import draft_crumb, draft_of, drafts_crumb, number, tell
from khuevan.documents.views.frame import person_of, says_why, staff_page


class ReasonForm(forms.Form):
    """Why a draft is given up."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Give the reason.")},
    )


class TemplateForm(forms.Form):
    """What a template is called, and whether the whole department sees it (asked of who may decide that)."""

    name = forms.CharField(
        label=gettext_lazy("Name of the template"),
        max_length=150,
        error_messages={"required": gettext_lazy("Give the template a name.")},
    )
    only_unit = forms.BooleanField(label=gettext_lazy("For the drafting unit alone"), required=False)

    def __init__(self, *args: Any, for_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not for_all:
            # A head's template is the own unit's: nothing is to be chosen.
            del self.fields["only_unit"]


@takes_only_posts
@says_why
def comment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Says something about the draft, or answers."""
    subject = draft_of(request, pk)
    parent = None
    if key := number(request.POST.get("parent")):
        parent = get_object_or_404(Comment, pk=key, draft=subject)
    try:
        said = comment_on_draft(
            by=person_of(request),
            draft=subject,
            text=request.POST.get("text", ""),
            ref=request.POST.get("ref", "").strip(),
            parent=parent,
        )
    except ValidationError as error:
        tell(request, error)
        return redirect(f"{subject.get_absolute_url()}#gop-y")
    messages.success(
        request, _("The answer stands below the comment.") if parent else _("The comment is there.")
    )
    return redirect(f"{subject.get_absolute_url()}#gop-y-{(parent or said).pk}")


@takes_only_posts
@says_why
def settle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Settles a comment."""
    row = get_object_or_404(Comment, pk=pk)
    subject = draft_of(request, row.draft_id)
    settle_comment(by=person_of(request), comment=row)
    messages.success(request, _("The comment is settled."))
    return redirect(f"{subject.get_absolute_url()}#gop-y")


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def abandon(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks why the draft is given up; on POST gives it up."""
    subject = draft_of(request, pk)
    person = person_of(request)
    check_can_write_draft(person, subject, clock.today())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            abandon_draft(by=person, draft=subject, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, sentences(error))
        else:
            messages.success(request, _("The draft is given up; it stays readable."))
            return redirect("documents:drafts")
    context = {
        "draft": subject,
        "form": form,
        "heading": _("Give up the draft"),
        "explanation": _("Nobody writes in it any more. Its versions and comments stay readable."),
        "button": _("Give up the draft"),
        "destroys": True,
    }
    return staff_page(
        request,
        "documents/drafts/ask.html",
        context,
        drafts_crumb(),
        draft_crumb(subject),
        ("", _("Give up the draft")),
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def as_template(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks how the template is called; on POST keeps the saved text as one."""
    subject = draft_of(request, pk)
    person = person_of(request)
    day = clock.today()
    check_can_keep_as_template(person, subject, day)
    form = TemplateForm(
        request.POST or None,
        initial={"name": subject.title[:150]},
        for_all=can_keep_template_for(person, None, day),
    )
    if request.method == "POST" and form.is_valid():
        try:
            keep_template(
                by=person,
                name=form.cleaned_data["name"],
                source=subject,
                unit=subject.unit if form.cleaned_data.get("only_unit", True) else None,
            )
        except ValidationError as error:
            form.add_error(None, sentences(error))
        else:
            messages.success(request, _("The template is there: new drafts can begin from it."))
            return redirect(reverse("documents:draft_templates"))
    context = {
        "draft": subject,
        "form": form,
        "heading": _("Keep as a template"),
        "explanation": _(
            "The saved text with its tables and legal bases; without number, date, signer and pictures."
        ),
        "button": _("Keep as a template"),
    }
    return staff_page(
        request,
        "documents/drafts/ask.html",
        context,
        drafts_crumb(),
        draft_crumb(subject),
        ("", _("Keep as a template")),
        status=422 if form.errors else 200,
    )
