"""A draft's flat outline and the sections with their counted labels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.plain.official_documents.writing.composition import Paragraph, Run, Section, Table, paragraph
from khuevan.plain.official_documents.writing.labels import label_for, level_of, ordinal_of
from khuevan.plain.official_documents.writing.marks import joined_runs
from khuevan.plain.official_documents.writing.numbering import Item, Level, outline_of, sections_of

TABLE = Table((1, 2), ("left", "right"), (("a", "b"),))


def labels(sections: tuple[Section, ...]) -> list[object]:
    """Each label, followed by those below it as a list of their own."""
    shown: list[object] = []
    for section in sections:
        shown.append(section.label)
        if section.children:
            shown.append(labels(section.children))
    return shown


def items(*levels: str) -> list[Item]:
    return [Item(Level(level), "Việc") for level in levels]


@pytest.mark.parametrize(
    ("levels", "shown"),
    [
        ("roman number number roman number", ["I", ["1", "2"], "II", ["1"]]),
        ("roman number decimal decimal number decimal", ["I", ["1", ["1.1", "1.2"], "2", ["2.1"]]]),
        ("number decimal subdecimal subdecimal decimal", ["1", ["1.1", ["1.1.1", "1.1.2"], "1.2"]]),
        ("chapter article number article number letter chapter article number",
         ["Chương I", ["Điều 1", ["1"], "Điều 2", ["1", ["a"]]], "Chương II", ["Điều 3", ["1"]]]),
        ("part chapter heading article heading part chapter heading",
         ["Phần I", ["Chương I", ["Mục 1", ["Điều 1"], "Mục 2"]], "Phần II", ["Chương II", ["Mục 1"]]]),
        ("number letter letter letter letter letter letter letter letter letter letter",
         ["1", ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k"]]),
        ("number dash plus plus dash number letter dash",
         ["1", ["-", ["+", "+"], "-"], "2", ["a", ["-"]]]),
        ("capital roman capital roman", ["A", ["I"], "B", ["I"]]),
        ("roman decimal roman decimal decimal", ["I", ["1.1"], "II", ["2.1", "2.2"]]),
    ],
)  # fmt: skip
def test_labels_are_counted_as_the_decree_counts(levels: str, shown: list[object]) -> None:
    assert labels(sections_of(items(*levels.split()))) == shown


def test_letters_after_the_last_go_on_with_figures() -> None:
    assert [label_for(Level.LETTER, ordinal) for ordinal in (23, 24, 25)] == ["y", "a1", "b1"]


def test_a_given_label_is_kept_and_counted_from() -> None:
    drafted = [
        Item(Level.NUMBER, "Một"),
        Item(Level.NUMBER, "Ba", label="3"),
        Item(Level.NUMBER, "Bốn"),
        Item(Level.NUMBER, "Nhiệm vụ", label="Nhiệm vụ 9"),
    ]
    sections = sections_of(drafted)
    assert labels(sections) == ["1", "3", "4", "Nhiệm vụ 9"]
    assert list(outline_of(sections)) == drafted


def test_words_tables_and_headings_stand_where_people_expect_them() -> None:
    drafted = [
        Item(Level.TEXT, "Sở ban hành **Kế hoạch** như sau:"),
        Item(Level.ROMAN, "MỤC ĐÍCH", titled=True),
        Item(Level.TEXT, "Mở đầu."),
        Item(Level.NUMBER, "Yêu cầu", titled=True),
        Item(Level.DASH, "Đúng hạn."),
        Item(Level.TEXT, "", block=TABLE),
        Item(Level.DASH, "Đủ."),
        Item(Level.TEXT, "Trên đây là Kế hoạch.", depth=0),
    ]
    sections = sections_of(drafted)
    assert sections == (
        Section("", None, (Paragraph((Run("Sở ban hành "), Run("Kế hoạch", bold=True), Run(" như sau:"))),)),
        Section(
            "I",
            "MỤC ĐÍCH",
            (paragraph("Mở đầu."),),
            (
                Section(
                    "1",
                    "Yêu cầu",
                    (),
                    (
                        Section("-", None, (paragraph("Đúng hạn."),)),
                        Section("", None, (TABLE,)),
                        Section("-", None, (paragraph("Đủ."),)),
                    ),
                ),
            ),
        ),
        Section("", None, (paragraph("Trên đây là Kế hoạch."),)),
    )
    assert list(outline_of(sections)) == drafted


WORDS = st.sampled_from(["Rà soát", "Tổ chức **thật** tốt", "Báo cáo_quý.", "C:\\"])
PARAGRAPHS = st.lists(st.builds(Run, WORDS, st.booleans(), st.booleans()), min_size=1, max_size=2).map(
    lambda runs: Paragraph(joined_runs(runs))
)
BLOCKS = st.one_of(PARAGRAPHS, st.just(TABLE))
LABELS = st.sampled_from(
    [*"abđ", "I", "II", "IV", "1", "2", "7", "1.1", "2.3", "1.1.1", "Điều 1", "Điều 4", "Chương I", "Phần thứ hai",
     "Mục 2", "A", "-", "+", "Nhiệm vụ 1"]
)  # fmt: skip


def _settled(sections: list[Section], *, inside: bool) -> tuple[Section, ...]:
    """The sections without unlabelled ones where their blocks would belong to what stands above."""
    kept: list[Section] = []
    for section in sections:
        if not section.label and not section.heading and (not kept and inside):
            continue
        if kept and not section.label and not section.heading and not kept[-1].label and not kept[-1].heading:
            continue
        kept.append(section)
    return tuple(kept)


def _labelled(children: st.SearchStrategy[list[Section]]) -> st.SearchStrategy[Section]:
    return st.builds(
        Section,
        LABELS,
        st.none() | WORDS,
        st.lists(BLOCKS, max_size=2).map(tuple),
        children.map(lambda below: _settled(below, inside=True)),
    )


UNLABELLED = st.builds(Section, st.just(""), st.none(), st.lists(BLOCKS, min_size=1, max_size=2).map(tuple))
LISTS = st.recursive(
    st.just([]),
    lambda below: st.lists(st.one_of(_labelled(below), UNLABELLED), max_size=4),
    max_leaves=8,
)
ITEMS = st.lists(
    st.builds(
        Item,
        st.sampled_from(Level),
        st.sampled_from(["", "Việc", "**Việc** khác"]),
        st.booleans(),
        depth=st.none() | st.integers(0, 3),
    ),
    max_size=12,
)


@settings(max_examples=300)
@given(LISTS)
def test_sections_come_back_from_their_outline(below: list[Section]) -> None:
    sections = _settled(below, inside=False)
    assert sections_of(outline_of(sections)) == sections


@settings(max_examples=300)
@given(ITEMS)
def test_an_outline_says_the_same_after_being_read(drafted: list[Item]) -> None:
    sections = sections_of(drafted)
    assert sections_of(outline_of(sections)) == sections
    assert outline_of(sections_of(outline_of(sections))) == outline_of(sections)


@given(st.sampled_from([level for level in Level if level is not Level.TEXT]), st.integers(1, 23))
def test_a_counted_label_says_its_level_and_place(level: Level, ordinal: int) -> None:
    if level is Level.CAPITAL:
        ordinal = (ordinal - 1) % 8 + 1
    above = "2.1" if level is Level.SUBDECIMAL else "2"
    label = label_for(level, ordinal, above)
    assert level_of(label) is level
    assert ordinal_of(label) == (0 if level in (Level.DASH, Level.PLUS) else ordinal)
