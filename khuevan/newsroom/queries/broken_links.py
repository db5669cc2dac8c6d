"""The dead links of what is published."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from khuevan.newsroom.models import LinkCheck, LinkUse


def broken_links() -> QuerySet[LinkUse]:
    """Each live page's dead links, those that fail longest first; none where links are not checked."""
    if not settings.CHECK_LINKS:
        return LinkUse.objects.none()
    dead = LinkCheck.objects.dead()
    return (
        LinkUse.objects.filter(is_published=True, page__live=True, link__in=dead)
        .select_related("link", "page__locale")
        .order_by("link__failing_since", "link_id", "page_id")
    )
