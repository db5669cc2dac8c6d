"""All rules, in the order in which a page shows what they find."""

from __future__ import annotations

from itertools import chain

from khuevan.plain.official_documents.checks import (
    abbreviation_rules,
    body_rules,
    citation_rules,
    date_rules,
    form_rules,
    legal_basis_rules,
    recipient_rules,
    secrecy_rules,
    signing_rules,
)
from khuevan.plain.official_documents.checks.facts import Facts
from khuevan.plain.official_documents.checks.findings import Finding, Rule
from khuevan.plain.official_documents.writing.composition import Composition

_MODULES = (
    secrecy_rules, form_rules, legal_basis_rules, citation_rules, date_rules, recipient_rules, signing_rules,
    body_rules, abbreviation_rules,
)  # fmt: skip
RULES: tuple[Rule, ...] = tuple(
    chain.from_iterable(
        (value for value in vars(module).values() if isinstance(value, Rule)) for module in _MODULES
    )
)


def check(composition: Composition, facts: Facts) -> tuple[Finding, ...]:
    """What the rules find, rule by rule, each in the document's order; the same words at one place once."""
    return tuple(
        Finding(rule, found) for rule in RULES for found in dict.fromkeys(rule.find(composition, facts))
    )
