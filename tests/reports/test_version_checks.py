"""A new version of a rule keeps what its figures are compared by: periods, cut-offs, units of measure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from khuevan.core.recording import unaudited
from khuevan.people.choices import Role
from khuevan.people.models import User
from khuevan.reports.actions import (
    begin_new_version,
    keep_rule,
    put_in_force,
)
from khuevan.reports.choices import Frequency, ReportKind
from khuevan.reports.models import ReportingRule
from tests.factories.people import UnitFactory, person_with_role
from tests.factories.reporting_rules import written_rule

pytestmark = pytest.mark.django_db
DAY = date(2025, 5, 20)


@pytest.fixture
def planner() -> User:
    return person_with_role(Role.PLANNING_OFFICER)


def second_version(planner: User, **fields: Any) -> ReportingRule:
    """The version that follows a monthly one in force."""
    first = put_in_force(by=planner, rule=written_rule(UnitFactory(), **fields), valid_from=date(2025, 1, 1))
    new: ReportingRule = begin_new_version(by=planner, rule=first)
    return new


def refused(call: Callable[[], object]) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as found:
        call()
    return found.value.message_dict if hasattr(found.value, "error_dict") else {"": found.value.messages}


@pytest.mark.parametrize(
    "fields", [{"frequency": Frequency.QUARTER}, {"kind": ReportKind.THEMATIC, "frequency": ""}]
)
def test_a_version_keeps_kind_and_frequency_of_the_rule(planner, fields):
    new = second_version(planner)
    for name, value in fields.items():
        setattr(new, name, value)
    assert list(refused(lambda: keep_rule(by=planner, rule=new))) == ["frequency"]
    with unaudited("a version of before"):
        ReportingRule.objects.filter(pk=new.pk).update(**fields)
    [sentence] = refused(lambda: put_in_force(by=planner, rule=new, valid_from=DAY))[""]
    assert str(Frequency.MONTH.label) in sentence


def test_a_first_version_may_change_its_frequency_while_it_is_written(planner):
    rule = written_rule(UnitFactory())
    rule.frequency = Frequency.QUARTER
    assert keep_rule(by=planner, rule=rule).frequency == Frequency.QUARTER
