"""Where background work stands in the staff interface: its addresses and its menu item."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from khuevan.background.permissions import can_see_background_work


class BackgroundMenuItem(MenuItem):
    """Shown to those who may look at background work."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person may look at background work."""
        return can_see_background_work(request.user)


@hooks.register("register_admin_urls")
def background_urls() -> list[URLResolver]:
    """The pages of background work, under the staff prefix."""
    return [path("cong-viec-nen/", include("khuevan.background.urls"))]


@hooks.register("register_settings_menu_item")
def background_menu_item() -> MenuItem:
    """The way to background work, among the settings: what one visits when something stands still."""
    return BackgroundMenuItem(
        _("Background work"), reverse_lazy("background:index"), name="background", icon_name="cogs", order=900
    )
