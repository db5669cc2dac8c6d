"""Rows of the view × role table for the audit trail."""

from __future__ import annotations

from django.urls import reverse

from khuevan.people.choices import Role
from tests.permission_rows import Row

SEES_THE_TRAIL = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.DIRECTOR})


def rows() -> list[Row]:
    """The page of the trail and the trail as a file."""
    return [
        Row("audit:index", lambda: reverse("audit:index"), SEES_THE_TRAIL),
        Row("audit:export", lambda: reverse("audit:export"), SEES_THE_TRAIL),
    ]
