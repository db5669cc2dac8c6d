"""What the programme's pages print, from plain values."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from khuevan.programme.lines import SectionLine, TaskLine, UnitName
from khuevan.programme.presenters.history import events
from khuevan.programme.presenters.overview import (
    Figures,
    figures,
    section_blocks,
    section_choices,
    sections_below,
)
from khuevan.programme.presenters.sentence import ContextParagraph, own_words, sentence_in_context
from khuevan.programme.presenters.task_table import columns, rows
from khuevan.programme.presenters.timeline import (
    SLOTS,
    Axis,
    axis_of,
    month_axis,
    month_name,
    quarter_axis,
    quarter_name,
    recurrence_days,
    when_in_words,
)
from khuevan.programme.presenters.wording import section_title, short_title
from khuevan.programme.task_criteria import COLUMNS, DEFAULT_COLUMNS, TaskCriteria, chosen_columns

TODAY = date(2025, 6, 15)
PRESS = UnitName(1, "Phòng Thông tin – Báo chí – Xuất bản", "TTBCXB")
DIGITAL = UnitName(2, "Phòng Truyền thông số")


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def a_task(pk: int, **values: object) -> TaskLine:
    return TaskLine(**{"pk": pk, "number": pk, "ref": f"II.{pk}", "text": f"Việc {pk}", **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ban hành kế hoạch.", "Ban hành kế hoạch"),
        (
            "Đẩy mạnh tuyên truyền về thành phố Hà Nội năm 2025; Kế hoạch tuyên truyền các nhiệm vụ khác.",
            "Đẩy mạnh tuyên truyền về thành phố Hà Nội năm 2025",
        ),
        (
            "Phối hợp với các cơ quan liên quan triển khai thực hiện Quy chế, vận hành và khai thác hệ thống "
            "thông tin cơ sở của toàn thành phố trong cả năm",
            "Phối hợp với các cơ quan liên quan triển khai thực hiện Quy chế…",
        ),
        # The first sentence says too little by itself.
        ("Tin, bài. Ảnh và video về Hà Nội", "Tin, bài. Ảnh và video về Hà Nội"),
        ("  hai\n dòng  ", "hai dòng"),
        ("", ""),
    ],
)
def test_short_title_is_the_first_sentence_or_the_words_up_to_a_pause(text: str, title: str) -> None:
    assert short_title(text) == title


@given(st.text(max_size=400), st.integers(20, 120))
def test_short_title_keeps_within_its_length_and_to_the_text(text: str, length: int) -> None:
    title = short_title(text, length)
    assert len(title) <= length + 1
    assert " ".join(text.split()).startswith(title.removesuffix("…").rstrip())


@pytest.mark.parametrize(
    ("label", "heading", "title"),
    [
        ("II", "NỘI DUNG", "II. NỘI DUNG"),
        ("a)", "Mục đích", "a) Mục đích"),
        ("-", "Một gạch", "Một gạch"),
        ("3", "", "3"),
        ("", "Không số", "Không số"),
    ],
)
def test_section_title_puts_label_and_heading_together(label: str, heading: str, title: str) -> None:
    assert section_title(label, heading) == title


def test_axis_of_a_leap_year_gives_each_day_a_slot_of_its_own() -> None:
    axis = Axis(date(2024, 1, 1), date(2024, 12, 31))
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
    assert [axis.line_before(day) for day in days] == list(range(1, 367))
    assert [axis.line_after(day) for day in days] == list(range(2, 368))


@given(
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    st.integers(1, 4000),
    st.lists(st.dates(date(1999, 1, 1), date(2055, 1, 1)), min_size=2, max_size=5),
)
def test_axis_keeps_days_in_order_and_inside(first: date, length: int, days: list[date]) -> None:
    axis = Axis(first, first + timedelta(days=length - 1))
    lines = [(axis.line_before(day), axis.line_after(day)) for day in sorted(days)]
    assert lines == sorted(lines)
    assert all(1 <= start < end <= SLOTS + 1 for start, end in lines)


def test_axis_of_a_year_has_quarters_over_months() -> None:
    axis = axis_of(date(2025, 1, 1), date(2025, 12, 31), [], TODAY)
    assert [part.label for part in axis.outer] == ["Quý I", "Quý II", "Quý III", "Quý IV"]
    assert [part.label for part in axis.inner] == [str(month) for month in range(1, 13)]
    # Headings touch: each begins where the one before it ends.
    assert [part.start for part in axis.inner[1:]] == [part.end for part in axis.inner[:-1]]
    assert (axis.inner[0].start, axis.inner[-1].end) == (1, SLOTS + 1)


def test_axis_grows_to_deadlines_outside_the_period() -> None:
    axis = axis_of(date(2025, 3, 1), date(2025, 12, 31), [date(2026, 2, 1)], TODAY)
    assert (axis.first, axis.last) == (date(2025, 3, 1), date(2026, 12, 31))
    assert axis.outer[-1].label == "2026"


def test_axis_without_a_period_is_the_year_of_the_deadlines_or_of_today() -> None:
    assert (axis_of(None, None, [date(2024, 5, 2)], TODAY).first) == date(2024, 1, 1)
    assert (axis_of(None, None, [], TODAY).last) == date(2025, 12, 31)


def test_axis_of_ten_years_has_years_alone() -> None:
    axis = axis_of(date(2021, 1, 1), date(2030, 12, 31), [], TODAY)
    assert (axis.outer, [part.label for part in axis.inner]) == (
        (),
        [str(year) for year in range(2021, 2031)],
    )


@pytest.mark.parametrize(
    ("recurrence", "words", "days"),
    [
        ("QUARTERLY", "định kỳ hằng quý", ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]),
        (
            "QUARTERLY",
            "trước ngày 15 của tháng cuối quý",
            ["2025-03-15", "2025-06-15", "2025-09-15", "2025-12-15"],
        ),
        ("HALF_YEARLY", "6 tháng một lần", ["2025-06-30", "2025-12-31"]),
        ("YEARLY", "hằng năm", ["2025-12-31"]),
        ("CONTINUOUS", "thường xuyên", []),
        ("", "", []),
        # A day with its month is a deadline, not a rule for every quarter.
        ("YEARLY", "trước ngày 15/11/2025", ["2025-12-31"]),
    ],
)
def test_recurrence_days_are_the_last_of_each_period_or_the_day_named(
    recurrence: str, words: str, days: list[str]
) -> None:
    found = recurrence_days(recurrence, words, date(2025, 1, 1), date(2025, 12, 31))
    assert [day.isoformat() for day in found] == days


def test_recurrence_days_of_months_keep_to_the_length_of_february() -> None:
    found = recurrence_days("MONTHLY", "trước ngày 30 hằng tháng", date(2025, 1, 10), date(2025, 3, 29))
    assert found == (date(2025, 1, 30), date(2025, 2, 28))


def test_axis_of_a_quarter_has_weeks_from_monday_under_months() -> None:
    axis = quarter_axis(date(2025, 11, 20))
    assert (axis.first, axis.last, quarter_name(axis.first)) == (
        date(2025, 10, 1), date(2025, 12, 31), "Quý IV/2025",
    )  # fmt: skip
    assert [part.label for part in axis.outer] == ["Tháng 10/2025", "Tháng 11/2025", "Tháng 12/2025"]
    # 1 October 2025 is a Wednesday: its week is cut.
    assert [part.label for part in axis.inner][:3] == ["01/10", "06/10", "13/10"]
    assert [part.start for part in axis.inner[1:]] == [part.end for part in axis.inner[:-1]]
    assert (axis.inner[0].start, axis.inner[-1].end) == (1, SLOTS + 1)


def test_axis_of_a_month_names_its_weeks_by_both_ends() -> None:
    axis = month_axis(date(2025, 11, 20))
    assert (axis.first, axis.last, month_name(axis.first)) == (
        date(2025, 11, 1), date(2025, 11, 30), "Tháng 11/2025",
    )  # fmt: skip
    assert [part.label for part in axis.inner] == [
        "01–02/11", "03–09/11", "10–16/11", "17–23/11", "24–30/11",
    ]  # fmt: skip
    # A week of one day has one name.
    assert month_axis(date(2025, 6, 3)).inner[0].label == "01/06"


def test_deadline_in_words_is_the_day_with_its_recurrence_or_the_plans_own_words() -> None:
    assert (
        when_in_words(a_task(1, due_date=date(2025, 1, 2), recurrence="QUARTERLY")) == "02/01/2025 · Hằng quý"
    )
    assert when_in_words(a_task(2, due_text="khi có yêu cầu")) == "khi có yêu cầu"
    decided = a_task(3, recurrence="QUARTERLY", decided_deadline="Thứ Sáu hằng tuần")
    assert (when_in_words(decided), decided.has_deadline) == ("Thứ Sáu hằng tuần", True)


SECTIONS = [
    SectionLine(10, None, "I", "MỤC ĐÍCH"),
    SectionLine(20, None, "II", "NỘI DUNG"),
    SectionLine(21, 20, "1", "Ban hành văn bản"),
    SectionLine(22, 20, "2", "Tuyên truyền"),
]


def test_section_blocks_hold_the_headings_with_tasks_in_the_plans_order() -> None:
    tasks = [a_task(1, section=21), a_task(2, section=22), a_task(3, section=22), a_task(4)]
    assert [
        (block.title, block.depth, block.level, block.count, [card.task.pk for card in block.cards])
        for block in section_blocks(SECTIONS, tasks)
    ] == [
        ("", 0, 2, 1, [4]),
        ("II. NỘI DUNG", 0, 2, 3, []),
        ("1. Ban hành văn bản", 1, 3, 1, [1]),
        ("2. Tuyên truyền", 1, 3, 2, [2, 3]),
    ]


def test_sections_below_takes_a_heading_with_all_under_it() -> None:
    assert sections_below(SECTIONS, 20) == {20, 21, 22}
    assert sections_below(reversed(SECTIONS), 20) == {20, 21, 22}
    assert sections_below(SECTIONS, 22) == {22}


def test_section_choices_are_the_headings_that_hold_tasks_indented() -> None:
    assert section_choices(SECTIONS, [21, None]) == [
        (20, "II. NỘI DUNG"),
        (21, "\u00a0\u00a0\u00a01. Ban hành văn bản"),
    ]


def test_figures_count_each_task_once_and_each_unit_once() -> None:
    tasks = [
        a_task(1, lead=PRESS, supports=(DIGITAL,), recurrence="QUARTERLY"),
        a_task(2, lead=PRESS, due_date=TODAY, due_text="x"),
        a_task(3),
    ]
    assert figures(tasks) == Figures(tasks=3, with_lead=2, without_lead=1, with_deadline=2, units=2)


PARAGRAPHS = ["II. NỘI DUNG", "", "Trước. Câu của nhiệm vụ; sau.", "và nối sang đây. Hết", " ", "Đoạn cuối"]


def test_sentence_in_context_marks_its_words_and_skips_empty_neighbours() -> None:
    place = {"paragraph": 2, "start": 7, "last_paragraph": 3, "end": 16}
    parts = sentence_in_context(PARAGRAPHS, place)
    assert parts == (
        ContextParagraph(0, "II. NỘI DUNG", "", ""),
        ContextParagraph(2, "Trước. ", "Câu của nhiệm vụ; sau.", ""),
        ContextParagraph(3, "", "và nối sang đây.", " Hết"),
        ContextParagraph(5, "Đoạn cuối", "", ""),
    )
    assert own_words(parts) == (
        ContextParagraph(2, "", "Câu của nhiệm vụ; sau.", ""),
        ContextParagraph(3, "", "và nối sang đây.", ""),
    )


@pytest.mark.parametrize("place", [None, {"paragraph": 9, "start": 0, "last_paragraph": 9, "end": 4}])
def test_sentence_in_context_without_a_place_in_the_text_is_empty(place: dict[str, int] | None) -> None:
    assert sentence_in_context(PARAGRAPHS, place) == ()


def test_sentence_in_context_cuts_long_neighbours_at_a_word() -> None:
    place = {"paragraph": 1, "start": 0, "last_paragraph": 1, "end": 3}
    before, _ = sentence_in_context(["một hai " * 80, "câu"], place)
    assert before.before.endswith(" hai…") or before.before.endswith(" một…")
    assert len(before.before) <= 261


def test_task_table_gives_values_not_texts_for_days_and_numbers() -> None:
    line = a_task(
        4,
        section=21,
        lead=PRESS,
        supports=(DIGITAL, PRESS),
        due_date=date(2025, 11, 15),
        due_text="trước ngày 15/11/2025",
        recurrence="QUARTERLY",
        partner_names=("VTV4", "VOV5"),
        duties=2,
    )
    assert rows([line, a_task(5, number=None)], COLUMNS, {21: "1. Ban hành"}) == [
        [
            4,
            "II.4",
            "Việc 4",
            "1. Ban hành",
            PRESS.name,
            f"{DIGITAL.name}; {PRESS.name}",
            date(2025, 11, 15),
            "trước ngày 15/11/2025",
            "Hằng quý",
            2,
            "VTV4; VOV5",
            "Đang hiệu lực",
        ],
        [None, "II.5", "Việc 5", "", "", "", None, "", "", 0, "", "Đang hiệu lực"],
    ]
    assert [column.label for column in columns(("number", "text"))] == ["STT", "Nhiệm vụ"]


def test_chosen_columns_keep_the_tables_order_and_always_the_task() -> None:
    assert chosen_columns(["state", "lead", "nonsense"]) == ("text", "lead", "state")
    assert chosen_columns([]) == DEFAULT_COLUMNS
    assert chosen_columns(["nonsense"]) == DEFAULT_COLUMNS


def test_criteria_narrow_unless_they_ask_for_all_tasks_in_force() -> None:
    assert not TaskCriteria(sort="-due", columns=("text",)).narrows
    assert TaskCriteria(words="lễ hội").narrows
    assert TaskCriteria(state="DROPPED").narrows


def entry(model: str, kind: str, batch: str, **changes: list[object]) -> SimpleNamespace:
    return SimpleNamespace(
        at=datetime(2025, 3, 11, 2, 30, tzinfo=UTC),
        by="Nguyễn Thị Kế Hoạch",
        verb="carry_out_import",
        kind=kind,
        changes=changes,
        batch=batch,
        target_type=SimpleNamespace(model=model),
    )


def test_history_tells_one_deed_as_sentences() -> None:
    entries = [
        entry("task", "CREATED", "a", text=[None, "Việc"], plan=[None, 1]),
        entry("dutytask", "CREATED", "a", duty=[None, 7], task=[None, 1]),
        entry("assignment", "CREATED", "a", unit=[None, 1], role=[None, "LEAD"]),
        entry("assignment", "CREATED", "a", unit=[None, 2], role=[None, "SUPPORT"]),
        entry("task", "CHANGED", "b", due_date=[None, "2025-11-15"], recurrence=["", "QUARTERLY"]),
        entry("task", "CHANGED", "b", text=["Việc cũ", "Việc mới"], ref=["II.1", "II.2"]),
        entry("task", "CHANGED", "c", dropped_in=[None, 2], state=["OPEN", "DROPPED"]),
    ]
    told = events(entries, {1: "Phòng A", 2: "Phòng B"}, {7: "IV.1.-2"})
    assert [(event.by, event.deed, event.sentences) for event in told] == [
        (
            "Nguyễn Thị Kế Hoạch",
            "Đưa vào chương trình từ tệp kế hoạch",
            (
                "Nhiệm vụ được đưa vào chương trình.",
                "Gắn với phân công IV.1.-2.",
                "Phòng A chủ trì.",
                "Phòng B phối hợp.",
            ),
        ),
        (
            "Nguyễn Thị Kế Hoạch",
            "Đưa vào chương trình từ tệp kế hoạch",
            (
                "Thời hạn: không có → 15/11/2025.",
                "Định kỳ: không có → Hằng quý.",
                "Lời văn của kế hoạch đổi từ “Việc cũ” thành “Việc mới”.",
            ),
        ),
        (
            "Nguyễn Thị Kế Hoạch",
            "Đưa vào chương trình từ tệp kế hoạch",
            ("Kế hoạch sửa đổi đã bỏ nhiệm vụ này.",),
        ),
    ]
