"""A unit's form as a file to take away, and what a filled one that comes back would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import IO

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from khuevan.documents.received_files import safe_name
from khuevan.plain.reporting.charts import printed
from khuevan.plain.reporting.form_sheet import (
    DIFFICULTIES,
    FIGURES,
    QUESTIONS,
    FormMarker,
    FormSheet,
    SheetFigure,
    SheetPart,
    SheetQuestion,
)
from khuevan.plain.reporting.form_sheet_reading import (
    MOST_BYTES,
    Cell,
    FilledForm,
    SheetTrouble,
    UnreadableSheet,
    filled_form,
)
from khuevan.plain.reporting.markings import is_marked
from khuevan.plain.reporting.workbook_texts import texts_of_workbook
from khuevan.programme.evidence_files import checked_file
from khuevan.reports.choices import FigureSource
from khuevan.reports.forms.typed_form import TypedForm, rows_of, seen_token, stored_values, typed_form
from khuevan.reports.models import UnitReport
from khuevan.reports.queries.unit_forms import FigureLine, UnitForm
from khuevan.reports.unit_form_writing import parted


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be taken, by the name of its page and its place (E7)."""

    sheet: str
    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that the file would change. `is_contested`: a colleague changed it since the file was taken."""

    name: str
    label: str
    now: str
    new: str
    is_contested: bool


@dataclass(frozen=True, slots=True)
class SheetChanges:
    """What a filled form would change, what of it cannot be taken, and the fields with which a page asks for it."""

    changes: tuple[Change, ...]
    bad_cells: tuple[BadCell, ...]
    fields: tuple[tuple[str, str], ...]


def sheet_of(form: UnitForm) -> FormSheet:
    """The form as a file holds it."""
    return FormSheet(
        marker_of(form.report),
        tuple(
            SheetPart(
                section.section.heading,
                tuple(_figure(line) for line in section.figures),
                tuple(
                    SheetQuestion(f"c{one.question.pk}", one.question.text, one.text)
                    for one in section.answers
                ),
            )
            for section in form.sections
        ),
        tuple((one.text, one.asks_for) for one in form.difficulties),
        form.report.proposals,
        seen_token(form),
    )


def marker_of(report: UnitReport) -> FormMarker:
    """Whose form it is, of which cycle and version of the rule."""
    rule = report.cycle.rule
    return FormMarker(report.pk, rule.code, rule.version, report.unit.name, report.cycle.name)


def uploaded_form(filename: str, stream: IO[bytes]) -> FilledForm:
    """The filled form; raises ValidationError with one sentence, and then nothing of the file is kept."""
    if is_marked(safe_name(filename)):
        raise ValidationError(_marked())
    if not filename.lower().endswith(".xlsx"):
        raise ValidationError(
            _("“%(name)s” is no XLSX file: save it from Excel as “Excel Workbook (.xlsx)”.")
            % {"name": safe_name(filename)}
        )
    file = checked_file(filename, stream)
    try:
        # First, so that it is looked through for bombs.
        filled = filled_form(file.data)
    except UnreadableSheet as error:
        raise ValidationError(_trouble(error.why, file.filename)) from None
    # Not only the cells that the form asks for: a marking in any corner of the file makes all of it one.
    if any(map(is_marked, texts_of_workbook(file.data))):
        raise ValidationError(_marked())
    return filled


def _marked() -> str:
    return _(
        "This file bears a state-secret marking: it may not be on a networked system, and no copy has been kept."
    )


def check_belongs(filled: FilledForm, report: UnitReport) -> None:
    """Raises ValidationError with a name where the file is another unit's form, or of another cycle or version."""
    marker, own = filled.marker, marker_of(report)
    if (marker.report, marker.rule, marker.version) == (own.report, own.rule, own.version):
        # Units are renamed; the report is the same.
        return
    if marker.unit != own.unit:
        raise ValidationError(
            _("This is the form of %(unit)s, not of %(own)s.") % {"unit": marker.unit, "own": own.unit}
        )
    if marker.cycle != own.cycle:
        raise ValidationError(
            _("This form belongs to “%(cycle)s”, not to “%(own)s”.")
            % {"cycle": marker.cycle, "own": own.cycle}
        )
    raise ValidationError(_("This form was taken before the form was changed: take a new one and fill that."))


