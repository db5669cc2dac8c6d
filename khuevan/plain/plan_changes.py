"""What an amended plan changes: tasks and duties of the old reading held against the new one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from khuevan.plain.likeness import likeness, words
from khuevan.plain.official_documents.document import Duty, OfficialDocument, Task

Kind = Literal["unchanged", "changed", "added", "dropped"]

# Two sentences are one obligation, reworded, from this likeness on; standing at the same ref, or
# under the same unit, speaks for it too. Tried on the plan of 2025 with tasks inserted, cut short
# and reworded: below 0.4 unrelated tasks of one plan meet, since they share its stock phrases.
LEAST_LIKENESS = 0.4
LEAST_SCORE = 0.5
SAME_PLACE = 0.1
# Words that stand in more items than this pair nothing up: keeps 10,000 tasks from 10,000² pairs.
COMMON_WORD = 50
# Longer texts than this many words are shown as replaced whole rather than compared word by word.
LONGEST_COMPARED = 1_200


@dataclass(frozen=True, slots=True)
class Change:
    """One obligation: its index in the old and in the new reading, None where it is not there.

    `fields` names what differs: "text", "lead", "with", "due", "unit", "role". A new ref alone is
    no change.
    """

    kind: Kind
    before: int | None
    after: int | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """Tasks and duties in the order of the new plan, each dropped one where it used to stand."""

    tasks: tuple[Change, ...]
    duties: tuple[Change, ...]

    @property
    def nothing(self) -> bool:
        """Whether the two readings order the same."""
        return all(change.kind == "unchanged" for change in (*self.tasks, *self.duties))


@dataclass(frozen=True, slots=True)
class WordPart:
    """A run of words that stayed, came or went."""

    kind: Literal["same", "added", "dropped"]
    text: str


@dataclass(frozen=True, slots=True)
class _Item:
    ref: str
    unit: str
    text: str
    values: tuple[tuple[str, object], ...]


def plan_changes(old: OfficialDocument, new: OfficialDocument) -> PlanChanges:
    """What became of every task and duty. Each old and each new item appears exactly once."""
    return PlanChanges(
        _changes([_task(item) for item in old.tasks], [_task(item) for item in new.tasks]),
        _changes([_duty(item) for item in old.duties], [_duty(item) for item in new.duties]),
    )


def word_difference(before: str, after: str) -> tuple[WordPart, ...]:
    """The two texts as one run: its "same" and "added" parts give `after`, "same" and "dropped" `before`."""
    old, new = _tokens(before), _tokens(after)
    if max(len(old), len(new)) > LONGEST_COMPARED and before != after:
        return tuple(_changed(before, after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[WordPart] = []
    gone, come = "", ""
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        same = "".join(old[old_from:old_to])
        # A lone space between two changed words is read as part of the change, not as what stayed.
        if kind == "equal" and (same.strip() or not (gone or come)):
            found += _changed(gone, come)
            gone, come = "", ""
            found.append(WordPart("same", same))
        else:
            gone += same
            come += "".join(new[new_from:new_to])
    return (*found, *_changed(gone, come))


def _changed(gone: str, come: str) -> list[WordPart]:
    parts = (WordPart("dropped", gone), WordPart("added", come))
    return [part for part in parts if part.text]


def _tokens(text: str) -> list[str]:
    # Marks stand for themselves, so that a comma added behind a word leaves the word alone.
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def _task(task: Task) -> _Item:
    values = (
        ("text", task.text),
        ("lead", task.lead),
        ("with", task.partners),
        ("due", task.due),
    )
    return _Item(task.ref, "", task.text, values)


def _duty(duty: Duty) -> _Item:
    values = (
        ("text", duty.text),
        ("unit", words(duty.unit)),
        ("role", duty.role),
        ("with", duty.partners),
        ("due", duty.due),
    )
    return _Item(duty.ref, " ".join(words(duty.unit)), duty.text, values)


def _changes(old: Sequence[_Item], new: Sequence[_Item]) -> tuple[Change, ...]:
    pairs = _same_words(old, new)
    pairs.update(_reworded(old, new, pairs))
    after_of = pairs
    before_of = {after: before for before, after in pairs.items()}
    # A dropped item stands behind the one that stood before it in the old plan.
    dropped_behind: dict[int, list[int]] = defaultdict(list)
    last = -1
    for index in range(len(old)):
        if index in after_of:
            last = after_of[index]
        else:
            dropped_behind[last].append(index)

    found = [Change("dropped", index, None) for index in dropped_behind[-1]]
    for index, item in enumerate(new):
        before = before_of.get(index)
        if before is None:
            found.append(Change("added", None, index))
        else:
            fields = _different(old[before], item)
            found.append(Change("changed" if fields else "unchanged", before, index, fields))
        found += [Change("dropped", gone, None) for gone in dropped_behind[index]]
    return tuple(found)


def _different(old: _Item, new: _Item) -> tuple[str, ...]:
    return tuple(
        name for (name, was), (_, is_now) in zip(old.values, new.values, strict=True) if was != is_now
    )


def _same_words(old: Sequence[_Item], new: Sequence[_Item]) -> dict[int, int]:
    """Pairs with the same text: at the same ref and unit first, then under the same unit, then anywhere."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    keys = (
        lambda item: (item.text, item.unit, item.ref),
        lambda item: (item.text, item.unit),
        lambda item: item.text,
    )
    for key in keys:
        waiting: dict[object, list[int]] = defaultdict(list)
        for index in range(len(new) - 1, -1, -1):
            if index not in taken:
                waiting[key(new[index])].append(index)
        for index, item in enumerate(old):
            if index not in pairs and (candidates := waiting.get(key(item))):
                pairs[index] = candidates.pop()
                taken.add(pairs[index])
    return pairs


def _reworded(old: Sequence[_Item], new: Sequence[_Item], pairs: dict[int, int]) -> dict[int, int]:
    """Pairs of the rest by likeness, the likest first; ties go to the nearer place."""
    taken = set(pairs.values())
    old_words = {i: words(item.text) for i, item in enumerate(old) if i not in pairs}
    new_words = {i: words(item.text) for i, item in enumerate(new) if i not in taken}
    anchors = sorted(pairs.items())
    scored = []
    for before, after in _possible_pairs(old_words, new_words):
        alike = likeness(old_words[before], new_words[after])
        score = alike
        score += SAME_PLACE if old[before].ref == new[after].ref else 0
        score += SAME_PLACE if old[before].unit and old[before].unit == new[after].unit else 0
        if alike >= LEAST_LIKENESS and score >= LEAST_SCORE:
            scored.append((-score, abs(_expected(before, anchors) - after), before, after))
    found: dict[int, int] = {}
    for _, _, before, after in sorted(scored):
        if before not in found and after not in taken:
            found[before] = after
            taken.add(after)
    return found


def _expected(before: int, anchors: list[tuple[int, int]]) -> int:
    """Where an old item would stand in the new plan if it kept its distance to its last settled neighbour."""
    at = bisect_right(anchors, (before, -1)) - 1
    if at < 0:
        return before
    return anchors[at][1] + before - anchors[at][0]


def _possible_pairs(
    old_words: dict[int, tuple[str, ...]], new_words: dict[int, tuple[str, ...]]
) -> set[tuple[int, int]]:
    counts = Counter(word for text in new_words.values() for word in set(text))
    holders: dict[str, list[int]] = defaultdict(list)
    for index, text in new_words.items():
        for word in set(text):
            if counts[word] <= COMMON_WORD:
                holders[word].append(index)
    return {
        (before, after)
        for before, text in old_words.items()
        for word in set(text)
        for after in holders.get(word, ())
    }
