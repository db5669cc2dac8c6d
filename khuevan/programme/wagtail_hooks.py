"""Where the programme stands in the staff interface: its addresses, its menu, its place on the first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from khuevan.people.staff_menu import StaffMenuItem, register_items
from khuevan.programme.desk_permissions import heads_a_unit
from khuevan.programme.home_panel import ProgrammePanel
from khuevan.programme.permissions import can_import, reads_all
from khuevan.programme.reply_permissions import can_judge_anything

# Pages of the programme add their own item to this menu.
programme_menu = Menu(register_hook_name="register_programme_menu_item")


class ProgrammeMenuItem(StaffMenuItem):
    """One page of the programme in its menu, shown to those who may open it; without `may`, to all staff."""

    namespace = "programme"


# In the order in which a day goes: one's own work, everybody's, what waits, what was sent, what is new.
MENU = (
    ProgrammeMenuItem(10, _("My desk"), "desk", "clipboard-list"),
    ProgrammeMenuItem(20, _("Director's desk"), "directors_desk", "desktop", reads_all),
    ProgrammeMenuItem(30, _("Unit's desk"), "unit_desk", "group", heads_a_unit),
    ProgrammeMenuItem(100, _("Plans and tasks"), "index", "tasks"),
    ProgrammeMenuItem(200, _("Board"), "board", "grip"),
    ProgrammeMenuItem(210, _("Calendar"), "calendar", "calendar-alt"),
    ProgrammeMenuItem(300, _("To be accepted"), "to_judge", "circle-check", can_judge_anything),
    ProgrammeMenuItem(310, _("Difficulties"), "difficulties", "warning"),
    ProgrammeMenuItem(700, _("Reminders"), "reminders", "mail", reads_all),
    ProgrammeMenuItem(900, _("Import a plan"), "imports", "upload", can_import),
)

register_items("register_programme_menu_item", MENU)


@hooks.register("register_admin_urls")
def programme_urls() -> list[URLResolver]:
    """The programme's pages, under the staff prefix."""
    return [path("chuong-trinh/", include("khuevan.programme.urls"))]


@hooks.register("construct_homepage_panels")
def add_programme_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Puts one's desk on the staff's first page; Wagtail's panels about pages come with the newsroom."""
    panels[:] = [ProgrammePanel()]


@hooks.register("register_admin_menu_item")
def programme_menu_item() -> MenuItem:
    """The programme's own menu, first of all: it is what officers come for."""
    return SubmenuMenuItem(_("Programme"), programme_menu, name="programme", icon_name="tasks", order=10)
