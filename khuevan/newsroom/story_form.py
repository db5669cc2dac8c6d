"""The editor's form of a piece: languages as ticks, and what each field is for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Locale

from khuevan.newsroom.media_topics import choices_in


class StoryPageForm(WagtailAdminPageForm):
    """A piece as it is written. Stored languages that the site no longer has stay until somebody unticks them."""

    required_languages = forms.MultipleChoiceField(
        label=_("Goes out only with"),
        help_text=_(
            "The piece waits until these languages are approved as well. None ticked: it waits for none."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    media_topics = forms.MultipleChoiceField(
        label=_("IPTC media topics"),
        help_text=_("By which partner newsrooms sort the piece. None ticked: they follow from its topics."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "media_topics" in self.fields:
            topics = self.fields["media_topics"]
            assert isinstance(topics, forms.MultipleChoiceField)
            offered = choices_in(settings.STAFF_LANGUAGE)
            known = dict(offered)
            # A code that a smaller list does not name stays until somebody unticks it.
            kept = [(code, code) for code in self.instance.media_topics if code not in known]
            topics.choices = [*offered, *kept]
        # A translation takes them from its original: then the editor leaves the field out.
        if "required_languages" not in self.fields:
            return
        names = dict(settings.LANGUAGES)
        there = set(Locale.objects.values_list("language_code", flat=True))
        stored = [code for code in self.instance.required_languages if code not in there]
        codes = [*(code for code in names if code in there), *stored]
        field = self.fields["required_languages"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, names.get(code, code)) for code in codes]
