"""Where the programme stands in the staff interface: its addresses and its menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.programme.desk_permissions import heads_a_unit
from khuevan.programme.home_panel import ProgrammePanel
from khuevan.programme.permissions import can_import, reads_all
from khuevan.programme.reply_permissions import can_judge_anything

# Pages of the programme add their own item to this menu.
programme_menu = Menu(register_hook_name="register_programme_menu_item")


class ImportMenuItem(MenuItem):
    """Shown to those who may import."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person may put plans into the programme today."""
        return isinstance(request.user, User) and can_import(request.user, clock.today())


class JudgeMenuItem(MenuItem):
    """Shown to those for whom a report may wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there may be reports that the person may judge today."""
        return isinstance(request.user, User) and can_judge_anything(request.user, clock.today())


@hooks.register("register_admin_urls")
def programme_urls() -> list[URLResolver]:
    """The programme's pages, under the staff prefix."""
    return [path("chuong-trinh/", include("khuevan.programme.urls"))]


@hooks.register("construct_homepage_panels")
def add_programme_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Puts the plans on the staff's first page; Wagtail's panels about pages come with the newsroom."""
    panels[:] = [ProgrammePanel()]


@hooks.register("register_admin_menu_item")
def programme_menu_item() -> MenuItem:
    """The programme's own menu, first of all: it is what officers come for."""
    return SubmenuMenuItem(_("Programme"), programme_menu, name="programme", icon_name="tasks", order=10)


@hooks.register("register_programme_menu_item")
def import_menu_item() -> MenuItem:
    """The way to the imports."""
    return ImportMenuItem(
        _("Import a plan"),
        reverse_lazy("programme:imports"),
        name="programme-import",
        icon_name="upload",
        order=900,
    )


@hooks.register("register_programme_menu_item")
def browse_menu_item() -> MenuItem:
    """The way to the plans, for everyone: the page itself says where there is nothing to see."""
    return MenuItem(
        _("Plans and tasks"),
        reverse_lazy("programme:index"),
        name="programme-plans",
        icon_name="tasks",
        order=100,
    )


class ReadsAllMenuItem(MenuItem):
    """Shown to those who see every unit's work."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person reads everything today."""
        return isinstance(request.user, User) and reads_all(request.user, clock.today())


@hooks.register("register_programme_menu_item")
def reminders_menu_item() -> MenuItem:
    """The way to what was reminded of."""
    return ReadsAllMenuItem(
        _("Reminders"),
        reverse_lazy("programme:reminders"),
        name="programme-reminders",
        icon_name="mail",
        order=700,
    )


@hooks.register("register_programme_menu_item")
def to_judge_menu_item() -> MenuItem:
    """The way to the reports that wait to be accepted."""
    return JudgeMenuItem(
        _("To be accepted"),
        reverse_lazy("programme:to_judge"),
        name="programme-to-judge",
        icon_name="circle-check",
        order=300,
    )


@hooks.register("register_programme_menu_item")
def difficulties_menu_item() -> MenuItem:
    """The way to what is in the units' way, for everyone: each sees those of the own tasks."""
    return MenuItem(
        _("Difficulties"),
        reverse_lazy("programme:difficulties"),
        name="programme-difficulties",
        icon_name="warning",
        order=310,
    )


@hooks.register("register_programme_menu_item")
def calendar_menu_item() -> MenuItem:
    """The way to the month calendar, for everyone: it holds what the person sees."""
    return MenuItem(
        _("Calendar"),
        reverse_lazy("programme:calendar"),
        name="programme-calendar",
        icon_name="calendar-alt",
        order=210,
    )


@hooks.register("register_programme_menu_item")
def board_menu_item() -> MenuItem:
    """The way to the board, for everyone."""
    return MenuItem(
        _("Board"), reverse_lazy("programme:board"), name="programme-board", icon_name="grip", order=200
    )


class HeadMenuItem(MenuItem):
    """Shown to heads of units."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person heads a unit today."""
        return isinstance(request.user, User) and heads_a_unit(request.user, clock.today())


@hooks.register("register_programme_menu_item")
def desk_menu_item() -> MenuItem:
    """The way to one's own desk, first of all."""
    return MenuItem(
        _("My desk"),
        reverse_lazy("programme:desk"),
        name="programme-desk",
        icon_name="clipboard-list",
        order=10,
    )


@hooks.register("register_programme_menu_item")
def directors_desk_menu_item() -> MenuItem:
    """The way to the desk of every unit's work."""
    return ReadsAllMenuItem(
        _("Director's desk"),
        reverse_lazy("programme:directors_desk"),
        name="programme-directors-desk",
        icon_name="desktop",
        order=20,
    )


@hooks.register("register_programme_menu_item")
def unit_desk_menu_item() -> MenuItem:
    """The way to the desk of the own unit's work."""
    return HeadMenuItem(
        _("Unit's desk"),
        reverse_lazy("programme:unit_desk"),
        name="programme-unit-desk",
        icon_name="group",
        order=30,
    )
