"""Keeps the public search abreast of what is published, withdrawn and taken out."""

from __future__ import annotations

from typing import Any

from khuevan.website.search import keep_entry


def keep_page(instance: Any, **kwargs: Any) -> None:
    """A page was published or taken out: its entry follows."""
    keep_entry(instance)


def keep_changed(instance: Any, **kwargs: Any) -> None:
    """A correction or withdrawal was written: the page's entry follows."""
    keep_entry(instance.page)


def connect_signals() -> None:
    """Called when the apps are ready."""
    # Models can be imported only once all apps are loaded.
    from django.db.models.signals import post_save
    from wagtail.signals import page_published, page_unpublished

    from khuevan.newsroom.models import PublicChange

    for signal in (page_published, page_unpublished):
        signal.connect(keep_page, dispatch_uid="website-search")
    post_save.connect(keep_changed, sender=PublicChange, dispatch_uid="website-search")
