"""How well a reading agrees with gold that a careful reader wrote: precision, recall and F1 a field.

A gold item is given by how it starts and ends. What the gold lists as ambiguous is free: an item
quoted there is neither missed nor wrong, and its attributes do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

_EDGE = re.compile(r"^[^\w“\"(]+|[\s.;,:…”\"/)\]]+$")


@dataclass(slots=True)
class Score:
    """Counts of one field: right, wrong (read but not in the gold), missed, and what they were."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1.0 where there was nothing to find and nothing was found."""
        total = 2 * self.right + self.wrong + self.missed
        return 1.0 if total == 0 else 2 * self.right / total

    def add(self, other: Score) -> None:
        """Add another document's counts."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.notes += other.notes


def normal(text: str | None) -> str:
    """Text for comparison: NFC, lower case, single spaces, dashes alike, no marks at the edges."""
    if text is None:
        return ""
    text = (
        unicodedata.normalize("NFC", text).lower().replace("–", "-").replace("—", "-").replace("\u00a0", " ")
    )
    text = re.sub(r"\[\d+\]", "", text)
    text = re.sub(r"\s+", " ", text)
    return _EDGE.sub("", text).strip()


def score_document(read: dict[str, Any], gold: dict[str, Any]) -> dict[str, Score]:
    """The scores of one document, by field."""
    free = [normal(note) for note in gold["ambiguous"]]
    scores = {
        name: Score()
        for name in ("tasks", "duties", "legal_bases", "references", "recipients", "head", "signature")
    }
    scores |= {
        name: Score()
        for name in ("task_lead", "task_with", "due", "unit", "role", "duty_with", "period", "reporting")
    }
    for name in ("type", "number", "symbol", "parent_body", "issuer", "place", "date"):
        _field(
            scores["head"],
            name,
            read[name],
            gold[name],
            any(n.startswith(name) or f"{name}:" in n[:60] for n in free),
        )
    title = normal(read["title"])
    right = (gold["title_starts"] is None and not title) or (
        title.startswith(normal(gold["title_starts"]))
        and title.endswith(normal(gold["title_ends"]))
        and bool(title)
    )
    _count(scores["head"], right, f"title {read['title']!r}")
    _field(
        scores["period"], "period", read["period"], gold["period"], any(n.startswith("period") for n in free)
    )
    for name in ("authority", "position", "name"):
        _field(
            scores["signature"],
            name,
            (read["signatory"] or {}).get(name),
            (gold["signatory"] or {}).get(name),
            False,
        )
    _sets(
        scores["references"],
        [r["symbol"] for r in read["references"]],
        gold["reference_symbols"],
        lambda symbol: any(normal(symbol) in n for n in free),
    )
    _sets(
        scores["recipients"],
        [f"{r['name']} | {normal(r['purpose'])}" for r in read["recipients"]],
        [f"{r['name']} | {normal(r['purpose'])}" for r in gold["recipients"]],
        lambda _: False,
    )
    _legal_bases(scores["legal_bases"], read["legal_bases"], gold["legal_bases"])
    for kind in ("tasks", "duties"):
        pairs = _pairs(scores[kind], read[kind], gold[kind], free, kind)
        for item, expected in pairs:
            starts = normal(expected["starts"])
            noted = [n for n in free if starts[:38] in n]
            label = f"{expected['starts'][:50]}"
            _attribute(
                scores["due"],
                label,
                _due(item["due"]),
                _due(expected["due"]),
                any(" due" in n for n in noted),
            )
            with_free = any(" with" in n for n in noted)
            if kind == "tasks":
                lead_free = any("lead" in n for n in noted)
                _bodies(scores["task_lead"], label, item["lead"], expected["lead"], lead_free)
                _bodies(scores["task_with"], label, item["with"], expected["with"], with_free)
            else:
                _attribute(
                    scores["unit"],
                    label,
                    normal(item["unit"]),
                    normal(expected["unit"]),
                    any("unit" in n for n in noted),
                )
                _attribute(
                    scores["role"],
                    label,
                    item["role"],
                    expected["role"],
                    any("role" in n or "lead" in n for n in noted),
                )
                _bodies(scores["duty_with"], label, item["with"], expected["with"], with_free)
    return scores


def _count(score: Score, right: bool, note: str) -> None:
    if right:
        score.right += 1
    else:
        score.wrong += 1
        score.missed += 1
        score.notes.append(note)


def _field(score: Score, name: str, read: Any, expected: Any, free: bool) -> None:
    same = read == expected or (
        isinstance(read, str) and isinstance(expected, str) and normal(read) == normal(expected)
    )
    if read is None and expected is None:
        return
    if not same and free:
        return
    _count(score, same, f"{name}: read {read!r}, gold {expected!r}")


def _attribute(score: Score, label: str, read: Any, expected: Any, free: bool) -> None:
    if read == expected:
        score.right += 1
    elif not free:
        score.wrong += 1
        score.missed += 1
        score.notes.append(f"{label} … read {read!r}, gold {expected!r}")


def _bodies(score: Score, label: str, read: Iterable[str], expected: Iterable[str], free: bool) -> None:
    left, right = {normal(name) for name in read}, {normal(name) for name in expected}
    if left != right and free:
        return
    score.right += len(left & right)
    score.wrong += len(left - right)
    score.missed += len(right - left)
    if left != right:
        score.notes.append(f"{label} … read {sorted(left)}, gold {sorted(right)}")


def _sets(
    score: Score, read: Sequence[str | None], expected: Sequence[str], is_free: Callable[[str], bool]
) -> None:
    left, right = {normal(item) for item in read}, {normal(item) for item in expected}
    score.right += len(left & right)
    for item in sorted(left - right):
        if not is_free(item):
            score.wrong += 1
            score.notes.append(f"wrong {item}")
    for item in sorted(right - left):
        if not is_free(item):
            score.missed += 1
            score.notes.append(f"missed {item}")


def _legal_bases(score: Score, read: Sequence[dict[str, Any]], expected: Sequence[dict[str, Any]]) -> None:
    remaining = list(read)
    for base in expected:
        starts = normal(base["starts"])
        found = next((item for item in remaining if starts and starts in normal(item["text"])), None)
        if found is None:
            score.missed += 1
            score.notes.append(f"missed {base['starts']}")
            continue
        remaining.remove(found)
        keys = ("type", "symbol", "date", "issuer")
        if all(normal(found[key]) == normal(base[key]) for key in keys):
            score.right += 1
        else:
            score.wrong += 1
            score.missed += 1
            score.notes.append(f"differs {[found[k] for k in keys]} gold {[base[k] for k in keys]}")
    for item in remaining:
        score.wrong += 1
        score.notes.append(f"wrong {item['text'][:80]}")


def _pairs(
    score: Score,
    read: Sequence[dict[str, Any]],
    expected: Sequence[dict[str, Any]],
    free: Sequence[str],
    kind: str,
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    remaining = list(read)
    pairs = []
    for item in expected:
        starts, ends = normal(item["starts"]), normal(item["ends"])
        found = next(
            (
                r
                for r in remaining
                if normal(r["text"]).startswith(starts) and normal(r["text"]).endswith(ends)
            ),
            None,
        )
        if found is not None:
            remaining.remove(found)
            pairs.append((found, item))
            score.right += 1
        elif not _is_free(starts, free):
            score.missed += 1
            score.notes.append(f"missed {kind} {item['starts'][:60]} … {item['ends'][-30:]}")
    for item in remaining:
        if not _is_free(normal(item["text"]), free):
            score.wrong += 1
            score.notes.append(f"wrong {kind} {item['ref']} {item['text'][:70]} … {item['text'][-30:]}")
    return pairs


def _is_free(text: str, free: Sequence[str]) -> bool:
    return any(text[:28] in note for note in free)


def _due(due: dict[str, Any] | None) -> tuple[str, str | None, str | None] | None:
    return None if due is None else (normal(due["text"]), due["date"], due["recurrence"])
