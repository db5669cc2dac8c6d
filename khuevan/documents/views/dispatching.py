"""Pages at which a document's recipients are prepared, and at which it is sent, recalled, brought anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from khuevan.core import clock
from khuevan.documents import actions
from khuevan.documents.actions.dispatching import why_not_sent
from khuevan.documents.choices import SENDABLE, Direction
from khuevan.documents.forms.dispatching import (
    ChangeForm,
    LineFormSet,
    ReasonForm,
    change_initial,
    initial_lines,
    lines_of,
)
from khuevan.documents.models import Document
from khuevan.documents.permissions import check_can_keep_register
from khuevan.documents.presenters.dispatches import shown
from khuevan.documents.queries.dispatching import (
    dispatch_at,
    dispatches_of,
    files_to_send,
    mail_is_leaving,
    proposals_for,
)
from khuevan.documents.views.document import document_name, found_document
from khuevan.documents.views.frame import Crumb, person_of, says_why, staff_page
from khuevan.documents.views.incoming import add_errors
from khuevan.people.models import User

PLACE = "#noi-nhan"


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Proposes the recipients that the document prints; on POST they are prepared as the clerk wants them."""
    person, today = person_of(request), clock.today()
    check_can_keep_register(person, today)
    document = _outgoing(request, pk)
    proposals = proposals_for(document, today)
    initial = initial_lines(proposals)
    rows = LineFormSet(request.POST if request.method == "POST" else None, initial=initial, prefix="dong")
    problem = ""
    if request.method == "POST" and rows.is_valid():
        lines = lines_of(rows.forms, today)
        try:
            if not lines:
                raise ValidationError(_("Tick at least one recipient, or enter one."))
            made = actions.prepare_dispatches(by=person, document=document, lines=lines)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            words = ngettext("%d recipient is prepared.", "%d recipients are prepared.", len(made))
            messages.success(request, words % len(made))
            return redirect(f"{document.get_absolute_url()}{PLACE}")
    members = {each.name: len(each.members) for each in proposals}
    context = {
        "document": document,
        "formset": rows,
        "rows": [(form, members.get(str(form["name"].value() or ""), 0)) for form in rows.forms],
        "proposals": len(proposals),
        "problem": problem,
        "there": [shown(row) for row in dispatches_of(document)],
    }
    return _page(
        request,
        document,
        "prepare.html",
        _("Prepare recipients"),
        context,
        bad=bool(problem or rows.total_error_count()),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what leaves by which way; on POST the ticked ones leave."""
    person = person_of(request)
    check_can_keep_register(person, clock.today())
    document = _outgoing(request, pk)
    files = files_to_send(document)
    waiting = [shown(row, files) for row in dispatches_of(document) if row.state in SENDABLE]
    refusal, problem = why_not_sent(document), ""
    if request.method == "POST":
        chosen = set(request.POST.getlist("gui"))
        rows = [each.row for each in waiting if str(each.row.pk) in chosen]
        try:
            if not rows:
                raise ValidationError(_("Tick at least one recipient."))
            sent = actions.send_dispatches(by=person, document=document, dispatches=rows)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            words = ngettext("%d dispatch is on its way.", "%d dispatches are on their way.", len(sent))
            messages.success(request, words % len(sent))
            return redirect(f"{document.get_absolute_url()}{PLACE}")
    context = {
        "document": document,
        "rows": waiting,
        "files": files,
        "refusal": refusal,
        "problem": problem,
        "sendable": not refusal and any(not each.blocked for each in waiting),
    }
    return _page(request, document, "send.html", _("Send the document"), context, bad=bool(problem))


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason; on POST calls the document back from all who have it."""
    page = {
        "heading": _("Recall from the recipients"),
        "explanation": _(
            "Who got a mail gets another that says so; who got edXML gets a message of recall; tell the others "
            "yourself. The document stays in the register."
        ),
        "button": _("Recall"),
        "destroys": True,
    }

    def recalled(*, by: User, document: Document, reason: str) -> None:
        actions.recall_dispatches(by=by, document=document, reason=reason)
        if mail_is_leaving(document):
            messages.warning(
                request, _("A mail was just leaving and is not recalled yet: recall it in a minute.")
            )

    return _with_reason(request, pk, page, recalled, _("The document is recalled."))


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason; on POST makes the message that brings the files anew to those who have them by edXML."""
    page = {
        "heading": _("Send the files anew by edXML"),
        "explanation": _(
            "All who have this document by edXML get its signed file and attachments of today, as an update."
        ),
        "button": _("Make the message"),
    }
    return _with_reason(request, pk, page, actions.update_dispatches, _("The update is on its way."))


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another way or address of one recipient that has not left yet."""
    check_can_keep_register(person_of(request), clock.today())
    row = dispatch_at(pk)
    if row is None:
        raise nothing_here()
    document = _outgoing(request, row.document_id)
    form = ChangeForm(request.POST or None, initial=change_initial(row))

    def deed() -> None:
        actions.change_dispatch(by=person_of(request), dispatch=row, **form.cleaned_data)

    page = {
        "heading": row.name,
        "explanation": row.trouble,
        "button": _("Save"),
        "row": row,
    }
    return _deed(request, document, form, page, deed, _("The dispatch is changed."))


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes away a recipient that nothing was sent to."""
    check_can_keep_register(person_of(request), clock.today())
    row = dispatch_at(pk)
    if row is None:
        raise nothing_here()
    document = _outgoing(request, row.document_id)
    page = {
        "heading": _("Take “%s” away?") % row.name,
        "explanation": _("Nothing was sent there yet, and nothing will be."),
        "button": _("Take away"),
        "destroys": True,
    }

    def deed() -> None:
        actions.remove_dispatch(by=person_of(request), dispatch=row)

    return _deed(
        request,
        document,
        forms.Form(request.POST if request.method == "POST" else None),
        page,
        deed,
        _("The recipient is taken away."),
    )


def nothing_here() -> Http404:
    """What is raised for a dispatch that is not there, or not for this person: both look the same."""
    return Http404(_("There is no such dispatch, or it is not your unit's."))


def _with_reason(
    request: HttpRequest, pk: int, page: dict[str, Any], action: Callable[..., Any], done: str
) -> HttpResponse:
    check_can_keep_register(person_of(request), clock.today())
    document = _outgoing(request, pk)
    form = ReasonForm(request.POST or None)

    def deed() -> None:
        action(by=person_of(request), document=document, reason=form.cleaned_data["reason"])

    return _deed(request, document, form, page, deed, done)


def _deed(
    request: HttpRequest,
    document: Document,
    form: forms.Form,
    page: dict[str, Any],
    deed: Callable[[], None],
    done: str,
) -> HttpResponse:
    """The page that asks; on POST the deed, and back to the document's page."""
    if request.method == "POST" and form.is_valid():
        try:
            deed()
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, done)
            return redirect(f"{document.get_absolute_url()}{PLACE}")
    context = {
        **page,
        "document": document,
        "form": form,
        "cancel_url": f"{document.get_absolute_url()}{PLACE}",
    }
    return _page(request, document, "deed.html", page["heading"], context, bad=bool(form.errors))


def _page(
    request: HttpRequest,
    document: Document,
    template: str,
    heading: str,
    context: dict[str, Any],
    *,
    bad: bool,
) -> HttpResponse:
    crumbs: tuple[Crumb, ...] = (
        (document.get_absolute_url(), document_name(document)),
        (request.path, heading),
    )
    return staff_page(
        request,
        f"documents/dispatch/{template}",
        {"heading": heading, **context},
        *crumbs,
        status=422 if bad else 200,
    )


def _outgoing(request: HttpRequest, pk: int) -> Document:
    document = found_document(request, pk)
    if document.direction != Direction.OUT:
        raise Http404(_("Only outgoing documents are sent."))
    return document
