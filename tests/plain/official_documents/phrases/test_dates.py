"""Days and the period of a plan."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.official_documents.document import Period
from khuevan.plain.official_documents.phrases.dates import document_period, find_dates


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ngày 17/8/2020 của UBND", [date(2020, 8, 17)]),
        ("ngày 31 tháng 10 năm 2024", [date(2024, 10, 31)]),
        ("từ 01/ 7/2025 đến 5-9-2025 và 2.9.2025", [date(2025, 7, 1), date(2025, 9, 5), date(2025, 9, 2)]),
        ("ngày 31/6/2025", []),
        ("16/2020/QĐ-UBND, 17/8/20205, tháng 8/2020", []),
    ],
)
def test_find_dates_gives_whole_days(text: str, days: list[date]) -> None:
    assert [found.date for found in find_dates(text)] == days


def _years(first: int, last: int) -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31))


@pytest.mark.parametrize(
    ("title", "sentence", "period"),
    [
        ("Tổ chức triển khai các hoạt động thông tin đối ngoại năm 2025", None, _years(2025, 2025)),
        ("Phát triển văn hóa giai đoạn 2025 - 2030", None, _years(2025, 2030)),
        ("CHƯƠNG TRÌNH “MẦM NON GIAI ĐOẠN 2025 - 2035, ĐỊNH HƯỚNG ĐẾN NĂM 2045”", None, _years(2025, 2035)),
        ("PHÒNG, CHỐNG MA TÚY ĐẾN NĂM 2030", None, None),
        ("PHÒNG, CHỐNG MA TÚY ĐẾN NĂM 2030", "Từ năm 2025 đến hết năm 2030", _years(2025, 2030)),
        ("KIỂM KÊ TÀI SẢN THỜI ĐIỂM 0H00 NGÀY 01 THÁNG 01 NĂM 2026", None, None),
        (
            "Diễn đàn “Thủ đô giai đoạn 2021-2025”",
            "Dự kiến từ tháng 10 đến 31/12/2020",
            Period(date(2020, 10, 1), date(2020, 12, 31)),
        ),
        ("Chiến dịch", "từ ngày 01/3/2025 đến ngày 30/6/2025", Period(date(2025, 3, 1), date(2025, 6, 30))),
        ("Thi đua", "Từ tháng 10/2025 đến khi tổ chức thành công Đại hội", None),
        (None, "ban hành Kế hoạch năm 2026 như sau", _years(2026, 2026)),
        (None, None, None),
    ],
)
def test_document_period_is_what_the_plan_covers(
    title: str | None, sentence: str | None, period: Period | None
) -> None:
    assert document_period(title, sentence, date(2025, 11, 17)) == period


@given(st.text(), st.text())
def test_document_period_never_ends_before_it_begins(title: str, sentence: str) -> None:
    period = document_period(title, sentence, None)
    assert period is None or period.first <= period.last
