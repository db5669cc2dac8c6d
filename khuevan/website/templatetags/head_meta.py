"""What the head of the site's pages asks for."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from wagtail.models import Page

from khuevan.newsroom.library_queries import Offer
from khuevan.website.library_told import head_of_item
from khuevan.website.structured_data import HeadMeta, head_of

register = template.Library()


@register.simple_tag(takes_context=True)
def head_meta(context: dict[str, Any]) -> HeadMeta:
    """What machines are told of the page that is shown; nothing where what is shown is no page or is withdrawn."""
    page = context.get("page")
    request: HttpRequest | None = context.get("request")
    offer = context.get("offer")
    if isinstance(offer, Offer) and request is not None:
        return head_of_item(request, offer, context["language"])
    if not isinstance(page, Page) or request is None or context.get("withdrawal") is not None:
        return HeadMeta()
    flat = context.flatten() if hasattr(context, "flatten") else context
    return head_of(request, page.specific, flat)
