"""Every write of the newsroom that is not an edit of a page."""

from __future__ import annotations

from khuevan.newsroom.actions.accreditation import (
    ReporterAnswers,
    approve_accreditations,
    ask_accreditation,
    ask_for_reporter,
    decide_accreditation,
    delete_accreditation,
    delete_outdated_accreditations,
)
from khuevan.newsroom.actions.beginning import begin_piece
from khuevan.newsroom.actions.changing import (
    correct_in_languages,
    correct_piece,
    withdraw_in_languages,
    withdraw_piece,
)
from khuevan.newsroom.actions.contacts import keep_contact
from khuevan.newsroom.actions.passes import (
    give_pass,
    make_pass,
    open_pass,
    piece_for_pass,
    revoke_pass,
)
from khuevan.newsroom.actions.proving import prove_tasks
from khuevan.newsroom.actions.releasing import release_due
from khuevan.newsroom.actions.translating import review_translation

__all__ = [
    "ReporterAnswers",
    "approve_accreditations",
    "ask_accreditation",
    "ask_for_reporter",
    "begin_piece",
    "correct_in_languages",
    "correct_piece",
    "decide_accreditation",
    "delete_accreditation",
    "delete_outdated_accreditations",
    "give_pass",
    "keep_contact",
    "make_pass",
    "open_pass",
    "piece_for_pass",
    "prove_tasks",
    "release_due",
    "review_translation",
    "revoke_pass",
    "withdraw_in_languages",
    "withdraw_piece",
]  # fmt: skip
