"""Deadlines in sentences, attribute lines and table cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.official_documents.document import Due, Period
from khuevan.plain.official_documents.phrases.deadlines import find_due, parse_due

YEAR_2025 = Period(date(2025, 1, 1), date(2025, 12, 31))
SIGNED = date(2025, 2, 19)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Hoàn thành trước ngày 15/11/2025.", Due("trước ngày 15/11/2025", date(2025, 11, 15), None)),
        (
            "gửi chậm nhất là ngày 20 tháng 12 năm 2025",
            Due("chậm nhất là ngày 20 tháng 12 năm 2025", date(2025, 12, 20), None),
        ),
        ("xong trước 30/6", Due("trước 30/6", date(2025, 6, 30), None)),
        ("Hoàn thành trong tháng 11/2025", Due("trong tháng 11/2025", date(2025, 11, 30), None)),
        ("trước tháng 6/2025", Due("trước tháng 6/2025", date(2025, 5, 31), None)),
        ("Tổ chức trong quý II/2025 hội nghị", Due("trong quý II/2025", date(2025, 6, 30), None)),
        ("Hoàn thành trong Quý III năm 2025", Due("trong Quý III năm 2025", date(2025, 9, 30), None)),
        ("hoàn thành trong năm 2025", Due("trong năm 2025", date(2025, 12, 31), None)),
        ("xây dựng giải pháp từ nay đến cuối năm", Due("từ nay đến cuối năm", date(2025, 12, 31), None)),
        ("thực hiện đến hết năm 2025", Due("đến hết năm 2025", date(2025, 12, 31), None)),
        (
            "Từ ngày 01/01/2026 đến ngày 31/3/2026 triển khai",
            Due("Từ ngày 01/01/2026 đến ngày 31/3/2026", date(2026, 3, 31), None),
        ),
        ("quan trắc từ tháng 3 đến tháng 10", Due("từ tháng 3 đến tháng 10", date(2025, 10, 31), None)),
        (
            "gửi kế hoạch trong thời hạn 10 ngày kể từ ngày nhận Kế hoạch này",
            Due("trong thời hạn 10 ngày kể từ ngày nhận Kế hoạch này", None, None),
        ),
        (
            "Báo cáo (qua Sở Nội vụ) khi tổng kết Đợt thi đua",
            Due("khi tổng kết Đợt thi đua", None, None),
        ),
        ("Định kỳ tổng hợp; định kỳ hằng quý báo cáo", Due("định kỳ hằng quý", None, "quarterly")),
        (
            "Định kỳ hằng năm (trước ngày 15 tháng 12) báo cáo",
            Due("Định kỳ hằng năm (trước ngày 15 tháng 12)", None, "yearly"),
        ),
        (
            "báo cáo trước ngày 15 của tháng cuối quý",
            Due("trước ngày 15 của tháng cuối quý", None, "quarterly"),
        ),
        ("gửi trước ngày 25 hằng tháng về Sở", Due("trước ngày 25 hằng tháng", None, "monthly")),
        ("báo cáo trước ngày 15/12 hằng năm", Due("trước ngày 15/12 hằng năm", None, "yearly")),
        ("báo cáo định kỳ 6 tháng, hằng năm", Due("định kỳ 6 tháng, hằng năm", None, "half-yearly")),
        ("giao ban vào thứ Sáu hằng tuần", Due("vào thứ Sáu hằng tuần", None, "weekly")),
        ("Thường xuyên rà soát kết quả hàng tuần", Due("hàng tuần", None, "weekly")),
        ("định kỳ hàng quí báo cáo", Due("định kỳ hàng quí", None, "quarterly")),
        ("tổ chức 01 lần/quý", Due("01 lần/quý", None, "quarterly")),
        ("Hằng năm, tổ chức kiểm tra", Due("Hằng năm", None, "yearly")),
        ("kiểm tra, đôn đốc thường xuyên, liên tục", Due("thường xuyên, liên tục", None, "continuous")),
        ("Thường xuyên rà soát", Due("Thường xuyên", None, "continuous")),
        ("chế độ báo cáo định kỳ và đột xuất", Due("định kỳ và đột xuất", None, None)),
        ("Thực hiện Nghị quyết số 47/NQ-CP ngày 15/4/2024 của Chính phủ", None),
        ("Triển khai Chương trình phòng, chống ma túy đến năm 2030", None),
        ("Tuyên truyền “Kế hoạch đến hết năm 2025” và các sự kiện năm 2025", None),
        ("bảo đảm chi thường xuyên và chi đầu tư", None),
        ("lập dự toán kinh phí hằng năm", None),
        ("xếp loại cán bộ hằng năm", None),
        ("kế hoạch hằng năm và từng giai đoạn", None),
        ("Lễ kỷ niệm ngày 30/4", None),
        ("các bệnh trước 01/01/2025 là tuyến huyện", None),
        ("vận hành thông suốt 24/7", None),
        ("", None),
    ],
)
def test_find_due_takes_only_deadlines_of_the_obligation(text: str, due: Due | None) -> None:
    assert find_due(text, period=YEAR_2025, signed=SIGNED) == due


@pytest.mark.parametrize(
    ("value", "day", "recurrence"),
    [
        ("Quý II/2025", date(2025, 6, 30), None),
        ("Quý I, II", date(2025, 6, 30), None),
        ("Quý II - III/2025", date(2025, 9, 30), None),
        ("Quý 3", date(2025, 9, 30), None),
        ("Tháng 5", date(2025, 5, 31), None),
        ("T5/2025", date(2025, 5, 31), None),
        ("5/2025", date(2025, 5, 31), None),
        ("Tháng 11 - 12/2025", date(2025, 12, 31), None),
        ("Tháng 3 - 10", date(2025, 10, 31), None),
        ("Trước 30/6", date(2025, 6, 30), None),
        ("Trước ngày 31/5/2026", date(2026, 5, 31), None),
        ("Từ ngày 01/01/2026 đến ngày 31/3/2026", date(2026, 3, 31), None),
        ("Từ tháng 11/2025 đến khi kết thúc Tổng kiểm kê", None, None),
        ("2025-2030", date(2030, 12, 31), None),
        ("Năm 2025", date(2025, 12, 31), None),
        ("Trước năm 2026", date(2025, 12, 31), None),
        ("Cả năm", date(2025, 12, 31), None),
        ("6 tháng cuối năm 2025", date(2025, 12, 31), None),
        ("6 tháng đầu năm", date(2025, 6, 30), None),
        ("Năm 2025 và các năm tiếp theo", None, None),
        ("Theo kế hoạch của Trung ương", None, None),
        ("Thường xuyên", None, "continuous"),
        ("Thường xuyên trong năm 2025", None, "continuous"),
        ("Hằng năm", None, "yearly"),
        ("Hàng quý, năm", None, "quarterly"),
        ("Hằng tháng (trước ngày 20)", None, "monthly"),
        ("Định kỳ, đột xuất", None, None),
    ],
)
def test_parse_due_reads_an_attribute_value(value: str, day: date | None, recurrence: str | None) -> None:
    due = parse_due(value + ".", period=YEAR_2025, signed=SIGNED)
    assert due is not None
    assert (due.text, due.date, due.recurrence) == (value, day, recurrence)


@pytest.mark.parametrize("value", ["", " - ", "…", "./."])
def test_parse_due_of_a_blank_cell_is_none(value: str) -> None:
    assert parse_due(value, period=YEAR_2025, signed=SIGNED) is None


def test_a_day_without_a_year_in_a_longer_plan_is_the_next_such_day() -> None:
    five_years = Period(date(2025, 1, 1), date(2030, 12, 31))
    assert parse_due("Trước 30/6", period=five_years, signed=date(2025, 11, 17)) == Due(
        "Trước 30/6", date(2026, 6, 30), None
    )


def test_a_day_without_any_year_known_gives_no_date() -> None:
    assert find_due("xong trước 30/6", period=None, signed=None) == Due("trước 30/6", None, None)


_WORDS = (
    "trước|ngày|15/11/2025|31/2|tháng|13|5|quý|IV|/2025|năm|0000|hằng|định kỳ|6 tháng|(|)|“|”|,|và|đến|từ"
    "|của tháng cuối quý|thường xuyên|từ nay đến hết năm|9999|trong vòng 3 ngày kể từ ngày"
)
_FRAGMENTS = st.lists(st.sampled_from(_WORDS.split("|"))).map(" ".join)


@given(_FRAGMENTS | st.text(), st.sampled_from([YEAR_2025, None]), st.sampled_from([SIGNED, None]))
def test_due_text_is_the_documents_own(text: str, period: Period | None, signed: date | None) -> None:
    for due in (find_due(text, period=period, signed=signed), parse_due(text, period=period, signed=signed)):
        assert due is None or due.text in text
