"""What came as edXML: the inbox, an upload, one message; registered, returned, answered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.documents import actions
from khuevan.documents.actions.envelopes import data_of_message, document_spoken_of, tellable_codes
from khuevan.documents.choices import Direction, ExchangeKind, ExchangeState
from khuevan.documents.dispatch_permissions import check_can_follow_dispatches
from khuevan.documents.edxml_reading import UnfitMessage, checked_message, details_from, received_files_of
from khuevan.documents.edxml_sentences import status_name
from khuevan.documents.forms.details import IncomingForm
from khuevan.documents.forms.dispatching import BusinessForm, EdxmlUploadForm, ReasonForm, TellForm
from khuevan.documents.models import Correspondent, Document, EdxmlMessage, EdxmlStatus
from khuevan.documents.permissions import can_keep_register, check_can_keep_register
from khuevan.documents.presenters.register_rows import given_number
from khuevan.documents.queries import books_on
from khuevan.documents.queries.duplicates import Duplicate, possible_duplicates
from khuevan.documents.queries.exchange import (
    PARTS,
    edxml_message,
    edxml_messages,
    part_counts,
    statuses_to_hand_over,
)
from khuevan.documents.views.frame import Crumb, person_of, says_why, staff_page
from khuevan.documents.views.incoming import add_errors, why_alike
from khuevan.plain.edxml import BusinessType, EdxmlError, Envelope, read_edxml

MESSAGES_A_PAGE = 50


@require_safe
@says_why
def inbox(request: HttpRequest) -> HttpResponse:
    """What came as edXML and waits, was refused, was noted, was registered."""
    person, today = person_of(request), clock.today()
    check_can_follow_dispatches(person, today)
    part = request.GET.get("phan", "")
    part = part if part in PARTS else ""
    counts = part_counts()
    labels = {
        "": _("To be registered"),
        "unsettled": _("Refused or without a match"),
        "statuses": _("Noted"),
        "registered": _("Registered or returned"),
    }
    paginator = Paginator(edxml_messages(part), MESSAGES_A_PAGE)
    sheet = paginator.get_page(request.GET.get("page"))
    context = {
        "part": part,
        "tabs": [
            {
                "label": label,
                "count": counts[code],
                "url": f"?phan={code}" if code else request.path,
                "chosen": code == part,
            }
            for code, label in labels.items()
        ],
        "sheet": sheet,
        "rows": [{"message": each, "says": _says(each)} for each in sheet.object_list],
        "page_links": [
            {"number": number, "url": f"?phan={part}&page={number}"}
            for number in paginator.get_elided_page_range(sheet.number, on_each_side=2, on_ends=1)
        ],
        "to_hand_over": list(statuses_to_hand_over()[:50]) if settings.EDXML_OUT is None else [],
        "keeps": can_keep_register(person, today),
        "organ_code": settings.ORGAN_CODE,
        "by_folder": settings.EDXML_IN is not None,
    }
    return staff_page(request, "documents/exchange/inbox.html", context, _crumb())


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def upload(request: HttpRequest) -> HttpResponse:
    """The form for one edXML file; on POST it is read, and kept if it can be."""
    person = person_of(request)
    check_can_keep_register(person, clock.today())
    form = EdxmlUploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        uploaded = form.cleaned_data["file"]
        data = uploaded.read()
        try:
            checked = checked_message(uploaded.name, data)
        except UnfitMessage as error:
            if not error.secret:
                actions.note_refused_edxml(
                    by=person,
                    filename=uploaded.name,
                    sha256=hashlib.sha256(data).hexdigest(),
                    reason=" ".join(error.messages),
                )
            form.add_error("file", error.messages)
        else:
            message, is_new = actions.keep_edxml_message(by=person, checked=checked)
            if not is_new:
                messages.info(request, _("This very file came before."))
            return redirect("documents:edxml_message", message.pk)
    crumbs = (_crumb(), (request.path, _("Upload")))
    return staff_page(
        request,
        "documents/exchange/upload.html",
        {"form": form},
        *crumbs,
        status=422 if form.errors else 200,
    )


@require_safe
@says_why
def message_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: who sent it, what it says, what it brought, what became of it, what can be done."""
    person, today = person_of(request), clock.today()
    check_can_follow_dispatches(person, today)
    message = _message(pk)
    waits = message.state == ExchangeState.WAITING
    context = {
        "message": message,
        "says": _says(message),
        "envelope": _envelope(message) if message.kind == ExchangeKind.DOCUMENT and message.file else None,
        "status": status_name(message.status_code) if message.status_code else "",
        "statuses": [
            {"status": status, "name": status_name(status.code)} for status in message.answers.all()
        ],
        "spoken_of": document_spoken_of(message) if waits else None,
        "is_business": message.business in {BusinessType.REVOKE, BusinessType.UPDATE},
        "waits": waits,
        "may_tell": message.state == ExchangeState.REGISTERED and bool(tellable_codes(message)),
        "keeps": can_keep_register(person, today),
        "by_folder": settings.EDXML_OUT is not None,
        "can_answer": bool(settings.ORGAN_CODE),
    }
    return staff_page(
        request, "documents/exchange/message.html", context, _crumb(), (request.path, _short(message))
    )


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """The registering form, filled from the envelope; on POST the document gets its arrival number."""
    person, today = person_of(request), clock.today()
    check_can_keep_register(person, today)
    message = _waiting(pk)
    envelope = _envelope(message)
    books = list(books_on(today, Direction.IN))
    form = IncomingForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        day=today,
        initial=_initial(envelope, message) | {"book": books[0].pk if books else None},
    )
    del form.fields["attachments"]
    duplicates: list[Duplicate] = []
    if form.is_bound and form.is_valid():
        try:
            document = _registered(request, form, message, envelope)
        except actions.PossibleDuplicate as there:
            duplicates = there.duplicates
        except ValidationError as error:
            add_errors(form, error)
        else:
            number = given_number(document)
            messages.success(
                request, _("The document has the arrival number %(number)s.") % {"number": number}
            )
            return redirect(document)
    elif not form.is_bound:
        duplicates = possible_duplicates(
            details_from(envelope), received_date=today, edxml_id=message.edxml_id
        )
    if not duplicates and not request.POST.get("allow_duplicate"):
        del form.fields["allow_duplicate"]
    context = {
        "message": message,
        "envelope": envelope,
        "form": form,
        "duplicates": [(item.document, why_alike(item)) for item in duplicates],
        "refused_as_duplicate": form.is_bound and bool(duplicates),
        "known_bodies": Correspondent.objects.order_by("name").values_list("name", flat=True)[:500],
        "books": books,
        "can_answer": bool(settings.ORGAN_CODE),
        "tell": request.method != "POST" or bool(request.POST.get("tell_sender")),
    }
    crumbs = (_crumb(), (_address(message), _short(message)), (request.path, _("Register")))
    refused = bool(form.errors or (form.is_bound and duplicates))
    return staff_page(
        request, "documents/exchange/register.html", context, *crumbs, status=422 if refused else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason; on POST the document goes back to its sender unregistered."""
    check_can_keep_register(person_of(request), clock.today())
    message = _waiting(pk)
    form = ReasonForm(request.POST or None)
    page = {
        "heading": _("Return to the sender"),
        "explanation": _(
            "The document is not registered; the sender gets the status “refused” with the reason."
        ),
        "button": _("Return"),
        "destroys": True,
    }

    def deed() -> None:
        actions.decline_edxml(by=person_of(request), message=message, reason=form.cleaned_data["reason"])

    return _deed(request, message, form, page, deed, _("The document goes back to its sender."))


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def business(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether to agree with a recall or an update; on POST it is carried out or declined."""
    check_can_keep_register(person_of(request), clock.today())
    message = _waiting(pk)
    spoken_of = document_spoken_of(message)
    if message.business not in {BusinessType.REVOKE, BusinessType.UPDATE} or spoken_of is None:
        raise Http404(_("No document of the register is the one that this message speaks of."))
    form = BusinessForm(request.POST or None)
    revokes = message.business == BusinessType.REVOKE
    page = {
        "heading": _("Recall by the sender") if revokes else _("Update by the sender"),
        "explanation": _("Agreed, %(document)s is revoked in the register.") % {"document": spoken_of.symbol}
        if revokes
        else _("Agreed, the files of the message join %(document)s.") % {"document": spoken_of.symbol},
        "button": _("Decide"),
    }

    def deed() -> None:
        files = received_files_of(_envelope(message)) if not revokes else []
        actions.settle_edxml_business(
            by=person_of(request), message=message, files=files, **form.cleaned_data
        )

    return _deed(request, message, form, page, deed, _("The message is settled; its sender is told."))


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks which status; on POST it is made for the sender."""
    check_can_keep_register(person_of(request), clock.today())
    message = _message(pk)
    codes = tellable_codes(message)
    if message.state != ExchangeState.REGISTERED or not codes:
        raise _nothing_here()
    form = TellForm(request.POST or None, codes=codes)
    page = {
        "heading": _("Tell the sender how it stands"),
        "explanation": message.sender_name or message.sender_code,
        "button": _("Make the status"),
    }

    def deed() -> None:
        actions.tell_status(by=person_of(request), message=message, **form.cleaned_data)

    return _deed(request, message, form, page, deed, _("The status is made."))


@require_safe
@says_why
def message_file(request: HttpRequest, pk: int) -> FileResponse:
    """The message as it came, as a download."""
    check_can_keep_register(person_of(request), clock.today())
    message = _message(pk)
    if not message.file:
        raise _nothing_here()
    return _download(message.file, message.filename)


@require_safe
@says_why
def status_file(request: HttpRequest, pk: int) -> FileResponse:
    """A status for a sender, as a download."""
    check_can_keep_register(person_of(request), clock.today())
    status = EdxmlStatus.objects.filter(pk=pk).first()
    if status is None:
        raise _nothing_here()
    return _download(status.file, status.filename)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def status_handed_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether the status was handed to the exchange; on POST it counts as handed over."""
    check_can_keep_register(person_of(request), clock.today())
    status = EdxmlStatus.objects.select_related("message").filter(pk=pk).first()
    if status is None:
        raise _nothing_here()
    page = {
        "heading": _("Handed to the exchange?"),
        "explanation": f"{status_name(status.code)} – {status.message}",
        "button": _("Yes, it was handed over"),
    }

    def deed() -> None:
        actions.mark_status_handed_over(by=person_of(request), status=status)

    form = forms.Form(request.POST if request.method == "POST" else None)
    return _deed(request, status.message, form, page, deed, _("The status counts as handed over."))


def _registered(
    request: HttpRequest, form: IncomingForm, message: EdxmlMessage, envelope: Envelope
) -> Document:
    data, details = form.cleaned_data, form.details()
    return actions.register_edxml(
        by=person_of(request),
        message=message,
        book=data["book"],
        received_date=data["received_date"],
        details=details,
        files=received_files_of(envelope),
        handling_unit=data["handling_unit"],
        handling_words=data["handling_words"],
        allow_duplicate=bool(data.get("allow_duplicate")),
        tell_sender=bool(settings.ORGAN_CODE and request.POST.get("tell_sender")),
    )


def _initial(envelope: Envelope, message: EdxmlMessage) -> dict[str, Any]:
    details = details_from(envelope)
    names = (
        "symbol", "issued_date", "type", "title", "issuer_name", "signer_name", "signer_position", "urgency",
        "due_date", "page_count", "copy_count", "place", "circulation",
    )  # fmt: skip
    return {name: getattr(details, name) for name in names} | {
        "recipients": "\n".join(details.recipient_lines),
        "answers": details.answers.symbol if details.answers else "",
        "language": "Tiếng Việt",
        "received_date": clock.today(),
        "summary": _changes(message),
    }


def _changes(message: EdxmlMessage) -> str:
    """What stands in the remarks of a document that changes another one."""
    old = document_spoken_of(message)
    if old is None:
        return ""
    kind = _("Replaces") if message.business == BusinessType.REPLACE else _("Updates")
    return f"{kind} {old.symbol}. {message.business_reason}".strip()


def _envelope(message: EdxmlMessage) -> Envelope:
    try:
        read = read_edxml(data_of_message(message)).message
    except (EdxmlError, FileNotFoundError) as error:
        raise Http404(_("The file of this message is missing or damaged on the disk.")) from error
    if not isinstance(read, Envelope):
        raise _nothing_here()
    return read


def _says(message: EdxmlMessage) -> str:
    """What the message does, in a word or two."""
    if message.state == ExchangeState.REFUSED:
        return _("File that was not read")
    if message.kind == ExchangeKind.STATUS:
        return _("Status: %s") % status_name(message.status_code)
    kinds = {
        BusinessType.REVOKE: _("Recall of a document"),
        BusinessType.UPDATE: _("Update of a document"),
        BusinessType.REPLACE: _("Document that replaces another"),
    }
    if message.business is None:
        return _("New document")
    found = [words for kind, words in kinds.items() if kind == message.business]
    return found[0] if found else _("New document")


def _message(pk: int) -> EdxmlMessage:
    found = edxml_message(pk)
    if found is None:
        raise _nothing_here()
    return found


def _waiting(pk: int) -> EdxmlMessage:
    found = _message(pk)
    if found.state != ExchangeState.WAITING:
        raise Http404(_("Somebody has dealt with this message meanwhile."))
    return found


def _nothing_here() -> Http404:
    return Http404(_("There is no such message."))


def _deed(
    request: HttpRequest,
    message: EdxmlMessage,
    form: forms.Form,
    page: dict[str, Any],
    deed: Callable[[], None],
    done: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            deed()
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, done)
            return redirect("documents:edxml_message", message.pk)
    context = {**page, "form": form, "cancel_url": _address(message), "about": _short(message)}
    crumbs = (_crumb(), (_address(message), _short(message)), (request.path, page["heading"]))
    return staff_page(
        request, "documents/dispatch/deed.html", context, *crumbs, status=422 if form.errors else 200
    )


def _download(file: Any, name: str) -> FileResponse:
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("The file of this message is missing or damaged on the disk.")) from error
    response = FileResponse(content, as_attachment=True, filename=name)
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _short(message: EdxmlMessage) -> str:
    return (message.symbol or message.filename or _("Message"))[:60]


def _address(message: EdxmlMessage) -> str:
    return reverse("documents:edxml_message", args=[message.pk])


def _crumb() -> Crumb:
    return reverse("documents:edxml_inbox"), _("edXML inbox")
