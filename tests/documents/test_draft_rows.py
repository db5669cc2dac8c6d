"""The editor's rows: nothing of a draft is lost on the way through them, and they count as the page counts."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuevan.documents.forms.draft_moves import (
    OPERATIONS,
    added_below,
    end_of_block,
    moved_down,
    moved_in,
    moved_out,
    moved_up,
    removed,
    taken_back,
    with_annex,
    with_table,
    with_table_column,
    with_table_row,
    without_table_column,
    without_table_row,
)
from khuevan.documents.forms.draft_rows import AnnexHead, Row, body_of, places_of, rows_of
from khuevan.plain.official_documents.writing.composition import Annex, Section, every_section, paragraph
from khuevan.plain.official_documents.writing.labels import Level
from khuevan.plain.official_documents.writing.printed_body import printed_label
from tests.plain.official_documents.writing.compositions import by_articles, compositions, tables

texts = st.sampled_from(("", "Nội dung.", "Mục đích", "Hai\ndòng"))
rows = st.lists(
    st.builds(
        lambda level, text, titled: Row("", "text", level, text, titled),
        st.sampled_from(Level),
        texts,
        st.booleans(),
    ),
    max_size=14,
).map(lambda found: tuple(dataclasses.replace(row, key=f"r{n}") for n, row in enumerate(found)))  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(compositions(), by_articles(), tables())
def test_rows_give_the_body_back(composition, articles, table):
    whole = dataclasses.replace(
        composition,
        annexes=(
            Annex("", "QUY CHẾ", articles, type="Quy chế"),
            Annex("Phụ lục", "SỐ LIỆU", (Section("", None, (table,)),), landscape=True),
        ),
    )
    assert body_of(rows_of(whole)) == (whole.sections, whole.annexes)


@given(rows)
def test_places_have_the_labels_of_the_sections(found):
    sections, _ = body_of(found)
    counted = [printed_label(section.label) for section in every_section(sections) if section.label]
    assert [place.label for place in places_of(found) if place.label] == counted


@given(rows)
def test_every_place_can_be_named_in_a_comment(found):
    assert all(place.ref for place in places_of(found))


@given(rows, st.sampled_from(sorted(OPERATIONS)), st.integers(0, 13))
def test_no_operation_loses_a_row(found, operation, place):
    after = OPERATIONS[operation](found, f"r{place}")
    assert {row.key for row in found} <= {row.key for row in after}
    assert len({row.key for row in after}) == len(after)


def outline(*lines: str) -> tuple[Row, ...]:
    """Rows from "level words"."""
    return tuple(
        Row(words, level=Level(level), text=words)
        for level, _, words in (line.partition(" ") for line in lines)
    )


PLAN = outline("roman A", "number A1", "dash A1x", "number A2", "roman B", "number B1")


def keys(found: tuple[Row, ...]) -> str:
    return " ".join(row.key for row in found)


@pytest.mark.parametrize(
    ("key", "up", "down"),
    [
        ("A", "A A1 A1x A2 B B1", "B B1 A A1 A1x A2"),
        ("A1", "A1 A1x A A2 B B1", "A A2 A1 A1x B B1"),
        ("A2", "A A2 A1 A1x B B1", "A A1 A1x B A2 B1"),
        ("B", "B B1 A A1 A1x A2", "A A1 A1x A2 B B1"),
        ("B1", "A A1 A1x A2 B1 B", "A A1 A1x A2 B B1"),
    ],
)
def test_row_moves_with_what_belongs_to_it(key, up, down):
    assert (keys(moved_up(PLAN, key)), keys(moved_down(PLAN, key))) == (up, down)


def test_rows_do_not_leave_their_annex():
    found = (*outline("number A"), Row("annex", "annex", annex=AnnexHead("Phụ lục")), *outline("number B"))
    assert (moved_down(found, "A"), moved_up(found, "B"), moved_up(found, "annex")) == (found, found, found)


def test_row_goes_in_and_out_by_levels():
    (inner,) = (row for row in moved_in(PLAN, "A1") if row.key == "A1")
    (outer,) = (row for row in moved_out(PLAN, "A1") if row.key == "A1")
    assert (inner.level, outer.level) == (Level.LETTER, Level.ROMAN)


def test_point_of_a_decision_comes_out_as_article():
    found = outline("article A", "number B")
    assert [row.level for row in moved_out(found, "B")] == [Level.ARTICLE, Level.ARTICLE]


def test_new_row_takes_the_level_of_its_neighbour():
    titled = (dataclasses.replace(PLAN[0], titled=True), *PLAN[1:])
    assert [row.level for row in added_below(titled, "A")][1] == Level.NUMBER
    assert [row.level for row in added_below(PLAN, "A2")][4] == Level.NUMBER


def test_removed_row_is_left_out_and_can_be_taken_back():
    gone = removed(PLAN, "A1")
    assert [place.label for place in places_of(gone)] == ["I.", "", "-", "1.", "II.", "1."]
    assert taken_back(gone, "A1") == PLAN
    assert body_of(gone)[0][0].children[0] == Section("-", None, (paragraph("A1x"),))


def test_table_grows_and_shrinks_but_never_to_nothing():
    found = with_table(PLAN, "A1")
    table = found[2]
    larger = with_table_column(with_table_row(found, table.key), table.key)[2].table
    assert larger is not None
    assert (len(larger.rows), len(larger.widths), {len(row) for row in larger.rows}) == (3, 4, {4})
    for _ in range(5):
        found = without_table_column(without_table_row(found, table.key), table.key)
    smallest = found[2].table
    assert smallest is not None
    assert (len(smallest.rows), len(smallest.widths), smallest.head_rows) == (1, 1, 1)


def test_second_annex_has_a_number():
    found = with_annex(with_annex(()))
    assert [row.annex.label for row in found if row.annex] == ["Phụ lục", "Phụ lục II"]


def test_block_of_a_row_ends_before_the_next_of_its_level():
    assert [end_of_block(PLAN, place) for place in range(6)] == [4, 3, 3, 4, 6, 6]
