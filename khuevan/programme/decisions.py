"""What an import will do with a reading: proposals, overridden by what the officer has chosen.

The review page shows these decisions and the import carries them out, so that nothing happens that
was not on the page. Plain values in and out: no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from khuevan.people.choices import UnitKind
from khuevan.plain.assignments import Answers, LinkedDuty, answers_for
from khuevan.plain.likeness import SharedMeaning
from khuevan.plain.official_documents.document import OfficialDocument
from khuevan.plain.unit_names import NameMatch, Reason, RegisteredUnit, match_names, name_key
from khuevan.programme.choices import stored_code

# A choice for a named unit: the id of a registered unit, or one of these.
NEW = "NEW"  # followed by ":" and the kind
WORDS = "WORDS"
# Not stored: stands for a name that several registered units bear.
UNDECIDED = ""
NAMES_OF = frozenset({Reason.SAME_NAME, Reason.ALIAS, Reason.ABBREVIATION})

# Bodies that do not work in this system: a task that names them keeps the name as words.
OUTSIDE_KINDS = frozenset({UnitKind.CITY, UnitKind.MINISTRY, UnitKind.PARTY, UnitKind.OUTSIDE})

# A duty's first proposed task is taken from this share of the duty's (rare) words on. On the plan of
# 2025 the nine right first proposals have 0.40 and more, the wrong one 0.397; the officer sees them all.
LEAST_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class RegisteredUnits:
    """The register as the matching needs it: units in the tree's order, kind and path of each by id."""

    units: tuple[RegisteredUnit, ...]
    kinds: Mapping[int, str]
    paths: Mapping[int, str]

    def works_for(self, unit: int, issuer: int | None) -> bool:
        """Whether a unit that a sentence merely names is given the task: one of the issuer's own.

        Where the issuer is not registered, any unit that is not of an outside kind.
        """
        if issuer is None:
            return self.kinds[unit] not in OUTSIDE_KINDS
        return self.paths[unit].startswith(self.paths[issuer])


@dataclass(frozen=True, slots=True)
class Choices:
    """What an officer has saved, and what an earlier version of the plan settles.

    `units`: by name key, a choice. `links`: by place of a duty, places of tasks. The settled ones
    hold for names and duties that the earlier version has too.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, Sequence[int]] = field(default_factory=dict)
    settled_units: Mapping[str, str] = field(default_factory=dict)
    settled_links: Mapping[int, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitDecision:
    """One unit that the document names. `duties` and `tasks` count where; one with duties needs a unit."""

    place: int
    key: str
    name: str
    duties: int
    tasks: int
    match: NameMatch
    choice: str

    @property
    def unit(self) -> int | None:
        """The registered unit that is chosen; None for a new one, and for words."""
        return int(self.choice) if self.choice.isdigit() else None

    @property
    def new_kind(self) -> str | None:
        """The kind of the unit to be made; None where none is made."""
        return self.choice.partition(":")[2] if self.choice.startswith(NEW) else None


@dataclass(frozen=True, slots=True)
class LinkProposal:
    """A task that a duty may carry out: its place, how much of the duty it says, whether it is taken."""

    task: int
    share: float
    taken: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of one import. `links` has one entry a duty, in the document's order."""

    units: tuple[UnitDecision, ...]
    links: tuple[tuple[LinkProposal, ...], ...]

    def by_key(self) -> dict[str, UnitDecision]:
        """The unit decisions by name key."""
        return {decision.key: decision for decision in self.units}

    def taken(self, duty: int) -> tuple[int, ...]:
        """The places of the tasks that a duty carries out."""
        return tuple(proposal.task for proposal in self.links[duty] if proposal.taken)


def document_day(document: OfficialDocument, otherwise: date) -> date:
    """The day on which the document's units are looked up: signed, else the period's first."""
    if document.date is not None:
        return document.date
    return otherwise if document.period is None else document.period.first


def joined_places(places: Iterable[int]) -> str:
    """The places as one text, in order: how a page says which tasks a duty was linked to."""
    return ",".join(map(str, sorted(places)))


def decide(document: OfficialDocument, register: RegisteredUnits, choices: Choices, day: date) -> Decisions:
    """The decisions for every named unit, in order of first mention (duties first), and for every duty."""
    return Decisions(
        _unit_decisions(document, register, choices, day),
        _link_decisions(document, choices),
    )


