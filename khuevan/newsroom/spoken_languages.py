"""Languages that people speak to reporters in, by code, and the field in which an officer ticks them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

# What press officers and interpreters of a city speak; the site itself is published in fewer.
SPOKEN: Final[dict[str, Any]] = {
    "vi": _("Vietnamese"),
    "en": _("English"),
    "fr": _("French"),
    "zh": _("Chinese"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "ru": _("Russian"),
    "de": _("German"),
    "es": _("Spanish"),
    "th": _("Thai"),
}


def names_of(codes: Iterable[str]) -> list[str]:
    """The languages' names in the language of the page, in the order of `SPOKEN`; unknown codes are left out."""
    wanted = set(codes)
    return [str(name) for code, name in SPOKEN.items() if code in wanted]


class SpokenLanguagesField(forms.MultipleChoiceField):
    """Languages as boxes to tick, kept as a list of codes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=list(SPOKEN.items()), **kwargs)


class PressConferenceForm(WagtailAdminPageForm):
    """The editor's form of a press conference."""

    languages = SpokenLanguagesField(label=_("Languages"), required=False)
