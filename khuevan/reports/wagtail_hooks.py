"""Where reports stand in the staff interface: their addresses and their menu."""

from __future__ import annotations

from datetime import date

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from khuevan.people.choices import DOES_THE_WORK
from khuevan.people.models import User
from khuevan.people.queries import roles_once
from khuevan.people.staff_menu import StaffMenuItem, register_items
from khuevan.reports.gathering_permissions import can_find_cycles
from khuevan.reports.permissions import can_read_reports

reports_menu = Menu(register_hook_name="register_reports_menu_item")


class ReportsMenuItem(StaffMenuItem):
    """One page of the reports' menu, shown to those who may open it; without `may`, to all staff."""

    namespace = "reports"


def _fills(user: User, day: date) -> bool:
    # By the posts, which the frame asks for anyway: the units below a head would be one query more on each page.
    return not DOES_THE_WORK.isdisjoint(roles_once(user, day))


# What everybody does first: the own unit's forms; then gathering, composed reports, and what is set up once.
# (order, label, view, icon, who may)
MENU: tuple[ReportsMenuItem, ...] = (
    ReportsMenuItem(10, _("My unit's reports"), "my_reports", "form", _fills),
    ReportsMenuItem(20, _("Reporting cycles"), "cycles", "calendar", can_find_cycles),
    ReportsMenuItem(30, _("Composed reports"), "reports", "doc-full-inverse", can_read_reports),
    ReportsMenuItem(90, _("Reporting rules"), "rules", "list-ol"),
)

register_items("register_reports_menu_item", MENU)


@hooks.register("register_admin_urls")
def reports_urls() -> list[URLResolver]:
    """The reports' pages, under the staff prefix."""
    return [path("bao-cao/", include("khuevan.reports.urls"))]


@hooks.register("register_admin_menu_item")
def reports_menu_item() -> MenuItem:
    """The reports' own menu, next to official documents; Wagtail calls its own “reports”, which is left out."""
    return SubmenuMenuItem(_("Reports"), reports_menu, name="reporting", icon_name="clipboard-list", order=30)
