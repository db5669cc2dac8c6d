"""Rows of the view × role table for the desks.

The people of the table hold posts in units without work. What the people of a unit at work find, and whom the
lists of what plans lack are for, is in `test_desk.py` and `test_directors_desk.py`.
"""

from __future__ import annotations

from django.urls import reverse

from khuevan.people.choices import SEES_EVERYTHING, Role
from tests.permission_rows import STAFF, Row

HEADS = frozenset({Role.UNIT_HEAD})


def rows() -> list[Row]:
    """One's own desk for all staff, the director's for who reads everything, the unit's for heads."""
    return [
        Row("programme:desk", lambda: reverse("programme:desk"), STAFF),
        Row("programme:desk_list", lambda: reverse("programme:desk_list", args=["qua-han"]), STAFF),
        Row("programme:directors_desk", lambda: reverse("programme:directors_desk"), SEES_EVERYTHING),
        Row(
            "programme:directors_list",
            lambda: reverse("programme:directors_list", args=["qua-han"]),
            SEES_EVERYTHING,
        ),
        Row("programme:unit_desk", lambda: reverse("programme:unit_desk"), HEADS),
        Row("programme:unit_list", lambda: reverse("programme:unit_list", args=["qua-han"]), HEADS),
    ]
