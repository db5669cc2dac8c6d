"""Panels that ask for what they show themselves: a draft's review and checks, a document's signatures."""

from __future__ import annotations

from typing import Any

from django import template

from khuevan.core import clock
from khuevan.documents.models import Document, Draft
from khuevan.documents.permissions import can_write_draft
from khuevan.documents.presenters.checks import ChecksView, checks_view
from khuevan.documents.presenters.draft_places import PlaceUrls
from khuevan.documents.presenters.reviews import ReviewView, review_view
from khuevan.documents.presenters.signatures import SignaturesView, signatures_view
from khuevan.documents.review_permissions import can_confirm_warning
from khuevan.documents.rules import checks_of

register = template.Library()


@register.simple_tag(takes_context=True)
def review_of(context: Any, draft: Draft) -> ReviewView:
    """The review of the draft as the person of the request sees it."""
    return review_view(draft, context["request"].user, clock.today())


@register.simple_tag(takes_context=True)
def checks_of_draft(context: Any, draft: Draft) -> ChecksView:
    """What the checks find in the draft as it stands; with ways to the places for who writes it."""
    today = clock.today()
    urls = PlaceUrls(draft) if can_write_draft(context["request"].user, draft, today) else None
    return checks_view(checks_of(draft, today), urls)


@register.simple_tag(takes_context=True)
def may_confirm_warnings(context: Any, draft: Draft) -> bool:
    """Whether the person of the request may let a warning about the draft stand."""
    return can_confirm_warning(context["request"].user, draft, clock.today())


@register.simple_tag(takes_context=True)
def signatures_shown(context: Any, document: Document) -> SignaturesView:
    """The signatures of the document, and what the person of the request may do about them."""
    return signatures_view(document, context["request"].user, clock.today())
