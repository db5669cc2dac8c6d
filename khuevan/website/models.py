"""The pages of the public site."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from khuevan.core import clock
from khuevan.core.pages import BasePage
from khuevan.newsroom.models.rights_checked import RightsChecked
from khuevan.newsroom.release import public_stories

# One in the window, two beside each other, and two rows of three on a desk screen.
NEWEST = 9


class HomePage(RightsChecked, BasePage):
    """The page at the root of the site: who speaks here, and to whom. One for each language."""

    headline = models.CharField(_("headline"), max_length=120)
    introduction = models.TextField(_("introduction"), max_length=600)
    body = RichTextField(_("text"), features=["h2", "bold", "italic", "link", "ul"], blank=True)

    template = "website/home.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page with the newest pieces of its language: one that leads, and those after it.

        Where its language has none yet, those of the site's first language, and `is_borrowed` says so.
        """
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pieces = (
            public_stories(clock.now())
            .select_related("picture", "locale")
            .prefetch_related("picture__renditions")
        )
        newest = list(pieces.filter(locale=self.locale)[:NEWEST])
        is_borrowed = not newest
        if is_borrowed:
            newest = list(pieces.filter(locale__language_code=settings.LANGUAGE_CODE)[:NEWEST])
        lead = newest[0] if newest else None
        return {**context, "lead": lead, "latest": newest[1:], "is_borrowed": is_borrowed}

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class TextPage(RightsChecked, BasePage):
    """A page of the site's own words: who speaks here, how it works, what a reader may rely on."""

    introduction = models.TextField(_("introduction"), max_length=600, blank=True)
    body = RichTextField(
        _("text"), features=["h2", "h3", "bold", "italic", "link", "document-link", "ul", "ol"], blank=True
    )

    template = "website/text.html"
    parent_page_types: ClassVar[list[str]] = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("text page")
        verbose_name_plural = _("text pages")


class SearchEntry(models.Model):
    """What the public search knows of one public page; there is none for a page that is not public.

    `text` is what the excerpt is cut from; `title_words` and `words` are what is looked through
    (`khuevan.plain.search_words`), kept in a full-text index beside the table (migration 0003).
    """

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, related_name="search_entry")
    language = models.CharField(max_length=12, db_index=True)
    title = models.TextField()
    text = models.TextField()
    title_words = models.TextField()
    words = models.TextField()

    class Meta:
        verbose_name = _("entry of the public search")
        verbose_name_plural = _("entries of the public search")

    def __str__(self) -> str:
        return self.title


class HubNotice(models.Model):
    """What one WebSub hub was told of one feed.

    `changes` counts the feed's changes, `told` is the count of which the hub has heard: it waits for a word while
    they differ. `tries` counts attempts in vain since the last change, `failure` says what the last came to.
    """

    hub = models.CharField(max_length=500)
    feed = models.CharField(max_length=500)
    changes = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True, db_index=True)
    told_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("notice to a hub")
        verbose_name_plural = _("notices to hubs")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["hub", "feed"], name="hub_notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.feed} → {self.hub}"
