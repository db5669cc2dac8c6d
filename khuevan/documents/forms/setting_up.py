"""Forms of what is set up once: types, books of numbers, correspondents."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from khuevan.core import clock
from khuevan.documents.models import Correspondent, DocumentType, NumberBook
from khuevan.people.models import Unit

_DAYS: dict[str, Any] = {"valid_from": AdminDateInput, "valid_to": AdminDateInput}


class DocumentTypeForm(WagtailAdminModelForm):
    """A type of documents. Once numbers were given under its code, that stays: end the type and add another."""

    class Meta:
        model = DocumentType
        fields: ClassVar[list[str]] = [
            "name", "code", "edxml_type", "regulation", "order", "valid_from", "valid_to",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = _DAYS

    def clean(self) -> dict[str, Any]:
        """The values, once it is sure that no given number loses its code."""
        cleaned: dict[str, Any] = super().clean()
        kind = self.instance
        if kind.pk and {"name", "code"} & set(self.changed_data):
            before = DocumentType.objects.get(pk=kind.pk)
            changed = (before.code or before.name) != (cleaned.get("code") or cleaned.get("name"))
            if changed and kind.documents.filter(issued_number__isnull=False).exists():
                self.add_error(
                    "code", _("Numbers were given under this code: end the type and add a new one.")
                )
        return cleaned


class NumberBookForm(WagtailAdminModelForm):
    """A book of numbers. What its numbers rest on is fixed with the first one."""

    class Meta:
        model = NumberBook
        fields: ClassVar[list[str]] = [
            "name", "direction", "unit", "body_code", "per_type", "width", "valid_from", "valid_to",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = _DAYS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "unit" in self.fields:
            self.fields["unit"].queryset = Unit.objects.on(clock.today()).order_by("path")
        if self.instance.pk and self.instance.numbers.exists():
            for name in ("direction", "unit", "per_type"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Numbers were given in this book: this stays.")


class CorrespondentForm(WagtailAdminModelForm):
    """A body or person that documents go to or come from."""

    class Meta:
        model = Correspondent
        fields: ClassVar[list[str]] = [
            "name", "other_names", "unit", "organ_code", "email", "address", "channel", "valid_to",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {"valid_to": AdminDateInput}

    def clean_name(self) -> str:
        """The name with single spaces."""
        return " ".join(self.cleaned_data["name"].split())
