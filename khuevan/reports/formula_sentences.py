"""What is wrong with a formula, in the language of the screen."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from khuevan.plain.reporting.formulas import BadFormula

# The sentences of `FormulaProblem`, so that they are found for translation.
_SENTENCES = (
    gettext_noop("A formula has at most {most} characters."),
    gettext_noop("“{text}” at character {place} is no part of a formula."),
    gettext_noop("The formula is empty."),
    gettext_noop("“{text}” at character {place} does not belong there."),
    gettext_noop("Brackets stand in one another more than {most} deep."),
    gettext_noop("A bracket is not closed."),
    gettext_noop("The formula ends where a figure was expected."),
    gettext_noop("“{text}” at character {place} stands where a figure was expected."),
    gettext_noop("These formulas read each other in a circle: {circle}."),
)


def formula_sentence(error: BadFormula) -> str:
    """The sentence that says what is wrong and where."""
    return _(error.problem.value).format(**error.values)
