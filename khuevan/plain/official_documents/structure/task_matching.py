"""Which task a duty probably carries out: a proposal by the words they share, for an officer to confirm.

The measure is the cosine of two bags of word pairs and words, each weighted by how rare it is among
the document's own tasks and duties. It is deterministic and needs no model.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from khuevan.plain.folding import fold

from ..document import Duty, Task

MOST_PROPOSED = 5
LEAST_LIKENESS = 0.12
_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    [
        "va",
        "cua",
        "cac",
        "cho",
        "voi",
        "tren",
        "trong",
        "theo",
        "ve",
        "den",
        "tu",
        "tai",
        "duoc",
        "la",
        "co",
        "de",
        "thuc",
        "hien",
        "to",
        "chuc",
        "trien",
        "khai",
        "phoi",
        "hop",
        "chu",
        "tri",
        "cong",
        "tac",
        "noi",
        "dung",
        "thong",
        "tin",
        "thanh",
        "pho",
        "nam",
        "viec",
        "khi",
        "nhu",
        "nay",
        "do",
        "nham",
        "cung",
        "mot",
        "so",
        "hoat",
        "dong",
        "don",
        "vi",
        "co",
        "quan",
        "lien",
        "quan",
        "dia",
        "ban",
    ]
)


def proposed_tasks(duty_texts: Sequence[str], task_texts: Sequence[str]) -> list[tuple[int, ...]]:
    """For each duty the indexes of the tasks it probably carries out, best first, ties in the plan's order."""
    tasks = [_terms(text) for text in task_texts]
    duties = [_terms(text) for text in duty_texts]
    seen: Counter[str] = Counter()
    for terms in [*tasks, *duties]:
        seen.update(terms.keys())
    total = len(tasks) + len(duties)
    weight = {term: math.log((1 + total) / count) for term, count in seen.items()}
    postings: dict[str, list[tuple[int, float]]] = {}
    norms = [_norm(terms, weight) for terms in tasks]
    for index, terms in enumerate(tasks):
        for term, count in terms.items():
            postings.setdefault(term, []).append((index, count * weight[term]))
    result = []
    for terms in duties:
        norm = _norm(terms, weight)
        scores: dict[int, float] = {}
        for term, count in terms.items():
            own = count * weight[term]
            for index, other in postings.get(term, ()):
                scores[index] = scores.get(index, 0.0) + own * other
        ranked = sorted(
            (
                (score / (norm * norms[index]), index)
                for index, score in scores.items()
                if norm and norms[index]
            ),
            key=lambda pair: (-round(pair[0], 9), pair[1]),
        )
        result.append(
            tuple(index for likeness, index in ranked[:MOST_PROPOSED] if likeness >= LEAST_LIKENESS)
        )
    return result


def with_proposed_tasks(duties: Sequence[Duty], tasks: Sequence[Task]) -> tuple[Duty, ...]:
    """The duties with `task_refs` filled."""
    proposals = proposed_tasks([duty.text for duty in duties], [task.text for task in tasks])
    return tuple(
        replace(duty, task_refs=tuple(tasks[index].ref for index in indexes))
        for duty, indexes in zip(duties, proposals, strict=True)
    )


def _terms(text: str) -> Counter[str]:
    words = _WORD.findall(fold(text))
    terms: Counter[str] = Counter(word for word in words if word not in _STOP and len(word) > 1)
    pairs = Counter(
        f"{one} {two}"
        for one, two in zip(words, words[1:], strict=False)
        if not (one in _STOP and two in _STOP)
    )
    for pair, count in pairs.items():
        terms[pair] += count
    for term in terms:
        terms[term] = 1
    return terms


def _norm(terms: Counter[str], weight: dict[str, float]) -> float:
    return math.sqrt(sum((count * weight[term]) ** 2 for term, count in terms.items()))
