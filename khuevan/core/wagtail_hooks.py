"""What every staff page carries: the face and colours of Khuê Văn, and a menu without what nobody here needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

# Wagtail's guide to itself in English, and reports on pages only.
LEFT_OUT_OF_MENU = frozenset({"help", "reports"})


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """The stylesheet link of the staff interface."""
    return format_html('<link rel="stylesheet" href="{}">', static("core/admin.css"))


@hooks.register("insert_global_admin_js")
def admin_js() -> SafeString:
    """The script that makes proposed addresses of plain letters."""
    return format_html('<script type="module" src="{}"></script>', static("core/slugs.js"))


@hooks.register("construct_main_menu")
def shorten_menu(request: HttpRequest, menu_items: list[Any]) -> None:
    """Takes Wagtail's own help and reports out of the menu."""
    menu_items[:] = [item for item in menu_items if item.name not in LEFT_OUT_OF_MENU]
