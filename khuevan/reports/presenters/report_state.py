"""Where a composed report stands, in a word or two: its own state, its draft's, its document's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from khuevan.documents.choices import DraftState
from khuevan.reports.choices import ReportState
from khuevan.reports.models import ComposedReport

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise  # For the type checker; not a dependency of the program.


@dataclass(frozen=True, slots=True)
class Tag:
    """A word about a state; `look` as the frame's tags have them (good, busy, alarm, ended, or empty)."""

    label: StrOrPromise
    look: str = ""


_LOOKS = {DraftState.ISSUED: "good", DraftState.ABANDONED: "ended", DraftState.RETURNED: "alarm"}


def report_tags(report: ComposedReport) -> tuple[Tag, ...]:
    """The tags of a version; its draft and document must be loaded."""
    if report.state == ReportState.COMPOSED:
        return (Tag(report.get_state_display(), "busy"),)
    if report.state == ReportState.DISCARDED or report.draft is None:
        return (Tag(report.get_state_display(), "ended"),)
    draft = report.draft
    state = Tag(
        _("Document: %(state)s") % {"state": _lower(draft.get_state_display())},
        _LOOKS.get(DraftState(draft.state), "busy"),
    )
    return (Tag(report.get_state_display()), state)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
