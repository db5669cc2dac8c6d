"""What a form's page is told after a save by its script."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.reports.choices import FigureSource
from khuevan.reports.forms.typed_form import plain, seen_token, stored_values
from khuevan.reports.presenters.form_texts import conflict_sentences, figure_text, form_texts
from khuevan.reports.presenters.unit_form import form_shown
from khuevan.reports.secrecy import refusal
from khuevan.reports.unit_form_writing import Written


def saved_form(written: Written) -> dict[str, Any]:
    """What stands now, what is wrong, what a colleague changed.

    **Shape**: `texts` by field, without those whose typed text is not stored; `theirs`, the fields in which a
    colleague's words stand; `known` by the indicator's key as [plain number, shown number, how many records];
    `computed` by key; `difficulties` as rows, None where they are not stored; `open` by the section's anchor.
    """
    form, typed = written.form, written.typed
    unstored, stored = {*typed.problems, *written.conflicts}, stored_values(form)
    if typed.is_marked:
        unstored |= {*typed.values, "difficulties"}
    return {
        "said": said(written) if written.is_whole else partly(written),
        "seen": seen_token(form),
        "problems": typed.problems,
        "conflicts": conflict_sentences(form, written.conflicts),
        "texts": {name: text for name, text in form_texts(form).items() if name not in unstored},
        "theirs": [
            name for name, mine in typed.values.items() if name not in unstored and stored[name] != mine
        ],
        "known": {
            str(line.indicator.pk): [plain(line.known), figure_text(line.known), len(line.records)]
            for line in form.figures
            if line.known is not None
        },
        "computed": {
            str(line.indicator.pk): figure_text(line.value)
            for line in form.figures
            if line.indicator.source == FigureSource.COMPUTED
        },
        "difficulties": None
        if "difficulties" in unstored
        else [[one.text, one.asks_for] for one in form.difficulties],
        "open": {section.anchor: section.open_count for section in form_shown(form).sections},
    }


def said(written: Written) -> str:
    """When what is stored was saved."""
    at = written.form.report.saved_at
    if at is None:
        return _("Nothing was changed yet.")
    return _("Saved at %(time)s") % {"time": f"{timezone.localtime(at):%H:%M}"}


def partly(written: Written) -> str:
    """Why not all of it is stored."""
    if written.typed.is_marked:
        return refusal()
    if written.conflicts:
        return _("A colleague changed the same fields: look at both, then save again. Nothing is lost.")
    return _("Saved, but for what is marked: mend it there.")
