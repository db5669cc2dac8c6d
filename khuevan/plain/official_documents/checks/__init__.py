"""Cross-checks of a document before it is approved: one rule each, under its own code.

`check(composition, facts)` gives what the rules find; what the register and the organisation know comes in as
values (`Facts`). A rule's docstring is what people read: its first paragraph the message, its second what to do.
"""

from __future__ import annotations

from khuevan.plain.official_documents.checks.checking import RULES, check
from khuevan.plain.official_documents.checks.facts import (
    Basis,
    Body,
    Facts,
    KnownDocument,
    Signer,
)
from khuevan.plain.official_documents.checks.findings import Finding, Rule, Severity

__all__ = [
    "RULES",
    "Basis",
    "Body",
    "Facts",
    "Finding",
    "KnownDocument",
    "Rule",
    "Severity",
    "Signer",
    "check",
]
