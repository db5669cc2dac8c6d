"""What the buttons of the editor do to its rows: each function takes all rows and gives all rows.

`draft_editor.js` does the same in the browser; without it the form sends the button and these answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from khuevan.documents.forms.draft_rows import AnnexHead, Row
from khuevan.plain.official_documents.writing.composition import Table
from khuevan.plain.official_documents.writing.labels import Level

Rows = tuple[Row, ...]

# One step in, as plans and as decisions are laid out.
_INWARD = {
    Level.PART: Level.CHAPTER,
    Level.CHAPTER: Level.HEADING,
    Level.HEADING: Level.ARTICLE,
    Level.CAPITAL: Level.ROMAN,
    Level.ROMAN: Level.NUMBER,
    Level.ARTICLE: Level.NUMBER,
    Level.NUMBER: Level.LETTER,
    Level.DECIMAL: Level.LETTER,
    Level.SUBDECIMAL: Level.LETTER,
    Level.LETTER: Level.DASH,
    Level.DASH: Level.PLUS,
    Level.PLUS: Level.PLUS,
    Level.TEXT: Level.DASH,
}
_OUTWARD = {
    Level.PART: Level.PART,
    Level.CHAPTER: Level.PART,
    Level.HEADING: Level.CHAPTER,
    Level.CAPITAL: Level.PART,
    Level.ROMAN: Level.PART,
    Level.ARTICLE: Level.CHAPTER,
    Level.NUMBER: Level.ROMAN,
    Level.DECIMAL: Level.NUMBER,
    Level.SUBDECIMAL: Level.DECIMAL,
    Level.LETTER: Level.NUMBER,
    Level.DASH: Level.LETTER,
    Level.PLUS: Level.DASH,
    Level.TEXT: Level.NUMBER,
}
NEW_TABLE = Table(
    (1.0, 6.0, 3.0), ("center", "left", "right"), (("TT", "Nội dung", "Số lượng"), ("1", "", ""))
)


def new_key(rows: Sequence[Row]) -> str:
    """A key that no row has."""
    taken = {row.key for row in rows}
    number = len(rows) + 1
    while f"n{number}" in taken:
        number += 1
    return f"n{number}"


def end_of_block(rows: Sequence[Row], place: int) -> int:
    """Where what belongs to the row ends: behind the last row that stands below it."""
    row = rows[place]
    end = place + 1
    if row.kind != "text" or row.level is Level.TEXT:
        return end
    while end < len(rows) and rows[end].kind != "annex" and _stands_below(rows[end], row):
        end += 1
    return end


def _stands_below(row: Row, above: Row) -> bool:
    return row.kind != "text" or row.level is Level.TEXT or row.level.rank > above.level.rank


def moved_up(rows: Rows, key: str) -> Rows:
    """The row with all that belongs to it, one place up among those of its level."""
    place = _place(rows, key)
    if place is None or place == 0 or rows[place].kind == "annex" or rows[place - 1].kind == "annex":
        return rows
    end = end_of_block(rows, place)
    target = place - 1
    row = rows[place]
    if row.kind == "text" and row.level is not Level.TEXT:
        while target > 0 and rows[target].kind != "annex" and _stands_below(rows[target], row):
            target -= 1
        if rows[target].kind == "annex":
            target += 1
    return (*rows[:target], *_settled(rows[place:end]), *rows[target:place], *rows[end:])


def moved_down(rows: Rows, key: str) -> Rows:
    """The row with all that belongs to it, one place down among those of its level."""
    place = _place(rows, key)
    if place is None or rows[place].kind == "annex":
        return rows
    end = end_of_block(rows, place)
    if end >= len(rows) or rows[end].kind == "annex":
        return rows
    row, below = rows[place], rows[end]
    numbered = row.kind == "text" and row.level is not Level.TEXT
    same = numbered and below.kind == "text" and below.level is row.level
    target = end_of_block(rows, end) if same else end + 1
    return (*rows[:place], *rows[end:target], *_settled(rows[place:end]), *rows[target:])


def moved_in(rows: Rows, key: str) -> Rows:
    """The row one level deeper."""
    return _with(rows, key, lambda row: _at_level(row, _INWARD[row.level]))


def moved_out(rows: Rows, key: str) -> Rows:
    """The row one level higher: of a decision, a point comes to be an article."""
    articles = any(row.level is Level.ARTICLE for row in rows)
    outward = {**_OUTWARD, Level.NUMBER: Level.ARTICLE} if articles else _OUTWARD
    return _with(rows, key, lambda row: _at_level(row, outward[row.level]))


def added_below(rows: Rows, key: str) -> Rows:
    """A new empty row of the same level below the row; below a heading one of what stands there usually."""
    place = _place(rows, key)
    fresh = new_key(rows)
    if place is None:
        return (*rows, Row(fresh))
    row = rows[place]
    level = Level.TEXT if row.kind != "text" else row.level
    if row.kind == "text" and row.titled:
        below = rows[place + 1] if place + 1 < len(rows) else None
        level = (
            below.level
            if below is not None and below.kind == "text" and below.level.rank > level.rank
            else _INWARD[level]
        )
    return (*rows[: place + 1], Row(fresh, level=level), *rows[place + 1 :])


def with_table(rows: Rows, key: str) -> Rows:
    """A new table below the row."""
    return inserted(rows, key, (Row(new_key(rows), "table", table=NEW_TABLE),))


def with_annex(rows: Rows) -> Rows:
    """A new annex at the end, named as one more."""
    annexes = [row for row in rows if row.kind == "annex" and not row.removed and row.annex is not None]
    head = AnnexHead(label="Phụ lục" if not annexes else f"Phụ lục {_ROMANS[len(annexes) % len(_ROMANS)]}")
    key = new_key(rows)
    rows = (*rows, Row(key, "annex", annex=head))
    return (*rows, Row(new_key(rows)))


_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def inserted(rows: Rows, key: str, fresh: Sequence[Row]) -> Rows:
    """The rows with fresh ones below the row, or at the end where the key is nobody's."""
    place = _place(rows, key)
    at = len(rows) if place is None else place + 1
    return (*rows[:at], *fresh, *rows[at:])


