"""A cycle opens once, under a version that is in force, as it is stored; open, it never closes earlier by mistake."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.reports.actions import close_cycle, open_cycle, open_period, reopen_cycle
from khuevan.reports.choices import CycleState, ReportKind, RuleState
from khuevan.reports.models import Cycle, ReportingRule
from tests.factories.reports import RuleFactory, reporting_office
from tests.factories.work import at
from tests.reports.composing_scenes import OPENED

pytestmark = pytest.mark.django_db
DAYS = {"first_date": date(2025, 1, 1), "last_date": date(2025, 6, 10)}


@pytest.fixture
def place():
    return reporting_office(kind=ReportKind.AD_HOC, frequency="")


@pytest.fixture(autouse=True)
def _day():
    with clock.stopped_at(at(OPENED)), override("vi"):
        yield


def test_an_ad_hoc_report_of_one_name_and_days_opens_once(place):
    planner = place.office.planner
    open_cycle(by=planner, rule=place.rule, name="Hỏa tốc", **DAYS)
    with pytest.raises(ValidationError) as refused:
        open_cycle(by=planner, rule=place.rule, name="  Hỏa   tốc ", **DAYS)
    assert refused.value.message_dict == {"name": ["Đã có kỳ báo cáo cùng tên và cùng thời gian này."]}
    open_cycle(by=planner, rule=place.rule, name="Hỏa tốc", **{**DAYS, "last_date": date(2025, 6, 11)})
    assert Cycle.objects.count() == 2


def test_until_a_new_version_begins_the_version_before_opens(place):
    planner = place.office.planner
    with unaudited("a version that begins next year"):
        ReportingRule.objects.filter(pk=place.rule.pk).update(
            state=RuleState.ENDED, valid_to=date(2025, 12, 31)
        )
    new = RuleFactory(
        version=2, gatherer=place.rule.gatherer, kind=ReportKind.AD_HOC, frequency="",
        valid_from=date(2026, 1, 1), reporter_kinds=["DIVISION"],
    )  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        open_cycle(by=planner, rule=new, name="Hỏa tốc", **DAYS)
    assert refused.value.messages == ["Phiên bản quy định này chỉ có hiệu lực từ ngày 01/01/2026."]
    assert open_cycle(by=planner, rule=place.rule, name="Hỏa tốc", **DAYS).rule == place.rule


@pytest.mark.parametrize("kind", [ReportKind.AD_HOC, ReportKind.PERIODIC])
def test_a_rule_that_ended_since_it_was_looked_at_opens_nothing(kind):
    is_periodic = kind == ReportKind.PERIODIC
    place = reporting_office(kind=kind, frequency="QUARTER" if is_periodic else "")
    planner = place.office.planner
    seen = ReportingRule.objects.get(pk=place.rule.pk)
    with unaudited("ended meanwhile"):
        ReportingRule.objects.filter(pk=seen.pk).update(state=RuleState.ENDED, valid_to=date(2025, 6, 1))
    opens = (
        partial(open_period, year=2025, number=2) if is_periodic else partial(open_cycle, name="A", **DAYS)
    )
    with pytest.raises(ValidationError):
        opens(by=planner, rule=seen)
    assert not Cycle.objects.exists()


def test_a_cycle_that_is_open_is_never_left_open_for_shorter():
    place = reporting_office()
    planner, cycle = place.office.planner, place.cycle()
    assert cycle.closes_date == date(2025, 7, 2)
    with pytest.raises(ValidationError) as refused:
        reopen_cycle(by=planner, cycle=cycle, until=date(2025, 6, 20))
    assert refused.value.message_dict == {
        "until": ["Kỳ báo cáo đang mở đến hết ngày 02/07/2025: hãy chọn ngày muộn hơn, hoặc đóng kỳ."]
    }
    assert reopen_cycle(by=planner, cycle=cycle, until=date(2025, 7, 3)).closes_date == date(2025, 7, 3)
    close_cycle(by=planner, cycle=cycle)
    again = reopen_cycle(by=planner, cycle=cycle, until=date(2025, 6, 20))
    assert (again.state, again.closes_date) == (CycleState.OPEN, date(2025, 6, 20))
