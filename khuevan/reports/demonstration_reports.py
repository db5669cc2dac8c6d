"""The quarterly reports of 2025, lived through with the plan's year by the actions that people's clicks call.

What happens stands in `data/demonstration_reports.toml`. Cycles open, call and close by the real jobs of each
morning; units fill, send and mend; the gatherer composes; the document goes its way through review to number,
files, signature and recipients. Each deed is done at its own moment of the office's clock.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.utils import translation

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
from khuevan.people.queries import system_person
from khuevan.programme.demonstration_year import PlanDeed, YearGuest
from khuevan.reports import jobs
from khuevan.reports.actions import (
    UnitWords,
    compose_report,
    correct_report,
    edit_passage,
    edit_report_words,
    freeze_report,
    gather_again,
    return_unit_report,
    save_unit_report,
    send_unit_report,
)
from khuevan.reports.actions.filling import FigureEntry
from khuevan.reports.bundled_rules import put_in_bundled_rule
from khuevan.reports.choices import ReportState
from khuevan.reports.models import ComposedReport, Cycle, Indicator, Passage, Question, UnitReport

DATA = Path(__file__).parent / "data" / "demonstration_reports.toml"
Row = Mapping[str, Any]
# From freezing to submitting, and from number to signature and to sending.
_PAUSE = timedelta(minutes=25)


def quarterly_reports() -> YearGuest:
    """What reporting does in the year."""
    return YearGuest(plan_deeds=_plan_deeds, each_morning=_morning)


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """A report of the year with the document that it became, for whoever wants to look at it."""

    name: str
    symbol: str
    issued: date | None
    path: str


def issued_reports() -> list[IssuedReport]:
    """The reports that have a number, in the order in which they were issued."""
    rows = ComposedReport.objects.filter(draft__document__isnull=False).select_related("draft__document")
    found = []
    for report in rows.order_by("draft__document__registered_at"):
        document = report.draft.document if report.draft is not None else None
        if document is not None:
            path = report.get_absolute_url()
            found.append(IssuedReport(report.title, document.symbol, document.issued_date, path))
    return found


def _morning(_day: date) -> None:
    # The jobs know by themselves what the day asks for.
    jobs.keep_report_cycles()
    jobs.call_report_units()


def _plan_deeds(plan_deed: PlanDeed) -> None:
    # There already wherever `setup-demo` is newer than reporting.
    put_in_bundled_rule(by=system_person())
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    for quarter in data["quarter"]:
        for row in quarter["unit"]:
            _plan_unit(plan_deed, data, quarter["number"], row)
        for row in (quarter["report"], quarter.get("correction")):
            if row is not None:
                _plan_report(plan_deed, data, quarter["number"], row)


def _plan_unit(plan_deed: PlanDeed, data: Row, number: int, row: Row) -> None:
    form = _Form(data, number, row)
    if "begun" in row:
        _at(plan_deed, row["begun"], form.begin)
    _at(plan_deed, row["sent"], form.send)
    if "again" in row:
        _at(plan_deed, row["again"]["returned"], form.give_back)
        if "sent" in row["again"]:
            _at(plan_deed, row["again"]["sent"], form.send_again)


def _plan_report(plan_deed: PlanDeed, data: Row, number: int, row: Row) -> None:
    work = _Composing(data, number, row)
    _at(plan_deed, row["composed"], work.compose)
    if "gathered_again" in row:
        _at(plan_deed, row["gathered_again"], work.gather)
    _at(plan_deed, row["frozen"] - _PAUSE, work.edit)
    _at(plan_deed, row["frozen"], work.freeze)
    _at(plan_deed, row["frozen"] + _PAUSE, work.submit)
    for moment in row["approved"]:
        _at(plan_deed, moment, work.approve)
    _at(plan_deed, row["issued"], work.issue)
    _at(plan_deed, row["issued"] + _PAUSE, work.sign)
    _at(plan_deed, row["issued"] + 2 * _PAUSE, work.dispatch)


def _at(plan_deed: PlanDeed, moment: datetime, deed: Callable[[], None]) -> None:
    plan_deed(moment.date(), moment.hour, partial(_in_vietnamese, deed), moment.minute)


def _in_vietnamese(deed: Callable[[], None]) -> None:
    # The words that deeds leave are the office's, whatever language the command speaks.
    with translation.override("vi"):
        deed()


def _person(username: str) -> User:
    """The person as the database has them now: what may be done is asked anew each day."""
    return User.objects.get(username=username)


def _cycle(data: Row, number: int) -> Cycle:
    found: Cycle = Cycle.objects.select_related("rule").get(
        rule_code=data["rule"], year=data["year"], number=number
    )
    return found


@dataclass(frozen=True, slots=True)
class _Form:
    """One unit's form of one quarter, as its row has it."""

    data: Row
    number: int
    row: Row

    def begin(self) -> None:
        """The figures first, saved; the words come when the form is sent."""
        self._save(self._figures(), UnitWords())

    def send(self) -> None:
        """Everything filled in, saved and sent."""
        self._save(self._figures(), self._words())
        self._send()

    def give_back(self) -> None:
        """Returned by the gatherer, with the reason."""
        again = self.row["again"]
        return_unit_report(
            by=_person(self.data["gatherer"]), report=self._report(), reason=again["reason"]
        )  # fmt: skip

    def send_again(self) -> None:
        """What the return asked for, changed, and sent again."""
        again = self.row["again"]
        figures = {key: FigureEntry(Decimal(value)) for key, value in self._keyed(again["figures"]).items()}
        self._save(figures, self._words(again["answers"]))
        self._send()

    def _report(self) -> UnitReport:
        cycle = _cycle(self.data, self.number)
        unit = Unit.objects.get(short_name=self.row["unit"])
        found: UnitReport = UnitReport.objects.select_related("cycle__rule", "unit").get(
            cycle=cycle, unit=unit
        )
        return found

    def _by(self) -> User:
        return _person(self.data["fills"][self.row["unit"]])

    def _save(self, figures: Mapping[int, FigureEntry], words: UnitWords) -> None:
        report = self._report()
        save_unit_report(
            by=self._by(), report=report, seen_version=report.version, figures=figures, words=words
        )

    def _send(self) -> None:
        report = self._report()
        send_unit_report(by=self._by(), report=report, seen_version=report.version)

    def _keyed(self, by_code: Mapping[str, Any]) -> dict[int, Any]:
        rule = _cycle(self.data, self.number).rule
        keys = dict(Indicator.objects.filter(section__rule=rule).values_list("code", "pk"))
        return {keys[code]: value for code, value in by_code.items()}

    def _figures(self) -> dict[int, FigureEntry]:
        entered = dict(zip(self.data["codes"], self.row["figures"], strict=True))
        found = {key: FigureEntry(Decimal(value)) for key, value in self._keyed(entered).items()}
        for own in self.row.get("corrected", ()):
            [(key, value)] = self._keyed({own["code"]: own["value"]}).items()
            found[key] = FigureEntry(Decimal(value), own["reason"])
        return found

    def _words(self, changed: Mapping[str, str] | None = None) -> UnitWords:
        said = {**self.row["answers"], **(changed or {})}
        return UnitWords(
            answers={_question(self.data, self.number, name).pk: text for name, text in said.items()},
            difficulties=[(text, asks) for text, asks in self.row.get("difficulties", ())],
            proposals=self.row.get("proposals", ""),
        )


