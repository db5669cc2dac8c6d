"""The chain of digests over the audit trail: tying new entries in, walking along it, writing it into a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import BigIntegerField, Func
from django.utils import timezone

from khuevan.core.audit_links import AuditLink
from khuevan.core.models import AuditEntry
from khuevan.plain import audit_chain as plain
from khuevan.plain.audit_walk import Finding, Walk, changed

# Entries tied in one transaction, so that other writers never wait long for theirs.
BATCH = 500
# Rows read at a time when the chain is walked or written out.
CHUNK = 500
# Any number that no other use of PostgreSQL's advisory locks here takes: "KVchain" in letters.
_LOCK = 0x4B56636861696E

# What comes of values that SQLite takes into any column and that no entry was ever linked with: no moment
# where a moment belongs, bytes where text does.
_NEVER_LINKED_SO = (AttributeError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class ChainState:
    """How far the chain reaches: its length, last digest, when that was linked, and how many entries wait."""

    length: int
    head: str
    linked_at: datetime | None
    waiting: int


def chain_state() -> ChainState:
    """The chain as it stands now. One query, two before the first link."""
    # A subquery that Django's Count cannot write without grouping.
    entries = Func(template="(SELECT COUNT(*) FROM core_auditentry)", output_field=BigIntegerField())
    last = AuditLink.objects.annotate(entries=entries).order_by("-position").first()
    if last is None:
        return ChainState(0, plain.START, None, AuditEntry.objects.count())
    return ChainState(last.position, last.digest, last.linked_at, max(last.entries - last.position, 0))


def link_entries() -> int:
    """Ties every entry that is not in the chain to its end, in the order of their keys; how many there were.

    Any number of processes may do this at once. An entry whose transaction ends late comes into the chain
    late: the chain's order is its own (`position`).
    """
    linked = 0
    after = 0
    # Candidates are looked for outside the lock, because only that takes longer as the trail grows.
    while keys := list(
        AuditEntry.objects.filter(pk__gt=after, link__isnull=True)
        .order_by("pk")
        .values_list("pk", flat=True)[:BATCH]
    ):
        linked += _link(keys)
        after = keys[-1]
    return linked


def _link(keys: list[int]) -> int:
    """Ties those of the entries that nobody has tied meanwhile."""
    with transaction.atomic():
        # On SQLite the transaction itself is the lock: it began with IMMEDIATE.
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = AuditLink.objects.order_by("-position").first()
        position, head = (last.position, last.digest) if last else (0, plain.START)
        now = timezone.now()
        links: list[AuditLink] = []
        entries = AuditEntry.objects.filter(pk__in=keys, link__isnull=True)
        for entry in entries.select_related("by", "target_type").order_by("pk"):
            position += 1
            link = AuditLink(
                entry=entry,
                position=position,
                linked_at=now,
                by_username=entry.by.get_username(),
                by_name=entry.by.get_full_name(),
                target_model=f"{entry.target_type.app_label}.{entry.target_type.model}",
                previous=head,
            )
            link.digest = head = plain.digest(_body(link, entry))
            links.append(link)
        AuditLink.objects.bulk_create(links)
        return len(links)


def _body(link: AuditLink, entry: AuditEntry) -> dict[str, Any]:
    """The entry as its link holds it, ready to be digested and written. Asks nothing of the database."""
    linked = plain.LinkedEntry(
        position=link.position,
        linked_at=link.linked_at,
        entry=entry.pk,
        at=entry.at,
        by=entry.by_id,
        by_username=link.by_username,
        by_name=link.by_name,
        verb=entry.verb,
        kind=entry.kind,
        target_model=link.target_model,
        target=entry.target_id,
        target_label=entry.target_label,
        changes=entry.changes,
        batch=str(entry.batch),
    )
    return plain.body(linked, link.previous, link.form)


def _steps(until: int | None = None) -> Iterator[tuple[AuditLink, AuditEntry | None]]:
    """Every link in the chain's order with its entry, None where that is gone. Two queries for each 500 links."""
    position = 0
    while True:
        rows = AuditLink.objects.filter(position__gt=position).order_by("position")
        if until is not None:
            rows = rows.filter(position__lte=until)
        links = list(rows[:CHUNK])
        if not links:
            return
        # Not joined: a link whose entry was taken out behind Django's back must still be seen.
        entries = _entries([link.entry_id for link in links])
        for link in links:
            yield link, entries.get(link.entry_id)
        position = links[-1].position


