"""Where the newsroom meets Wagtail: its staff pages and their menu, and the one address of its documents."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from khuevan.newsroom import (  # noqa: F401  (their hooks register themselves)
    menu_library,
    menu_press,
    translation_hooks,
)
from khuevan.newsroom.permissions import can_see_pieces
from khuevan.newsroom.public_links import PublicPageLinkHandler
from khuevan.people.staff_menu import StaffMenuItem, register_items

newsroom_menu = Menu(register_hook_name="register_newsroom_menu_item")


class NewsroomMenuItem(StaffMenuItem):
    """One page of the newsroom in its menu, shown to those who may open it; without `may`, to all staff."""

    namespace = "newsroom_desk"


# What waits, what there is, whom the press meets, what may be shown. (order, label, view, icon, who may)
MENU: tuple[NewsroomMenuItem, ...] = (
    NewsroomMenuItem(10, pgettext_lazy("newsroom", "Waiting for me"), "waiting", "tasks", can_see_pieces),
    NewsroomMenuItem(20, _("Stories and releases"), "pieces", "doc-full", can_see_pieces),
    NewsroomMenuItem(30, _("Broken links"), "broken_links", "warning", can_see_pieces),
)

register_items("register_newsroom_menu_item", MENU)


@hooks.register("register_admin_urls")
def newsroom_urls() -> list[URLResolver]:
    """The newsroom's pages, under the staff prefix."""
    return [path("toa-soan/", include("khuevan.newsroom.urls"))]


@hooks.register("register_admin_menu_item")
def newsroom_menu_item() -> MenuItem:
    """The newsroom's own menu, after the programme's: what is told of the work comes after the work."""
    return SubmenuMenuItem(
        pgettext_lazy("menu", "Newsroom"), newsroom_menu, name="newsroom", icon_name="edit", order=15
    )


@hooks.register("construct_main_menu")
def name_the_pages(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Calls Wagtail's tree of pages by its own name: the word “Pages” alone is a number of pages in our words."""
    for item in menu_items:
        if item.name == "explorer":
            item.label = pgettext_lazy("menu", "Pages of the site")


@hooks.register("register_rich_text_features", order=100)
def lead_to_public_pages(features: Any) -> None:
    """Links between pages lead only to what the public may have."""
    features.register_link_type(PublicPageLinkHandler)


@hooks.register("before_serve_document")
def lead_to_own_address(document: Any, request: HttpRequest) -> HttpResponse:
    """Wagtail's own address of a document leads to ours: it would send it to anybody."""
    return HttpResponseRedirect(document.url)
