"""Where the press room stands among the staff pages: addresses, contacts, and its items in the newsroom's menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from khuevan.newsroom.permissions import can_accredit, can_keep_contacts
from khuevan.newsroom.press_viewsets import ContactViewSet
from khuevan.people.staff_menu import StaffMenuItem, register_items


class PressMenuItem(StaffMenuItem):
    """One page of the press room in the newsroom's menu."""

    namespace = "press"


class ContactsMenuItem(StaffMenuItem):
    """The list of contacts, which is a viewset of its own."""

    namespace = "press_contacts"


# (order, label, view, icon, who may)
MENU: tuple[StaffMenuItem, ...] = (
    PressMenuItem(40, _("Press conferences"), "conferences", "group", can_accredit),
    ContactsMenuItem(50, _("Contacts for the press"), "index", "user", can_keep_contacts),
)

register_items("register_newsroom_menu_item", MENU)


@hooks.register("register_admin_urls")
def press_urls() -> list[URLResolver]:
    """The pages of press conferences, under the staff prefix."""
    return [path("toa-soan/", include("khuevan.newsroom.urls.press"))]


@hooks.register("register_admin_viewset")
def contacts() -> ContactViewSet:
    """The pages of the contacts."""
    return ContactViewSet()
