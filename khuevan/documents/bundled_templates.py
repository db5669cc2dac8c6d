"""The templates that come with the software: data files beside the code, read once.

`body` holds one paragraph a line with its label, as one would paste it; tabs part the cells of a table.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from khuevan.documents.forms.draft_head import recipient_of
from khuevan.plain.official_documents.writing.composition import Annex, Composition, Section
from khuevan.plain.official_documents.writing.numbering import sections_of
from khuevan.plain.official_documents.writing.pasted import items_of_text

DATA = Path(__file__).parent / "data" / "templates"


@dataclass(frozen=True, slots=True)
class BundledTemplate:
    """A text to begin from. `slug` is the name of its file; `type_name` that of its type of document."""

    slug: str
    name: str
    type_name: str
    about: str
    title: str
    composition: Composition


@cache
def bundled_templates() -> tuple[BundledTemplate, ...]:
    """All of them, in the order of their files."""
    return tuple(_read(path) for path in sorted(DATA.glob("*.toml")))


def bundled_template(slug: str) -> BundledTemplate | None:
    """The template of this name; None where there is none."""
    return next((template for template in bundled_templates() if template.slug == slug), None)


def _read(path: Path) -> BundledTemplate:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    composition = Composition(
        type=data["type"],
        number=None,
        notation="",
        parent_body="",
        issuer="",
        place="",
        date=None,
        title=data["title"],
        legal_bases=tuple(data.get("legal_bases", ())),
        sections=_sections(data["body"]),
        recipients=tuple(recipient_of(line) for line in data["recipients"]),
        signatory=None,
        addressees=tuple(data.get("addressees", ())),
        annexes=tuple(_annex(annex) for annex in data.get("annexes", ())),
    )
    return BundledTemplate(path.stem, data["name"], data["type"], data["about"], data["title"], composition)


def _annex(data: dict[str, Any]) -> Annex:
    return Annex(
        data.get("label", ""), data["title"], _sections(data["body"]), data.get("type", ""), landscape=False
    )


def _sections(body: str) -> tuple[Section, ...]:
    return sections_of(items_of_text(body.strip("\n")))
