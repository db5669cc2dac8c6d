"""Units and posts in the menu of the staff pages."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from khuevan.people.viewsets import OrganisationViewSetGroup


@hooks.register("register_admin_viewset")
def organisation() -> OrganisationViewSetGroup:
    """The pages of units and posts."""
    return OrganisationViewSetGroup()


@hooks.register("insert_global_admin_css")
def people_css() -> SafeString:
    """The stylesheet of the lists of units and posts."""
    return format_html('<link rel="stylesheet" href="{}">', static("people/people.css"))
