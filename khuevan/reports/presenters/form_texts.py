"""What stands in the fields of a unit's form, and what is said of texts that are not stored there."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from khuevan.plain.reporting.charts import printed
from khuevan.reports.forms.typed_form import TypedForm, rows_of
from khuevan.reports.queries.unit_forms import UnitForm


def figure_text(value: Decimal | None) -> str:
    """A figure as a field shows it; empty where there is none."""
    return "" if value is None else printed(value)


def form_texts(form: UnitForm) -> dict[str, str]:
    """What stands in the fields of the stored form, by field; difficulties are left out."""
    found: dict[str, str] = {}
    for line in form.figures:
        found[f"figure-{line.indicator.pk}"] = figure_text(line.value)
        if line.known is not None:
            found[f"reason-{line.indicator.pk}"] = line.reason
    for answer in form.answers:
        found[f"answer-{answer.question.pk}"] = answer.text
    found["proposals"] = form.report.proposals
    return found


def typed_in_words(form: UnitForm, typed: TypedForm) -> list[tuple[str, str]]:
    """What a person typed and nobody stored, as (name of the field, text): for a form that takes nothing more."""
    labels = {f"figure-{line.indicator.pk}": line.indicator.name for line in form.figures}
    labels |= {
        f"reason-{line.indicator.pk}": f"{line.indicator.name} – {_('why it differs')}"
        for line in form.figures
    }
    labels |= {f"answer-{answer.question.pk}": answer.question.text for answer in form.answers}
    labels["proposals"] = _("Proposals")
    shown = form_texts(form)
    rows = [
        (labels[name], text)
        for name, text in typed.texts.items()
        if text.strip() and text.strip() != shown.get(name, "")
    ]
    stored = {(one.text, one.asks_for) for one in form.difficulties}
    for row in typed.difficulties:
        if row not in stored:
            rows.append((_("Difficulty"), " – ".join(part for part in row if part)))
    return rows


def conflict_sentences(form: UnitForm, conflicts: Mapping[str, str]) -> dict[str, str]:
    """By field, what a colleague stored there while somebody typed something else."""
    person = form.report.saved_by.get_full_name() if form.report.saved_by is not None else ""
    counted = {f"figure-{line.indicator.pk}" for line in form.figures if line.known is not None}

    def text(name: str, value: str) -> str:
        if name == "difficulties":
            return "; ".join(" – ".join(part for part in row if part) for row in rows_of(value))
        if name.startswith("figure-") and value:
            return printed(Decimal(value))
        return _("as counted") if name in counted else value

    return {
        name: _(
            "%(person)s saved here meanwhile: “%(text)s”. Yours is not saved yet: save again to keep yours."
        )
        % {"person": person, "text": text(name, value)}
        for name, value in conflicts.items()
    }
