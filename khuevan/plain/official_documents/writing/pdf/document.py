"""A composition set as PDF."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache

from khuevan.plain.official_documents.writing.composition import Composition
from khuevan.plain.official_documents.writing.layout_rules import LayoutRules

from .page_plan import PagePlan
from .typesetter import Typesetter


def write_pdf(composition: Composition, *, rules: LayoutRules, created: datetime | date) -> bytes:
    """The document as tagged PDF/A-2a, fonts embedded; the same input gives the same bytes.

    `created` becomes the file's date; its year is printed where the composition has no date yet. Raises
    UnwritableDocument with one sentence where a sign, a picture or a mark cannot be set.
    """
    plan = PagePlan(composition, rules, created)
    data = json.dumps(plan.values, ensure_ascii=False).encode()
    return _typesetter().pdf(data, plan.pictures)


@cache
def _typesetter() -> Typesetter:
    """The process's own typesetter, made when the first document is set."""
    return Typesetter()
