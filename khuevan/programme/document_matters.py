"""What of official documents waits for a person: drafts to decide on, to number, documents to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khuevan.documents.models import ReviewStep
from khuevan.documents.permissions import can_keep_register
from khuevan.documents.queries import steps_waiting_for
from khuevan.documents.queries.reviewing import drafts_to_number
from khuevan.documents.queries.signed import documents_to_sign
from khuevan.documents.review_permissions import decides_on_drafts
from khuevan.documents.signing_permissions import signs_or_keeps_register
from khuevan.people.models import User


@dataclass(frozen=True, slots=True)
class DocumentMatters:
    """The steps at which drafts wait for the person's decision, the longest first; how many wait for the rest."""

    steps: list[ReviewStep]
    to_number: int
    to_sign: int

    @property
    def any_wait(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.steps or self.to_number or self.to_sign)


def document_matters(person: User, today: date) -> DocumentMatters:
    """What waits for the person; nothing is asked for who has no seat, keeps no register and signs nothing."""
    return DocumentMatters(
        steps_waiting_for(person, today) if decides_on_drafts(person, today) else [],
        drafts_to_number(person, today).count() if can_keep_register(person, today) else 0,
        documents_to_sign(person, today).count() if signs_or_keeps_register(person, today) else 0,
    )
