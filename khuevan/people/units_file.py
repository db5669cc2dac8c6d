"""Units from a TOML file: what the file says, and how it becomes records."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path

from khuevan.core.actions import action
from khuevan.people.actions import create_unit
from khuevan.people.choices import UnitKind
from khuevan.people.models import Unit, User

HANOI_UNITS = Path(__file__).parent / "data" / "hanoi_units.toml"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit as a file describes it; `parent` is the key of a unit that stands before it."""

    key: str
    name: str
    kind: UnitKind
    short_name: str
    parent: str | None
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    aliases: tuple[str, ...]


def read_units_file(path: Path) -> tuple[UnitLine, ...]:
    """The units of the file, in its order; raises ValueError that names the unit at fault."""
    lines: list[UnitLine] = []
    keys: set[str] = set()
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("unit", []):
        name = entry.get("name", "")
        unknown = entry.keys() - {*UnitLine.__dataclass_fields__}
        if not name or unknown or entry.get("kind") not in UnitKind.values:
            raise ValueError(f"{path.name}: unit {name or entry!r} has a wrong or missing field.")
        if (parent := entry.get("parent")) is not None and parent not in keys:
            raise ValueError(f"{path.name}: {name} is part of {parent!r}, which does not stand before it.")
        key = entry.get("key", name)
        if key in keys:
            raise ValueError(f"{path.name}: the key {key!r} stands twice.")
        keys.add(key)
        lines.append(
            UnitLine(
                key=key,
                name=name,
                kind=UnitKind(entry["kind"]),
                short_name=entry.get("short_name", ""),
                parent=parent,
                valid_from=entry.get("valid_from"),
                valid_to=entry.get("valid_to"),
                aliases=tuple(entry.get("aliases", ())),
            )
        )
    return tuple(lines)


@action
def import_units(*, by: User, path: Path = HANOI_UNITS) -> list[Unit]:
    """The units that the file added. A unit whose name is registered already is left as it is."""
    registered: dict[str, Unit] = {}
    added: list[Unit] = []
    for position, line in enumerate(read_units_file(path), start=1):
        unit = Unit.objects.filter(name=line.name).first()
        if unit is None:
            unit = create_unit(
                by=by,
                name=line.name,
                kind=line.kind,
                short_name=line.short_name,
                parent=registered[line.parent] if line.parent else None,
                valid_from=line.valid_from,
                valid_to=line.valid_to,
                order=position,
                aliases=line.aliases,
            )
            added.append(unit)
        registered[line.key] = unit
    return added
