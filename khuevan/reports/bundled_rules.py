"""Rules that come with the software: a data file with the whole rule and its form, put in by an action."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import Unit, User
from khuevan.reports.actions import put_in_force
from khuevan.reports.choices import FigureSource
from khuevan.reports.models import (
    FormSection,
    Indicator,
    Question,
    ReportingRule,
    RuleRecipient,
    RuleReporter,
)
from khuevan.reports.permissions import check_can_set_up_reports

QUARTERLY_REPORT = Path(__file__).parent / "data" / "quarterly_report.toml"
_LISTS = ("recipient", "section", "reporters", "gatherer", "valid_from")


@action
def put_in_bundled_rule(*, by: User, file: Path = QUARTERLY_REPORT) -> ReportingRule:
    """The file's rule, in force from the day that the file names.

    Where versions of the rule are there already they stay as they are, and the newest comes back. Raises
    ValidationError where a unit that the file names is not registered.
    """
    check_can_set_up_reports(by, clock.today())
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    there: ReportingRule | None = (
        ReportingRule.objects.filter(code=data["code"]).order_by("-version").first()
    )  # fmt: skip
    if there is not None:
        return there
    fields = {key: _words(value) for key, value in data.items() if key not in _LISTS}
    rule = ReportingRule(**fields, gatherer=_unit(data["gatherer"]))
    _keep(rule)
    for unit in _reporters(data.get("reporters")):
        _keep(RuleReporter(rule=rule, unit=unit))
    for order, entry in enumerate(data["recipient"], start=1):
        _keep(RuleRecipient(rule=rule, order=order, **entry))
    for order, entry in enumerate(data["section"], start=1):
        _keep_section(rule, order, entry)
    return put_in_force(by=by, rule=rule, valid_from=data["valid_from"])


def _keep_section(rule: ReportingRule, order: int, entry: dict[str, Any]) -> None:
    fields = {key: value for key, value in entry.items() if key not in ("indicator", "question")}
    section = FormSection(rule=rule, order=order, **fields)
    _keep(section)
    for place, indicator in enumerate(entry.get("indicator", ()), start=1):
        _keep(Indicator(section=section, order=place, source=_source_of(indicator), **indicator))
    for place, question in enumerate(entry.get("question", ()), start=1):
        _keep(Question(section=section, order=place, **question))


def _source_of(indicator: dict[str, Any]) -> FigureSource:
    """What the entry itself says: a formula is computed, a source counted, the rest asked."""
    if "formula" in indicator:
        return FigureSource.COMPUTED
    return FigureSource.COUNTED if "source_key" in indicator else FigureSource.ENTERED


def _keep(record: Any) -> None:
    record.full_clean()
    record.save()


def _words(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _unit(short_name: str) -> Unit:
    unit: Unit | None = Unit.objects.filter(short_name=short_name).first()
    if unit is None:
        raise ValidationError(
            _("There is no unit with the short name “%(name)s”: register it first.") % {"name": short_name}
        )
    return unit


def _reporters(wanted: dict[str, Any] | None) -> list[Unit]:
    """The units below the named one that are of the named kinds and exist today, in the tree's order."""
    if wanted is None:
        return []
    below = Unit.objects.below(_unit(wanted["below"])).on(clock.today())
    return list(below.filter(kind__in=wanted["kinds"]).order_by("path"))
