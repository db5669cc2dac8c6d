"""Forms of pictures, documents and films: what is uploaded is looked at, what a picture says of itself is taken."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.images.widgets import AdminImageChooser

from khuevan.newsroom.library_words_fields import OtherWordsForm, Wanted
from khuevan.newsroom.models import Video
from khuevan.newsroom.uploads import (
    Film,
    checked_captions,
    checked_document,
    checked_film,
    cleaned_picture,
    details_for_form,
)
from khuevan.plain.media.picture_metadata import PictureMetadata

_RIGHTS: Wanted = (
    gettext_lazy("By what right it is shown"),
    gettext_lazy(
        "Nothing is published without a credit line and the right to show it. Where the right is a licence, name it:"
        " readers see it beside the download, and it travels in the file."
    ),
    ("credit", "rights_holder", "basis", "licence", "licence_url", "expires_date"),
)
_PEOPLE: Wanted = (
    gettext_lazy("People who can be recognised"),
    gettext_lazy("Nothing is published before this is known. Say where the consent lies, not who gave it."),
    ("consent", "consent_note"),
)
_FINDING: Wanted = (
    gettext_lazy("Where it belongs"),
    gettext_lazy("By these readers find it in the public library."),
    ("place", "made_date", "topics", "tags", "in_library"),
)
_SEEN: Wanted = (
    gettext_lazy("What is seen"),
    gettext_lazy(
        "In English, the site's first language. Without the alternative text, which is read out to whoever does not"
        " see the picture, it is not published."
    ),
    ("alternative", "caption"),
)


class PictureField(WagtailImageField):
    """A picture that is looked at and cleaned before anything else opens it; `said` is what it says of itself."""

    said: PictureMetadata | None = None
    keep_position = False

    def to_python(self, data: Any) -> Any:
        """The cleaned picture, as Wagtail's own field then takes it."""
        if not isinstance(data, UploadedFile):
            return super().to_python(data)
        cleaned, self.said = cleaned_picture(data, keep_position=self.keep_position)
        kept = SimpleUploadedFile(cleaned.name or "anh", cleaned.read(), data.content_type or "image/jpeg")
        return super().to_python(kept)


