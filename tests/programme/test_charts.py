"""The geometry of charts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.programme.presenters.charts import (
    LEAST_SHARE,
    Curve,
    Dot,
    Segment,
    Tick,
    curve,
    round_scale,
    stacked_bars,
)


def test_bars_share_one_scale_and_leave_out_what_is_not_there():
    assert stacked_bars([[("RED", 10), ("AMBER", 0), ("DONE", 30)], [("RED", 1), ("DONE", 9)], []]) == [
        [Segment("RED", 10, "0%", "25%", "12.5%"), Segment("DONE", 30, "25%", "75%", "62.5%")],
        [Segment("RED", 1, "0%", "2.5%", ""), Segment("DONE", 9, "2.5%", "22.5%", "13.75%")],
        [],
    ]


def test_bars_of_shares_each_fill_the_width():
    assert stacked_bars([[("RED", 1)], [("RED", 1), ("DONE", 1)]], share=True) == [
        [Segment("RED", 1, "0%", "100%", "50%")],
        [Segment("RED", 1, "0%", "50%", "25%"), Segment("DONE", 1, "50%", "50%", "75%")],
    ]


def test_single_one_among_thousands_can_still_be_seen():
    assert stacked_bars([[("RED", 1), ("DONE", 4999)]]) == [
        [Segment("RED", 1, "0%", "0.8%", ""), Segment("DONE", 4999, "0.8%", "99.2%", "50.4%")],
    ]


counts = st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 5000)), max_size=4)


@given(st.lists(counts, max_size=6))
def test_segments_follow_each_other_within_the_width(rows):
    for row, segments in zip(rows, stacked_bars(rows), strict=True):
        assert [(s.code, s.count) for s in segments] == [part for part in row if part[1]]
        end = 0.0
        for segment in segments:
            assert float(segment.x[:-1]) == pytest.approx(end, abs=0.02)
            assert float(segment.width[:-1]) >= LEAST_SHARE * 100 - 0.01
            end = float(segment.x[:-1]) + float(segment.width[:-1])
        assert end <= 100.05


def test_curve_places_values_between_zero_and_a_round_number():
    assert curve([10, 0, 20], top=10, height=100) == Curve(
        line="M0.0 500.0 L500.0 1000.0 L1000.0 0.0",
        area="M0.0 500.0 L500.0 1000.0 L1000.0 0.0 L1000 1000 L0 1000 Z",
        top="10",
        height="100",
        dots=(Dot("0%", "60.0", 10), Dot("50%", "110.0", 0), Dot("100%", "10.0", 20)),
        ticks=(Tick("110.0", 0), Tick("85.0", 5), Tick("60.0", 10), Tick("35.0", 15), Tick("10.0", 20)),
    )


def test_curve_of_nothing_lies_on_the_ground():
    found = curve([0, 0], top=0, height=50)
    assert [dot.y for dot in found.dots] == ["50.0", "50.0"]
    assert curve([], top=0, height=50).line == ""


@pytest.mark.parametrize(
    ("largest", "scale"),
    [(0, (0, 1)), (1, (0, 1)), (3, (0, 1, 2, 3)), (4, (0, 1, 2, 3, 4)), (5, (0, 2, 4, 6)), (47, (0, 20, 40, 60)),
     (892, (0, 500, 1000)), (20_000, (0, 5_000, 10_000, 15_000, 20_000))],
)  # fmt: skip
def test_scale_is_of_round_numbers(largest, scale):
    assert round_scale(largest) == scale


@given(st.integers(1, 10**7))
def test_scale_reaches_the_largest_within_a_step(largest):
    scale = round_scale(largest)
    assert scale[-2] < largest <= scale[-1]
    assert len(scale) <= 5
