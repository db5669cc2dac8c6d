"""The composed reports of the demonstration's year: gathered, edited, frozen, approved, numbered, signed and sent."""

from __future__ import annotations

from dataclasses import dataclass

from khuevan.core import clock
from khuevan.documents.actions import (
    approve_step,
    issue_document,
    make_document_files,
    prepare_dispatches,
    replace_document,
    send_dispatches,
    sign_on_paper,
    submit_draft,
)
from khuevan.documents.choices import Channel, Direction, StepState
from khuevan.documents.models import Document, Draft, NumberBook, ReviewStep
from khuevan.documents.queries.reviewing import holders_of
from khuevan.people.models import Unit, User
from khuevan.reports.actions import (
    compose_report,
    correct_report,
    edit_english_summary,
    edit_passage,
    edit_report_words,
    freeze_report,
    gather_again,
)
from khuevan.reports.choices import ReportState
from khuevan.reports.demonstration_filling import Row, cycle_of, person_named, question_of
from khuevan.reports.models import ComposedReport, Passage


@dataclass(frozen=True, slots=True)
class Composing:
    """The composed report of one quarter, or its correction, up to the document that has left."""

    data: Row
    number: int
    row: Row

    def compose(self) -> None:
        """Gathered from what units have sent; a correction names the frozen one."""
        by, cycle = self._gatherer(), cycle_of(self.data, self.number)
        if "reason" in self.row:
            old = ComposedReport.objects.get(cycle=cycle, state=ReportState.FROZEN)
            correct_report(by=by, report=old, reason=self.row["reason"])
        else:
            compose_report(by=by, cycle=cycle)

    def gather(self) -> None:
        """Gathered anew, once another unit has sent."""
        gather_again(by=self._gatherer(), report=self._report())

    def edit(self) -> None:
        """The department's own words, and the units' edited down. A correction keeps those of its predecessor."""
        by, report, row = self._gatherer(), self._report(), self.row
        edit_report_words(
            by=by,
            report=report,
            title=row.get("title", report.title),
            opening=row.get("opening", report.opening),
            assessment=row.get("assessment", report.assessment),
            next_steps=row.get("next_steps", report.next_steps),
        )
        if "english" in row:
            edit_english_summary(
                by=by,
                report=report,
                issuer=self.data["english_issuer"],
                words=row["english"],
                contact=self.data["english_contact"],
            )
        for edited in row.get("passages", ()):
            edit_passage(by=by, passage=self._passage(edited), text=edited["text"], is_included=True)
        for left_out in row.get("left_out", ()):
            passage = self._passage(left_out)
            edit_passage(by=by, passage=passage, text=passage.text, is_included=False)

    def freeze(self) -> None:
        """Frozen, with its draft in the department's book."""
        unit = Unit.objects.get(short_name=self.data["unit"])
        book = NumberBook.objects.filter(direction=Direction.OUT, unit=unit.parent).order_by("pk")[0]
        freeze_report(by=self._gatherer(), report=self._report(), book=book, unit=unit)

    def submit(self) -> None:
        """On its way to approval."""
        submit_draft(
            by=self._gatherer(), draft=self._draft(), words="Kính trình lãnh đạo xem xét, ký ban hành."
        )

    def approve(self) -> None:
        """Approved at the seat where the draft lies; nothing is left to do once all have approved."""
        draft = self._draft()
        step = ReviewStep.objects.filter(draft=draft, state=StepState.CURRENT).select_related("unit").first()
        if step is not None:
            holders = holders_of(step.seat, step.unit, draft, clock.today())
            decides = next(person for person in holders if person.pk != draft.drafter_id)
            approve_step(by=decides, step=step, seen_version=draft.version)

    def issue(self) -> None:
        """The next number of the book, and the document's files."""
        clerk = person_named(self.data["clerk"])
        make_document_files(by=clerk, document=issue_document(by=clerk, draft=self._draft()))

    def sign(self) -> None:
        """The signature on paper, registered."""
        sign_on_paper(
            by=person_named(self.data["clerk"]),
            document=self._document(),
            signer_name=self.data["signer_name"],
            signed_at=clock.now(),
        )

    def dispatch(self) -> None:
        """Sent to those recipients who get it on paper or in the house; a corrected document gives way to it."""
        clerk, document = person_named(self.data["clerk"]), self._document()
        corrects = self._report().corrects
        if corrects is not None and corrects.draft is not None and corrects.draft.document is not None:
            replace_document(by=clerk, document=corrects.draft.document, new=document)
        prepare_dispatches(by=clerk, document=document)
        going = list(document.dispatches.filter(channel__in=[Channel.PRINTED, Channel.INTERNAL]))
        if going:
            send_dispatches(by=clerk, document=document, dispatches=going)

    def _gatherer(self) -> User:
        return person_named(self.data["gatherer"])

    def _report(self) -> ComposedReport:
        found: ComposedReport = (
            ComposedReport.objects.filter(cycle=cycle_of(self.data, self.number))
            .select_related("cycle__rule", "draft")
            .order_by("version")[1 if "reason" in self.row else 0]
        )
        return found

    def _draft(self) -> Draft:
        draft = self._report().draft
        if draft is None:
            raise ValueError(f"The report of quarter {self.number} has no draft yet.")
        return draft

    def _document(self) -> Document:
        document = self._draft().document
        if document is None:
            raise ValueError(f"The report of quarter {self.number} has no number yet.")
        return document

    def _passage(self, named: Row) -> Passage:
        found: Passage = Passage.objects.select_related("report").get(
            report=self._report(),
            unit__short_name=named["unit"],
            question=question_of(self.data, self.number, named["question"]),
        )
        return found
