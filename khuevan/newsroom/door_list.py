"""Who is let in at the door of a press conference: a list to print, or to keep as a sheet until it is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.newsroom.models import AccreditationRequest, PressConferencePage
from khuevan.plain.folding import fold
from khuevan.plain.sheets import SheetColumn


@dataclass(frozen=True, slots=True)
class DoorRow:
    """One reporter at the door. E-mail and telephone stay with the officers."""

    number: int
    name: str
    outlet: str
    country: str
    press_card: str
    equipment: str

    @property
    def values(self) -> tuple[int, str, str, str, str, str]:
        """The row of a sheet."""
        return self.number, self.name, self.outlet, self.country, self.press_card, self.equipment


def columns() -> tuple[SheetColumn, ...]:
    """The head of the sheet, in the language of the page."""
    return (
        SheetColumn(_("No."), 6),
        SheetColumn(_("Full name"), 32),
        SheetColumn(_("News organisation"), 36),
        SheetColumn(_("Country"), 20),
        SheetColumn(_("Number of the press card"), 22),
        SheetColumn(_("Equipment"), 40),
    )


def door_rows(requests: Iterable[AccreditationRequest]) -> list[DoorRow]:
    """The reporters by name, whatever its case and marks: so they are found at the door."""
    ordered = sorted(requests, key=lambda request: (fold(request.name), request.pk))
    return [
        DoorRow(number, each.name, each.outlet, each.country, each.press_card, each.equipment)
        for number, each in enumerate(ordered, start=1)
    ]


def file_name(conference: PressConferencePage) -> str:
    """The name of the sheet's file, without its ending."""
    return f"hop-bao-{timezone.localdate(conference.begins_at).isoformat()}-{conference.pk}"
