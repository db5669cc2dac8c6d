"""A route of approval as it is put in: its name and days, and one choice for each seat."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from khuevan.core import clock
from khuevan.documents.actions.routes import SeatOnRoute, check_only_route, check_seats
from khuevan.documents.choices import Seat
from khuevan.documents.models import Route
from khuevan.people.choices import UnitKind
from khuevan.people.models import Unit
from khuevan.people.queries import units_on

# As many as the longest way of a department; further seats need a second route.
MOST_SEATS = 8
_NAMED = f"{Seat.UNIT_HEAD}:"
_HEADED = (UnitKind.DEPARTMENT, UnitKind.DIVISION, UnitKind.OFFICE, UnitKind.CENTRE)


class RouteForm(WagtailAdminModelForm):
    """A route; a seat left empty is passed over. The last one is whoever signs."""

    class Meta:
        model = Route
        fields: ClassVar[list[str]] = ["name", "type", "valid_from", "valid_to"]
        widgets: ClassVar[dict[str, Any]] = {"valid_from": AdminDateInput, "valid_to": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].help_text = _("Empty: for all types that have no route of their own.")
        units = {str(unit.pk): unit for unit in units_on(clock.today()).filter(kind__in=_HEADED)}
        self._units: dict[str, Unit] = units
        choices = [
            ("", _("– no further seat –")),
            *((seat.value, seat.label) for seat in Seat if seat != Seat.UNIT_HEAD),
            (_("Head of a named unit"), [(f"{_NAMED}{key}", unit.name) for key, unit in units.items()]),
        ]
        held = self._held()
        for number in range(1, MOST_SEATS + 1):
            self.fields[f"seat_{number}"] = forms.ChoiceField(
                label=gettext_lazy("Seat %s") % number,
                choices=choices,
                required=False,
                initial=held[number - 1] if number <= len(held) else "",
            )

    def _held(self) -> list[str]:
        if self.instance.pk is None:
            return [Seat.DRAFTING_HEAD, Seat.SIGNER]
        steps = self.instance.steps.order_by("order")
        return [f"{_NAMED}{step.unit_id}" if step.seat == Seat.UNIT_HEAD else step.seat for step in steps]

    def seats(self) -> list[SeatOnRoute]:
        """The seats that were chosen, in their order."""
        chosen = (self.cleaned_data.get(f"seat_{number}") or "" for number in range(1, MOST_SEATS + 1))
        return [
            SeatOnRoute(Seat.UNIT_HEAD, self._units[seat.removeprefix(_NAMED)])
            if seat.startswith(_NAMED)
            else SeatOnRoute(seat)
            for seat in chosen
            if seat
        ]

    def clean(self) -> dict[str, Any]:
        """The values, once it is sure that the route ends with whoever signs and stands in no other's way."""
        cleaned: dict[str, Any] = super().clean()
        if self.errors:
            return cleaned
        try:
            check_seats(self.seats())
        except forms.ValidationError as error:
            last = max((n for n in range(1, MOST_SEATS + 1) if cleaned.get(f"seat_{n}")), default=1)
            self.add_error(f"seat_{last}", error)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        try:
            check_only_route(self.instance)
        except forms.ValidationError as error:
            self.add_error("type", error)
