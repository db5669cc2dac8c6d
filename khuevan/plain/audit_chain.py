"""The audit trail as a chain of digests: each line holds the digest of the line before, so that none can be
changed, left out or slipped in without every later digest being other than it was.

This module says what a line holds, how it is written byte by byte, and what its digest is. It needs no
database, so that a trail can be checked on another machine, years later (`khuevan.plain.audit_file`).

**Form 1.** A line is JSON in UTF-8: keys sorted by code point, no spaces, nothing escaped that need not be, a
number with an integral value written without a fraction. The digest is the SHA-256, in hexadecimal, of the
line without its key `digest`. The line's `previous` is the digest of the line at the position before; before
the first stand 64 zeros. An exported file begins with a header and ends with a line that says how many there
were and which digest was the last; both are no part of the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

FORMAT = "khuevan-audit-trail"
# How a line is written and what it holds. A new form gets a new number and a branch beside the old one: lines
# that were digested in form 1 stay in form 1.
FORM = 1
# What the first line gives as the digest before it.
START = "0" * 64
# No entry comes near: a form's fields are bound to 2.5 MB by Django, and texts read from files are kept by
# fingerprint. Longer lines are refused unread.
LONGEST_LINE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class LinkedEntry:
    """One entry of the trail as the chain holds it.

    Names that may change later (of the person, of the kind of record) are those that held when the entry was
    linked. `changes` is field → [before, after]; `at` is when it happened by the office's clock, `linked_at`
    when it was linked by the machine's.
    """

    position: int
    linked_at: datetime
    entry: int
    at: datetime
    by: int
    by_username: str
    by_name: str
    verb: str
    kind: str
    target_model: str
    target: int
    target_label: str
    changes: Mapping[str, Any]
    batch: str


def canonical(value: Any) -> bytes:
    """The one way in which a JSON value is written; equal values give equal bytes.

    Raises ValueError for what JSON has no word for (NaN, infinities) and TypeError for what is no JSON value.
    """
    # Read back once: databases give 1e16 and 10000000000000000, 1.0 and 1, for one and the same number.
    plain = json.loads(json.dumps(value, ensure_ascii=False, allow_nan=False), parse_float=_number)
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    # Half a surrogate pair has no UTF-8; written as \\ud800 it is JSON all the same.
    return text.encode("utf-8", "backslashreplace")


def _number(text: str) -> int | float:
    exact = Decimal(text)
    return int(exact) if exact == exact.to_integral_value() else float(text)


def moment(value: datetime) -> str:
    """The moment in UTC to the microsecond, always with six digits: 2025-11-24T01:30:00.000000Z."""
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def body(linked: LinkedEntry, previous: str, form: int = FORM) -> dict[str, Any]:
    """What a line holds besides its digest; raises ValueError for a form that this version does not know."""
    if form != FORM:
        raise ValueError(f"Form {form} is not known here.")
    return {
        "type": "entry",
        "form": form,
        "position": linked.position,
        "previous": previous,
        "linked_at": moment(linked.linked_at),
        "entry": linked.entry,
        "at": moment(linked.at),
        "by": {"id": linked.by, "username": linked.by_username, "name": linked.by_name},
        "verb": linked.verb,
        "kind": linked.kind,
        "target": {"model": linked.target_model, "id": linked.target, "label": linked.target_label},
        "changes": linked.changes,
        "batch": linked.batch,
    }


def digest(line: Mapping[str, Any]) -> str:
    """The digest of a line, header or end: of everything in it but the digest that it gives itself."""
    return hashlib.sha256(
        canonical({name: value for name, value in line.items() if name != "digest"})
    ).hexdigest()


def entry_line(entry_body: Mapping[str, Any], entry_digest: str) -> bytes:
    """One line of an exported file, with its line feed."""
    return canonical({**entry_body, "digest": entry_digest}) + b"\n"


def header(*, entries: int, installation: str, made_at: datetime, made_by: str) -> dict[str, Any]:
    """The first line of a file: whose trail it is, when and by whom it was taken, and how many entries follow."""
    return {
        "type": "header",
        "format": FORMAT,
        "form": FORM,
        "installation": installation,
        "made_at": moment(made_at),
        "made_by": made_by,
        "entries": entries,
    }


def end(header_line: Mapping[str, Any], *, entries: int, head: str) -> dict[str, Any]:
    """The last line of a file, without which it has been cut: how many entries, the last digest, the header's."""
    return {
        "type": "end",
        "form": FORM,
        "entries": entries,
        "head": head,
        "header": digest(header_line),
    }
