"""Units, posts and accounts in the staff pages. Everything is written by the actions of this app."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views import users

from khuevan.people import actions
from khuevan.people.forms import AccountCreationForm, AccountEditForm, ChargeForm, PostForm, UnitForm
from khuevan.people.models import Charge, Post, Unit


class LinkedColumn(TitleColumn):
    """A column whose text leads to the form, for those who may change the record."""

    def get_link_url(self, instance: Any, parent_context: dict[str, Any]) -> str | None:
        """The address of the form, or None for those who may only look."""
        request = parent_context.get("request")
        may_change = request is not None and request.user.has_perm(
            f"people.change_{instance._meta.model_name}"
        )
        url: str | None = super().get_link_url(instance, parent_context) if may_change else None
        return url


class UnitNameColumn(LinkedColumn):
    """The unit's name, a step to the right for each level of the tree."""

    cell_template_name = "people/unit_name_cell.html"


class UnitIndexView(generic.IndexView):
    """The tree of units."""

    def get_base_queryset(self) -> QuerySet[Unit]:
        """The units in the order of the tree."""
        return Unit.objects.select_related("successor").order_by("path")


class UnitCreateView(generic.CreateView):
    """A new unit."""

    def save_instance(self) -> Unit:
        """Creates the unit by its action."""
        return actions.create_unit(by=self.request.user, **self.form.cleaned_data)


class UnitEditView(generic.EditView):
    """A unit's name, place and days."""

    def save_instance(self) -> Unit:
        """Writes the unit by its actions: a new name apart from the rest, because it holds from a day on."""
        unit: Unit = self.form.instance
        new_name = unit.name
        unit.name = Unit.objects.get(pk=unit.pk).name
        unit = actions.edit_unit(by=self.request.user, unit=unit)
        return actions.rename_unit(
            by=self.request.user, unit=unit, name=new_name, day=self.form.new_name_day()
        )


class UnitViewSet(ModelViewSet):
    """Units."""

    model = Unit
    name = "units"
    icon = "group"
    menu_label = _("Units")
    menu_order = 100
    index_view_class = UnitIndexView
    add_view_class = UnitCreateView
    edit_view_class = UnitEditView
    copy_view_enabled = False
    list_per_page = 100
    list_filter: ClassVar[list[str]] = ["kind"]
    list_display: ClassVar[list[Any]] = [
        UnitNameColumn("name", label=_("name"), url_name="units:edit"),
        Column("short_name", label=_("abbreviation"), classname="listing-extra"),
        Column("kind", label=_("kind"), accessor="get_kind_display"),
        Column("valid_to", label=_("exists until")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[UnitForm]:
        """The form of a unit."""
        return UnitForm


class PostIndexView(generic.IndexView):
    """Who holds which post."""

    def get_base_queryset(self) -> QuerySet[Post]:
        """The posts by unit, with persons and units loaded."""
        return Post.objects.select_related("person", "unit").order_by("unit__path", "from_date", "id")


class PostCreateView(generic.CreateView):
    """A new post."""

    def save_instance(self) -> Post:
        """Gives the post by its action."""
        values = {**self.form.cleaned_data}
        to_date = values.pop("to_date")
        post = actions.appoint(by=self.request.user, **values)
        return actions.end_post(by=self.request.user, post=post, day=to_date) if to_date else post


class PostEditView(generic.EditView):
    """A post's days and title."""

    def save_instance(self) -> Post:
        """Writes the post by its action."""
        return actions.edit_post(by=self.request.user, post=self.form.instance)


class PostViewSet(ModelViewSet):
    """Posts."""

    model = Post
    name = "posts"
    icon = "user"
    menu_label = _("Posts")
    menu_order = 200
    index_view_class = PostIndexView
    add_view_class = PostCreateView
    edit_view_class = PostEditView
    copy_view_enabled = False
    list_per_page = 100
    list_filter: ClassVar[list[str]] = ["role"]
    search_fields: ClassVar[list[str]] = ["person__full_name", "unit__name", "title"]
    search_backend_name = None
    list_display: ClassVar[list[Any]] = [
        LinkedColumn("person", label=_("person"), url_name="posts:edit"),
        Column("role", label=_("role"), accessor="get_role_display"),
        Column("title", label=_("title"), classname="listing-extra"),
        Column("unit", label=_("unit")),
        Column("from_date", label=_("from"), classname="listing-extra"),
        Column("to_date", label=_("until")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[PostForm]:
        """The form of a post."""
        return PostForm


class ChargeIndexView(generic.IndexView):
    """Which director has which unit in charge."""

    def get_base_queryset(self) -> QuerySet[Charge]:
        """The charges by unit, with persons and units loaded."""
        return Charge.objects.select_related("person", "unit").order_by("unit__path", "from_date", "id")


class ChargeCreateView(generic.CreateView):
    """A new charge."""

    def save_instance(self) -> Charge:
        """Gives the charge by its action."""
        values = {**self.form.cleaned_data}
        to_date = values.pop("to_date")
        charge = actions.give_charge(by=self.request.user, **values)
        if to_date:
            charge.to_date = to_date
            charge = actions.edit_charge(by=self.request.user, charge=charge)
        return charge


class ChargeEditView(generic.EditView):
    """A charge's days."""

    def save_instance(self) -> Charge:
        """Writes the charge by its action."""
        return actions.edit_charge(by=self.request.user, charge=self.form.instance)


class ChargeViewSet(ModelViewSet):
    """Units in directors' charge."""

    model = Charge
    name = "charges"
    icon = "key"
    menu_label = _("Units in charge")
    menu_order = 300
    index_view_class = ChargeIndexView
    add_view_class = ChargeCreateView
    edit_view_class = ChargeEditView
    copy_view_enabled = False
    list_per_page = 100
    list_display: ClassVar[list[Any]] = [
        LinkedColumn("unit", label=_("unit in charge"), url_name="charges:edit"),
        Column("person", label=_("person")),
        Column("from_date", label=_("from"), classname="listing-extra"),
        Column("to_date", label=_("until")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[ChargeForm]:
        """The form of a charge."""
        return ChargeForm


class OrganisationViewSetGroup(ViewSetGroup):
    """Units, posts and charges under one entry of the menu."""

    menu_label = _("Organisation")
    menu_icon = "group"
    menu_order = 400
    items = (UnitViewSet, PostViewSet, ChargeViewSet)


class AccountCreateView(users.CreateView):
    """A new account."""

    def save_instance(self) -> Any:
        """Creates the account, and leaves an entry."""
        account = super().save_instance()
        actions.record_account_change(by=self.request.user, person=account, fields=self.form.changed_data)
        return account


class AccountEditView(users.EditView):
    """An account."""

    def save_instance(self) -> Any:
        """Writes the account, and leaves an entry."""
        account = super().save_instance()
        actions.record_account_change(by=self.request.user, person=account, fields=self.form.changed_data)
        return account


class AccountViewSet(users.UserViewSet):
    """Accounts, in Wagtail's own pages for them."""

    add_view_class = AccountCreateView
    edit_view_class = AccountEditView

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        """The form with the whole name in one field."""
        return AccountEditForm if for_update else AccountCreationForm
