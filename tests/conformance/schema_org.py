"""A slow reader of schema.org's published SHACL shapes: which values a property of a type may have.

The file is regular Turtle, one shape a paragraph, so that two expressions read it. It says nothing of which
type is a kind of which; those that we write are listed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

# Each with the types that it is a kind of (schema.org 30.0, the pages of the types).
KINDS = {
    "Thing": [],
    "CreativeWork": ["Thing"],
    "Article": ["CreativeWork"],
    "NewsArticle": ["Article"],
    "Comment": ["CreativeWork"],
    "CorrectionComment": ["Comment"],
    "MediaObject": ["CreativeWork"],
    "ImageObject": ["MediaObject"],
    "AudioObject": ["MediaObject"],
    "VideoObject": ["MediaObject"],
    "DigitalDocument": ["CreativeWork"],
    "WebPage": ["CreativeWork"],
    "CollectionPage": ["WebPage"],
    "WebSite": ["CreativeWork"],
    "Action": ["Thing"],
    "SearchAction": ["Action"],
    "EntryPoint": ["Thing"],
    "ItemList": ["Thing"],
    "BreadcrumbList": ["ItemList"],
    "ListItem": ["Thing"],
    "Event": ["Thing"],
    "Place": ["Thing"],
    "Organization": ["Thing"],
    "Person": ["Thing"],
    "DefinedTerm": ["Thing"],
    "QuantitativeValue": ["Thing"],
}
# Types whose members are addresses of schema.org's own.
ENUMERATIONS = ("EventStatusType", "EventAttendanceModeEnumeration")
_PROPERTY = re.compile(r"\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\s*sh:path schema1:(\w+)\s*\]")
_NODE = re.compile(r"sh:node :ValidSchema(\w+)")
_DURATION = re.compile(r"P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?")


def read_shapes(file: Path) -> dict[str, dict[str, set[str]]]:
    """For each type its own properties, each with the types of value that it takes."""
    shapes: dict[str, dict[str, set[str]]] = {}
    for paragraph in file.read_text(encoding="utf-8").split("\n\n"):
        name = re.search(r"sh:targetClass schema1:(\w+) \.", paragraph)
        if name:
            shape = shapes.setdefault(name[1], {})
            for alternatives, path in _PROPERTY.findall(paragraph):
                shape.setdefault(path, set()).update(_NODE.findall(alternatives))
    return shapes


def ancestry(kind: str) -> list[str]:
    """`kind` and what it is a kind of, up to Thing."""
    found = [kind]
    for parent in KINDS[kind]:
        found += ancestry(parent)
    return found


def faults(
    data: Mapping[str, Any], shapes: Mapping[str, Mapping[str, set[str]]], path: str = ""
) -> Iterator[str]:
    """What the shapes do not allow in a JSON-LD object, as sentences with the place."""
    kinds = ancestry(data["@type"])
    for name, value in data.items():
        # What is asked of an action's caller is an annotation, no property (schema.org/docs/actions.html).
        if name.startswith("@") or name == "query-input":
            continue
        taken = set().union(*(shapes[kind].get(name, set()) for kind in kinds))
        if not taken:
            yield f"{path}/{name}: {data['@type']} has no such property"
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                if not taken & set(ancestry(one["@type"])):
                    yield f"{path}/{name}: {one['@type']} is none of {sorted(taken)}"
                yield from faults(one, shapes, f"{path}/{name}")
            elif taken and not any(is_a(one, kind) for kind in taken):
                yield f"{path}/{name}: {one!r} is none of {sorted(taken)}"


def is_a(value: object, kind: str) -> bool:
    """Whether a value that is no object may stand for schema.org's data type `kind`."""
    if kind in ("Number", "Integer"):
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "Boolean":
        return isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if kind in ENUMERATIONS:
        return value.startswith("https://schema.org/")
    if kind in ("DateTime", "Date"):
        try:
            # A day alone is the same everywhere; a moment needs its zone.
            if kind == "Date" and len(value) == len("2026-03-05"):
                return date.fromisoformat(value).isoformat() == value
            return datetime.fromisoformat(value).tzinfo is not None
        except ValueError:
            return False
    if kind == "URL":
        return value.startswith(("https://", "http://"))
    if kind == "Duration":
        return len(value) > 1 and _DURATION.fullmatch(value) is not None
    return kind == "Text"
