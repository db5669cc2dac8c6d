"""The board as a page shows it: columns, cards, where each card may go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from khuevan.programme.board_queries import BoardLine, Column
from khuevan.programme.choices import AssignmentRole, InstalmentState, StepState
from khuevan.programme.presenters.states import SOON, StateSign, due_in_words, state_sign
from khuevan.programme.presenters.step_states import step_sign
from khuevan.programme.presenters.wording import day, short_title

CARD_LENGTH = 90


@dataclass(frozen=True, slots=True)
class Move:
    """A column to which the person may move a card, with its name."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `when` is its deadline, or the day on which it was done.

    `path` is its page's address below the programme's, `move_path` where a move is asked for.
    """

    pk: int
    step: bool
    column: str
    path: str
    move_path: str
    title: str
    plan_name: str
    number: int
    unit: str
    unit_name: str
    role: str
    when: str
    sign: StateSign
    percent: int
    difficult: bool
    waits: bool
    moves: tuple[Move, ...]

    @property
    def move_codes(self) -> str:
        """The codes of the columns, for the script."""
        return " ".join(move.code for move in self.moves)


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """One column: its cards `first` to `last` of `count`."""

    code: str
    label: str
    count: int
    first: int
    last: int
    cards: tuple[Card, ...]


def column_label(code: str, *, step: bool = False) -> str:
    """What a column is called."""
    if step:
        return _("Done in the last 30 days") if code == StepState.DONE else str(StepState(code).label)
    names = {
        InstalmentState.REPORTED: _("Waits to be accepted"),
        InstalmentState.DONE: _("Done in the last 30 days"),
    }
    state = InstalmentState(code)
    return names.get(state) or str(state.label)


def move_label(code: str, *, step: bool = False) -> str:
    """What moving a card there means, as the person says it."""
    if step:
        return str(StepState(code).label)
    names = {
        InstalmentState.IN_PROGRESS: _("In progress"),
        InstalmentState.REPORTED: _("Report done"),
        InstalmentState.RETURNED: _("Return"),
        InstalmentState.DONE: _("Accept"),
    }
    return names[InstalmentState(code)]


def columns_shown(
    columns: Iterable[Column], moves: Callable[[BoardLine], tuple[str, ...]], today: date, *, steps: bool
) -> list[ColumnShown]:
    """The columns with their cards; `moves` says to which columns a card may go."""
    return [
        ColumnShown(
            column.code,
            column_label(column.code, step=steps),
            column.count,
            min(column.offset + 1, column.count),
            column.offset + len(column.lines),
            tuple(card(line, moves(line), today) for line in column.lines),
        )
        for column in columns
    ]


def card(line: BoardLine, moves: Iterable[str], today: date) -> Card:
    """The card of an instalment or a step that may go to these columns."""
    sign = step_sign if line.step else state_sign
    return Card(
        line.pk,
        line.step,
        line.state,
        f"nhiem-vu/{line.task}/" if line.step else f"ky-han/{line.pk}/",
        f"bang/{'buoc' if line.step else 'ky-han'}/{line.pk}/",
        line.text if line.step else short_title(line.text, CARD_LENGTH),
        line.plan_name,
        line.number,
        line.unit.short_name or line.unit.name,
        line.unit.name,
        str(AssignmentRole(line.role).label) if line.role else "",
        _when(line, today),
        sign(line.state, line.due_date, today),
        line.percent,
        line.difficult,
        line.waits,
        tuple(Move(code, move_label(code, step=line.step)) for code in moves),
    )


def _when(line: BoardLine, today: date) -> str:
    if line.done_date is not None:
        words = _("done on %(day)s") if line.step else _("accepted on %(day)s")
        return words % {"day": day(line.done_date)}
    words = due_in_words(line.due_date, today)
    if line.due_date is None or 1 < (line.due_date - today).days <= SOON:
        # "in 5 days (25/11/2025)" says by itself that it is a deadline.
        return words
    return _("deadline %s") % words
