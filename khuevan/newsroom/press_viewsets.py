"""The contacts of the press room in the staff pages. Written by the app's action only."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import register_permission_policy

from khuevan.newsroom.actions import keep_contact
from khuevan.newsroom.models import Contact
from khuevan.newsroom.permissions import can_keep_contacts
from khuevan.newsroom.spoken_languages import SpokenLanguagesField
from khuevan.people.seat_policies import SeatPolicy, kept_by

# Editors and directors; a contact is ended by a last day.
register_permission_policy(Contact, SeatPolicy(Contact, kept_by(can_keep_contacts)))


class ContactForm(WagtailAdminModelForm):
    """Somebody whom reporters may reach."""

    languages = SpokenLanguagesField(label=_("Languages"), required=False)

    class Meta:
        model = Contact
        fields: ClassVar[list[str]] = [
            "name", "post", "english_post", "is_spokesperson", "telephone", "email", "languages", "since_date",
            "until_date", "order",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {"since_date": AdminDateInput, "until_date": AdminDateInput}


class ContactIndexView(generic.IndexView):
    """All contacts, those of today and those that ended."""

    def get_base_queryset(self) -> QuerySet[Contact]:
        """The contacts as the press room orders them."""
        return Contact.objects.order_by("-is_spokesperson", "order", "name")


class ContactCreateView(generic.CreateView):
    """A new contact."""

    def save_instance(self) -> Contact:
        """Stores the contact by its action."""
        return keep_contact(by=self.request.user, contact=self.form.instance)


class ContactEditView(generic.EditView):
    """A contact's post, ways and days."""

    def save_instance(self) -> Contact:
        """Stores the contact by its action."""
        return keep_contact(by=self.request.user, contact=self.form.instance)


class ContactViewSet(ModelViewSet):
    """Contacts for the press."""

    model = Contact
    name = "press_contacts"
    icon = "user"
    url_prefix = "toa-soan/dau-moi"
    menu_label = _("Contacts for the press")
    copy_view_enabled = False
    list_per_page = 100
    index_view_class = ContactIndexView
    add_view_class = ContactCreateView
    edit_view_class = ContactEditView
    list_display: ClassVar[list[Any]] = [
        TitleColumn("name", label=_("full name"), url_name="press_contacts:edit"),
        Column("post", label=_("post")),
        Column("telephone", label=_("telephone"), classname="listing-extra"),
        Column("since_date", label=_("since"), classname="listing-extra"),
        Column("until_date", label=_("until")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[ContactForm]:
        """The form of a contact."""
        return ContactForm
