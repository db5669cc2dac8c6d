"""Refusals that say why, on the programme's own page."""

from __future__ import annotations

from khuevan.core.refusals import Arguments, View, with_reason


def says_why(view: View[Arguments]) -> View[Arguments]:
    """The view, whose PermissionDenied becomes the programme's page of refusal."""
    return with_reason(view, "programme/import/refused.html")
