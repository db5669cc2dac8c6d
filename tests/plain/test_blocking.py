"""What holds up most: by hand, and that done things and circles do no harm."""

from __future__ import annotations

from khuevan.plain.blocking import Blocking, most_blocking

#  a → b → c, a → d;  e → d;  f → g → h → i
PAIRS = [("a", "b"), ("b", "c"), ("a", "d"), ("e", "d"), ("f", "g"), ("g", "h"), ("h", "i")]
STEPS = {"c": 2, "d": 1, "i": 4}


def test_things_are_counted_through_others_and_sorted_by_what_waits_then_by_steps():
    assert most_blocking(PAIRS, STEPS, 4) == [
        Blocking("f", 3, 4), Blocking("a", 3, 3), Blocking("g", 2, 4), Blocking("h", 1, 4),
    ]  # fmt: skip


def test_narrowing_looks_at_fewer_and_counts_the_same():
    assert most_blocking(PAIRS, STEPS, 5, among={"a", "c"}) == [Blocking("a", 3, 3)]


def test_thing_that_two_ways_lead_to_counts_once():
    assert most_blocking([(1, 2), (1, 3), (2, 4), (3, 4)], {4: 5}, 1) == [Blocking(1, 3, 5)]


def test_circle_is_survived():
    assert most_blocking([(1, 2), (2, 1)], {}, 5) == [Blocking(1, 1, 0), Blocking(2, 1, 0)]
