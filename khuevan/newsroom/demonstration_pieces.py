"""The demonstration's pieces as an editor writes them: small TOML files, read into values.

A body is plain text. Blocks stand apart by an empty line: `## heading`, `- item` (a list), `> words — speaker, post`,
`? question` with the answer below, `= title` and `| what | figure | source` (facts), `[picture: name]` and
`[pictures: name, name]`. `*words*` lean.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.utils.html import escape

DATA: Final = Path(__file__).parent / "data" / "demonstration"
LANGUAGES: Final = ("en", "vi", "fr")


@dataclass(frozen=True, slots=True)
class Text:
    """A piece in one language."""

    title: str
    summary: str
    body: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: its place and day, its texts by language, and what happened to it afterwards, by language.

    `original` is the language in which it was written. `embargo_days` is how many days after today it may be
    had; None where there is no embargo. `serves` holds words by which tasks of the plan are found.
    """

    key: str
    section: str
    day: date
    kind: str
    picture: str
    topics: tuple[str, ...]
    serves: tuple[str, ...]
    original: str
    embargo_days: int | None
    texts: dict[str, Text]
    correction: dict[str, str]
    withdrawal: dict[str, str]


def read_pieces() -> list[Piece]:
    """All pieces, in the order of their files."""
    return [_piece(path) for path in sorted((DATA / "pieces").glob("*.toml"))]


def read_about() -> dict[str, Any]:
    """Homes, sections, topics and the words that all pieces share."""
    return tomllib.loads((DATA / "about.toml").read_text(encoding="utf-8"))


def read_picture_words() -> dict[str, dict[str, dict[str, str]]]:
    """The words of each picture: name, then language, then `alternative` and `caption`."""
    return tomllib.loads((DATA / "pictures.toml").read_text(encoding="utf-8"))


def _piece(path: Path) -> Piece:
    row = tomllib.loads(path.read_text(encoding="utf-8"))
    return Piece(
        key=path.stem,
        section=row["section"],
        day=row["day"],
        kind=row.get("kind", "STORY"),
        picture=row["picture"],
        topics=tuple(row["topics"]),
        serves=tuple(row.get("serves", ())),
        original=row.get("original", "en"),
        embargo_days=row.get("embargo_days"),
        texts={code: Text(**row[code]) for code in LANGUAGES},
        correction=row.get("correction", {}),
        withdrawal=row.get("withdrawal", {}),
    )


def blocks_of(body: str, pictures: dict[str, Any]) -> list[tuple[str, Any]]:
    """The body as blocks of a piece; `pictures` gives the picture of each name that it mentions."""
    blocks: list[tuple[str, Any]] = []
    question, words, title = "", "", ""
    for part in re.split(r"\n\s*\n", body.strip()):
        if found := re.fullmatch(r"\[pictures?: (.+)\]", part):
            names = [name.strip() for name in found[1].split(",")]
            shown = [{"picture": pictures[name], "caption": ""} for name in names]
            fresh = ("gallery", {"pictures": shown}) if len(shown) > 1 else ("picture", shown[0])
        elif part.startswith("? "):
            question = part[2:]
            continue
        elif question:
            fresh = ("exchange", {"question": question, "answer": f"<p>{_inline(part)}</p>"})
            question = ""
        elif part.startswith("> "):
            quote, _dash, speaker = part[2:].rpartition(" — ")
            fresh = ("quote", {"quote": quote, "speaker": speaker, "post": ""})
        elif part.startswith(("= ", "| ")):
            lines = part.splitlines()
            title = lines.pop(0)[2:] if lines[0].startswith("= ") else ""
            fresh = ("facts", {"title": title, "facts": [_fact(line) for line in lines]})
        else:
            words += _html(part)
            continue
        if words:
            blocks.append(("text", words))
            words = ""
        blocks.append(fresh)
    if words:
        blocks.append(("text", words))
    return blocks


def picture_names(body: str) -> Iterator[str]:
    """The names of the pictures that the body shows."""
    for found in re.finditer(r"^\[pictures?: (.+)\]$", body, re.MULTILINE):
        yield from (name.strip() for name in found[1].split(","))


def _fact(line: str) -> dict[str, str]:
    name, value, source = (cell.strip() for cell in [*line.removeprefix("|").split("|"), ""][:3])
    return {"name": name, "value": value, "source": source}


def _html(part: str) -> str:
    if part.startswith("## "):
        return f"<h2>{_inline(part[3:])}</h2>"
    if part.startswith("- "):
        items = "".join(f"<li>{_inline(line.removeprefix('- '))}</li>" for line in part.splitlines())
        return f"<ul>{items}</ul>"
    return f"<p>{_inline(part)}</p>"


def _inline(words: str) -> str:
    return re.sub(r"\*([^*]+)\*", r"<i>\1</i>", escape(words))
