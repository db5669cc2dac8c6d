"""Forms of those who gather: open a period, open a thematic or ad-hoc report, open again, return."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.people.models import Unit
from khuevan.reports.choices import Standing, UnitGroup
from khuevan.reports.models import ReportingRule
from khuevan.reports.queries.cycle_lists import OpenablePeriod


def day_field(**kwargs: Any) -> forms.DateField:
    """A day as a browser sends it, or as people type it where there is no date field."""
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        # Days of which the office's calendar knows whether they are worked.
        validators=[MinValueValidator(date(2015, 1, 1)), MaxValueValidator(date(2099, 12, 31))],
        **kwargs,
    )


class OpenPeriodForm(forms.Form):
    """Which period of which rule; the rule says everything else."""

    period = forms.ChoiceField(
        label=gettext_lazy("Report and period"),
        error_messages={
            "required": gettext_lazy("Choose the period."),
            "invalid_choice": gettext_lazy("This period has a cycle already: choose another."),
        },
    )

    def __init__(self, *args: Any, periods: Iterable[OpenablePeriod], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._periods = {f"{one.rule.pk}-{one.period.year}-{one.period.number}": one for one in periods}
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose the period")),
            *((code, _period_label(one)) for code, one in self._periods.items()),
        ]

    def chosen(self) -> OpenablePeriod:
        """The period; only for a valid form."""
        return self._periods[self.cleaned_data["period"]]


def _period_label(one: OpenablePeriod) -> str:
    return _("%(name)s (cut-off %(cut_off)s, due %(due)s)") % {
        "name": one.period.name,
        "cut_off": f"{one.period.last:%d/%m/%Y}",
        "due": f"{one.period.due:%d/%m/%Y}",
    }


class OpenCycleForm(forms.Form):
    """A thematic or ad-hoc report: under which rule, what about, which days, who is asked."""

    rule = forms.ModelChoiceField(
        ReportingRule.objects.none(), label=gettext_lazy("Reporting rule"), empty_label=gettext_lazy("Choose")
    )
    name = forms.CharField(label=gettext_lazy("Name of this report"), max_length=300)
    first_date = day_field(label=gettext_lazy("Counts from"))
    last_date = day_field(label=gettext_lazy("Cut-off day"))
    due_date = day_field(
        label=gettext_lazy("Units send by"),
        required=False,
        help_text=gettext_lazy("Left empty: the deadline of the rule."),
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=gettext_lazy("Units that report"), required=False
    )

    def __init__(
        self, *args: Any, rules: Sequence[ReportingRule], units: Sequence[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        of_rule: Any = self.fields["rule"]
        of_rule.queryset = ReportingRule.objects.filter(pk__in=[rule.pk for rule in rules]).order_by("name")
        of_units: Any = self.fields["units"]
        of_units.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])


class ReopenForm(forms.Form):
    """Until which day units can send."""

    until = day_field(label=gettext_lazy("Units can send until"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].widget.attrs["min"] = f"{day:%Y-%m-%d}"


class ReturnForm(forms.Form):
    """What the unit should mend."""

    reason = forms.CharField(
        label=gettext_lazy("What the unit should mend"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what the unit should mend.")},
    )


class ReleaseForm(forms.Form):
    """Why the unit owes no report."""

    reason = forms.CharField(
        label=gettext_lazy("Why the unit need not report"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why.")},
    )


class TakeInForm(forms.Form):
    """A unit that reports in a cycle that is open already, and why."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Unit"), empty_label=gettext_lazy("Choose")
    )
    reason = forms.CharField(
        label=gettext_lazy("Why the unit reports in this cycle"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why.")},
    )

    def __init__(self, *args: Any, units: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = units


class StandingFilterForm(forms.Form):
    """The wishes above the list of units; whatever is no choice counts as left out."""

    q = forms.CharField(required=False, max_length=200, strip=True)
    state = forms.CharField(required=False)
    group = forms.CharField(required=False)
    order = forms.CharField(required=False)

    def clean_state(self) -> str:
        """A standing, OWED for all that have not sent, LATE for all that are late, or empty."""
        value: str = self.cleaned_data["state"]
        return value if value in {*Standing.values, "OWED", "LATE"} else ""

    def clean_group(self) -> str:
        """A group of units, or empty."""
        value: str = self.cleaned_data["group"]
        return value if value in UnitGroup.values else ""

    def clean_order(self) -> str:
        """NAME or TIME; empty for who has not sent first."""
        value: str = self.cleaned_data["order"]
        return value if value in {"NAME", "TIME"} else ""
