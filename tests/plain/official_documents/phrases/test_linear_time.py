"""No text, however hostile, takes more than time in proportion to its length."""

import time
from collections.abc import Callable

import pytest

from khuevan.plain.money import find_amounts
from khuevan.plain.official_documents.phrases.dates import document_period, find_dates
from khuevan.plain.official_documents.phrases.deadlines import find_due, parse_due
from khuevan.plain.official_documents.phrases.partners import find_partners, split_bodies
from khuevan.plain.official_documents.phrases.references import find_references, split_legal_bases
from khuevan.plain.official_documents.phrases.reports import report_order

READERS: dict[str, Callable[[str], object]] = {
    "find_references": find_references,
    "split_legal_bases": split_legal_bases,
    "find_dates": find_dates,
    "document_period": lambda text: document_period(text, text, None),
    "find_due": lambda text: find_due(text, period=None, signed=None),
    "parse_due": lambda text: parse_due(text, period=None, signed=None),
    "find_partners": find_partners,
    "split_bodies": split_bodies,
    "report_order": report_order,
    "find_amounts": find_amounts,
}
REPEATS = (
    "số 1/QĐ-UBND ngày 1/1/2025 của ",
    "Luật A và ",
    "phối hợp với các sở, ban, ngành, ",
    "giao Sở A chủ trì ",
    "hằng quý, ",
    "để tổng hợp, báo cáo UBND tỉnh ",
    "“",
    "( ",
    " ",
    "1.111.",
    "Ban Chỉ đạo công tác ",
)
LENGTH = 200_000
# Quadratic readers took minutes here; the slowest takes about two seconds on one idle core.
SECONDS = 30.0


@pytest.mark.parametrize("name", READERS)
def test_a_line_of_hostile_repeats_is_read_in_linear_time(name: str) -> None:
    for repeat in REPEATS:
        text = (repeat * (LENGTH // len(repeat) + 1))[:LENGTH] + "Z"
        started = time.perf_counter()
        READERS[name](text)
        assert time.perf_counter() - started < SECONDS, repeat
