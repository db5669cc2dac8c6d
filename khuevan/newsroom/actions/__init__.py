"""Every write of the newsroom that is not an edit of a page."""

from __future__ import annotations

from khuevan.newsroom.actions.changing import correct_piece, withdraw_piece
from khuevan.newsroom.actions.passes import make_pass, piece_for_pass, revoke_pass
from khuevan.newsroom.actions.releasing import release_due
from khuevan.newsroom.actions.translating import review_translation

__all__ = [
    "correct_piece", "make_pass", "piece_for_pass", "release_due", "review_translation", "revoke_pass",
    "withdraw_piece",
]  # fmt: skip
