"""The people app: accounts, units, and who holds which post when."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    """Names the app, and gives the account page a form for Vietnamese names."""

    name = "khuevan.people"
    label = "people"
    default = True
    verbose_name = _("people and units")

    def ready(self) -> None:
        """Says who may do what to units, posts, charges; replaces the one form of Wagtail that no setting chooses."""
        # All need models, which exist only once all apps are loaded.
        from wagtail.admin.views.account import NameEmailSettingsPanel
        from wagtail.permissions import register_permission_policy

        from khuevan.people.forms import OwnNameForm
        from khuevan.people.models import Charge, Post, Unit
        from khuevan.people.permissions import KeepingPermissionPolicy

        for model in (Unit, Post, Charge):
            register_permission_policy(model, KeepingPermissionPolicy(model))

        NameEmailSettingsPanel.form_class = OwnNameForm


class AccountsConfig(WagtailUsersAppConfig):
    """Wagtail's own app of accounts, with our forms."""

    user_viewset = "khuevan.people.viewsets.AccountViewSet"
