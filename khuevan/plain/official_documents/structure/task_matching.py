"""Which task a duty probably carries out: a proposal by the words they share, for an officer to confirm.

The measure is the cosine of two bags of word pairs and words, each weighted by how rare it is among
the document's own tasks and duties. It is deterministic and needs no model.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from khuevan.plain.folding import fold
from khuevan.plain.official_documents.document import Duty, Task

MOST_PROPOSED = 5
LEAST_LIKENESS = 0.12
_WORD = re.compile(r"[^\W_]+")
_TELLING = 1_500
"""Characters of an item that are compared; longer items are tables or quotations run together."""
_PAIR = 20
"""Bits for one word's number within a pair's."""
_COMMON = (
    "va", "cua", "cac", "cho", "voi", "tren", "trong", "theo", "ve", "den", "tu", "tai", "duoc", "la",
    "co", "de", "thuc", "hien", "to", "chuc", "trien", "khai", "phoi", "hop", "chu", "tri", "cong", "tac",
    "noi", "dung", "thong", "tin", "thanh", "pho", "nam", "viec", "khi", "nhu", "nay", "do", "nham",
    "cung", "mot", "so", "hoat", "dong", "don", "vi", "quan", "lien", "dia", "ban",
)  # fmt: skip
"""Words that stand in every plan: they tell nothing alone, only beside another."""


def proposed_tasks(duty_texts: Sequence[str], task_texts: Sequence[str]) -> list[tuple[int, ...]]:
    """For each duty the indexes of the tasks it probably carries out, best first, ties in plan order."""
    if not duty_texts or not task_texts:
        return [()] * len(duty_texts)
    vocabulary: dict[str, int] = {word: number for number, word in enumerate(_COMMON)}
    tasks = [_terms(text, vocabulary) for text in task_texts]
    duties = [_terms(text, vocabulary) for text in duty_texts]
    seen: Counter[int] = Counter()
    for terms in (*tasks, *duties):
        seen.update(terms)
    total = 1 + len(tasks) + len(duties)
    # A term of one item alone adds to that item's length, never to a likeness.
    shared = {term: math.log(total / count) ** 2 for term, count in seen.items() if count > 1}
    lone = math.log(total) ** 2
    shared_terms = shared.keys()

    def length(terms: frozenset[int]) -> float:
        common = terms & shared_terms
        return math.sqrt(sum(map(shared.__getitem__, common)) + (len(terms) - len(common)) * lone)

    postings: dict[int, list[int]] = {}
    for index, terms in enumerate(tasks):
        for term in terms & shared_terms:
            postings.setdefault(term, []).append(index)
    task_lengths = [length(terms) for terms in tasks]
    proposals = []
    for terms in duties:
        scores: dict[int, float] = {}
        for term in terms & postings.keys():
            weight = shared[term]
            for index in postings[term]:
                scores[index] = scores.get(index, 0.0) + weight
        own = length(terms)
        ranked = sorted(
            (-round(score / (own * task_lengths[index]), 9), index)
            for index, score in scores.items()
            if own and task_lengths[index]
        )
        proposals.append(
            tuple(index for likeness, index in ranked[:MOST_PROPOSED] if -likeness >= LEAST_LIKENESS)
        )
    return proposals


def with_proposed_tasks(duties: Sequence[Duty], tasks: Sequence[Task]) -> tuple[Duty, ...]:
    """The duties with `task_refs` filled."""
    proposals = proposed_tasks([duty.text for duty in duties], [task.text for task in tasks])
    return tuple(
        replace(duty, task_refs=tuple(tasks[index].ref for index in indexes))
        for duty, indexes in zip(duties, proposals, strict=True)
    )


def _terms(text: str, vocabulary: dict[str, int]) -> frozenset[int]:
    """The telling words of the text and all its pairs of neighbours, as numbers."""
    known = vocabulary.setdefault
    numbers = [known(word, len(vocabulary)) for word in _WORD.findall(fold(text[:_TELLING]))]
    terms = {(one + 1) << _PAIR | two for one, two in itertools.pairwise(numbers)}
    terms.update(number for number in numbers if number >= len(_COMMON))
    return frozenset(terms)