class PictureForm(OtherWordsForm, BaseImageForm):
    """A picture, whose own words fill the fields that the officer left empty."""

    said = ("alternative", "caption", "credit")
    groups_of_fields = (_SEEN, _RIGHTS, _PEOPLE, _FINDING)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            theirs = self.fields["file"]
            ours = PictureField(label=theirs.label, required=theirs.required, help_text=theirs.help_text)
            ours.widget = theirs.widget
            ours.keep_position = bool(self.data.get(self.add_prefix("keeps_position")))
            self.fields["file"] = ours
        if "keeps_position" in self.fields:
            self.fields["keeps_position"].help_text = _(
                "Without it, the place that the camera wrote is taken out: it may tell where somebody lives."
            )
        self.add_other_words(self.instance)

    def clean(self) -> dict[str, Any]:
        """Fills what is empty from the picture's own words."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        said = getattr(self.fields.get("file"), "said", None)
        for name, value in details_for_form(said).items() if said is not None else ():
            if name in self.fields and not values.get(name):
                field = self.fields[name]
                try:
                    values[name] = field.clean(value[: getattr(field, "max_length", None)])
                except ValidationError:
                    # What a stranger's program wrote is an offer, no reason to refuse the picture.
                    continue
        self.instance.other_words = self.other_words(self.instance.other_words)
        return values


class LibraryDocumentForm(OtherWordsForm, BaseDocumentForm):
    """A document: what it really is, held against its name and the type that was declared."""

    said = ("title", "caption")
    groups_of_fields = (
        (
            pgettext_lazy("newsroom", "What it is"),
            gettext_lazy("In English, the site's first language."),
            ("caption",),
        ),
        _RIGHTS,
        _FINDING,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_other_words(self.instance)

    def clean_file(self) -> Any:
        """The file, once it was looked at; a drawing without what could act."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        cleaned = checked_document(file)
        if cleaned is None:
            return file
        return SimpleUploadedFile(file.name or "tep.svg", cleaned.read(), "image/svg+xml")

    def clean(self) -> dict[str, Any]:
        """Takes what is said in other languages."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        self.instance.other_words = self.other_words(self.instance.other_words)
        return values


_CAPTIONS = tuple(
    f"{name}_{code}" for code, _name in settings.LANGUAGES for name in ("captions", "no_captions")
)


class VideoForm(OtherWordsForm, WagtailAdminModelForm):
    """A film: its file is looked at before it is kept, its captions are read before anybody relies on them."""

    said = ("title", "caption", "transcript")
    groups_of_fields = (
        (
            gettext_lazy("What is seen and heard"),
            gettext_lazy(
                "In English, the site's first language. Captions are files in WebVTT, one for each language; an empty"
                " field leaves those that are there."
            ),
            ("caption", "transcript", *_CAPTIONS),
        ),
        _RIGHTS,
        _PEOPLE,
        _FINDING,
    )
    film: Film | None = None

    class Meta:
        model = Video
        fields: ClassVar[list[str]] = [
            "title", "file", "still", "caption", "transcript", "credit", "rights_holder", "basis", "licence",
            "licence_url", "consent", "consent_note", "expires_date", "place", "made_date", "topics", "in_library",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget = forms.FileInput(attrs={"accept": "video/mp4,video/webm,.mp4,.webm"})
        self.fields["file"].help_text = _(
            "MP4 with H.264 and AAC, or WebM with VP9 and Opus; %(most)s MB at most."
        ) % {"most": settings.LARGEST_VIDEO // 1_000_000}
        self.fields["still"].widget = AdminImageChooser()
        self.fields["still"].help_text = _("Shown until the film runs; a picture of the library.")
        there = self.instance.captions if isinstance(self.instance.captions, dict) else {}
        for code, name in settings.LANGUAGES:
            self.fields[f"captions_{code}"] = forms.FileField(
                label=pgettext_lazy("film", "Captions (%(language)s)") % {"language": name},
                required=False,
                widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
                help_text=_("There are captions already.") if there.get(code) else "",
            )
            if there.get(code):
                self.fields[f"no_captions_{code}"] = forms.BooleanField(
                    label=_("Take out the captions (%(language)s)") % {"language": name}, required=False
                )
        self.add_other_words(self.instance)

    def clean_file(self) -> Any:
        """The film, once it was looked at."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            self.film = checked_film(file)
            twin = Video.objects.filter(sha256=self.film.sha256).exclude(pk=self.instance.pk).first()
            if twin is not None:
                raise ValidationError(
                    _("This very film is in the library already: “%(title)s”.") % {"title": twin.title}
                )
        return file

    def clean(self) -> dict[str, Any]:
        """Reads the captions, takes what is said in other languages and what the file is."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        captions = dict(self.instance.captions) if isinstance(self.instance.captions, dict) else {}
        for code, _name in settings.LANGUAGES:
            if values.get(f"no_captions_{code}"):
                captions.pop(code, None)
            file = values.get(f"captions_{code}")
            if isinstance(file, UploadedFile):
                try:
                    captions[code] = checked_captions(file)
                except ValidationError as refused:
                    self.add_error(f"captions_{code}", refused)
        self.instance.captions = captions
        self.instance.other_words = self.other_words(self.instance.other_words)
        return values

    def _post_clean(self) -> None:
        """Before the file gets its name, which is its digest."""
        if self.film is not None:
            file = self.cleaned_data.get("file")
            self.instance.filename = getattr(file, "name", "")
            for name in ("content_type", "size", "sha256", "duration", "width", "height"):
                setattr(self.instance, name, getattr(self.film, name))
        super()._post_clean()
