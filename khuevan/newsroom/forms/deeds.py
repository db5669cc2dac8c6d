"""Forms of what is done with a piece: begun, corrected, withdrawn, shown to a reporter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.newsroom.choices import StoryKind
from khuevan.newsroom.models import SectionPage, StoryPage
from khuevan.newsroom.queries.pieces import sections_of_pieces

LONGEST_WORDS = 1000
DATE_TIME = "%Y-%m-%dT%H:%M"


class LanguageTextsForm(forms.Form):
    """What readers are told, in each language of a piece; the page's key stands in the field's name.

    With `ticked` each language is chosen by a tick of its own; without, by its words alone.
    """

    def __init__(self, data: Any, pages: Sequence[Any], *, ticked: bool) -> None:
        super().__init__(data)
        self._pages, self._ticked = pages, ticked
        names = dict(settings.LANGUAGES)
        for page in pages:
            code = page.locale.language_code
            if ticked:
                self.fields[f"page_{page.pk}"] = forms.BooleanField(
                    required=False, initial=True, label=str(names.get(code, code))
                )
            self.fields[f"text_{page.pk}"] = forms.CharField(
                required=False,
                max_length=LONGEST_WORDS,
                label=_("What readers are told") if ticked else str(names.get(code, code)),
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )

    def parts(self) -> list[dict[str, Any]]:
        """The fields of each language together, with its page."""
        return [
            {
                "page": page,
                "tick": self[f"page_{page.pk}"] if self._ticked else None,
                "text": self[f"text_{page.pk}"],
            }
            for page in self._pages
        ]

    def clean(self) -> dict[str, Any]:
        """At least one language is chosen, and each that is has its words."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self._ticked:
            for page in self._pages:
                if cleaned.get(f"page_{page.pk}") and not cleaned.get(f"text_{page.pk}"):
                    self.add_error(f"text_{page.pk}", _("Tell readers what was wrong, in a sentence."))
        if not self.errors and not self.texts():
            raise ValidationError(_("Choose a language, and tell its readers what was wrong."))
        return cleaned

    def texts(self) -> dict[int, str]:
        """The words by the page's key, of the languages that are chosen."""
        return {
            page.pk: self.cleaned_data[f"text_{page.pk}"]
            for page in self._pages
            if self.cleaned_data.get(f"text_{page.pk}")
            and (not self._ticked or self.cleaned_data.get(f"page_{page.pk}"))
        }


class PassForm(forms.Form):
    """For whom a pass is, and until when it opens the piece (Hà Nội time)."""

    name = forms.CharField(max_length=150)
    outlet = forms.CharField(max_length=200)
    email = forms.EmailField()
    expires_at = forms.DateTimeField(
        input_formats=[DATE_TIME, "%Y-%m-%d %H:%M", "%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DATE_TIME),
    )
    by_mail = forms.BooleanField(required=False, initial=True)

    def __init__(self, data: Any, page: StoryPage) -> None:
        super().__init__(data)
        for name, label in (
            ("name", _("Reporter")),
            ("outlet", _("Outlet")),
            ("email", _("E-mail address")),
            ("expires_at", _("Opens until (Hà Nội time)")),
            ("by_mail", _("Send the address to the reporter by mail now")),
        ):
            self.fields[name].label = label
        self.fields["expires_at"].help_text = _("At the latest until the embargo ends.")
        if page.embargo_until is not None:
            self.fields["expires_at"].initial = timezone.localtime(page.embargo_until)


class NewPieceForm(forms.Form):
    """What a piece begins with: a working title, its kind, its section and its language."""

    title = forms.CharField(max_length=200)
    kind = forms.ChoiceField(widget=forms.RadioSelect)
    section = forms.ChoiceField()
    language = forms.ChoiceField()

    def __init__(self, data: Any, languages: list[str]) -> None:
        super().__init__(
            data, initial={"kind": StoryKind.STORY, "language": "vi" if "vi" in languages else ""}
        )
        names = dict(settings.LANGUAGES)
        for name, label in (
            ("title", _("Working title")),
            ("kind", pgettext("newsroom", "Kind")),
            ("section", pgettext("newsroom", "Section")),
            ("language", _("Language in which it is written")),
        ):
            self.fields[name].label = label
        self.fields["title"].help_text = _(
            "In the language of the piece; it can be changed until publication."
        )
        self._offer("kind", [(kind.value, f"{kind.label} – {note}") for kind, note in kind_notes()])
        self._offer("section", sections_of_pieces())
        self._offer("language", [(code, names[code]) for code in languages])
        self.found: SectionPage | None = None

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """The section stands in the language."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("section") and cleaned.get("language"):
            self.found = SectionPage.objects.filter(
                translation_key=cleaned["section"], locale__language_code=cleaned["language"]
            ).first()
            if self.found is None:
                self.add_error(
                    "section", _("This section is not there in this language yet. Choose another.")
                )
        return cleaned


def kind_notes() -> list[tuple[StoryKind, str]]:
    """Each kind with what it is for and who reviews it."""
    to_head, to_director = _("reviewed by editor and head"), _("reviewed up to the director")
    return [
        (StoryKind.STORY, _("news, a feature or a report; %(review)s") % {"review": to_head}),
        (
            StoryKind.PRESS_RELEASE,
            _("the department speaks to the press; %(review)s") % {"review": to_director},
        ),
        (StoryKind.FACT_SHEET, _("figures with their sources; %(review)s") % {"review": to_director}),
        (StoryKind.INTERVIEW, _("questions and answers; %(review)s") % {"review": to_director}),
        (StoryKind.PICTURES, _("told by pictures; %(review)s") % {"review": to_head}),
        (StoryKind.VIDEO, _("a film with a few words; %(review)s") % {"review": to_head}),
    ]
