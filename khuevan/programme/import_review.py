"""The review page of an import, ready to print: values only, no queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from khuevan.people.choices import UnitKind
from khuevan.plain.assignments import Answers
from khuevan.plain.official_documents.document import Due, OfficialDocument
from khuevan.plain.plan_changes import Change, WordPart, word_difference
from khuevan.plain.unit_names import Candidate, Reason, name_key
from khuevan.programme.choices import DutyRole, Recurrence, stored_code
from khuevan.programme.decisions import (
    NEW,
    UNDECIDED,
    WORDS,
    UnitDecision,
    joined_places,
    prospective_answers,
)
from khuevan.programme.outline import heading_of, headings_of
from khuevan.programme.queries import ImportReview
from khuevan.programme.sentences import warning_sentence
from khuevan.programme.source_text import SourceParagraph, item_places, marked_paragraphs

REASONS = {
    Reason.SAME_NAME: gettext_lazy("same name"),
    Reason.ALIAS: gettext_lazy("another name of it"),
    Reason.ABBREVIATION: gettext_lazy("abbreviation"),
    Reason.SHORT_FORM: gettext_lazy("shortened name"),
    Reason.NEAR_SPELLING: gettext_lazy("nearly the same spelling"),
    Reason.SIMILAR: gettext_lazy("similar"),
}
CHANGES = {
    "added": pgettext_lazy("task", "Added"),
    "changed": pgettext_lazy("task", "Changed"),
    "dropped": pgettext_lazy("task", "Dropped"),
    "unchanged": pgettext_lazy("task", "Unchanged"),
}
FIELDS = {
    "lead": gettext_lazy("lead"),
    "with": gettext_lazy("to work with"),
    "due": gettext_lazy("deadline"),
    "unit": gettext_lazy("unit"),
    "role": gettext_lazy("role"),
}


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A task or a duty. `key` is its anchor (t0, d0), `number` counts from 1, `paragraph` its place or None.

    `change` is a code of CHANGES, empty for a new plan; `parts` the word difference of a reworded one;
    `fields` what else differs, in words.
    """

    key: str
    number: int
    ref: str
    text: str
    paragraph: int | None
    due: str
    due_date: date | None
    recurrence: str
    change: str = ""
    change_label: str = ""
    parts: tuple[WordPart, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with who will answer for it, as things are chosen now."""

    item: ItemRow
    lead: str
    supports: tuple[str, ...]
    rivals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A heading with the tasks right under it. `level` counts from 1."""

    label: str
    heading: str
    level: int
    tasks: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A task that a duty may carry out. `percent`: how much of the duty's words the task has."""

    place: int
    number: int
    text: str
    percent: int
    taken: bool


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty with the tasks to tick."""

    item: ItemRow
    place: int
    role: str
    role_label: str
    proposals: tuple[ProposalRow, ...]
    was: str
    typed: str
    error: str


@dataclass(frozen=True, slots=True)
class DutyGroup:
    """The duties under one printed unit, and what that unit is taken for."""

    name: str
    unit_place: int
    meaning: str
    is_new: bool
    duties: tuple[DutyRow, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One way to take a printed name."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A printed name with the units that it may mean. `state` is MATCHED, CHECK, NEW or WORDS.

    `was` is the choice that the page shows, as it is stored.
    """

    place: int
    name: str
    duties: int
    tasks: int
    options: tuple[Option, ...]
    kind: str
    state: str
    state_label: str
    was: str
    typed: str
    error: str


# So many tasks and so many duties stand on one page: a plan of 500 would be slow to send and to scroll.
PER_PAGE = 60


@dataclass(frozen=True, slots=True)
class PagesWanted:
    """Which page of the tasks and which of the duties is shown, counted from 1."""

    tasks: int = 1
    duties: int = 1

    @classmethod
    def from_address(cls, wishes: Mapping[str, str]) -> PagesWanted:
        """The pages that an address names; the first where it names none, or nonsense."""
        return cls(_page_number(wishes.get("tasks", "")), _page_number(wishes.get("duties", "")))

    def within(self, tasks: int, duties: int) -> PagesWanted:
        """The pages as there are: the last for a number beyond it."""
        return PagesWanted(min(self.tasks, _pages(tasks)), min(self.duties, _pages(duties)))

    @property
    def address(self) -> str:
        """The end of the address that shows these pages."""
        return f"?tasks={self.tasks}&duties={self.duties}"


@dataclass(frozen=True, slots=True)
class PagerButton:
    """A way to another part of a long list: "1–60". `address` is the end of its address."""

    label: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything on the page. `dropped` are items of the present plan that the new file no longer has.

    `address` is the end of the page's own address; the pagers are empty where everything fits.
    """

    title: str
    head: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    figures: tuple[tuple[int, str], ...]
    changes: tuple[tuple[str, int, str], ...]
    paragraphs: list[SourceParagraph]
    legal_bases: tuple[ItemRow, ...]
    sections: tuple[SectionBlock, ...]
    dropped: tuple[ItemRow, ...]
    duty_groups: tuple[DutyGroup, ...]
    units: tuple[UnitRow, ...]
    mentioned: tuple[UnitRow, ...]
    unit_names: tuple[str, ...]
    kinds: tuple[tuple[str, str], ...]
    address: str
    task_pager: tuple[PagerButton, ...]
    duty_pager: tuple[PagerButton, ...]
    shown: PagesWanted

    def address_of(self, key: str) -> str:
        """Where an item stands: on this page, or on another one of its list."""
        place = int(key[1:])
        there = self.shown
        if key[0] == "t":
            there = replace(there, tasks=place // PER_PAGE + 1)
        elif key[0] == "d":
            there = replace(there, duties=place // PER_PAGE + 1)
        return f"#{key}" if there == self.shown else f"{there.address}#{key}"


def review_page(
    review: ImportReview,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    pages: PagesWanted | None = None,
) -> ReviewPage:
    """The page of a draft; `errors` and `typed` by field name, from a form that was not understood."""
    return _Page(review, errors or {}, typed or {}, pages or PagesWanted()).build()


def _page_number(text: str) -> int:
    return max(int(text), 1) if text.isdecimal() and len(text) < 5 else 1


def _pages(count: int) -> int:
    return max(-(-count // PER_PAGE), 1)


class _Page:
    def __init__(
        self,
        review: ImportReview,
        errors: Mapping[str, str],
        typed: Mapping[str, str],
        pages: PagesWanted,
    ) -> None:
        self.review = review
        self.document: OfficialDocument = review.document
        self.pages = pages.within(len(self.document.tasks), len(self.document.duties))
        self.errors = errors
        self.typed = typed
        self.names = {unit.id: unit.name for unit in review.register.units}
        self.by_key = review.decisions.by_key()
        # New units have no key yet: they count downwards from -1.
        self.numbers: dict[str, int] = {}
        for decision in review.decisions.units:
            if decision.unit is not None:
                self.numbers[decision.key] = decision.unit
            elif decision.new_kind is not None:
                self.numbers[decision.key] = -1 - decision.place
                self.names[-1 - decision.place] = decision.name
        self.answers = prospective_answers(self.document, review.decisions, self.numbers)
        self.places = item_places(self.document)

    def build(self) -> ReviewPage:
        document = self.document
        rows = [self._unit_row(decision) for decision in self.review.decisions.units]
        needed = {decision.place for decision in self.review.decisions.units if decision.duties}
        return ReviewPage(
            title=document.title or self.review.plan_import.filename,
            head=self._head(),
            warnings=self._warnings(),
            figures=self._figures(),
            changes=self._changes(),
            paragraphs=marked_paragraphs(document),
            legal_bases=tuple(
                self._plain_row("b", n, base.text, None) for n, base in enumerate(document.legal_bases)
            ),
            sections=self._sections(),
            dropped=self._dropped(),
            duty_groups=self._duty_groups(),
            units=tuple(row for row in rows if row.place in needed),
            mentioned=tuple(row for row in rows if row.place not in needed),
            unit_names=tuple(unit.name for unit in self.review.register.units),
            kinds=tuple((kind.value, str(kind.label)) for kind in UnitKind),
            address=self.pages.address if _pages(max(len(document.tasks), len(document.duties))) > 1 else "",
            task_pager=self._pager(
                len(document.tasks), self.pages.tasks, lambda n: replace(self.pages, tasks=n), "tasks"
            ),
            duty_pager=self._pager(
                len(document.duties), self.pages.duties, lambda n: replace(self.pages, duties=n), "duties"
            ),
            shown=self.pages,
        )

    def _pager(
        self, count: int, current: int, page: Callable[[int], PagesWanted], part: str
    ) -> tuple[PagerButton, ...]:
        if _pages(count) == 1:
            return ()
        return tuple(
            PagerButton(
                f"{(number - 1) * PER_PAGE + 1}–{min(number * PER_PAGE, count)}",
                f"{page(number).address}#{part}-heading",
                number == current,
            )
            for number in range(1, _pages(count) + 1)
        )

    def _head(self) -> tuple[tuple[str, str], ...]:
        document = self.document
        period = document.period
        signed = document.signatory
        values = (
            (_("Type"), document.type),
            (_("Number and symbol"), document.symbol),
            (_("Issued by"), document.issuer),
            (_("Signed on"), document.date and _day(document.date)),
            (_("Period"), period and f"{_day(period.first)} – {_day(period.last)}"),
            (_("Signed by"), signed and _joined(signed.authority, signed.position, signed.name)),
        )
        return tuple((label, value or _("not in the file")) for label, value in values)

    def _warnings(self) -> tuple[str, ...]:
        found = [warning_sentence(warning) for warning in self.document.warnings]
        for number, answers in enumerate(self.answers, 1):
            if answers.rival_leads:
                lead = self.names[answers.answers[0].unit]
                rivals = ", ".join(self.names[unit] for unit in answers.rival_leads)
                found.append(
                    _("Task %(number)s: %(rivals)s is also said to lead; %(lead)s is taken as the lead.")
                    % {"number": number, "rivals": rivals, "lead": lead}
                )
        if not self.document.tasks:
            found.append(_("No task was found in the document: check that it is a plan."))
        return tuple(found)

    def _figures(self) -> tuple[tuple[int, str], ...]:
        tasks, duties = len(self.document.tasks), len(self.document.duties)
        with_lead = sum(1 for answers in self.answers if _lead(answers) is not None)
        new = sum(1 for decision in self.review.decisions.units if decision.new_kind is not None)
        return (
            (tasks, ngettext("task", "tasks", tasks)),
            (duties, ngettext("duty", "duties", duties)),
            (with_lead, ngettext("task with a lead", "tasks with a lead", with_lead)),
            (new, ngettext("new unit", "new units", new)),
        )

    def _changes(self) -> tuple[tuple[str, int, str], ...]:
        if self.review.changes is None:
            return ()
        kinds: list[str] = [c.kind for c in (*self.review.changes.tasks, *self.review.changes.duties)]
        return tuple((kind, kinds.count(kind), str(CHANGES[kind])) for kind in CHANGES)

    def _sections(self) -> tuple[SectionBlock, ...]:
        headings, index_of = headings_of(self.document)
        under: dict[int | None, list[TaskRow]] = {}
        changes = self._change_of(self.review.changes.tasks) if self.review.changes else {}
        first = (self.pages.tasks - 1) * PER_PAGE
        for place, task in enumerate(self.document.tasks[first : first + PER_PAGE], first):
            before = self.review.old.tasks if self.review.old else ()
            item = self._item("t", place, task.ref, task.text, task.due, changes.get(place), before)
            answers = self.answers[place]
            lead = _lead(answers)
            row = TaskRow(
                item,
                "" if lead is None else self.names[lead],
                tuple(self.names[a.unit] for a in answers.answers if a.unit != lead),
                tuple(self.names[unit] for unit in answers.rival_leads),
            )
            under.setdefault(heading_of(task.ref, index_of), []).append(row)
        blocks = []
        if None in under:
            blocks.append(SectionBlock("", "", 1, tuple(under[None])))
        levels: list[int] = []
        wanted = {index for index in under if index is not None}
        for index in sorted(wanted):
            above = headings[index].above
            while above is not None:
                wanted.add(above)
                above = headings[above].above
        for index, heading in enumerate(headings):
            levels.append(1 if heading.above is None else levels[heading.above] + 1)
            if index in wanted:
                tasks = tuple(under.get(index, ()))
                blocks.append(SectionBlock(heading.label, heading.heading, min(levels[index], 3), tasks))
        return tuple(blocks)

    def _dropped(self) -> tuple[ItemRow, ...]:
        if self.review.changes is None or self.review.old is None:
            return ()
        old = self.review.old
        gone = [(c, old.tasks) for c in self.review.changes.tasks if c.kind == "dropped"]
        gone += [(c, old.duties) for c in self.review.changes.duties if c.kind == "dropped"]  # type: ignore[misc]
        rows = []
        for number, (change, items) in enumerate(gone):
            item = items[change.before or 0]
            rows.append(self._plain_row("x", number, item.text, item.due, item.ref))
        return tuple(rows)

    def _duty_groups(self) -> tuple[DutyGroup, ...]:
        changes = self._change_of(self.review.changes.duties) if self.review.changes else {}
        before = self.review.old.duties if self.review.old else ()
        groups: dict[str, list[DutyRow]] = {}
        first = (self.pages.duties - 1) * PER_PAGE
        for place, duty in enumerate(self.document.duties[first : first + PER_PAGE], first):
            role = stored_code(duty.role)
            row = DutyRow(
                self._item("d", place, duty.ref, duty.text, duty.due, changes.get(place), before),
                place,
                role,
                str(DutyRole(role).label),
                tuple(
                    ProposalRow(
                        proposal.task,
                        proposal.task + 1,
                        self.document.tasks[proposal.task].text,
                        round(proposal.share * 100),
                        proposal.taken,
                    )
                    for proposal in self.review.decisions.links[place]
                ),
                joined_places(self.review.decisions.taken(place)),
                self.typed.get(f"duty-{place}", ""),
                self.errors.get(f"duty-{place}", ""),
            )
            groups.setdefault(duty.unit, []).append(row)
        found = []
        for name, rows in groups.items():
            decision = self.by_key[name_key(name)]
            number = self.numbers.get(decision.key)
            meaning = "" if number is None else self.names[number]
            is_new = number is not None and number < 0
            found.append(DutyGroup(name, decision.place, meaning, is_new, tuple(rows)))
        return tuple(found)

    def _unit_row(self, decision: UnitDecision) -> UnitRow:
        field_name = f"unit-{decision.place}"
        options = [
            Option(str(c.unit), self._candidate_label(c), decision.unit == c.unit)
            for c in decision.match.candidates
        ]
        if decision.unit is not None and not any(option.chosen for option in options):
            options.insert(0, Option(str(decision.unit), self.names[decision.unit], True))
        if decision.choice == UNDECIDED:
            options.insert(0, Option(UNDECIDED, _("– choose the unit –"), True))
        options.append(Option(NEW, _("Register as a new unit"), decision.new_kind is not None))
        if not decision.duties:
            options.append(Option(WORDS, _("Keep as words, no unit"), decision.choice == WORDS))
        state, label = self._unit_state(decision)
        return UnitRow(
            decision.place,
            decision.name,
            decision.duties,
            decision.tasks,
            tuple(options),
            decision.new_kind or decision.match.kind,
            state,
            label,
            decision.choice,
            self.typed.get(field_name, ""),
            self.errors.get(field_name, ""),
        )

    def _candidate_label(self, candidate: Candidate) -> str:
        reason = str(REASONS[candidate.reason])
        if not candidate.existed:
            reason = _("%(reason)s; did not exist that day") % {"reason": reason}
        return f"{self.names[candidate.unit]} ({reason})"

    def _unit_state(self, decision: UnitDecision) -> tuple[str, str]:
        if decision.new_kind is not None:
            return "NEW", _("New unit")
        if decision.choice == WORDS:
            return "WORDS", _("Words only")
        if decision.choice == UNDECIDED:
            return "CHECK", _("Several units are called so")
        taken = next((c for c in decision.match.candidates if c.unit == decision.unit), None)
        if taken is not None and not taken.existed:
            return "CHECK", _("Did not exist on the plan’s day")
        if taken is not None and taken.reason in {Reason.NEAR_SPELLING, Reason.SIMILAR}:
            return "CHECK", _("Please check")
        return "MATCHED", _("Matched")

    def _change_of(self, changes: Sequence[Change]) -> dict[int, Change]:
        return {change.after: change for change in changes if change.after is not None}

    def _plain_row(self, letter: str, number: int, text: str, due: Due | None, ref: str = "") -> ItemRow:
        return self._item(letter, number, ref, text, due, None, ())

    def _item(
        self,
        letter: str,
        place: int,
        ref: str,
        text: str,
        due: Due | None,
        change: Change | None,
        before: Sequence[object],
    ) -> ItemRow:
        key = f"{letter}{place}"
        at = self.places.get(key)
        parts: tuple[WordPart, ...] = ()
        if change is not None and change.before is not None and "text" in change.fields:
            parts = word_difference(getattr(before[change.before], "text"), text)  # noqa: B009
        recurrence = stored_code(due.recurrence) if due else ""
        return ItemRow(
            key,
            place + 1,
            ref,
            text,
            None if at is None else at.paragraph,
            due.text if due else "",
            due.date if due else None,
            str(Recurrence(recurrence).label) if recurrence else "",
            change.kind if change else "",
            str(CHANGES[change.kind]) if change else "",
            parts,
            tuple(str(FIELDS[name]) for name in change.fields if name in FIELDS) if change else (),
        )


def _lead(answers: Answers) -> int | None:
    return next((answer.unit for answer in answers.answers if answer.role == "LEAD"), None)


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
