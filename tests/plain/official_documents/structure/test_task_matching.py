"""Which task a duty probably carries out, against the same measure written slowly."""

from __future__ import annotations

import itertools
import math
import re

from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.folding import fold
from khuevan.plain.official_documents.structure import task_matching
from khuevan.plain.official_documents.structure.task_matching import proposed_tasks

TASKS = [
    "Tổ chức tập huấn nghiệp vụ cho cán bộ phụ trách thông tin đối ngoại",
    "Quảng bá hình ảnh Thủ đô trên nền tảng Vietnam.vn và bản đồ số các sự kiện",
    "Trang trí, cổ động trực quan tại các sự kiện lớn của Thủ đô",
]


def test_the_task_that_shares_most_rare_words_is_first() -> None:
    duties = [
        "Thực hiện thông tin qua trang trí, cổ động trực quan tại sự kiện lớn",
        "Chủ trì mở lớp tập huấn, bồi dưỡng nghiệp vụ cho cán bộ",
        "Bố trí kinh phí",
    ]
    assert proposed_tasks(duties, TASKS) == [(2,), (0,), ()]


def test_nothing_is_proposed_without_tasks() -> None:
    assert proposed_tasks(["Mở lớp"], []) == [()]
    assert proposed_tasks([], TASKS) == []


def slow(duties: list[str], tasks: list[str]) -> list[tuple[int, ...]]:
    """The cosine of weighted sets of words and pairs, written as its definition reads."""

    def terms(text: str) -> set[str]:
        words = re.findall(r"[^\W_]+", fold(text))
        single = {word for word in words if word not in task_matching._COMMON}
        return single | {f"{a} {b}" for a, b in itertools.pairwise(words)}

    everything = [terms(text) for text in [*tasks, *duties]]

    def weight(term: str) -> float:
        return math.log((1 + len(everything)) / sum(term in other for other in everything))

    def likeness(one: set[str], two: set[str]) -> float:
        norms = math.sqrt(sum(weight(t) ** 2 for t in one)) * math.sqrt(sum(weight(t) ** 2 for t in two))
        return sum(weight(t) ** 2 for t in one & two) / norms if norms else 0.0

    result = []
    for duty in duties:
        ranked = sorted(((-round(likeness(terms(duty), terms(task)), 9), i) for i, task in enumerate(tasks)))
        kept = [i for score, i in ranked if -score >= task_matching.LEAST_LIKENESS]
        result.append(tuple(kept[: task_matching.MOST_PROPOSED]))
    return result


sentences = st.lists(
    st.sampled_from(
        [
            "tập",
            "huấn",
            "cán",
            "bộ",
            "Thủ",
            "đô",
            "sự",
            "kiện",
            "trang",
            "trí",
            "của",
            "và",
            "phim",
            "sách",
            "ảnh",
        ]
    ),
    max_size=8,
).map(" ".join)


@given(st.lists(sentences, max_size=5), st.lists(sentences, max_size=6))
def test_proposals_agree_with_the_slow_measure(duties: list[str], tasks: list[str]) -> None:
    assert proposed_tasks(duties, tasks) == slow(duties, tasks)
