"""The form in which an officer decides on a request for accreditation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.newsroom.actions.accreditation import LONGEST_WORDS


class DecisionForm(forms.Form):
    """Words for the reporter; which button was pressed says the decision."""

    words = forms.CharField(
        label=_("What the reporter is told"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = _(
            "Stands in the mail as you write it. The reporter reads %(language)s. A refusal needs a sentence, "
            "an approval does not."
        ) % {"language": language}
