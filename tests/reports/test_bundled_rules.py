"""The quarterly rule that comes with the software, and the invented targets that a trial shows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from khuevan.core import clock
from khuevan.people.choices import Role
from khuevan.people.queries import system_person
from khuevan.people.units_file import import_units
from khuevan.plain.reporting.formulas import order_of, unknown_codes
from khuevan.programme.actions import import_plan_file
from khuevan.programme.models import PlanSection, Task
from khuevan.reports.actions import open_period
from khuevan.reports.bundled_rules import put_in_bundled_rule
from khuevan.reports.choices import FigureSource, RuleState
from khuevan.reports.counting import counting_source
from khuevan.reports.demonstration_targets import create_demonstration_targets
from khuevan.reports.models import FormSection, Indicator, ReportingRule, Target, UnitReport
from khuevan.reports.queries.unit_forms import form_of_rule
from tests.factories.people import UnitFactory, person_with_role
from tests.factories.work import at

pytestmark = pytest.mark.django_db
PLAN = Path(__file__).resolve().parents[2] / "samples" / "ke-hoach-thong-tin-doi-ngoai-2025.txt"


@pytest.fixture
def rule() -> ReportingRule:
    by = system_person()
    import_units(by=by)
    return put_in_bundled_rule(by=by)


def test_quarterly_rule_is_in_force_and_names_who_reports_to_whom_by_when(rule):
    assert (rule.code, rule.version, rule.state, rule.valid_from, rule.calls, rule.reporter_kinds) == (
        "bc-quy-ttdn", 1, RuleState.IN_FORCE, date(2024, 12, 15), [-3, 0, 1], ["WARD", "COMMUNE"],
    )  # fmt: skip
    assert rule.gatherer.name == "Phòng Thông tin – Báo chí – Xuất bản"
    assert list(rule.reporters.values_list("unit__name", flat=True)) == [
        "Phòng Thông tin – Báo chí – Xuất bản",
        "Phòng Truyền thông số",
        "Văn phòng Sở",
        "Phòng Tổ chức – Pháp chế",
        "Trung tâm Thông tin Triển lãm Hà Nội",
    ]
    assert list(rule.recipients.values_list("name", "is_addressed", "deadline_basis", "deadline_number")) == [
        ("Ban Chỉ đạo công tác thông tin đối ngoại Thành phố", True, "LAST_MONTH", 25),
        ("Ủy ban nhân dân Thành phố", True, "LAST_MONTH", 25),
        ("Bộ Văn hóa, Thể thao và Du lịch (Cục Thông tin cơ sở và Thông tin đối ngoại)", False, "LAST_MONTH", 25),
    ]  # fmt: skip


def test_form_counts_by_known_sources_and_its_formulas_have_values(rule):
    form = form_of_rule(rule)
    codes = [one.code for one in form.indicators]
    assert (len(codes), len(set(codes))) == (27, 27)
    computed = [one.code for one in form.indicators if one.source == FigureSource.COMPUTED]
    assert list(form.formulas) == computed == ["ty_le_hoan_thanh", "ty_le_dung_han", "tong_tin"]
    assert unknown_codes(form.formulas, codes) == {}
    assert set(order_of(form.formulas)) == set(computed)
    for indicator in form.indicators:
        if indicator.source == FigureSource.COUNTED:
            source = counting_source(indicator.source_key)
            assert source is not None
            assert indicator.source_detail in ["", *(code for code, _words in source.details())]
            assert source.by_plan_section or not indicator.within_section
    # Without a section of the plan there is nothing to narrow to.
    assert not Indicator.objects.filter(within_section=True, section__plan_ref="").exists()


def test_sections_answer_to_parts_that_the_plan_of_2025_has(rule):
    with clock.stopped_at(at(date(2025, 3, 17))):
        import_plan_file(by=system_person(), path=PLAN)
    asked = set(FormSection.objects.exclude(plan_ref="").values_list("plan_ref", flat=True))
    there = {*PlanSection.objects.values_list("ref", flat=True), *Task.objects.values_list("ref", flat=True)}
    assert asked == {"II.1", "II.2", "II.2.-3", "II.2.-7", "II.2.-10", "III"}
    assert asked <= there


def test_first_cycle_asks_the_divisions_and_the_wards(rule):
    ward = UnitFactory(name="Phường Hoàn Kiếm", kind="WARD")
    cycle = open_period(by=system_person(), rule=rule, year=2025, number=1)
    assert (cycle.name, cycle.first_date, cycle.last_date, cycle.due_date) == (
        "Báo cáo công tác thông tin đối ngoại quý I năm 2025",
        date(2024, 12, 15), date(2025, 3, 14), date(2025, 3, 19),
    )  # fmt: skip
    reports = UnitReport.objects.filter(cycle=cycle)
    assert reports.count() == 6
    assert reports.filter(unit=ward).exists()


def test_second_call_leaves_the_rule_as_it_is(rule):
    again = put_in_bundled_rule(by=system_person())
    assert (again, ReportingRule.objects.count(), Indicator.objects.count()) == (rule, 1, 27)


def test_rule_needs_its_units_and_nothing_is_left_of_it_without_them():
    with pytest.raises(ValidationError, match="TTBCXB"):
        put_in_bundled_rule(by=system_person())
    assert not ReportingRule.objects.exists()


def test_others_than_those_who_set_up_reports_cannot_put_it_in():
    import_units(by=system_person())
    with pytest.raises(PermissionDenied):
        put_in_bundled_rule(by=person_with_role(Role.UNIT_HEAD))


def test_demonstration_targets_say_that_they_are_invented_and_are_added_once(rule, settings):
    settings.DEMO = True
    by = system_person()
    assert [create_demonstration_targets(by=by), create_demonstration_targets(by=by)] == [3, 0]
    source = "Số minh họa của phần mềm, không có trong kế hoạch"
    assert list(Target.objects.values_list("indicator_code", "year", "value", "source")) == [
        ("luot_tap_huan", 2025, Decimal(300), source),
        ("su_kien", 2025, Decimal(60), source),
        ("tin_tieng_anh", 2025, Decimal(480), source),
    ]
    assert set(Target.objects.values_list("indicator_code", flat=True)) <= set(
        Indicator.objects.values_list("code", flat=True)
    )


def test_demonstration_targets_are_refused_where_demonstrations_are(rule, settings):
    settings.DEMO = False
    with pytest.raises(PermissionDenied):
        create_demonstration_targets(by=system_person())
    assert not Target.objects.exists()
