"""The form of a document's details: entered when it is registered, corrected later."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from khuevan.documents.choices import Direction, Urgency
from khuevan.documents.details import DocumentDetails
from khuevan.documents.forms.register_filter import day_field
from khuevan.documents.models import Document, DocumentQuerySet, DocumentType, NumberBook
from khuevan.documents.queries import correspondents_named
from khuevan.documents.received_files import ReceivedFile, looked_through
from khuevan.documents.symbols import folded_symbol, split_symbol
from khuevan.people.models import Unit
from khuevan.people.queries import unit_by_name

# Units that draft documents and deal with them.
OWN_KINDS = ("DEPARTMENT", "DIVISION", "OFFICE", "CENTRE")


def own_units(day: date) -> QuerySet[Unit]:
    """The units that may draft or deal with documents on the day, in the order of the tree."""
    return Unit.objects.on(day).filter(kind__in=OWN_KINDS).order_by("path")


class ManyFilesInput(forms.ClearableFileInput):
    """A field of files that takes several at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each looked through before anything is kept of it; gives `ReceivedFile`s."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[ReceivedFile]:
        """The files; raises ValidationError with a sentence for each that is refused."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        found, refused = [], []
        for uploaded in given:
            try:
                found.append(looked_through(uploaded.name, uploaded))
            except ValidationError as error:
                refused.extend(error.messages)
        if refused:
            raise ValidationError(refused)
        return found


def _words(label: Any, most: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=kwargs.pop("required", False), **kwargs)


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=100_000)


class DetailsForm(forms.Form):
    """What a document says about itself. `only` names the fields that are offered; None for all of them."""

    symbol = _words(gettext_lazy("Number and symbol"), 80)
    issued_date = day_field(label=gettext_lazy("Dated"), required=False)
    type = forms.ModelChoiceField(
        DocumentType.objects.none(), label=pgettext_lazy("official document", "Type"), required=False
    )
    title = forms.CharField(
        label=pgettext_lazy("official document", "Title"),
        error_messages={"required": gettext_lazy("Say what the document is about.")},
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    issuer_name = _words(gettext_lazy("Issued by"), 255)
    signer_name = _words(gettext_lazy("Signed by"), 150)
    signer_position = _words(gettext_lazy("Post of the signer"), 200)
    urgency = forms.ChoiceField(label=gettext_lazy("Urgency"), choices=Urgency.choices)
    due_date = day_field(label=gettext_lazy("To be answered by"), required=False)
    page_count = _count(gettext_lazy("Pages"))
    copy_count = _count(gettext_lazy("Copies"))
    recipients = forms.CharField(
        label=gettext_lazy("Recipients"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One on each line, as printed under Nơi nhận."),
    )
    answers = _words(
        gettext_lazy("Answers the document"),
        80,
        help_text=gettext_lazy("Its number and symbol, such as 48/KH-UBND."),
    )
    place = _words(pgettext_lazy("official document", "Place"), 100)
    circulation = _words(
        gettext_lazy("Circulation"),
        60,
        help_text=gettext_lazy("Such as LƯU HÀNH NỘI BỘ; never a secrecy marking."),
    )
    language = _words(gettext_lazy("Language"), 20, initial="Tiếng Việt")
    file_code = _words(gettext_lazy("Code of the case file"), 50)
    summary = forms.CharField(
        label=gettext_lazy("Remarks"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        day: date,
        direction: str,
        only: Collection[str] | None = None,
        document: Document | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.day, self.direction, self.document = day, direction, document
        types = DocumentType.objects.on(day)
        if document is not None and document.type_id:
            types = types | DocumentType.objects.filter(pk=document.type_id)
        self._types = self.fields["type"]
        self._types.queryset = types.distinct()  # type: ignore[attr-defined]
        self._types.empty_label = _("Another, or none")  # type: ignore[attr-defined]
        self.fields["issuer_name"].widget.attrs["list"] = "known-bodies"
        if direction == Direction.IN:
            self.fields["answers"].label = _("Answers our document")
        else:
            self.fields["answers"].label = _("Answers the incoming document")
        if only is not None:
            offered = {"recipients" if name == "recipient_lines" else name for name in only}
            for name in [name for name in self.fields if name not in offered]:
                del self.fields[name]

    def clean_recipients(self) -> tuple[str, ...]:
        """The lines, each without its outer spaces, empty ones left out."""
        lines = (line.strip() for line in self.cleaned_data["recipients"].splitlines())
        return tuple(line for line in lines if line)

    def clean_answers(self) -> Document | None:
        """The one document of the other direction that bears the symbol."""
        symbol = self.cleaned_data["answers"].strip()
        if not symbol:
            return None
        held = self.document.answers if self.document else None
        if held is not None and held.symbol == symbol:
            return held
        other = Direction.OUT if self.direction == Direction.IN else Direction.IN
        return document_with_symbol(symbol, other)

    def entered(self) -> dict[str, Any]:
        """The values by the names of `DocumentDetails`; the issuer's unit and the sender follow from its name."""
        held = {name: value for name, value in self.cleaned_data.items() if name in _DETAILS}
        if "recipients" in self.cleaned_data:
            held["recipient_lines"] = self.cleaned_data["recipients"]
        if "issuer_name" in held:
            name = held["issuer_name"]
            held["issuer"] = unit_by_name(name, self.day) if name else None
            held["sender"] = correspondents_named([name]).get(name) if name else None
        return held

    def details(self) -> DocumentDetails:
        """The whole details; only of a form that offers every field."""
        return DocumentDetails(**self.entered())


