"""Where translating meets Wagtail's pages: the ways to our screens, and none to wagtail-localize's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from khuevan.core import clock
from khuevan.newsroom.choices import TranslationOrigin
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.permissions import can_write
from khuevan.newsroom.translation.sources import translation_of

# Entries of wagtail-localize that work around the review (see `khuevan.newsroom.translation`).
_NOT_OURS = frozenset({"localize-restart-translation", "localize-convert-to-alias"})


@hooks.register("register_page_header_buttons")
def ways_to_translate(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """From the page of one language: to its paragraphs, or to more languages."""
    if not isinstance(page, StoryPage) or not can_write(user, clock.today()):
        return
    if page.origin == TranslationOrigin.ORIGINAL:
        yield Button(
            _("Translate into more languages"),
            reverse("newsroom_desk:translate", args=[page.short_id]),
            icon_name="globe",
            priority=5,
        )
        return
    if translation_of(page) is not None:
        yield Button(
            _("Translate by paragraphs"),
            reverse("newsroom_desk:paragraphs", args=[page.pk]),
            icon_name="globe",
            priority=5,
        )
    yield Button(
        _("What changed in the original"),
        reverse("newsroom_desk:source_changes", args=[page.pk]),
        icon_name="history",
        priority=6,
    )


@hooks.register("construct_page_action_menu")
def leave_localize_out(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """A piece's menu has no entry that would hand it to wagtail-localize's editor."""
    if isinstance(context.get("page"), StoryPage):
        menu_items[:] = [item for item in menu_items if item.name not in _NOT_OURS]


@hooks.register("construct_reports_menu")
def leave_its_report_out(request: HttpRequest, menu_items: list[Any]) -> None:
    """The list of pieces by language is the newsroom's own."""
    address = reverse("wagtail_localize:translations_report")
    menu_items[:] = [item for item in menu_items if getattr(item, "url", "") != address]


@hooks.register("insert_editor_js")
def hints_script() -> SafeString:
    """Asks for the hints anew while somebody writes."""
    return format_html('<script type="module" src="{}"></script>', static("newsroom/hints.js"))


@hooks.register("insert_editor_css")
def hints_style() -> SafeString:
    """How the hints look."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/hints.css"))
