"""Small forms: hand a document out, end the work, revoke, replace, add files, upload one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from khuevan.documents.choices import Direction, FileRole
from khuevan.documents.forms.details import ManyFilesField, document_with_symbol, own_units
from khuevan.documents.forms.register_filter import day_field
from khuevan.documents.models import Document, DocumentQuerySet
from khuevan.people.models import Unit


class UploadForm(forms.Form):
    """The file of a document that came. What it is and whether it may be read is the reader's business."""

    file = forms.FileField(
        label=gettext_lazy("The document's file"),
        error_messages={
            "required": gettext_lazy("Choose the document's file first."),
            "empty": gettext_lazy("The file is empty: export or copy the document again."),
        },
        max_length=255,
    )


class GiveForm(forms.Form):
    """Which unit deals with an incoming document, what it is to do, until when."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Handling unit"), empty_label=gettext_lazy("Choose the unit")
    )
    words = forms.CharField(
        label=gettext_lazy("What is to be done"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_date = day_field(label=gettext_lazy("To be answered by"), required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = own_units(day)  # type: ignore[attr-defined]
        self.fields["due_date"].widget.attrs["min"] = f"{day:%Y-%m-%d}"


class HandledForm(forms.Form):
    """How an incoming document was dealt with."""

    words = forms.CharField(
        label=gettext_lazy("What was done"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answer = forms.CharField(
        label=gettext_lazy("Answered by our document"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Its number and symbol, such as 48/KH-UBND."),
    )

    def __init__(self, *args: Any, among: DocumentQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._among = among

    def clean_answer(self) -> Document | None:
        """The outgoing document that bears the symbol, of those that the person may read."""
        symbol = self.cleaned_data["answer"].strip()
        return document_with_symbol(symbol, Direction.OUT, self._among) if symbol else None


class RevokeForm(forms.Form):
    """Why a document no longer counts."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is revoked"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReplaceForm(forms.Form):
    """Which document stands in the place of another from now on."""

    new = forms.CharField(
        label=gettext_lazy("Replaced by"),
        max_length=80,
        help_text=gettext_lazy("Number and symbol of the newer document, which is in the register already."),
    )

    def __init__(self, *args: Any, direction: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._direction = direction

    def clean_new(self) -> Document:
        """The document of the same direction that bears the symbol."""
        return document_with_symbol(self.cleaned_data["new"].strip(), self._direction)


class FilesForm(forms.Form):
    """Files that are added to a document."""

    role = forms.ChoiceField(label=gettext_lazy("What it is"))
    uploads = ManyFilesField(label=pgettext_lazy("official document", "Files"))

    def __init__(self, *args: Any, direction: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = FileRole.RECEIVED if direction == Direction.IN else FileRole.SCANNED
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, role.label) for role in (FileRole.ATTACHMENT, first)
        ]