def removed(rows: Rows, key: str) -> Rows:
    """The row marked as taken away; what stands below it stays."""
    return _with(rows, key, lambda row: replace(row, removed=True))


def taken_back(rows: Rows, key: str) -> Rows:
    """The row that was taken away, there again."""
    return _with(rows, key, lambda row: replace(row, removed=False))


def with_table_row(rows: Rows, key: str) -> Rows:
    """One more row at the foot of the table."""

    def longer(table: Table) -> Table:
        return replace(table, rows=(*table.rows, ("",) * len(table.widths)))

    return _with_table(rows, key, longer)


def without_table_row(rows: Rows, key: str) -> Rows:
    """The table without its last row; one row always stays."""

    def shorter(table: Table) -> Table:
        left = table.rows[:-1] if len(table.rows) > 1 else table.rows
        return replace(table, rows=left, head_rows=min(table.head_rows, len(left)))

    return _with_table(rows, key, shorter)


def with_table_column(rows: Rows, key: str) -> Rows:
    """One more column at the right."""

    def wider(table: Table) -> Table:
        average = sum(table.widths) / len(table.widths)
        return replace(
            table,
            widths=(*table.widths, average),
            aligns=(*table.aligns, "left"),
            rows=tuple((*row, "") for row in table.rows),
        )

    return _with_table(rows, key, wider)


def without_table_column(rows: Rows, key: str) -> Rows:
    """The table without its last column; one column always stays."""

    def narrower(table: Table) -> Table:
        if len(table.widths) == 1:
            return table
        return replace(
            table,
            widths=table.widths[:-1],
            aligns=table.aligns[:-1],
            rows=tuple(row[:-1] for row in table.rows),
        )

    return _with_table(rows, key, narrower)


# What a button's name asks for.
OPERATIONS: dict[str, Callable[[Rows, str], Rows]] = {
    "up": moved_up,
    "down": moved_down,
    "in": moved_in,
    "out": moved_out,
    "add": added_below,
    "table": with_table,
    "remove": removed,
    "restore": taken_back,
    "table-row": with_table_row,
    "less-row": without_table_row,
    "table-column": with_table_column,
    "less-column": without_table_column,
}


def _with_table(rows: Rows, key: str, change: Callable[[Table], Table]) -> Rows:
    return _with(rows, key, lambda row: replace(row, table=change(row.table)) if row.table else row)


def _with(rows: Rows, key: str, change: Callable[[Row], Row]) -> Rows:
    return tuple(change(row) if row.key == key else row for row in rows)


def _place(rows: Rows, key: str) -> int | None:
    return next((place for place, row in enumerate(rows) if row.key == key), None)


def _at_level(row: Row, level: Level) -> Row:
    """The row at the level; a label and a depth given by hand were for where it stood."""
    return replace(row, level=level, label="", depth=None) if row.kind == "text" else row


def _settled(rows: Sequence[Row]) -> Rows:
    return tuple(replace(row, depth=None) for row in rows)
