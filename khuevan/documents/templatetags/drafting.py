"""Whether the person of the request may begin a draft, for pages that lead to one."""

from __future__ import annotations

from typing import Any

from django import template

from khuevan.core import clock
from khuevan.documents.permissions import writing_unit_ids

register = template.Library()


@register.simple_tag(takes_context=True)
def may_begin_drafts(context: Any) -> bool:
    """Whether the person holds a post in whose unit's name drafts are written."""
    return bool(writing_unit_ids(context["request"].user, clock.today()))
