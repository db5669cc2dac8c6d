"""Who opens the library in the staff pages: films, whoever keeps the library; the report, whoever sees pieces."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from khuevan.newsroom.permissions import KEEPS_THE_LIBRARY, SEES_PIECES
from tests.factories.library import film
from tests.permission_rows import STAFF, Row


def _of_film(view: str) -> Callable[[], str]:
    return lambda: reverse(f"videos:{view}", args=[film().pk])


def rows() -> list[Row]:
    """The report and the films."""
    keeps = KEEPS_THE_LIBRARY
    return [
        Row("newsroom_desk:library", lambda: reverse("newsroom_desk:library"), SEES_PIECES),
        Row("videos:index", lambda: reverse("videos:index"), SEES_PIECES),
        Row("videos:index_results", lambda: reverse("videos:index_results"), SEES_PIECES),
        Row("videos:add", lambda: reverse("videos:add"), keeps),
        *(
            Row(f"videos:{view}", _of_film(view), keeps)
            for view in ("edit", "delete", "history", "history_results", "usage")
        ),
        Row("video_chooser:choose", lambda: reverse("video_chooser:choose"), STAFF),
    ]
