"""A pass to a piece under embargo, as an editor makes it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from khuevan.core import clock
from khuevan.newsroom.actions import make_pass
from khuevan.newsroom.models import EmbargoPass
from khuevan.people.choices import Role
from tests.factories.newsroom import let_out, story
from tests.factories.people import person_with_role


def pass_and_secret(
    expires_at: datetime | None = None, *, code: str = "en", **values: Any
) -> tuple[EmbargoPass, str]:
    """The pass to a scheduled piece whose embargo ends in two days, and its secret."""
    now = clock.now()
    piece = story(code, **{"embargo_until": now + timedelta(days=2), **values})
    let_out(piece.latest_revision)
    piece.refresh_from_db()
    return make_pass(
        by=person_with_role(Role.EDITOR),
        page=piece,
        name="Jane Reporter",
        outlet="The Outlet",
        email="jane@example.org",
        expires_at=expires_at or now + timedelta(days=1),
    )
