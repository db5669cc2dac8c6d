"""What a rule is, and what it finds."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from khuevan.plain.official_documents.checks.facts import Facts
from khuevan.plain.official_documents.writing.composition import Composition


class Severity(StrEnum):
    """What a finding does: an error stands in the way of approval, a warning asks for a second look."""

    ERROR = "ERROR"
    WARNING = "WARNING"


@dataclass(frozen=True, slots=True)
class Found:
    """One place at which a rule is broken.

    `place` is a part of the document (title, legal_bases.2, recipients.1, signatory) or the ref of a section
    (II.2.-1). `shown` are the document's own words, `meant` those that were expected, empty where nobody knows.
    """

    place: str
    shown: str
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that the document breaks, and where."""

    rule: Rule
    found: Found

    @property
    def key(self) -> str:
        """Sixteen digits for rule and words: the same wherever in the document they come to stand."""
        said = "\n".join((self.rule.code, self.found.shown, self.found.meant))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


Find = Callable[[Composition, Facts], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `message` says what shall be, `remedy` what to do where it is not; both in English."""

    code: str
    severity: Severity
    find: Find

    @property
    def message(self) -> str:
        """The first paragraph of the docstring, as one line."""
        return self._paragraph(0)

    @property
    def remedy(self) -> str:
        """The second paragraph of the docstring, as one line."""
        return self._paragraph(1)

    def _paragraph(self, number: int) -> str:
        return " ".join(inspect.cleandoc(self.find.__doc__ or "").split("\n\n")[number].split())


def rule(code: str, severity: Severity) -> Callable[[Find], Rule]:
    """Makes a rule of a function whose docstring has two paragraphs: what shall be, and what to do."""

    def made(find: Find) -> Rule:
        return Rule(code, severity, find)

    return made
