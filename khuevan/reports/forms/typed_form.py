"""What a person typed into a unit's form, field by field, and what of it cannot be kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.http import QueryDict
from django.utils.translation import gettext as _

from khuevan.plain.reporting.markings import is_marked
from khuevan.plain.reporting.typed_numbers import NotOneNumber, typed_number
from khuevan.reports.actions.filling import MOST_REASON, too_long, unfit, unfit_difficulties
from khuevan.reports.choices import FigureSource, FigureType
from khuevan.reports.models import Indicator
from khuevan.reports.presenters.number_sentences import number_sentence
from khuevan.reports.queries.unit_forms import FigureLine, UnitForm
from khuevan.reports.secrecy import refusal

Difficulties = tuple[tuple[str, str], ...]
# What may stand behind a number besides the unit of measure.
_SIGNS: dict[str, tuple[str, ...]] = {
    FigureType.PERCENT: ("%",),
    FigureType.MONEY: ("đồng", "đ", "₫", "VNĐ", "VND"),
}
_MOST_SEEN = 100_000


@dataclass(slots=True)
class TypedForm:
    """A form as it was sent. Only fields that were in it are here, each under its name in the page.

    `texts` is what was typed; `values` what would be stored of it, as text (a figure in plain digits, empty for “as
    counted” or left open; difficulties as JSON). A field with a problem has no value. `seen` is what the page
    showed when it was opened: fingerprints of what was stored. `is_marked` where a field bore a state-secret marking:
    it is here no more, and nothing of the whole form may be stored.
    """

    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)
    difficulties: Difficulties = ()
    seen: dict[str, str] = field(default_factory=dict)
    is_marked: bool = False


def typed_form(form: UnitForm, sent: QueryDict) -> TypedForm:
    """What was typed, read against the form as it stands."""
    typed = TypedForm(seen=_seen(sent.get("seen", "")))
    for line in form.figures:
        if line.indicator.source != FigureSource.COMPUTED:
            _read_figure(typed, line, sent)
    for answer in form.answers:
        _read_words(typed, f"answer-{answer.question.pk}", sent)
    _read_words(typed, "proposals", sent)
    if "difficulty-text" in sent:
        typed.difficulties = _rows(sent.getlist("difficulty-text"), sent.getlist("difficulty-asks"))
        if problem := unfit_difficulties(typed.difficulties):
            typed.problems["difficulties"] = [problem]
        else:
            typed.values["difficulties"] = as_text(typed.difficulties)
    _drop_marked(typed)
    return typed


def stored_values(form: UnitForm) -> dict[str, str]:
    """What is stored of the unit's own, by field, as `TypedForm.values` writes it."""
    found: dict[str, str] = {}
    for line in form.figures:
        if line.indicator.source == FigureSource.COMPUTED:
            continue
        found[f"figure-{line.indicator.pk}"] = plain(own_value(line))
        if line.known is not None:
            found[f"reason-{line.indicator.pk}"] = line.reason
    for answer in form.answers:
        found[f"answer-{answer.question.pk}"] = answer.text
    found["difficulties"] = as_text(tuple((one.text, one.asks_for) for one in form.difficulties))
    found["proposals"] = form.report.proposals
    return found


def seen_token(form: UnitForm) -> str:
    """What a page shows, for its hidden field: by it a later save knows what colleagues changed meanwhile."""
    seen = {name: fingerprint(value) for name, value in stored_values(form).items()}
    for line in form.figures:
        if line.known is not None:
            seen[f"known-{line.indicator.pk}"] = plain(line.known)
    return json.dumps(seen, separators=(",", ":"))


def known_as_seen(form: UnitForm, typed: TypedForm) -> dict[int, Decimal | None]:
    """What the page showed as counted, by the indicator's key; None for what it did not show."""
    return {
        line.indicator.pk: _number(typed.seen.get(f"known-{line.indicator.pk}", "")) for line in form.figures
    }


