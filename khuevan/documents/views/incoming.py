"""From a file to the register: the upload, the form beside what was read, the number."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khuevan.core import clock
from khuevan.documents.actions import (
    PossibleDuplicate,
    discard_incoming_file,
    keep_incoming_file,
    register_incoming,
    register_outgoing_paper,
)
from khuevan.documents.choices import Direction
from khuevan.documents.details import DocumentDetails
from khuevan.documents.forms.deeds import UploadForm
from khuevan.documents.forms.details import IncomingForm, PaperForm
from khuevan.documents.models import Correspondent, Document, IncomingFile
from khuevan.documents.permissions import check_can_keep_register
from khuevan.documents.presenters.entered_for import entered_for, reading_of
from khuevan.documents.presenters.register_rows import given_number
from khuevan.documents.queries import books_on
from khuevan.documents.queries.duplicates import Duplicate, Likeness, possible_duplicates
from khuevan.documents.reading_sentences import warning_sentence
from khuevan.documents.received_files import MOST_BYTES, read_received
from khuevan.documents.views.frame import Crumb, person_of, says_why, staff_page
from khuevan.plain.official_documents.limits import MEGABYTE

# What stands beside the form: enough to check what was read, not a book.
PARAGRAPHS_SHOWN = 120
LETTERS_SHOWN = 1_500


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def upload(request: HttpRequest) -> HttpResponse:
    """The form for a file, and the files that were read and wait."""
    person = person_of(request)
    check_can_keep_register(person, clock.today())
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        uploaded = form.cleaned_data["file"]
        try:
            file = read_received(uploaded.name, uploaded)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            waiting, is_new = keep_incoming_file(by=person, file=file)
            if not is_new:
                messages.info(request, _("This very file was uploaded before and waits to be registered."))
            return redirect("documents:incoming_file", waiting.pk)
    context = {
        "form": form,
        "megabytes": MOST_BYTES // MEGABYTE,
        "waiting": IncomingFile.objects.select_related("uploaded_by").defer("reading"),
    }
    return staff_page(
        request, "documents/register/upload.html", context, *_crumbs(), status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def incoming_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a document whose file waits, filled from what was read in it."""
    check_can_keep_register(person_of(request), clock.today())
    waiting = IncomingFile.objects.filter(pk=pk).first()
    if waiting is None:
        messages.info(request, _("This file was registered or discarded meanwhile."))
        return redirect("documents:incoming_upload")
    return _entering(request, waiting)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def incoming_new(request: HttpRequest) -> HttpResponse:
    """The form of a document without a file, or whose file cannot be read: it is attached here."""
    check_can_keep_register(person_of(request), clock.today())
    return _entering(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether the file shall go, and lets it go."""
    person = person_of(request)
    check_can_keep_register(person, clock.today())
    waiting = get_object_or_404(IncomingFile.objects.defer("reading"), pk=pk)
    if request.method == "POST":
        discard_incoming_file(by=person, waiting=waiting)
        messages.success(request, _("The file “%(name)s” was discarded.") % {"name": waiting.filename})
        return redirect("documents:incoming_upload")
    context = {
        "heading": _("Discard the file?"),
        "explanation": _("“%(name)s” was not registered. It is taken away; no number is used.")
        % {"name": waiting.filename},
        "button": _("Discard the file"),
        "destroys": True,
        "cancel_url": reverse("documents:incoming_upload"),
    }
    return staff_page(
        request, "documents/register/deed.html", context, *_crumbs((request.path, _("Discard")))
    )


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def paper_new(request: HttpRequest) -> HttpResponse:
    """The form of a document that was signed on paper; saving gives it its number."""
    person, today = person_of(request), clock.today()
    check_can_keep_register(person, today)
    books = list(books_on(today, Direction.OUT))
    initial = {"issued_date": today, "urgency": "NORMAL", "language": "Tiếng Việt", "place": "Hà Nội"}
    form = PaperForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        day=today,
        initial=initial | {"book": books[0].pk if books else None},
    )
    if form.is_bound and form.is_valid():
        try:
            document = register_outgoing_paper(
                by=person,
                book=form.cleaned_data["book"],
                issued_date=form.cleaned_data["issued_date"],
                details=form.details(),
                drafting_unit=form.cleaned_data["drafting_unit"],
                files=form.cleaned_data["scans"],
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(
                request, _("The document has the number %(symbol)s.") % {"symbol": document.symbol}
            )
            return redirect(document)
    context = {"form": form, "known_bodies": [], "books": books}
    crumbs = ((reverse("documents:outgoing"), _("Outgoing documents")), (request.path, _("Issued on paper")))
    return staff_page(
        request, "documents/register/paper.html", context, *crumbs, status=422 if form.errors else 200
    )


def _entering(request: HttpRequest, waiting: IncomingFile | None) -> HttpResponse:
    today = clock.today()
    books = list(books_on(today, Direction.IN))
    initial = entered_for(waiting, today) | {"book": books[0].pk if books else None}
    form = IncomingForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()), day=today, initial=initial
    )
    duplicates: list[Duplicate] = []
    if form.is_bound and form.is_valid():
        try:
            document = _registered(request, form, waiting)
        except PossibleDuplicate as there:
            duplicates = there.duplicates
        except ValidationError as error:
            add_errors(form, error)
        else:
            number = given_number(document)
            messages.success(
                request, _("The document has the arrival number %(number)s.") % {"number": number}
            )
            return redirect(document)
    elif not form.is_bound and waiting is not None:
        # What is there already is shown at once, before anything is typed.
        duplicates = possible_duplicates(_read_details(initial), received_date=today, hashes=[waiting.sha256])
    if not duplicates and not request.POST.get("allow_duplicate"):
        del form.fields["allow_duplicate"]
    context = {
        "form": form,
        "waiting": waiting,
        "duplicates": [(item.document, why_alike(item)) for item in duplicates],
        "refused_as_duplicate": form.is_bound and bool(duplicates),
        "known_bodies": Correspondent.objects.order_by("name").values_list("name", flat=True)[:500],
        "books": books,
        **_read_text(waiting),
    }
    crumb = (request.path, waiting.filename if waiting else _("Without a file"))
    refused = bool(form.errors or (form.is_bound and duplicates))
    return staff_page(
        request, "documents/register/entering.html", context, *_crumbs(crumb), status=422 if refused else 200
    )


def _registered(request: HttpRequest, form: IncomingForm, waiting: IncomingFile | None) -> Document:
    data = form.cleaned_data
    return register_incoming(
        by=person_of(request),
        book=data["book"],
        received_date=data["received_date"],
        details=form.details(),
        files=data["attachments"],
        waiting=waiting,
        handling_unit=data["handling_unit"],
        handling_words=data["handling_words"],
        allow_duplicate=bool(data.get("allow_duplicate")),
    )


def _read_details(initial: dict[str, Any]) -> DocumentDetails:
    names = ("symbol", "issued_date", "type", "title", "issuer_name")
    return DocumentDetails(**{name: initial.get(name) or _EMPTY[name] for name in names})


_EMPTY: dict[str, Any] = {"symbol": "", "issued_date": None, "type": None, "title": "", "issuer_name": ""}


def _read_text(waiting: IncomingFile | None) -> dict[str, Any]:
    read = reading_of(waiting)
    if read is None:
        return {"paragraphs": [], "warnings": [], "more_paragraphs": 0}
    return {
        "paragraphs": [text[:LETTERS_SHOWN] for text in read.paragraphs[:PARAGRAPHS_SHOWN]],
        "more_paragraphs": max(0, len(read.paragraphs) - PARAGRAPHS_SHOWN),
        "warnings": [warning_sentence(warning) for warning in read.warnings],
    }


def why_alike(duplicate: Duplicate) -> str:
    """Why the registered document may be the one at hand, in a sentence."""
    sentences = {
        Likeness.FILE: _("The very same file is registered with it."),
        Likeness.IDENTIFIER: _("It has the same identifier in edXML."),
        Likeness.SYMBOL: _("It has the same number and symbol, of the same year and issuer."),
        Likeness.TITLE: _("It has nearly the same title, from the same issuer, within some weeks."),
    }
    return sentences[duplicate.likeness]


def add_errors(form: Any, error: ValidationError) -> None:
    """Puts what an action refused at the fields that it names; above the form where it is not offered."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def _crumbs(*last: Crumb) -> tuple[Crumb, ...]:
    return (
        (reverse("documents:incoming"), _("Incoming documents")),
        (reverse("documents:incoming_upload"), _("Register an incoming document")),
        *last,
    )
