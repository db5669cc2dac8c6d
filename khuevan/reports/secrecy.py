"""No words with a state-secret marking in a report: they reach neither database nor trail, mail or draft.

Source: Law 29/2018/QH14, article 5: nothing secret is written on a computer that has been on a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from khuevan.plain.reporting.markings import is_marked


def refusal() -> str:
    """The sentence in which marked words are refused; it never repeats them."""
    return _(
        "A text marked Mật, Tối mật or Tuyệt mật is not written on a networked system; nothing was kept. "
        "Report it on paper, by the rules for state secrets."
    )


def refuse_marked(texts: Iterable[str], field: str = "") -> None:
    """Raises ValidationError (of the field, if one is named) where one of the texts bears a marking."""
    if any(is_marked(text) for text in texts):
        raise ValidationError({field: refusal()} if field else refusal())


def refuse_marked_fields(texts: Mapping[str, str]) -> None:
    """Raises ValidationError by field for every text that bears a marking."""
    problems = {field: [refusal()] for field, text in texts.items() if is_marked(text)}
    if problems:
        raise ValidationError(problems)


def refuse_marked_record(record: models.Model) -> None:
    """Raises ValidationError by field for every text of the record that bears a marking."""
    texts = (
        field
        for field in record._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
    )
    refuse_marked_fields({field.name: str(getattr(record, field.name)) for field in texts})
