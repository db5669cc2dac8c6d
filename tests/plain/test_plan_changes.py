"""What an amended plan changes."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.likeness import likeness, words
from khuevan.plain.official_documents.document import Due, Duty, OfficialDocument, Task
from khuevan.plain.plan_changes import (
    LEAST_LIKENESS,
    LEAST_SCORE,
    SAME_PLACE,
    Change,
    PlanChanges,
    plan_changes,
    word_difference,
)

TEXTS = (
    "Tổ chức tập huấn, bồi dưỡng nghiệp vụ cho cán bộ phụ trách công tác thông tin đối ngoại",
    "Phối hợp với Thông tấn xã Việt Nam theo dõi và tổng hợp dư luận báo chí nước ngoài",
    "Đẩy mạnh thông tin đối ngoại thông qua các hoạt động trang trí, cổ động trực quan",
    "Duy trì và nâng cao chất lượng của trang tiếng Anh trên Cổng thông tin điện tử",
)


def document(tasks: list[Task], duties: list[Duty] | None = None) -> OfficialDocument:
    """A document that holds nothing but these tasks and duties."""
    return OfficialDocument(
        type="Kế hoạch", number=None, symbol=None, parent_body=None, issuer=None, place=None, date=None,
        title=None, period=None, legal_bases=(), references=(), sections=(), tasks=tuple(tasks),
        duties=tuple(duties or ()), funding=None, reporting=(), recipients=(), signatory=None, warnings=(),
    )  # fmt: skip


def task(number: int, text: str, due: Due | None = None) -> Task:
    return Task(f"II.1.-{number}", text, (), (), due)


def duty(number: int, unit: str, text: str) -> Duty:
    return Duty(f"IV.{number}", unit, text, "carry-out", (), None, ())


def numbered(texts: list[str]) -> OfficialDocument:
    return document([task(place, text) for place, text in enumerate(texts, 1)])


def test_an_inserted_task_renames_none_of_those_that_follow() -> None:
    old = numbered(list(TEXTS))
    new = numbered([TEXTS[0], "Xây dựng ấn phẩm giới thiệu Hà Nội bằng tiếng Pháp", *TEXTS[1:]])

    assert plan_changes(old, new).tasks == (
        Change("unchanged", 0, 0),
        Change("added", None, 1),
        Change("unchanged", 1, 2),
        Change("unchanged", 2, 3),
        Change("unchanged", 3, 4),
    )


def test_a_dropped_task_stands_where_it_stood() -> None:
    assert plan_changes(numbered(list(TEXTS)), numbered([*TEXTS[1:]])).tasks == (
        Change("dropped", 0, None),
        Change("unchanged", 1, 0),
        Change("unchanged", 2, 1),
        Change("unchanged", 3, 2),
    )


def test_a_reworded_task_is_the_same_task_changed() -> None:
    old = numbered(list(TEXTS))
    new = numbered([TEXTS[1], TEXTS[0] + " của các xã, phường trên địa bàn Thành phố", *TEXTS[2:]])

    assert plan_changes(old, new).tasks == (
        Change("unchanged", 1, 0),
        Change("changed", 0, 1, ("text",)),
        Change("unchanged", 2, 2),
        Change("unchanged", 3, 3),
    )


def test_a_new_deadline_is_a_change_without_new_words() -> None:
    due = Due("trước ngày 15/11/2025", date(2025, 11, 15), None)
    changes = plan_changes(document([task(1, TEXTS[0])]), document([task(1, TEXTS[0], due)]))

    assert changes == PlanChanges((Change("changed", 0, 0, ("due",)),), ())


def test_the_same_words_under_two_units_stay_with_their_units() -> None:
    report = "Tổng hợp, báo cáo kết quả thực hiện"
    old = document([], [duty(1, "Văn phòng Sở", report), duty(2, "Phòng Truyền thông số", report)])
    new = document([], [duty(1, "Phòng Truyền thông số", report), duty(2, "Văn phòng Sở", report)])

    assert plan_changes(old, new).duties == (Change("unchanged", 1, 0), Change("unchanged", 0, 1))


def test_a_duty_given_to_another_unit_is_changed_not_new() -> None:
    old = document([], [duty(1, "Văn phòng Sở", TEXTS[3])])
    new = document([], [duty(1, "Phòng Truyền thông số", TEXTS[3])])

    assert plan_changes(old, new).duties == (Change("changed", 0, 0, ("unit",)),)


def test_another_dash_in_the_unit_s_name_is_no_change() -> None:
    old = document([], [duty(1, "Phòng Tổ chức - Pháp chế", TEXTS[0])])
    new = document([], [duty(1, "Phòng Tổ chức – Pháp chế", TEXTS[0])])

    assert plan_changes(old, new).nothing


WORDS = st.sampled_from(
    ["thông", "tin", "đối", "ngoại", "báo", "cáo", "tập", "huấn", "Hà", "Nội", "sự", "kiện", "quý", "biển"]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
PLANS = st.lists(SENTENCES, max_size=12).map(numbered)


@given(PLANS)
def test_a_plan_held_against_itself_has_no_changes(plan: OfficialDocument) -> None:
    assert plan_changes(plan, plan).nothing


@given(PLANS, PLANS)
def test_every_old_and_every_new_task_appears_once(old: OfficialDocument, new: OfficialDocument) -> None:
    changes = plan_changes(old, new).tasks

    assert [c.after for c in changes if c.after is not None] == list(range(len(new.tasks)))
    assert sorted(c.before for c in changes if c.before is not None) == list(range(len(old.tasks)))
    for change in changes:
        assert change.kind == (
            "added" if change.before is None
            else "dropped" if change.after is None
            else "changed" if change.fields
            else "unchanged"
        )  # fmt: skip


def slow_pairs(old: OfficialDocument, new: OfficialDocument) -> set[tuple[int, int]]:
    """Which old task is which new one, said as plainly as possible: every pair is looked at."""
    pairs: dict[int, int] = {}
    for same in (lambda a, b: (a.text, a.ref) == (b.text, b.ref), lambda a, b: a.text == b.text):
        for i, before in enumerate(old.tasks):
            for j, after in enumerate(new.tasks):
                if i not in pairs and j not in pairs.values() and same(before, after):
                    pairs[i] = j
    settled = dict(pairs)

    def expected(i: int) -> int:
        earlier = [k for k in settled if k < i]
        return settled[max(earlier)] + i - max(earlier) if earlier else i

    scored = []
    for i, before in enumerate(old.tasks):
        for j, after in enumerate(new.tasks):
            alike = likeness(words(before.text), words(after.text))
            score = alike + (SAME_PLACE if before.ref == after.ref else 0)
            if alike >= LEAST_LIKENESS and score >= LEAST_SCORE:
                scored.append((-score, abs(expected(i) - j), i, j))
    for _, _, i, j in sorted(scored):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return set(pairs.items())


@given(PLANS, PLANS)
def test_the_pairs_are_those_of_the_slow_reference(old: OfficialDocument, new: OfficialDocument) -> None:
    found = {
        (c.before, c.after)
        for c in plan_changes(old, new).tasks
        if c.before is not None and c.after is not None
    }

    assert found == slow_pairs(old, new)


@given(PLANS, st.randoms(use_true_random=False))
def test_reordering_alone_changes_no_task(plan: OfficialDocument, random: object) -> None:
    shuffled = list(plan.tasks)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    changes = plan_changes(plan, dataclasses.replace(plan, tasks=tuple(shuffled)))

    assert Counter(c.kind for c in changes.tasks) == Counter({"unchanged": len(shuffled)} if shuffled else {})


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("Báo cáo hằng quý", "Báo cáo hằng quý", [("same", "Báo cáo hằng quý")]),
        (
            "Báo cáo hằng quý về Sở",
            "Báo cáo hằng tháng về Sở",
            [("same", "Báo cáo hằng "), ("dropped", "quý"), ("added", "tháng"), ("same", " về Sở")],
        ),
        (
            "theo dõi và",
            "theo dõi, phân tích và",
            [("same", "theo dõi"), ("added", ", phân tích"), ("same", " và")],
        ),
        ("một hai", "ba bốn", [("dropped", "một hai"), ("added", "ba bốn")]),
        ("", "mới", [("added", "mới")]),
    ],
)
def test_the_difference_is_told_word_by_word(
    before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    assert [(part.kind, part.text) for part in word_difference(before, after)] == expected


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_parts_make_up_both_texts(before: str, after: str) -> None:
    parts = word_difference(before, after)

    assert "".join(part.text for part in parts if part.kind != "added") == before
    assert "".join(part.text for part in parts if part.kind != "dropped") == after


def test_a_very_long_text_is_shown_as_replaced_whole() -> None:
    before, after = "một " * 4000, "hai " * 4000

    assert [part.kind for part in word_difference(before, after)] == ["dropped", "added"]