def changes_of(form: UnitForm, filled: FilledForm) -> SheetChanges:
    """What the file would change in the form as it stands. Empty cells say nothing: they clear no field."""
    places, sent = {}, QueryDict(mutable=True)
    bad: list[BadCell] = []
    for name, cell in _named_cells(form, filled):
        if cell.is_formula:
            bad.append(
                BadCell(
                    cell.sheet,
                    cell.place,
                    _("holds a formula: write the figure or the words themselves into it."),
                )
            )
        elif cell.text:
            places[name], sent[name] = cell, cell.text
    _put_difficulties(filled, sent, bad)
    sent["seen"] = filled.seen
    typed = typed_form(form, sent)
    for name, sentences in typed.problems.items():
        if name in places:
            bad += [BadCell(places[name].sheet, places[name].place, one) for one in sentences]
        else:
            bad += [
                BadCell(filled.difficulties[0][0].sheet, "A5", one)
                for one in sentences
                if filled.difficulties
            ]
    stored = stored_values(form)
    taken, contested = parted(typed, stored)
    wanted = {name: typed.values[name] for name in (*taken, *contested)}
    return SheetChanges(
        tuple(
            Change(
                name,
                _label(form, name),
                _shown(form, name, stored[name]),
                _shown(form, name, value),
                name in contested,
            )
            for name, value in _in_order(form, wanted)
        ),
        tuple(sorted(bad, key=_by_place)),
        tuple(_fields(typed, wanted)),
    )


def _by_place(bad: BadCell) -> tuple[int, int, str]:
    """Pages in the file's order, their cells from above to below."""
    digits = bad.place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return (FIGURES, QUESTIONS, DIFFICULTIES).index(bad.sheet), int(digits), bad.place


def _named_cells(form: UnitForm, filled: FilledForm) -> Iterator[tuple[str, Cell]]:
    """Each field of the form that has a cell, in the form's order."""
    for line in form.figures:
        pair = filled.figures.get(line.indicator.code)
        if pair is None or line.indicator.source == FigureSource.COMPUTED:
            continue
        yield f"figure-{line.indicator.pk}", pair[0]
        if line.known is not None:
            yield f"reason-{line.indicator.pk}", pair[1]
    for answer in form.answers:
        cell = filled.answers.get(f"c{answer.question.pk}")
        if cell is not None:
            yield f"answer-{answer.question.pk}", cell
    if filled.proposals is not None:
        yield "proposals", filled.proposals


def _put_difficulties(filled: FilledForm, sent: QueryDict, bad: list[BadCell]) -> None:
    rows = filled.difficulties or ()
    formulas = [cell for row in rows for cell in row if cell.is_formula]
    bad += [
        BadCell(one.sheet, one.place, _("holds a formula: write the words themselves.")) for one in formulas
    ]
    if rows and not formulas:
        sent.setlist("difficulty-text", [text.text for text, _asks in rows])
        sent.setlist("difficulty-asks", [asks.text for _text, asks in rows])


def _fields(typed: TypedForm, wanted: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Hidden fields of the page that asks whether the changes are wanted, as the form itself would send them."""
    for name in wanted:
        if name == "difficulties":
            for text, asks in typed.difficulties:
                yield "difficulty-text", text
                yield "difficulty-asks", asks
        else:
            yield name, typed.texts[name]


def _in_order(form: UnitForm, wanted: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in stored_values(form):
        if name in wanted:
            yield name, wanted[name]


def _label(form: UnitForm, name: str) -> str:
    kind, _sign, key = name.partition("-")
    if kind in ("figure", "reason"):
        line = form.figure(int(key))
        words = line.indicator.name if line is not None else ""
        return words if kind == "figure" else _("%(indicator)s – why it differs") % {"indicator": words}
    if kind == "answer":
        return next(one.question.text for one in form.answers if one.question.pk == int(key))
    return _("Proposals") if name == "proposals" else _("Difficulties")


def _shown(form: UnitForm, name: str, value: str) -> str:
    """What a field holds, in words."""
    kind, _sign, key = name.partition("-")
    if kind == "figure":
        line = form.figure(int(key))
        if not value and line is not None and line.known is not None:
            return _("as counted: %(known)s") % {"known": printed(line.known)}
        return printed(Decimal(value)) if value else _("still open")
    if kind == "difficulties":
        value = "\n".join(" – ".join(part for part in row if part) for row in rows_of(value))
    return value or _("nothing")


def _figure(line: FigureLine) -> SheetFigure:
    one = line.indicator
    asked = one.source != FigureSource.COMPUTED
    return SheetFigure(
        one.code,
        one.name,
        one.unit_of_measure,
        line.known,
        line.value,
        line.reason,
        asked,
        line.known is not None,
    )


def _trouble(why: SheetTrouble, name: str) -> str:
    if why is SheetTrouble.TOO_LARGE:
        return _(
            "“%(name)s” is larger than a form ever is (%(most)s MB): take the form anew and fill that."
        ) % {
            "name": name,
            "most": MOST_BYTES // 1_000_000,
        }
    if why is SheetTrouble.NO_FORM:
        return _(
            "“%(name)s” is no form of this software: take the form here, fill it, and bring it back."
        ) % {"name": name}
    return _("“%(name)s” cannot be read: it is damaged, locked with a password, or no XLSX file.") % {
        "name": name
    }
