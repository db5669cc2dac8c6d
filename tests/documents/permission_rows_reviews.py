"""Rows of the view × role table for reviews, numbers and signatures.

The people of the table hold posts in units of their own: those who sit on a draft's seats are tried in
`test_review_pages.py` and `test_reviewing.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents.actions import issue_document, submit_draft
from khuevan.documents.choices import DraftState, Seat, StepState
from khuevan.documents.models import Document, Draft, ReviewStep
from khuevan.people.choices import DIRECTORS, Role
from tests.factories.reviews import DAY, at, draft_in, house, route_with
from tests.permission_rows import NOBODY, STAFF, Row

CLERKS = frozenset({Role.CLERK})
SIGNERS = DIRECTORS | {Role.UNIT_HEAD}
SETS_UP = frozenset({Role.CLERK, Role.ADMINISTRATOR})


def _draft(state: str = DraftState.DRAFTING) -> Draft:
    version = 1 if state == DraftState.APPROVED else None
    with unaudited("a draft of the table"):
        return draft_in(house((Seat.DRAFTING_HEAD, Seat.SIGNER)), state=state, approved_version=version)


def _step() -> ReviewStep:
    with clock.stopped_at(at(DAY)):
        draft = _draft()
        submit_draft(by=draft.drafter, draft=draft)
        return ReviewStep.objects.get(draft=draft, state=StepState.CURRENT)


def _document() -> Document:
    work = house((Seat.SIGNER,))
    with clock.stopped_at(at(DAY)), unaudited("a document of the table"):
        draft = draft_in(work, state=DraftState.APPROVED, approved_version=1)
    with clock.stopped_at(at(DAY)):
        return issue_document(by=work.clerk, draft=draft)


def rows() -> list[Row]:
    """Lists for all who may have something in them; drafts for their unit, auditors and, once approved, clerks."""

    def of_draft(name: str, *more: str, state: str = DraftState.DRAFTING) -> Callable[[], str]:
        return lambda: reverse(f"documents:{name}", args=[_draft(state).pk, *more])

    def of_step(name: str) -> Callable[[], str]:
        return lambda: reverse(f"documents:{name}", args=[_step().pk])

    def of_document(name: str) -> Callable[[], str]:
        return lambda: reverse(f"documents:{name}", args=[_document().pk])

    def of_route(name: str) -> Callable[[], str]:
        return lambda: reverse(f"routes:{name}", args=[route_with(Seat.SIGNER, name="Một").pk])

    return [
        Row("documents:reviews", lambda: reverse("documents:reviews"), STAFF),
        Row("documents:to_number", lambda: reverse("documents:to_number"), CLERKS),
        Row("documents:to_sign", lambda: reverse("documents:to_sign"), STAFF),
        Row("documents:draft_submit", of_draft("draft_submit"), NOBODY),
        Row("documents:draft_take_back", of_draft("draft_take_back"), NOBODY),
        Row("documents:draft_checks", of_draft("draft_checks"), {Role.AUDITOR}),
        Row("documents:check_confirm", of_draft("check_confirm", "0" * 16), NOBODY),
        # A director sits on a seat that this draft has not reached.
        Row("documents:review_approve", of_step("review_approve"), NOBODY),
        Row("documents:review_return", of_step("review_return"), NOBODY),
        Row("documents:number", of_draft("number", state=DraftState.APPROVED), CLERKS),
        # Only ever sent to: whoever opens the address gets nothing.
        Row("documents:make_files", of_document("make_files"), NOBODY),
        Row("documents:sign_paper", of_document("sign_paper"), CLERKS),
        Row("documents:sign_digital", of_document("sign_digital"), NOBODY),
        Row("documents:sign_seal", of_document("sign_seal"), CLERKS),
        Row("documents:own_signature", lambda: reverse("documents:own_signature"), SIGNERS),
        Row("documents:own_signature_picture", lambda: reverse("documents:own_signature_picture"), NOBODY),
        Row("routes:index", lambda: reverse("routes:index"), SETS_UP),
        Row("routes:index_results", lambda: reverse("routes:index_results"), SETS_UP),
        Row("routes:add", lambda: reverse("routes:add"), SETS_UP),
        Row("routes:edit", of_route("edit"), SETS_UP),
        Row("routes:delete", of_route("delete"), NOBODY),
        Row("routes:history", of_route("history"), SETS_UP),
        Row("routes:history_results", of_route("history_results"), SETS_UP),
        Row("routes:usage", of_route("usage"), SETS_UP),
    ]
