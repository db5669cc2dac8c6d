"""One document of the register, whole; what is done with it; what the office takes along of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.documents import actions
from khuevan.documents.actions.handling import correctable_fields
from khuevan.documents.annex_vi import as_json, as_xml
from khuevan.documents.choices import Direction, DocumentState
from khuevan.documents.forms.deeds import FilesForm, GiveForm, HandledForm, ReplaceForm, RevokeForm
from khuevan.documents.forms.details import CorrectionForm, correction_initial
from khuevan.documents.models import Document, DocumentFile
from khuevan.documents.permissions import can_keep_register, check_can_keep_register
from khuevan.documents.presenters.document_page import file_items, groups, history
from khuevan.documents.presenters.metadata import metadata_of
from khuevan.documents.presenters.register_rows import given_number, is_overdue, state_tags
from khuevan.documents.queries.reading import visible_documents
from khuevan.documents.queries.register import document_on_its_page
from khuevan.documents.register_permissions import (
    can_give_out,
    can_mark_handled,
    check_can_give_out,
    check_can_mark_handled,
)
from khuevan.documents.views.frame import Crumb, person_of, says_why, staff_page
from khuevan.documents.views.incoming import add_errors
from khuevan.people.models import User
from khuevan.plain.folding import slug

ENTRIES_SHOWN = 100
_ENDED = {DocumentState.REVOKED, DocumentState.REPLACED}


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its metadata, files, signatures, way to the recipients, what belongs to it, its history."""
    found, person, today = _found(request, pk), person_of(request), clock.today()
    files = list(found.files.all())
    entries = _entries(found, files)
    context = {
        "document": found,
        "number": given_number(found),
        "tags": state_tags(found, today),
        "overdue": is_overdue(found, today),
        "groups": groups(found),
        "files": file_items(files),
        **_related(found, person, today),
        "days": history(entries),
        "file_type": ContentType.objects.get_for_model(DocumentFile).pk,
        "older_entries": len(entries) == ENTRIES_SHOWN,
        "may": _may(person, found),
        "has_text": bool(found.reading),
        "today": today,
    }
    return staff_page(request, "documents/register/document.html", context, *_crumbs(found))


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects what may be corrected; the trail keeps what stood there."""
    check_can_keep_register(person_of(request), clock.today())
    found = _found(request, pk)
    form = CorrectionForm(
        *((request.POST,) if request.method == "POST" else ()),
        day=clock.today(),
        direction=found.direction,
        document=found,
        only=correctable_fields(found),
        initial=correction_initial(found),
    )
    explanation = _("What stood there before stays in the document's history.")
    if found.direction == Direction.OUT:
        explanation = _(
            "Number, day and words of an issued document are not corrected: revoke it, or replace it by another."
        )

    def carry_out() -> str:
        changes = form.entered()
        if changes:
            actions.correct_document(by=person_of(request), document=found, changes=changes)
        return _("The details are corrected.") if changes else _("Nothing was changed.")

    page = {"heading": _("Correct the details"), "explanation": explanation, "button": _("Save")}
    return _deed(request, found, form, page, carry_out)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Hands an incoming document to a unit."""
    today = clock.today()
    check_can_give_out(person_of(request), today)
    found = _found(request, pk)
    initial = {
        "unit": found.handling_unit_id,
        "words": found.handling_words,
        "due_date": found.due_date if found.due_date and found.due_date >= today else None,
    }
    form = GiveForm(request.POST or None, day=today, initial=initial)

    def carry_out() -> str:
        given = actions.give_to_unit(by=person_of(request), document=found, **form.cleaned_data)
        return _("%(unit)s has the document now.") % {"unit": given.handling_unit}

    page = {
        "heading": _("Hand to a unit"),
        "explanation": _("The unit's people find the document among the incoming ones from now on."),
        "button": _("Hand to this unit"),
    }
    return _deed(request, found, form, page, carry_out)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def handled(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends the work on an incoming document."""
    found = _found(request, pk)
    check_can_mark_handled(person_of(request), found, clock.today())
    form = HandledForm(request.POST or None, among=visible_documents(person_of(request), clock.today()))

    def carry_out() -> str:
        actions.mark_handled(by=person_of(request), document=found, **form.cleaned_data)
        return _("The work on this document is ended.")

    page = {
        "heading": _("End the work"),
        "explanation": _("Say what was done, or name the document that answers this one."),
        "button": _("End the work"),
    }
    return _deed(request, found, form, page, carry_out)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revokes a document; its number stays given."""
    check_can_keep_register(person_of(request), clock.today())
    found = _found(request, pk)
    form = RevokeForm(request.POST or None)

    def carry_out() -> str:
        actions.revoke_document(by=person_of(request), document=found, reason=form.cleaned_data["reason"])
        return _("The document is revoked; its number stays given.")

    page = {
        "heading": _("Revoke the document"),
        "explanation": _("Its number stays given, and nothing of it can be changed afterwards."),
        "button": _("Revoke"),
        "destroys": True,
    }
    return _deed(request, found, form, page, carry_out)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a newer document in the place of this one."""
    check_can_keep_register(person_of(request), clock.today())
    found = _found(request, pk)
    form = ReplaceForm(request.POST or None, direction=found.direction)

    def carry_out() -> str:
        done = actions.replace_document(by=person_of(request), document=found, new=form.cleaned_data["new"])
        return _("The document is replaced by %(symbol)s.") % {"symbol": done.replaced_by}

    page = {
        "heading": _("Replace the document"),
        "explanation": _("Both stay in the register, each with its number."),
        "button": _("Replace"),
    }
    return _deed(request, found, form, page, carry_out)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def add_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds files to a document; none is ever changed or taken away."""
    check_can_keep_register(person_of(request), clock.today())
    found = _found(request, pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FilesForm(*posted, direction=found.direction)

    def carry_out() -> str:
        for file in form.cleaned_data["uploads"]:
            actions.add_received_file(
                by=person_of(request), document=found, file=file, role=form.cleaned_data["role"]
            )
        return _("The files are kept with the document.")

    page = {
        "heading": _("Add files"),
        "explanation": _("Files are added, never changed or taken away; each is kept with its hash."),
        "button": _("Add the files"),
        "has_files": True,
    }
    return _deed(request, found, form, page, carry_out)


@require_safe
def metadata_xml(request: HttpRequest, pk: int) -> HttpResponse:
    """The document's metadata as XML, in the names of Decree 30/2020, annex VI."""
    found = _found(request, pk)
    return _metadata(found, as_xml(metadata_of(found), found.direction), "xml", "application/xml")


@require_safe
def metadata_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as JSON."""
    found = _found(request, pk)
    return _metadata(found, as_json(metadata_of(found), found.direction), "json", "application/json")


def found_document(request: HttpRequest, pk: int) -> Document:
    """The document, as the person signed in may read it today; raises Http404 where there is none for them."""
    found = document_on_its_page(person_of(request), pk, clock.today())
    if found is None:
        raise Http404(_("There is no such document, or it is not your unit's."))
    return found


_found = found_document


def document_name(document: Document) -> str:
    """The document in a word or two: its symbol, else its arrival number, else its first words."""
    if document.symbol:
        return document.symbol
    number = given_number(document)
    return _("No. %s") % number if number else document.title[:60]


def _may(person: User, found: Document) -> dict[str, bool]:
    """What the person may do with the document today, by the deed's name."""
    today = clock.today()
    keeps, in_force = can_keep_register(person, today), found.state not in _ENDED
    incoming = found.direction == Direction.IN and in_force
    return {
        "correct": keeps and found.state != DocumentState.REVOKED,
        "files": keeps and found.state != DocumentState.REVOKED,
        "give": incoming and can_give_out(person, today),
        "handled": incoming
        and found.state != DocumentState.HANDLED
        and can_mark_handled(person, found, today),
        "end": keeps and in_force,
    }


def _related(found: Document, person: User, today: date) -> dict[str, Any]:
    """Documents that this one answers, is answered by, replaces and is replaced by, that the person may read.

    By what a link shows; one query.
    """
    others = list(
        visible_documents(person, today)
        .filter(
            Q(answers=found.pk) | Q(replaced_by=found.pk) | Q(pk__in=[found.answers_id, found.replaced_by_id])
        )
        .order_by("pk")
        .only("pk", "symbol", "title", "answers", "replaced_by")
    )
    return {
        "answered": next((other for other in others if other.pk == found.answers_id), None),
        "replacement": next((other for other in others if other.pk == found.replaced_by_id), None),
        "answered_by": [other for other in others if other.answers_id == found.pk],
        "replaces": [other for other in others if other.replaced_by_id == found.pk],
    }


def _entries(found: Document, files: list[DocumentFile]) -> list[AuditEntry]:
    """The latest entries of the trail about the document and its files, the latest first."""
    kinds = ContentType.objects.get_for_models(Document, DocumentFile)
    about = Q(target_type=kinds[Document], target_id=found.pk)
    if files:
        about |= Q(target_type=kinds[DocumentFile], target_id__in=[file.pk for file in files])
    entries = AuditEntry.objects.filter(about).select_related("by", "target_type", "link")
    return list(entries.order_by("-at", "-pk")[:ENTRIES_SHOWN])


def _deed(
    request: HttpRequest,
    found: Document,
    form: forms.Form,
    page: dict[str, Any],
    carry_out: Callable[[], str],
) -> HttpResponse:
    """The page that asks; a form that is whole is carried out and leads back to the document."""
    if form.is_bound and form.is_valid():
        try:
            sentence = carry_out()
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, sentence)
            return redirect(found)
    context = {"document": found, "form": form, "cancel_url": found.get_absolute_url(), **page}
    crumb = (request.path, page["heading"])
    return staff_page(
        request,
        "documents/register/deed.html",
        context,
        *_crumbs(found),
        crumb,
        status=422 if form.errors else 200,
    )


def _crumbs(found: Document) -> tuple[Crumb, ...]:
    if found.direction == Direction.OUT:
        register = (reverse("documents:outgoing"), _("Outgoing documents"))
    else:
        register = (reverse("documents:incoming"), _("Incoming documents"))
    return register, (found.get_absolute_url(), document_name(found))


def _metadata(found: Document, data: bytes, ending: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=f"{content_type}; charset=utf-8")
    name = slug(document_name(found))[:60].strip("-") or "van-ban"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
