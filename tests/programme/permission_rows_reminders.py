"""Rows of the view × role table for the reminders and their ladder."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from khuevan.people.choices import SEES_EVERYTHING
from khuevan.programme.models import ReminderRung
from khuevan.programme.permissions import MANAGES_THE_LADDER
from tests.permission_rows import Row


def rows() -> list[Row]:
    """Who sees every unit's work sees what was sent; the ladder is changed by who plans."""

    def of_rung(name: str) -> Callable[[], str]:
        return lambda: reverse(f"programme:{name}", args=[ReminderRung.objects.all()[0].pk])

    return [
        Row("programme:reminders", lambda: reverse("programme:reminders"), SEES_EVERYTHING),
        Row("programme:ladder", lambda: reverse("programme:ladder"), SEES_EVERYTHING),
        Row("programme:rung_add", lambda: reverse("programme:rung_add"), MANAGES_THE_LADDER),
        Row("programme:rung_edit", of_rung("rung_edit"), MANAGES_THE_LADDER),
        Row("programme:rung_remove", of_rung("rung_remove"), MANAGES_THE_LADDER),
    ]
