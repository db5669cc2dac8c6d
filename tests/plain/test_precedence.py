"""What waits for what: circles are found, and everything that waits is named, as a slow reference does."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.precedence import closes_a_circle, waiting_for

things = st.integers(0, 7)
pairs_of_things = st.lists(st.tuples(things, things), max_size=20)


def reached(pairs: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """All (first, last) with a way from one to the other, grown until nothing is added."""
    found = set(pairs)
    while True:
        further = {(a, d) for (a, b), (c, d) in product(found, found) if b == c} - found
        if not further:
            return found
        found |= further


@pytest.mark.parametrize(
    ("pairs", "before", "after", "closes"),
    [
        ([], 1, 2, False),
        ([], 1, 1, True),
        ([(1, 2)], 2, 1, True),
        ([(1, 2)], 1, 2, False),
        ([(1, 2), (2, 3), (3, 4)], 4, 1, True),
        ([(1, 2), (2, 3), (3, 4)], 1, 4, False),
        ([(1, 2), (3, 4)], 2, 3, False),
        # A circle elsewhere, put there by other means, is no circle of this one.
        ([(5, 6), (6, 5)], 1, 2, False),
    ],
)
def test_circle_is_closed_where_the_later_leads_to_the_earlier(
    pairs: list[tuple[int, int]], before: int, after: int, closes: bool
) -> None:
    assert closes_a_circle(pairs, before, after) is closes


@given(pairs_of_things, things, things)
def test_circles_are_those_of_the_slow_reference(
    pairs: list[tuple[int, int]], before: int, after: int
) -> None:
    assert closes_a_circle(pairs, before, after) == (before == after or (after, before) in reached(pairs))


@given(pairs_of_things)
def test_pairs_taken_one_by_one_never_make_anything_wait_for_itself(pairs: list[tuple[int, int]]) -> None:
    taken: list[tuple[int, int]] = []
    for before, after in pairs:
        if not closes_a_circle(taken, before, after):
            taken.append((before, after))
    assert not any(first == last for first, last in reached(taken))


@given(pairs_of_things)
def test_who_waits_is_whoever_the_slow_reference_reaches(pairs: list[tuple[int, int]]) -> None:
    expected: dict[int, set[int]] = {before: set() for before, _after in pairs}
    for first, last in reached(pairs):
        if first != last:
            expected[first].add(last)
    assert waiting_for(pairs) == expected


def test_a_chain_of_thousands_is_walked_without_recursion() -> None:
    chain = [(number, number + 1) for number in range(5000)]
    assert closes_a_circle(chain, 5000, 0)
    assert not closes_a_circle(chain, 0, 5000)
