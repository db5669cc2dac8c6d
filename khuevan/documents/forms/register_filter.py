"""The form above the register: read from the address, so that a list can be kept and sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.documents.choices import Direction, DocumentState, Urgency
from khuevan.documents.queries.register import OVERDUE, RegisterCriteria

Choices = Sequence[tuple[Any, Any]]


def day_field(**kwargs: Any) -> forms.DateField:
    """A day as a browser sends it, or as people type it where there is no date field."""
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(9000, 1, 1))],
        **kwargs,
    )


class RegisterFilterForm(forms.Form):
    """Every field is a wish that may be left out. A value that is no choice is shown as an error."""

    q = forms.CharField(required=False, max_length=200, strip=True)
    year = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    type = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    book = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    issuer = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False)
    urgency = forms.ChoiceField(required=False)
    unit = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    first = day_field(required=False)
    last = day_field(required=False)

    def __init__(
        self,
        data: QueryDict,
        *,
        direction: str,
        years: Sequence[int],
        types: Choices,
        books: Choices,
        issuers: Sequence[str],
        units: Choices,
    ) -> None:
        super().__init__(data, auto_id="filter-%s")
        self._direction = direction
        states: list[tuple[str, Any]] = [
            (code, label) for code, label in DocumentState.choices if self._may_have(code)
        ]
        if direction != Direction.OUT:
            states.append((OVERDUE, _("Overdue")))
        self._offer("q", _("Search"), None)
        self._offer("year", _("Year"), [("", _("All years")), *((year, year) for year in years)])
        self._offer("type", pgettext("official document", "Type"), [("", _("All types")), *types])
        self._offer("book", _("Book of numbers"), [("", _("All books")), *books])
        self._offer("issuer", _("Issued by"), [("", _("All bodies")), *((name, name) for name in issuers)])
        self._offer("state", _("State"), [("", _("All states")), *states])
        self._offer("urgency", _("Urgency"), [("", _("All")), *Urgency.choices])
        self._offer("unit", self._unit_label(), [("", _("All units")), *units])
        self._offer("first", _("From day"), None)
        self._offer("last", _("To day"), None)
        self.fields["q"].widget.attrs |= {
            "placeholder": _("Number, title, body, words: with or without accents")
        }
        if direction == Direction.OUT:
            del self.fields["issuer"]

    def criteria(self) -> RegisterCriteria:
        """What was asked for; a field that was not understood counts as left out."""
        self.is_valid()
        data = self.cleaned_data
        return RegisterCriteria(
            direction=self._direction,
            words=data.get("q") or "",
            year=data.get("year"),
            type=data.get("type"),
            book=data.get("book"),
            issuer=data.get("issuer") or "",
            state=data.get("state") or "",
            urgency=data.get("urgency") or "",
            unit=data.get("unit"),
            first_day=data.get("first"),
            last_day=data.get("last"),
        )

    def _may_have(self, state: str) -> bool:
        in_work = {DocumentState.IN_HAND, DocumentState.HANDLED}
        return self._direction != Direction.OUT or state not in in_work

    def _unit_label(self) -> str:
        if self._direction == Direction.OUT:
            return _("Drafting unit")
        return _("Handling unit") if self._direction == Direction.IN else _("Unit")

    def _offer(self, name: str, label: str, choices: list[Any] | None) -> None:
        field = self.fields[name]
        field.label = label
        if choices is not None:
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
