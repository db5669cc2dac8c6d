"""Whatever becomes of a document, there is structure or a clear refusal: never another error, never without end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuevan.plain.official_documents import UnreadableDocument, as_contract, read_bytes, read_file
from khuevan.plain.official_documents.source import Line, Source, Table
from khuevan.plain.official_documents.structure import read_source

from .samples import PUBLIC, own_documents

TEXTS = [path.read_text(encoding="utf-8-sig") for path in own_documents()]


def read(text: str) -> None:
    """Structure or a refusal, for any text."""
    try:
        document = read_bytes(text.encode("utf-8", "surrogatepass"), "van-ban.txt")
    except UnreadableDocument as refusal:
        assert str(refusal)
    else:
        assert set(as_contract(document)) >= {"tasks", "duties", "warnings"}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_prefix_of_a_document_is_read(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    read(text[: data.draw(st.integers(0, len(text)))])


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_document_with_lines_shuffled_or_deleted_is_read(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(TEXTS)).split("\n")
    kept = [
        line
        for line, keep in zip(
            lines, data.draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines))), strict=True
        )
        if keep
    ]
    read("\n".join(data.draw(st.permutations(kept)) if data.draw(st.booleans()) else kept))


MARKS = st.sampled_from(
    ["|", "**", "I.", "II.", "1.", "1.1.", "a)", "đ)", "- ", "+ ", "Điều 1.", "PHỤ LỤC", "KẾ HOẠCH", "QUYẾT ĐỊNH", "Nơi nhận:", "Căn cứ", "TT",
     "Nội dung", "Chủ trì", "Số: /KH-UBND", "TM. ỦY BAN", "GIÁM ĐỐC", "TỔ CHỨC THỰC HIỆN", "Thời gian:", "Kính gửi:", "V/v", "(để b/c)", "[1] ", "", "\u0301", "1/2025/QĐ-UBND"]
)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(MARKS, st.text(max_size=30)), max_size=40))
def test_marks_of_official_documents_in_any_order_are_read(lines: list[str]) -> None:
    read("\n".join(lines))


cells = st.lists(st.lists(st.one_of(MARKS, st.text(max_size=12)), max_size=6).map(tuple), max_size=6).map(
    tuple
)
blocks = st.lists(
    st.one_of(
        st.builds(
            Line, st.one_of(MARKS, st.text(max_size=40)), st.none(), st.sampled_from([None, True, False])
        ),
        st.builds(Table, cells),
    ),
    max_size=20,
).map(tuple)


@settings(max_examples=200, deadline=None)
@given(blocks, st.booleans(), st.sampled_from(["txt", "docx", "pdf"]))
def test_any_lines_and_tables_give_structure(
    given_blocks: tuple[Line | Table, ...], wrapped: bool, kind: str
) -> None:
    document = read_source(Source(kind, given_blocks, wrapped))  # type: ignore[arg-type]
    references = {task.ref for task in document.tasks} | {duty.ref for duty in document.duties}
    assert len(references) == len(document.tasks) + len(document.duties)


@pytest.mark.parametrize(
    "path", sorted(PUBLIC.glob("*")) if PUBLIC.is_dir() else [], ids=lambda path: path.name[:40]
)
def test_every_public_sample_is_read_or_clearly_refused(path: Path) -> None:
    try:
        document = read_file(path)
    except UnreadableDocument as refusal:
        assert "\n" not in str(refusal)
    else:
        assert document.paragraphs
