"""Parts of a form as they are put in: a section, an indicator, a question; and the targets of a year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.plain.folding import slug
from khuevan.plain.reporting.charts import printed
from khuevan.plain.reporting.typed_numbers import NotOneNumber, typed_number
from khuevan.reports.actions import TargetEntry
from khuevan.reports.choices import FigureSource
from khuevan.reports.counting import counting_sources
from khuevan.reports.forms.rules import KindsField
from khuevan.reports.forms.typed_form import may_follow, measure_of
from khuevan.reports.models import FormSection, Indicator, Question, ReportingRule, Target
from khuevan.reports.presenters.number_sentences import number_sentence

LONGEST_CODE = 40
# Between the key of a source and what it is narrowed to; no key holds it.
_BAR = "|"
Choices = list[tuple[str, Any]]


class SectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The heading of a part, the section of the plan that it answers to, and who is asked."""

    asked_kinds = KindsField(
        label=gettext_lazy("Asked of these kinds of units only"),
        help_text=gettext_lazy("None ticked: all units that report are asked."),
    )

    class Meta:
        model = FormSection
        fields: ClassVar[list[str]] = ["heading", "english_heading", "plan_ref", "asked_kinds"]
        help_texts: ClassVar[dict[str, Any]] = {
            "plan_ref": gettext_lazy("As the plan numbers it: II.2; a dash of it: II.2.-3. Empty for none."),
            "english_heading": gettext_lazy("For the summary to partners."),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "heading": forms.TextInput,
            "plan_ref": forms.TextInput(attrs={"list": "plan-refs", "autocomplete": "off"}),
        }


class _OfSectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What stands in a section, and can be moved to another of the same version."""

    def __init__(self, *args: Any, sections: Iterable[FormSection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = list(sections)
        field: Any = self.fields["section"]
        field.queryset = FormSection.objects.filter(pk__in=[one.pk for one in there]).order_by("order", "pk")
        field.empty_label = None


class IndicatorForm(_OfSectionForm):
    """One figure. What does not belong to its source is left out, whatever the page sent."""

    counted = forms.ChoiceField(label=gettext_lazy("What is counted"), required=False)

    class Meta:
        model = Indicator
        fields: ClassVar[list[str]] = [
            "name", "code", "section", "unit_of_measure", "type", "source", "formula", "within_section",
            "is_required", "in_chart", "note", "english_name", "english_unit",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "source": gettext_lazy("Where the figure comes from"),
            "type": gettext_lazy("Kind of number"),
            "section": gettext_lazy("Part of the form"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "code": gettext_lazy(
                "For formulas, targets and comparisons: keep it over the versions. Empty: made from the name."
            ),
            "formula": gettext_lazy("Codes and numbers with + − × ÷ as + - * / and brackets."),
            "note": gettext_lazy("Stands below the name in the form."),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "name": forms.TextInput,
            "source": forms.RadioSelect,
            "formula": forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
            "code": forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False
        source: Any = self.fields["source"]
        source.choices = FigureSource.choices
        counted: Any = self.fields["counted"]
        counted.choices = _counted_choices(self.instance)
        if not self.is_bound and self.instance.source_key:
            self.initial["counted"] = _counted_code(self.instance.source_key, self.instance.source_detail)

    def clean(self) -> dict[str, Any]:
        """The figure with what its source needs, and a code where none was given."""
        cleaned: dict[str, Any] = super().clean() or {}
        source = cleaned.get("source")
        key, _bar, detail = (cleaned.get("counted") or "").partition(_BAR)
        if source != FigureSource.COUNTED:
            key = detail = ""
            cleaned["within_section"] = False
        elif not key and "counted" not in self.errors:
            self.add_error("counted", _("Choose what is counted."))
        self.instance.source_key, self.instance.source_detail = key, detail
        if source != FigureSource.COMPUTED:
            cleaned["formula"] = ""
        elif not cleaned.get("formula") and "formula" not in self.errors:
            self.add_error("formula", _("Write the formula."))
        if not cleaned.get("code") and cleaned.get("name"):
            cleaned["code"] = self._free_code(cleaned["name"])
        return cleaned

    def _free_code(self, name: str) -> str:
        taken = set(
            Indicator.objects.filter(section__rule=self.instance.section.rule_id)
            .exclude(pk=self.instance.pk)
            .values_list("code", flat=True)
        )
        return code_from_name(name, taken)


class QuestionForm(_OfSectionForm):
    """One thing that units answer in words."""

    class Meta:
        model = Question
        fields: ClassVar[list[str]] = ["text", "section", "note", "is_required"]
        labels: ClassVar[dict[str, Any]] = {"section": gettext_lazy("Part of the form")}
        help_texts: ClassVar[dict[str, Any]] = {
            "note": gettext_lazy("Stands below the question in the form.")
        }
        widgets: ClassVar[dict[str, Any]] = {"text": forms.Textarea(attrs={"rows": 2})}


class TargetsForm(forms.Form):
    """What is wanted of each indicator in one year: a number as people type it, and where it stands."""

    def __init__(
        self, *args: Any, indicators: Sequence[Indicator], held: Mapping[str, Target], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._indicators = {one.code: one for one in indicators}
        for code, one in self._indicators.items():
            target = held.get(code)
            self.fields[f"value_{code}"] = forms.CharField(
                label=one.name,
                required=False,
                max_length=60,
                initial=printed(target.value) if target else "",
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
            self.fields[f"source_{code}"] = forms.CharField(
                label=_("Where the target of “%(name)s” stands") % {"name": one.name},
                required=False,
                max_length=300,
                initial=target.source if target else "",
            )

    def rows(self) -> list[tuple[Indicator, Any, Any]]:
        """Each indicator with its two fields."""
        return [
            (one, self[f"value_{code}"], self[f"source_{code}"]) for code, one in self._indicators.items()
        ]

    def clean(self) -> dict[str, Any]:
        """The numbers read; what can be read in two ways is named at its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        self.entries: dict[str, TargetEntry | None] = {}
        for code, one in self._indicators.items():
            text, source = cleaned.get(f"value_{code}", ""), cleaned.get(f"source_{code}", "")
            try:
                value = typed_number(text, may_follow(one))
            except NotOneNumber as error:
                self.add_error(f"value_{code}", number_sentence(error, text, measure_of(one)))
                continue
            self.entries[code] = None if value is None else TargetEntry(value, source)
            if value is None and source:
                self.add_error(f"value_{code}", _("Give the number, or leave out where it stands."))
        return cleaned


