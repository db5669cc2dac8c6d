"""The head of a rule, who reports, and to whom, as they are put in."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from khuevan.core import clock
from khuevan.people.choices import UnitKind
from khuevan.people.models import Unit
from khuevan.people.queries import units_on
from khuevan.reports.choices import Frequency, ReportKind
from khuevan.reports.forms.cycles import day_field
from khuevan.reports.models import ReportingRule, RuleRecipient

GATHERS = (UnitKind.DEPARTMENT, UnitKind.DIVISION, UnitKind.OFFICE, UnitKind.CENTRE)
# Kinds that can report as a whole: bodies above the city and districts that ended never do.
REPORTS = (
    UnitKind.DEPARTMENT, UnitKind.DIVISION, UnitKind.OFFICE, UnitKind.CENTRE, UnitKind.WARD, UnitKind.COMMUNE,
    UnitKind.OUTSIDE,
)  # fmt: skip
# More units than this of one kind open on demand.
MOST_IN_SIGHT = 12


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


class KindsField(forms.TypedMultipleChoiceField):
    """Some kinds of units, as a list of codes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            # Asked anew each time: labels are those of the screen's language.
            choices=lambda: [(kind.value, _capital(str(kind.label))) for kind in REPORTS],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            **kwargs,
        )


class HeadForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a rule says besides its form, its reporters and its recipients."""

    calls = forms.CharField(
        label=pgettext_lazy("of a report", "Reminders"),
        required=False,
        max_length=100,
        help_text=gettext_lazy(
            "Working days from the units' deadline, with commas: -3 is three days before it, 0 the day itself, 1 the "
            "day after. Only units that have not sent are reminded."
        ),
    )

    class Meta:
        model = ReportingRule
        fields: ClassVar[list[str]] = [
            "name", "code", "english_name", "kind", "frequency", "content_kind", "content", "guide", "source", "way",
            "plan_title", "gatherer", "cut_from_day", "cut_to_day", "deadline_number", "deadline_basis",
            "opens_before", "closes_after", "calls",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "deadline_number": gettext_lazy("Units send within (number)"),
            "deadline_basis": gettext_lazy("Counted as"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "code": gettext_lazy("Small letters, digits and hyphens: bc-quy-ttdn. The same in all versions."),
            "frequency": gettext_lazy("For periodic reports only."),
            "cut_from_day": gettext_lazy("Both days empty: those of Article 12 of Decree 09/2019/NĐ-CP."),
            "plan_title": gettext_lazy("As the report names it; empty where it answers to no plan."),
            "english_name": gettext_lazy("For the summary to partners."),
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "code": {
                "invalid": gettext_lazy(
                    "A code has small letters without accents, digits and hyphens: bc-quy-ttdn."
                )
            }
        }
        widgets: ClassVar[dict[str, Any]] = {
            "content": forms.Textarea(attrs={"rows": 4}),
            "guide": forms.Textarea(attrs={"rows": 4}),
            "source": forms.Textarea(attrs={"rows": 2}),
            "name": forms.TextInput,
            "plan_title": forms.TextInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gatherer: Any = self.fields["gatherer"]
        gathering = units_on(clock.today()).filter(kind__in=GATHERS)
        gatherer.queryset = Unit.objects.filter(
            Q(pk__in=gathering) | Q(pk=self.instance.gatherer_id)
        ).order_by("path")
        gatherer.empty_label = _("Choose")
        frequency: Any = self.fields["frequency"]
        frequency.choices = [("", _("not periodic")), *Frequency.choices]
        if self.instance.pk is not None and self.instance.version > 1:
            self.fields["code"].disabled = True
        if not self.is_bound:
            self.initial["calls"] = ", ".join(str(days) for days in self.instance.calls)

    def clean_calls(self) -> list[int]:
        """The days; a word that is no whole number is named."""
        words = [word for word in re.split(r"[\s,;]+", self.cleaned_data["calls"].replace("−", "-")) if word]
        wrong = [word for word in words if not re.fullmatch(r"[+-]?[0-9]{1,3}", word)]
        if wrong:
            raise forms.ValidationError(_("“%(word)s” is no number of days.") % {"word": wrong[0][:20]})
        return sorted({int(word) for word in words})

    def clean(self) -> dict[str, Any]:
        """A frequency belongs to a periodic report, and is given up with it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") != ReportKind.PERIODIC:
            cleaned["frequency"] = ""
        elif not cleaned.get("frequency") and "frequency" not in self.errors:
            self.add_error("frequency", _("Say how often a periodic report is made."))
        return cleaned


class ReportersForm(forms.Form):
    """All units of some kinds, and units by name."""

    kinds = KindsField(label=gettext_lazy("All units of these kinds"))
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, rule: ReportingRule) -> None:
        named = list(rule.reporters.values_list("unit", flat=True))
        super().__init__(data, initial={"kinds": rule.reporter_kinds, "units": named})
        existing = units_on(clock.today()).filter(kind__in=REPORTS)
        field: Any = self.fields["units"]
        field.queryset = Unit.objects.filter(Q(pk__in=existing) | Q(pk__in=named)).order_by("path")

    def groups(self) -> list[dict[str, Any]]:
        """The units to tick by their kind: label, boxes, and whether they stand in sight."""
        order = {kind.value: place for place, kind in enumerate(UnitKind)}
        boxes = sorted(self["units"].subwidgets, key=lambda box: order[_unit_of(box).kind])
        found = []
        for kind, of_kind in groupby(boxes, key=lambda box: _unit_of(box).kind):
            rows = list(of_kind)
            ticked = sum(bool(box.data["selected"]) for box in rows)
            label = _capital(str(UnitKind(kind).label))
            found.append(
                {"label": label, "boxes": rows, "ticked": ticked, "in_sight": len(rows) <= MOST_IN_SIGHT}
            )
        return found


class RecipientForm(forms.ModelForm):  # type: ignore[type-arg]
    """One recipient with its own deadline."""

    class Meta:
        model = RuleRecipient
        fields: ClassVar[list[str]] = [
            "name",
            "purpose",
            "deadline_number",
            "deadline_basis",
            "is_addressed",
        ]
        labels: ClassVar[dict[str, Any]] = {
            "deadline_number": gettext_lazy("Sent within (number)"),
            "deadline_basis": gettext_lazy("Counted as"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "purpose": gettext_lazy("As it stands under “Nơi nhận”: để báo cáo, để biết."),
        }


class DayForm(forms.Form):
    """From or until which day a version holds."""

    day = day_field(error_messages={"required": gettext_lazy("Give the day.")})

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = label


def _unit_of(box: Any) -> Unit:
    unit: Unit = box.data["value"].instance
    return unit