def _entries(keys: list[int]) -> dict[int, AuditEntry]:
    """The entries by key, without those that are gone or hold what Django cannot read."""
    try:
        return AuditEntry.objects.in_bulk(keys)
    # Somebody wrote into the table by hand: no JSON where JSON belongs, a batch that is no UUID.
    except (ValueError, TypeError):
        if len(keys) == 1:
            return {}
        half = len(keys) // 2
        return {**_entries(keys[:half]), **_entries(keys[half:])}


def findings_in_database() -> Iterator[Finding]:
    """Every break in the chain of this installation, in its order; none where it is whole."""
    walk = Walk()
    for link, entry in _steps():
        if entry is None:
            told = f"Position {link.position}: its entry, number {link.entry_id}, is gone or cannot be read."
        elif link.form != plain.FORM:
            told = (
                f"Position {link.position} is written in form {link.form}, which this version does not know."
            )
        else:
            try:
                yield from walk.step(_body(link, entry), link.digest)
                continue
            except _NEVER_LINKED_SO:
                told = str(changed(link.position))
        yield from walk.step_over(link.position, link.previous, link.digest)
        yield Finding(link.position, told)
    yield from _moved_kinds()


def _moved_kinds() -> Iterator[Finding]:
    """Entries that point at another kind of record than when they were linked.

    The digest covers the kind's name, not its key, because a key differs between databases and a name may
    change with the software. All entries that the chain calls by one name must point at one kind, then.
    """
    pairs = (
        AuditLink.objects.order_by()
        .values_list(
            "target_model", "entry__target_type", "entry__target_type__app_label", "entry__target_type__model"
        )
        .distinct()
    )
    by_name: dict[str, list[tuple[int, str]]] = {}
    for name, key, app_label, model in pairs:
        by_name.setdefault(name, []).append((key, f"{app_label}.{model}"))
    for name, kinds in by_name.items():
        if len(kinds) == 1:
            continue
        for key, now in kinds:
            if now != name:
                moved = AuditLink.objects.filter(target_model=name, entry__target_type=key)
                for position in moved.values_list("position", flat=True):
                    yield Finding(
                        position,
                        f"Position {position} is about a {name} in the chain, and about a {now} now.",
                    )


def export_lines(state: ChainState, *, made_by: str) -> Iterator[bytes]:
    """The chain as far as the state says, as the lines of a file (JSON Lines), 500 entries in memory at a time.

    What is broken is written as it is, or left out where it cannot be, so that verifying the file tells it.
    """
    first = plain.header(
        entries=state.length,
        installation=settings.WAGTAILADMIN_BASE_URL,
        made_at=timezone.now(),
        made_by=made_by,
    )
    yield plain.canonical(first) + b"\n"
    for link, entry in _steps(until=state.length):
        if entry is not None:
            with suppress(*_NEVER_LINKED_SO):
                yield plain.entry_line(_body(link, entry), link.digest)
    yield plain.canonical(plain.end(first, entries=state.length, head=state.head)) + b"\n"


def first_difference(digests: Iterable[tuple[int, str]]) -> Finding | None:
    """Where this installation's chain first differs from a file's positions and digests; None for nowhere.

    A chain that has grown since the file was made does not differ from it.
    """
    chunk: dict[int, str] = {}
    for position, digest in digests:
        chunk[position] = digest
        if len(chunk) == CHUNK:
            if found := _difference(chunk):
                return found
            chunk = {}
    return _difference(chunk)


def _difference(chunk: dict[int, str]) -> Finding | None:
    here = dict(AuditLink.objects.filter(position__in=chunk).values_list("position", "digest"))
    for position, digest in chunk.items():
        if position not in here:
            return Finding(
                position,
                f"From position {position} on the file holds what is no longer in this installation's chain.",
            )
        if here[position] != digest:
            return Finding(
                position, f"From position {position} on this installation's chain is another than the file's."
            )
    return None


def holds(digest: str) -> int | None:
    """The position that bears the digest in this installation's chain; None where none does."""
    return AuditLink.objects.filter(digest=digest).values_list("position", flat=True).first()
