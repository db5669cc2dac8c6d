"""Fields for what is said of a thing in other languages, and groups that tell an officer what is what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.newsroom.models import Topic


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, with a heading and a sentence on what they are for."""

    title: str
    help: str
    fields: tuple[forms.BoundField, ...]


Wanted = tuple[str | Promise, str | Promise, tuple[str, ...]]


class OtherWordsForm(forms.Form):
    """The part of a form that says the same in every other language of the site, as fields `<name>_<language>`.

    `said` names the fields that are said again; `groups_of_fields` gives heading, help and fields of each group.
    Fields that no group names stand first.
    """

    said: ClassVar[tuple[str, ...]] = ()
    groups_of_fields: ClassVar[tuple[Wanted, ...]] = ()

    def add_other_words(self, instance: Any) -> None:
        """Adds the fields, filled with what is said already."""
        words = instance.other_words if isinstance(instance.other_words, dict) else {}
        if "title" in self.fields:
            # Elsewhere in the staff pages a title is what a person holds. Wagtail may have asked for the field as
            # it is shown already, and that keeps its label.
            self.fields["title"].label = self["title"].label = pgettext("library", "Title")
        if "topics" in self.fields:
            topics: Any = self.fields["topics"]
            topics.queryset = Topic.objects.filter(ended=False)
            topics.widget = forms.CheckboxSelectMultiple(choices=topics.choices)
            topics.help_text = ""
        for name in ("caption", "transcript"):
            if name in self.fields:
                self.fields[name].widget = forms.Textarea(attrs={"rows": 2 if name == "caption" else 6})
        for code, language in other_languages():
            for name in self.said:
                if name not in self.fields:
                    continue
                theirs = self.fields[name]
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=f"{capfirst(str(theirs.label))} ({language})",
                    required=False,
                    max_length=getattr(theirs, "max_length", None),
                    widget=forms.Textarea(attrs={**theirs.widget.attrs, "lang": code})
                    if isinstance(theirs.widget, forms.Textarea)
                    else forms.TextInput(attrs={"lang": code}),
                    initial=(words.get(code) or {}).get(name, ""),
                )

    def other_words(self, former: Any) -> dict[str, dict[str, str]]:
        """What the fields say, by language; what the form has no field for stays."""
        kept = {code: dict(words) for code, words in former.items()} if isinstance(former, dict) else {}
        for code, _language in other_languages():
            for name in self.said:
                field = f"{name}_{code}"
                if field not in self.fields:
                    continue
                kept.setdefault(code, {}).pop(name, None)
                if text := self.cleaned_data.get(field):
                    kept[code][name] = text
        return {code: words for code, words in kept.items() if words}

    @property
    def groups(self) -> Iterator[Group]:
        """The visible fields in their groups, in order; a group without a field is left out."""
        named = {name for _title, _help, names in self.groups_of_fields for name in names}
        languages = [code for code, _language in other_languages()]
        again = {f"{name}_{code}": name for name in self.said for code in languages}
        visible = {field.name: field for field in self.visible_fields()}
        others = [field for name, field in visible.items() if name not in named and name not in again]
        if others:
            yield Group("", "", tuple(others))
        for title, text, names in self.groups_of_fields:
            if fields := tuple(visible[name] for name in names if name in visible):
                yield Group(str(title), str(text), fields)
        for code, language in other_languages():
            if fields := tuple(
                visible[f"{name}_{code}"] for name in self.said if f"{name}_{code}" in visible
            ):
                yield Group(
                    _("In %(language)s") % {"language": language},
                    _("Left empty, readers of this language get the words above."),
                    fields,
                )


def other_languages() -> Iterable[tuple[str, str]]:
    """Code and name of every language of the site but its first, in which the things' own words stand."""
    return tuple((code, str(name)) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
