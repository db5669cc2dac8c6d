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
    keep_indicator,
    keep_rule,
    put_in_force,
)
from khuevan.reports.choices import FigureType, Frequency, ReportKind
from khuevan.reports.models import Indicator, ReportingRule
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


@pytest.mark.parametrize(
    ("days", "refused_fields"),
    [
        ((1, 28), ["cut_from_day"]),
        ((20, 20), ["cut_from_day"]),
        ((22, 20), ["cut_from_day"]),
        ((21, 20), []),
        ((28, 27), []),
    ],
)
def test_own_days_of_the_cut_off_leave_no_day_out_and_count_none_twice(planner, days, refused_fields):
    rule = written_rule(UnitFactory())
    rule.cut_from_day, rule.cut_to_day = days
    if refused_fields:
        assert list(refused(lambda: keep_rule(by=planner, rule=rule))) == refused_fields
    else:
        assert keep_rule(by=planner, rule=rule).cut_from_day == days[0]


@pytest.mark.parametrize(
    ("before", "after", "is_refused"),
    [
        ((None, None), (21, 20), True),
        ((21, 20), (None, None), True),
        ((21, 20), (26, 25), True),
        # The decree counts from the 15th to the 14th.
        ((None, None), (15, 14), False),
        ((21, 20), (21, 20), False),
    ],
)
def test_a_version_counts_from_where_the_one_before_ended(planner, before, after, is_refused):
    new = second_version(planner, cut_from_day=before[0], cut_to_day=before[1])
    new.cut_from_day, new.cut_to_day = after
    if not is_refused:
        assert put_in_force(by=planner, rule=keep_rule(by=planner, rule=new), valid_from=DAY).version == 2
        return
    assert list(refused(lambda: keep_rule(by=planner, rule=new))) == ["cut_from_day"]
    with unaudited("a version of before"):
        ReportingRule.objects.filter(pk=new.pk).update(cut_from_day=after[0], cut_to_day=after[1])
    assert len(refused(lambda: put_in_force(by=planner, rule=new, valid_from=DAY))[""]) == 1


def test_a_code_keeps_its_unit_of_measure_and_type_over_the_versions(planner):
    new = second_version(planner)
    stories = Indicator.objects.get(section__rule=new, code="tin_bai")
    stories.unit_of_measure, stories.type = "nghìn bài", FigureType.DECIMAL
    assert sorted(refused(lambda: keep_indicator(by=planner, indicator=stories))) == [
        "type",
        "unit_of_measure",
    ]
    with unaudited("a version of before"):
        Indicator.objects.filter(pk=stories.pk).update(unit_of_measure="nghìn bài", type=FigureType.DECIMAL)
    assert len(refused(lambda: put_in_force(by=planner, rule=new, valid_from=DAY))[""]) == 2
    stories.code = "tin_bai_nghin"
    assert keep_indicator(by=planner, indicator=stories).code == "tin_bai_nghin"
    assert put_in_force(by=planner, rule=new, valid_from=DAY).version == 2
