"""The filter above the list of a person's reports: read from the address, so that a list can be kept and sent."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.reports.choices import UnitReportState
from khuevan.reports.queries.own_reports import OwnReportsAsked


class OwnReportsFilterForm(forms.Form):
    """Every field is a wish that may be left out."""

    q = forms.CharField(label=gettext_lazy("Unit"), required=False, max_length=200)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    cycle = forms.TypedChoiceField(
        label=gettext_lazy("Reporting cycle"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, data: QueryDict, cycles: list[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="filter-%s")
        state, cycle = self.fields["state"], self.fields["cycle"]
        assert isinstance(state, forms.ChoiceField)
        assert isinstance(cycle, forms.ChoiceField)
        state.choices = [("", _("All states")), ("LATE", _("Late")), *UnitReportState.choices]
        cycle.choices = [("", _("All cycles")), *cycles]
        self.fields["q"].widget.attrs |= {"placeholder": _("With or without accents")}

    def asked(self) -> OwnReportsAsked:
        """What was asked for; a field that was not understood counts as left out."""
        self.is_valid()
        data = self.cleaned_data
        return OwnReportsAsked(data.get("q") or "", data.get("state") or "", data.get("cycle"))
