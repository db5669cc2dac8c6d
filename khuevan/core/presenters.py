"""How the audit trail reads on its page: days, deeds, and what each changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.formats import number_format

from khuevan.core.deeds import deed_name
from khuevan.core.models import AuditEntry
from khuevan.core.trail_values import Names, before_and_after, field_name, in_words, names_of_related

# A value longer than this is shown by its beginning, the rest on demand.
LONGEST_VALUE = 160
# More changed fields than this open on demand, so that a made record does not fill the screen.
MOST_FIELDS = 4


@dataclass(frozen=True, slots=True)
class Value:
    """A value in words; `excerpt` is set where it is long."""

    text: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what it held and what it holds, the first alone where something was removed or made."""

    field: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry as the page shows it. `deed` is empty where the action has no name but its code."""

    entry: AuditEntry
    position: int | None
    deed: str
    record_kind: str
    changes: tuple[Change, ...]

    @property
    def folded_away(self) -> bool:
        """Whether the changes open on demand."""
        return len(self.changes) > MOST_FIELDS


def days_of_trail(entries: Sequence[AuditEntry]) -> list[tuple[date, list[TrailLine]]]:
    """The entries in their order, those of one day of the office together."""
    names = names_of_related(entries)

    def day(entry: AuditEntry) -> date:
        return timezone.localdate(entry.at)

    def line(entry: AuditEntry) -> TrailLine:
        link = getattr(entry, "link", None)
        return TrailLine(
            entry=entry,
            position=link.position if link else None,
            deed=deed_name(entry.verb),
            record_kind=kind_name(entry.target_type),
            changes=tuple(_changes(entry, names)),
        )

    return [(on, [line(entry) for entry in group]) for on, group in groupby(entries, key=day)]


def _changes(entry: AuditEntry, names: Names) -> Iterable[Change]:
    for name, value in entry.changes.items():
        before, after = (in_words(entry, name, each, names) for each in before_and_after(value))
        shown = [before, after]
        if entry.kind == AuditEntry.Kind.DELETED:
            shown = [before]
        elif entry.kind != AuditEntry.Kind.CHANGED and not before:
            shown = [after]
        same = _same_beginning(shown) if len(shown) == 2 else 0
        yield Change(field_name(entry, name), tuple(Value(text, _excerpt(text, same)) for text in shown))


def _same_beginning(texts: list[str]) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(*texts, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), min(map(len, texts)))


def _excerpt(text: str, same: int) -> str:
    """The part of a long text where it differs from its other version, whole words; empty for a short one."""
    if len(text) <= LONGEST_VALUE:
        return ""
    start = 0
    if same > LONGEST_VALUE // 2:
        # Some words before the difference, so that its place is known again.
        start = text.rfind(" ", 0, same - LONGEST_VALUE // 4) + 1
    stop = start + LONGEST_VALUE
    if stop < len(text):
        cut = text.rfind(" ", start, stop)
        stop = cut if cut > start + LONGEST_VALUE // 2 else stop
    excerpt = text[start:stop].strip(" ,;:")
    return f"{'…' if start else ''}{excerpt}{'…' if stop < len(text) else ''}"


def kind_name(kind: ContentType) -> str:
    """What a kind of record is called; its code where the software no longer knows it."""
    model = kind.model_class()
    return kind.model if model is None else str(model._meta.verbose_name)


def digest_groups(digest: str) -> list[str]:
    """The digest in groups of eight, so that it can be read aloud and compared."""
    return [digest[start : start + 8] for start in range(0, len(digest), 8)]


def grouped(number: int) -> str:
    """The number with its thousands apart: 100.000."""
    return number_format(number, force_grouping=True)
