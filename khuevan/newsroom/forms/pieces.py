"""The form above the list of pieces: read from the address, so that a list can be kept and sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.newsroom.choices import LanguageStanding, StoryKind
from khuevan.newsroom.queries.pieces import (
    RETURNED,
    PieceCriteria,
    authors_of_pieces,
    sections_of_pieces,
    tasks_of_pieces,
    topics_of_pieces,
)

Choices = Sequence[tuple[Any, Any]]


def _uuid(value: str) -> UUID:
    return UUID(value)


class PieceFilterForm(forms.Form):
    """Every field is a wish that may be left out. A value that is no choice is shown as an error. Four queries."""

    q = forms.CharField(required=False, max_length=200, strip=True)
    section = forms.TypedChoiceField(required=False, coerce=_uuid, empty_value=None)
    kind = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False)
    language = forms.ChoiceField(required=False)
    author = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    topic = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    task = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    def __init__(self, data: QueryDict, languages: list[str]) -> None:
        super().__init__(data, auto_id="pieces-%s")
        names = dict(settings.LANGUAGES)
        self.fields["q"].label = _("Words of the title")
        self._offer(
            "section",
            pgettext("newsroom", "Section"),
            pgettext("newsroom", "All sections"),
            sections_of_pieces(),
        )
        self._offer(
            "kind", pgettext("newsroom", "Kind"), pgettext("newsroom", "All kinds"), list(StoryKind.choices)
        )
        self._offer(
            "state",
            pgettext("newsroom", "State"),
            pgettext("newsroom", "Any state"),
            [*LanguageStanding.choices, (RETURNED, _("Returned to be changed"))],
        )
        self._offer("language", _("Language"), _("Any language"), [(code, names[code]) for code in languages])
        self._offer("author", _("Author"), _("Everybody"), authors_of_pieces())
        self._offer("topic", _("Topic"), _("All topics"), topics_of_pieces())
        tasks = [(key, Truncator(words).chars(90)) for key, words in tasks_of_pieces()]
        self._offer("task", _("Task that it serves"), _("Any task, or none"), tasks)

    def _offer(self, name: str, label: str, everything: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.label, field.choices = label, [("", everything), *choices]

    def criteria(self) -> PieceCriteria:
        """What is asked for; of a wrong value nothing."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        words = given.pop("q", "")
        return PieceCriteria(words=words, **given)
