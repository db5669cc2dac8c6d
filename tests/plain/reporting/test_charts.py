"""Bars measured in the picture that is drawn."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from PIL import Image, ImageStat

from khuevan.plain.reporting.charts import BarChart, Group, bars_png, printed

MISSING = "chưa có số liệu"


def drawn(chart: BarChart) -> Image.Image:
    return Image.open(io.BytesIO(bars_png(chart))).convert("L")


def runs_of(picture: Image.Image, row: int) -> list[tuple[int, int]]:
    """The dark runs of one row of points, as (first, length)."""
    found: list[tuple[int, int]] = []
    start = None
    for x in range(picture.width):
        dark = picture.getpixel((x, row)) < 80
        if dark and start is None:
            start = x
        if not dark and start is not None:
            found.append((start, x - start))
            start = None
    return found


def longest_bars(picture: Image.Image) -> list[int]:
    """The lengths of the solid bars from top to bottom, in points of the picture."""
    lengths: list[int] = []
    inside = False
    for row in range(picture.height):
        longest = max((length for _first, length in runs_of(picture, row)), default=0)
        if longest > 60 and not inside:
            lengths.append(longest)
        inside = longest > 60
    return lengths


def test_bars_are_as_long_as_their_figures():
    chart = BarChart(
        ("Quý III/2025",),
        (
            Group("Tin tiếng Anh", (Decimal(200),)),
            Group("Tin tiếng Pháp", (Decimal(100),)),
            Group("Khác", (Decimal(50),)),
        ),
        "tin",
        MISSING,
    )
    whole, half, quarter = longest_bars(drawn(chart))
    assert abs(half * 2 - whole) <= 8
    assert abs(quarter * 4 - whole) <= 16


def test_groups_on_scales_of_their_own_fill_the_room_each():
    groups = (Group("Tin", (Decimal(200),)), Group("Phim", (Decimal(4),), "phim"))
    shared = longest_bars(drawn(BarChart(("Q",), groups, "", MISSING)))
    own = longest_bars(drawn(BarChart(("Q",), groups, "", MISSING, own_scales=True)))
    # On the common scale the second bar is too short to be told from its axis.
    assert len(shared) == 1
    assert len(own) == 2
    assert abs(own[0] - own[1]) <= 8


def test_chart_is_a_hundred_and_sixty_millimetres_wide_and_grows_with_its_groups():
    one = drawn(BarChart(("A",), (Group("x", (Decimal(1),)),), "", MISSING))
    three = drawn(BarChart(("A",), tuple(Group("x", (Decimal(1),)) for _ in range(3)), "", MISSING))
    assert one.width == three.width == round(160 / 25.4 * 200)
    assert three.height > one.height * 2


def test_series_differ_without_colour():
    groups = (Group("Tin, bài", (Decimal(100), Decimal(100), Decimal(100))),)
    picture = drawn(BarChart(("Kỳ này", "Kỳ trước", "Cùng kỳ"), groups, "", MISSING))
    # The three bars stand above the margin of 2 mm and the axis's 0.6 mm, 4.4 mm each.
    millimetre = 200 / 25.4
    axis = picture.width * 62 // 160

    def shade(bar: int) -> float:
        middle = round(picture.height - (2.6 + (2.5 - bar) * 4.4) * millimetre)
        inside = picture.crop((axis, middle - 8, axis + 200, middle + 8))
        return ImageStat.Stat(inside).mean[0]

    dark, hatched, white = (shade(bar) for bar in range(3))
    assert dark < 70
    assert 130 < hatched < 235
    assert white > 245


def test_missing_figure_is_said_and_nothing_is_drawn_for_zero():
    picture = drawn(
        BarChart(
            ("A",),
            (Group("Đã có", (Decimal(10),)), Group("Chưa có", (None,)), Group("Không", (Decimal(0),))),
            "",
            MISSING,
        )
    )
    assert len(longest_bars(picture)) == 1


def test_charts_that_cannot_be_drawn_are_refused():
    with pytest.raises(ValueError, match="1 to 4 series"):
        bars_png(BarChart((), (Group("x", ()),), "", MISSING))
    with pytest.raises(ValueError, match="for each series"):
        bars_png(BarChart(("A", "B"), (Group("x", (Decimal(1),)),), "", MISSING))
    with pytest.raises(ValueError, match="begin at zero"):
        bars_png(BarChart(("A",), (Group("x", (Decimal(-1),)),), "", MISSING))


def test_names_are_words_and_never_code():
    name = '#panic("x") $x$ *đậm* _nghiêng_ <nhãn> @tham-chiếu \\ "'
    assert drawn(BarChart((name,), (Group(name, (Decimal(1),)),), name, name)).height > 10


@pytest.mark.parametrize(
    ("figure", "unit", "text"),
    [
        ("1234", "", "1.234"),
        ("1234567.50", "", "1.234.567,5"),
        ("0", "tin", "0 tin"),
        ("98.3", "%", "98,3%"),
        ("100", "%", "100%"),
    ],
)
def test_figures_are_printed_as_vietnamese_documents_do(figure, unit, text):
    assert printed(Decimal(figure), unit) == text
