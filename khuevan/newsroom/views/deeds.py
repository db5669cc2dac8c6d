"""What is done with a piece from its page: begun, corrected, withdrawn, shown to a reporter, vouched for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from khuevan.core import clock
from khuevan.core.refusals import sentences, takes_only_posts
from khuevan.newsroom.actions import (
    begin_piece,
    correct_in_languages,
    give_pass,
    revoke_pass,
    withdraw_in_languages,
)
from khuevan.newsroom.choices import StoryKind
from khuevan.newsroom.forms.deeds import LanguageTextsForm, NewPieceForm, PassForm
from khuevan.newsroom.models import EmbargoPass, StoryPage
from khuevan.newsroom.permissions import check_can_publish, check_can_write
from khuevan.newsroom.queries.pieces import languages_in_use
from khuevan.newsroom.views.desk import pieces_crumb
from khuevan.newsroom.views.frame import add_errors, person_of, says_why, staff_page
from khuevan.newsroom.views.piece import deeds_of, piece_crumb, piece_of
from khuevan.programme.models import Task

READS_AND_WRITES = ["GET", "HEAD", "POST"]


@require_http_methods(READS_AND_WRITES)
@says_why
def new_piece(request: HttpRequest) -> HttpResponseBase:
    """Asks for what a piece begins with and leads to its editor; `task` in the address names a task it serves."""
    person = person_of(request)
    check_can_write(person, clock.today())
    task = _task(request.GET.get("task", ""))
    form = NewPieceForm(request.POST if request.method == "POST" else None, languages_in_use())
    if form.is_bound and form.is_valid() and form.found is not None:
        try:
            page = begin_piece(
                by=person,
                section=form.found,
                kind=StoryKind(form.cleaned_data["kind"]),
                title=form.cleaned_data["title"],
                tasks=[task] if task else (),
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("wagtailadmin_pages:edit", page.pk)
    crumb = (request.get_full_path(), _("Write a new piece"))
    context = {"form": form, "task": task}
    status = 422 if form.errors else 200
    return staff_page(request, "newsroom/desk/new_piece.html", context, pieces_crumb(), crumb, status=status)


def _task(key: str) -> Task | None:
    """The task of an address; raises Http404 for one that is not in force."""
    if not key:
        return None
    if not key.isdecimal() or len(key) > 12:
        raise Http404
    found: Task = get_object_or_404(Task.objects.current().select_related("plan"), pk=int(key))
    return found


@require_http_methods(READS_AND_WRITES)
@says_why
def correct(request: HttpRequest, short_id: int) -> HttpResponseBase:
    """A correction in one language or several, which readers see on the page from now on."""
    page = {
        "heading": _("Correct the piece"),
        "explanation": _(
            "The correction stands on the page for good, with its day; feeds and partners get the new version. "
            "Mend the text itself in the editor. Languages without words here stay as they are."
        ),
        "effects": [],
        "button": _("Publish the correction"),
    }
    done = _("The correction stands on the page.")
    return _in_languages(request, short_id, page, correct_in_languages, done, ticked=False)


@require_http_methods(READS_AND_WRITES)
@says_why
def withdraw(request: HttpRequest, short_id: int) -> HttpResponseBase:
    """A withdrawal, of all languages at once or of some."""
    page = {
        "heading": _("Withdraw the piece"),
        "explanation": _("This cannot be taken back: a withdrawn address stays withdrawn."),
        "effects": [
            _("The address answers at once with your sentence alone (410), and no longer with the text."),
            _("The piece leaves the home page, sections, topics, search and the sitemap."),
            _(
                "Feeds carry the withdrawal, so that partners and readers' programs take the piece out as well."
            ),
            _("Pictures that only this piece shows cannot be fetched any more."),
            _("What others have printed or copied already, nobody can call back: tell them yourself."),
        ],
        "button": pgettext("newsroom", "Withdraw"),
        "destroys": True,
    }
    done = _("The piece is withdrawn.")
    return _in_languages(request, short_id, page, withdraw_in_languages, done, ticked=True)


def _in_languages(
    request: HttpRequest, short_id: int, words: dict[str, Any], deed: Any, done: str, *, ticked: bool
) -> HttpResponseBase:
    pages = piece_of(request, short_id)
    person, day = person_of(request), clock.today()
    check_can_publish(person, day)
    published = [page for page in pages if page.first_published_at is not None and not page.is_withdrawn]
    if not deeds_of(pages, may_publish=True, now=clock.now())["may_correct"]:
        raise PermissionDenied(_("Only what was published and not withdrawn is corrected or withdrawn."))
    form = LanguageTextsForm(request.POST if request.method == "POST" else None, published, ticked=ticked)
    if form.is_bound and form.is_valid():
        try:
            deed(by=person, texts=form.texts())
        except ValidationError as error:
            form.add_error(None, sentences(error))
        else:
            messages.success(request, done)
            return redirect("newsroom_desk:piece", short_id)
    return staff_page(
        request,
        "newsroom/desk/texts.html",
        {**words, "form": form, "parts": form.parts(), "head": pages[0]},
        pieces_crumb(),
        piece_crumb(pages[0]),
        (request.path, words["heading"]),
        status=422 if form.errors else 200,
    )


@require_http_methods(READS_AND_WRITES)
@says_why
def pass_for_reporter(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A pass: whose it is, until when; its address is shown on the answer, this once."""
    page = get_object_or_404(StoryPage.objects.select_related("locale"), pk=pk)
    person = person_of(request)
    check_can_publish(person, clock.today())
    if page.embargo_until is None or page.embargo_until <= clock.now():
        raise PermissionDenied(_("This piece is not under embargo: its address is open to everybody."))
    form = PassForm(request.POST if request.method == "POST" else None, page)
    context: dict[str, Any] = {"form": form, "head": page, "title": page.draft_title or page.title}
    if form.is_bound and form.is_valid():
        try:
            made, address = give_pass(
                by=person,
                page=page,
                address_of=lambda secret: request.build_absolute_uri(reverse("newsroom:pass", args=[secret])),
                **form.cleaned_data,
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            context |= {"made": made, "address": address, "was_mailed": form.cleaned_data["by_mail"]}
    response = staff_page(
        request,
        "newsroom/desk/pass.html",
        context,
        pieces_crumb(),
        piece_crumb(page),
        (request.path, _("Pass for a reporter")),
        status=422 if form.errors else 200,
    )
    # The address must not come back from the browser's memory.
    response.headers["Cache-Control"] = "private, no-store"
    return response


@takes_only_posts
@says_why
def end_pass(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Revokes a pass."""
    found = get_object_or_404(EmbargoPass, pk=pk)
    revoke_pass(by=person_of(request), embargo_pass=found)
    messages.success(request, _("The pass opens nothing any more."))
    page = get_object_or_404(StoryPage, pk=found.page_id)
    return redirect(f"{reverse('newsroom_desk:piece', args=[page.short_id])}#passes")
