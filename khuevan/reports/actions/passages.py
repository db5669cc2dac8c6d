"""The words of units in a report: edited down, moved, left out."""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import User
from khuevan.reports.choices import ReportState
from khuevan.reports.models import ComposedReport, Passage
from khuevan.reports.permissions import check_can_gather
from khuevan.reports.secrecy import refuse_marked


class PassageChangedMeanwhile(ValidationError):
    """Somebody edited these words since they were seen; `passage` is what stands now."""

    def __init__(self, passage: Passage) -> None:
        super().__init__(
            _("A colleague changed these words meanwhile: look at what stands now, then save again.")
        )
        self.passage = passage


@action
def edit_passage(
    *, by: User, passage: Passage, text: str, is_included: bool, seen: str | None = None
) -> Passage:
    """A unit's words as the report says them; what the unit wrote stays beside them.

    `seen` is the `stamp_of` the words that were edited: raises PassageChangedMeanwhile where others stand there now.
    Words that are emptied are left out.
    """
    refuse_marked((text,), "text")
    report = editable(by, passage.report)
    fresh = Passage.objects.get(pk=passage.pk, report=report)
    if seen is not None and seen != stamp_of(fresh):
        raise PassageChangedMeanwhile(fresh)
    if fresh.is_gone:
        # Whether it is in the report is asked again once its unit says it again.
        is_included = fresh.is_included
    fresh.text, fresh.is_included = text.strip(), is_included and bool(text.strip())
    # Whoever saves has seen what the unit says now.
    fresh.edited_from = ""
    fresh.save()
    return fresh


@action
def move_passage(*, by: User, passage: Passage, up: bool) -> Passage:
    """The words one place higher or lower among those of their kind that the report says; at the end they stay."""
    report = editable(by, passage.report)
    group: list[Passage] = list(
        Passage.objects.said()
        .filter(report=report, kind=passage.kind, question=passage.question_id)
        .order_by("order", "pk")
    )
    place = next((at for at, one in enumerate(group) if one.pk == passage.pk), None)
    if place is None:
        raise ValidationError(_("Only words that the report says have a place in it."))
    other = place - 1 if up else place + 1
    if 0 <= other < len(group):
        mine, theirs = group[place], group[other]
        mine.order, theirs.order = theirs.order, mine.order
        mine.save()
        theirs.save()
    return group[place]


def stamp_of(passage: Passage) -> str:
    """By what two states of a passage's words are told apart."""
    state = f"{passage.is_included}{passage.is_gone}\n{passage.original}\n{passage.text}"
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def editable(by: User, report: ComposedReport) -> ComposedReport:
    """The report, locked; raises PermissionDenied or ValidationError unless `by` may edit it now."""
    fresh: ComposedReport = (
        ComposedReport.objects.select_for_update(of=("self",)).select_related("cycle__rule").get(pk=report.pk)
    )
    check_can_gather(by, fresh.cycle.rule, clock.today())
    if fresh.state != ReportState.COMPOSED:
        raise ValidationError(_("This version is not edited any more."))
    return fresh
