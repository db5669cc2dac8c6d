"""Parts of a rule in words: deadlines, cut-off, reminders, who is asked, where a figure comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.people.choices import UnitKind
from khuevan.reports.choices import DeadlineBasis, FigureSource
from khuevan.reports.counting import counting_source
from khuevan.reports.models import Indicator, ReportingRule


def deadline_in_words(basis: str, number: int) -> str:
    """From where and how long: within 3 working days after the cut-off day."""
    if basis == DeadlineBasis.WORKING_DAYS_AFTER_CUT_OFF:
        return ngettext(
            "within %(number)s working day after the cut-off day",
            "within %(number)s working days after the cut-off day",
            number,
        ) % {"number": number}
    if basis == DeadlineBasis.DAYS_AFTER_CUT_OFF:
        return ngettext(
            "within %(number)s day after the cut-off day",
            "within %(number)s days after the cut-off day",
            number,
        ) % {"number": number}
    if basis == DeadlineBasis.DAY_OF_LAST_MONTH:
        return _("day %(number)s of the period's last month at the latest") % {"number": number}
    return _("day %(number)s of the month after the period at the latest") % {"number": number}


def cut_off_in_words(rule: ReportingRule) -> str:
    """Which days of months count: the rule's own, or those of the decree; empty where the rule has no period."""
    if not rule.frequency:
        return _("given when the report is opened")
    if rule.cut_from_day is None or rule.cut_to_day is None:
        return _("as Article 12 of Decree 09/2019/NĐ-CP says for this frequency")
    return _("from day %(first)s of the month before the period to day %(last)s of its last month") % {
        "first": rule.cut_from_day,
        "last": rule.cut_to_day,
    }


def calls_in_words(calls: Iterable[int]) -> str:
    """When units that have not sent are reminded; empty for never."""
    return "; ".join(_call(days) for days in calls)


def _call(days: int) -> str:
    if days == 0:
        return _("on the day of the deadline")
    text = (
        ngettext("%(days)s working day before it", "%(days)s working days before it", -days)
        if days < 0
        else ngettext("%(days)s working day after it", "%(days)s working days after it", days)
    )
    return text % {"days": abs(days)}


def kinds_in_words(kinds: Collection[str]) -> str:
    """The kinds of units, in the order in which they are always named."""
    return ", ".join(str(kind.label) for kind in UnitKind if kind in kinds)


def source_in_words(indicator: Indicator) -> str:
    """Where the figure comes from: entered, counted as what, computed by which formula."""
    if indicator.source == FigureSource.ENTERED:
        return _("entered by the unit")
    if indicator.source == FigureSource.COMPUTED:
        return _("computed: %(formula)s") % {"formula": indicator.formula}
    source = counting_source(indicator.source_key)
    words = str(source.label) if source else indicator.source_key
    if indicator.source_detail:
        details = dict(source.details()) if source else {}
        words = f"{words} – {details.get(indicator.source_detail, indicator.source_detail)}"
    if indicator.within_section:
        words = _("%(what)s, in section %(ref)s of the plan") % {
            "what": words,
            "ref": indicator.section.plan_ref,
        }
    return _("counted: %(what)s") % {"what": words}
