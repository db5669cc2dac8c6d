"""What those who compose a report write: its own words, a unit's words edited down, why it is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from khuevan.documents.models import NumberBook
from khuevan.people.models import Unit
from khuevan.reports.actions.filling import MOST_CHARACTERS


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WordsForm(forms.Form):
    """The department's own words."""

    title = forms.CharField(
        label=_("Title of the report"),
        max_length=500,
        widget=_lines(2),
        error_messages={"required": _("Give the report a title.")},
    )
    opening = forms.CharField(
        label=_("Opening: the situation in general"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=_lines(6),
        help_text=_("Stands before the figures. Each line is a paragraph."),
    )
    assessment = forms.CharField(
        label=_("General assessment"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=_lines(8),
        help_text=_("What went well, what did not, and why."),
    )
    next_steps = forms.CharField(
        label=_("Tasks of the next period"), required=False, max_length=MOST_CHARACTERS, widget=_lines(8)
    )
    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput())


class PassageForm(forms.Form):
    """A unit's words as the report says them. `seen` is the stamp of what was edited."""

    text = forms.CharField(
        label=_("As the report says it"), required=False, max_length=2 * MOST_CHARACTERS, widget=_lines(6)
    )
    is_included = forms.BooleanField(label=_("In the report"), required=False)
    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput())

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, auto_id="passage-%s", **options)
        rows = str((self.data or self.initial).get("text", "")).count("\n") + 4
        self.fields["text"].widget.attrs["rows"] = min(max(rows, 5), 16)


class EnglishForm(forms.Form):
    """The words of the page to partners."""

    issuer = forms.CharField(
        label=_("Your body's name in English"),
        required=False,
        max_length=200,
        help_text=_("As Hà Nội Department of Culture and Sports."),
    )
    words = forms.CharField(
        label=_("What partners should know, in English"),
        required=False,
        max_length=4000,
        widget=_lines(8),
        help_text=_("At most three short paragraphs, each on a line of its own."),
    )
    contact = forms.CharField(label=_("Whom to ask, in English"), required=False, max_length=300)
    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput())


class CorrectForm(forms.Form):
    """Why a frozen report is corrected; the new version says so."""

    reason = forms.CharField(
        label=_("What is corrected, and why"),
        max_length=2000,
        widget=_lines(4),
        help_text=_("Stands at the beginning of the corrected report."),
        error_messages={"required": _("Say what is corrected, and why.")},
    )


class FreezeForm(forms.Form):
    """In whose name and in which book the document of the report is drafted."""

    unit = forms.ModelChoiceField(label=_("Drafting unit"), queryset=Unit.objects.none(), empty_label=None)
    book = forms.ModelChoiceField(
        label=_("Book of numbers"), queryset=NumberBook.objects.none(), empty_label=None
    )
    # The stamp of what the page shows; empty for a page that shows nothing of it, which freezes nothing.
    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput())

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        units: QuerySet[Any],
        books: QuerySet[Any],
        unit_id: int | None,
        seen: str,
    ) -> None:
        super().__init__(data, initial={"unit": unit_id, "seen": seen})
        for name, choices in (("unit", units), ("book", books)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = choices
