"""Wagtail's forms of pictures and documents, with our checks of what is uploaded."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from khuevan.newsroom.uploads import checked_document, cleaned_picture, details_for_form
from khuevan.plain.media.picture_metadata import PictureMetadata


class PictureField(WagtailImageField):
    """A picture that is looked at and cleaned before anything else opens it; `said` is what it says of itself."""

    said: PictureMetadata | None = None

    def to_python(self, data: Any) -> Any:
        """The cleaned picture, as Wagtail's own field then takes it."""
        if not isinstance(data, UploadedFile):
            return super().to_python(data)
        data.seek(0)
        cleaned, self.said = cleaned_picture(data)
        kept = SimpleUploadedFile(cleaned.name or "anh", cleaned.read(), data.content_type or "image/jpeg")
        return super().to_python(kept)


class PictureForm(BaseImageForm):
    """A picture, whose own words fill the fields that the officer left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            theirs = self.fields["file"]
            ours = PictureField(label=theirs.label, required=theirs.required, help_text=theirs.help_text)
            ours.widget = theirs.widget
            self.fields["file"] = ours

    def clean(self) -> dict[str, Any]:
        """Fills what is empty from the picture's own words."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        said = getattr(self.fields.get("file"), "said", None)
        for name, value in details_for_form(said).items() if said is not None else ():
            if name in self.fields and not values.get(name):
                field = self.fields[name]
                values[name] = field.clean(value[: getattr(field, "max_length", None)])
        return values


class LibraryDocumentForm(BaseDocumentForm):
    """A document: what it really is, held against its name and the type that was declared."""

    def clean_file(self) -> Any:
        """The file, once it was looked at."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            checked_document(file)
        return file
