"""What units are asked for must add up: a rate that units type in does not."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from khuevan.people.choices import Role
from khuevan.reports.actions import keep_indicator, put_in_force
from khuevan.reports.choices import FigureSource, FigureType
from khuevan.reports.models import FormSection, Indicator
from tests.factories.people import UnitFactory, person_with_role
from tests.factories.reporting_rules import computed, indicator, written_rule

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"source": FigureSource.ENTERED}, ["type"]),
        ({"source": FigureSource.COUNTED, "source_key": "programme.done"}, ["type"]),
        ({"source": FigureSource.COMPUTED, "formula": "100 * tin_bai / 4"}, []),
    ],
)
def test_only_a_computed_figure_is_a_rate(fields, refused):
    section = FormSection.objects.get(rule=written_rule(UnitFactory()))
    planner = person_with_role(Role.PLANNING_OFFICER)
    rate = Indicator(section=section, code="ty_le", name="Tỷ lệ", type=FigureType.PERCENT, **fields)
    if not refused:
        assert keep_indicator(by=planner, indicator=rate).pk is not None
        return
    with pytest.raises(ValidationError) as found:
        keep_indicator(by=planner, indicator=rate)
    assert list(found.value.message_dict) == refused


def test_rule_that_asks_for_a_rate_does_not_come_into_force():
    rule = written_rule(UnitFactory())
    section = FormSection.objects.get(rule=rule)
    computed(section, "ty_le", "100 * tin_bai / 4", type=FigureType.PERCENT)
    indicator(section, "ty_le_nhap", "Tỷ lệ đơn vị tự tính", type=FigureType.PERCENT)
    with pytest.raises(ValidationError) as found:
        put_in_force(by=person_with_role(Role.PLANNING_OFFICER), rule=rule, valid_from=date(2025, 5, 20))
    [sentence] = found.value.messages
    assert sentence.startswith("“Tỷ lệ đơn vị tự tính”")
