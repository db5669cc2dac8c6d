"""The plan's own headings: which part of a section tree is kept, and under which heading a task stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khuevan.plain.likeness import words
from khuevan.plain.official_documents.document import OfficialDocument, Section
from khuevan.programme.models import Plan, PlanSection, PlanVersion


@dataclass(frozen=True, slots=True)
class Heading:
    """One section to keep: its index among the kept ones, and that of the one above it."""

    ref: str
    label: str
    heading: str
    above: int | None


@dataclass(frozen=True, slots=True)
class SectionsByRef:
    """The kept rows, and of every node of the reading the row in which it stands."""

    rows: Sequence[PlanSection]
    row_of_ref: dict[str, int | None]

    def holding(self, ref: str) -> PlanSection | None:
        """The row under which the task or duty of this ref stands; None where it stands under no heading."""
        place = heading_of(ref, self.row_of_ref)
        return None if place is None else self.rows[place]


def headings_of(
    document: OfficialDocument,
) -> tuple[tuple[Heading, ...], dict[str, int | None]]:
    """The sections to keep, in order, and for every ref of the tree the index of the one it stands in.

    Kept are all nodes with a heading, and nodes without one that hold tasks; points that are tasks or
    duties themselves are not. A kept node's own ref leads to itself.
    """
    items = {task.ref for task in document.tasks} | {duty.ref for duty in document.duties}
    above_items = {ref for item in items for ref in _refs_above(item)}
    kept: list[Heading] = []
    index_of: dict[str, int | None] = {}

    def visit(sections: Sequence[Section], above: int | None) -> None:
        for section in sections:
            inside = above
            is_item = section.ref in items
            if not is_item and (section.heading or section.ref in above_items):
                kept.append(Heading(section.ref, section.label, section.heading or "", above))
                inside = len(kept) - 1
            index_of.setdefault(section.ref, inside)
            visit(section.children, inside)

    visit(document.sections, None)
    return tuple(kept), index_of


def heading_of(ref: str, index_of: dict[str, int | None]) -> int | None:
    """The index of the heading under which the item of this ref stands."""
    for candidate in (ref, *_refs_above(ref)):
        if candidate in index_of:
            return index_of[candidate]
    return None


def _refs_above(ref: str) -> Iterator[str]:
    """The refs above this one, the nearest first: II.2 and II for II.2.-3."""
    while "." in ref:
        ref = ref.rpartition(".")[0]
        yield ref


def keep_sections(plan: Plan, version: PlanVersion, document: OfficialDocument) -> SectionsByRef:
    """The rows of the document's headings in order; those that went on keep their row, others are dropped.

    A heading goes on where its words are the same; where two have the same words, the same ref decides.
    """
    headings, row_of_ref = headings_of(document)
    present = list(PlanSection.objects.current().filter(plan=plan))
    exact = {(row.ref, words(row.heading)): row for row in present}
    by_words: dict[tuple[str, ...], list[PlanSection]] = {}
    for row in present:
        by_words.setdefault(words(row.heading), []).append(row)
    taken: set[int] = set()
    rows: list[PlanSection] = []
    for order, found in enumerate(headings):
        key = words(found.heading)
        candidates = [
            exact.get((found.ref, key)),
            *(by_words.get(key, []) if key else []),
        ]
        row = next((row for row in candidates if row is not None and row.pk not in taken), None)
        row = row or PlanSection(plan=plan)
        row.ref, row.label, row.heading = (
            found.ref[:120],
            found.label[:40],
            found.heading,
        )
        row.order = order
        row.parent = None if found.above is None else rows[found.above]
        # One by one, since each needs the key of the one above it.
        row.save()
        taken.add(row.pk)
        rows.append(row)
    for row in present:
        if row.pk not in taken:
            row.dropped_in = version
            row.save()
    return SectionsByRef(rows, row_of_ref)
