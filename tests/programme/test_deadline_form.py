"""The picker of deadlines: every rule that it offers comes back as it was, and what is missing is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.calendar.deadline_rules import (
    MONTHS_IN,
    AllYear,
    DeadlineRule,
    EachLunarYear,
    EachPeriod,
    EachWeek,
    OnDate,
    PeriodLength,
    Several,
    WorkingDaysAfter,
)
from khuevan.programme.deadline_form import FIELDS_OF, KINDS, DeadlineForm, fields_of_rule
from khuevan.programme.presenters.deadline_preview import Preview, PreviewDay, preview

DAY = date(2025, 6, 12)


@pytest.fixture(autouse=True)
def _vietnamese() -> Any:
    with translation.override("vi"):
        yield


shifts = st.sampled_from(["BEFORE", "AFTER", "NONE"])
days_of_month = st.none() | st.integers(1, 31)
periods: st.SearchStrategy[EachPeriod] = st.sampled_from(list(MONTHS_IN)).flatmap(
    lambda length: st.builds(
        EachPeriod, st.just(length), st.integers(1, MONTHS_IN[length]), days_of_month, shifts
    )
)
offered: st.SearchStrategy[DeadlineRule] = st.one_of(
    st.builds(OnDate, st.dates(date(2014, 1, 1), date(2100, 12, 31)), shifts),
    st.builds(WorkingDaysAfter, st.dates(date(2014, 1, 1), date(2099, 12, 31)), st.integers(1, 1000)),
    st.builds(EachWeek, st.integers(1, 7), shifts),
    periods,
    st.builds(AllYear, days_of_month, shifts),
    st.builds(EachLunarYear, st.integers(1, 12), st.integers(1, 30), shifts),
)


@given(offered)
def test_every_rule_comes_back_from_its_fields(rule: DeadlineRule) -> None:
    form = DeadlineForm(fields_of_rule(rule), present=rule)
    assert form.is_valid(), form.errors
    assert form.rule == rule


@given(offered)
def test_form_opened_on_a_rule_and_sent_unchanged_keeps_it(rule: DeadlineRule) -> None:
    """As a browser does it: every field of the page is sent, those of the other kinds as well."""
    shown = DeadlineForm(present=rule)
    sent = {name: shown[name].value() for name in shown.fields}
    filled = {
        name: value if value is not None else (str(next(iter(_choices(shown, name)), "")))
        for name, value in sent.items()
    }
    form = DeadlineForm(filled, present=rule)
    assert form.is_valid(), form.errors
    assert form.rule == rule


def _choices(form: DeadlineForm, name: str) -> list[Any]:
    """What a select field of the page sends where nothing was chosen: its first choice."""
    return [value for value, _label in getattr(form.fields[name], "choices", ())]


def test_no_rule_comes_back_as_none() -> None:
    form = DeadlineForm(fields_of_rule(None))
    assert (form.is_valid(), form.rule) == (True, None)


def test_several_rules_are_kept_or_replaced_but_not_edited() -> None:
    several = Several((EachPeriod("QUARTER", 3), OnDate(date(2025, 11, 15))))
    shown = DeadlineForm(present=several)
    assert shown["kind"].value() == "KEEP"
    assert shown.present_in_words.startswith("Ngày cuối cùng của tháng cuối quý, hằng quý; ngày 15/11/2025")
    kept = DeadlineForm(fields_of_rule(several), present=several)
    assert (kept.is_valid(), kept.rule) == (True, several)
    replaced = DeadlineForm(fields_of_rule(EachWeek(5)), present=several)
    assert (replaced.is_valid(), replaced.rule) == (True, EachWeek(5))
    # Who has no such rule cannot keep one.
    assert DeadlineForm({"kind": "KEEP"}, present=EachWeek(5)).errors.keys() == {"kind"}


@pytest.mark.parametrize("kind", [kind for kind, _label in KINDS])
def test_what_a_kind_needs_and_has_not_got_is_said_beside_its_field(kind: str) -> None:
    form = DeadlineForm({"kind": kind})
    assert not form.is_valid()
    assert {name: errors[0] for name, errors in form.errors.items()} == dict.fromkeys(
        FIELDS_OF[kind], "Còn thiếu mục này."
    )
    assert form.rule is None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"kind"}),
        ({"kind": "SOMETIMES"}, {"kind"}),
        ({"kind": "ON_DATE", "day": "31/02/2025"}, {"day"}),
        ({"kind": "EACH_PERIOD", "period": "QUARTER", "month": "4", "month_day": "15"}, {"month"}),
        ({"kind": "EACH_PERIOD", "period": "QUARTER", "month": "3", "month_day": "32"}, {"month_day"}),
        ({"kind": "WORKING_DAYS_AFTER", "after_day": "2025-06-12", "count": "0"}, {"count"}),
        ({"kind": "WORKING_DAYS_AFTER", "after_day": "2025-06-12", "count": "1001"}, {"count"}),
        ({"kind": "EACH_LUNAR_YEAR", "lunar_month": "13", "lunar_day": "31"}, {"lunar_month", "lunar_day"}),
        ({"kind": "EACH_WEEK", "weekday": "5", "start_date": "mai"}, {"start_date"}),
        # What the other kinds hold is nobody's business.
        ({"kind": "EACH_WEEK", "weekday": "5", "count": ""}, set()),
    ],
)
def test_what_makes_no_rule_is_refused(fields: dict[str, str], wrong: set[str]) -> None:
    assert DeadlineForm(fields).errors.keys() == wrong


@pytest.mark.parametrize("written", ["2025-11-15", "15/11/2025"])
def test_day_is_read_as_browsers_send_it_and_as_offices_write_it(written: str) -> None:
    form = DeadlineForm({"kind": "ON_DATE", "day": written})
    assert (form.is_valid(), form.rule) == (True, OnDate(date(2025, 11, 15)))


def test_month_of_a_month_is_no_question() -> None:
    form = DeadlineForm({"kind": "EACH_PERIOD", "period": "MONTH", "month": "7", "month_day": "LAST"})
    assert (form.is_valid(), form.rule) == (True, EachPeriod("MONTH", 1))


def test_unit_has_the_tasks_deadline_or_its_own() -> None:
    form = DeadlineForm({"kind": "NONE"}, for_unit=True)
    assert (form.is_valid(), form.rule, "start_date" in form.fields) == (True, None, False)
    assert dict(form.fields["kind"].choices)["NONE"] == "Theo thời hạn chung của nhiệm vụ"  # type: ignore[attr-defined]


LAST = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("rule", "days", "remark"),
    [
        (None, [], "Nhiệm vụ không có ngày phải xong."),
        (
            EachPeriod("QUARTER", 3, 15),
            [
                ("Thứ Sáu, 13/06/2025", "thay cho Chủ nhật, 15/06/2025"),
                ("Thứ Hai, 15/09/2025", ""),
                ("Thứ Hai, 15/12/2025", ""),
                ("Thứ Sáu, 13/03/2026", "thay cho Chủ nhật, 15/03/2026; sau thời gian của kế hoạch"),
                ("Thứ Hai, 15/06/2026", "sau thời gian của kế hoạch"),
                ("Thứ Ba, 15/09/2026", "sau thời gian của kế hoạch"),
            ],
            "",
        ),
        (
            EachLunarYear(3, 10, "AFTER"),
            [
                (
                    "Thứ Ba, 28/04/2026",
                    "âm lịch 10/3 năm Bính Ngọ; thay cho Chủ nhật, 26/04/2026 (Giỗ Tổ Hùng Vương); "
                    "sau thời gian của kế hoạch",
                ),
            ],
            "",
        ),
        (
            OnDate(date(2025, 9, 2)),
            [("Thứ Sáu, 29/08/2025", "thay cho Thứ Ba, 02/09/2025 (Quốc khánh)")],
            "",
        ),
        (
            OnDate(date(2025, 6, 2)),
            [("Thứ Hai, 02/06/2025", "")],
            "Ngày này đã qua: công việc sẽ quá hạn ngay.",
        ),
        (OnDate(date(2030, 1, 2)), [("Thứ Tư, 02/01/2030", "")], ""),
        (OnDate(date(2101, 1, 1)), [], "Lịch làm việc không có ngày này."),
        (WorkingDaysAfter(DAY, 10), [("Thứ Năm, 26/06/2025", "")], ""),
    ],
    ids=str,
)
def test_preview_shows_the_next_days_with_what_is_to_know_about_them(
    rule: DeadlineRule | None, days: list[tuple[str, str]], remark: str
) -> None:
    shown = preview(rule, DAY, LAST)
    assert (shown.days[: len(days)], shown.remark) == (tuple(PreviewDay(*day) for day in days), remark)
    assert len(shown.days) == (6 if isinstance(rule, EachPeriod | EachLunarYear) else len(days))


def test_preview_of_a_rule_beyond_the_calendar_says_so() -> None:
    shown = preview(WorkingDaysAfter(date(2100, 12, 1), 1000), DAY, LAST)
    assert shown == Preview(
        "1000 ngày làm việc sau ngày 01/12/2100", (), "Lịch làm việc chỉ có từ 01/01/2014 đến 31/12/2100."
    )


LENGTHS: tuple[PeriodLength, ...] = ("MONTH", "QUARTER", "HALF_YEAR", "NINE_MONTHS", "YEAR")


def test_picker_offers_every_length_of_period() -> None:
    choices = [value for value, _label in DeadlineForm().fields["period"].choices]  # type: ignore[attr-defined]
    assert tuple(choices) == LENGTHS == tuple(MONTHS_IN)
