"""Which units report under a rule."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from khuevan.people.models import Unit
from khuevan.reports.models import FormSection, ReportingRule


def reporting_units(rule: ReportingRule, day: date) -> list[Unit]:
    """The units that exist on the day and are named in the rule or of one of its kinds, in the tree's order."""
    named = rule.reporters.values_list("unit", flat=True)
    return list(
        Unit.objects.on(day).filter(Q(pk__in=named) | Q(kind__in=rule.reporter_kinds)).order_by("path")
    )


def asks(section: FormSection, unit: Unit) -> bool:
    """Whether the unit is asked this part of the form."""
    return not section.asked_kinds or unit.kind in section.asked_kinds
