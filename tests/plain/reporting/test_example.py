"""The example of a composed report in the documentation is what the composer makes today."""

from __future__ import annotations

import dataclasses
import json

from khuevan.plain.official_documents.writing.composition import Picture, Section
from khuevan.plain.official_documents.writing.composition_form import from_plain
from tools.example_report import FILE, example_document


def without_pixels(section: Section) -> Section:
    """The section, whose pictures are their words: pixels may differ from one build of the typesetter to another."""
    return dataclasses.replace(
        section,
        blocks=tuple(
            dataclasses.replace(block, data=b"") if isinstance(block, Picture) else block
            for block in section.blocks
        ),
        children=tuple(without_pixels(child) for child in section.children),
    )


def test_example_is_written_anew_when_the_composer_changes():
    kept = from_plain(json.loads(FILE.read_text(encoding="utf-8")))
    made = example_document()
    assert tuple(map(without_pixels, kept.sections)) == tuple(map(without_pixels, made.sections))
    assert dataclasses.replace(kept, sections=()) == dataclasses.replace(made, sections=())
