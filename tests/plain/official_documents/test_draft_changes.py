"""The difference of two versions: nothing is lost, nothing invented, and a renumbered line is no rewritten one."""

from __future__ import annotations

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.plain.official_documents.document import Recipient
from khuevan.plain.official_documents.draft_changes import (
    Line,
    LineChange,
    Piece,
    changed_only,
    changes,
    line_changes,
    lines_of,
    word_pieces,
)
from khuevan.plain.official_documents.writing.composition import Composition, Section, paragraph
from tests.plain.official_documents.writing.compositions import compositions

words = st.text(alphabet="ab ,.đĐ\n1", max_size=40)
lines = st.lists(
    st.builds(Line, st.sampled_from(("body", "table")), words, st.sampled_from(("", "1.", "-"))), max_size=12
)


def text_of(pieces: tuple[Piece, ...], without: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != without)


@given(words, words)
def test_word_pieces_rebuild_both_texts(before, after):
    pieces = word_pieces(before, after)
    assert (text_of(pieces, "added"), text_of(pieces, "removed")) == (before, after)


@given(words)
def test_word_pieces_of_equal_texts_are_one_that_stayed(text):
    assert word_pieces(text, text) == ((Piece("same", text),) if text else ())


@given(lines, lines)
def test_line_changes_rebuild_both_versions(before, after):
    found = line_changes(before, after)
    assert [change.before for change in found if change.before] == before
    assert [change.after for change in found if change.after] == after
    for change in found:
        assert text_of(change.pieces, "added") == (change.before.text if change.before else "")
        assert text_of(change.pieces, "removed") == (change.after.text if change.after else "")


@settings(max_examples=25, deadline=None)
@given(compositions())
def test_version_compared_with_itself_has_no_change(composition):
    found = changes(composition, composition)
    assert {change.kind for change in found} == {"same"}
    assert [change.after for change in found] == list(lines_of(composition))
    assert changed_only(found) == (None,)


@settings(max_examples=25, deadline=None)
@given(compositions(), compositions())
def test_changes_of_two_documents_rebuild_both(before, after):
    found = changes(before, after)
    assert [change.before for change in found if change.before] == list(lines_of(before))
    assert [change.after for change in found if change.after] == list(lines_of(after))


def letter(*texts: str) -> Composition:
    return Composition(
        type="Công văn",
        number=None,
        notation="SVHTT-TTBCXB",
        parent_body="",
        issuer="SỞ VĂN HÓA VÀ THỂ THAO",
        place="Hà Nội",
        date=None,
        title="Cung cấp số liệu",
        legal_bases=("Căn cứ Luật Báo chí",),
        sections=tuple(Section(str(n), None, (paragraph(text),)) for n, text in enumerate(texts, 1)),
        recipients=(Recipient("Như trên", None), Recipient("Lưu: VT, TTBCXB", None)),
        signatory=None,
    )


def test_changed_word_stands_in_its_line():
    found = changes(letter("Gửi báo cáo trước ngày 15/12."), letter("Gửi báo cáo trước ngày 20/12."))
    assert [change for change in found if change.kind != "same"] == [
        LineChange(
            "changed",
            Line("body", "Gửi báo cáo trước ngày 15/12.", "1."),
            Line("body", "Gửi báo cáo trước ngày 20/12.", "1."),
            (
                Piece("same", "Gửi báo cáo trước ngày "),
                Piece("removed", "15"),
                Piece("added", "20"),
                Piece("same", "/12."),
            ),
        )
    ]


def test_neighbouring_changes_are_read_as_one():
    assert word_pieces("Ý kiến thứ nhất của Sở", "Ý kiến của người trước của Sở") == (
        Piece("same", "Ý kiến "),
        Piece("removed", "thứ nhất"),
        Piece("added", "của người trước"),
        Piece("same", " của Sở"),
    )


def test_inserted_point_renumbers_those_below():
    found = changes(
        letter("Phim tài liệu.", "Ấn phẩm."), letter("Triển lãm ảnh.", "Phim tài liệu.", "Ấn phẩm.")
    )
    assert [
        (change.kind, change.before and change.before.lead, change.line.lead)
        for change in found
        if change.kind != "same"
    ] == [("added", None, "1."), ("renumbered", "1.", "2."), ("renumbered", "2.", "3.")]


def test_head_bases_and_recipients_are_compared():
    before = letter("Nội dung.")
    after = dataclasses.replace(
        before,
        place="Hoàn Kiếm",
        legal_bases=(),
        recipients=(*before.recipients, Recipient("Văn phòng Sở", "để b/c")),
    )
    assert [(change.kind, change.line.field) for change in changes(before, after) if change.kind != "same"] == [
        ("changed", "place"), ("removed", "legal_basis"), ("added", "recipient"),
    ]  # fmt: skip


def test_unchanged_stretches_are_left_out():
    before = letter("Một.", "Hai.", "Ba.", "Bốn.", "Năm.")
    after = letter("Một.", "Hai.", "Ba.", "Bốn.", "Năm và sáu.")
    shown = changed_only(changes(before, after))
    assert shown[0] is None
    assert [line.line.text for line in shown if line] == ["Bốn.", "Năm và sáu.", "Như trên"]
