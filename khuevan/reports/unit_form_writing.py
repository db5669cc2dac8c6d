"""A form that several people of a unit fill at once: what each typed is kept, field by field.

A save takes what its person changed. What a colleague changed meanwhile stays, unless both changed the same field:
then neither is lost, and whoever saves last is shown both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict

from khuevan.people.models import User
from khuevan.reports.actions import UnitWords, save_unit_report
from khuevan.reports.actions.filling import FigureEntry, ReportChangedMeanwhile
from khuevan.reports.forms.typed_form import (
    TypedForm,
    fingerprint,
    own_value,
    rows_of,
    stored_values,
    typed_form,
)
from khuevan.reports.models import UnitReport
from khuevan.reports.queries.unit_forms import UnitForm, unit_form

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a typed form. `form` stands as it is stored now.

    `taken` are the fields that were stored; `conflicts` those that a colleague changed too, with what stands there.
    """

    form: UnitForm
    typed: TypedForm
    taken: frozenset[str]
    conflicts: Mapping[str, str]

    @property
    def is_whole(self) -> bool:
        """Whether everything that was typed is stored."""
        return not self.typed.problems and not self.conflicts


def keep_typed(person: User, report: UnitReport, sent: QueryDict) -> Written:
    """Stores what can be stored of what was typed. Raises the refusals of `save_unit_report`."""
    for turn in range(_TRIES):
        form = unit_form(stored_report(report))
        typed = typed_form(form, sent)
        taken, conflicts = parted(typed, stored_values(form))
        if not taken or typed.is_marked:
            # Where one field is a state secret, nothing that was written beside it is stored either.
            return Written(form, typed, frozenset(), conflicts)
        try:
            save_unit_report(
                by=person,
                report=form.report,
                seen_version=form.report.version,
                figures=_figures(form, taken),
                words=_words(taken),
            )
        except ReportChangedMeanwhile:
            # Somebody saved between our look and our turn: what we may take is looked at anew.
            if turn == _TRIES - 1:
                raise
            continue
        return Written(unit_form(stored_report(report)), typed, frozenset(taken), conflicts)
    raise AssertionError("The last turn returns or raises.")


def stored_report(report: UnitReport) -> UnitReport:
    """The report as it is stored now, with what the form's page shows beside it."""
    fresh: UnitReport = UnitReport.objects.select_related(
        "cycle__rule__gatherer", "unit", "saved_by", "sent_by", "returned_by"
    ).get(pk=report.pk)
    return fresh


def parted(typed: TypedForm, stored: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """By field, what may be stored of the typed values, and for the others what a colleague stored."""
    taken: dict[str, str] = {}
    conflicts: dict[str, str] = {}
    for name, mine in typed.values.items():
        now = stored[name]
        if mine == now:
            continue
        seen = typed.seen.get(name)
        if seen is None or seen == fingerprint(now):
            taken[name] = mine
        elif seen != fingerprint(mine):
            conflicts[name] = now
    return taken, conflicts


def _figures(form: UnitForm, taken: Mapping[str, str]) -> dict[int, FigureEntry]:
    entries: dict[int, FigureEntry] = {}
    for line in form.figures:
        key = line.indicator.pk
        value, reason = taken.get(f"figure-{key}"), taken.get(f"reason-{key}")
        if value is None and reason is None:
            continue
        entries[key] = FigureEntry(
            own_value(line) if value is None else (Decimal(value) if value else None),
            line.reason if reason is None else reason,
        )
    return entries


def _words(taken: Mapping[str, str]) -> UnitWords:
    return UnitWords(
        answers={
            int(name.removeprefix("answer-")): text
            for name, text in taken.items()
            if name.startswith("answer-")
        },
        difficulties=rows_of(taken["difficulties"]) if "difficulties" in taken else None,
        proposals=taken.get("proposals"),
    )