def prospective_answers(
    document: OfficialDocument, decisions: Decisions, unit_of: Mapping[str, int]
) -> list[Answers]:
    """Who will answer for each task of the document. `unit_of` gives a unit's number by name key.

    The duties in the answers are places in the document's duties.
    """
    meaning = SharedMeaning([task.text for task in document.tasks])
    linked: list[list[LinkedDuty]] = [[] for _ in document.tasks]
    for place, duty in enumerate(document.duties):
        unit = unit_of.get(name_key(duty.unit))
        if unit is None:
            continue
        for task in decisions.taken(place):
            share = meaning.share(duty.text, task)
            linked[task].append(LinkedDuty(place, unit, stored_code(duty.role), share))  # type: ignore[arg-type]

    def named(names: Sequence[str]) -> list[int]:
        return [unit_of[key] for key in map(name_key, names) if key in unit_of]

    return [
        answers_for(named(task.lead), named(task.partners), linked[place])
        for place, task in enumerate(document.tasks)
    ]


def _unit_decisions(
    document: OfficialDocument, register: RegisteredUnits, choices: Choices, day: date
) -> tuple[UnitDecision, ...]:
    names: dict[str, str] = {}
    duties: dict[str, int] = {}
    tasks: dict[str, int] = {}
    for duty in document.duties:
        key = name_key(duty.unit)
        names.setdefault(key, duty.unit)
        duties[key] = duties.get(key, 0) + 1
    for task in document.tasks:
        for name in (*task.lead, *task.partners):
            key = name_key(name)
            if key:
                names.setdefault(key, name)
                tasks[key] = tasks.get(key, 0) + 1
    found = []
    issuer = match_names([document.issuer or ""], register.units, day)[0].proposed
    matches = match_names(names.values(), register.units, day)
    for place, (key, match) in enumerate(zip(names, matches, strict=True)):
        needed = key in duties
        choice = choices.units.get(key, "")
        if not _may_be_chosen(choice, register, needed):
            settled = choices.settled_units.get(key, "")
            if _may_be_chosen(settled, register, needed):
                choice = settled
            else:
                choice = _proposed_choice(match, register, issuer, needed)
        found.append(
            UnitDecision(
                place,
                key,
                match.name,
                duties.get(key, 0),
                tasks.get(key, 0),
                match,
                choice,
            )
        )
    return tuple(found)


def _may_be_chosen(choice: str, register: RegisteredUnits, needed: bool) -> bool:
    """Whether a saved choice still holds: the unit may be gone, and a duty cannot stay without one."""
    if choice == WORDS:
        return not needed
    if choice.startswith(NEW + ":"):
        return choice.partition(":")[2] in UnitKind.values
    return choice.isdigit() and int(choice) in register.kinds


def _proposed_choice(match: NameMatch, register: RegisteredUnits, issuer: int | None, needed: bool) -> str:
    if needed and match.proposed is None and any(c.reason in NAMES_OF for c in match.candidates):
        # Several units bear the name: neither one of them nor a new one is taken for the officer.
        return UNDECIDED
    if needed:
        return str(match.proposed) if match.proposed is not None else f"{NEW}:{match.kind}"
    if match.proposed is None or not register.works_for(match.proposed, issuer):
        return WORDS
    return str(match.proposed)


def _link_decisions(document: OfficialDocument, choices: Choices) -> tuple[tuple[LinkProposal, ...], ...]:
    place_of: dict[str, int] = {}
    for place, task in enumerate(document.tasks):
        place_of.setdefault(task.ref, place)
    meaning = SharedMeaning([task.text for task in document.tasks])
    found = []
    for place, duty in enumerate(document.duties):
        proposed = list(dict.fromkeys(place_of[ref] for ref in duty.task_refs if ref in place_of))
        saved = choices.links.get(str(place), choices.settled_links.get(place))
        if saved is None:
            first = proposed[0] if proposed else None
            enough = first is not None and meaning.share(duty.text, first) >= LEAST_SHARE
            taken = {first} if enough else set()
        else:
            taken = {task for task in saved if 0 <= task < len(document.tasks)}
        # What the officer added himself stands first, so that it is seen.
        added = sorted(task for task in taken if task is not None and task not in proposed)
        found.append(
            tuple(
                LinkProposal(task, round(meaning.share(duty.text, task), 3), task in taken)
                for task in (*added, *proposed)
            )
        )
    return tuple(found)
