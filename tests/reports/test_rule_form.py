"""The form of a version that is being written: parts kept, moved, removed, refused; targets of a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from khuevan.people.choices import Role
from khuevan.people.models import User
from khuevan.reports.actions import (
    TargetEntry,
    keep_indicator,
    keep_question,
    keep_recipient,
    keep_section,
    keep_target,
    keep_targets_of_year,
    move_part,
    put_in_force,
    remove_part,
    remove_target,
)
from khuevan.reports.choices import FigureSource, FigureType
from khuevan.reports.models import (
    FormSection,
    Indicator,
    Question,
    ReportingRule,
    RuleRecipient,
    Target,
)
from tests.factories.people import UnitFactory, person_with_role
from tests.factories.reporting_rules import (
    CODE,
    bare_rule,
    computed,
    indicator,
    question,
    section_of,
    written_rule,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner() -> User:
    return person_with_role(Role.PLANNING_OFFICER)


@pytest.fixture
def rule() -> ReportingRule:
    return bare_rule(UnitFactory(name="Phòng Thông tin"))


def refused(deed: object) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        deed()  # type: ignore[operator]
    return error.value.message_dict


def test_parts_stand_in_the_order_in_which_they_were_added(planner, rule):
    for heading in ("Một", "Hai"):
        section = keep_section(by=planner, section=FormSection(rule=rule, heading=heading))
    for code in ("a", "b", "c"):
        keep_indicator(by=planner, indicator=Indicator(section=section, code=code, name=code))
    for text in ("Hỏi một?", "Hỏi hai?"):
        keep_question(by=planner, question=Question(section=section, text=text))
    for name in ("UBND", "Bộ"):
        keep_recipient(by=planner, recipient=RuleRecipient(rule=rule, name=name))
    assert [
        list(FormSection.objects.values_list("heading", "order")),
        list(Indicator.objects.values_list("code", "order")),
        list(Question.objects.values_list("text", "order")),
        list(RuleRecipient.objects.values_list("name", "order")),
    ] == [
        [("Một", 1), ("Hai", 2)],
        [("a", 1), ("b", 2), ("c", 3)],
        [("Hỏi một?", 1), ("Hỏi hai?", 2)],
        [("UBND", 1), ("Bộ", 2)],
    ]


def test_part_changes_places_with_its_neighbour_and_stays_at_the_ends(planner, rule):
    section = section_of(rule)
    # Rows of before, all of the same order.
    first, second, third = (indicator(section, code) for code in "abc")

    def codes() -> list[str]:
        return list(Indicator.objects.values_list("code", flat=True))

    move_part(by=planner, part=third, up=True)
    assert codes() == ["a", "c", "b"]
    move_part(by=planner, part=first, up=True)
    assert codes() == ["a", "c", "b"]
    move_part(by=planner, part=first, up=False)
    assert codes() == ["c", "a", "b"]
    move_part(by=planner, part=second, up=False)
    assert codes() == ["c", "a", "b"]


def test_part_that_somebody_took_away_meanwhile_moves_nothing(planner, rule):
    section = section_of(rule)
    gone = question(section)
    remove_part(by=planner, part=Question.objects.get(pk=gone.pk))
    with pytest.raises(ValidationError):
        move_part(by=planner, part=gone, up=True)


def test_section_goes_with_all_that_it_asks(planner, rule):
    section, other = section_of(rule, "Một"), section_of(rule, "Hai")
    indicator(section, "a")
    question(section)
    indicator(other, "b")
    remove_part(by=planner, part=section)
    assert (list(Indicator.objects.values_list("code", flat=True)), Question.objects.count()) == (["b"], 0)


def test_indicator_moved_to_another_section_stands_last_there(planner, rule):
    section, other = section_of(rule, "Một"), section_of(rule, "Hai")
    moved = indicator(section, "a", order=1)
    indicator(other, "b", order=4)
    moved.section = other
    assert keep_indicator(by=planner, indicator=moved).order == 5


def test_parts_never_go_to_another_version(planner, rule):
    elsewhere = section_of(bare_rule(rule.gatherer, code="khac"), "Ở quy định khác")
    section = section_of(rule)
    moved, asked = indicator(section, "a"), question(section)
    moved.section = asked.section = elsewhere
    for deed in (
        lambda: keep_indicator(by=planner, indicator=moved),
        lambda: keep_question(by=planner, question=asked),
    ):
        with pytest.raises(ValidationError):
            deed()
    section.rule = elsewhere.rule
    with pytest.raises(ValidationError):
        keep_section(by=planner, section=section)
    assert FormSection.objects.get(pk=section.pk).rule == rule


@pytest.mark.parametrize("code", ["", "Tin", "tin-bai", "tin bài", "1tin", "_tin", "tin\n"])
def test_code_is_a_slug_that_formulas_can_read(planner, rule, code):
    found = refused(
        lambda: keep_indicator(
            by=planner, indicator=Indicator(section=section_of(rule), code=code, name="Tin")
        )
    )
    assert list(found) == ["code"]


def test_code_stands_once_in_the_whole_form(planner, rule):
    indicator(section_of(rule, "Một"), "tin")
    found = refused(
        lambda: keep_indicator(
            by=planner, indicator=Indicator(section=section_of(rule, "Hai"), code="tin", name="Tin")
        )
    )
    assert list(found) == ["code"]


def counting(section: FormSection, key: str, **fields: object) -> Indicator:
    return Indicator(
        section=section, code="a", name="Đếm", source=FigureSource.COUNTED, source_key=key, **fields
    )


def test_counted_figure_names_a_registered_source_and_one_of_its_details(planner, rule):
    bare, planned = section_of(rule), section_of(rule, plan_ref="II.2")
    for wrong in (
        counting(bare, "programme.nothing"),
        counting(bare, ""),
        counting(bare, "documents.issued", source_detail="Không có"),
        counting(bare, "programme.done", source_detail="Kế hoạch"),
        counting(planned, "documents.issued", within_section=True),
        counting(bare, "programme.done", within_section=True),
        Indicator(section=planned, code="a", name="Nhập", within_section=True),
    ):
        assert list(refused(lambda one=wrong: keep_indicator(by=planner, indicator=one))) == ["source_key"]
    assert keep_indicator(by=planner, indicator=counting(planned, "programme.done", within_section=True)).pk


def of_formula(section: FormSection, formula: str, code: str = "ty_le") -> Indicator:
    return Indicator(section=section, code=code, name="Tỷ lệ", source=FigureSource.COMPUTED, formula=formula)


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("", "“Tỷ lệ”: chưa có công thức."),
        ("100 * xong / den_hn", "“Tỷ lệ”: biểu mẫu này không có chỉ tiêu nào mang mã den_hn."),
        ("xong + * 2", "“Tỷ lệ”: ở ký tự thứ 8 phải là một số hoặc mã chỉ tiêu, không phải “*”."),
        ("(xong", "“Tỷ lệ”: thiếu dấu đóng ngoặc."),
        ("xong ; 2", "“Tỷ lệ”: “; 2” ở ký tự thứ 6 không dùng được trong công thức."),
        ("2 * ty_le", "“Tỷ lệ”: các công thức tham chiếu vòng tròn: ty_le → ty_le."),
        ("2 * nua", "“Tỷ lệ”: các công thức tham chiếu vòng tròn: ty_le → nua → ty_le."),
    ],
)
def test_formula_without_a_value_is_refused_and_told_where(planner, rule, formula, sentence):
    section = section_of(rule)
    indicator(section, "xong")
    stored = indicator(section, "ty_le")
    computed(section, "nua", "ty_le / 2")
    wanted = of_formula(section, formula)
    wanted.pk = stored.pk
    wanted._state.adding = False
    with translation.override("vi"):
        assert refused(lambda: keep_indicator(by=planner, indicator=wanted)) == {"formula": [sentence]}


def test_formula_reads_indicators_of_other_sections(planner, rule):
    indicator(section_of(rule, "Một"), "xong")
    kept = keep_indicator(by=planner, indicator=of_formula(section_of(rule, "Hai"), "100 * xong / 3"))
    assert kept.formula == "100 * xong / 3"


def test_form_in_force_is_not_changed(planner):
    rule = written_rule(UnitFactory(name="Phòng Thông tin"))
    put_in_force(by=planner, rule=rule, valid_from=date(2025, 1, 1))
    section, figure = FormSection.objects.get(), Indicator.objects.get()
    recipient = RuleRecipient.objects.get()
    for deed in (
        lambda: keep_section(by=planner, section=section),
        lambda: keep_section(by=planner, section=FormSection(rule=rule, heading="Mới")),
        lambda: keep_indicator(by=planner, indicator=figure),
        lambda: keep_question(by=planner, question=Question(section=section, text="Gì?")),
        lambda: keep_recipient(by=planner, recipient=recipient),
        lambda: move_part(by=planner, part=figure, up=True),
        lambda: remove_part(by=planner, part=section),
    ):
        with pytest.raises(ValidationError) as error:
            deed()
        assert len(error.value.messages) == 1
    assert (FormSection.objects.count(), Indicator.objects.count()) == (1, 1)


def test_targets_of_a_year_are_kept_changed_and_taken_away_by_their_codes(planner):
    rule = written_rule(UnitFactory(name="Phòng Thông tin"))
    indicator(FormSection.objects.get(rule=rule), "kinh_phi", type=FigureType.MONEY)

    def keep(year: int, **entries: TargetEntry | None) -> int:
        return keep_targets_of_year(by=planner, rule_code=CODE, year=year, entries=entries)

    def kept() -> list[tuple[str, int, Decimal, str]]:
        return list(Target.objects.values_list("indicator_code", "year", "value", "source"))

    stories, money = TargetEntry(Decimal(120), "KH 48"), TargetEntry(Decimal(5_000_000))
    assert keep(2025, tin_bai=stories, kinh_phi=money) == 2
    assert keep(2026, tin_bai=TargetEntry(Decimal(130))) == 1
    # What is not named stays; what is the same is not written again.
    assert keep(2025, tin_bai=stories) == 0
    assert keep(2025, tin_bai=TargetEntry(Decimal(125), "KH 48 sửa đổi"), kinh_phi=None) == 2
    assert kept() == [("tin_bai", 2026, Decimal(130), ""), ("tin_bai", 2025, Decimal(125), "KH 48 sửa đổi")]
    # What is wrong is named by the indicator, and nothing of the page is kept.
    found = refused(
        lambda: keep(
            2025,
            tin_bai=TargetEntry(Decimal("1.5")),
            kinh_phi=TargetEntry(Decimal(-1)),
            khong_co=TargetEntry(Decimal(1)),
        )
    )
    assert set(found) == {"tin_bai", "kinh_phi", "khong_co"}
    assert list(refused(lambda: keep(1999, tin_bai=TargetEntry(Decimal(1))))) == ["tin_bai"]
    assert len(kept()) == 2
    remove_target(by=planner, target=Target.objects.get(year=2026))
    assert [row[1] for row in kept()] == [2025]


def test_target_is_changed_alone(planner):
    written_rule(UnitFactory(name="Phòng Thông tin"))
    target = keep_target(
        by=planner,
        target=Target(
            rule_code=CODE, indicator_code="tin_bai", year=2025, value=Decimal(7), source=" KH  48 "
        ),
    )
    assert target.source == "KH 48"
    again = Target(rule_code=CODE, indicator_code="tin_bai", year=2025, value=Decimal(8))
    with pytest.raises(ValidationError):
        keep_target(by=planner, target=again)
