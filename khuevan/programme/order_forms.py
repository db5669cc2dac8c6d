"""What those who order work put in: a unit, a reason, a step, another task."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from khuevan.people.models import Unit
from khuevan.programme.choices import AssignmentRole
from khuevan.programme.lines import UnitName
from khuevan.programme.order_choices import Groups, unit_groups
from khuevan.programme.task_queries import StepLine

ISO_OR_VIETNAMESE = ["%Y-%m-%d", "%d/%m/%Y"]


class DayInput(forms.DateInput):
    """The browser's own date field: it needs no script and speaks the officer's language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, as the browser's date field sends it or as offices write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=ISO_OR_VIETNAMESE, widget=DayInput(), **kwargs)


class UnitField(forms.ChoiceField):
    """A unit of the register, from a select field in groups; gives the Unit."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Choose a unit.")})
        super().__init__(widget=forms.Select(attrs={"data-units": ""}), **kwargs)

    def offer(self, groups: Groups) -> None:
        """Sets the units to choose from."""
        self.choices = [("", _("– choose a unit –")), *groups]

    def clean(self, value: Any) -> Unit | None:
        """The unit; raises ValidationError for one that was not offered."""
        key = super().clean(value)
        return Unit.objects.get(pk=key) if key else None


class ReasonField(forms.CharField):
    """A reason in a sentence or two."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Give the reason.")})
        super().__init__(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class AssignForm(forms.Form):
    """A unit for a task, as its lead where there is none yet, or in support."""

    unit = UnitField(label=_("Unit"))
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect, choices=AssignmentRole.choices)

    def __init__(self, *args: Any, groups: Groups, has_lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unit_field.offer(groups)
        if has_lead:
            # The lead is given to another unit on its own page, with the reason.
            del self.fields["role"]

    @property
    def _unit_field(self) -> UnitField:
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        return field

    def role_chosen(self) -> str:
        """The role; support where the task has a lead already."""
        return str(self.cleaned_data.get("role") or AssignmentRole.SUPPORT)


class ReassignForm(forms.Form):
    """The unit that takes the work over, and why."""

    unit = UnitField(label=_("Unit that takes over"))
    reason = ReasonField(label=_("Reason"), help_text=_("Both units read it, and it stays in the history."))

    def __init__(self, *args: Any, day: date, without: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.offer(unit_groups(day, without=without))


class EndForm(forms.Form):
    """Why a unit no longer answers."""

    reason = ReasonField(label=_("Reason"), help_text=_("The unit reads it, and it stays in the history."))


class StepForm(forms.Form):
    """One step: what is done, by which unit of the task, in which days, after which others."""

    title = forms.CharField(
        label=_("What is done"),
        max_length=255,
        error_messages={"required": _("Say what is done in this step.")},
    )
    unit = UnitField(label=_("Unit"), help_text=_("One of the units that answer for the task."))
    start_date = DayField(label=_("Starts on"), required=False)
    due_date = DayField(label=_("Deadline"), required=False)
    after = forms.MultipleChoiceField(
        label=_("Comes after"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, units: Sequence[UnitName], steps: Sequence[StepLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget.attrs.pop("data-units", None)
        unit, after = self.fields["unit"], self.fields["after"]
        assert isinstance(unit, UnitField)
        assert isinstance(after, forms.MultipleChoiceField)
        unit.choices = [("", _("– choose a unit –")), *((one.pk, one.name) for one in units)]
        after.choices = [(step.pk, step.title) for step in steps]

    def clean(self) -> dict[str, Any]:
        """The values; a step that ends before it starts is said beside its deadline."""
        values = super().clean() or {}
        start, due = values.get("start_date"), values.get("due_date")
        if start and due and due < start:
            self.add_error("due_date", _("The step cannot end before it starts."))
        return values

    def step_values(self) -> dict[str, Any]:
        """The values of the actions, without the steps that come before."""
        return {name: self.cleaned_data[name] for name in ("title", "unit", "start_date", "due_date")}


class PrecedenceForm(forms.Form):
    """The task that another one waits for, of those that were found."""

    before = forms.TypedChoiceField(
        label=_("Task to wait for"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a task."), "invalid_choice": _("Choose a task.")},
    )

    def __init__(self, *args: Any, tasks: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["before"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(tasks)


def take_errors(form: forms.Form, error: ValidationError) -> None:
    """Puts what an action refused beside the fields that it names; what it says of none stands above them."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, found in error.error_dict.items():
        # A rule is made of several fields; what is wrong with it as a whole stands with its kind.
        field = "kind" if name == "rule" else name
        form.add_error(field if field in form.fields else None, found)
