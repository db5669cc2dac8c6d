"""Bold and italics typed in a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.official_documents.writing.composition import Run
from khuevan.plain.official_documents.writing.marks import joined_runs, marked, runs_of

RUNS = st.lists(
    st.builds(Run, text=st.text(alphabet="aĐ *_\\", max_size=6), bold=st.booleans(), italic=st.booleans()),
    max_size=6,
)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", ()),
        ("Sở Văn hóa và Thể thao", (Run("Sở Văn hóa và Thể thao"),)),
        ("trước **ngày 15** tháng 6", (Run("trước "), Run("ngày 15", bold=True), Run(" tháng 6"))),
        ("__Ghi chú__: 5 * 3", (Run("Ghi chú", italic=True), Run(": 5 * 3"))),
        ("**__cả hai__**", (Run("cả hai", bold=True, italic=True),)),
        (r"hai sao \*\* và \\", (Run("hai sao ** và \\"),)),
        ("một ** không đóng", (Run("một ** không đóng"),)),
        ("Họ tên: ______", (Run("Họ tên: ______"),)),
        ("ttdn_hn@hanoi.gov.vn", (Run("ttdn_hn@hanoi.gov.vn"),)),
        (r"C:\thu-muc", (Run(r"C:\thu-muc"),)),
    ],
)
def test_runs_of_reads_marks_and_leaves_other_signs(text: str, runs: tuple[Run, ...]) -> None:
    assert runs_of(text) == runs


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ((Run("* Ghi chú"),), "* Ghi chú"),
        ((Run("a_b", italic=True), Run(" c")), "__a_b__ c"),
        ((Run("*", bold=True),), r"**\***"),
        ((Run("______"),), "______"),
    ],
)
def test_marked_escapes_no_more_than_is_needed(runs: tuple[Run, ...], text: str) -> None:
    assert marked(runs) == text


@given(RUNS)
def test_marked_text_says_the_same_runs(runs: list[Run]) -> None:
    assert runs_of(marked(runs)) == joined_runs(runs)


@given(st.text(alphabet="ab *_\\", max_size=30))
def test_any_text_is_read_and_written_alike(text: str) -> None:
    runs = runs_of(text)
    assert runs == joined_runs(runs)
    assert runs_of(marked(runs)) == runs