def fingerprint(value: str) -> str:
    """A short name of a value: two that differ have different ones, as far as colleagues are concerned."""
    return hashlib.sha256(value.encode()).hexdigest()[:12]


def own_value(line: FigureLine) -> Decimal | None:
    """The unit's own figure; None where it is as counted, or open."""
    return line.value if line.known is None or line.is_corrected else None


def plain(value: Decimal | None) -> str:
    """The number in digits with a decimal point and nothing else; empty for None."""
    return "" if value is None else f"{value.normalize():f}"


def as_text(rows: Sequence[tuple[str, str]]) -> str:
    """Difficulties as one text."""
    return json.dumps([list(row) for row in rows], ensure_ascii=False)


def rows_of(value: str) -> Difficulties:
    """What `as_text` wrote."""
    return tuple((str(text), str(asks)) for text, asks in json.loads(value))


def may_follow(indicator: Indicator) -> tuple[str, ...]:
    """What people write behind a figure of the indicator: its own unit, and what means the same.

    “đồng” behind a figure in triệu đồng would make it a million times as much: any other unit is refused.
    """
    own = indicator.unit_of_measure
    signs = _SIGNS.get(indicator.type, ())
    is_same = not own or own.strip().casefold() in {sign.casefold() for sign in signs}
    return (own, *signs) if is_same else (own,)


def measure_of(indicator: Indicator) -> str:
    """The unit in which a figure of the indicator is written."""
    return indicator.unit_of_measure or next(iter(_SIGNS.get(indicator.type, ())), "")


def _read_figure(typed: TypedForm, line: FigureLine, sent: Mapping[str, str]) -> None:
    name, reason = f"figure-{line.indicator.pk}", f"reason-{line.indicator.pk}"
    if name in sent:
        text = typed.texts[name] = sent[name]
        try:
            value = typed_number(text, may_follow(line.indicator))
        except NotOneNumber as error:
            typed.problems[name] = [number_sentence(error, text, measure_of(line.indicator))]
        else:
            problem = "" if value is None else unfit(line.indicator.type, value)
            if problem:
                typed.problems[name] = [f"“{text.strip()}”: {problem}"]
            else:
                shown = typed.seen.get(f"known-{line.indicator.pk}")
                as_counted = line.known is not None and (value == line.known or plain(value) == shown)
                typed.values[name] = "" if as_counted else plain(value)
    if reason in sent and line.known is not None:
        text = typed.texts[reason] = sent[reason]
        words = " ".join(text.split())
        if len(words) > MOST_REASON:
            typed.problems[reason] = [_("Write at most %(most)s characters here.") % {"most": MOST_REASON}]
        else:
            typed.values[reason] = words


def _drop_marked(typed: TypedForm) -> None:
    marked = [name for name, text in typed.texts.items() if is_marked(text)]
    rows = tuple(row for row in typed.difficulties if not any(map(is_marked, row)))
    if rows != typed.difficulties:
        typed.difficulties = rows
        marked.append("difficulties")
    for name in marked:
        typed.is_marked = True
        typed.texts.pop(name, None)
        typed.values.pop(name, None)
        typed.problems[name] = [refusal()]


def _read_words(typed: TypedForm, name: str, sent: Mapping[str, str]) -> None:
    if name not in sent:
        return
    text = typed.texts[name] = sent[name].replace("\r\n", "\n")
    if problem := too_long(text):
        typed.problems[name] = [problem]
    else:
        typed.values[name] = text.strip()


def _rows(texts: Sequence[str], asks: Sequence[str]) -> Difficulties:
    padded = [*asks, *[""] * len(texts)]
    rows = (
        (text.replace("\r\n", "\n").strip(), ask.replace("\r\n", "\n").strip())
        for text, ask in zip(texts, padded, strict=False)
    )
    return tuple(row for row in rows if any(row))


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _seen(text: str) -> dict[str, str]:
    try:
        found = json.loads(text[:_MOST_SEEN])
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
