"""One document as text, as Word and as PDF is read alike: head, work, recipients, signature."""

from __future__ import annotations

from typing import Any

import pytest

from khuevan.plain.official_documents import OfficialDocument, read_bytes

from .papers import as_docx, as_pdf, paper
from .quality import normal
from .samples import OWN

PAPERS = {
    "plan-with-attributes-and-table.txt": 6,
    "party-plan.txt": 0,
    "decision-of-a-minister-with-plan.txt": 0,
}


def what_is_judged(document: OfficialDocument) -> dict[str, Any]:
    return {
        "head": (
            document.type,
            document.symbol,
            document.parent_body,
            document.issuer,
            document.place,
            document.date,
            normal(document.title),
        ),
        "bases": [base.symbol for base in document.legal_bases],
        "tasks": [(normal(t.text), t.lead, t.partners, t.due) for t in document.tasks],
        "duties": [(d.unit, normal(d.text), d.role, d.partners, d.due) for d in document.duties],
        "recipients": document.recipients,
        "signatory": document.signatory,
    }


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize(("kind", "made"), [("docx", as_docx), ("pdf", as_pdf)])
def test_word_and_pdf_are_read_as_the_text_is(name: str, kind: str, made: Any) -> None:
    text = read_bytes((OWN / name).read_bytes(), name)
    other = read_bytes(made(paper(name, columns=PAPERS[name])), f"document.{kind}")
    assert what_is_judged(other) == what_is_judged(text)
