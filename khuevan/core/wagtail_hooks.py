"""What every staff page carries: the face and colours of Khuê Văn, and a menu without what nobody here needs.

And where the audit trail stands among the staff pages.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from khuevan.core.permissions import can_see_trail

# Wagtail's guide to itself in English, and reports on pages only.
LEFT_OUT_OF_MENU = frozenset({"help", "reports"})


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """The stylesheet link of the staff interface."""
    return format_html('<link rel="stylesheet" href="{}">', static("core/admin.css"))


@hooks.register("insert_global_admin_js")
def admin_js() -> SafeString:
    """The scripts that make proposed addresses of plain letters, and leave dates as they are typed."""
    return format_html(
        '<script type="module" src="{}"></script><script src="{}"></script>',
        static("core/slugs.js"),
        static("core/dates_as_typed.js"),
    )


@hooks.register("construct_main_menu")
def shorten_menu(request: HttpRequest, menu_items: list[Any]) -> None:
    """Takes Wagtail's own help and reports out of the menu."""
    menu_items[:] = [item for item in menu_items if item.name not in LEFT_OUT_OF_MENU]


class TrailMenuItem(MenuItem):
    """Shown to those who may read the audit trail."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person may read the trail."""
        return can_see_trail(request.user)


@hooks.register("register_admin_urls")
def trail_urls() -> list[URLResolver]:
    """The pages of the audit trail, under the staff prefix."""
    return [path("nhat-ky/", include("khuevan.core.urls"))]


@hooks.register("register_settings_menu_item")
def trail_menu_item() -> MenuItem:
    """The way to the audit trail."""
    return TrailMenuItem(
        _("Audit trail"), reverse_lazy("audit:index"), name="audit-trail", icon_name="history", order=910
    )