def _question(data: Row, number: int, name: str) -> Question:
    found: Question = Question.objects.get(
        section__rule=_cycle(data, number).rule, text=data["questions"][name]
    )
    return found


@dataclass(frozen=True, slots=True)
class _Composing:
    """The composed report of one quarter, or its correction, up to the document that has left."""

    data: Row
    number: int
    row: Row

    def compose(self) -> None:
        """Gathered from what units have sent; a correction names the frozen one."""
        by, cycle = self._gatherer(), _cycle(self.data, self.number)
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
        clerk = _person(self.data["clerk"])
        make_document_files(by=clerk, document=issue_document(by=clerk, draft=self._draft()))

    def sign(self) -> None:
        """The signature on paper, registered."""
        sign_on_paper(
            by=_person(self.data["clerk"]),
            document=self._document(),
            signer_name=self.data["signer_name"],
            signed_at=clock.now(),
        )

    def dispatch(self) -> None:
        """Sent to those recipients who get it on paper or in the house; a corrected document gives way to it."""
        clerk, document = _person(self.data["clerk"]), self._document()
        corrects = self._report().corrects
        if corrects is not None and corrects.draft is not None and corrects.draft.document is not None:
            replace_document(by=clerk, document=corrects.draft.document, new=document)
        prepare_dispatches(by=clerk, document=document)
        going = list(document.dispatches.filter(channel__in=[Channel.PRINTED, Channel.INTERNAL]))
        if going:
            send_dispatches(by=clerk, document=document, dispatches=going)

    def _gatherer(self) -> User:
        return _person(self.data["gatherer"])

    def _report(self) -> ComposedReport:
        found: ComposedReport = (
            ComposedReport.objects.filter(cycle=_cycle(self.data, self.number))
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
            question=_question(self.data, self.number, named["question"]),
        )
        return found
