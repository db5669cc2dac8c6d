"""A version of a rule as its page shows it: what Article 8 of Decree 09/2019/NĐ-CP wants said, with real days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.people.models import Unit
from khuevan.reports.choices import FigureSource, RuleState
from khuevan.reports.models import FormSection, Indicator, Question, ReportingRule, RuleRecipient
from khuevan.reports.periods import CyclePeriod, periods_between, recipient_deadline
from khuevan.reports.presenters.rule_sentences import (
    calls_in_words,
    cut_off_in_words,
    deadline_in_words,
    kinds_in_words,
    source_in_words,
)
from khuevan.reports.queries.reporters import reporting_units
from khuevan.reports.queries.unit_forms import form_of_rule

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise  # For the type checker; not a dependency of the program.

STATE_LOOKS = {RuleState.WRITTEN: "busy", RuleState.IN_FORCE: "good", RuleState.ENDED: ""}
# A period later than this in the year to come is always found among those that are looked through.
_AHEAD = timedelta(days=500)


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """Who gets it, within which time, and the day for the period that is shown. `is_early`: before units send."""

    name: str
    purpose: str
    words: str
    day: date | None
    is_addressed: bool
    is_early: bool
    recipient: RuleRecipient


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One figure of the form. `number` counts through the section."""

    number: int
    indicator: Indicator
    source: str
    is_entered: bool


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One part of the form with what it asks, and of whom."""

    number: int
    section: FormSection
    asked: str
    indicators: tuple[IndicatorRow, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class RulePage:
    """Everything of one version. `period` is the one that units report next, None for thematic and ad-hoc reports."""

    rule: ReportingRule
    state: StrOrPromise
    look: str
    since: str
    kinds: str
    named: tuple[Unit, ...]
    reporting_now: int
    units_deadline: str
    recipients: tuple[DeadlineRow, ...]
    cut_off: str
    calls: str
    period: CyclePeriod | None
    sections: tuple[SectionRow, ...]

    @property
    def indicator_count(self) -> int:
        """How many figures the form asks for or counts."""
        return sum(len(section.indicators) for section in self.sections)

    @property
    def question_count(self) -> int:
        """How many questions the form asks."""
        return sum(len(section.questions) for section in self.sections)


def rule_page(rule: ReportingRule, day: date) -> RulePage:
    """The version as it reads on the day."""
    recipients = list(rule.recipients.all())
    period = next_period(rule, recipients, day)
    reporters = rule.reporters.select_related("unit").order_by("unit__path")
    return RulePage(
        rule=rule,
        state=RuleState(rule.state).label,
        look=STATE_LOOKS[RuleState(rule.state)],
        since=days_in_force(rule),
        kinds=kinds_in_words(rule.reporter_kinds),
        named=tuple(row.unit for row in reporters),
        reporting_now=len(reporting_units(rule, day)),
        units_deadline=deadline_in_words(rule.deadline_basis, rule.deadline_number),
        recipients=tuple(_deadline(row, period) for row in recipients),
        cut_off=cut_off_in_words(rule),
        calls=calls_in_words(rule.calls),
        period=period,
        sections=section_rows(rule),
    )


def section_rows(rule: ReportingRule) -> tuple[SectionRow, ...]:
    """The form in its order. Three queries."""
    return tuple(
        SectionRow(
            number,
            section,
            kinds_in_words(section.asked_kinds),
            tuple(
                IndicatorRow(at, one, source_in_words(one), one.source == FigureSource.ENTERED)
                for at, one in enumerate(indicators, start=1)
            ),
            questions,
        )
        for number, (section, indicators, questions) in enumerate(form_of_rule(rule).sections, start=1)
    )


def next_period(rule: ReportingRule, recipients: list[RuleRecipient], day: date) -> CyclePeriod | None:
    """The first period under this version of which something is still due on the day; None without a frequency."""
    if not rule.frequency:
        return None
    begun = rule.valid_from or date.min
    # The last deadline of a period may lie up to two months after its cut-off.
    first = max(day - timedelta(days=62), begun)
    for period in periods_between(rule, first, max(day, begun) + _AHEAD):
        if max([period.due, *(recipient_deadline(row, period.last) for row in recipients)]) >= day:
            return period
    return None


def days_in_force(rule: ReportingRule) -> str:
    """Since when and until when the version holds; empty while it is written."""
    if rule.valid_from is None:
        return ""
    if rule.valid_to is None:
        return _("from %(first)s") % {"first": f"{rule.valid_from:%d/%m/%Y}"}
    if rule.valid_to < rule.valid_from:
        return _("replaced on the day on which it came into force")
    return pgettext("days of a rule", "from %(first)s to %(last)s") % {
        "first": f"{rule.valid_from:%d/%m/%Y}",
        "last": f"{rule.valid_to:%d/%m/%Y}",
    }


def _deadline(row: RuleRecipient, period: CyclePeriod | None) -> DeadlineRow:
    day = recipient_deadline(row, period.last) if period else None
    return DeadlineRow(
        row.name,
        row.purpose,
        deadline_in_words(row.deadline_basis, row.deadline_number),
        day,
        row.is_addressed,
        period is not None and day is not None and day < period.due,
        row,
    )
