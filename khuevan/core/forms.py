"""The form above the audit trail: read from the address, so that a list can be kept and sent."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext as _

from khuevan.core.deeds import named_deeds
from khuevan.core.presenters import kind_name
from khuevan.core.trail import TrailCriteria, people_in_trail
from khuevan.plain.folding import fold

Choices = list[tuple[Any, str]]


def _day() -> forms.DateField:
    return forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        # What a browser sends, and what people type where it has no date field.
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        # Outside of these a day has no midnight in every time zone.
        validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(9000, 1, 1))],
    )


class TrailFilterForm(forms.Form):
    """Every field is a wish that may be left out. A value that is no choice is shown as an error."""

    q = forms.CharField(required=False, max_length=200, strip=True)
    person = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    # Choices are what the software knows, so that offering them asks nothing of the database; what an older
    # version did can still be asked for by an address.
    verb = forms.CharField(required=False, max_length=100, widget=forms.Select)
    kind = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    first = _day()
    last = _day()
    position = forms.IntegerField(required=False, min_value=1)
    record = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="trail-%s")
        self._name("q", _("Name of the record"))
        self._name("person", _("Who"), [("", _("Everybody")), *_people()])
        self._name("verb", _("Action"))
        self.fields["verb"].widget.choices = [("", _("All actions")), *_verbs(data.get("verb", ""))]
        self._name("kind", _("Kind of record"), [("", _("All kinds")), *_kinds(data.get("kind", ""))])
        self._name("first", _("From day"))
        self._name("last", _("To day"))
        self._name("position", _("Position in the chain"))
        self.fields["q"].widget.attrs |= {"placeholder": _("With or without accents")}

    def _name(self, name: str, label: str, choices: Choices | None = None) -> None:
        field = self.fields[name]
        field.label = label
        if choices is not None:
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Checks that the days are in their order."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first is not None and last is not None and last < first:
            self.add_error("last", _("The last day lies before the first."))
        return data

    def criteria(self) -> TrailCriteria:
        """What was asked for; a field that was not understood counts as left out."""
        self.is_valid()
        data = self.cleaned_data
        return TrailCriteria(
            words=data.get("q") or "",
            person=data.get("person"),
            verb=data.get("verb") or "",
            target_type=data.get("kind"),
            # Keys of records are unique within their kind only.
            target=data.get("record") if data.get("kind") is not None else None,
            first_day=data.get("first"),
            last_day=data.get("last"),
            position=data.get("position"),
        )


def _sorted(choices: Choices) -> Choices:
    return sorted(choices, key=lambda choice: fold(choice[1]))


def _people() -> Choices:
    people = [
        (person.pk, f"{person.get_full_name()} ({person.get_username()})") for person in people_in_trail()
    ]
    return _sorted(people)


def _verbs(chosen: str) -> Choices:
    named = named_deeds()
    if chosen and chosen not in dict(named):
        named.append((chosen, chosen))
    return _sorted(named)


def _kinds(chosen: str) -> Choices:
    """Our kinds of records, and the one that is asked for where the software no longer has it."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("khuevan.")]
    kinds = {kind.pk: kind for kind in ContentType.objects.get_for_models(*ours).values()}
    if re.fullmatch(r"[0-9]{1,18}", chosen) and int(chosen) not in kinds:
        with suppress(ContentType.DoesNotExist):
            kinds[int(chosen)] = ContentType.objects.get_for_id(int(chosen))
    names = [(key, kind_name(kind)) for key, kind in kinds.items()]
    return _sorted([(key, name[:1].upper() + name[1:]) for key, name in names])
