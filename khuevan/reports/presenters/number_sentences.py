"""What is wrong with a typed number, in words that say how to write it."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from khuevan.plain.reporting.typed_numbers import Misread, NotOneNumber

# 5.000.000 đồng; 12 %: a number with words or signs behind it.
_WITH_A_UNIT = re.compile(r"[-\u2212\u2013]?[0-9][0-9., ]*[^0-9., ][^0-9]*")


def number_sentence(error: NotOneNumber, text: str, measure: str = "") -> str:
    """One sentence about the typed text; `measure` is the unit in which the figure is written."""
    words = " ".join(text.split())
    shown = {"text": words if len(words) <= 40 else f"{words[:39]}…"}
    if error.why is Misread.DOT:
        return (
            _(
                "“%(text)s” can be read in two ways: write decimals with a comma (1,5), thousands as 1.500 or 1500."
            )
            % shown
        )
    if error.why is Misread.GROUPS:
        return (
            _("“%(text)s”: thousands stand in groups of three (12.500.000), decimals behind a comma.") % shown
        )
    if error.why is Misread.COMMAS:
        return (
            _("“%(text)s” has more than one comma: a dot or space parts thousands, a comma begins decimals.")
            % shown
        )
    if error.why is Misread.TOO_LONG:
        return _("“%(text)s” is too long for a number.") % shown
    if measure and _WITH_A_UNIT.fullmatch(words):
        return _("“%(text)s”: this figure is measured in “%(measure)s”, write the number in this unit.") % {
            **shown, "measure": measure,
        }  # fmt: skip
    return _("“%(text)s” is no number.") % shown
