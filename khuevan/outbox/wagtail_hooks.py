"""Where the outgoing mails stand in the staff interface: their addresses, and low in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

# Just above Wagtail's settings (10000).
LOW = 9800


class AllMailsMenuItem(MenuItem):
    """Shown to those who may see everybody's mails."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person may see every mail."""
        return request.user.has_perm("outbox.view_outgoingmail")


class OwnMailsMenuItem(MenuItem):
    """Shown to everybody else: what was sent to oneself."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person sees only the mails to himself or herself."""
        return not request.user.has_perm("outbox.view_outgoingmail")


@hooks.register("register_admin_urls")
def outbox_urls() -> list[URLResolver]:
    """The pages of outgoing mails, under the staff prefix."""
    return [path("thu-gui/", include("khuevan.outbox.urls"))]


@hooks.register("register_admin_menu_item")
def all_mails_menu_item() -> MenuItem:
    """The way to all mails."""
    return AllMailsMenuItem(
        _("Outgoing mail"), reverse_lazy("outbox:index"), name="outgoing-mail", icon_name="mail", order=LOW
    )


@hooks.register("register_admin_menu_item")
def own_mails_menu_item() -> MenuItem:
    """The way to one's own mails."""
    return OwnMailsMenuItem(
        _("Mails to me"), reverse_lazy("outbox:mine"), name="own-mail", icon_name="mail", order=LOW
    )
