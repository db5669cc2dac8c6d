"""Which draft an address names, and who may look at it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.refusals import sentences
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


def tell(request: HttpRequest, error: ValidationError) -> None:
    """Says on the next page what could not be done."""
    messages.error(request, sentences(error))


def number(text: Any) -> int | None:
    """A whole number that an address or a field holds; None for anything else."""
    words = str(text or "")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 18 else None
