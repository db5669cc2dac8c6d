"""Rows of the view × role table for reporting rules: all staff read what is in force, few write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from khuevan.people.choices import Role
from khuevan.reports.choices import RuleState
from khuevan.reports.models import FormSection, ReportingRule
from tests.factories.people import UnitFactory
from tests.factories.reporting_rules import CODE, written_rule
from tests.permission_rows import NOBODY, STAFF, Row

SETS_UP: frozenset[str] = frozenset({Role.PLANNING_OFFICER, Role.ADMINISTRATOR})


def rows() -> list[Row]:
    """A rule is read by all staff, written by planning officers and administrators."""
    return [
        Row("reports:rules", _list, STAFF),
        Row("reports:rule", lambda: reverse("reports:rule", args=[_in_force().pk]), STAFF),
        Row("reports:rule", lambda: reverse("reports:rule", args=[_written().pk]), SETS_UP),
        Row("reports:targets", _targets, STAFF),
        Row("reports:rule_new", lambda: reverse("reports:rule_new"), SETS_UP),
        *(
            Row(f"reports:{name}", _of_written(name), SETS_UP)
            for name in ("rule_head", "rule_people", "rule_form", "rule_in_force", "rule_discard")
        ),
        Row("reports:rule_end", lambda: reverse("reports:rule_end", args=[_in_force().pk]), SETS_UP),
        *(Row("reports:part_new", _of_written("part_new", kind), SETS_UP) for kind in ("noi-nhan", "phan")),
        *(Row("reports:line_new", _line(kind), SETS_UP) for kind in ("chi-tieu", "cau-hoi")),
        Row("reports:part", lambda: reverse("reports:part", args=["phan", _section().pk]), SETS_UP),
        Row("reports:part_removal", lambda: reverse("reports:part_removal", args=["phan", _section().pk]), SETS_UP),
        # A version in force is written by nobody, and no pages are those that only take what is sent.
        Row("reports:rule_form", lambda: reverse("reports:rule_form", args=[_in_force().pk]), NOBODY),
        Row("reports:rule_new_version", lambda: reverse("reports:rule_new_version", args=[_in_force().pk]), NOBODY),
        Row("reports:part_move", lambda: reverse("reports:part_move", args=["phan", _section().pk]), NOBODY),
    ]  # fmt: skip


def _written() -> ReportingRule:
    return written_rule(UnitFactory())


def _in_force() -> ReportingRule:
    return written_rule(UnitFactory(), state=RuleState.IN_FORCE, valid_from=date(2025, 1, 1))


def _section() -> FormSection:
    return FormSection.objects.get(rule=_written())


def _list() -> str:
    _in_force()
    return reverse("reports:rules")


def _targets() -> str:
    _in_force()
    return reverse("reports:targets", args=[CODE])


def _of_written(name: str, *more: str) -> Callable[[], str]:
    return lambda: reverse(f"reports:{name}", args=[_written().pk, *more])


def _line(kind: str) -> Callable[[], str]:
    return lambda: reverse("reports:line_new", args=[_section().pk, kind])
