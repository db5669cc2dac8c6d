"""The refusal to write a document that bears a state-secret marking, by the same rule as the reader's."""

from __future__ import annotations

from khuevan.plain.official_documents.source import Line, Source
from khuevan.plain.official_documents.state_secrets import refuse_state_secret
from khuevan.plain.official_documents.writing.arrangement import number_line, place_and_date
from khuevan.plain.official_documents.writing.composition import Composition
from khuevan.plain.official_documents.writing.printed_body import (
    PrintedHeading,
    PrintedParagraph,
    printed_body,
)


def refuse_secret_composition(composition: Composition) -> None:
    """Nothing where the document bears no marking; raises StateSecretDocument where it does.

    Looked at is what will stand at the head of the page, in the order of the page, and every mark of its own.
    """
    head = (
        composition.parent_body,
        composition.issuer,
        number_line(composition),
        composition.urgency,
        composition.circulation,
        place_and_date(composition),
        composition.type,
        composition.title,
    )
    body = (
        f"{block.lead} {block.text}"
        if isinstance(block, PrintedHeading)
        else f"{block.lead} {''.join(run.text for run in block.runs)}"
        for block in printed_body(composition.sections)
        if isinstance(block, PrintedHeading | PrintedParagraph)
    )
    marks = (
        composition.urgency,
        composition.circulation,
        composition.drafter_mark,
        composition.contact,
        *(annex.label for annex in composition.annexes),
    )
    lines = tuple(Line(text) for words in (*head, *body) for text in words.split("\n"))
    refuse_state_secret(Source("txt", lines, wrapped=False, margin_texts=marks))
