"""The form above a calendar or a board: whose work, which unit, in which role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from khuevan.programme.choices import AssignmentRole

MINE, ALL = "mine", "all"
ANY_ROLE = "ANY"


class ScopeForm(forms.Form):
    """Wishes from the address; one that is no choice counts as left out."""

    scope = forms.ChoiceField(required=False)
    unit = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    role = forms.ChoiceField(required=False)

    def __init__(
        self, data: QueryDict, *, units: Sequence[tuple[int, str]], has_units: bool, scope: str, role: str
    ) -> None:
        """`scope` and `role` are what stands where the address says nothing."""
        wishes = data.copy()
        for name, value in (("scope", scope), ("role", role)):
            if not wishes.get(name):
                wishes[name] = value
        super().__init__(wishes, auto_id="filter-%s")
        self._defaults = {"scope": scope, "role": role}
        self._offer("scope", _("Whose work"), [(MINE, _("My units")), (ALL, _("Everything I see"))])
        self._offer("unit", _("Unit"), [("", _("All units")), *units])
        roles = [(ANY_ROLE, _("Any role")), *AssignmentRole.choices]
        self._offer("role", _("Role of the unit"), roles)
        if not has_units:
            del self.fields["scope"]

    def _offer(self, name: str, label: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.label, field.choices = label, choices

    def wish(self, name: str) -> Any:
        """What was asked for, or what stands where nothing was."""
        self.is_valid()
        return self.cleaned_data.get(name) or self._defaults.get(name)
