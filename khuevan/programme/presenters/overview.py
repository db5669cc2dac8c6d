"""A plan by its own sections: the headings that hold tasks, in order, each with its tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khuevan.programme.lines import SectionLine, TaskLine
from khuevan.programme.presenters.timeline import when_in_words
from khuevan.programme.presenters.wording import section_title, short_title


@dataclass(frozen=True, slots=True)
class TaskCard:
    """A task as the overview shows it; `more` says that the title is not the whole text."""

    task: TaskLine
    title: str
    when: str
    more: bool


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A heading with the tasks that stand directly under it; `count` is those below it too.

    `depth` is 0 at the top; `level` the heading's level on the page, 2 to 6. The block of tasks under
    no heading has no title.
    """

    key: str
    title: str
    depth: int
    level: int
    count: int
    cards: tuple[TaskCard, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands at the top of a plan: how many tasks, and how many of them each."""

    tasks: int
    with_lead: int
    without_lead: int
    with_deadline: int
    units: int


def figures(tasks: Sequence[TaskLine]) -> Figures:
    """The figures of these tasks; units are those with an assignment."""
    units = {unit.pk for task in tasks for unit in (task.lead, *task.supports) if unit is not None}
    led = sum(task.lead is not None for task in tasks)
    dated = sum(task.has_deadline for task in tasks)
    return Figures(len(tasks), led, len(tasks) - led, dated, len(units))


def task_card(task: TaskLine) -> TaskCard:
    """The task with its short title."""
    title = short_title(task.text)
    return TaskCard(task, title, when_in_words(task), title != " ".join(task.text.split()).rstrip(".;: "))


def section_blocks(sections: Iterable[SectionLine], tasks: Iterable[TaskLine]) -> tuple[SectionBlock, ...]:
    """The headings with tasks in or below them, in the plan's order; tasks under none come first."""
    ordered = list(sections)
    own: dict[int | None, list[TaskLine]] = defaultdict(list)
    for task in tasks:
        own[task.section].append(task)
    parent_of = {section.pk: section.parent for section in ordered}
    counts: dict[int, int] = defaultdict(int)
    for key, held in own.items():
        above = key
        while above is not None:
            counts[above] += len(held)
            above = parent_of.get(above)
    depth_of: dict[int, int] = {}
    blocks = []
    loose = own.get(None, [])
    if loose:
        blocks.append(SectionBlock("p0", "", 0, 2, len(loose), tuple(map(task_card, loose))))
    for section in ordered:
        depth = 0 if section.parent is None else depth_of.get(section.parent, 0) + 1
        depth_of[section.pk] = depth
        if counts[section.pk]:
            blocks.append(
                SectionBlock(
                    f"p{section.pk}",
                    section_title(section.label, section.heading),
                    depth,
                    min(2 + depth, 6),
                    counts[section.pk],
                    tuple(map(task_card, own.get(section.pk, ()))),
                )
            )
    return tuple(blocks)


def sections_below(sections: Iterable[SectionLine], key: int) -> set[int]:
    """The section with all below it. Parents stand before their children, as in the plan."""
    found = {key}
    ordered = list(sections)
    grown = True
    # Dropped headings come last, so a child may precede its parent; repeat until nothing is added.
    while grown:
        more = {section.pk for section in ordered if section.parent in found} - found
        found |= more
        grown = bool(more)
    return found


def section_choices(sections: Iterable[SectionLine], tasks: Iterable[int | None]) -> list[tuple[int, str]]:
    """The headings that hold tasks (`tasks`: the section of each), indented, for a select field."""
    ordered = list(sections)
    parent_of = {section.pk: section.parent for section in ordered}
    needed: set[int] = set()
    for key in tasks:
        above = key
        while above is not None and above not in needed:
            needed.add(above)
            above = parent_of.get(above)
    depth_of: dict[int, int] = {}
    found = []
    for section in ordered:
        depth_of[section.pk] = 0 if section.parent is None else depth_of.get(section.parent, 0) + 1
        if section.pk in needed:
            # No-break spaces: a browser drops ordinary ones at the start of an option.
            indent = "\u00a0\u00a0\u00a0" * depth_of[section.pk]
            found.append(
                (section.pk, indent + short_title(section_title(section.label, section.heading), 70))
            )
    return found
