"""Forms of units, posts and accounts."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.widgets import AdminDateInput
from wagtail.users.forms import UserCreationForm, UserEditForm

from khuevan.core import clock
from khuevan.people.actions import check_name_is_free
from khuevan.people.choices import DIRECTORS
from khuevan.people.models import Charge, Post, Unit, User


class UnitForm(WagtailAdminModelForm):
    """A unit. A new name holds from a day on; the old one is kept."""

    new_name_from = forms.DateField(
        label=_("New name holds from"),
        required=False,
        widget=AdminDateInput,
        help_text=_(
            "Only when the name changes: the old name is kept with its last day, and still finds the unit."
        ),
    )

    class Meta:
        model = Unit
        fields: ClassVar[list[str]] = [
            "name",
            "new_name_from",
            "short_name",
            "kind",
            "parent",
            "order",
            "valid_from",
            "valid_to",
            "successor",
        ]
        widgets: ClassVar[dict[str, Any]] = {"valid_from": AdminDateInput, "valid_to": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["new_name_from"]
        else:
            # A unit below this one cannot stand above it.
            self.fields["parent"].queryset = Unit.objects.exclude(path__startswith=self.instance.path)

    def clean_name(self) -> str:
        """The name with single spaces."""
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        """The values, once it is sure that no sister unit has the name; a unit that moves gets new sisters."""
        cleaned: dict[str, Any] = super().clean()
        name, parent = cleaned.get("name"), cleaned.get("parent")
        if not name:
            return cleaned
        known = Unit.objects.get(pk=self.instance.pk) if self.instance.pk else None
        if known is None or (known.name, known.parent_id) != (name, parent.pk if parent else None):
            try:
                check_name_is_free(name, clock.today(), parent=parent, except_unit=known)
            except forms.ValidationError as error:
                self.add_error("name", error.messages)
        return cleaned

    def new_name_day(self) -> datetime.date:
        """The day from which a changed name holds: the day given, else today."""
        return self.cleaned_data.get("new_name_from") or clock.today()


class PostForm(WagtailAdminModelForm):
    """A person's post in a unit."""

    class Meta:
        model = Post
        fields: ClassVar[list[str]] = ["person", "unit", "role", "title", "from_date", "to_date"]
        widgets: ClassVar[dict[str, Any]] = {"from_date": AdminDateInput, "to_date": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.filter(is_active=True).order_by("full_name")


class ChargeForm(WagtailAdminModelForm):
    """A unit in the charge of a director or deputy."""

    class Meta:
        model = Charge
        fields: ClassVar[list[str]] = ["person", "unit", "from_date", "to_date"]
        widgets: ClassVar[dict[str, Any]] = {"from_date": AdminDateInput, "to_date": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = (
            User.objects.filter(is_active=True, posts__role__in=DIRECTORS).distinct().order_by("full_name")
        )


class AccountCreationForm(UserCreationForm):
    """A new account with the whole name in one field, as Vietnamese names are written."""

    first_name = None
    last_name = None
    full_name = forms.CharField(label=_("full name"), max_length=150)

    class Meta(UserCreationForm.Meta):
        fields: ClassVar[list[str]] = ["username", "email", "full_name", "is_superuser", "groups"]


class AccountEditForm(UserEditForm):
    """An account with the whole name in one field."""

    first_name = None
    last_name = None
    full_name = forms.CharField(label=_("full name"), max_length=150)

    class Meta(UserEditForm.Meta):
        fields: ClassVar[list[str]] = [
            "username",
            "email",
            "full_name",
            "is_active",
            "is_superuser",
            "groups",
        ]


class OwnNameForm(forms.ModelForm):  # type: ignore[type-arg]
    """One's own name, on the account page."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["full_name"]


class SignInForm(LoginForm):
    """Name and password; Wagtail's own form leaves its labels untranslated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
