"""The day that a demonstration keeps, for the frame of the staff pages."""

from __future__ import annotations

from datetime import date

from django import template

from khuevan.core import clock

register = template.Library()


@register.simple_tag
def kept_day() -> date | None:
    """The day that this demonstration takes for today; None in any other installation."""
    return clock.kept_day()
