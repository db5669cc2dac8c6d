"""The board: work by its state, one column a state, over all plans that the person sees or in one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.programme.board_moves import moves_of
from khuevan.programme.board_queries import CARDS_A_COLUMN, Column, instalment_columns, step_columns
from khuevan.programme.presenters.board import ColumnShown, columns_shown
from khuevan.programme.views.planning_frame import Look, look_at

STEPS = "steps"


@require_safe
def board(request: HttpRequest, plan: int | None = None) -> HttpResponse:
    """The columns of instalments, or with `cards=steps` those of steps, each page of a column 25 cards."""
    look = look_at(request, plan)
    steps = request.GET.get("cards") == STEPS
    found = _columns(look, steps=steps)
    shown = columns_shown(
        found, lambda line: moves_of(look.person, line, look.today), look.today, steps=steps
    )
    context = {
        "columns": [{"column": column, **_pages(look, column)} for column in shown],
        "steps": steps,
        "cards_links": [
            {
                "url": look.address(cards=None, **_first_pages(found)),
                "label": _("Deadlines"),
                "chosen": not steps,
            },
            {"url": look.address(cards=STEPS, **_first_pages(found)), "label": _("Steps"), "chosen": steps},
        ],
        "count": sum(column.count for column in shown),
        "movable": any(card.moves for column in shown for card in column.cards),
        "several_plans": len({line.plan for column in found for line in column.lines}) > 1,
        "back": request.get_full_path(),
        "board_url": reverse("programme:board"),
    }
    return look.render("programme/planning/board.html", "board", _("Board"), context)


def _columns(look: Look, *, steps: bool) -> list[Column]:
    offsets = {
        name.removeprefix("after_"): _number(str(value))
        for name, value in look.request.GET.items()
        if name.startswith("after_")
    }
    return (step_columns if steps else instalment_columns)(look.scope, look.today, offsets)


def _number(value: str) -> int:
    """How many cards are left out before the first: a multiple of a page, 0 for what is no number."""
    # Longer digits are no place on a board, and more than a database takes.
    if not value.isascii() or not value.isdigit() or len(value) > 7:
        return 0
    return int(value) // CARDS_A_COLUMN * CARDS_A_COLUMN


def _pages(look: Look, column: ColumnShown) -> dict[str, Any]:
    """The links to the cards before and after those that the column shows."""
    name = f"after_{column.code}"
    start = column.first - 1
    before = max(start - CARDS_A_COLUMN, 0)
    return {
        "before_url": look.address(**{name: str(before) if before else None}) if start > 0 else "",
        "after_url": look.address(**{name: str(column.last)}) if 0 < column.last < column.count else "",
    }


def _first_pages(columns: list[Column]) -> dict[str, str | None]:
    return {f"after_{column.code}": None for column in columns}
