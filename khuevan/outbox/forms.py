"""The form above the list of mails: read from the address, so that a list can be kept and sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from khuevan.outbox.kinds import kind_choices
from khuevan.outbox.presenters import state_choices
from khuevan.outbox.queries import MailCriteria


class MailFilterForm(forms.Form):
    """Every field is a wish that may be left out; one that is not understood is shown as an error."""

    q = forms.CharField(label=gettext_lazy("Recipient"), required=False, max_length=200)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    first = forms.DateField(label=gettext_lazy("From day"), required=False, widget=AdminDateInput)
    last = forms.DateField(label=gettext_lazy("Until day"), required=False, widget=AdminDateInput)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="filter-%s")
        self._offer("state", [("", _("Any state")), *state_choices()])
        self._offer("kind", [("", _("Any kind")), *kind_choices()])
        self.fields["q"].widget.attrs["placeholder"] = _("Name or address, with or without accents")
        for name in ("first", "last"):
            self.fields[name].widget.attrs["placeholder"] = _("dd/mm/yyyy")

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def criteria(self) -> MailCriteria:
        """What was asked for; a field that was not understood counts as left out."""
        self.is_valid()
        data = self.cleaned_data
        return MailCriteria(
            words=data.get("q") or "",
            state=data.get("state") or "",
            kind=data.get("kind") or "",
            first_day=data.get("first"),
            last_day=data.get("last"),
        )
