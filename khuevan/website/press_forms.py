"""The form in which a reporter asks to come to a press conference."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.newsroom.accreditation_files import CheckedPaper, checked_paper
from khuevan.newsroom.actions import ReporterAnswers
from khuevan.newsroom.choices import AccreditationPaper
from khuevan.outbox.acceptance import UnfitMail, address, one_line

_ANSWERS: Final = ("name", "outlet", "country", "email", "telephone", "press_card", "equipment")
_PAPERS: Final = {
    "card_file": AccreditationPaper.PRESS_CARD,
    "letter_file": AccreditationPaper.ASSIGNMENT,
}
_ACCEPTED: Final = ".pdf,.jpg,.jpeg,.png,.webp"


def _line(
    label: Any, longest: int, autocomplete: str = "", *, required: bool = True, **more: Any
) -> forms.CharField:
    attributes = {"autocomplete": autocomplete} if autocomplete else {}
    return forms.CharField(
        label=label, max_length=longest, required=required, widget=forms.TextInput(attrs=attributes), **more
    )


class AccreditationForm(forms.Form):
    """What is asked, and no more. `key` is drawn when the form is shown, so that sending it twice asks once.

    `website` is a field that no person sees; a program that fills every field is turned away by it.
    """

    name = _line(gettext_lazy("Full name"), 150, "name")
    outlet = _line(gettext_lazy("News organisation"), 200, "organization")
    country = _line(gettext_lazy("Country of the news organisation"), 80, "country-name")
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy("The answer goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telephone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("With the country code. Only used if something changes on the day."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    press_card = _line(
        gettext_lazy("Number of the press card"),
        80,
        required=False,
        help_text=gettext_lazy("And who issued it."),
    )
    equipment = forms.CharField(
        label=gettext_lazy("Equipment that you bring"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Cameras, lights, a transmitter."),
    )
    card_file = forms.FileField(
        label=gettext_lazy("Press card"),
        required=False,
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
        help_text=gettext_lazy("A scan or a photograph: PDF, JPEG or PNG, at most 8 MB."),
    )
    letter_file = forms.FileField(
        label=gettext_lazy("Letter of assignment"),
        required=False,
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
        help_text=gettext_lazy("From your news organisation: PDF, JPEG or PNG, at most 8 MB."),
    )
    website = forms.CharField(
        required=False,
        label=gettext_lazy("Leave this field empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers: dict[AccreditationPaper, CheckedPaper] = {}

    @property
    def fields_of_the_reporter(self) -> list[forms.BoundField]:
        """The fields about the person and the outlet."""
        return [self[name] for name in _ANSWERS]

    @property
    def fields_of_papers(self) -> list[forms.BoundField]:
        """The fields that take a file."""
        return [self[name] for name in _PAPERS]

    def clean_name(self) -> str:
        """The name on one line."""
        return _one_line(" ".join(self.cleaned_data["name"].split()), 150)

    def clean_email(self) -> str:
        """An address that mail can go to."""
        try:
            return address(self.cleaned_data["email"])
        except UnfitMail:
            raise ValidationError(_("We cannot send mail to this address. Please give another.")) from None

    def clean_website(self) -> str:
        """Empty, or somebody filled what nobody sees."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty: it is there to turn programs away."))
        return ""

    def clean_card_file(self) -> None:
        """The press card, looked at."""
        self._look_at("card_file")

    def clean_letter_file(self) -> None:
        """The letter, looked at."""
        self._look_at("letter_file")

    def clean(self) -> dict[str, Any]:
        """At least one paper: the office has to see that somebody sent the reporter."""
        values: dict[str, Any] = super().clean() or {}
        if not self.papers and not any(name in self.errors for name in _PAPERS):
            self.add_error("card_file", _("Send your press card or a letter of assignment, or both."))
        return values

    @property
    def answers(self) -> ReporterAnswers:
        """What was written, once the form is valid."""
        return ReporterAnswers(**{name: self.cleaned_data[name] for name in _ANSWERS})

    def _look_at(self, name: str) -> None:
        file = self.cleaned_data[name]
        if isinstance(file, UploadedFile):
            self.papers[_PAPERS[name]] = checked_paper(file)


def _one_line(value: str, longest: int) -> str:
    try:
        return one_line(value, str(_("The name")), longest)
    except UnfitMail as error:
        raise ValidationError(str(error)) from None