def code_from_name(name: str, taken: Collection[str]) -> str:
    """A code made of the name's words, cut to whole words, with a number behind where it is taken."""
    words = re.sub(r"[^a-z0-9]+", "_", slug(name)).strip("_")
    words = re.sub(r"^[^a-z]+", "", words) or "chi_tieu"
    while len(words) > LONGEST_CODE - 4 and "_" in words:
        words = words.rpartition("_")[0]
    words = words[: LONGEST_CODE - 4]
    code, number = words, 2
    while code in taken:
        code, number = f"{words}_{number}", number + 1
    return code


def _counted_code(key: str, detail: str) -> str:
    return f"{key}{_BAR}{detail}" if detail else key


def _counted_choices(indicator: Indicator) -> Choices:
    """What can be counted, whole or narrowed; what is stored stays to be seen where its source is gone."""
    choices: Choices = [("", _("Choose"))]
    known: set[str] = set()
    for source in counting_sources():
        narrowed = [(_counted_code(source.key, code), words) for code, words in source.details()]
        known |= {source.key, *(code for code, _words in narrowed)}
        if narrowed:
            whole = (source.key, _("%(source)s: all") % {"source": source.label})
            choices.append((str(source.label), [whole, *narrowed]))
        else:
            choices.append((source.key, source.label))
    stored = _counted_code(indicator.source_key, indicator.source_detail)
    if stored and stored not in known:
        choices.append((stored, stored))
    return choices


def sections_of(rule: ReportingRule) -> list[FormSection]:
    """The sections among which a figure or question is placed."""
    return list(FormSection.objects.filter(rule=rule).order_by("order", "pk"))
