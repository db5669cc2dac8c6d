"""Versions of a rule: written, put in force, followed by another, ended, discarded."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.people.choices import Role
from khuevan.people.models import Unit, User
from khuevan.reports.actions import (
    begin_new_version,
    discard_version,
    end_rule,
    keep_reporters,
    keep_rule,
    open_cycle,
    open_period,
    put_in_force,
)
from khuevan.reports.choices import FigureSource, Frequency, ReportKind, RuleState
from khuevan.reports.models import Cycle, FormSection, Indicator, ReportingRule
from khuevan.reports.queries.unit_forms import form_of_rule
from tests.factories.people import UnitFactory, person_with_role
from tests.factories.reporting_rules import (
    bare_rule,
    computed,
    counted,
    indicator,
    question,
    section_of,
    written_rule,
)
from tests.factories.work import at

pytestmark = pytest.mark.django_db
DAY = date(2025, 5, 20)


@pytest.fixture(autouse=True)
def today():
    with clock.stopped_at(at(DAY)):
        yield


@pytest.fixture
def planner() -> User:
    return person_with_role(Role.PLANNING_OFFICER)


@pytest.fixture
def division() -> Unit:
    return UnitFactory(name="Phòng Thông tin")


def new_rule(gatherer: Unit, **fields: object) -> ReportingRule:
    values = {"code": "bc-tuan-phim", "name": "Báo cáo chuyên đề", "kind": ReportKind.THEMATIC}
    return ReportingRule(**{**values, "gatherer": gatherer, **fields})


def test_new_rule_is_the_first_version_and_still_written(planner, division):
    rule = keep_rule(by=planner, rule=new_rule(division, version=7, state=RuleState.ENDED, calls=[1, -2, 1]))
    assert (rule.version, rule.state, rule.valid_from, rule.calls) == (1, RuleState.WRITTEN, None, [-2, 1])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": "Báo cáo"}, "code"),
        ({"code": "bc_quy"}, "code"),
        ({"code": "bc--quy"}, "code"),
        ({"name": ""}, "name"),
        ({"calls": [-31]}, "calls"),
        ({"calls": list(range(11))}, "calls"),
        ({"kind": ReportKind.PERIODIC}, "__all__"),
        ({"frequency": Frequency.YEAR}, "__all__"),
        ({"cut_from_day": 29, "cut_to_day": 14}, "__all__"),
        ({"cut_from_day": 15}, "__all__"),
    ],
)
def test_rule_that_cannot_be_is_refused_by_field(planner, division, fields, field):
    with pytest.raises(ValidationError) as refused:
        keep_rule(by=planner, rule=new_rule(division, **fields))
    assert list(refused.value.message_dict) == [field]


def test_code_stands_for_one_rule(planner, division):
    keep_rule(by=planner, rule=new_rule(division))
    with pytest.raises(ValidationError, match="has this code already|đã có mã này"):
        keep_rule(by=planner, rule=new_rule(division))
    other = keep_rule(by=planner, rule=new_rule(division, code="bc-khac"))
    other.code = "bc-tuan-phim"
    with pytest.raises(ValidationError) as refused:
        keep_rule(by=planner, rule=other)
    assert list(refused.value.message_dict) == ["code"]


def test_code_can_be_mended_before_a_version_was_in_force_and_never_after(planner, division):
    rule = written_rule(division)
    rule.code = "bc-thang-moi"
    assert keep_rule(by=planner, rule=rule).code == "bc-thang-moi"
    put_in_force(by=planner, rule=rule, valid_from=DAY)
    second = begin_new_version(by=planner, rule=rule)
    second.code = "bc-khac"
    with pytest.raises(ValidationError) as refused:
        keep_rule(by=planner, rule=second)
    assert list(refused.value.message_dict) == ["code"]


def test_reporters_are_those_kinds_and_those_units_and_no_others(planner, division):
    rule = bare_rule(division)
    first, second = UnitFactory(name="Một"), UnitFactory(name="Hai")
    keep_reporters(by=planner, rule=rule, kinds=["COMMUNE", "WARD"], units=[first])
    kept = keep_reporters(by=planner, rule=rule, kinds=["WARD"], units=[second])
    assert (kept.reporter_kinds, list(kept.reporters.values_list("unit__name", flat=True))) == (
        ["WARD"],
        ["Hai"],
    )
    with pytest.raises(ValidationError):
        keep_reporters(by=planner, rule=rule, kinds=["PLANET"], units=[])


def test_version_comes_into_force_and_is_not_changed_any_more(planner, division):
    rule = put_in_force(by=planner, rule=written_rule(division), valid_from=date(2025, 5, 1))
    assert (rule.state, rule.valid_from, rule.valid_to) == (RuleState.IN_FORCE, date(2025, 5, 1), None)
    rule.name = "Tên khác"
    for deed in (
        lambda: keep_rule(by=planner, rule=rule),
        lambda: keep_reporters(by=planner, rule=rule, kinds=[], units=[]),
        lambda: discard_version(by=planner, rule=rule),
        lambda: put_in_force(by=planner, rule=rule, valid_from=DAY),
    ):
        with pytest.raises(ValidationError) as refused:
            deed()
        assert len(refused.value.messages) == 1
    assert ReportingRule.objects.get().name == "Báo cáo tháng về thông tin đối ngoại"


def test_every_problem_is_named_before_a_version_comes_into_force(planner, division):
    rule = bare_rule(division)
    results, empty = section_of(rule, "Kết quả", order=1), section_of(rule, "Không có gì", order=2)
    with pytest.raises(ValidationError) as refused:
        put_in_force(by=planner, rule=rule, valid_from=DAY)
    assert len(refused.value.messages) == 5
    counted(results, "xong", name="Xong", key="programme.nothing")
    counted(results, "xong_ii", name="Xong II", within_section=True)
    counted(results, "van_ban", name="Văn bản", key="documents.issued", source_detail="Không có")
    counted(results, "van_ban_ii", name="Văn bản II", key="documents.handed", within_section=True)
    computed(results, "ty_le", "100 * xong / den_han", name="Tỷ lệ")
    computed(results, "sai", "xong +", name="Sai")
    computed(results, "a", "b + 1", name="A")
    computed(results, "b", "a + 1", name="B")
    indicator(results, "Hoa", name="Hoa")
    indicator(empty, "xong", name="Xong lần nữa")
    rule.content_kind = "WORDS"
    keep_rule(by=planner, rule=rule)
    with pytest.raises(ValidationError) as refused:
        put_in_force(by=planner, rule=rule, valid_from=DAY)
    messages = refused.value.messages
    assert len(messages) == 14
    for word in (
        "den_han",
        "programme.nothing",
        "Không có",
        "Xong II",
        "Văn bản II",
        "a → b → a",
        "“Hoa”",
        "“Sai”",
    ):
        assert [message for message in messages if word in message], word
    assert ReportingRule.objects.get().state == RuleState.WRITTEN


def test_figures_and_words_are_what_the_rule_says(planner, division):
    rule = written_rule(division, content_kind="FIGURES")
    question(FormSection.objects.get(rule=rule))
    with pytest.raises(ValidationError) as refused:
        put_in_force(by=planner, rule=rule, valid_from=DAY)
    assert len(refused.value.messages) == 1


def test_new_version_has_the_whole_rule_and_changes_nothing_of_the_old(planner, division):
    rule = written_rule(division, calls=[-2, 0], reporter_kinds=["WARD"], guide="Hướng dẫn")
    section = FormSection.objects.get(rule=rule)
    computed(section, "gap_doi", "2 * tin_bai", order=2)
    question(section, "Nổi bật?", is_required=True, order=3)
    put_in_force(by=planner, rule=rule, valid_from=date(2025, 1, 1))
    new = begin_new_version(by=planner, rule=rule)
    assert (new.version, new.state, new.valid_from, new.calls, new.reporter_kinds, new.guide) == (
        2, RuleState.WRITTEN, None, [-2, 0], ["WARD"], "Hướng dẫn",
    )  # fmt: skip

    def told(version: ReportingRule) -> object:
        return (
            [
                (
                    one.heading,
                    [(i.code, i.name, i.source, i.formula, i.order) for i in found],
                    [(q.text, q.is_required, q.order) for q in asked],
                )
                for one, found, asked in form_of_rule(version).sections
            ],
            list(version.recipients.values_list("name", "purpose", "deadline_number", "order")),
            list(version.reporters.values_list("unit", flat=True)),
        )

    assert told(new) == told(rule)
    copied = Indicator.objects.get(section__rule=new, code="gap_doi")
    assert (copied.source, copied.formula) == (FigureSource.COMPUTED, "2 * tin_bai")
    with pytest.raises(ValidationError, match="already|rồi"):
        begin_new_version(by=planner, rule=rule)
    discard_version(by=planner, rule=new)
    assert (ReportingRule.objects.get(), Indicator.objects.count()) == (rule, 2)
    assert AuditEntry.objects.filter(verb="discard_version", kind="DELETED").count() == 7


def test_version_before_ends_the_day_before_and_keeps_its_open_cycles(planner, division):
    old = put_in_force(by=planner, rule=written_rule(division), valid_from=date(2025, 1, 1))
    cycle = open_period(by=planner, rule=old, year=2025, number=5)
    new = begin_new_version(by=planner, rule=old)
    put_in_force(by=planner, rule=new, valid_from=DAY)
    old.refresh_from_db()
    assert (old.state, old.valid_to) == (RuleState.ENDED, date(2025, 5, 19))
    assert Cycle.objects.get(pk=cycle.pk).rule == old
    # The period that is open is not opened a second time under the new version.
    assert open_period(by=planner, rule=new, year=2025, number=5) == cycle


def test_version_cannot_begin_before_the_one_that_it_follows(planner, division):
    old = put_in_force(by=planner, rule=written_rule(division), valid_from=date(2025, 5, 1))
    new = begin_new_version(by=planner, rule=old)
    with pytest.raises(ValidationError) as refused:
        put_in_force(by=planner, rule=new, valid_from=date(2025, 4, 30))
    assert list(refused.value.message_dict) == ["valid_from"]
    put_in_force(by=planner, rule=new, valid_from=date(2025, 5, 1))
    assert ReportingRule.objects.get(pk=old.pk).valid_to == date(2025, 4, 30)


def test_day_ahead_is_refused_while_a_period_of_the_old_version_is_not_open(planner, division):
    old = put_in_force(by=planner, rule=written_rule(division), valid_from=date(2025, 1, 1))
    new = begin_new_version(by=planner, rule=old)
    with pytest.raises(ValidationError) as refused:
        put_in_force(by=planner, rule=new, valid_from=date(2025, 6, 15))
    # June is counted until the 14th, and opens ten days before that.
    [sentence] = refused.value.message_dict["valid_from"]
    assert "04/06/2025" in sentence
    open_period(by=planner, rule=old, year=2025, number=6)
    put_in_force(by=planner, rule=new, valid_from=date(2025, 6, 15))
    assert ReportingRule.objects.get(pk=old.pk).valid_to == date(2025, 6, 14)


def test_first_version_may_begin_ahead(planner, division):
    rule = put_in_force(by=planner, rule=written_rule(division), valid_from=date(2026, 1, 1))
    assert rule.valid_from == date(2026, 1, 1)


def test_rule_that_ended_opens_no_cycle_and_can_be_taken_up_again(planner, division):
    rule = written_rule(division, kind=ReportKind.AD_HOC, frequency="")
    put_in_force(by=planner, rule=rule, valid_from=date(2025, 5, 1))
    for day in (date(2025, 4, 30), date(2025, 5, 21)):
        with pytest.raises(ValidationError) as refused:
            end_rule(by=planner, rule=rule, valid_to=day)
        assert list(refused.value.message_dict) == ["valid_to"]
    ended = end_rule(by=planner, rule=rule, valid_to=DAY)
    assert (ended.state, ended.valid_to) == (RuleState.ENDED, DAY)
    with pytest.raises(ValidationError):
        open_cycle(by=planner, rule=ended, name="Đột xuất", first_date=DAY, last_date=DAY)
    with pytest.raises(ValidationError):
        end_rule(by=planner, rule=ended, valid_to=DAY)
    again = begin_new_version(by=planner, rule=ended)
    assert put_in_force(by=planner, rule=again, valid_from=DAY).state == RuleState.IN_FORCE
