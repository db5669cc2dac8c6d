"""Reports as values for the tests of their text: one of a quarter by hand, any by Hypothesis."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from khuevan.plain.reporting.comparisons import Comparison
from khuevan.plain.reporting.report import Answered, Figure, Part, Report, Words

ISSUER = "Sở Văn hóa và Thể thao"
CITY = "Ủy ban nhân dân Thành phố"


def figure(value: Any, before: Any = None, last_year: Any = None, plan: Any = None, **given: Any) -> Figure:
    """Stories of the period, held against what is given."""

    def number(raw: Any) -> Decimal | None:
        return None if raw is None else Decimal(raw)

    fields: dict[str, Any] = {
        "code": "tin_bai", "name": "Tin, bài đã đăng", "unit": "tin, bài", "type": "COUNT", **given,
    }  # fmt: skip
    fields["year_sum"] = number(fields.get("year_sum"))
    return Figure(comparison=Comparison(*map(number, (value, before, last_year, plan))), **fields)


def report(*figures: Figure, **given: Any) -> Report:
    """The second quarter of 2025 with one part of these figures; all 45 units sent."""
    fields: dict[str, Any] = {
        "title": "Báo cáo công tác thông tin đối ngoại quý II năm 2025",
        "period": "Quý II năm 2025",
        "first": date(2025, 3, 15),
        "last": date(2025, 6, 14),
        "parts": (Part("Truyền thông đối ngoại", "", figures),),
        "unit_count": 45,
        "missing_units": (),
        "period_before": "Quý I năm 2025",
        "period_last_year": "Quý II năm 2024",
        **given,
    }
    return Report(**fields)


def wards(count: int) -> tuple[str, ...]:
    """Names of so many wards."""
    return tuple(f"Phường {number}" for number in range(1, count + 1))


_names = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)
_english = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:-–()%&é", max_size=300)
_some_names = st.lists(_names, max_size=12).map(tuple)
_numbers = st.one_of(
    st.none(),
    st.just(Decimal(0)),
    st.decimals(min_value=-(10**12), max_value=10**15, places=2),
    st.integers(0, 10**4).map(lambda number: Decimal(number) * 10**6),
)
_words = st.lists(st.builds(Words, _names, st.text(max_size=200)), max_size=3).map(tuple)


@st.composite
def any_figure(draw: Any, place: int) -> Figure:
    """A figure that may lack anything; its code says its place."""
    kind = draw(st.sampled_from(("COUNT", "DECIMAL", "MONEY", "PERCENT")))
    return Figure(
        code=f"chi_tieu_{place}",
        name=draw(_names),
        unit=draw(st.sampled_from(("", "đồng", "%", "tin, bài", "triệu đồng", "lượt người"))),
        type=kind,
        comparison=Comparison(*(draw(_numbers) for _ in range(4))),
        year_sum=draw(_numbers),
        missing=draw(_some_names),
        in_chart=draw(st.booleans()),
        english_name=draw(_english),
        english_unit=draw(st.one_of(st.just(""), _english)),
    )


@st.composite
def any_report(draw: Any) -> Report:
    """A report of any size, with words of any letters and figures that may lack anything."""
    parts = []
    place = 0
    for _ in range(draw(st.integers(0, 3))):
        count = draw(st.integers(0, 4))
        figures = tuple(draw(any_figure(place + number)) for number in range(count))
        place += count
        rows = draw(
            st.lists(
                st.tuples(_names, st.tuples(*(_numbers for _ in range(count)))), max_size=4 if count else 0
            )
        )
        asked = draw(st.lists(st.builds(Answered, _names, _words), max_size=2))
        parts.append(Part(draw(_names), draw(_names), figures, tuple(asked), tuple(rows), draw(_names)))
    first = draw(st.dates(date(2019, 3, 12), date(2090, 1, 1)))
    with_period = draw(st.booleans())
    return Report(
        title=draw(_names),
        period="Quý II năm 2025" if with_period else "",
        first=first,
        last=first + timedelta(days=draw(st.integers(0, 400))),
        parts=tuple(parts),
        unit_count=draw(st.integers(0, 200)),
        missing_units=draw(_some_names),
        period_before="Quý I năm 2025" if with_period else "",
        period_last_year=draw(st.sampled_from(("Quý II năm 2024", "Quý I năm 2025"))) if with_period else "",
        plan_title=draw(_names),
        opening=draw(st.text(max_size=200)),
        assessment=draw(st.text(max_size=200)),
        next_steps=draw(st.text(max_size=200)),
        difficulties=draw(_words),
        proposals=draw(_words),
        corrects=draw(_names),
        correction_reason=draw(_names),
        english_title=draw(_english),
    )
