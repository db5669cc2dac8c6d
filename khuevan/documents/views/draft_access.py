"""Which draft an address names, who may look at it, and answers to addresses that only take what is sent."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.refusals import Arguments, View
from khuevan.documents.models import Draft
from khuevan.documents.permissions import check_sees_draft
from khuevan.documents.views.frame import Crumb, person_of


def draft_of(request: HttpRequest, pk: int) -> Draft:
    """The draft, which the person may read; raises Http404 or PermissionDenied with the reason."""
    draft: Draft | None = (
        Draft.objects.select_related("type", "book__unit", "unit", "drafter", "signer", "document", "answers")
        .prefetch_related("review_steps")
        .filter(pk=pk)
        .first()
    )
    if draft is None:
        raise Http404(_("There is no such draft."))
    check_sees_draft(person_of(request), draft, clock.today())
    return draft


def drafts_crumb() -> Crumb:
    """The list that all drafts stand in."""
    return reverse("documents:drafts"), _("Drafts")


def draft_crumb(draft: Draft) -> Crumb:
    """The draft's own page."""
    title = draft.title if len(draft.title) <= 60 else f"{draft.title[:58].rstrip()}…"
    return draft.get_absolute_url(), title


def takes_only_posts(view: View[Arguments]) -> View[Arguments]:
    """The view, which is no page: whoever only looks finds nothing there."""

    @wraps(view)
    def answered(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        if request.method != "POST":
            raise Http404
        return view(request, *args, **kwargs)

    return answered


def sentences(error: ValidationError) -> str:
    """What is wrong, as one text."""
    return " ".join(str(message) for message in error.messages)


def tell(request: HttpRequest, error: ValidationError) -> None:
    """Says on the next page what could not be done."""
    messages.error(request, sentences(error))


def number(text: Any) -> int | None:
    """A whole number that an address or a field holds; None for anything else."""
    words = str(text or "")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 18 else None
