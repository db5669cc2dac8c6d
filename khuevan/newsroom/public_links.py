"""Links of our texts to our own pages: only to what the public may have, for an address tells what it is."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from khuevan.core import clock
from khuevan.newsroom.release import public_keys


class PublicPageLinkHandler(PageLinkHandler):
    """A link to a page as readers get it; the words alone where the page is not public, or not yet."""

    identifier: ClassVar[str] = "page"

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """The opening tags of the links, in their order."""
        pages = [page.localized if page else None for page in cls.get_many(attrs_list)]
        public = (
            public_keys([page.pk for page in pages if page is not None], clock.now()) if any(pages) else set()
        )
        return [
            f'<a href="{escape(page.url)}">' if page is not None and page.pk in public else "<a>"
            for page in pages
        ]
