"""The page at which an approved draft becomes a document, and the making of its files."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khuevan.core import clock
from khuevan.core.refusals import takes_only_posts
from khuevan.documents.actions import issue_document, make_document_files
from khuevan.documents.choices import DraftState
from khuevan.documents.models import Document
from khuevan.documents.permissions import check_can_keep_register
from khuevan.documents.presenters.checks import checks_view
from khuevan.documents.presenters.reviews import review_view
from khuevan.documents.queries.numbers import number_forecast
from khuevan.documents.rules import checks_of
from khuevan.documents.views.frame import person_of, says_why
from khuevan.documents.views.reviewing import draft_page
from khuevan.documents.views.signing import document_page
from khuevan.people.models import User
from khuevan.plain.official_documents.writing.arrangement import symbol_of

log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def number(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the number that comes next and what the checks find; on POST gives the number and makes the files."""
    page = draft_page(request, pk)
    check_can_keep_register(page.person, page.today)
    draft = page.draft
    if draft.state == DraftState.ISSUED and draft.document is not None:
        return redirect(draft.document)
    problem = ""
    if request.method == "POST":
        try:
            document = issue_document(by=page.person, draft=draft)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            messages.success(
                request,
                _("%(symbol)s is given, and the document is in the register.") % {"symbol": document.symbol},
            )
            _make_files(request, page.person, document)
            return redirect(document)
    forecast = number_forecast(draft.book, draft.type, page.today)
    context = {
        "symbol": symbol_of(forecast, str(draft.content.get("notation") or ""), draft.book.width),
        "checks": checks_view(checks_of(draft, page.today)),
        "review": review_view(draft, page.person, page.today),
        "problem": problem,
        "waits": draft.state == DraftState.APPROVED,
    }
    return page.render("documents/review/number.html", _("Give the number"), context)


@takes_only_posts
@says_why
def make_files(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Makes the document's files again, where that failed after the number was given."""
    page = document_page(request, pk)
    check_can_keep_register(person_of(request), clock.today())
    if _make_files(request, page.person, page.document):
        messages.success(request, _("The files are there."))
    return redirect(page.document)


def _make_files(request: HttpRequest, person: User, document: Document) -> bool:
    """Whether the files were made; the number stays given whatever comes of them."""
    try:
        make_document_files(by=person, document=document)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    except Exception:
        # Whatever breaks in a writer must not hide that the number is given.
        log.exception("The files of document %s could not be made", document.pk)
        messages.error(
            request, _("The number is given, but the files could not be made: try again on this page.")
        )
        return False
    return True