_DETAILS = frozenset(
    {
        "symbol", "issued_date", "type", "title", "issuer_name", "signer_name", "signer_position", "urgency",
        "due_date", "page_count", "copy_count", "answers", "place", "circulation", "language", "file_code",
        "summary",
    }
)  # fmt: skip


def document_with_symbol(symbol: str, direction: str, among: DocumentQuerySet | None = None) -> Document:
    """The newest document of the direction that bears the symbol; raises ValidationError where none does.

    `among` are those that the person may read, where that is not the whole register: the others are not there.
    """
    number, notation = split_symbol(symbol)
    documents: DocumentQuerySet = Document.objects.all() if among is None else among
    candidates = documents.filter(direction=direction, number=number).in_force().order_by("-pk")
    if number is None:
        candidates = candidates.filter(notation__iexact=notation)
    wanted = folded_symbol(symbol)
    document: Document
    for document in candidates.defer("content", "reading")[:2000]:
        if folded_symbol(document.symbol) == wanted:
            return document
    raise ValidationError(_("No document of the register bears “%(symbol)s”.") % {"symbol": symbol})


class IncomingForm(DetailsForm):
    """A document that came: its details, when it came, who deals with it, what else came with it."""

    book = forms.ModelChoiceField(
        NumberBook.objects.none(), label=gettext_lazy("Book of numbers"), empty_label=None
    )
    received_date = day_field(label=gettext_lazy("Received on"))
    handling_unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Handling unit"),
        required=False,
        empty_label=gettext_lazy("Not yet decided"),
    )
    handling_words = _words(gettext_lazy("What is to be done"), 500)
    attachments = ManyFilesField(label=gettext_lazy("Attachments"), required=False)
    allow_duplicate = forms.BooleanField(
        label=gettext_lazy("This is another document: register it all the same"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, direction=Direction.IN, **kwargs)
        books = NumberBook.objects.on(self.day).filter(direction=Direction.IN)
        self.fields["book"].queryset = books  # type: ignore[attr-defined]
        self.fields["handling_unit"].queryset = own_units(self.day)  # type: ignore[attr-defined]
        self.fields["received_date"].widget.attrs["max"] = f"{self.day:%Y-%m-%d}"


class PaperForm(DetailsForm):
    """A document that was signed on paper outside this software: its number is given on saving."""

    book = forms.ModelChoiceField(
        NumberBook.objects.none(), label=gettext_lazy("Book of numbers"), empty_label=None
    )
    drafting_unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Drafting unit"), empty_label=gettext_lazy("Choose the unit")
    )
    scans = ManyFilesField(
        label=gettext_lazy("Scan, and attachments"),
        help_text=gettext_lazy("The first file is the signed document itself."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, direction=Direction.OUT, **kwargs)
        books = NumberBook.objects.on(self.day).filter(direction=Direction.OUT)
        self.fields["book"].queryset = books  # type: ignore[attr-defined]
        self.fields["drafting_unit"].queryset = own_units(self.day)  # type: ignore[attr-defined]
        self._types.required = True
        self._types.empty_label = _("Choose the type")  # type: ignore[attr-defined]
        self.fields["symbol"].label = _("Symbol behind the number")
        self.fields["symbol"].help_text = _(
            "Such as KH-SVHTT; left empty, it is made of type, body and unit."
        )
        self.fields["issued_date"].required = True
        self.fields["issuer_name"].help_text = _("Left empty: the body of the book.")


class CorrectionForm(DetailsForm):
    """The details of a registered document that may be corrected."""

    received_date = day_field(label=gettext_lazy("Received on"))

    def entered(self) -> dict[str, Any]:
        """The values that are now different from what stands in the register."""
        held = super().entered()
        if "received_date" in self.cleaned_data:
            held["received_date"] = self.cleaned_data["received_date"]
        assert self.document is not None
        return {name: value for name, value in held.items() if value != _held(self.document, name)}


def _held(document: Document, name: str) -> Any:
    value = getattr(document, name)
    return tuple(value) if name == "recipient_lines" else value


def correction_initial(document: Document) -> dict[str, Any]:
    """What stands in the register now, as the form of corrections shows it."""
    held = {name: getattr(document, name) for name in (*_DETAILS, "received_date")}
    return held | {
        "answers": document.answers.symbol if document.answers else "",
        "recipients": "\n".join(map(str, document.recipient_lines)),
    }
