"""What every staff page carries: the face and colours of Khuê Văn."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """The stylesheet link of the staff interface."""
    return format_html('<link rel="stylesheet" href="{}">', static("core/admin.css"))
