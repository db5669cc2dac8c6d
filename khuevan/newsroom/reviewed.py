"""Which text of a piece a review has let go: what may be published, and what is published without one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from wagtail.models import Revision, TaskState, WorkflowState

_without: ContextVar[str] = ContextVar("published_without_review", default="")


class PublicationRefused(ValidationError):
    """A piece may not go out, with every reason as a sentence."""


@contextmanager
def published_without_review(reason: str) -> Iterator[None]:
    """Lets pieces out that no review has passed, such as a demonstration's; no page of ours opens it.

    The reason stands where it is called, for whoever reads the code: an empty one is refused.
    """
    if not reason.strip():
        raise ValueError("Say why pieces go out without a review.")
    token = _without.set(reason)
    try:
        yield
    finally:
        _without.reset(token)


def needs_no_review() -> bool:
    """Whether pieces go out without a review here and now."""
    return bool(_without.get())


def let_go(review: str = "") -> QuerySet[Any]:
    """The last steps of reviews (of one, by its name) that ended well, each with the revision that it let go."""
    steps: QuerySet[Any] = TaskState.objects.filter(
        status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED),
        workflow_state__status=WorkflowState.STATUS_APPROVED,
        workflow_state__current_task_state=F("pk"),
    )
    return steps.filter(workflow_state__workflow__name=review) if review else steps


def is_let_go(revision: Revision, review: str = "") -> bool:
    """Whether a review let this very text go, or an approval has scheduled it."""
    return revision.approved_go_live_at is not None or let_go(review).filter(revision=revision).exists()
