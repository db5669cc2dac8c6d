"""Units and posts in the menu of the staff pages."""

from __future__ import annotations

from wagtail import hooks

from khuevan.people.viewsets import OrganisationViewSetGroup


@hooks.register("register_admin_viewset")
def organisation() -> OrganisationViewSetGroup:
    """The pages of units and posts."""
    return OrganisationViewSetGroup()
