"""IPTC's Media Topics, by which partner newsrooms sort what they take over: the codes that a piece may bear.

What is shipped is the part that a city's culture needs (`data/media_topics.toml`); an installation may use IPTC's
whole export in its place (`KHUEVAN_MEDIA_TOPICS`). Records keep the code as IPTC writes it: medtop:20000038.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SHIPPED: Final = Path(__file__).parent / "data" / "media_topics.toml"
PREFIX: Final = "medtop:"
_MOST_BYTES: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class MediaTopic:
    """One topic: its code with IPTC's prefix, the wider one's (empty on the first level), names by language."""

    code: str
    within: str
    names: dict[str, str]

    def name_in(self, language: str) -> str:
        """The name in the language, else in English, else the code."""
        return self.names.get(language) or self.names.get("en") or self.code


def media_topics() -> dict[str, MediaTopic]:
    """All topics that may be chosen, by their codes, wider ones before narrower ones."""
    return _read(Path(settings.MEDIA_TOPICS or SHIPPED))


def choices_in(language: str) -> list[tuple[str, str]]:
    """The codes with their names for a list, narrower topics set in below the wider ones."""
    topics = media_topics()
    return [
        (topic.code, f"{'– ' * _depth(topic, topics)}{topic.name_in(language)}") for topic in topics.values()
    ]


def _depth(topic: MediaTopic, topics: dict[str, MediaTopic]) -> int:
    depth, wider = 0, topics.get(topic.within)
    while wider is not None and depth < 5:
        depth, wider = depth + 1, topics.get(wider.within)
    return depth


@lru_cache(maxsize=2)
def _read(path: Path) -> dict[str, MediaTopic]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError(path.name)
        content = path.read_text(encoding="utf-8")
        found = list(_from_toml(content) if path.suffix == ".toml" else _from_export(content))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ImproperlyConfigured(
            f"KHUEVAN_MEDIA_TOPICS: {path} is neither IPTC's export of its media topics nor a list like ours."
        ) from error
    return {topic.code: topic for topic in _in_order(found)}


def _from_toml(content: str) -> Iterator[MediaTopic]:
    for row in tomllib.loads(content)["topic"]:
        names = {name: value for name, value in row.items() if name not in ("code", "within")}
        yield MediaTopic(PREFIX + row["code"], PREFIX + row["within"] if "within" in row else "", names)


def _from_export(content: str) -> Iterator[MediaTopic]:
    """IPTC's own export in JSON; retired topics are left out."""
    for concept in json.loads(content)["conceptSet"]:
        if "retired" in concept:
            continue
        names = {_language(code): str(name) for code, name in concept["prefLabel"].items()}
        wider: Any = concept.get("broader") or [""]
        yield MediaTopic(concept["qcode"], _code(str(wider[0])), names)


def _language(code: str) -> str:
    return "en" if code == "en-GB" else code.lower()


def _code(address: str) -> str:
    key = address.rpartition("/")[2].removeprefix(PREFIX)
    return PREFIX + key if key else ""


def _in_order(topics: list[MediaTopic]) -> Iterator[MediaTopic]:
    """Each topic followed by those within it; one whose wider topic is not there stands on the first level."""
    known = {topic.code for topic in topics}
    below: dict[str, list[MediaTopic]] = {}
    for topic in topics:
        below.setdefault(topic.within if topic.within in known else "", []).append(topic)
    waiting = list(reversed(below.get("", [])))
    while waiting:
        topic = waiting.pop()
        yield topic
        waiting += reversed(below.get(topic.code, []))
