"""What an officer puts in: a file, and the choices of the review page."""

from __future__ import annotations

import re

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.people.choices import UnitKind
from khuevan.plain.official_documents.document import OfficialDocument
from khuevan.plain.unit_names import RegisteredUnit, name_key
from khuevan.programme.decisions import (
    NEW,
    UNDECIDED,
    WORDS,
    Decisions,
    RegisteredUnits,
    UnitDecision,
    joined_places,
)

_PLACES = re.compile(r"[\s,;]+")


class UploadForm(forms.Form):
    """The file to import. What it is and whether it may be read is the reader's business."""

    file = forms.FileField(
        label=gettext_lazy("The signed plan"),
        error_messages={
            "required": gettext_lazy("Choose the file of the plan first."),
            "empty": gettext_lazy("The file is empty: export or copy the document again."),
        },
        max_length=255,
    )


class ReviewForm:
    """The choices of a review page as they were sent: `units` and `links` to save, `errors` by field name.

    Only what was on the page counts: a duty that the page did not list keeps its links. A choice that
    cannot be understood is left out and has an error. Each field comes with what it `was` when the page was
    shown: one that the officer left alone does not overwrite what another window saved meanwhile, and
    `outdated` says that the page showed something that no longer stands. Where the import is `finishing`,
    what was left alone is kept too, so that what was on the page is what happens.
    """

    def __init__(
        self,
        data: QueryDict,
        document: OfficialDocument,
        register: RegisteredUnits,
        decisions: Decisions,
        *,
        finishing: bool = False,
    ) -> None:
        self.errors: dict[str, str] = {}
        self.outdated = False
        self._finishing = finishing
        self._decisions = decisions
        self.units: dict[str, str] = {}
        self.links: dict[str, list[int]] = {}
        self.resolved_by_name = False
        self._data = data
        self._document = document
        self._register = register
        for decision in decisions.units:
            self._read_unit(decision)
        for text in data.getlist("duties"):
            if _is_number(text) and int(text) < len(document.duties):
                self._read_links(int(text))
        self.amends: str | None = data.get("amends")
        if self.amends == data.get("amends-was"):
            self.amends = None

    def _read_unit(self, decision: UnitDecision) -> None:
        field = f"unit-{decision.place}"
        typed = self._data.get(f"{field}-other", "").strip()
        choice = self._data.get(field)
        if typed:
            unit = self._unit_named(typed)
            if unit is None:
                self.errors[field] = _("No registered unit is called “%(name)s”.") % {"name": typed}
                return
            self.units[decision.key] = str(unit)
            self.resolved_by_name = True
        elif choice == NEW:
            kind = self._data.get(f"{field}-kind", "")
            kind = kind if kind in UnitKind.values else decision.match.kind
            self._take_unit(decision, f"{NEW}:{kind}")
        elif choice == WORDS and not decision.duties:
            self._take_unit(decision, WORDS)
        elif choice is not None and _is_number(choice) and int(choice) in self._register.kinds:
            self._take_unit(decision, choice)
        elif choice is not None and (choice != UNDECIDED or (self._finishing and decision.duties)):
            self.errors[field] = _("Choose a unit.")

    def _take_unit(self, decision: UnitDecision, choice: str) -> None:
        if self._counts(choice, self._data.get(f"unit-{decision.place}-was"), decision.choice):
            self.units[decision.key] = choice

    def _counts(self, sent: str, was: str | None, stands: str) -> bool:
        """Whether what was sent is to be saved, given what the page showed and what stands now."""
        if sent != was:
            return True
        if stands != was:
            self.outdated = True
            return False
        return self._finishing

    def _unit_named(self, typed: str) -> int | None:
        key = name_key(typed)
        found = [unit for unit in self._register.units if key in _names(unit)]
        return found[0].id if len(found) == 1 else None

    def _read_links(self, duty: int) -> None:
        field = f"duty-{duty}"
        count = len(self._document.tasks)
        chosen = {int(text) for text in self._data.getlist(field) if _is_number(text) and int(text) < count}
        for typed in _PLACES.split(self._data.get(f"{field}-other", "").strip()):
            if not typed:
                continue
            # The page numbers tasks from 1.
            if _is_number(typed) and 1 <= int(typed) <= count:
                chosen.add(int(typed) - 1)
                self.resolved_by_name = True
            else:
                self.errors[field] = _("There is no task number “%(number)s”.") % {"number": typed}
        links = sorted(chosen)
        stands = joined_places(self._decisions.taken(duty))
        if self._counts(joined_places(links), self._data.get(f"{field}-was"), stands):
            self.links[str(duty)] = links


def _is_number(text: str) -> bool:
    # Superscripts are digits to Python but no numbers; longer ones than this are nobody's.
    return text.isdecimal() and len(text) < 10


def _names(unit: RegisteredUnit) -> set[str]:
    return {name_key(name) for name in (unit.name, unit.abbreviation, *unit.aliases) if name}
