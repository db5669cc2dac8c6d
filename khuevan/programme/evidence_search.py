"""Records of this software that an officer may name as evidence: found by words, and by the value of a tick."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Model, Q, QuerySet

from khuevan.core.search import SearchableRecord, folded_words, search_folded
from khuevan.people.models import User
from khuevan.programme.evidence import EvidenceSource, evidence_source, evidence_sources
from khuevan.programme.models import Evidence

# More than these are not looked through: another word narrows them.
MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record that can be named. `value` is what its tick sends: "programme.plan:12"; `kind` names its kind."""

    value: str
    kind: str
    title: str


def records_found(user: User, words: str) -> list[FoundRecord]:
    """The records that `user` sees and that hold every word, at most eight of a kind; none without a word.

    The name of the kind counts as a word of each of its records: "kế hoạch 2025" finds the plans of 2025.
    """
    if not folded_words(words):
        return []
    return [
        FoundRecord(f"{source.model._meta.label_lower}:{record.pk}", str(source.label), source.title(record))
        for source in evidence_sources()
        for record in _with_words(source, user, words)[:MOST_FOUND]
    ]


def _with_words(source: EvidenceSource, user: User, words: str) -> QuerySet[Model]:
    rows = source.visible(user)
    of_the_kind = folded_words(str(source.label)).split()
    wanted = [word for word in words.split() if folded_words(word) not in of_the_kind]
    if issubclass(source.model, SearchableRecord):
        return search_folded(rows, " ".join(wanted))
    for word in wanted:
        rows = rows.filter(
            reduce(or_, (Q(**{f"{field}__icontains": word}) for field in source.search_fields))
        )
    return rows


def record_named(user: User, value: str) -> Model | None:
    """The record that a tick named; None where there is none that `user` sees."""
    label, _, key = value.partition(":")
    source = evidence_source(label)
    # Superscripts are digits to Python but no numbers; longer ones than this are nobody's.
    if source is None or not key.isdecimal() or len(key) > 18:
        return None
    return source.visible(user).filter(pk=int(key)).first()


def record_links(user: User, items: Iterable[Evidence]) -> dict[int, str]:
    """Where the records stand that the pieces of evidence name, by the evidence's key.

    Left out: those that `user` does not see or that are gone, and kinds without pages. A query for each kind.
    """
    named: dict[int, dict[int, list[int]]] = {}
    sources: dict[int, EvidenceSource] = {}
    for item in items:
        if item.content_type_id is None or item.object_id is None:
            continue
        if item.content_type_id not in sources:
            assert item.content_type is not None
            source = evidence_source(f"{item.content_type.app_label}.{item.content_type.model}")
            if source is None:
                continue
            sources[item.content_type_id] = source
        named.setdefault(item.content_type_id, {}).setdefault(item.object_id, []).append(item.pk)
    links: dict[int, str] = {}
    for kind, keys in named.items():
        source = sources[kind]
        for record in source.visible(user).filter(pk__in=keys):
            if url := source.url(record):
                links |= dict.fromkeys(keys[record.pk], url)
    return links
