"""The form above the list of tasks: read from the address, so that a list can be kept and sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from khuevan.programme.choices import AssignmentRole, Recurrence, TaskState
from khuevan.programme.presenters.task_table import columns
from khuevan.programme.task_criteria import COLUMNS, SORTS, TaskCriteria, chosen_columns


class TaskFilterForm(forms.Form):
    """Every field is a wish that may be left out. A value that is no choice is shown as an error."""

    q = forms.CharField(required=False, max_length=200, strip=True)
    section = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    unit = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    role = forms.ChoiceField(required=False)
    lead = forms.ChoiceField(required=False)
    deadline = forms.ChoiceField(required=False)
    recurrence = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False)
    sort = forms.ChoiceField(required=False, widget=forms.Select)
    column = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, data: QueryDict, *, sections: Sequence[tuple[int, str]], units: Sequence[tuple[int, str]]
    ) -> None:
        super().__init__(data, auto_id="filter-%s")
        self._offer("q", _("Search"), None)
        self._offer("section", _("Section"), [("", _("All sections")), *sections])
        self._offer("unit", _("Unit"), [("", _("All units")), *units])
        self._offer("role", _("Role of the unit"), [("", _("Any role")), *AssignmentRole.choices])
        self._offer(
            "lead", _("Lead"), [("", _("All")), ("with", _("Has a lead")), ("without", _("No lead yet"))]
        )
        self._offer(
            "deadline",
            _("Deadline"),
            [("", _("All")), ("with", _("With a day or a recurrence")), ("without", _("Without a deadline"))],
        )
        self._offer("recurrence", _("Recurrence"), [("", _("All")), *Recurrence.choices])
        # Tasks in force are what is asked for nearly always, so they are the empty choice.
        self._offer(
            "state", _("State"), [("", TaskState.OPEN.label), (TaskState.DROPPED, TaskState.DROPPED.label)]
        )
        self._offer("sort", _("Order"), [("", _("As in the plan")), *_sort_choices()])
        self._offer("column", _("Columns"), [(column.code, column.label) for column in columns(COLUMNS)])
        self.fields["q"].widget.attrs |= {"placeholder": _("Words of the task, with or without accents")}

    def _offer(self, name: str, label: str, choices: list[Any] | None) -> None:
        field = self.fields[name]
        field.label = label
        if choices is not None:
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def criteria(self) -> TaskCriteria:
        """What was asked for; a field that was not understood counts as left out."""
        self.is_valid()
        data = self.cleaned_data
        return TaskCriteria(
            words=data.get("q") or "",
            section=data.get("section"),
            unit=data.get("unit"),
            role=data.get("role") or "",
            lead=data.get("lead") or "",
            deadline=data.get("deadline") or "",
            recurrence=data.get("recurrence") or "",
            state=data.get("state") or TaskState.OPEN,
            sort=data.get("sort") or "order",
            columns=chosen_columns(data.get("column") or []),
        )


def _sort_choices() -> list[tuple[str, str]]:
    names = {
        "-order": _("As in the plan, last first"),
        "due": _("Deadline, earliest first"),
        "-due": _("Deadline, latest first"),
        "lead": _("Lead unit"),
        "-lead": _("Lead unit, last first"),
        "section": _("Section"),
        "-section": _("Section, last first"),
    }
    return [(code, names[code]) for code in SORTS if code in names]
