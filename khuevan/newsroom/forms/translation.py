"""What those who translate send: languages, a file, who translated."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FORMS = (("xlf", "XLIFF 1.2"), ("po", "PO"))


class LanguagesForm(forms.Form):
    """The languages into which a piece is to be translated."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = self.fields["languages"]
        assert isinstance(languages, forms.MultipleChoiceField)
        languages.choices = offered


class FileForm(forms.Form):
    """A file that came back from a translator."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLIFF 1.2 (.xlf, .xliff) or PO (.po), made from this piece; at most 4 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.po"}),
    )
    name = forms.CharField(
        label=_("Who translated"), max_length=150, help_text=_("A person's or an agency's name.")
    )
