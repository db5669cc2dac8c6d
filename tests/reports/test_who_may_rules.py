"""Every action of rules, forms and targets × every role, in force and in other words: who may set up reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from khuevan.people.choices import Role
from khuevan.people.queries import system_person
from khuevan.people.units_file import import_units
from khuevan.reports import actions
from khuevan.reports.bundled_rules import put_in_bundled_rule
from khuevan.reports.choices import ReportKind, RuleState
from khuevan.reports.demonstration_targets import create_demonstration_targets
from khuevan.reports.models import FormSection, Indicator, Question, ReportingRule, RuleRecipient, Target
from khuevan.reports.permissions import SETS_UP
from tests.factories.people import UnitFactory, UserFactory, person_with_role
from tests.factories.reporting_rules import CODE, written_rule

pytestmark = pytest.mark.django_db
DAY = date(2025, 1, 1)


def written() -> ReportingRule:
    return written_rule(UnitFactory())


def in_force() -> ReportingRule:
    return written_rule(UnitFactory(), state=RuleState.IN_FORCE, valid_from=DAY)


def section() -> FormSection:
    return FormSection.objects.get(rule=written())


def target() -> Target:
    written()
    return Target(rule_code=CODE, indicator_code="tin_bai", year=2025, value=Decimal(1))


def kept_target() -> Target:
    return actions.keep_target(by=person_with_role(Role.ADMINISTRATOR), target=target())


# Action → what is prepared, the deed.
TABLE: dict[str, tuple[Callable[[], Any], Callable[[Any, Any], Any]]] = {
    "keep_rule": (
        UnitFactory,
        lambda by, unit: actions.keep_rule(
            by=by, rule=ReportingRule(code="moi", name="Mới", kind=ReportKind.AD_HOC, gatherer=unit)
        ),
    ),
    "keep_rule: one that is there": (written, lambda by, rule: actions.keep_rule(by=by, rule=rule)),
    "keep_reporters": (
        written,
        lambda by, rule: actions.keep_reporters(by=by, rule=rule, kinds=["WARD"], units=[]),
    ),
    "begin_new_version": (in_force, lambda by, rule: actions.begin_new_version(by=by, rule=rule)),
    "put_in_force": (written, lambda by, rule: actions.put_in_force(by=by, rule=rule, valid_from=DAY)),
    "end_rule": (in_force, lambda by, rule: actions.end_rule(by=by, rule=rule, valid_to=DAY)),
    "discard_version": (written, lambda by, rule: actions.discard_version(by=by, rule=rule)),
    "keep_recipient": (
        written,
        lambda by, rule: actions.keep_recipient(by=by, recipient=RuleRecipient(rule=rule, name="Bộ")),
    ),
    "keep_section": (section, lambda by, part: actions.keep_section(by=by, section=part)),
    "keep_indicator": (
        section,
        lambda by, part: actions.keep_indicator(
            by=by, indicator=Indicator(section=part, code="them", name="Thêm")
        ),
    ),
    "keep_question": (
        section,
        lambda by, part: actions.keep_question(by=by, question=Question(section=part, text="Gì?")),
    ),
    "move_part": (section, lambda by, part: actions.move_part(by=by, part=part, up=True)),
    "remove_part": (section, lambda by, part: actions.remove_part(by=by, part=part)),
    "keep_target": (target, lambda by, one: actions.keep_target(by=by, target=one)),
    "keep_targets_of_year": (
        written,
        lambda by, _rule: actions.keep_targets_of_year(by=by, rule_code=CODE, year=2025, entries={}),
    ),
    "remove_target": (kept_target, lambda by, one: actions.remove_target(by=by, target=one)),
    "put_in_bundled_rule": (
        lambda: import_units(by=system_person()),
        lambda by, _units: put_in_bundled_rule(by=by),
    ),
    "create_demonstration_targets": (
        lambda: None,
        lambda by, _nothing: create_demonstration_targets(by=by),
    ),
}


@pytest.mark.parametrize("role", [*Role, "NO_POST"])
@pytest.mark.parametrize("name", TABLE)
def test_action_is_for_planning_officers_and_administrators(name, role, settings):
    settings.DEMO = True
    prepare, deed = TABLE[name]
    thing = prepare()
    by = UserFactory() if role == "NO_POST" else person_with_role(Role(role))
    if role in SETS_UP:
        deed(by, thing)
    else:
        with pytest.raises(PermissionDenied):
            deed(by, thing)


def test_every_action_of_rules_is_in_the_table():
    named = {name.partition(":")[0] for name in TABLE}
    modules = (
        "khuevan.reports.actions.rules",
        "khuevan.reports.actions.rule_form",
        "khuevan.reports.actions.targets",
    )
    ours = {name for name in actions.__all__ if getattr(actions, name).__module__ in modules}
    assert named == {*ours - {"TargetEntry"}, "put_in_bundled_rule", "create_demonstration_targets"}
